"""Where an English text has a rendering: a phrase in any number, case, order or company that keeps it itself."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from vn_summarize.glossary import units
from vn_summarize.glossary.inflection import base_forms, same_word
from vn_summarize.glossary.surfaces import canonical
from vn_summarize.verification.bodies import SURNAMES

_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_ARTICLES = frozenset({"the", "a", "an"})
_AND = frozenset({"and", "or", "as", "well"})
_LEVELS = {
    "provincial": frozenset({"province"}),
    "municipal": frozenset({"city", "municipality"}),
    "city": frozenset({"municipal", "municipality"}),
    "district": frozenset({"district"}),
    "commune": frozenset({"commune"}),
    "town": frozenset({"town"}),
    "township": frozenset({"township"}),
    "ward": frozenset({"ward"}),
    "village": frozenset({"village"}),
}
"""A level of government as it stands before a body, and the nouns that say the same after it."""
_NOT_NAMES = frozenset(_LEVELS).union(*_LEVELS.values())
_CITY = frozenset({"city", "municipal"})  # "the Hanoi People's Committee" needs no noun
_ORDINAL_WORDS = "first second third fourth fifth sixth seventh eighth ninth tenth tenure"
_ORDINALS = frozenset(_ORDINAL_WORDS.split())
_NAME = 5  # words of a place name at most: "Buôn Ma Thuột", "Bà Rịa - Vũng Tàu"
_COMPANY = 6  # words that may stand between the parts of a rendering that shares one of them with another


@dataclass(frozen=True, slots=True)
class Word:
    """A word of an English text; articles are no words here. `joint`: what stands before it."""

    text: str
    start: int
    end: int
    joint: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that answer a rendering. `claimed`: those that answer nothing else; `plain`: the bare phrase."""

    first: int
    last: int
    claimed: frozenset[int]
    plain: bool = True


def split_words(text: str) -> tuple[Word, ...]:
    """Split a text into words, articles left out; a hyphen parts words like a space."""
    return (_split_phrase if len(text) <= _PHRASE else _split_sentence)(text)


def _split(text: str) -> tuple[Word, ...]:
    words: list[Word] = []
    end = 0
    for found in _WORD.finditer(text):
        if not _is_article(found.group(), text[found.end() : found.end() + 3]):
            words.append(Word(found.group(), found.start(), found.end(), text[end : found.start()]))
            end = found.end()
    return tuple(words)


def _is_article(word: str, behind: str) -> bool:
    """Tell an article from the beginning of a name: "An Giang", "A Lưới"."""
    named = word in ("A", "An") and behind[:1] == " " and behind[1:2].isupper() and behind[2:].islower()
    return word.lower() in _ARTICLES and not named


_PHRASE = 80  # letters: renderings come again and again, a sentence only while it is judged
_split_phrase = lru_cache(maxsize=16384)(_split)
_split_sentence = lru_cache(maxsize=64)(_split)


