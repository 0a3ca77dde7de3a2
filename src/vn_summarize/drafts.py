"""First translations: of the names that an article quotes again and again, and of its sentences."""

from collections.abc import Mapping, Sequence

from vn_summarize.backends import DEFAULT_DECODING, Decoding, Translation, Translator
from vn_summarize.candidates import UNASKED, Judge, best, is_sound, writes_decimal_commas
from vn_summarize.consistency import quoted_phrases, switch_quotes
from vn_summarize.corrections import Corrections
from vn_summarize.document import Document, Sentence
from vn_summarize.glossary.enforcement import mark_inline
from vn_summarize.glossary.terms import TermBase
from vn_summarize.retries import WIDE, Work, ask, join_answers, retry_terms
from vn_summarize.segmentation import split_clauses
from vn_summarize.telling import to_tell


def draft_sentences(
    documents: Sequence[Document],
    translator: Translator,
    terms: TermBase,
    steps: Sequence[str],
    corrections: Corrections,
) -> list[Work]:
    """Translate each sentence that nobody corrected, with its terms written into it where the model learned such.

    What the article quotes twice or more stands there in its English. Where an answer leaves anything to wish, the
    sentence is translated without its terms, too, for the guard to compare.
    """
    quotes = _name_quotes(documents, translator, terms, steps)
    sentences = [(d, s) for d, document in enumerate(documents) for s in document.sentences]
    commas = [writes_decimal_commas(document) for document in documents]
    work = [_start(d, s, terms, quotes[d], commas[d]) for d, s in sentences if not corrections.find(s.original)]
    told = translator.knows_terms and "inline" in steps
    texts = [mark_inline(w.text, to_tell(w.text, w.placed)) if told else w.text for w in work]
    texts = [t if translator.fits(t) else w.text for t, w in zip(texts, work, strict=True)]
    for w, text, answer in zip(work, texts, translate_texts(texts, translator), strict=True):
        w.chosen, w.said = w.judge(answer, "plain" if text == w.text else "inline"), text
        w.asked.add((text, DEFAULT_DECODING))
    doubted = [w for w in work if w.chosen.how == "inline" and not is_sound(w.chosen, w.sentence.text)]
    for w, answer in zip(doubted, translate_texts([w.text for w in doubted], translator), strict=True):
        w.refused.append(w.chosen)
        w.chosen, w.said = w.judge(answer, "plain"), w.text
        w.asked.add((w.text, DEFAULT_DECODING))
    return work


def translate_texts(
    texts: Sequence[str], translator: Translator, decoding: Decoding = DEFAULT_DECODING
) -> list[Translation]:
    """Translate texts of any length: one that does not fit goes clause by clause and is joined again."""
    pieces = [[t] if translator.fits(t) else split_clauses(t, translator.fits) for t in texts]
    flat = [piece for parts in pieces for piece in parts]
    done = iter(translator.translate(flat, decoding))
    joined = []
    for parts in pieces:
        answers = [next(done) for _ in parts]
        joined.append(answers[0] if len(parts) == 1 else join_answers(parts, answers))
    return joined


def _start(
    document: int, sentence: Sentence, terms: TermBase, quotes: Mapping[str, str], decimal_commas: bool = False
) -> Work:
    judge = Judge(sentence, terms.find(sentence.text), quotes, decimal_commas)
    return Work(document, sentence, judge, *switch_quotes(sentence.text, judge.matches, quotes), UNASKED)


def _name_quotes(
    documents: Sequence[Document], translator: Translator, terms: TermBase, steps: Sequence[str]
) -> list[dict[str, str]]:
    """Give, for each document, what it quotes twice or more with its English, for which no search is too wide."""
    phrases = [quoted_phrases(document) for document in documents]
    work = [_start(0, Sentence(0, 0, p, p), terms, {}) for p in sorted({p for found in phrases for p in found})]
    for w, answer in zip(work, translate_texts([w.text for w in work], translator), strict=True):
        w.chosen = w.judge(answer, "plain")
    if translator.knows_terms and "inline" in steps:
        for w, found in zip(work, ask(work, translator, _with_terms, WIDE, "inline"), strict=True):
            w.chosen = best([w.chosen, *found])
    retry_terms(work, translator, steps)
    english = {w.text: w.chosen.text.strip(' ."') for w in work}
    return [{p: english[p] for p in found} for found in phrases]


def _with_terms(w: Work) -> list[str]:
    """Write a name with its required terms, and with all that have an English."""
    return [mark_inline(w.text, to_tell(w.text, w.placed)), mark_inline(w.text, w.judge.matches)]
