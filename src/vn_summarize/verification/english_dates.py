"""Dates and clock times in English text."""

import re
from dataclasses import dataclass

_MONTHS = "January February March April May June July August September October November December"
MONTHS = tuple(_MONTHS.split())
_NAMES = {month: i for i, month in enumerate(MONTHS, 1)} | {month[:3]: i for i, month in enumerate(MONTHS, 1)}
_NAMES |= {"Sept": 9}
_MONTH = r"(?:" + "|".join(sorted(_NAMES, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d,]*\d|\w|%|(?:\.\d))"
_AND = r"(?:\s?[-–—]\s?|\s?,\s?(?:and )?|\s(?:and|to|or|until|through)\s)(?:the )?"
_YEAR = r"(?:1[89]|20)\d\d(?![\d,]*\d)"
_LAST = r"(?:\s?[-–—]\s?|,? (?:and|to|or|until|through) )(?:the )?"
_DAYS = rf"{_DAY}(?:(?:, {_DAY})*{_LAST}{_DAY}(?! [a-z]+s\b|-[a-z]))?"
_MENTION = re.compile(
    rf"\b(?P<month1>{_MONTH})[ -](?:the )?(?P<days1>{_DAYS})(?:,? (?:of )?(?P<year1>{_YEAR}))?"
    rf"|(?<![\d,.])(?P<days2>{_DAYS})(?: of)? (?P<months2>{_MONTH})(?:,? (?P<year2>{_YEAR}))?"
    rf"|\b(?P<months3>{_MONTH}(?:{_AND}{_MONTH})*)(?:,? (?:of )?(?P<year3>{_YEAR}))?"
    r"|\b(?P<year4>(?:1[89]|20)\d\d)-(?P<month4>\d\d)-(?P<day4>\d\d)\b"
)
_YEARS = re.compile(
    r"(?<![\d,.])(?P<year>(?:1[89]|20)\d\d)(?:s\b|(?:\s?[-–/]\s?)(?P<until>\d\d)\b(?![-/\d])|(?![\d,]*\d))"
)
_TIME = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-4])(?!\d)(?:[:.h](?P<minute>[0-5]\d))?(?P<half> ?[ap]\.?m\b\.?| o'clock| hours\b)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A day, a month or both in the English; what it does not name is 0."""

    start: int
    end: int
    day: int
    month: int
    year: int


def find_mentions(text: str) -> tuple[Mention, ...]:
    """Find "June 8, 2021", "8 June", "June 5-10", "the 8th and 9th of June", "January and February 2019"."""
    found = []
    for match in _MENTION.finditer(text):
        groups = {name.rstrip("1234"): value for name, value in match.groupdict().items() if value}
        if match.group() in _NAMES and match.group() not in MONTHS and text[match.end() - 1] != ".":
            continue  # a short name without a day: "Ms. Jan"
        if match.group().rstrip(".") == "May" and not _is_month(text, match.start()):
            continue
        months = [_NAMES[m] for m in re.findall(r"[A-Z][a-z]+", groups.get("months", "") + groups.get("month", ""))]
        months = months or [int(groups["month"])]
        days = [int(d) for d in re.findall(r"\d+", groups.get("days", "") + groups.get("day", ""))] or [0]
        year = int(groups.get("year", 0))
        found += [Mention(*match.span(), day, month, year) for month in months for day in days]
    return tuple(found)


def _is_month(text: str, start: int) -> bool:
    """Tell the month from the verb that opens a sentence ("May I ...")."""
    return bool(re.search(r"[a-z,)] (?:\w+ )?$", text[:start])) or not re.match(
        r"May (?:I|he|she|we|they|you|the)\b", text[start:]
    )


def find_years(text: str) -> dict[int, str]:
    """Find the years, with the text of each: 2021, the 1990s, both ends of 2010-15."""
    years: dict[int, str] = {}
    for match in _YEARS.finditer(text):
        years.setdefault(int(match["year"]), match.group())
        if match["until"]:
            years.setdefault(int(match["year"][:2] + match["until"]), match.group())
    return years


@dataclass(frozen=True, slots=True)
class Time:
    """A clock time in the English: hour 0 to 23, both hours where the half of the day is not said."""

    start: int
    end: int
    hours: tuple[int, ...]
    minute: int


def find_times(text: str) -> tuple[Time, ...]:
    """Find "5:30 p.m.", "17:30", "7 a.m.", "8 o'clock", noon and midnight."""
    found = []
    for match in _TIME.finditer(text):
        hour, half = int(match["hour"]), (match["half"] or "").strip().lower()
        if not match["minute"] and (not half or half == "hours"):
            continue
        if match["minute"] and "." in match.group()[:3] and not half:
            continue
        if half[:1] in ("a", "p"):
            hours: tuple[int, ...] = (hour % 12 + (12 if half[0] == "p" else 0),)
        else:
            hours = (hour % 24, (hour + 12) % 24) if hour <= 12 else (hour % 24,)
        found.append(Time(*match.span(), hours, int(match["minute"] or 0)))
    for match in re.finditer(r"\b(?:noon|midday|midnight)\b", text, re.IGNORECASE):
        found.append(Time(*match.span(), (0,) if match.group().lower() == "midnight" else (12,), 0))
    return tuple(found)
