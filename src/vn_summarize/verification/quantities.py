"""Quantities of Vietnamese text as exact values, and how Vietnamese writes them."""

import re
from dataclasses import dataclass
from fractions import Fraction

UNIT_WORDS = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
_LAST_WORDS = UNIT_WORDS | {"mốt": 1, "lăm": 5, "nhăm": 5}
SCALES = {
    "chục": 10,
    "trăm": 100,
    "nghìn": 1000,
    "ngàn": 1000,
    "vạn": 10_000,
    "triệu": 10**6,
    "tr": 10**6,
    "tỷ": 10**9,
    "tỉ": 10**9,
}
SMALL_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SMALL = {Fraction(value): word for value, word in enumerate(SMALL_WORDS)}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

MEASURES = {"đồng": "VND", "hecta": "hectares", "tấn": "tons", "tạ": "quintals", "lần": "times", "người": "people"}
MEASURES |= {"hộ": "households", "năm": "years", "tháng": "months", "usd": "USD"}
MEASURES |= {unit: unit for unit in ("%", "ha", "km", "kg", "km2", "m2", "m3", "mm", "cm", "m")}
"""Vietnamese units with their English."""


WEIGHTS = {"tạ": (100, "kg"), "yến": (10, "kg"), "lạng": (100, "g")}
"""Vietnamese weights that English has no word for, in its own: a tạ is 100 kg."""

_ATTACHED = """km ha kg m mm cm tr k đ h usd vnd vnđ đồng tấn tạ triệu tỷ tỉ nghìn lít l g gr w kw mw kv kva kwh kwp
mg ml ppm gb mb"""
ATTACHED = frozenset(_ATTACHED.split())
"""Units and scales that may stand right behind the digits ("385ha"), in lower case."""

_FRACTIONAL = "%,ha,hecta,héc-ta,km,km2,km²,m,m2,m 2,m²,m3,m 3,m³,mm,cm,kg,g,gam,gram,lít,tấn,tạ"
FRACTIONAL = frozenset(_FRACTIONAL.split(","))
"""Units of which papers give three decimals ("7,261 m3")."""

_WHOLE = "đồng người hộ em cháu con lượt suất phiếu cây căn ca"
WHOLE = frozenset(_WHOLE.split())
"""Units of which there are no parts: "1,234 người" has thousands."""

_DOTTED = re.compile(r"(?<![\d.,/-])[1-9]\d{0,2}(?:\.\d{3})+(?![\d./-]|,\d{3})")
_FOREIGN = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:(?:,\d{3}){2,}|,\d{3}\.\d|,\d00)(?!\d)")
_EITHER = re.compile(r"[1-9]\d{0,2},\d(?!00)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of the source: any one of `readings` answers it, each with all its values present."""

    start: int
    end: int
    text: str
    readings: tuple[tuple[Fraction, ...], ...]
    unit: str = ""  # the word after it, in lower case
    words: str = ""  # a pattern of English words that answer it too
    required: bool = True
    modifier: str = ""  # its English

    @property
    def expected(self) -> str:
        """Give one good English form: "nearly 21 billion VND"."""
        value = self.readings[0][0]
        if re.fullmatch(r"0\d{2,}", self.text):  # part of a telephone number
            return self.text
        size, weight = WEIGHTS.get(self.unit, (1, ""))
        number = format_number(value * size)
        if self.readings[-1][1:] and "/" in self.text:
            number = " of ".join(_SMALL.get(n) or format_number(n) for n in self.readings[-1])
        unit = weight or MEASURES.get(self.unit, "")
        if value == 1:
            unit = {"years": "year", "months": "month", "people": "person", "households": "household"}.get(unit, unit)
        joined = f"{number}{unit}" if unit == "%" else f"{number} {unit}"
        return f"{self.modifier} {joined}".strip()


def format_number(value: Fraction) -> str:
    """Write a value as English news does: 2,700; 1.5; 21 billion."""
    for name, size in (("trillion", 10**12), ("billion", 10**9), ("million", 10**6)):
        if value >= size and (value * 1000 / size).denominator == 1:
            return f"{format_number(value / size)} {name}"
    if value.denominator == 1:
        return f"{value.numerator:,}"
    return f"{float(value):,.6f}".rstrip("0") if 10**6 % value.denominator == 0 else str(value)


def parse_literal(text: str) -> tuple[Fraction, ...]:
    """Read digits with Vietnamese separators; the likeliest value comes first.

    "2.700" is 2700 and "1,5" is 1.5. "2,700" and "12.5" are foreign habits that papers use: a comma
    before three digits may mean either, a point before any other number of digits is a decimal point.
    """
    text = re.sub(r"[ \u00a0]", "", text)
    if re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+(,\d+)?", text):
        return (Fraction(text.replace(".", "").replace(",", ".")),)
    if re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?", text):
        thousands = Fraction(text.replace(",", ""))
        if text.count(",") > 1 or "." in text:
            return (thousands,)
        decimal = Fraction(text.replace(",", "."))
        return (thousands, decimal) if text.endswith(",000") else (decimal, thousands)
    if text.count(".") + text.count(",") <= 1:
        return (Fraction(text.replace(",", ".")),)
    return ()


def has_decimal_commas(text: str) -> bool:
    """Say whether a text parts thousands with dots, so that its commas are decimal ones, and never with commas.

    So it was in each of 21 articles, of 2,569, that have both dots and a comma before three digits and a unit.
    """
    return _DOTTED.search(text) is not None and _FOREIGN.search(text) is None


def is_ambiguous(text: str) -> bool:
    """Say whether digits are decimals as likely as thousands: "13,818", not "8,000"."""
    return _EITHER.match(text) is not None


def parse_words(text: str) -> Fraction:
    """Read a number in words below one thousand: "hai mươi mốt", "một trăm linh năm"."""
    words = text.lower().split()
    value = 0
    if "trăm" in words:
        value, words = 100 * UNIT_WORDS[words[0]], words[2:]
        words = words[1:] if words and words[0] in ("linh", "lẻ") else words
    if words and words[0] == "mười":
        value, words = value + 10, words[1:]
    elif "mươi" in words:
        value, words = value + 10 * UNIT_WORDS[words[0]], words[2:]
    return Fraction(value + (_LAST_WORDS[words[0]] if words else 0))


def parse_roman(text: str) -> int:
    """Read a Roman numeral."""
    digits = [_ROMAN[letter] for letter in text.upper()]
    return sum(-d if d < after else d for d, after in zip(digits, [*digits[1:], 0], strict=True))
