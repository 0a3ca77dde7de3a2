"""One rendering for one phrase, and for another phrase another one."""

import collections
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from vn_summarize.cleaning import fold
from vn_summarize.document import Document, Finding, TranslatedSentence
from vn_summarize.glossary.terms import TermMatch

QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
LEAST_SYLLABLES = 4
"""A shorter quotation is a word in scare quotes, whose rendering may rightly vary."""
LEAST_WORDS = 3
"""Shorter English may well stand for two things that are said one after the other ("Thank you")."""


def quoted_phrases(document: Document) -> tuple[str, ...]:
    """List the phrases that the document's sentences quote twice or more, such as a campaign's name."""
    counts = collections.Counter(q for s in document.sentences for q in QUOTED.findall(s.text))
    return tuple(q for q, n in counts.items() if n > 1 and len(q.split()) >= LEAST_SYLLABLES)


def unify_quotes(source: str, english: str, renderings: Mapping[str, str]) -> str:
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


def switch_quotes(
    text: str, matches: Sequence[TermMatch], renderings: Mapping[str, str]
) -> tuple[str, tuple[TermMatch | None, ...]]:
    """Write the one rendering of each quoted phrase into the source text, for a model to copy.

    Gives the matches where they then stand, None for one that a rendering has taken the place of.
    """
    places = [place for place in QUOTED.finditer(text) if place[1] in renderings]

    def moved(match: TermMatch) -> TermMatch | None:
        if any(place.start(1) < match.end and match.start < place.end(1) for place in places):
            return None
        shift = sum(len(renderings[p[1]]) - len(p[1]) for p in places if p.end() <= match.start)
        return replace(match, start=match.start + shift, end=match.end + shift)

    for place in reversed(places):
        text = text[: place.start(1)] + renderings[place[1]] + text[place.end(1) :]
    return text, tuple(map(moved, matches))


def check_quotes(source: str, english: str, renderings: Mapping[str, str]) -> tuple[Finding, ...]:
    """Report the phrases that the source quotes and the English does not quote in their one rendering."""
    quoted = [q.rstrip(".,;") for q in QUOTED.findall(english)]
    return tuple(
        Finding("quote", "warning", f"“{phrase}” is not quoted as “{renderings[phrase]}”, as in its other sentences")
        for phrase in dict.fromkeys(QUOTED.findall(source))
        if phrase in renderings and renderings[phrase] not in quoted
    )


def check_successors(sentences: Sequence[TranslatedSentence]) -> tuple[Finding, ...]:
    """Report a sentence whose English is that of the sentence before it, though their Vietnamese differs."""
    return tuple(
        Finding(
            "repetition",
            "warning",
            f"the English is that of sentence {before.source.index}, whose Vietnamese differs",
            sentence.source.index,
        )
        for before, sentence in pairwise(sentences)
        if len(words := _words(sentence.text)) >= LEAST_WORDS
        and words == _words(before.text)
        and _words(sentence.source.text) != _words(before.source.text)
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))
