"""Look a text up in a base of terms: what stands in it, what is spelt like it, and the way back from the English."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vn_summarize.cleaning import fold
from vn_summarize.glossary import units
from vn_summarize.glossary.surfaces import canonical
from vn_summarize.glossary.terms import Term, TermBase
from vn_summarize.verification.names import strip_marks

KINDS = ("match", "hidden", "place", "english", "inside", "near")
"""match: the term is used at this place of the text. hidden: another term is used instead of it. place: a unit has
this name. english: its English has the text. inside: its Vietnamese has the text and more. near: it is spelt almost
so, or with other marks."""

_MOST = 20  # hits of a kind
_CLOSE = 0.8  # of difflib's ratio: one letter of five
_PLACE_WORDS = {
    "T": "tỉnh",
    "C": "thành phố",
    "k": "thành phố",
    "s": "thị xã",
    "q": "quận",
    "h": "huyện",
    "t": "thị trấn",
    "x": "xã",
    "p": "phường",
    "d": "đặc khu",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A term that has to do with the text that was looked up."""

    kind: str
    text: str  # what of the text, or of the term, it is found by
    term: Term


def search(query: str, base: TermBase) -> list[Hit]:
    """Look up a Vietnamese or English text (NFC); the surest hits first, at most twenty of a kind."""
    surfaces = [(canonical(surface), surface, term) for term in base.terms for surface in (term.source, *term.aliases)]
    hits = [*_matches(query, base), *_spelt(query, surfaces), *_places(query, base)]
    hits += [*_english(query, base.terms), *_inside(query, surfaces)]
    if not any(hit.kind in ("match", "hidden", "english") for hit in hits):
        hits += _near(query, surfaces)
    unique: dict[tuple[str, str, str], Hit] = {}
    for hit in sorted(hits, key=lambda hit: KINDS.index(hit.kind)):
        unique.setdefault((hit.term.source, hit.term.target, hit.term.origin), hit)
    return [hit for kind in KINDS for hit in [h for h in unique.values() if h.kind == kind][:_MOST]]


def _matches(query: str, base: TermBase) -> Iterator[Hit]:
    for match in base.find(query):
        yield Hit("match", match.text, match.term)


def _spelt(query: str, surfaces: Sequence[tuple[str, str, Term]]) -> Iterator[Hit]:
    """Give the terms spelt like the whole query; those that `_matches` gives too stay matches."""
    key = canonical(query)
    yield from (Hit("hidden", surface, term) for own, surface, term in surfaces if own == key)


def _english(query: str, terms: Iterable[Term]) -> Iterator[Hit]:
    words = re.findall(r"\w+", query.lower())
    if not words:
        return
    pattern = re.compile(r"\b" + r"[\W_]+".join(map(re.escape, words)) + r"(?:s|es)?\b")
    found = []
    for term in terms:
        for text in (term.target, *term.alternatives):
            if text and pattern.search(text.lower()):
                found.append(Hit("english", text, term))
                break
    yield from sorted(found, key=lambda hit: len(hit.text))


def _inside(query: str, surfaces: Sequence[tuple[str, str, Term]]) -> Iterator[Hit]:
    key = canonical(query)
    found = (Hit("inside", surface, term) for own, surface, term in surfaces if key and f" {key} " in f" {own} ")
    yield from sorted(found, key=lambda hit: len(hit.text))


def _places(query: str, base: TermBase) -> Iterator[Hit]:
    """Find the units of a name, which a base with places knows with the type before it only."""
    types = "".join(_PLACE_WORDS)
    folded = fold(query)
    for name in dict.fromkeys((folded, units.variant_of(folded, types))):
        for letter in dict.fromkeys(unit.type for unit in units.units_of(name)):
            text = f"{_PLACE_WORDS[letter]} {query if name == folded and not query.islower() else units.title(name)}"
            yield from (Hit("place", text, match.term) for match in base.find(text) if match.text == text)


def _near(query: str, surfaces: Sequence[tuple[str, str, Term]]) -> Iterator[Hit]:
    bare = strip_marks(canonical(query))
    by_bare: dict[str, list[tuple[str, Term]]] = {}
    for key, surface, term in surfaces:
        by_bare.setdefault(strip_marks(key), []).append((surface, term))
    close = difflib.get_close_matches(bare, by_bare, n=5, cutoff=_CLOSE)
    holding = sorted((key for key in by_bare if f" {bare} " in f" {key} "), key=len) if bare else []
    for key in dict.fromkeys((*([bare] if bare in by_bare else ()), *close, *holding)):
        yield from (Hit("near", surface, term) for surface, term in by_bare[key])
