"""One rendering for one phrase: what an article quotes twice reads the same in English each time."""

import collections
import re

from vn_summarize.document import Document, Finding

QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
LEAST_SYLLABLES = 4
"""A shorter quotation is a word in scare quotes, whose rendering may rightly vary."""


def quoted_phrases(document: Document) -> tuple[str, ...]:
    """List the phrases that the document's sentences quote twice or more, such as a campaign's name."""
    counts = collections.Counter(q for s in document.sentences for q in QUOTED.findall(s.text))
    return tuple(q for q, n in counts.items() if n > 1 and len(q.split()) >= LEAST_SYLLABLES)


def unify_quotes(source: str, english: str, renderings: dict[str, str]) -> str:
    """Put the one rendering of a phrase into the place where the English quotes it.

    Quotation k of the source is quotation k of the English; where their numbers differ nothing is changed.
    """
    quoted = QUOTED.findall(source)
    places = list(QUOTED.finditer(english))
    if len(quoted) != len(places):
        return english
    for phrase, place in reversed(list(zip(quoted, places, strict=True))):
        if rendering := renderings.get(phrase):
            inner = place[1]
            tail = inner[len(inner.rstrip(".,;")) :]  # American style: the comma stands inside
            english = english[: place.start(1)] + rendering + tail + english[place.end(1) :]
    return english


def check_quotes(source: str, english: str, renderings: dict[str, str]) -> tuple[Finding, ...]:
    """Report the phrases that the source quotes and the English does not quote in their one rendering."""
    quoted = [q.rstrip(".,;") for q in QUOTED.findall(english)]
    return tuple(
        Finding("quote", "warning", f"“{phrase}” is not quoted as “{renderings[phrase]}”, as in its other sentences")
        for phrase in dict.fromkeys(QUOTED.findall(source))
        if phrase in renderings and renderings[phrase] not in quoted
    )
