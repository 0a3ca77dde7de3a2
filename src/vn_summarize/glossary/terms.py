"""Terms, and where a sentence has them: whole syllables, accent-exact, longest first, without overlap.

Two spellings are one when they differ in case, in the place of the tone mark (hoà, hòa), in white
space or in hyphens ("kinh tế – xã hội", "kinh tế-xã hội"). One letter may be wrong in a long term
(see `TermBase`). The time is linear in the text, however many terms there are.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from vn_summarize.cleaning import fold, normalise_tones
from vn_summarize.glossary.surfaces import QUOTES, WORD, PhraseTable, SourceWord, canonical_line, keys_of
from vn_summarize.glossary.syllables import is_syllable
from vn_summarize.glossary.typos import ErrorIndex

POLICIES = ("force", "prefer", "keep", "forbid")
CASES = ("auto", "exact")
PLACES = "places"
"""The origin of the terms that are places (`glossary.places`)."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the source language and the English required for it.

    `policy`: force (the target or an alternative must stand in the English), prefer (the same, but a
    miss is information), keep (the source stays as it is), forbid (no forbidden rendering may stand
    there). `case`: auto, or exact (both sides are matched with their capitals).
    """

    source: str
    target: str
    aliases: tuple[str, ...] = ()  # other source forms, abbreviations among them
    alternatives: tuple[str, ...] = ()  # other English that is as good
    forbidden: tuple[str, ...] = ()  # known wrong English
    policy: str = "force"
    case: str = "auto"
    pos: str = ""  # part of speech, as TBX names it: noun, verb, properNoun, ...
    domain: str = ""
    note: str = ""
    provenance: str = ""
    origin: str = ""  # the glossary it comes from


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A term at a place in a text: text == sentence[start:end]."""

    term: Term
    start: int
    end: int
    text: str
    typo: bool = False  # one letter differs from the term


class _Entry(NamedTuple):
    """A surface (source or alias) of a term; `rank` is the place of its glossary in the precedence."""

    term: Term
    surface: str
    rank: int


