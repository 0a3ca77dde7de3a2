"""Terms with one wrong letter in the text."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator

from vn_summarize.glossary.surfaces import WORD, PhraseTable, token_ends
from vn_summarize.glossary.syllables import is_syllable

_LONG = 5  # syllables: so much else agrees that even a real word is a typing error
_LETTERS = 12  # what a term of two syllables needs
_VOWELS = frozenset("aeiouy")

_Shape = tuple[int, int]  # syllables before the half, syllables of the term
_Pattern = tuple[str, ...]  # a term's syllables, the open one ""


class ErrorIndex:
    """Finds terms with one wrong letter: one half of the term is exact, and of the other all but one syllable.

    Terms of fewer than `_LONG` syllables need a wrong word that is no syllable, and are looked for near
    such words only.
    """

    def __init__(self, keys: Iterable[str], surface_of: Callable[[str], str]) -> None:
        """Take canonical forms, and what gives the printed form of each."""
        self._surface_of = surface_of
        long: list[str] = []
        short: list[str] = []
        for key in keys:
            spaces = key.count(" ")
            if spaces + 1 >= _LONG:
                long.append(key)
            elif spaces > 1 or (spaces and len(key) > _LETTERS):
                short.append(key)
        self._long, self._short = _Halves(long), _Halves(short)

    def find(self, line: str) -> Iterator[tuple[int, int, str]]:
        """Give the start and the end in a canonical line of what stands for a term, and the term's key."""
        for start, end, key, wrong, i in self._long.find(line):
            printed = WORD.findall(self._surface_of(key))[i]
            likely = is_syllable(wrong) and printed.islower() and _letters(wrong)[0] == _letters(printed)[0]
            if likely or _is_odd(wrong):
                yield start, end, key
        tokens = line.split(" ")
        near = {i + by for i, token in enumerate(tokens) if _is_odd(token) for by in range(2 - _LONG, _LONG - 1)}
        if near:
            rest = " ".join(token if i in near else "." * len(token) for i, token in enumerate(tokens))
            yield from ((start, end, key) for start, end, key, wrong, _ in self._short.find(rest) if _is_odd(wrong))


class _Halves:
    """Terms by their halves. Where a text has a half, the terms with it are tried: all at once, by patterns.

    The halves of all terms are numbered: 2n and 2n + 1 are those of term n. Each knows the one before it
    that is the same, for numbers are built faster than lists.
    """

    def __init__(self, keys: list[str]) -> None:
        self._keys = keys
        self._last: dict[str, int] = {}
        self._same: list[int] = []
        last, same = self._last, self._same
        for n, key in enumerate(keys):
            second = key.split(" ", (key.count(" ") + 1) // 2)[-1]
            first = key[: -len(second) - 1]
            same += (last.get(first, -1), 2 * n if first == second else last.get(second, -1))
            last[first] = 2 * n
            last[second] = 2 * n + 1
        self._table = PhraseTable(self._last)
        self._patterns: dict[str, dict[_Shape, dict[_Pattern, list[str]]]] = {}  # of the halves met so far

    def find(self, line: str) -> Iterator[tuple[int, int, str, str, int]]:
        """Give the start, the end and the key of each, with the wrong word and its place in the term."""
        tokens = line.split(" ")
        ends = token_ends(tokens)
        places = {end - len(token): i for i, (end, token) in enumerate(zip(ends, tokens, strict=True))}
        for start, end in self._table.find(line):
            for (before, length), patterns in self._patterns_of(line[start:end]).items():
                first = places[start] - before
                span = tokens[max(first, 0) : first + length]
                if len(span) == length:
                    at = ends[first] - len(span[0])
                    for key, i in _matching(span, before, patterns):
                        yield at, ends[first + length - 1], key, span[i], i

    def _patterns_of(self, half: str) -> dict[_Shape, dict[_Pattern, list[str]]]:
        """Give for each length and place of the half what its terms look like with one syllable left open."""
        if half not in self._patterns:
            patterns: dict[_Shape, dict[_Pattern, list[str]]] = {}
            for n in reversed(list(self._numbers(half))):
                words = self._keys[n // 2].split(" ")
                if all(word[0].isalnum() for word in words):  # else a comma or the like stands inside
                    before, places = _sides(len(words))[n % 2]
                    shape = patterns.setdefault((before, len(words)), {})
                    for i in places:
                        shape.setdefault((*words[:i], "", *words[i + 1 :]), []).append(self._keys[n // 2])
            self._patterns[half] = patterns
        return self._patterns[half]

    def _numbers(self, half: str) -> Iterator[int]:
        n = self._last[half]
        while n >= 0:
            yield n
            n = self._same[n]


def _sides(length: int) -> tuple[tuple[int, range], tuple[int, range]]:
    """Give for each half where it begins and which places lie outside."""
    middle = length // 2
    return (0, range(middle, length)), (middle, range(middle))


def _matching(span: list[str], before: int, patterns: dict[_Pattern, list[str]]) -> Iterator[tuple[str, int]]:
    """Give the terms that a span of words stands for, and which word is wrong."""
    for i in _sides(len(span))[before > 0][1]:
        wrong = span[i]
        keys = patterns.get((*span[:i], "", *span[i + 1 :])) if len(wrong) > 1 and wrong.isalpha() else None
        if keys:
            start, behind = len(" ".join(("", *span[:i]))), len(" ".join((*span[i + 1 :], "")))
            for key in keys:
                right = key[start : len(key) - behind]
                if one_letter_apart(wrong, right) and is_syllable(right):
                    yield key, i


def _is_odd(word: str) -> bool:
    """Say whether a word of letters cannot be a Vietnamese syllable; a short form without a vowel is no word."""
    return len(word) > 1 and word.isalpha() and not is_syllable(word) and not _VOWELS.isdisjoint(_letters(word))


def _letters(word: str) -> str:
    """Give the letters without their marks, d for đ."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)).replace("đ", "d")


def one_letter_apart(a: str, b: str) -> bool:
    """Say whether one letter put in, left out or changed, or two neighbours swapped, makes `a` into `b`."""
    if a == b or not -2 < len(a) - len(b) < 2 or (a[:1] != b[:1] and a[-1:] != b[-1:] and len(a) + len(b) > 4):
        return False  # of more than two letters the first or the last is the same
    i = 0
    while a[i : i + 1] == b[i : i + 1]:
        i += 1
    if len(a) != len(b):
        return a[i + 1 :] == b[i:] if len(a) > len(b) else a[i:] == b[i + 1 :]
    return a[i + 1 :] == b[i + 1 :] or (a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :])
