"""Reading a record for a briefing: its English as passages, its dates, its first sentences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

from vn_summarize.briefing.contents import Passage
from vn_summarize.document import TITLE
from vn_summarize.verification.english_dates import MONTHS
from vn_summarize.writing.text import one_line

Record: TypeAlias = dict[str, Any]
"""A record as `writing.parse_record` gives it."""

Day: TypeAlias = tuple[int, int, int]
"""Year, month, day; 0 for what is not said."""

LEAD = 4  # body sentences in which news says what happened, where and when

_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})(?: (\d{{1,2}})(?!\d))?(?:,? (\d{{4}}))?")
_DOUBTFUL = ("error", "warning")


def quote(record: Record, page: str, text: str, sentences: Sequence[int]) -> Passage:
    """Give English of a record with where it stands and the doubts about it."""
    doubts = (f["number"] for f in record["findings"] if f["severity"] in _DOUBTFUL and f["sentence"] in sentences)
    return Passage(one_line(text), record["article"]["id"], page, tuple(sentences), tuple(doubts))


def headline(record: Record, page: str) -> Passage:
    """Give the headline, or for want of one the title, or the article's id; its doubts are the whole article's too."""
    said = record["summary"]["headline"]
    text = said["text"] or record["article"]["title"]["translation"] or record["article"]["id"]
    passage = quote(record, page, text, said["sources"])
    whole = [f["number"] for f in record["findings"] if f["severity"] in _DOUBTFUL and f["sentence"] is None]
    return replace(passage, doubts=tuple(sorted({*whole, *passage.doubts})))


def summary(record: Record, page: str) -> tuple[Passage, ...]:
    """Give the summary's sentences."""
    return tuple(quote(record, page, s["text"], s["sources"]) for s in record["summary"]["sentences"])


def sentence(record: Record, page: str, index: int) -> Passage:
    """Give a whole sentence of the translation."""
    return quote(record, page, record["sentences"][index]["translation"], (index,))


def lead(record: Record) -> list[Record]:
    """Give the title's sentences and the first ones of the body."""
    title = [s for s in record["sentences"] if s["paragraph"] == TITLE]
    body = (s for s in record["sentences"] if s["paragraph"] != TITLE)
    return [*title, *(s for s, _ in zip(body, range(LEAD), strict=False))]


def count_doubts(record: Record) -> int:
    """Count the findings of severity error or warning."""
    return sum(finding["severity"] in _DOUBTFUL for finding in record["findings"])


def find_days(sentence: Record) -> Iterator[Day]:
    """Give the months and days that the Vietnamese of a sentence names, by its checks."""
    for check in sentence["checks"]:
        if check["kind"] == "date" and (found := _MONTH.match(check["expected"])):
            yield int(found[3] or 0), MONTHS.index(found[1]) + 1, int(found[2] or 0)


def resolve(day: Day, near: str) -> str:
    """Give a day in ISO 8601; the year, if it is not said, is the one that brings it nearest to the date `near`.

    "--06-08" where no year is known, "" for what is no day of the calendar.
    """
    year, month, number = day
    if not number:
        return ""
    try:
        if year:
            return date(year, month, number).isoformat()
        date(2000, month, number)
    except ValueError:
        return ""
    if not near:
        return f"--{month:02}-{number:02}"
    published = date.fromisoformat(near)
    candidates = []
    for candidate in range(published.year - 1, published.year + 2):
        try:
            there = date(candidate, month, number)
        except ValueError:  # February 29
            continue
        candidates.append((abs((there - published).days), there.isoformat()))
    return min(candidates)[1] if candidates else ""


def iso_date(text: str) -> str:
    """Give the calendar day that an ISO 8601 date or time begins with, "" when there is none."""
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return ""
