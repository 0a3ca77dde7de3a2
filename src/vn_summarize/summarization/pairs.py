"""A told sentence on both sides: what is taken off the English is taken off the Vietnamese, or off neither.

Every rule only takes words away. What it takes off holds no figure and no quotation.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vn_summarize.summarization import editing


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence in its checked English and in Vietnamese as printed."""

    english: str
    vietnamese: str


_CONNECTIVE = re.compile(
    r"(?:đồng thời|bên cạnh đó|ngoài ra|thêm vào đó|song song (?:đó|với đó)|cùng với đó|theo đó)[,:]?\s+(?=\S)",
    re.IGNORECASE,
)
_LOGICAL = re.compile(
    r"(?:tuy nhiên|tuy vậy|mặt khác|trong khi đó|do đó|do vậy|vì vậy|vì thế|nhờ đó|nhờ vậy|qua đó|từ đó|trong đó),?\s+"
    r"(?=\S)",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"According to (?:(?:a|the|this) )?(?:\w+ ){0,2}?(?:reports?|statistics|summary|figures|data)\b"
    r"[^,;:\d“”\"()]{0,60},\s+(?=\S)"
)
_REPORT_SOURCE = re.compile(
    r"Theo (?:báo cáo|thống kê|số liệu|tổng hợp)(?![^\W_])[^,;:\d“”\"()]{0,60},\s+(?=\S)", re.IGNORECASE
)
_PURPOSE = re.compile(
    r",\s+(?:thereby|thus|helping|contributing|in order to|so as to|with the aim|with a view|aiming|aimed)\s"
    r"[^;:.\d“”\"()]+(?=\.?$)"
)
_PURPOSE_SOURCE = re.compile(
    r",\s+(?:qua đó|từ đó|nhờ đó|góp phần|nhằm|để|giúp|hướng tới|hướng đến)(?![^\W_])[^;:.\d“”\"()]+(?=\.?$)"
)

_PART_OF_DAY_SOURCE = re.compile(r"^(?:Sáng|Chiều|Tối)(?: ngày)? (?=\d)")
_FIGURE = re.compile(r"\d[\d.,]*")
_ASIDE_SOURCE = re.compile(r"\s+\((?![^()]*[A-ZĐ]{2})[^()\d“”\"]{3,}\)(?=[\s,;:.])")
"""A bracketed aside that is no figure and no short form, which the rest of the sentence may use."""


def shorten(pair: Pair, follows: bool, used: Callable[[str], bool], usual: Callable[[str], int]) -> Pair:
    """Take off what every summary can do without; `follows`: the sentence before is told too."""
    english = editing.drop_connective(pair.english.strip(), follows)
    pair = Pair(english, drop_connective(pair.vietnamese.strip(), follows))
    pair = _drop_both(pair, _REPORT.match, _REPORT_SOURCE.match)
    pair = _drop_both(pair, _safe_purpose, _PURPOSE_SOURCE.search)
    english = editing.drop_asides(pair.english, used)
    vietnamese = pair.vietnamese if "(" in english else _ASIDE_SOURCE.sub("", pair.vietnamese)
    return Pair(editing.finish(editing.drop_offices(english, usual)), finish(vietnamese))


def cut(pair: Pair, limit: int) -> Pair:
    """Cut trailing clauses of the English until `limit` words are left, and the same `;` pieces of the Vietnamese."""
    return _with_pieces(pair, editing.cut_tail(pair.english, limit))


def squeeze(pairs: Sequence[Pair], words: int) -> list[Pair]:
    """Cut what can be spared, each time from the longest sentence, until `words` English words are left in all.

    Of the figures of a sentence two stay, if it has two: they may be what it is told for.
    """
    done = list(pairs)
    while sum(len(pair.english.split()) for pair in done) > words:
        shorter = [(i, cut) for i, pair in enumerate(done) if (cut := _squeeze_once(pair)) != pair]
        if not shorter:
            break
        i, cut = max(shorter, key=lambda found: len(done[found[0]].english.split()))
        done[i] = cut
    return done


def _squeeze_once(pair: Pair) -> Pair:
    if (english := editing.drop_part_of_day(pair.english)) != pair.english:
        return Pair(english, _PART_OF_DAY_SOURCE.sub("Ngày ", pair.vietnamese))
    english = editing.cut_once(pair.english)
    figures, left = (len(_FIGURE.findall(text)) for text in (pair.english, english))
    return _with_pieces(pair, english) if left >= min(2, figures) else pair


def _with_pieces(pair: Pair, english: str) -> Pair:
    """Give the shortened English with as many `;` pieces of the Vietnamese as it has."""
    before, after = pair.english.count(";"), english.count(";")
    if after == before or pair.vietnamese.count(";") != before:
        return Pair(english, pair.vietnamese)
    return Pair(english, finish(";".join(pair.vietnamese.split(";")[: after + 1])))


def drop_connective(text: str, follows: bool) -> str:
    """Take off a leading "Đồng thời,"; a "Tuy nhiên," too unless what it refers to stands before."""
    shorter = _CONNECTIVE.sub("", text, count=1) if _CONNECTIVE.match(text) else text
    if not follows and _LOGICAL.match(shorter):
        shorter = _LOGICAL.sub("", shorter, count=1)
    return shorter[:1].upper() + shorter[1:]


def finish(text: str) -> str:
    """Begin with a capital; end with a full stop where a comma, a semicolon or nothing stands."""
    return editing.finish(re.sub(r"\s*\./\.?\s*$", ".", text))


def _drop_both(
    pair: Pair,
    find_english: Callable[[str], re.Match[str] | None],
    find_source: Callable[[str], re.Match[str] | None],
) -> Pair:
    english, source = find_english(pair.english), find_source(pair.vietnamese)
    if not english or not source:
        return pair
    return Pair(_without(pair.english, english), _without(pair.vietnamese, source))


def _without(text: str, match: re.Match[str]) -> str:
    left = text[: match.start()] + text[match.end() :]
    return left[:1].upper() + left[1:]


def _safe_purpose(text: str) -> re.Match[str] | None:
    """Find a trailing clause of purpose that names nobody and turns nothing, behind a whole statement."""
    match = _PURPOSE.search(text)
    safe = match and editing.is_statement(text[: match.start()]) and not editing.turns(match.group())
    return match if match and safe and not re.search(r"\s[A-ZĐ]", match.group()[2:]) else None
