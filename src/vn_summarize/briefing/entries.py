"""What is kept of every article while a folder is read: about 8 KB, most of it its print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vn_summarize.briefing.passages import (
    Day,
    Record,
    count_doubts,
    find_days,
    headline,
    iso_date,
    lead,
    quote,
    resolve,
    sentence,
    summary,
)
from vn_summarize.briefing.similarity import Print, take_print
from vn_summarize.glossary.surfaces import canonical
from vn_summarize.writing.occurrences import distinct

_SPAN = 31  # days
_LEVELS = {"province": 0, "city": 0, "district": 1, "town": 1, "urban district": 1}  # the others are communes


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """An article as the grouping sees it."""

    id: str
    page: str  # POSIX path below the results' folder
    source: str
    date: str  # ISO 8601, "" when unknown
    dated: str  # "article", "text" or ""
    doubts: int
    place: str
    programs: tuple[tuple[str, str], ...]  # what its spellings share, and its English
    days: frozenset[Day]  # named in its first sentences
    places: frozenset[tuple[int, str]]  # the same; with their level
    print: Print


def parse_entry(record: Record, page: str) -> Entry:
    """Read what the grouping needs.

    Raises KeyError, TypeError, AttributeError, IndexError or ValueError for a damaged record: one that the second
    reading could not use either.
    """
    _check(record, page)
    article, beginning = record["article"], lead(record)
    days = [day for told in beginning for day in find_days(told)]
    published = iso_date(article["date"])
    stated = _stated_date(days)
    first = {told["index"] for told in beginning}
    return Entry(
        id=article["id"],
        page=page,
        source=article["source"],
        date=published or stated,
        dated="article" if published else "text" if stated else "",
        doubts=count_doubts(record),
        place=_main_place(record, first),
        programs=_programs(record),
        days=frozenset(days),
        places=frozenset((_level(p["type"]), p["english"]) for p in record["places"] if first & set(p["sentences"])),
        print=take_print([s["source"] for s in record["sentences"]]),
    )


def _check(record: Record, page: str) -> None:
    if [told["index"] for told in record["sentences"]] != [*range(len(record["sentences"]))]:
        raise ValueError("its sentences are not in order")
    headline(record, page)
    summary(record, page)
    for fact in record["key_facts"]:
        if fact["kind"] == "figure":
            quote(record, page, fact["text"] + fact["counted"] + fact["action"], (fact["sentence"],))
            sentence(record, page, fact["sentence"])


def _stated_date(days: Sequence[Day]) -> str:
    """Give the first full date of an article's beginning; "" if another one is far from it, a law's or a deadline."""
    dates = [found for day in days if day[0] and (found := resolve(day, ""))]
    numbers = [date.fromisoformat(found).toordinal() for found in dates]
    return dates[0] if dates and max(numbers) - min(numbers) <= _SPAN else ""


def _main_place(record: Record, first: set[int]) -> str:
    """Choose the place that most sentences name, those at the beginning twice; then the larger one."""
    ranked = [
        (-len(p["sentences"]) - len(first & set(p["sentences"])), _level(p["type"]), p["english"])
        for p in record["places"]
    ]
    return min(ranked)[2] if ranked else ""


def _level(kind: str) -> int:
    return _LEVELS.get(kind, 2)


def _programs(record: Record) -> tuple[tuple[str, str], ...]:
    found = ((canonical(fact["source"]), fact["text"]) for fact in record["key_facts"] if fact["kind"] == "program")
    return tuple(distinct(found).items())