class TermBase:
    """Terms of one or several glossaries, those that come first having precedence.

    Terms with the same `origin` make one glossary; its place is that of its first term. Within one
    glossary the leftmost and then the longest term wins. Of an earlier glossary, a term of two
    syllables or more, or a short form, also wins over a longer one of a later glossary; a single
    syllable doesn't, since it is mostly a part of another word. The English that a later glossary
    requires for the same source becomes a forbidden rendering of the forced term that hides it.

    A typing error is bridged in a term of at least three syllables, or two and twelve letters, when one
    syllable differs from the term's by one letter (put in, left out, changed, or two swapped) and
    cannot be a Vietnamese syllable while the term's can; so a name, or another word, is never taken
    for the term. In a term of at least five syllables it may also be a possible syllable, where the
    term's is in lower case.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(terms)
        self._ranks = {origin: i for i, origin in enumerate(dict.fromkeys(term.origin for term in self.terms))}
        self._owners = [term for term in self.terms for _ in range(1 + len(term.aliases))]
        self._surfaces = [surface for term in self.terms for surface in (term.source, *term.aliases)]
        keys = keys_of(self._surfaces)
        self._first = dict(zip(reversed(keys), range(len(keys) - 1, -1, -1), strict=True))
        self._first.pop("", None)
        self._further: dict[str, list[int]] = {}  # surfaces that are spelt like an earlier one
        if len(self._first) < len(keys):
            for i, key in enumerate(keys):
                if key and self._first[key] != i:
                    self._further.setdefault(key, []).append(i)
        self._table = PhraseTable(self._first)
        self._errors = ErrorIndex(self._first, lambda key: self._surfaces[self._first[key]])

    def __len__(self) -> int:
        return len(self.terms)

    @property
    def fingerprint(self) -> str:
        """Name the terms and their order: a SHA-256 over every field of each."""
        digest = hashlib.sha256()
        for term in self.terms:
            digest.update(repr(term).encode())
        return digest.hexdigest()

    def fingerprint_in(self, texts: Iterable[str]) -> str:
        """Name the terms that stand anywhere in the texts, those that others hide among them: a SHA-256.

        Two bases that agree on it find the same terms in the texts and in every part of them.
        """
        found: set[str] = set()
        for text in texts:
            line, _ = canonical_line(fold(text))
            found.update(line[start:end] for start, end in self._table.find(line))
            found.update(key for _, _, key in self._errors.find(line))
        places = sorted((i for key in found for i in self._places(key)), key=lambda i: (self._rank(i), i))
        digest = hashlib.sha256()
        for i in places:
            digest.update(repr((self._surfaces[i], self._owners[i])).encode())
        return digest.hexdigest()

    def find(self, text: str) -> tuple[TermMatch, ...]:
        """Find the terms of a text (NFC) in their order, no two overlapping."""
        line, words = canonical_line(fold(text))
        starts = {word.at: i for i, word in enumerate(words)}
        ends = {word.at + len(word.folded): i + 1 for i, word in enumerate(words)}
        found: list[tuple[_Order, TermMatch]] = []
        for start, end in self._table.find(line):
            span = words[starts[start] : ends[end]]
            key = line[start:end]
            entry = _choose(self._entries(key), text[span[0].start : span[-1].end])
            if entry and not _is_code(text, span) and not _is_name(text, span, entry.surface):
                rank = _LAST if len(span) == 1 and is_syllable(key) else entry.rank
                found.append(_match(entry.term, rank, text, span))
        for start, end, key in self._errors.find(line):
            entry = _choose(self._entries(key), None)
            if entry:
                found.append(_match(entry.term, entry.rank, text, words[starts[start] : ends[end]], typo=True))
        return _select(found)

    def _places(self, key: str) -> tuple[int, ...]:
        return (self._first[key], *self._further.get(key, ()))

    def _rank(self, place: int) -> int:
        return self._ranks[self._owners[place].origin]

    def _entries(self, key: str) -> list[_Entry]:
        """Give what a key can mean, the first choice first."""
        entries: list[_Entry] = []
        for i in self._places(key):
            entry = _Entry(self._owners[i], self._surfaces[i], self._rank(i))
            if entries and entries[0].rank < entry.rank and entries[0].term.case == entry.term.case:
                entries[0] = entries[0]._replace(term=_hide(entries[0].term, entry.term))
            else:
                entries.append(entry)
        return entries


def _hide(term: Term, hidden: Term) -> Term:
    if term.policy != "force" or hidden.policy not in ("force", "prefer"):
        return term
    allowed = {t.lower() for t in (term.target, *term.alternatives, *term.forbidden)}
    wrong = tuple(t for t in (hidden.target, *hidden.alternatives) if t and t.lower() not in allowed)
    return replace(term, forbidden=term.forbidden + wrong)


def _choose(entries: list[_Entry], text: str | None) -> _Entry | None:
    """Take the first entry whose case rule the text keeps; a typing error (None) can keep no exact one."""
    for entry in entries:
        if entry.term.case != "exact" or (text and _same_case(text, entry.surface)):
            return entry
    return None


def _same_case(text: str, surface: str) -> bool:
    """Compare the words with their capitals; a capital where a sentence begins is no difference."""
    words, wanted = (" ".join(WORD.findall(normalise_tones(t))).translate(QUOTES) for t in (text, surface))
    return words == wanted or (wanted[0].islower() and words[0].lower() + words[1:] == wanted)


def _is_code(text: str, span: list[SourceWord]) -> bool:
    """Say whether a short form is a part of a document's number: UBND in 05/KL-UBND."""
    start, end = span[0].start, span[-1].end
    glued = r"\w[-/.]$", r"[-/]\w"
    return text[start:end].isupper() and bool(re.search(glued[0], text[:start][-2:]) or re.match(glued[1], text[end:]))


def _is_name(text: str, span: list[SourceWord], surface: str) -> bool:
    """Say whether the capitals show that two syllables are a name's: "Đặng Quốc Khánh", "xã Viên An"."""
    if len(span) != 2:
        return False
    first, second = (text[word.start : word.end] for word in span)
    if not second.istitle() or WORD.findall(surface)[-1][0].isupper():
        return False
    before = re.search(r"([^\W\d_]+) $", text[: span[0].start])
    return first.islower() or (first.istitle() and bool(before and before[1].istitle()))


_Order = tuple[int, int, int, bool]  # the order of the rules: see `TermBase`
_LAST = 1 << 30


def _match(term: Term, rank: int, text: str, span: list[SourceWord], *, typo: bool = False) -> tuple[_Order, TermMatch]:
    start, end = span[0].start, span[-1].end
    return (rank, start, -end, typo), TermMatch(term, start, end, text[start:end], typo)


def _select(found: list[tuple[_Order, TermMatch]]) -> tuple[TermMatch, ...]:
    """Keep the matches that win their place."""
    taken: list[TermMatch] = []
    occupied: set[int] = set()
    for _, match in sorted(found, key=lambda item: item[0]):
        place = range(match.start, match.end)
        if occupied.isdisjoint(place):
            occupied.update(place)
            taken.append(match)
    return tuple(sorted(taken, key=lambda m: m.start))
