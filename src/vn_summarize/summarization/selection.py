"""Which sentences are told: the best ones that fit, each new one judged by what it adds."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from vn_summarize.summarization.features import compare

NOVELTY = 6.0
"""What likeness to a chosen sentence costs (maximal marginal relevance); see docs/summaries.md."""

ORPHAN = 0.7
"""What "Đồng thời, ..." costs when the sentence before it is not chosen. Set by hand: ROUGE cannot see it."""

_CUT = 1.0
"""What losing all of its words would cost a sentence; half of them, half of that."""

_OVER = 2.0
"""What each whole budget too many costs the first sentence: better a little too long than beside the point."""

_FILLER = 1.0
"""A sentence this much worse than the best one that does not fit is not told just because it fits."""


FIGURES = 0.6
"""What a sentence with four figures gains while none with two is told; set by hand, readers ask for figures."""

SHORTFALL = 0.3
"""What a sentence about what fell short gains while none is told; set by hand."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A body sentence that may be told. `words(limit)` is its English length when shortened towards `limit` words."""

    index: int
    score: float
    vector: Mapping[str, float]
    points_back: bool
    words: Callable[[int], int]
    figures: int = 0  # up to 4
    falls_short: bool = False


def choose(candidates: Sequence[Candidate], sentences: int, words: int, room: int = 0) -> dict[int, int]:
    """Choose at most `sentences` candidates of about `words` words together.

    Returns the word limit of each by its index, best first. A sentence that points back may bring the one before
    it along. `room` is how many words more may be used for figures, and for what fell short, while neither is told.
    Else only a summary of one sentence may be longer than `words`: when no shorter one is nearly as good.
    """
    chosen: list[Candidate] = []
    limits: dict[int, int] = {}
    left = words
    while True:
        options = [o for o in _options(candidates, chosen, left, room) if len(chosen) + len(o.group) <= sentences]
        fitting = [o for o in options if o.words <= o.limit or (not chosen and len(o.group) == 1)]
        if not fitting:
            return limits
        fitting = [o for o in fitting if o.limit > left] or fitting  # what is needed comes first
        best = max(fitting, key=lambda o: o.gain - _OVER * max(0.0, o.words / max(1, o.limit) - 1))
        if chosen and best.limit == left and best.gain < max(o.gain for o in options) - _FILLER:
            return limits
        for candidate in best.group:
            chosen.append(candidate)
            limits[candidate.index] = best.limit if len(best.group) == 1 else candidate.words(sys.maxsize)
        left -= best.words


@dataclass(frozen=True, slots=True)
class _Option:
    group: tuple[Candidate, ...]
    gain: float
    words: int
    limit: int


def _options(candidates: Sequence[Candidate], chosen: Sequence[Candidate], left: int, room: int) -> Iterator[_Option]:
    """Yield what may be taken next, in text order: each sentence, and each that points back with the one before it."""
    taken = {c.index for c in chosen}
    open_to_choice = [c for c in candidates if c.index not in taken]
    for before, candidate in zip((None, *open_to_choice), open_to_choice, strict=False):
        limit = left + (room if chosen and _needed(candidate, chosen) else 0)
        yield _Option((candidate,), _gain(candidate, chosen, limit), candidate.words(limit), limit)
        if before and candidate.points_back and before.index == candidate.index - 1:
            gain = _gain(before, chosen, sys.maxsize) + _gain(candidate, chosen, sys.maxsize) + ORPHAN
            words = before.words(sys.maxsize) + candidate.words(sys.maxsize)
            yield _Option((before, candidate), round(gain / 2, 9), words, left)


def _needed(candidate: Candidate, chosen: Sequence[Candidate]) -> float:
    """Say what a sentence gains by telling the first figures, or the first thing that fell short."""
    figures = FIGURES * candidate.figures / 4 if candidate.figures > 1 and all(c.figures < 2 for c in chosen) else 0.0
    return figures + SHORTFALL * (candidate.falls_short and not any(c.falls_short for c in chosen))


def _gain(candidate: Candidate, chosen: Sequence[Candidate], limit: int) -> float:
    likeness = max((compare(candidate.vector, other.vector) for other in chosen), default=0.0)
    orphan = candidate.points_back and all(other.index != candidate.index - 1 for other in chosen)
    cut = 1 - candidate.words(limit) / max(1, candidate.words(sys.maxsize))
    needed = _needed(candidate, chosen) if chosen else 0.0
    return round(candidate.score + needed - NOVELTY * likeness - ORPHAN * orphan - _CUT * cut, 9)
