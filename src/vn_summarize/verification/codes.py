"""Document codes and other marks of letters and digits, which the English keeps letter for letter."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vn_summarize.document import Check

from .quantities import ATTACHED

_U = "A-ZĐĂÂÊÔƠƯ"
_DASH = r"\s?[-–—]\s?"
_NUMBERED = re.compile(
    rf"(?<![\w.,/])\d+[a-z]?(?:\s?[-–/]\s?\d{{4}})?\s?[/–-]\s?(?:[{_U}][{_U}a-zư.&0-9]*[{_U}]|[{_U}][a-z]+(?=/))[a-zư0-9]*(?:\s?[/–-]\s?[{_U}][{_U}a-zư.&0-9]*)*(?!\w)(?<![.&])"
)
_STANDARD = re.compile(rf"\b(?:QCVN|TCVN|ISO|TCXDVN|QCĐP)[ :]?\d+(?:[-:/]\s?\d+)*(?:[:/-][{_U}]+)*")
_MIXED = re.compile(r"(?<![\w.,/])(?=[^\W_]*[^\W\d_])(?=[^\W_]*\d)[^\W_]+(?![\w]|[.,]\d)")
_HYPHENED = re.compile(
    r"(?<![\w.,/-])(?P<word>[A-Z][A-Za-z]*[A-Za-z])\s?[-–]\s?(?P<digits>\d{1,3})(?![\w/]|[.,-]\d|\s?[-–]\s?\d)"
)
_PLATE = re.compile(r"(?<![\w.,/])\d\d\s?[A-Z]\d?\s?[-–]\s?\d{3}\.?\d{1,2}(?!\w|\.\d)")
_DOCUMENT = re.compile(
    r"\b(?:(?:nghị quyết|chỉ thị|nghị định|thông tư|công điện)(?: liên tịch)?(?: số)?"
    r"|(?:quyết định|kết luận|kế hoạch|công văn|thông báo|hướng dẫn|quy định|chương trình|đề án|luật|pháp lệnh|"
    r"tờ trình|báo cáo|văn bản)(?: liên tịch)? số) (?P<number>\d+)(?![\w/%-]|[.,]\d)"
    r"(?! (?:tỷ|tỉ|triệu|nghìn|người|hộ|năm|tháng|ngày)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Code:
    """A code in the source."""

    start: int
    end: int
    text: str


def find_codes(text: str) -> tuple[Code, ...]:
    """Find "181-QĐ/TW", "57/2023/NĐ-CP", "QCVN 01:2018", "Covid – 19", "1A", and the 12 of "Chỉ thị số 12"."""
    found: list[Code] = []
    for start, end in _spans(text):
        if all(end <= code.start or code.end <= start for code in found):
            found.append(Code(start, end, text[start:end]))
    return tuple(sorted(found, key=lambda code: code.start))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_PLATE, _NUMBERED, _STANDARD):
        for match in pattern.finditer(text):
            spaced = pattern is _NUMBERED and " " in match.group() and "/" not in match.group()  # "kỳ họp 7 - HĐND"
            if not spaced and not _is_measure(match.group()):
                yield match.span()
    for match in _HYPHENED.finditer(text):
        yield match.span()
    for match in _MIXED.finditer(text):
        if not _is_measure(match.group()):
            yield match.span()
    for match in _DOCUMENT.finditer(text):
        yield match.span("number")


def _is_measure(text: str) -> bool:
    """Say whether letters and digits are an amount ("385ha", "16h30", "3tr5", "20USD/kg") or a unit ("m2")."""
    amount = re.fullmatch(rf"\d+(?:{'|'.join(ATTACHED)})(?:\d+|/\w+)?", text, re.IGNORECASE)
    return (
        bool(amount)
        or bool(re.fullmatch(r"\d+[^\W\d_A-ZĐ]{2,}|[789]X|m[23]\w*", text))
        or text.lower() in ("m2", "m3", "km2", "cm2", "cm3", "ha2")
        or bool(re.fullmatch(r"(?:km|\d+h|h)\d+", text, re.I))
    )


def check_codes(source: str, english: str) -> tuple[Check, ...]:
    """Check that each code of `source` stands in `english` as it is; spaces around signs do not matter."""
    squeezed = _squeeze(english)
    checks = []
    for code in find_codes(source):
        expected = re.sub(r"\s*([-–—/:])\s*", r"\1", code.text).replace("–", "-").replace("—", "-")
        found = re.search(_pattern(code.text), squeezed, re.IGNORECASE)
        checks.append(Check("code", code.text, expected, found.group() if found else "", found is not None))
    return tuple(checks)


def _pattern(code: str) -> str:
    """Match the code; "880PS" may gain a space, "QL14B" may become "National Highway 14B"."""
    exact = re.sub(
        r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])", " ?", re.escape(re.sub(r"(?<=\d) (?=[A-Z])", "", _squeeze(code)))
    )
    abbreviation = re.fullmatch(rf"[{_U}]{{2,}}(\d+\w?)", code)
    return rf"(?<!\w)(?:{exact}{'|' + abbreviation[1] if abbreviation else ''})(?!\w(?<!s)|s\w)"


def _squeeze(text: str) -> str:
    text = re.sub(r"[–—−‑]", "-", text)
    return re.sub(r"\s*([-/:])\s*", r"\1", text)


def blank_codes(source: str, english: str) -> tuple[str, str]:
    """Blank the codes of `source` out of both texts, so that their digits are not read as numbers."""
    for code in sorted(find_codes(source), key=lambda code: -code.start):
        source = source[: code.start] + "\0" * len(code.text) + source[code.end :]
        pattern = r"\s*[-–—/:]\s*".join(re.escape(p) for p in re.split(r"\s*[-–—/:]\s*", code.text))
        english = re.sub(
            rf"(?<!\w){pattern}(?!\w)", lambda m: "\0" * len(m.group()), english, count=1, flags=re.IGNORECASE
        )
    return source, english
