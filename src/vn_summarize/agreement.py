"""What a second model makes of each sentence: where the two disagree, at least one of them is wrong."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from vn_summarize.backends import Translator
from vn_summarize.corrections import NONE, REVIEWED
from vn_summarize.document import Finding, TranslatedDocument
from vn_summarize.drafts import draft_sentences
from vn_summarize.glossary.terms import TermBase
from vn_summarize.retries import TERM_STEPS
from vn_summarize.translation import printed

LEAST = 65
"""Under so many percent two translations disagree. Of 225 sentences of provincial news, translated by the program with
the shipped model, 14 were poor (chrF under 50): 8 of them among the 16 that the model was unsure of, 13 among the 28
whose reading by the small model was less like them than this, and the same 13 among the 33 of either kind."""

ORDERS = range(1, 7)


def ask_second(
    documents: Sequence[TranslatedDocument], second: Translator, terms: TermBase
) -> list[TranslatedDocument]:
    """Add a finding to each sentence that `second`, told the same terms, reads otherwise. Raises GenerationError."""
    work = draft_sentences([d.document for d in documents], second, terms, TERM_STEPS, NONE)
    readings = {(w.document, w.sentence.index): printed(w) for w in work}
    return [
        replace(d, findings=(*d.findings, *_disagreements(d, [readings[i, s.source.index] for s in d.sentences])))
        for i, d in enumerate(documents)
    ]


def _disagreements(document: TranslatedDocument, readings: Sequence[str]) -> list[Finding]:
    return [
        Finding("disagreement", "warning", f"another model reads: “{reading}”", sentence.source.index)
        for sentence, reading in zip(document.sentences, readings, strict=True)
        if sentence.how != REVIEWED and likeness(sentence.text, reading) < LEAST
    ]


def likeness(one: str, other: str) -> float:
    """Give how alike two texts are, in percent: chrF with β = 1 (Popović 2015), the same in both directions."""
    texts = ["".join(text.split()) for text in (one, other)]
    shares = []
    for n in ORDERS:
        left, right = (_grams(text, n) for text in texts)
        if total := left.total() + right.total():
            shares.append(2 * (left & right).total() / total)
    return 100 * sum(shares) / len(shares) if shares else 100.0


def _grams(text: str, n: int) -> Counter[str]:
    return Counter(text[i : i + n] for i in range(len(text) - n + 1))
