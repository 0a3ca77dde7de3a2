"""Terms with one wrong letter in the text."""

from collections.abc import Iterable, Iterator

from vn_summarize.glossary.surfaces import WORD, SourceWord, build_automaton
from vn_summarize.glossary.syllables import is_syllable


class ErrorIndex:
    """Finds terms with one wrong letter: one half of the term is exact, and of the other all but one syllable.

    `_halves` finds the exact half; `_patterns` maps a term's words with one left open to the term, so
    that a place costs a few look-ups however many terms there are.
    """

    def __init__(self, surfaces: Iterable[tuple[str, str]]) -> None:
        self._patterns: dict[tuple[str, ...], list[tuple[str, str, bool]]] = {}
        halves: dict[str, set[tuple[int, int]]] = {}
        for key, surface in surfaces:
            words = key.split(" ")
            printed = WORD.findall(surface)
            if not _bridgeable(words) or len(words) != len(printed):
                continue
            middle = len(words) // 2
            halves.setdefault(" ".join(words[:middle]), set()).add((0, len(words)))
            halves.setdefault(" ".join(words[middle:]), set()).add((middle, len(words)))
            for i, word in enumerate(words):
                if is_syllable(word):
                    pattern = (*words[:i], "", *words[i + 1 :])
                    self._patterns.setdefault(pattern, []).append((key, word, printed[i].islower()))
        self._automaton = build_automaton((half, (half, sorted(shapes))) for half, shapes in halves.items())

    def find(
        self, line: str, words: list[SourceWord], starts: dict[int, int]
    ) -> Iterator[tuple[str, list[SourceWord]]]:
        """Give each term's key with the words that stand for it."""
        if self._automaton is None:
            return
        for last, (half, shapes) in self._automaton.iter(line):
            for before, length in shapes:
                first = starts[last - len(half)] - before
                if first < 0 or first + length > len(words):
                    continue
                span = words[first : first + length]
                if not line.startswith(" ".join(word.folded for word in span), span[0].at):
                    continue  # a comma or the like stands inside
                middle = length // 2
                other = range(middle) if before else range(middle, length)
                yield from ((key, span) for key in self._at(span, other))

    def _at(self, span: list[SourceWord], places: range) -> Iterator[str]:
        folded = tuple(word.folded for word in span)
        for i in places:
            wrong = folded[i]
            a_word = is_syllable(wrong)
            if not wrong.isalpha() or len(wrong) < 2 or (a_word and len(folded) < _LONG):
                continue
            for key, right, lower in self._patterns.get((*folded[:i], "", *folded[i + 1 :]), ()):
                if (lower or not a_word) and one_letter_apart(wrong, right):
                    yield key


_LONG = 5  # syllables: so much else agrees that even a real word is a typing error


def _bridgeable(words: list[str]) -> bool:
    return len(words) >= 3 or (len(words) == 2 and sum(map(len, words)) >= 12)


def one_letter_apart(a: str, b: str) -> bool:
    """Say whether one letter put in, left out or changed, or two neighbours swapped, makes `a` into `b`."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    i = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if len(a) != len(b):
        return a[i + 1 :] == b[i:] if len(a) > len(b) else a[i:] == b[i + 1 :]
    return a[i + 1 :] == b[i + 1 :] or (a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :])
