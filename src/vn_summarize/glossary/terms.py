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

from vn_summarize.cleaning import normalise_tones
from vn_summarize.glossary.surfaces import QUOTES, WORD, PhraseTable, SourceWord, canonical_line, fold_source, keys_of
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

    def overlaps(self, start: int, end: int) -> bool:
        """Say whether the term has a letter between two places of the text."""
        return self.start < end and start < self.end


class _Entry(NamedTuple):
    """A surface (source or alias) of a term; `rank` is the place of its glossary in the precedence."""

    term: Term
    surface: str
    rank: int


class _Hit(NamedTuple):
    """An entry that the words first .. end - 1 of a text stand for."""

    entry: _Entry
    first: int
    end: int
    doubtful: bool  # gives way to a term that begins before it and ends inside it
    typo: bool = False


class TermBase:
    """Terms of one or several glossaries, those that come first having precedence.

    Terms with the same `origin` make one glossary; its place is that of its first term. Within one
    glossary the longest term wins, then the leftmost. Of an earlier glossary, a term of two
    syllables or more, or a short form, also wins over a longer one of a later glossary; a single
    syllable doesn't, since it is mostly a part of another word. The English that a later glossary
    requires for the same source becomes a forbidden rendering of the forced term that hides it. Two kinds
    give way to a term that begins before them and ends inside them: one with a comma ("khu công nghiệp, xây
    dựng" has no "công nghiệp, xây dựng"), and one whose capital the text lacks ("cán bộ y tế": "Bộ Y tế").

    A typing error is bridged in a term of at least three syllables, or two and twelve letters, when one
    syllable differs from the term's by one letter (put in, left out, changed, or two swapped) and
    cannot be a Vietnamese syllable while the term's can; so a name, or another word, is never taken
    for the term. In a term of at least five syllables it may also be a possible syllable that begins with
    the same letter (d and đ are one), where the term's is in lower case.
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
            line, _ = canonical_line(fold_source(text))
            found.update(line[start:end] for start, end in self._table.find(line))
            found.update(key for _, _, key in self._errors.find(line))
        standing = sorted((i for key in found for i in self._spelt(key)), key=lambda i: (self._rank(i), i))
        digest = hashlib.sha256()
        for i in standing:
            digest.update(repr((self._surfaces[i], self._owners[i])).encode())
        return digest.hexdigest()

    def find(self, text: str) -> tuple[TermMatch, ...]:
        """Find the terms of a text (NFC) in their order, no two overlapping."""
        line, words = canonical_line(fold_source(text))
        starts = {word.at: i for i, word in enumerate(words)}
        ends = {word.at + len(word.folded): i for i, word in enumerate(words, 1)}
        hits: list[_Hit] = []
        for start, end in self._table.find(line):
            span = words[starts[start] : ends[end]]
            key = line[start:end]
            entry = _choose(self._entries(key), text[span[0].start : span[-1].end])
            if entry and not _is_code(text, span) and not _is_name(text, span, entry.surface):
                doubtful = key.count(" ") >= len(span) or _lacks_capital(text, span, entry.surface)
                hits.append(_Hit(entry, starts[start], ends[end], doubtful))
        for start, end, key in self._errors.find(line):
            entry = _choose(self._entries(key), None)
            if entry:
                hits.append(_Hit(entry, starts[start], ends[end], doubtful=True, typo=True))
        return tuple(_match(hit, text, words) for hit in _select(hits, words))

    def _spelt(self, key: str) -> tuple[int, ...]:
        """Give the surfaces that are spelt so, by their number."""
        return (self._first[key], *self._further.get(key, ()))

    def _rank(self, i: int) -> int:
        return self._ranks[self._owners[i].origin]

    def _entries(self, key: str) -> list[_Entry]:
        """Give what a key can mean, the first choice first."""
        entries: list[_Entry] = []
        for i in self._spelt(key):
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
    before, behind = text[max(start - 2, 0) : start], text[end : end + 2]
    return text[start:end].isupper() and bool(re.match(r"\w[-/.]", before) or re.match(r"[-/]\w", behind))


def _is_name(text: str, span: list[SourceWord], surface: str) -> bool:
    """Say whether the capitals show a part of a name: "Đặng Quốc Khánh", "xã Viên An", "bà Lê Xã"."""
    if len(span) > 2 or WORD.findall(surface)[-1][0].isupper():
        return False
    last = text[span[-1].start : span[-1].end]
    start = span[0].start
    before = re.search(r"([\w,] )?([^\W\d_]+) $", text[max(start - _NAME, 0) : start])
    behind_name = bool(before and before[2].istitle())
    if len(span) == 1:
        return last.istitle() and behind_name and bool(before and before[1])
    first = text[span[0].start : span[0].end]
    return last.istitle() and (first.islower() or (first.istitle() and behind_name))


def _lacks_capital(text: str, span: list[SourceWord], surface: str) -> bool:
    """Say whether a term that begins with a capital stands without it, or where all letters are capitals."""
    word, printed = text[span[0].start : span[0].end], WORD.findall(surface)[0]
    return printed[0].isupper() and (word[0].islower() or (word.isupper() and not printed.isupper()))


def _select(hits: list[_Hit], words: list[SourceWord]) -> list[_Hit]:
    """Keep the hits that win their place, in the order of the text (the rules: see `TermBase`)."""
    begins: dict[int, int] = {}  # where the longest sure hit begins that ends there
    for hit in hits:
        if not hit.doubtful:
            begins[hit.end] = min(hit.first, begins.get(hit.end, hit.first))

    def is_sure(hit: _Hit) -> bool:
        return not (hit.doubtful and any(begins.get(i, i) < hit.first for i in range(hit.first + 1, hit.end)))

    def order(hit: _Hit) -> tuple[int, int, int, bool]:
        length = hit.end - hit.first
        part = length == 1 and is_syllable(words[hit.first].folded)
        return (_LAST if part else hit.entry.rank, -length, hit.first, hit.typo)

    taken: list[_Hit] = []
    occupied: set[int] = set()
    for hit in sorted(filter(is_sure, hits), key=order):
        place = range(hit.first, hit.end)
        if occupied.isdisjoint(place):
            occupied.update(place)
            taken.append(hit)
    return sorted(taken, key=lambda hit: hit.first)


def _match(hit: _Hit, text: str, words: list[SourceWord]) -> TermMatch:
    start, end = words[hit.first].start, words[hit.end - 1].end
    return TermMatch(hit.entry.term, start, end, text[start:end], hit.typo)


_NAME = 40  # letters before a word that are looked at
_LAST = 1 << 30  # the rank of what is mostly a part of another word
