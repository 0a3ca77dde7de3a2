"""Clock times of the Vietnamese and whether the English keeps them."""

import re
from dataclasses import dataclass

from vn_summarize.document import Check

from .english_dates import find_times
from .quantities import SMALL_WORDS

_HOUR = r"[01]?\d|2[0-4]"
_TIME = re.compile(
    rf"(?<![\d.,/])(?<!\d-)(?:(?P<first>{_HOUR})(?: ?[-–] ?| đến ))?(?P<hour>{_HOUR}) ?"
    r"(?P<mark>h|g|giờ|:|\.(?=[0-5]\d ?['’]))"
    r"(?: ?(?P<minute>[0-5]\d(?!\d)|\d(?= ?(?:phút|ph)\b))(?: ?(?:phút|ph|p|'|’)(?!\w))?)?(?![^\W\d_]|[.,]?\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Time:
    """A clock time of the source; without minutes it may be a number of hours ("8 giờ")."""

    start: int
    end: int
    text: str
    hour: int
    minute: int
    sure: bool


def find_source_times(text: str) -> tuple[Time, ...]:
    """Find "16h30", "8 giờ 15 phút", "22h", "7 giờ sáng"."""
    found = []
    for match in _TIME.finditer(text):
        if match["mark"] == ":" and not match["minute"]:
            continue
        sure = bool(match["minute"]) or bool(
            re.match(r"\W{1,2}(?:sáng|trưa|chiều|tối|đêm|cùng ngày|ngày|hôm|rạng)\b", text[match.end() :])
        )
        if match["first"]:
            found.append(Time(*match.span("first"), match["first"], int(match["first"]) % 24, 0, False))
        start = match.start("hour")
        text_ = text[start : match.end()]
        found.append(Time(start, match.end(), text_, int(match["hour"]) % 24, int(match["minute"] or 0), sure))
    return tuple(found)


def check_times(source: str, english: str) -> tuple[Check, ...]:
    """Check each clock time of `source`; one that may be a duration is left to numbers.py when no time answers it."""
    times = find_times(english)
    checks = []
    for time in find_source_times(source):
        hours = {time.hour, (time.hour + 12) % 24} if time.hour <= 12 else {time.hour}
        hit = next((t for t in times if hours & set(t.hours) and t.minute == time.minute), None)
        rendered = english[hit.start : hit.end] if hit else _duration(time, english)
        if rendered or time.sure:
            checks.append(Check("number", time.text, _clock(time), rendered, bool(rendered)))
    return tuple(checks)


def _duration(time: Time, english: str) -> str:
    """Find "2 hours 30 minutes", and "three hours, 15 minutes" through its minutes."""
    if not time.minute:
        return ""
    minute = rf"(?:{time.minute}|{SMALL_WORDS[time.minute]})" if time.minute < 10 else str(time.minute)
    match = re.search(rf"\b[\w-]+ hours?,? (?:and )?{minute} minutes?", english)
    return match.group() if match else ""


def _clock(time: Time) -> str:
    half = "a.m." if time.hour < 12 else "p.m."
    minute = f":{time.minute:02}" if time.minute else ""
    return f"{(time.hour - 1) % 12 + 1}{minute} {half}"
