"""Dates of the Vietnamese (day, month, quarter, year) and whether the English keeps them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vn_summarize.document import Check, Finding

from .english_dates import MONTHS, Mention, find_mentions, find_years
from .english_numbers import ORDINALS
from .quantities import UNIT_WORDS, parse_roman

_D = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_M = r"(?:0?[1-9]|1[0-2])(?!\d)"
_Y = r"(?:1[89]|20)\d\d(?!\d)"
_SEP = r"\s?[/.\-–]\s?"
_FREE = r"(?<![\d.,/\w])(?<![^\W\d]-)"
_MONTH_VALUES = UNIT_WORDS | {"giêng": 1, "mười": 10, "chạp": 12, "mười một": 11, "mười hai": 12}
_MW = "(?:mười (?:một|hai)|" + "|".join(w for w in _MONTH_VALUES if " " not in w) + r")\b"
_NO_CODE = "".join(
    rf"(?<!{word} )"
    for word in (
        *("số", "tỷ lệ", "tỉ lệ", "quy hoạch", "phân khu", "chi tiết", "nghị định", "nghị quyết", "thông tư"),
        *("quyết định", "chỉ thị", "công văn", "thông báo", "văn bản", "kế hoạch", "kết luận", "hướng dẫn"),
    )
)
"""No word before a month and a year that makes them a document's number or a map's scale."""
_LINK = r"\s?(?:-|–|,|và|đến(?: hết)?|tới|hoặc)\s?(?:hết )?(?:ngày )?"
_COUNTED = (
    r"(?! ?(?:%|tỷ|tỉ|triệu|nghìn|ngàn|đồng|usd|ha|m2|m3|km|m|kg|tấn|hộ|người|đảng viên|lượt|con|cây|chỉ tiêu|tiêu chí|"
    r"số|tổng|xã|huyện|phiếu|đại biểu|em|cái|căn|trường hợp|lít)\b)"
)
_CUE = re.compile(
    r"\b(?:ngày|sáng|sớm|trưa|chiều|tối|đêm|hôm|khuya|mồng|mùng|nay)(?: hôm| ngày| nay| qua)?,?\s?\(?$|\dh\d*,?\s?\(?$",
    re.IGNORECASE,
)
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 25-3 đến 20-4-2016; 31.10-3.11
        rf"{_FREE}(?P<days>{_D})(?P<sep>[/.\-–])(?P<first>{_M})(?:\s?[-–]\s?|\s(?:đến|tới)(?: hết)?(?: ngày)?\s)"
        rf"(?P<last>{_D})(?P=sep)(?P<months>{_M})(?:(?P=sep)(?P<year>{_Y}))?(?![/\d]|[.,]\d){_COUNTED}",
        # ngày 8 tháng 6 năm 2021; ngày 5, 6 tháng 6; but 6 tháng một lần
        rf"{_FREE}(?P<days>{_D}(?:{_LINK}{_D})*) tháng (?P<months>{_M}|{_MW})(?! lần)"
        rf"(?:(?:,? năm |{_SEP})(?P<year>{_Y}))?",
        # 8/6/2021; 5-10/6/2021; 8 và 9/6/2021
        rf"{_FREE}(?P<days>(?:{_D}{_LINK})*{_D})\s?(?P<mark>[/.\-–])\s?(?P<months>{_M})"
        rf"(?:\s?(?P=mark)\s?(?P<year>{_Y})|(?<=/\d\d|./\d)/(?P<short>\d\d)(?!\d))",
        # ngày 8 - 9-5
        rf"{_FREE}(?P<days>{_D}\s[-–]\s{_D})(?P<sep>-)(?P<months>{_M})(?![/\d-]|[.,]\d){_COUNTED}",
        # 5-10/6; ngày 8, 9/6
        rf"{_FREE}(?P<days>(?:{_D}{_LINK})+{_D})/(?P<months>{_M})(?![/\d]|[.,]\d){_COUNTED}",
        # từ 27 đến 30-6; 15 hoặc sáng 16-1
        rf"{_FREE}(?P<days>{_D}(?: (?:đến|và|hoặc|tới)(?: hết)?(?: ngày| sáng| chiều)? {_D})+)"
        rf"(?P<sep>{_SEP})(?P<months>{_M})(?:{_SEP}(?P<year>{_Y}))?(?![/\d]|[.,]\d){_COUNTED}",
        # quý II/2022
        rf"\bqu[ýí] (?P<quarter>IV|I{{1,3}}|[1-4])\b(?:(?:,? năm |\s?[/,-]\s?)(?P<year>{_Y}))?",
        # 10/2016; 8-2015; tháng 1,2/2019; but Thông tư số 01/2015, quy hoạch 1/2000
        rf"{_FREE}{_NO_CODE}(?:tháng )?(?P<months>(?:{_M}\s?[,\-–]\s?)*{_M}){_SEP}(?P<year>{_Y}){_COUNTED}",
        # tháng 6; tháng 1, 2 năm 2019; tháng Ba
        rf"\btháng (?P<months>{_M}(?:{_LINK}(?:tháng )?{_M}(?![/.]\d|-\d{{4}})(?! (?:ngày|tháng|năm|người)))*|"
        rf"{_MW}(?! (?:năm|tháng|lần)\b))(?:(?:,? năm |{_SEP})(?P<year>{_Y}))?(?![/.,]\d)",
        # giai đoạn 2021-2025, năm 2021, (SN 1989)
        rf"{_FREE}(?P<year>{_Y})(?:\s?[-–]\s?(?P<until>{_Y}))?(?![.,/]\d|[/-]\w){_COUNTED}",
        # chiều 8/6; ngày 24-2; sáng 29.5; 4/5 with no word before it may be a fraction, 2 - 10 Tết is a span of days
        rf"{_FREE}(?P<days>{_D})(?P<sep>{_SEP})(?P<months>{_M})(?![/\d]|[.,]\d)(?! (?:Tết|tết|âm lịch))",
        # ngày 8
        rf"\b(?:ngày|mùng|mồng|hôm) (?P<days>{_D}(?:{_LINK}{_D})*)(?![/\d\-.]\d|,\d)(?! (?:ngày|tháng|giờ)\b)",
    )
)
_LOOSE = _PATTERNS[-2]  # also reads a fraction
_EARLY = {"đầu": "early", "giữa": "mid-", "cuối": "late"}


@dataclass(frozen=True, slots=True)
class Date:
    """A date of the source; what it does not name is 0."""

    start: int
    end: int
    text: str
    day: int = 0
    month: int = 0
    year: int = 0
    quarter: int = 0
    sure: bool = True  # False: may as well be a fraction

    @property
    def expected(self) -> str:
        """Give the English form: "June 8, 2021", "the second quarter of 2022"."""
        year = str(self.year) if self.year else ""
        if self.quarter:
            name = ("first", "second", "third", "fourth")[self.quarter - 1]
            return f"the {name} quarter of {year}" if year else f"the {name} quarter"
        if self.day and not self.month:
            return f"day {self.day}"
        if self.day:
            return f"{MONTHS[self.month - 1]} {self.day}" + (f", {year}" if year else "")
        if self.month:
            return f"{MONTHS[self.month - 1]} {year}".strip()
        early = _EARLY.get(self.text.split()[0].lower(), "")
        return f"{early} {year}".replace("- ", "-").strip()


def find_dates(text: str) -> tuple[Date, ...]:
    """Find the dates of a Vietnamese sentence; a range or list gives one for each of its days, months or years."""
    found: list[Date] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < date.end and date.start < match.end() for date in found):
                continue
            groups = match.groupdict()
            sure = True
            if pattern is _LOOSE:
                cued = _CUE.search(text[: match.start()]) is not None
                if not cued and re.match(_COUNTED, text[match.end() :]) is None:
                    continue
                sure = cued or _is_no_fraction(match)
            elif groups.get("first"):
                sides = ((groups["days"], groups["first"]), (groups["last"], groups["months"]))
                sure = any(int(day or 0) > int(month or 0) for day, month in sides)  # no part exceeds its whole
                sure = sure or bool(groups["year"]) or _CUE.search(text[: match.start()]) is not None
            elif groups.get("sep"):
                sure = re.search(r"\b(?:ngày|từ|sáng|chiều|tối|trong) $", text[: match.start()]) is not None
            elif (groups.get("months") or "").lower() in ("năm", "một"):
                sure = groups.get("days") is not None and not re.match(r" \d", text[match.end() :])
            found.extend(_dates(text, match, groups, sure))
    return tuple(sorted(found, key=lambda date: date.start))


def _is_no_fraction(match: re.Match[str]) -> bool:
    """Say whether "8/6" is a date even without a word before it: no part exceeds its whole."""
    return match["sep"].strip() == "/" and match.group() != "24/7" and int(match["days"]) > int(match["months"])


def _dates(text: str, match: re.Match[str], groups: dict[str, str | None], sure: bool) -> Iterator[Date]:
    start, end = match.span()
    early = re.search(r"\b(?:đầu|giữa|cuối)(?: năm)?\s+$", text[:start], re.IGNORECASE)
    shown = text[early.start() if early else start : end].strip()
    short = int(groups.get("short") or 0)
    year = int(groups.get("year") or (short and short + (2000 if short < 50 else 1900)))
    days = [int(d) for d in re.findall(r"\d+", groups.get("days") or "")] or [0]
    months = _months(groups.get("months") or "") or [0]
    quarter = groups.get("quarter") or ""
    if quarter:
        yield Date(start, end, shown, year=year, quarter=int(quarter) if quarter.isdigit() else parse_roman(quarter))
        return
    if groups.get("first"):
        yield Date(start, end, shown, days[0], int(groups["first"] or 0), year, sure=sure)
        days = [int(groups["last"] or 0)]
    for month in months:
        for day in days:
            yield Date(start, end, shown, day, month, year, sure=sure)
    if groups.get("until"):
        yield Date(start, end, shown, year=int(groups["until"] or 0))


def _months(text: str) -> list[int]:
    return [_MONTH_VALUES.get(m.lower()) or int(m) for m in re.findall(rf"{_MW}|\d+", text, re.IGNORECASE)]


def check_dates(source: str, english: str) -> tuple[Check, ...]:
    """Check that day, month and year of each date of `source` stand together in `english`.

    A year may stand apart from its day ("June 8 and 9, 2021"). A date left as digits ("8/6") is not
    rendered: an English reader takes it for August 6.
    """
    mentions, years = find_mentions(english), find_years(english)
    checks = []
    for date in find_dates(source):
        rendered = _answer(date, source, english, mentions, years)
        if not rendered and not date.sure:
            continue  # numbers.py reads it as a fraction
        checks.append(Check("date", date.text, date.expected, rendered, bool(rendered)))
    return tuple(checks)


def _answer(date: Date, source: str, english: str, mentions: tuple[Mention, ...], years: dict[int, str]) -> str:
    if date.year and date.year not in years:
        return ""
    if date.quarter:
        names = (("first", "1st"), ("second", "2nd"), ("third", "3rd"), ("fourth", "4th", "final", "last"))[
            date.quarter - 1
        ]
        number = f"(?:{date.quarter}|{('I', 'II', 'III', 'IV')[date.quarter - 1]})"
        pattern = rf"\b(?:(?:{'|'.join(names)})\b[^.]*? quarter|Q{date.quarter}|quarter {number})s?\b"
        return _text(re.search(pattern, english, re.IGNORECASE))
    if not date.day and not date.month:
        return years[date.year]
    for mention in mentions:
        same_day = date.day in (0, mention.day) and date.month in (0, mention.month)
        if same_day and (not date.year or mention.year in (0, date.year)):
            return english[mention.start : mention.end]
    return _in_words(date, source, english)


def _in_words(date: Date, source: str, english: str) -> str:
    """Find what says a date without a month's name: "on the 8th", "the 24th day of the seventh lunar month"."""
    if not date.month:
        return _text(re.search(rf"\b(?:{date.day}|{_ordinal(date.day)})\b", english, re.IGNORECASE))
    if not date.year:
        more = r"(?:(?:, | and | to |\s?[-–]\s?)(?:the )?\w+)*"
        named = rf"(?:{date.day}|{_ordinal(date.day)}){more}(?: days?)? of the "
        day = rf"(?:{named}|full[- ]moon.*)" if date.day else ""
        return _text(re.search(rf"\b{day}{_ordinal(date.month)} (?:lunar )?month\b", english, re.IGNORECASE))
    if date.day == 30 and date.month == 4:
        return _text(re.search(r"\bReunification Day\b|\bLiberation\b.*\bDay\b", english))
    if date.day == 2 and date.month == 9:
        return _text(re.search(r"\b(?:National|Independence) Day\b", english))
    return ""


def _ordinal(number: int) -> str:
    last = "|last" if number == 12 else ""
    word = next((word for word, value in ORDINALS.items() if value == number), "")
    return f"(?:{number}(?:st|nd|rd|th)" + (f"|{word}{last})" if word else ")")


def _text(match: re.Match[str] | None) -> str:
    return match.group() if match else ""


def extra_dates(source: str, english: str) -> tuple[Finding, ...]:
    """Name the English dates whose day, month or year stands nowhere in the source."""
    dates = find_dates(source)
    digits = {int(d) for d in re.findall(r"\d+", source)}
    days = digits | {date.day for date in dates} | ({15} if re.search(r"\brằm\b", source, re.IGNORECASE) else set())
    months = digits | {date.month for date in dates}
    years = digits | {date.year for date in dates}
    worded = re.search(r"\b(?:mùng|mồng|ngày|tháng) [^\W\d_]+", source, re.IGNORECASE) is not None
    return tuple(
        Finding("date", "error", f'"{english[m.start : m.end]}" is not in the source')
        for m in find_mentions(english)
        if (m.day and m.day not in days and not worded)
        or (m.month not in months and not worded and (m.day or m.year or m.month != 5))  # "Theresa May"
        or (m.year and m.year not in years)
    )
