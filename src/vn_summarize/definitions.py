"""Where an article says what a short form stands for: "long form (SHORT)" and its relatives.

The alignment is Schwartz & Hearst's (2003) for Vietnamese: a letter is the initial of a syllable, accents
and Đ folded; function words cost nothing to skip, other syllables a little; "TH", "NG" and the like may
stand for one syllable, and a short form inside the long form for its own letters.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from vn_summarize.cleaning import fold
from vn_summarize.glossary.syllables import is_syllable

_LEAD = r"(?:(?:sau|dưới|từ)\s+đây\s+)?(?:được\s+)?(?:gọi|viết)\s+tắt(?:\s+chung)?(?:\s+là|\s*:)?\s*"
_SHORT = r"[\"“‘']?(?P<short>[^\W\d_]+(?:\s?[&–-]\s?[^\W\d_]+|\s[^\W\d_]{2,})*)[\"”’']?"
_BRACKET = re.compile(rf"\s*\(\s*(?:{_LEAD})?{_SHORT}\s*\)", re.IGNORECASE)
_PHRASE = re.compile(
    rf"\s*,?\s*\b{_LEAD}[\"“‘']?(?P<short>[^\W\d_]{{2,}}(?:\s?[&–-]\s?[^\W\d_]+)*)[\"”’']?(?!\w)", re.IGNORECASE
)
_REVERSED = re.compile(
    r"(?<![\w&/.-])(?P<short>[^\W\d_]+(?:\s?[&–-]\s?[^\W\d_]+)*)[\"”’']?"
    r"\s*\(\s*(?:(?:là\s+)?(?:viết tắt của|tức(?: là)?|là)\s+)?(?P<long>[^()]{4,120}?)\s*\)"
)
_ENGLISH = r"(?P<english>[A-Za-z][A-Za-z'’&-]*(?:,?\s[A-Za-z&][A-Za-z'’&-]*)+)"
_ACRONYM = r"(?P<short>[A-Z][A-Za-z&]*[A-Z])"
_ENGLISH_BRACKETS = tuple(
    re.compile(rf"\(\s*(?:(?:tên\s+)?tiếng Anh(?:\s+là)?\s*:?\s*)?{pair}\s*\)")
    for pair in (rf"{_ENGLISH}\s*(?:[–:,]|-)\s*{_ACRONYM}", rf"{_ACRONYM}\s*(?:[–:,]|-)\s*{_ENGLISH}")
)
_SMALL = frozenset({"of", "for", "and", "the", "in", "on", "to", "with", "by", "a", "&"})
_SYLLABLE = re.compile(r"[^\W\d_]+")
_BARRIER = re.compile(r"[.;:!?()…](?=\s|$)|[()]")
_DIGRAPHS = {"TH", "NG", "NH", "CH", "TR", "KH", "PH", "GI", "QU", "GH"}
_FUNCTION = frozenset({"VA", "CUA", "CAC", "VE", "CHO", "VOI", "TRONG", "TAI", "O", "THEO", "DO", "LA", "NHUNG", "DE"})


class Definition(NamedTuple):
    """A short form, its long form as printed, and the stretch of text that holds both.

    `kept` is what that stretch reads without the short form and its brackets.
    """

    short: str
    long: str
    start: int
    end: int
    kept: str


def find_definitions(text: str, known: Sequence[tuple[str, str]] = ()) -> Iterator[Definition]:
    """Find the definitions in a sentence, in order; `known` (short, long) pairs bridge one wrong letter."""
    longs = dict(known)
    found = []
    for pattern in (_BRACKET, _PHRASE):
        for match in pattern.finditer(text):
            short = canonical(match["short"])
            span = _long_before(short, text[: match.start()], longs.get(short, "")) if is_short(short) else None
            if span:
                start, end = span
                found.append(Definition(short, text[start:end], start, match.end(), text[start : match.start()]))
    for match in _REVERSED.finditer(text):
        short = canonical(match["short"])
        if is_short(short) and _spells(short, match["long"], longs.get(short, "")):
            long = match["long"].strip("\"“”‘’' ")
            found.append(Definition(short, long, match.start(), match.end(), long))
    taken = -1
    for definition in sorted(found, key=lambda d: (d.start, -d.end)):
        if definition.start >= taken:
            yield definition
            taken = definition.end


def find_english(text: str) -> Iterator[tuple[str, str]]:
    """Find the short forms whose English a sentence gives in brackets: "(World Health Organization - WHO)".

    The letters of the short form are the initials of the English, with or without its small words, and one of
    its words at least is none of Vietnamese.
    """
    for pattern in _ENGLISH_BRACKETS:
        for match in pattern.finditer(text):
            words = re.findall(r"[A-Za-z]+", match["english"])
            large = [word for word in words if word not in _SMALL]
            initials = {"".join(word[0].upper() for word in some) for some in (words, large)}
            if letters_of(match["short"]) in initials and not all(is_syllable(word.lower()) for word in large):
                yield match["short"], match["english"]


def canonical(short: str) -> str:
    """Write a short form without inner spaces and with plain hyphens: "KT – XH" -> "KT-XH"."""
    return re.sub(r"\s?([&-])\s?", r"\1", short.replace("–", "-"))


def is_short(text: str) -> bool:
    """Say whether this looks like a short form: capitals only, at least two, at most fourteen."""
    return text.isupper() and 2 <= len(letters_of(text)) <= 14


@lru_cache(maxsize=4096)
def letters_of(text: str) -> str:
    """Fold to plain capital letters: "Ủy" -> "UY", "ĐB" -> "DB"; everything else is dropped."""
    letters = unicodedata.normalize("NFD", text.upper().replace("Đ", "D"))
    return "".join(c for c in letters if c.isalpha())


def one_letter_off(one: str, other: str) -> bool:
    """Say whether one letter missing, extra or wrong is the whole difference between two texts."""
    if len(one) > len(other):
        one, other = other, one
    if one == other or len(other) - len(one) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    return one[at + (len(one) == len(other)) :] == other[at + 1 :]


def _long_before(short: str, before: str, known: str) -> tuple[int, int] | None:
    """Find where, at the end of `before`, the long form of `short` stands."""
    barriers = [m.end() for m in _BARRIER.finditer(before.rstrip("\"”’' ,"))]
    letters = letters_of(short)
    spans = [m.span() for m in _SYLLABLE.finditer(before, barriers[-1] if barriers else 0)][-(2 * len(letters) + 6) :]
    if not spans:
        return None
    size = len(_SYLLABLE.findall(known))
    if known and size <= len(spans):
        start, end = spans[-size][0], spans[-1][1]
        run, target = fold(before[start:end]), fold(known)
        if run == target or one_letter_off(run, target):
            return start, end
    first = _align(letters, [before[a:b] for a, b in spans])
    return None if first is None else (spans[first][0], spans[-1][1])


def _spells(short: str, long: str, known: str) -> bool:
    run, target = fold(long), fold(known)
    words = _SYLLABLE.findall(long)
    return run == target or one_letter_off(run, target) or (len(words) > 1 and _align(letters_of(short), words) == 0)


def _align(letters: str, words: Sequence[str]) -> int | None:
    """Give the word at which the cheapest reading of `letters` begins; it ends with the last word."""
    folded = [letters_of(word) for word in words]

    @cache
    def best(left: int, size: int) -> tuple[float, int]:
        if left == 0:
            return 0.0, -size
        if size == 0:
            return float("inf"), 0
        word, rest = folded[size - 1], letters[:left]
        skipped, start = best(left, size - 1)
        options = [(skipped + (word not in _FUNCTION), start)]
        for piece, price in _pieces(words[size - 1], len(letters)):
            if rest.endswith(piece):
                cost, start = best(left - len(piece), size - 1)
                options.append((cost + price, start))
        return min(options)

    cost, start = best(len(letters), len(words))
    # Two or three letters fit too much by chance to leave anything out.
    return -start if cost <= (2 if len(letters) > 3 else 0.5) else None


def _pieces(word: str, most: int) -> Iterator[tuple[str, float]]:
    """Give what a word can stand for in a short form of `most` letters, each with its price."""
    folded = letters_of(word)
    if folded:
        yield folded[0], 0.0
    if folded[:2] in _DIGRAPHS:
        yield folded[:2], 0.5
    if word.isupper() and 1 < len(folded) < most:  # a short form itself: all of it, or its first letters
        yield folded, 0.0
        yield from ((folded[:size], 0.5) for size in range(2, len(folded)))
