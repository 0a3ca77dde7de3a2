"""Whether the English keeps every number of the Vietnamese, and adds none."""

import re
from collections.abc import Sequence
from fractions import Fraction

from vn_summarize.document import Check, Finding

from .english_numbers import Number, find_numbers
from .quantities import SCALES, WEIGHTS, Quantity, format_number, is_ambiguous
from .source_numbers import find_quantities
from .wording import bound, find_bound

# Vietnamese words that stand for a small number without being one ("vợ chồng": two people).
_IMPLIED = {
    2: r"\b(?:đôi|cặp|vợ chồng|song phương|lưỡng|kép|song song|lẫn|và|cha mẹ|bố mẹ|cùng|kia|nhị)\b",
    3: r"\b(?:tam|ba|thứ)\b",
    4: r"\b(?:tứ|quý|tư)\b",
    5: r"\b(?:năm|ngũ|lăm)\b",
    6: r"\b(?:nửa năm|lục)\b",
    7: r"\b(?:tuần)\b",
    10: r"\b(?:chục|thập kỷ|thập niên)\b",
}


_GRAMS = {"t": 10**6, "k": 1000, "g": 1}


def check_numbers(source: str, english: str, decimal_commas: bool = False) -> tuple[Check, ...]:
    """Check each number of `source` against `english`; both come with dates, times and codes blanked out.

    Each source number needs an English number of its own, but a value said twice with the same unit
    is answered by one. Values decide, and a modifier that says the contrary: "more than 21 billion" for "gần 21 tỷ".
    """
    numbers = find_numbers(english)
    free = set(range(len(numbers)))
    answered: dict[tuple[tuple[tuple[Fraction, ...], ...], str], str] = {}
    checks: dict[int, Check] = {}
    quantities = find_quantities(source, decimal_commas)
    for quantity in sorted(quantities, key=lambda q: not q.required):  # the doubtful ones claim last
        key = (quantity.readings, quantity.unit)
        day = _say(quantity, english) if quantity.unit == "thứ" else ""  # "thứ Ba" is Tuesday rather than three
        rendered = day or _claim(quantity, english, numbers, free) or answered.get(key, "") or _say(quantity, english)
        if rendered:
            answered[key] = rendered
        if rendered or quantity.required:
            contrary = _contrary(quantity, english, rendered) or _other_weight(quantity, english, rendered)
            ok = bool(rendered) and not contrary
            checks[quantity.start] = Check("number", quantity.text, quantity.expected, contrary or rendered, ok)
    return tuple(check for _, check in sorted(checks.items()))


def _claim(quantity: Quantity, english: str, numbers: Sequence[Number], free: set[int]) -> str:
    """Take the English numbers that answer `quantity` and give their text, "" when there are none."""
    for reading in quantity.readings:
        taken: list[int] = []
        for value in reading:
            hit = next((i for i in sorted(free - set(taken)) if value in numbers[i].values), None)
            if hit is None:
                break
            taken.append(hit)
        else:
            free.difference_update(taken)
            return english[numbers[min(taken)].start : numbers[max(taken)].end]
    return ""


def _say(quantity: Quantity, english: str) -> str:
    match = re.search(quantity.words, english, re.IGNORECASE) if quantity.words else None
    return match.group() if match else ""


def _contrary(quantity: Quantity, english: str, rendered: str) -> str:
    """Give the rendering with the modifier before it where that says the contrary; "" where it stands twice.

    Of 36,063 good pairs two have a contrary one.
    """
    ours = bound(f"{quantity.modifier} ")
    if not ours or not rendered or english.count(rendered) > 1:
        return ""
    theirs, words = find_bound(english[: english.find(rendered)])
    return words + rendered if theirs and theirs != ours else ""


def _other_weight(quantity: Quantity, english: str, rendered: str) -> str:
    """Give the rendering of "60 tạ" with its unit where that weighs another thing: "60 tons"."""
    if not rendered or quantity.unit not in WEIGHTS:
        return ""
    found = re.search(rf"{re.escape(rendered)} (?:metric )?(t|k|g)(?:ons?|onnes?|g|ilos?|ilograms?|rams?)?\b", english)
    if not found:
        return ""
    size, unit = WEIGHTS[quantity.unit]
    grams = quantity.readings[0][0] * size * _GRAMS[unit[0]]
    given = (value * _GRAMS[found[1]] for number in find_numbers(rendered) for value in number.values)
    return "" if grams in given else found.group()


def extra_numbers(source: str, english: str, decimal_commas: bool = False) -> tuple[Finding, ...]:
    """Name the English numbers that stand nowhere in the source, in any reading.

    `source` is the whole sentence; `english` has dates, times and codes blanked out. Ordinals, Roman
    numerals and "one" are no evidence of an invented number.
    """
    digits = {int(digits) for digits in re.findall(r"\d+", source)}
    allowed = {Fraction(value) for value in digits | {value % 100 for value in digits if 1800 < value < 2100}}
    quantities = find_quantities(source, decimal_commas)
    readings = [reading for quantity in quantities for reading in quantity.readings]
    allowed |= {value for reading in readings for value in reading}
    allowed |= {reading[0] / reading[1] for reading in readings if reading[1:] and reading[1]}  # "4/5" for "4/5 xã"
    allowed |= {Fraction(value) for value, words in _IMPLIED.items() if re.search(words, source, re.IGNORECASE)}
    allowed |= {Fraction(size) for word, size in SCALES.items() if re.search(rf"\b{word}\b", source, re.IGNORECASE)}
    return tuple(
        Finding("number", "error", f'"{english[n.start : n.end]}" ({_shown(n)}) is not in the source')
        for n in find_numbers(english)
        if n.strong and not n.values & allowed
    )


def doubtful_numbers(source: str, decimal_commas: bool = False) -> tuple[Finding, ...]:
    """Name the numbers of the source that may be decimals or thousands: nothing in the article tells which."""
    return tuple(
        Finding("number", "warning", f'"{q.text}" may mean {_either(q.readings[0][0])}')
        for q in find_quantities(source, decimal_commas)
        if is_ambiguous(source[q.start : q.end]) and (1000 * q.readings[0][0],) in q.readings
    )


def _either(value: Fraction) -> str:
    return f"{format_number(value)} or {format_number(1000 * value)}"


def _shown(number: Number) -> str:
    return " or ".join(format_number(value) for value in sorted(number.values))
