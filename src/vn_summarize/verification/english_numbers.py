"""Numbers in English text, in digits and in words, as exact values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from .quantities import parse_roman

_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen"""
_DECADES = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = dict(zip(_DECADES.split(), range(20, 100, 10), strict=True))
_CARDINALS = {word: value for value, word in enumerate(_UNITS.split())} | _TENS
ORDINALS = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
ORDINALS |= {"firstly": 1, "secondly": 2, "thirdly": 3}
ORDINALS |= {f"{w}th": v for w, v in _CARDINALS.items() if v > 3 and v not in (5, 8, 9, 12) and v < 20}
ORDINALS |= {f"{word[:-1]}ieth": value for word, value in _TENS.items()}
_SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "quadrillion": 10**15,
    "dozen": 12,
}
_SCALES |= {"bn": 10**9, "tn": 10**12, "mn": 10**6, "k": 1000}
_PARTS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
}
_PARTS |= {"ninth": 9, "tenth": 10}
_STARTS = frozenset(_CARDINALS) | frozenset(ORDINALS) | {"a", "an", "half"}
_TOKEN = re.compile(
    r"(?P<fraction>(?<![\d/])\d+/\d+(?:,\d{3})*(?![\d/]))|(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)(?P<tail>(?:st|nd|rd|th|s)\b)?"
    r"|(?P<word>[^\W\d_]+)|(?P<sign>[^\s\w])"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the English; a range may give it two values ("3.5-4 million": 3.5 and 3.5 million)."""

    start: int
    end: int
    values: frozenset[Fraction]
    strong: bool = True  # False: an ordinal, a Roman numeral, "one": said without any number in the source


def find_numbers(text: str) -> tuple[Number, ...]:
    """Find the numbers of an English sentence whose dates and times are blanked out."""
    tokens = list(_TOKEN.finditer(text))
    found: list[Number] = []
    i = 0
    while i < len(tokens):
        number, used = _read(text, tokens, i) if _may_start(tokens[i]) else (None, 1)
        if number is not None:
            found.append(number)
        i += max(used, 1)
    return tuple(_share_scales(text, found))


def _may_start(token: re.Match[str]) -> bool:
    word = token["word"] or ""
    return not token["sign"] and (not word or word.lower() in _STARTS or re.fullmatch("[IVX]+", word) is not None)


def _word(tokens: list[re.Match[str]], i: int) -> str:
    return (tokens[i]["word"] or "").lower() if i < len(tokens) else ""


def _sign(tokens: list[re.Match[str]], i: int) -> str:
    return tokens[i]["sign"] or "" if i < len(tokens) else ""


def _read(text: str, tokens: list[re.Match[str]], i: int) -> tuple[Number | None, int]:
    """Read the number that starts at token `i`, and say how many tokens it takes."""
    token = tokens[i]
    if token["fraction"]:
        over, under = (int(x.replace(",", "")) for x in token["fraction"].split("/"))
        values = frozenset([Fraction(over, under)] if under else [])
        return Number(token.start(), token.end(), values), 1
    roman = token["word"] or ""
    if re.fullmatch(r"[IVX]+", roman):
        return Number(token.start(), token.end(), frozenset([Fraction(parse_roman(roman))]), False), 1
    if token["digits"] and not _free(text, token):
        return None, 1
    total, j, strong = _chain(tokens, i)
    if total is None:
        return None, 1
    last = _word(tokens, j - 1)  # quarters: fourths, or three months each; k: thousands, or 24k gold
    others = [total * 4] if last == "quarters" else [total / 1000] if last == "k" else []
    return Number(token.start(), tokens[j - 1].end(), frozenset([total, *others]), strong), j - i


def _free(text: str, token: re.Match[str]) -> bool:
    """Say whether digits stand alone, not inside a name such as "C3" or "Covid-19"."""
    before = re.search(r"[^\W\d_]+[-–.]?$", text[: token.start()])
    if before is None or re.fullmatch(r"(?:VND|USD|No|Mid|EUR|US)[-.]?", before.group()):
        return True
    return not before.group()[0].isupper() and before.group().endswith(("-", "–"))


def _chain(tokens: list[re.Match[str]], i: int) -> tuple[Fraction | None, int, bool]:
    """Add up "two hundred and five thousand", "41 billion 951 million", "two and a half"."""
    total, current, j, strong = Fraction(0), None, i, True
    last_scale = 10**18
    while True:
        k = _skip(tokens, j) if j > i else j
        value, after, ordinal = _basic(tokens, k, current)
        if value is None and current is None and _word(tokens, k) in ("a", "an", "half") and j == i:
            return _article(tokens, k)
        if value is None:
            break
        if current is not None and (current % 100 or value >= 100) and not (current in _TENS.values() and value < 10):
            break
        scaled, after, scale = _scales(tokens, after, (current or 0) + value)
        j, strong = after, strong and not ordinal
        if scale == 1:
            current = scaled
            if tokens[k]["digits"] or ordinal or value % 1:
                break
            continue
        if scale == 100:
            current = scaled
            continue
        if scale >= last_scale:
            break
        total, current, last_scale = total + scaled, None, scale
    if j == i:
        return None, i + 1, True
    total += current or 0
    total, j = _fraction(tokens, j, total)
    return total, j, strong and total != 1


def _skip(tokens: list[re.Match[str]], j: int) -> int:
    """Step over the hyphen of "twenty-five" and the "and" of "two hundred and five"."""
    if _sign(tokens, j) == "-" and _word(tokens, j - 1) in _TENS:
        return j + 1
    if _word(tokens, j) == "and" and _word(tokens, j - 1) in _SCALES:
        return j + 1
    return j


def _basic(tokens: list[re.Match[str]], k: int, current: Fraction | None) -> tuple[Fraction | None, int, bool]:
    if k >= len(tokens):
        return None, k, False
    if tokens[k]["digits"]:
        if current is not None:
            return None, k, False
        return Fraction(tokens[k]["digits"].replace(",", "")), k + 1, bool(tokens[k]["tail"])
    word = _word(tokens, k)
    if word in _CARDINALS:
        return Fraction(_CARDINALS[word]), k + 1, False
    if word in ORDINALS:
        return Fraction(ORDINALS[word]), k + 1, True
    return None, k, False


def _scales(tokens: list[re.Match[str]], j: int, value: Fraction) -> tuple[Fraction, int, int]:
    size = 1
    while True:
        k = j + 1 if _sign(tokens, j) in ("-", "–") and _word(tokens, j + 1) in _SCALES else j
        if _word(tokens, k) not in _SCALES:
            return value, j, size
        step = _SCALES[_word(tokens, k)]
        value, size, j = value * step, size * step, k + 1


def _article(tokens: list[re.Match[str]], k: int) -> tuple[Fraction | None, int, bool]:
    """Read "a hundred", "half a million", "half", "a third", "an eighth"."""
    value, j = Fraction(1), k + 1
    if _word(tokens, k) == "half":
        value, j = Fraction(1, 2), k + 2 if _word(tokens, k + 1) == "a" and _word(tokens, k + 2) in _SCALES else k + 1
    elif _word(tokens, j) in _PARTS and _word(tokens, j + 1) == "of":
        return Fraction(1, _PARTS[_word(tokens, j)]), j + 1, False
    scaled, after, size = _scales(tokens, j, value)
    if size == 1 and value == 1:
        return None, k + 1, True
    return scaled, after, size > 1


def _fraction(tokens: list[re.Match[str]], j: int, total: Fraction) -> tuple[Fraction, int]:
    """Read what follows a whole number: "four-fifths", "two thirds", "two and a half"."""
    k = j + 1 if _sign(tokens, j) == "-" else j
    word = _word(tokens, k)
    part = word[:-1] if word.endswith("s") and word != "halves" else word
    is_part = part in _PARTS and (
        word.endswith("s") or (total == 1 and k > j) or (total == 1 and word in ("third", "fifth"))
    )
    if is_part and 0 < total < 20 and total.denominator == 1 and word != "seconds":
        return total / _PARTS[part], k + 1
    if [_word(tokens, j + n) for n in range(3)] in (["and", "a", "half"], ["and", "one", "half"]):
        return total + Fraction(1, 2), j + 3
    return total, j


def _share_scales(text: str, found: list[Number]) -> Iterator[Number]:
    """Let the first end of a range take the scale of the second: "250 to 300 million"."""
    for number, after in zip(found, [*found[1:], None], strict=False):
        joined = after and re.fullmatch(r"\s*(?:-|–|—|to|and|or)\s*", text[number.end : after.start])
        scale = 1
        if joined and after:
            for word in re.findall(r"[a-z]+", text[after.start : after.end].lower()):
                scale *= _SCALES.get(word, 1)
        if scale == 1:
            yield number
        else:
            values = number.values | {value * scale for value in number.values}
            yield Number(number.start, number.end, frozenset(values), number.strong)
