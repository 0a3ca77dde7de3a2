"""The quantities of a Vietnamese sentence: digits, number words, fractions, ordinals."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from .english_words import WEEKDAYS, english_words
from .quantities import (
    ATTACHED,
    FRACTIONAL,
    MEASURES,
    SCALES,
    UNIT_WORDS,
    WEIGHTS,
    WHOLE,
    Quantity,
    has_decimal_commas,
    is_ambiguous,
    parse_literal,
    parse_roman,
    parse_words,
)

_LITERAL = r"\d{1,3}(?:[.]\d{3})+(?:,\d+)?(?![\d])|\d{1,3}(?:[ \u00a0]\d{3})+(?![\d.,])|\d+(?:[.,]\d+)*"
_SCALE = r"(?:chục|trăm|nghìn|ngàn|vạn|triệu(?! tập)|tr(?![^\W\d_])|t[ỷỉ](?! (?:lệ|trọng|suất|giá|số|phú|mỉ)))\b"
_UNIT = r"(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín)"
_AFTER = r"(?:một|mốt|hai|ba|bốn|tư|lăm|nhăm|sáu|bảy|bẩy|tám|chín)"
_TENS = rf"(?:mười(?: {_AFTER}\b)?|{_UNIT} mươi(?: {_AFTER}\b)?)"
_WORDS = rf"(?:{_UNIT} trăm(?: (?:linh|lẻ) (?:{_UNIT}|tư)\b| {_TENS})?|{_TENS}|{_UNIT})"
_AMOUNT = rf"(?:(?P<digits>{_LITERAL})|\b(?P<words>{_WORDS})\b)"
_QUANTITY = re.compile(
    rf"{_AMOUNT}(?P<scales>(?:[ \u00a0]*{_SCALE})*)(?P<half>(?: (?:năm|tháng|tuần|ngày|giờ|tiếng))? rưỡi\b)?",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"(?<![\d/.,-])(\d{1,6}(?:\.\d{3})?)\s?/\s?(\d{1,6}(?:\.\d{3})?)(?![\d/]|[.,-]\d)")
_COUNTED = re.compile(
    r" (?:chỉ tiêu|tiêu chí|mục tiêu|nhiệm vụ|nội dung|xã|phường|thị trấn|huyện|thôn|làng|bản|buôn|trường|chi bộ"
    r"|đảng bộ|đơn vị|địa phương|cơ sở|dự án|công trình|mô hình|hợp tác xã|đại biểu|đồng chí|phiếu|ý kiến)(?![^\W\d_])"
)
"""What "4/5" counts: four of five, no share. With halves, thirds and quarters it may be either."""
_RANK = "nhất|nhì|hai|ba|tư|năm|sáu|bảy|tám|chín|mười"
_ORDINAL = re.compile(  # "Thứ Ba" with two capitals is a name
    rf"\b(?:thứ (?i:(?P<word>{_RANK}(?: {_AFTER})?))|Thứ (?P<opening>{_RANK}))\b"
)
_ROMAN_CUE = re.compile(
    r"\b(?:thứ|khóa|khoá|đại hội|giai đoạn|cấp|loại|hạng|nhóm|phần|chương|lần|vùng|khu|thế kỷ|đợt|kỳ|số|mục|"
    r"điều|phường|quận|thôn|ấp|tổ)"
    r"(?: (?:đảng|hội|xã))? (?P<roman>[IVX]{1,6})\b(?![-/])",
    re.IGNORECASE,
)
_MODIFIERS = {
    "gần": "nearly",
    "hơn": "more than",
    "trên": "over",
    "khoảng": "about",
    "chừng": "about",
    "ước": "an estimated",
    "tới": "up to",
    "ít nhất": "at least",
    "tối thiểu": "at least",
    "tối đa": "at most",
    "dưới": "under",
}
_MODIFIER = re.compile(  # "nhỏ hơn": less than
    rf"(?<!nhỏ )(?<!ít )(?<!thấp )(?<!mỏng )(?<!kém )\b({'|'.join(_MODIFIERS)})\s+$", re.IGNORECASE
)
_MEASURE = re.compile(
    r"\s*(%|m [23]\b|km 2\b|đồng/kg|đồng|usd|ha|hecta|héc-?ta|km2|km²|km|kg|m2|m²|m3|m³|mm|cm|m|tấn|tạ|yến|lạng|lần|"
    r"tháng|năm(?! \d{4}\b)|tuổi|người|hộ|[^\W\d_]+)(?![^\W\d_])",
    re.IGNORECASE,
)
# What one such unit weighs in kilograms, tons and grams: the English may convert.
_CONVERTED = {"tạ": (100, Fraction(1, 10)), "yến": (10,), "lạng": (100, Fraction(1, 10)), "chục": (10,)}
_KIN = r"(?:lúa|mặt đỏ|vợ chồng|mẹ con|cha con|bố con|anh em|chị em|ông bà|bà cháu|ông cháu|bà con|mẹ|má)\b"
_FIVE_OF = r"(?:người|xã|huyện|tỉnh|con|anh|hộ|căn|bị cáo|nghi phạm|ngày|năm|triệu|trăm|nghìn|ngàn|tỷ|tỉ)\b"
_YEAR_BEFORE = re.compile(r"\b(?:\d+|mười|mươi|mỗi|hàng|trong|cả|nhiều|những|các|hai|ba|từng|đầu|cuối|giữa)\s+$")
_VAGUE_BEFORE = re.compile(rf"\b(?:{_UNIT}(?:, ?| |-)|(?:vài|dăm|mấy|một) )$")
_FIXED = {"ba": r"^ (?:ơi|tôi|em|cháu|của|nó|mình|lô|ba|toa|chỉ|kích)\b", "chín": r"^ (?:muồi|cây)\b"}


def find_quantities(text: str, decimal_commas: bool = False) -> tuple[Quantity, ...]:
    """Find the quantities of a Vietnamese sentence whose dates and codes are blanked out.

    Vague ones ("hàng trăm", "vài chục") are none; those that English may leave out ("một", "năm"
    that is hardly five) are not required. `decimal_commas`: so the article writes, whether or not the sentence shows
    it; "2,160 tỷ" has one reading then.
    """
    decimal = decimal_commas or has_decimal_commas(text)
    taken: list[tuple[int, int]] = []
    found: list[Quantity] = []
    for quantity in (*_fractions(text), *_ordinals(text), *_chains(text, decimal)):
        if all(quantity.end <= start or end <= quantity.start for start, end in taken):
            taken.append((quantity.start, quantity.end))
            found.append(quantity)
    return tuple(_share_scales(text, sorted(found, key=lambda q: q.start)))


def _fractions(text: str) -> Iterator[Quantity]:
    for match in _FRACTION.finditer(text):
        over, under = (parse_literal(group) for group in match.groups())
        if not over or not under or not under[0]:
            continue
        share, parts = (over[0] / under[0],), (over[0], under[0])
        counted = under[0] >= 5 and _COUNTED.match(text, match.end())
        always = r"\b(?:24/7|24/24|24 hours|around the clock|round-the-clock|24-hour|all day)" if over[0] == 24 else ""
        whole = r"\b(?:all|every|each|both)\b" if over[0] == under[0] else ""
        digits = rf"(?<![\d/]){match[1]}/{match[2]}(?![\d/])" if counted else ""
        words = always or "|".join(filter(None, (whole, digits)))
        readings = (parts,) if counted else (share, parts)
        yield Quantity(*match.span(), match.group(), readings, _unit(text, match.end()), words)


def _ordinals(text: str) -> Iterator[Quantity]:
    for match in _ORDINAL.finditer(text):
        word = (match["word"] or match["opening"]).lower()
        value = {"nhất": 1, "nhì": 2}.get(word) or int(parse_words(word))
        words = rf"\b{WEEKDAYS[value]}s?\b|\bsecond(?:ary|ly)\b" if value in WEEKDAYS and word != "nhì" else ""
        yield Quantity(*match.span(), match.group(), ((Fraction(value),),), "thứ", words, required=value > 1)
    for match in _ROMAN_CUE.finditer(text):
        if match["roman"].isupper():
            value = parse_roman(match["roman"])
            yield Quantity(*match.span("roman"), match["roman"], ((Fraction(value),),), "thứ", required=value > 1)


def _chains(text: str, decimal: bool) -> Iterator[Quantity]:
    """Join "1 triệu 200 nghìn": each further part is smaller than the scale before it."""
    parts: list[tuple[int, int, tuple[Fraction, ...], int]] = []
    for match in _QUANTITY.finditer(text):
        part = _part(text, match)
        if part is None:
            continue
        if parts:
            gap = text[parts[-1][1] : part[0]]
            joins = gap in (" ", "\u00a0") and 1 < part[3] < parts[-1][3]
            if not joins:
                yield _quantity(text, parts, decimal)
                parts = []
        parts.append(part)
    if parts:
        yield _quantity(text, parts, decimal)


def _part(text: str, match: re.Match[str]) -> tuple[int, int, tuple[Fraction, ...], int] | None:
    scale = 1
    for word in re.findall(_SCALE, match["scales"], re.IGNORECASE):
        scale *= SCALES[word.lower()]
    if match["digits"]:
        if not _free(text, match):
            return None
        values = parse_literal(match["digits"])
    else:
        if not _is_number_word(text, match):
            return None
        values = (parse_words(match["words"]),)
        if match["words"].lower().endswith("trăm") and scale == 1 and not match["half"]:
            return match.start(), match.end(), values, 100
    half = Fraction(scale if match["half"] == " rưỡi" else 1, 2) if match["half"] else Fraction(0)
    values = tuple(v * scale + half for v in values)
    return (match.start(), match.end(), values, scale) if values else None


def _free(text: str, match: re.Match[str]) -> bool:
    """Say whether the digits stand alone, not inside a name such as "C3", "1A" or "Covid – 19"."""
    before, after = text[: match.start()], text[match.end("digits") :]
    if re.search(r"[^\W\d_][-–.]?$", before) and not re.search(r"(?:^|\W)(?:[a-zđ]{0,3}\.|[^\W\d_A-Z]{2,}-)$", before):
        return False
    if re.search(r"(?:[\d/]|triệu|nghìn|ngàn|tỷ|tỉ) ?[kc]?m $", before) and match["digits"] in ("2", "3"):
        return False
    if re.search(r"\b(?:covid|sars-cov)\s*[-–]\s*$", before, re.IGNORECASE):
        return False
    attached = re.match(r"[^\W\d_]+", after)
    if attached is None or attached.group().lower() in ATTACHED:
        return True
    return len(attached.group()) > 1 and attached.group().islower()


def _is_number_word(text: str, match: re.Match[str]) -> bool:
    words, before, after = match["words"], text[: match.start()], text[match.end() :]
    if words != words.lower():  # "Hai người" opens a sentence, "Hai Bà Trưng" is a name
        starts = not re.search(r"[^\W\d_]\W? ?$", before) or re.search(r"[.:!?…]\W*$", before)
        if not words[1:].islower() or not starts or not re.match(r" [^\W\d_]", after) or after[1].isupper():
            return False
    return (
        not re.search(r"\b(?:thứ|đầu|thầy|ngã|bôn|tháng|lớp|ngày mồng|mùng|mồng)\s+$", before) or match["scales"] != ""
    )


def _quantity(text: str, parts: list[tuple[int, int, tuple[Fraction, ...], int]], decimal: bool) -> Quantity:
    start, end = parts[0][0], parts[-1][1]
    values = parts[0][2] if len(parts) == 1 else (sum((p[2][0] for p in parts), Fraction(0)),)
    unit = _unit(text, end)
    if is_ambiguous(text[start:end]) and values[1:]:
        values = _likely(values, parts[0][3] > 1 or unit in FRACTIONAL, unit in WHOLE, decimal)
    readings: list[tuple[Fraction, ...]] = [(value,) for value in values]
    readings += [(values[0] * size,) for size in _CONVERTED.get(unit, ())]
    piece = text[start:end]
    if re.fullmatch(r"\d{1,3}(?:[ \u00a0]\d{3})+", piece):  # may also be two numbers side by side
        readings.append(tuple(Fraction(part) for part in piece.split()))
    if re.fullmatch(r"0\d{8,}", piece):  # a telephone number
        readings = [(Fraction(piece),)]
    if re.fullmatch(r"\d,\d", piece) and int(piece[2]) == int(piece[0]) + 1:  # "3,4 năm": three or four
        readings.append((Fraction(piece[0]), Fraction(piece[2])))
    words = english_words(values[0], unit, text[:start], text[end:])
    if piece.endswith("rưỡi"):
        words = r"\band a half\b"
    found = _MODIFIER.search(text[:start])
    modifier = _MODIFIERS[found.group(1).lower()] if found else ""
    shown = text[found.start() if found else start : end] + (
        _measure(text, end) if unit in MEASURES or unit in WEIGHTS else ""
    )
    return Quantity(start, end, shown, tuple(readings), unit, words, _required(text, start, end), modifier)


def _likely(values: tuple[Fraction, ...], fractional: bool, whole: bool, decimal: bool) -> tuple[Fraction, ...]:
    """Choose between decimals and thousands by what is counted and by how the text writes others."""
    if fractional:
        return values[:1] if decimal else values
    return values[1:] if whole else values


def _required(text: str, start: int, end: int) -> bool:
    """Say whether English must have the number: not "một", not "năm" (year), not the "2" of "2 ngày 7 và 8/2"."""
    piece, before, after = text[start:end].lower(), text[:start], text[end:]
    couple = piece in ("2", "02") and re.match(rf" {_KIN}", after)  # "2 vợ chồng bà": she and her husband
    if piece == "một" or couple or (piece == "hai" and before.endswith("có một không ")):  # unique
        return False
    if piece == "năm":
        return re.match(rf" {_FIVE_OF}", after) is not None and not _YEAR_BEFORE.search(before)
    if piece in (*UNIT_WORDS, "mười", "2", "3", "4", "02", "03", "04") and re.match(r"(?: \w+){0,2} ?\0", after):
        return False
    if piece in UNIT_WORDS or piece == "mười":
        vague = re.match(rf"(?:, ?| |-){_UNIT}\b|(?:, ?| |-)?mươi\b", after) or _VAGUE_BEFORE.search(before)
        fixed = re.match(rf" {_KIN}", after) or re.search(_FIXED.get(piece, "(?!)"), after)
        return not vague and not fixed
    return not (piece == "1" and before.endswith("/"))


def _measure(text: str, end: int) -> str:
    match = _MEASURE.match(text, end)
    return match.group() if match else ""


def _unit(text: str, end: int) -> str:
    return _measure(text, end).strip().lower()


def _share_scales(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Let the first end of a range take the scale of the second: "250 - 300 triệu đồng"."""
    for quantity, after in zip(found, [*found[1:], None], strict=False):
        if after is None or not re.fullmatch(r"\s*(?:-|–|đến|tới|và|hoặc|hay)\s*", text[quantity.end : after.start]):
            yield quantity
            continue
        sizes = {SCALES[w] for w in re.findall(_SCALE, after.text.lower())}
        size = max(sizes, default=1) * (1000 if {1000, 10**9} <= sizes else 1)
        more = tuple((reading[0] * size,) for reading in quantity.readings if len(reading) == 1 and size > 1)
        yield replace(quantity, readings=quantity.readings + more, unit=quantity.unit or after.unit)
