"""Stretches of the Vietnamese that nothing in the English answers: left out, or made something else.

A lexicon (data/lexicon.tsv), which training/lexicon.py makes from aligned sentence pairs, gives the English words that
answer a Vietnamese word, whatever their inflection, and the weight of there being none: minus the logarithm of the
share of good pairs in which there is none. The weights of words behind each other are added up; a word that is
answered ends the stretch.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from vn_summarize.cleaning import fold
from vn_summarize.document import Finding

from .wording import stem

DOUBTFUL = 4.5
"""The weight at which a stretch is reported. As heavy a one have 2.1 % of 2,000 good provincial pairs from which the
lexicon was not made, and 67 % of the 1,521 of them of whose English four to nine words can be cut and were
(`training/lexicon.py --hold 2000`)."""

LONGEST = 3
"""Syllables of a word of the lexicon at most."""

_CALENDAR = re.compile(r"(?:ngày|tháng|năm|mùng|mồng|quý|giờ)(?= \d)", re.IGNORECASE)
_TOKEN = re.compile(r"\w+(?:[.,/-]\w+)*|[^\w\s]")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the source where it stands, with the stems that answer it."""

    start: int
    end: int
    weight: float
    answers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Loss:
    """A stretch of the source that nothing answers, and how much that weighs."""

    text: str
    weight: float


def find_losses(source: str, english: str, answered: Iterable[tuple[int, int]] = ()) -> tuple[Loss, ...]:
    """Give the stretches of `source` that nothing answers; the spans `answered` are known to be."""
    stretches = unanswered(_words(source), english, list(answered))
    return tuple(Loss(source[s[0].start : s[-1].end], sum(word.weight for word in s)) for s in stretches)


def check_coverage(losses: Iterable[Loss]) -> Iterator[Finding]:
    """Name the stretches that are too long to be a matter of wording."""
    for loss in losses:
        if loss.weight >= DOUBTFUL:
            yield Finding("omission", "warning", f'nothing answers "{loss.text}"')


def unanswered(words: Iterable[Word], english: str, answered: Sequence[tuple[int, int]] = ()) -> Iterator[list[Word]]:
    """Give the stretches of words that nothing answers, as long as they can be."""
    said = stems(english)
    stretch: list[Word] = []
    for word in words:
        known = any(start < word.end and word.start < end for start, end in answered)
        if not known and said.isdisjoint(word.answers):
            stretch.append(word)
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def find_words(source: str, lexicon: Mapping[str, str]) -> Iterator[Word]:
    """Give the words of a source that a lexicon has answers for."""
    for start, end in split_words(source, lexicon):
        weight, _, answers = lexicon.get(fold(source[start:end]), "").partition(" ")
        if answers and has_answer(source, start):
            yield Word(start, end, float(weight), stems(answers))


@lru_cache(maxsize=1 << 10)
def _words(source: str) -> tuple[Word, ...]:
    return tuple(find_words(source, _lexicon()))


def split_words(source: str, known: Container[str]) -> Iterator[tuple[int, int]]:
    """Give the spans of the words of a source, the longest of `known` first; others are syllables."""
    tokens = [match.span() for match in _TOKEN.finditer(source)]
    syllables = [fold(source[start:end]) for start, end in tokens]
    i = 0
    while i < len(tokens):
        n = next((n for n in range(LONGEST, 1, -1) if " ".join(syllables[i : i + n]) in known), 1)
        n = min(n, len(tokens) - i)
        yield tokens[i][0], tokens[i + n - 1][1]
        i += n


def has_answer(source: str, start: int) -> bool:
    """Say whether the word that starts there is none of a name or a date, whose checks are others, nor a sign."""
    named = source[start].isupper() and start > 0
    return source[start].isalpha() and not named and not _CALENDAR.match(source, start)


def stems(english: str) -> frozenset[str]:
    """Give the stems of an English text's words; those of a compound stand for themselves."""
    return frozenset(stem(word) for word in _WORD.findall(english.lower()))


def parse_lexicon(text: str) -> dict[str, str]:
    """Give each word of a lexicon its weight and answers, "" where it only is a word of its own."""
    rows = (line.partition("\t") for line in text.splitlines() if not line.startswith("#"))
    return {word: rest for word, _, rest in rows}


@cache
def _lexicon() -> dict[str, str]:
    return parse_lexicon(files("vn_summarize").joinpath("data", "lexicon.tsv").read_text("utf-8"))
