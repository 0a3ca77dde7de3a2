"""Terms, and where a sentence has them: whole syllables, accent-exact, longest first, without overlap.

Two spellings are one when they differ in case, in the place of the tone mark (hoà, hòa), in white
space or in hyphens ("kinh tế – xã hội", "kinh tế-xã hội"). One letter may be wrong in a long term
(see `TermBase`). The time is linear in the text: one pass of an Aho-Corasick automaton.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import ahocorasick

from vn_summarize.cleaning import fold, normalise_tones
from vn_summarize.glossary.surfaces import QUOTES, WORD, SourceWord, build_automaton, canonical_line, key_of
from vn_summarize.glossary.syllables import is_syllable
from vn_summarize.glossary.typos import ErrorIndex

POLICIES = ("force", "prefer", "keep", "forbid")
CASES = ("auto", "exact")


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
        self._entries: dict[str, list[_Entry]] = {}
        ranks: dict[str, int] = {}
        surfaces = [(term, surface) for term in self.terms for surface in (term.source, *term.aliases)]
        lines = "".join(surface.replace("\n", " ") + "\n" for _, surface in surfaces)
        folded = fold(lines).split("\n")[:-1]  # one call is fast
        for (term, surface), text in zip(surfaces, folded, strict=True):
            entry = _Entry(term, surface, ranks.setdefault(term.origin, len(ranks)))
            key = key_of(text)
            if key:
                self._add(key, entry)
        self._automaton = build_automaton((key, key) for key in self._entries)
        self._errors = ErrorIndex((key, entries[0].surface) for key, entries in self._entries.items())

    def __len__(self) -> int:
        return len(self.terms)

    @property
    def fingerprint(self) -> str:
        """Name the terms and their order: a SHA-256 over every field of each."""
        digest = hashlib.sha256()
        for term in self.terms:
            digest.update(repr(term).encode())
        return digest.hexdigest()

    def find(self, text: str) -> tuple[TermMatch, ...]:
        """Find the terms of a text (NFC) in their order, no two overlapping."""
        line, words = canonical_line(fold(text))
        starts = {word.at: i for i, word in enumerate(words)}
        found: list[tuple[_Entry, TermMatch]] = []
        for last, key in _hits(self._automaton, line):
            first = starts[last - len(key)]
            span = words[first : first + len(WORD.findall(key))]
            entry = _choose(self._entries[key], text[span[0].start : span[-1].end])
            if entry and not _is_code(text, span) and not _is_name(text, span, entry.surface):
                found.append(_match(entry, text, span, typo=False))
        for key, span in self._errors.find(line, words, starts):
            entry = _choose(self._entries[key], None)
            if entry:
                found.append(_match(entry, text, span, typo=True))
        return _select(found)

    def _add(self, key: str, entry: _Entry) -> None:
        entries = self._entries.setdefault(key, [])
        if entries and entries[0].rank < entry.rank and entries[0].term.case == entry.term.case:
            entries[0] = entries[0]._replace(term=_hide(entries[0].term, entry.term))
            return
        entries.append(entry)


def _hide(term: Term, hidden: Term) -> Term:
    if term.policy != "force" or hidden.policy not in ("force", "prefer"):
        return term
    allowed = {t.lower() for t in (term.target, *term.alternatives, *term.forbidden)}
    wrong = tuple(t for t in (hidden.target, *hidden.alternatives) if t and t.lower() not in allowed)
    return replace(term, forbidden=term.forbidden + wrong)


def _hits(automaton: "ahocorasick.Automaton | None", line: str) -> Iterator[tuple[int, str]]:
    return iter(()) if automaton is None else automaton.iter(line)


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


def _match(entry: _Entry, text: str, span: list[SourceWord], *, typo: bool) -> tuple[_Entry, TermMatch]:
    start, end = span[0].start, span[-1].end
    return entry, TermMatch(entry.term, start, end, text[start:end], typo)


def _select(found: list[tuple[_Entry, TermMatch]]) -> tuple[TermMatch, ...]:
    """Keep the matches that win their place (the order of the rules: see `TermBase`)."""

    def order(item: tuple[_Entry, TermMatch]) -> tuple[int, int, int, bool]:
        entry, match = item
        return (_LAST if is_syllable(fold(match.text)) else entry.rank, match.start, -match.end, match.typo)

    taken: list[TermMatch] = []
    occupied: set[int] = set()
    for _, match in sorted(found, key=order):
        place = range(match.start, match.end)
        if occupied.isdisjoint(place):
            occupied.update(place)
            taken.append(match)
    return tuple(sorted(taken, key=lambda m: m.start))


_LAST = 1 << 30
