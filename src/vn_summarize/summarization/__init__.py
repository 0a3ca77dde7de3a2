"""Summaries: sentences chosen on the Vietnamese side, told in their checked English, shortened but never reworded."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from vn_summarize.document import TITLE, Summary, TranslatedDocument
from vn_summarize.errors import ConfigError
from vn_summarize.summarization import editing
from vn_summarize.summarization.features import WEIGHTS, TermFinder, measure, points_back, score
from vn_summarize.summarization.selection import Candidate, choose

__all__ = ["Length", "summarize"]

_HEADLINE_WORDS = 25
_USUAL_WORDS = 60  # for an article of _USUAL_ARTICLE printed syllables; grows with the square root
_USUAL_ARTICLE = 850
_SLACK = 1.25  # "about 60 words" may be 75: better than half a thought; a length that the user gives is kept to
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


def summarize(translated: TranslatedDocument, terms: TermFinder, length: Length) -> Summary:
    """Summarise an article in its own translated sentences, in order.

    Only a summary of one sentence may be longer than the words asked for: when no shorter one is nearly as good.
    """
    usual = _count_in(translated)
    told = {s.source.index: s.text for s in translated.sentences if s.source.paragraph != TITLE and s.text.strip()}
    light = {index: _lighten(text, usual, follows=True, used=lambda _: True) for index, text in told.items()}
    candidates = _candidates(translated, terms, light)
    limits = choose(candidates, length.sentences or len(candidates), _word_limit(translated, length))
    chosen = sorted(limits)
    bare = " ".join(_lighten(told[index], usual, follows=True, used=lambda _: False) for index in chosen)
    sentences = []
    for index in chosen:
        text = _lighten(told[index], usual, follows=index - 1 in limits, used=bare.__contains__)
        sentences.append(editing.cut_tail(text, limits[index]))
    headline, sources = _headline(translated, usual)
    return Summary(headline, sources, tuple(sentences), tuple((index,) for index in chosen), " ".join(sentences))


def _candidates(translated: TranslatedDocument, terms: TermFinder, light: Mapping[int, str]) -> list[Candidate]:
    features, vectors = measure([s.source for s in translated.sentences], terms)
    doubtful = {f.sentence for f in translated.findings if f.severity == "error"}
    body = [s.source for s in translated.sentences if s.source.paragraph != TITLE]
    return [
        Candidate(
            index=source.index,
            score=score(feature, WEIGHTS) - _DOUBT * (source.index in doubtful),
            vector=vector,
            points_back=points_back(source.text),
            words=partial(_count_cut, light[source.index]),
        )
        for source, feature, vector in zip(body, features, vectors, strict=True)
        if source.index in light
    ]


def _word_limit(translated: TranslatedDocument, length: Length) -> int:
    """Return the words asked for, or else about 60 for 850 syllables and at most a third of the English."""
    if length.words is not None:
        return length.words
    body = [s for s in translated.sentences if s.source.paragraph != TITLE]
    english = sum(len(s.text.split()) for s in body)
    if length.sentences is not None:
        return max(1, english)
    source = sum(len(s.source.text.split()) for s in body)
    usual = min(90.0, max(30.0, _USUAL_WORDS * math.sqrt(source / _USUAL_ARTICLE)))
    return max(1, min(round(usual * _SLACK), english // 3))


def _lighten(text: str, usual: Callable[[str], int], follows: bool, used: Callable[[str], bool]) -> str:
    """Take off what every summary can do without; `follows`: the sentence before is told too."""
    bare = editing.drop_asides(editing.drop_connective(text.strip(), follows), used)
    return editing.finish(editing.drop_offices(bare, usual))


def _count_cut(text: str, limit: int) -> int:
    return len(editing.cut_tail(text, limit).split())


def _count_in(translated: TranslatedDocument) -> Callable[[str], int]:
    english = "\n".join(s.text for s in translated.sentences).casefold()
    return lambda phrase: english.count(phrase.casefold())


def _headline(translated: TranslatedDocument, usual: Callable[[str], int]) -> tuple[str, tuple[int, ...]]:
    """Return the translated title, or else the first sentence as one line, with the sentences it comes from."""
    title = [s for s in translated.sentences if s.source.paragraph == TITLE and s.text.strip()]
    if title:
        line = " ".join(s.text.strip() for s in title)
        return editing.drop_stop(line), tuple(s.source.index for s in title)
    for sentence in translated.sentences:
        if sentence.text.strip():
            return editing.make_headline(sentence.text.strip(), _HEADLINE_WORDS, usual), (sentence.source.index,)
    return "", ()
