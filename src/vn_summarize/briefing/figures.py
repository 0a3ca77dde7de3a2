"""The figures of a story, each article's beside the others'."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from vn_summarize.briefing.contents import FigureRow, Passage
from vn_summarize.briefing.passages import Record, quote, sentence
from vn_summarize.verification.source_numbers import find_quantities

LISTED = 8
"""Rows of a story on the page; those that differ come first."""

_WINDOW = 5  # words on each side of a figure that say what it counts
_LIKE = 0.4  # least share of these words in common; in copied sentences nearly all are
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of one article: what it is, and the words around it in the Vietnamese."""

    value: tuple[Fraction, ...]
    unit: str
    before: frozenset[str]
    after: frozenset[str]
    counted: str
    action: str
    text: Passage
    sentence: Passage


def list_figures(record: Record, page: str) -> list[Figure]:
    """List an article's key figures, those of its summary first."""
    told = {index for s in record["summary"]["sentences"] for index in s["sources"]}
    facts = (fact for fact in record["key_facts"] if fact["kind"] == "figure")
    ordered = sorted(facts, key=lambda fact: (fact["sentence"] not in told, fact["sentence"]))
    return [figure for fact in ordered for figure in _read(record, page, fact)]


def compare_figures(articles: Sequence[Sequence[Figure]]) -> tuple[FigureRow, ...]:
    """Lay the articles' figures side by side: rows that differ first, then those that most articles have.

    Two figures are one when their unit is the same and the words around them are alike. The figures of the
    first article open the rows; what another has beyond them opens a row of its own.
    """
    rows: list[list[Figure]] = []
    for figures in articles:
        pairs = sorted(
            (-likeness, i, j)
            for i, row in enumerate(rows)
            for j, figure in enumerate(figures)
            if (likeness := _likeness(row[0], figure)) >= _LIKE
        )
        placed: dict[int, int] = {}
        for _, i, j in pairs:
            if j not in placed and i not in placed.values():
                placed[j] = i
        for j, figure in enumerate(figures):
            if j in placed:
                rows[placed[j]].append(figure)
            else:
                rows.append([figure])
    return tuple(sorted(map(_row, rows), key=lambda row: (not row.differs, -len(row.values))))


def _row(figures: Sequence[Figure]) -> FigureRow:
    first, values = figures[0], {figure.value for figure in figures}
    return FigureRow(first.counted, first.action, first.sentence, tuple(f.text for f in figures), len(values) > 1)


def _read(record: Record, page: str, fact: Record) -> Iterator[Figure]:
    source = record["sentences"][fact["sentence"]]["source"]
    start = source.find(fact["source"])
    quantities = find_quantities(fact["source"])
    if start < 0 or not quantities:
        return
    end = start + len(fact["source"])
    yield Figure(
        value=quantities[0].readings[0],
        unit=quantities[0].unit,
        before=frozenset(_WORD.findall(source[:start].lower())[-_WINDOW:]),
        after=frozenset(_WORD.findall(source[end:].lower())[:_WINDOW]),
        counted=fact["counted"],
        action=fact["action"],
        text=quote(record, page, fact["text"], (fact["sentence"],)),
        sentence=sentence(record, page, fact["sentence"]),
    )


def _likeness(a: Figure, b: Figure) -> float:
    if a.unit != b.unit:
        return 0.0
    return (_share(a.before, b.before) + 2 * _share(a.after, b.after)) / 3


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b) if a or b else 0.0
