"""The English words that say a value without a number: "both", "half", "a year", "Monday"."""

import re
from fractions import Fraction

from .quantities import MEASURES

_OTHER_WORDS = {  # ways in which English says a value without a number word
    Fraction(2): r"\b(?:both|neither|mutual|each other|twice|double[ds]?|doubling|twofold|pair|couple|either|dual|twin|"
    r"bilateral|respective)\b|-way\b",
    Fraction(3): r"\b(?:triple[ds]?|threefold|thrice|trio)\b",
    Fraction(4): r"\b(?:quadruple[ds]?|fourfold)\b",
    Fraction(50): r"\bhalf\b",
    Fraction(6): r"\b(?:first|second|last) half\b|\bsemi-?annual\b|\bhalf[- ]year\b",
    Fraction(12): r"\bdozen\b",
    Fraction(100): r"\b(?:all|every|each|wholly|entirely|entire|fully|completely|full|whole|none|purely|always)\b",
}
_CUED_WORDS = (  # word before the number, values, English
    ("(?:cấp|cấp học)", (1, 2, 3), r"\b(?:primary|secondary|high) (?:school|education|diploma)|\bsecondary"),
    ("số", (1,), r"\b(?:largest|biggest|top|leading|foremost)\b"),
)
_LABELLED = (
    "giai đoạn|số|đợt|tổ|khu|thôn|phường|cấp|lớp|bài|kỳ|tập|loại|nhóm|ấp|quận|vòng|tuyến|điều|khoản|mức|đội|hạng|phần"
)
WEEKDAYS = {2: "Monday", 3: "Tuesday", 4: "Wednesday", 5: "Thursday", 6: "Friday", 7: "Saturday"}
_ONE_OF = {
    "năm": r"\ban? \w+ year|\b(?:an?|the|past|last|first|full|this|per|every) year|\byear-?long|\bannual",
    "tháng": r"\b(?:a|the|past|last|first|per|every|next) month|\bmonthly",
}
_ONE_OF |= {"ngày": r"\b(?:a|the|per|every|single) day|\bdaily", "giờ": r"\b(?:an|the|per|every) hour|\bhourly"}
_ONE_OF |= {"tuần": r"\b(?:a|the|per|every|past|last) week|\bweekly", "lần": r"\bonce\b"}


def english_words(value: Fraction, unit: str, before: str, after: str) -> str:
    """Give a pattern of the English words that say `value` without a number."""
    words = _OTHER_WORDS.get(value, "")
    if value in (50, 100) and unit != "%":
        words = ""
    if value == 1:
        words = _ONE_OF.get(unit, r"\b(?:an?|single|another|sole|once|only|each)\b")
    if value == 1 and re.search(rf"\b(?:{_LABELLED}) $", before, re.IGNORECASE):
        words = ""
    if (
        value == 2 and unit not in MEASURES and re.match(r"(?: [\w.'’]+){1,7}? (?:và|-|–) ", after)
    ):  # "2 xã A và B": the communes of A and B
        words += r"|\band\b"
    if value % 10 == 0 and re.search(r"\bnhững năm $", before):  # "những năm 20"
        words = rf"\b1[89]{value}s"
    if value == 24 and unit in ("giờ", "h", "tiếng"):
        words = r"\b(?:day|daily|around the clock)\b"
    for cue, values, english in _CUED_WORDS:
        if value in values and re.search(rf"\b{cue} $", before, re.IGNORECASE):
            words = "|".join(filter(None, (words, english)))
    if value in WEEKDAYS and re.search(r"\bthứ $", before, re.IGNORECASE):
        words = rf"\b{WEEKDAYS[int(value)]}s?\b"
    return words
