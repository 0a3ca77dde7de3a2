"""No summary holds a figure that its source sentences lack: every article of a corpus, without a model.

    python benchmarks/summaries.py provincial.jsonl.xz [--limit N]

Two translations stand in for the model's: the Vietnamese itself, which the editing sees as English, and an English
made of the sentence's figures and names (`gloss`), on which the English rules act: openers, attributions, offices,
asides, purposes. Both sides of each summary sentence, and the headline, are compared with their sources.
"""

import argparse
import functools
import json
import lzma
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from vn_summarize.document import Article, Document, Summary, TranslatedDocument, TranslatedSentence
from vn_summarize.errors import ArticleError
from vn_summarize.facts import find_facts
from vn_summarize.glossary.enforcement import check_terms
from vn_summarize.glossary.formats import load_builtin
from vn_summarize.glossary.place_terms import PlaceTerms
from vn_summarize.glossary.terms import TermMatch
from vn_summarize.pipeline import prepare
from vn_summarize.summarization import Length, summarize
from vn_summarize.verification.checks import check_facts


class Terms(PlaceTerms):
    """The built-in terms and the places, found once in each sentence."""

    @functools.lru_cache(maxsize=1000)  # noqa: B019 (there is one)
    def find(self, text: str) -> tuple[TermMatch, ...]:
        return super().find(text)


LENGTHS = (Length(), Length(words=30), Length(sentences=5))
OPENERS = ("", "At the same time, ", "However, ", "According to the report, ", "Among them, ")
TAILS = ("", ", contributing to the common good", "; the work goes on", " (about as much as before)")
FIGURE = re.compile(r"\d[\d.,/]*\d|\d")


def copied(document: Document, terms: Terms) -> TranslatedDocument:
    """Translate each sentence by itself."""
    return translated(document, terms, [s.text for s in document.sentences])


def glossed(document: Document, terms: Terms) -> TranslatedDocument:
    """Translate each sentence by the English of its terms and facts, dressed up in turn with all that is cut off."""
    english = []
    for sentence in document.sentences:
        words = [match.term.target or match.text for match in terms.find(sentence.text)]
        words += [check.expected for check in check_facts(sentence.text, "")]
        opener, tail = OPENERS[sentence.index % len(OPENERS)], TAILS[sentence.index % len(TAILS)]
        english.append(f"{opener}the conference said that {' and '.join(words) or 'nothing'} had come{tail}.")
    return translated(document, terms, english)


def translated(document: Document, terms: Terms, english: list[str]) -> TranslatedDocument:
    """Give the document these translations, with their checks."""
    sentences = (
        TranslatedSentence(s, text, check_terms(terms.find(s.text), text), check_facts(s.text, text))
        for s, text in zip(document.sentences, english, strict=True)
    )
    return TranslatedDocument(document, tuple(sentences))


def invented(summary: Summary, told: TranslatedDocument) -> Iterator[str]:
    """Give the figures of a summary, English and Vietnamese, that the sources of their sentence do not have."""
    texts = {s.source.index: (s.text, s.source.original) for s in told.sentences}
    english = [*zip(summary.sentences, summary.sources, strict=True), (summary.headline, summary.headline_sources)]
    vietnamese = [
        *zip(summary.originals, summary.sources, strict=True),
        (summary.headline_original, summary.headline_sources),
    ]
    for side, pairs in enumerate((english, vietnamese)):
        for text, sources in pairs:
            there = Counter(f for i in sources for f in FIGURE.findall(texts[i][side]))
            yield from (Counter(FIGURE.findall(text)) - there).elements()


def unfounded(told: TranslatedDocument) -> Iterator[str]:
    """Give the English of key facts that does not stand in the translation of their sentence."""
    texts = {s.source.index: s.text for s in told.sentences}
    for fact in find_facts(told):
        parts = (fact.text, fact.unit, fact.counted, fact.action)
        yield from (part for part in parts if part not in texts[fact.sentence])


def main() -> None:
    """Summarise every article at each length and count what is not in the sources."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("path", type=Path)
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    terms, counts, began = Terms(load_builtin()), Counter[str](), time.monotonic()
    opener = lzma.open if options.path.suffix == ".xz" else open
    with opener(options.path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines][: options.limit]
    for number, row in enumerate(rows):
        try:
            document, _ = prepare(Article(str(number), f"row {number}", row.get("title", ""), tuple(row["paragraphs"])))
        except ArticleError:
            counts["unreadable"] += 1
            continue
        counts["articles"] += 1
        for translate in (copied, glossed):
            told = translate(document, terms)
            for length in LENGTHS:
                summary = summarize(told, terms, length)
                wrong = [*invented(summary, told)]
                counts["summaries"] += 1
                counts["sentences"] += len(summary.sentences)
                counts["figures"] += sum(len(FIGURE.findall(text)) for text in summary.sentences)
                counts["figures not in the source"] += len(wrong)
                if wrong:
                    print(f"row {number}: {', '.join(wrong)}", flush=True)
            counts["facts"] += len(find_facts(told))
            counts["facts not in the translation"] += len([*unfounded(told)])
    keys = ("articles", "unreadable", "summaries", "sentences", "figures", "figures not in the source", "facts")
    print(", ".join(f"{key} {counts[key]}" for key in (*keys, "facts not in the translation")), end="")
    print(f"; {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