class English:
    """An English text as words, with an index of the places where each word form stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = split_words(text)
        self._places: dict[str, list[int]] = {}
        for i, word in enumerate(self.words):
            for form in base_forms(word.text):
                self._places.setdefault(form, []).append(i)

    def show(self, stretch: Stretch) -> str:
        """Give the text of a stretch."""
        return self.text[self.words[stretch.first].start : self.words[stretch.last].end]

    def find(self, rendering: str, *, exact: bool = False) -> list[Stretch]:
        """Find where the text says `rendering`: the plain phrase first, then from left to right.

        Besides the phrase itself, in any inflection: "Secretary of the Kon Tum Provincial Party Committee"
        and "Secretary of the Party Committee of Kon Tum Province" say "Secretary of the Provincial Party
        Committee"; "poor and near-poor households" says "poor households" too, and shares its noun.
        `exact`: capitals must be those of the rendering, but for a sentence's first word.
        """
        wanted = split_words(rendering)
        if not wanted:
            return []
        level = _LEVELS.get(wanted[0].text.lower())
        starts = wanted[: 1 if level is None else 2]  # the name of a place may stand for the level, or behind
        forms = (level or frozenset()).union(*(base_forms(word.text) for word in starts))
        places = sorted({i for form in forms for i in self._places.get(form, ())})
        phrase = _Phrase(self.words, exact)
        whole = [
            i for i in places if self.words[i].joint != "-" or wanted[0].text[0].isupper()
        ]  # no part of a compound
        found = [stretch for first in whole for stretch in phrase.at(first, wanted)]
        return sorted(found, key=lambda s: (not s.plain, s.first))

    def find_any(self, renderings: Iterable[str]) -> list[tuple[str, Stretch]]:
        """Find where one of several renderings stands as the bare phrase, with that rendering."""
        return [(phrase, s) for phrase in renderings for s in self.find(phrase) if s.plain]

    def find_verbatim(self, source: str) -> list[Stretch]:
        """Find where the text has the words of `source` letter by letter, case and tone placement aside.

        An article between them ("nhà the rông") is one word too many.
        """
        folded = [canonical(word.text) for word in self.words]
        wanted = [canonical(word.text) for word in split_words(source)]
        n = len(wanted)
        starts = (i for i in range(len(folded) - n + 1) if n and folded[i : i + n] == wanted)
        found = [Stretch(i, i + n - 1, frozenset(range(i, i + n))) for i in starts]
        return [s for s in found if len(self.show(s).split()) <= len(source.split())]


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: Sequence[Word]
    exact: bool

    def at(self, first: int, wanted: Sequence[Word]) -> Iterator[Stretch]:
        """Give each way in which `wanted` begins at the word `first`, the plain one first and then alone."""
        end = self._run(first, wanted)
        if end is not None:
            yield _stretch(first, end, range(first, end))
            return
        for k, word in enumerate(wanted):
            if word.text.lower() in _LEVELS and k + 1 < len(wanted) and wanted[k + 1].text != "level":
                yield from self._with_place(first, wanted, k)
        for k in range(1, len(wanted)):
            if wanted[k - 1].text in ("of", "to"):
                yield from self._with_name(first, wanted, k)
            yield from self._in_company(first, wanted, k)

    def _run(self, first: int, wanted: Sequence[Word], *, start: bool = True) -> int | None:
        """Match all of `wanted` word by word; return the end."""
        end = first + len(wanted)
        if end > len(self.words):
            return None
        noun = len(wanted) == 1 and wanted[0].text.endswith("ing")  # "met" is no meeting
        for i, word in enumerate(wanted):
            if not self._same(first + i, word.text, verb=start and i == 0 and not noun):
                return None
            if i and not _joins(self.words[first + i], word):
                return None
        return end

    def _same(self, i: int, wanted: str, *, verb: bool) -> bool:
        word = self.words[i].text
        if self.exact:
            opens = bool(re.search(r"[.!?:]\W*$" if i else r"^\W*$", self.words[i].joint))
            if (wanted.isupper() != word.isupper() and len(wanted) > 1) or (word[0] != wanted[0] and not opens):
                return False
        return same_word(word, wanted, verb=verb and wanted.islower()) or any(
            same_word(word, noun) for noun in _LEVELS.get(wanted.lower(), ())
        )

    def _with_name(self, first: int, wanted: Sequence[Word], k: int) -> Iterator[Stretch]:
        """Match a rendering with a name, an ordinal or a level put in after its "of"."""
        middle = self._run(first, wanted[:k])
        if middle is None:
            return
        for start in self._after_name(middle):
            end = self._run(start, wanted[k:], start=False) if start > middle else None
            if end is not None:
                yield _stretch(first, end, range(first, end), plain=False)
                return

    def _with_place(self, first: int, wanted: Sequence[Word], k: int) -> Iterator[Stretch]:
        """Match a body with the place behind it or in its middle, or a city's with the city's name before it."""
        middle = self._run(first, wanted[:k])
        if middle is None:
            return
        level = wanted[k].text.lower()
        if middle + 1 < len(self.words) and self.words[middle + 1].text.isdigit():  # "the Ward 5 Party Committee"
            end = self._run(middle + 2, wanted[k + 1 :], start=False)
            if end is not None and self._same(middle, wanted[k].text, verb=False):
                yield _stretch(first, end, range(first, end), plain=False)
                return
        body = self._run(middle, wanted[k + 1 :], start=False)
        if body is not None and body < len(self.words) and self.words[body].text.lower() in ("of", "in"):
            nouns = (level, *_LEVELS[level])
            for start in self._after_name(body + 1):
                if start < len(self.words) and any(same_word(self.words[start].text, noun) for noun in nouns):
                    yield _stretch(first, start + 1, range(first, start + 1), plain=False)
                    return
        if level not in _CITY:
            return
        if k == 0:
            name = self.words[first - 1].text if first else ""
            if body is not None and name[:1].isupper() and name.lower() not in _NOT_NAMES:
                yield _stretch(first, body, range(first, body), plain=False)
            return
        for start in self._after_name(middle):
            end = self._run(start, wanted[k + 1 :], start=False) if start > middle else None
            if end is not None and self.words[start - 1].text.lower() not in _NOT_NAMES:
                yield _stretch(first, end, range(first, end), plain=False)
                return

    def _after_name(self, i: int) -> Iterator[int]:
        """Give the places after no, one, two ... words that could be a place's name or an ordinal."""
        for n in range(_NAME + 1):
            yield i + n
            if i + n >= len(self.words):
                return
            word = self.words[i + n]
            if not (word.text[0].isupper() or word.text[0].isdigit() or word.text in _ORDINALS):
                return
            if n == 2 and self.words[i].text in SURNAMES and word.text.lower() not in _NOT_NAMES:
                name = canonical(" ".join(self.words[i + k].text for k in range(3)))
                if not units.known(name, units.DISTRICT + units.COMMUNE):
                    return  # "the Lê Văn Tám Provincial Party Committee" names no province

    def _in_company(self, first: int, wanted: Sequence[Word], k: int) -> Iterator[Stretch]:
        """Match a rendering that shares its end, or what stands before its body, with a neighbour."""
        middle = self._run(first, wanted[:k])
        if middle is None or middle >= len(self.words):
            return
        ends_early = self._parts(middle)
        shares_start = wanted[k - 1].text.lower() in ("of", *_LEVELS)
        if not ends_early and not shares_start:
            return
        for start in range(middle + 1, min(middle + 1 + _COMPANY, len(self.words))):
            if re.search(r"[.;:!?()]", self.words[start].joint):
                return
            end = self._run(start, wanted[k:], start=False)
            if end is None:
                continue
            if ends_early:
                if self._run(start - k, wanted) == end and self.words[start - k].joint != "-":
                    return  # "Provincial and Provincial People's Committee": said once
                yield _stretch(first, end, range(first, middle), plain=False)
                return
            if self._parts(start) or self.words[start - 1].text.lower() in _AND:
                yield _stretch(first, end, range(start, end), plain=False)
                return

    def _parts(self, i: int) -> bool:
        """Say whether the word is a conjunction or follows a comma."""
        return self.words[i].text.lower() in _AND or "," in self.words[i].joint


def _stretch(first: int, end: int, claimed: Iterable[int], *, plain: bool = True) -> Stretch:
    return Stretch(first, end - 1, frozenset(claimed), plain)


def _joins(word: Word, wanted: Word) -> bool:
    """Say whether no sign parts the word from the one before, but for one that the rendering has too."""
    if re.search(r"[.;:!?()]", word.joint):
        return word.joint.strip() == wanted.joint.strip()
    return "," not in word.joint or "," in wanted.joint or word.text in _AND
