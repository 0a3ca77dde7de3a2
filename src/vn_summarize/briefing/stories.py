"""Articles about the same event folded together: reprints, and other words about it within a few days."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from vn_summarize.briefing.entries import Entry
from vn_summarize.briefing.similarity import SCALE, WIDTH, Array, Weights, share_common

# Chosen by reading the pairs of 2,569 Vietnamese news articles in the order of their cosines: at 0.55 and above
# nearly all tell one event, at 0.4 most do, and the others tell what followed in the same affair, on another day.
SAME_EVENT = 0.4
"""Least cosine of two articles that come within DAYS of each other."""
SAME_EVENT_UNDATED = 0.55
"""The same where the date of one is not known."""
SAME_TEXT = 0.4
"""Least share of three-syllable shingles of two articles of which one is a copy, shortened or edited."""
DAYS = 3

_PROPOSED = 0.15  # below the least cosine by what a sketch may err
_TRIED = 12  # stories that an article is held against, the likest first
_BLOCK = 256


def fold_stories(entries: Sequence[Entry]) -> list[tuple[Entry, ...]]:
    """Group articles into stories; the order of `entries` does not matter.

    Each article, by date and id, joins the likest story whose first article it agrees with, or begins one. So
    no chain of small steps leads from one event to another. The first article of a story is the one with the
    fewest doubts, then the earliest. Time grows with articles times stories, a few bytes at a time.
    """
    ordered = sorted(entries, key=lambda entry: (entry.date or "9999", entry.id))
    weights = Weights()
    for entry in ordered:
        weights.add(entry.print)
    stories: list[list[Entry]] = []
    sketches = np.zeros((len(ordered), WIDTH), dtype=np.float32)  # of each story's beginner
    for begin in range(0, len(ordered), _BLOCK):
        block = ordered[begin : begin + _BLOCK]
        drawn = np.array([weights.sketch(entry.print) for entry in block], dtype=np.float32)
        known = len(stories)
        cosines = drawn @ sketches[:known].T
        for row, entry in enumerate(block):
            fresh = sketches[known : len(stories)] @ drawn[row]
            story = _find(entry, stories, np.concatenate([cosines[row], fresh]), weights)
            if story is None:
                sketches[len(stories)] = drawn[row]
                stories.append([entry])
            else:
                story.append(entry)
    return [tuple(sorted(s, key=lambda e: (e.doubts, e.date or "9999", e.id))) for s in stories]


def _find(entry: Entry, stories: list[list[Entry]], cosines: Array, weights: Weights) -> list[Entry] | None:
    proposed = np.flatnonzero(cosines >= (SAME_EVENT - _PROPOSED) * SCALE * SCALE)
    proposed = proposed[np.argsort(-cosines[proposed], kind="stable")][:_TRIED]
    best: tuple[float, int] | None = None
    for index in map(int, proposed):
        if all(agrees(entry, other) for other in stories[index]):
            likeness = compare(entry, stories[index][0], weights)
            if likeness and (best is None or (likeness, -index) > best):
                best = likeness, -index
    return stories[-best[1]] if best else None


def compare(a: Entry, b: Entry, weights: Weights) -> float:
    """Say how alike two articles about one event are, 0.0 when they are not about one."""
    cosine = weights.compare(a.print, b.print)
    if share_common(a.print, b.print) >= SAME_TEXT:
        return 1 + cosine
    if a.date and b.date:
        near = abs((date.fromisoformat(a.date) - date.fromisoformat(b.date)).days) <= DAYS
        return cosine if near and cosine >= SAME_EVENT else 0.0
    return cosine if cosine >= SAME_EVENT_UNDATED else 0.0


def agrees(a: Entry, b: Entry) -> bool:
    """Say whether two articles may be about one event: at their beginning no two days or places exclude each other.

    Bulletins are alike but for their date, reports from two districts but for the place: these stay apart.
    """
    if a.days and b.days and not any(_same_day(x, y) for x in a.days for y in b.days):
        return False
    for level in range(3):
        ours, theirs = ({name for at, name in entry.places if at == level} for entry in (a, b))
        if ours and theirs and not ours & theirs:
            return False
    return True


def _same_day(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    return all(not x or not y or x == y for x, y in zip(a, b, strict=True))
