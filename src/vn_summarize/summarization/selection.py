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


@dataclass(frozen=True, slots=True)
class Candidate:
    """A body sentence that may be told. `words(limit)` is its English length when shortened towards `limit` words."""

    index: int
    score: float
    vector: Mapping[str, float]
    points_back: bool
    words: Callable[[int], int]


def choose(candidates: Sequence[Candidate], sentences: int, words: int) -> dict[int, int]:
    """Choose at most `sentences` candidates of about `words` words together.

    Returns the word limit of each by its index, best first. A sentence that points back may bring the one before
    it along. Only a summary of one sentence may be longer than `words`: when no shorter one is nearly as good.
    """
    chosen: list[Candidate] = []
    limits: dict[int, int] = {}
    left = words
    while left > 0:
        options = [o for o in _options(candidates, chosen, left) if len(chosen) + len(o.group) <= sentences]
        fitting = [o for o in options if o.words <= left or (not chosen and len(o.group) == 1)]
        if not fitting:
            break
        best = max(fitting, key=lambda o: o.gain - _OVER * max(0.0, o.words / left - 1))
        if chosen and best.gain < max(o.gain for o in options) - _FILLER:
            break
        for candidate in best.group:
            chosen.append(candidate)
            limits[candidate.index] = left if len(best.group) == 1 else candidate.words(sys.maxsize)
        left -= best.words
    return limits


@dataclass(frozen=True, slots=True)
class _Option:
    group: tuple[Candidate, ...]
    gain: float
    words: int


def _options(candidates: Sequence[Candidate], chosen: Sequence[Candidate], left: int) -> Iterator[_Option]:
    """Yield what may be taken next, in text order: each sentence, and each that points back with the one before it."""
    taken = {c.index for c in chosen}
    open_to_choice = [c for c in candidates if c.index not in taken]
    for before, candidate in zip((None, *open_to_choice), open_to_choice, strict=False):
        yield _Option((candidate,), _gain(candidate, chosen, left), candidate.words(left))
        if before and candidate.points_back and before.index == candidate.index - 1:
            gain = _gain(before, chosen, sys.maxsize) + _gain(candidate, chosen, sys.maxsize) + ORPHAN
            yield _Option(
                (before, candidate), round(gain / 2, 9), before.words(sys.maxsize) + candidate.words(sys.maxsize)
            )


def _gain(candidate: Candidate, chosen: Sequence[Candidate], limit: int) -> float:
    likeness = max((compare(candidate.vector, other.vector) for other in chosen), default=0.0)
    orphan = candidate.points_back and all(other.index != candidate.index - 1 for other in chosen)
    cut = 1 - candidate.words(limit) / candidate.words(sys.maxsize)
    return round(candidate.score - NOVELTY * likeness - ORPHAN * orphan - _CUT * cut, 9)
