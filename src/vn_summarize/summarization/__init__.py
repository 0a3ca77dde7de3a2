"""Summaries: sentences chosen on the Vietnamese side, told in their checked English, shortened but never reworded."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from vn_summarize.document import TITLE, Summary, TranslatedDocument
from vn_summarize.errors import ConfigError
from vn_summarize.summarization import editing, references
from vn_summarize.summarization.features import (
    WEIGHTS,
    TermFinder,
    count_figures,
    falls_short,
    measure,
    points_back,
    score,
)
from vn_summarize.summarization.pairs import Pair, cut, finish, shorten, squeeze
from vn_summarize.summarization.references import People, Told, list_people, offices
from vn_summarize.summarization.selection import Candidate, choose

__all__ = ["DEFAULT_FORM", "Form", "Length", "in_form", "summarize"]

_HEADLINE_WORDS = 25
_USUAL_WORDS = 60  # for an article of _USUAL_ARTICLE printed syllables; grows with the square root
_USUAL_ARTICLE = 850
_SLACK = 1.25  # "about 60 words" may be 75: better than half a thought; a length that the user gives is kept to
_ROOM = 1.0
"""How much longer, against the usual length, a summary may be to tell figures and what fell short."""

_DOUBT = 1.5
"""What an error finding costs a sentence: only one that is far better than every clean one is chosen."""


@dataclass(frozen=True, slots=True)
class Length:
    """How long a summary is to be, in sentences or English words; raises ConfigError below 1."""

    sentences: int | None = None
    words: int | None = None

    def __post_init__(self) -> None:
        for name, value in (("sentences", self.sentences), ("words", self.words)):
            if value is not None and value < 1:
                raise ConfigError(f"a summary needs at least 1 of its {name}, not {value}")


@dataclass(frozen=True, slots=True)
class Form:
    """How a summary is shown."""

    language: Literal["en", "vi", "both"] = "en"
    style: Literal["paragraph", "bullets"] = "paragraph"


DEFAULT_FORM = Form()
"""English, as a paragraph."""


def summarize(translated: TranslatedDocument, terms: TermFinder, length: Length) -> Summary:
    """Summarise an article in its own translated sentences, in order, with the same in Vietnamese.

    Only a summary of one sentence may be longer than the words asked for: when no shorter one is nearly as good.
    """
    usual, people = _count_in(translated), list_people(translated)
    office = {name: max(offices(fact.title), key=usual) for name, fact in people.titled.items()}
    pairs = {
        s.source.index: Pair(_one_office(s.text, s.source.index, people, office), s.source.original)
        for s in translated.sentences
        if s.source.paragraph != TITLE and s.text.strip()
    }
    light = {i: shorten(pair, follows=True, used=lambda _: True, usual=usual) for i, pair in pairs.items()}
    limit, room = _limits(translated, length)
    limits = choose(_candidates(translated, terms, light), length.sentences or len(pairs), limit, room)
    chosen = sorted(limits)
    bare = " ".join(shorten(pairs[i], follows=True, used=lambda _: False, usual=usual).english for i in chosen)
    told = [Told(i, cut(shorten(pairs[i], i - 1 in limits, bare.__contains__, usual), limits[i]), (i,)) for i in chosen]
    if room:
        kept = squeeze([t.pair for t in told], round(limit / _SLACK))
        told = [replace(t, pair=pair) for t, pair in zip(told, kept, strict=True)]
    spare = limit + room - sum(len(t.pair.english.split()) for t in told)
    told = references.resolve(told, translated, people, office, spare)
    headline, original, sources = _headline(translated, usual)
    summary = Summary(
        headline,
        sources,
        tuple(t.pair.english for t in told),
        tuple(t.sources for t in told),
        "",
        tuple(t.pair.vietnamese for t in told),
        original,
    )
    return in_form(summary, DEFAULT_FORM)


def in_form(summary: Summary, form: Form) -> Summary:
    """Give the summary with its text in another language or style; `both` has the English first."""
    parts = {"en": [summary.sentences], "vi": [summary.originals], "both": [summary.sentences, summary.originals]}
    if form.style == "bullets":
        texts = ["\n".join(f"- {sentence}" for sentence in part) for part in parts[form.language]]
    else:
        texts = [" ".join(part) for part in parts[form.language]]
    return replace(summary, language=form.language, style=form.style, text="\n\n".join(filter(None, texts)))


def _candidates(translated: TranslatedDocument, terms: TermFinder, light: Mapping[int, Pair]) -> list[Candidate]:
    features, vectors = measure([s.source for s in translated.sentences], terms)
    doubtful = {f.sentence for f in translated.findings if f.severity == "error"}
    body = [s.source for s in translated.sentences if s.source.paragraph != TITLE]
    return [
        Candidate(
            index=source.index,
            score=score(feature, WEIGHTS) - _DOUBT * (source.index in doubtful),
            vector=vector,
            points_back=points_back(source.text),
            words=partial(_count_cut, light[source.index].english),
            figures=count_figures(source.text),
            falls_short=falls_short(source.text),
        )
        for source, feature, vector in zip(body, features, vectors, strict=True)
        if source.index in light
    ]


def _limits(translated: TranslatedDocument, length: Length) -> tuple[int, int]:
    """Return the words for a summary and the room above them for figures and what fell short.

    Without a length they are about 60 for 850 syllables and as many again, but at most a third of the English.
    """
    if length.words is not None:
        return length.words, 0
    body = [s for s in translated.sentences if s.source.paragraph != TITLE]
    english = sum(len(s.text.split()) for s in body)
    if length.sentences is not None:
        return max(1, english), 0
    source = sum(len(s.source.text.split()) for s in body)
    usual = min(90.0, max(30.0, _USUAL_WORDS * math.sqrt(source / _USUAL_ARTICLE)))
    limit = max(1, min(round(usual * _SLACK), english // 3))
    return limit, max(0, min(round(usual * _ROOM), english // 3 - limit))


def _one_office(text: str, index: int, people: People, office: Mapping[str, str]) -> str:
    """Leave each person of a sentence the one office that the article uses most."""
    for fact in people.mentions[index]:
        whole = f"{fact.title} {fact.text}"
        if fact.title and text.count(whole) == 1 and office[fact.text] in fact.title:
            text = text.replace(whole, f"{office[fact.text]} {fact.text}")
    return text


def _count_cut(text: str, limit: int) -> int:
    return len(editing.cut_tail(text, limit).split())


def _count_in(translated: TranslatedDocument) -> Callable[[str], int]:
    english = "\n".join(s.text for s in translated.sentences).casefold()
    return lambda phrase: english.count(phrase.casefold())


def _headline(translated: TranslatedDocument, usual: Callable[[str], int]) -> tuple[str, str, tuple[int, ...]]:
    """Return the translated title, or else the first sentence as one line, with its Vietnamese and its sentences."""
    title = [s for s in translated.sentences if s.source.paragraph == TITLE and s.text.strip()]
    if title:
        lines = (" ".join(s.text.strip() for s in title), " ".join(s.source.original.strip() for s in title))
        return editing.drop_stop(lines[0]), editing.drop_stop(lines[1]), tuple(s.source.index for s in title)
    for sentence in translated.sentences:
        if sentence.text.strip():
            line = editing.make_headline(sentence.text.strip(), _HEADLINE_WORDS, usual)
            return line, editing.drop_stop(finish(sentence.source.original)), (sentence.source.index,)
    return "", "", ()
