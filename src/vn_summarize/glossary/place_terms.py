"""The terms of glossaries with the places of a text beside them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from vn_summarize.cleaning import fold
from vn_summarize.glossary.formats import BUILTIN
from vn_summarize.glossary.inflection import plural
from vn_summarize.glossary.places import TYPE, TYPES, Mention, find_mentions, required_term
from vn_summarize.glossary.syllables import is_syllable
from vn_summarize.glossary.terms import PLACES, Term, TermBase, TermMatch

_NUMBERED = {
    "thôn": "Village",
    "làng": "Village",
    "bản": "Village",
    "buôn": "Village",
    "ấp": "Hamlet",
    "xóm": "Hamlet",
    "khu phố": "Quarter",
    "tổ dân phố": "Residential Group",
}
"""The words for the parts of a commune that often have a number for a name."""
_NUMBERED_PLACE = re.compile(
    rf"(?<!\d )\b({'|'.join(_NUMBERED)}) (\d{{1,2}})"
    r"(?=[,;:)…]|\.(?!\d)|$| (?:xã|phường|thị trấn|huyện|thuộc|và)(?!\w))"
)


class PlaceTerms(TermBase):
    """The terms of glossaries, and the places of a text beside them.

    A term of the user's glossary wins over a place, unless it is a single syllable inside it. A built-in term wins
    where it reaches beyond the place and is required: "Chủ tịch UBND tỉnh" in "Chủ tịch UBND tỉnh Kon Tum". One
    English word that the user has for a type ("huyện": county) names it in places and in built-in terms, too:
    "Sa Thầy County", "County People's Committee".
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        given = tuple(terms)
        self._types = {
            term.source.lower(): term.target.title()
            for term in reversed(given)
            if term.source.lower() in TYPES and _names_type(term)
        }
        if self._types:
            given = tuple(_as_named(term, self._types) if term.origin == BUILTIN else term for term in given)
        super().__init__(given)

    def find(self, text: str) -> tuple[TermMatch, ...]:
        """Find the terms and places of a text (NFC) in their order, no two overlapping."""
        matches = list(super().find(text))
        for mention in find_mentions(text):
            rivals = [m for m in matches if m.overlaps(mention.start, mention.end)]
            if not any(_wins(rival, mention) for rival in rivals):
                word = TYPE.match(fold(text), mention.start) if self._types and mention.noun else None
                noun = self._types.get(word[1], mention.noun) if word else mention.noun
                term = required_term(replace(mention, noun=noun))
                found = TermMatch(term, mention.start, mention.end, text[mention.start : mention.end])
                matches = [m for m in matches if m not in rivals] + [found]
        for village in _numbered(text):
            rivals = [m for m in matches if m.overlaps(village.start, village.end)]
            if all(m.start >= village.start and m.term.origin == BUILTIN for m in rivals):  # "thôn" itself
                matches = [m for m in matches if m not in rivals] + [village]
        return tuple(sorted(matches, key=lambda m: m.start))


def _numbered(text: str) -> Iterator[TermMatch]:
    """Find villages that have a number for a name: "thôn 4, xã Trà Kót"; English may share the noun of several."""
    every = list(_NUMBERED_PLACE.finditer(text))
    for found in every if len(every) == 1 else ():
        noun = _NUMBERED[found[1]]
        others = tuple(
            f"{other} {found[2]}" for other in (*_NUMBERED.values(), "Neighborhood", "Group") if other != noun
        )
        term = Term(found[0], f"{noun} {found[2]}", alternatives=others, origin=PLACES)
        yield TermMatch(term, found.start(), found.end(), found[0])


def _names_type(term: Term) -> bool:
    """Say whether a term of the user's gives a type of places one English word of its own."""
    return term.origin != BUILTIN and term.policy == "force" and term.target.isalpha()


def _as_named(term: Term, types: Mapping[str, str]) -> Term:
    """Give the types of places in a built-in term the user's English; what it was is then wrong."""
    for word, noun in types.items():
        if re.search(rf"(?<!\w){word}(?!\w)", term.source.lower()):
            own = partial(re.compile(rf"\b{TYPES[word][1]}(s?)\b", re.IGNORECASE).sub, partial(_like, noun))
            target, others = own(term.target), tuple(map(own, term.alternatives))
            wrong = (term.target,) if target != term.target else ()
            term = replace(term, target=target, alternatives=others, forbidden=(*term.forbidden, *wrong))
    return term


def _like(noun: str, found: re.Match[str]) -> str:
    """Write a noun as the one that was found: plural or not, with a capital or not."""
    written = plural(noun) if found[1] else noun
    return written if found[0][0].isupper() else written.lower()


def _wins(match: TermMatch, mention: Mention) -> bool:
    if (match.start, match.end) == (mention.start, mention.end):
        return True
    if match.term.origin != BUILTIN:
        return not is_syllable(fold(match.text))
    beyond = match.start < mention.start or match.end > mention.end
    return beyond and match.term.policy != "prefer"
