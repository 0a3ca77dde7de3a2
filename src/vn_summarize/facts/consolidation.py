"""One fact for each thing: a place, person or body that several sentences name is told once, in its fullest words."""

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from itertools import groupby

from vn_summarize.document import Fact
from vn_summarize.glossary.places import find_mentions

_POSSESSIVE = re.compile(r"['’]s?$")
_ADJECTIVE = re.compile(r" (?:Provincial|Municipal)$")
_NOUN = {"provincial": "province", "municipal": "city"}
_SMALL = frozenset(("of", "the"))


def consolidate(facts: Sequence[Fact]) -> list[Fact]:
    """Give each fact once, in reading order: of a place with its type, of a person with the longest title."""
    merged: list[Fact] = []
    for kind, group in groupby(sorted(facts, key=lambda fact: fact.kind), key=lambda fact: fact.kind):
        key, rank = _RULES.get(kind, (_said, _none))
        found: dict[Hashable, Fact] = {}
        for fact in group:
            known = found.setdefault(key(fact), fact)
            if rank(fact) > rank(known):
                found[key(fact)] = fact
        merged += _FILTERS.get(kind, list)([*found.values()])
    return [_bare(fact) if fact.kind == "place" else fact for fact in merged]


def _said(fact: Fact) -> Hashable:
    return fact.text.casefold(), fact.counted.casefold()


def _none(_: Fact) -> int:
    return 0


def _units(fact: Fact) -> frozenset[tuple[str, str]]:
    """Give the units that a place's Vietnamese names, by level and name: a province may have become a city."""
    mentions = find_mentions(fact.source)
    return frozenset((m.type.replace("C", "T"), name.key) for m in mentions for name in m.names)


def _place(fact: Fact) -> Hashable:
    return _units(fact) or _said(fact)


def _has_type(fact: Fact) -> int:
    """Rank "Phú Yên Province" before "Phú Yên Provincial" and "Phú Yên"."""
    return int(" " in fact.source and fact.source[0].islower() and not _ADJECTIVE.search(_bare_text(fact)))


def _bare_text(fact: Fact) -> str:
    return _POSSESSIVE.sub("", fact.text)


def _bare(fact: Fact) -> Fact:
    return replace(fact, text=_ADJECTIVE.sub("", _bare_text(fact)))


def _single(places: Sequence[Fact]) -> list[Fact]:
    """Leave out several places in one whose every place is told by itself, too."""
    named = [_units(fact) for fact in places]
    alone = frozenset[tuple[str, str]]().union(*(units for units in named if len(units) == 1))
    return [fact for fact, units in zip(places, named, strict=True) if len(units) < 2 or not units <= alone]


def _body(fact: Fact) -> Hashable:
    """Make one of "Phú Yên Provincial People's Committee" and "People's Committee of Phú Yên Province"."""
    words = (word.casefold() for word in re.findall(r"[\w'’-]+", fact.text))
    return frozenset(_NOUN.get(word, word.removesuffix("s")) for word in words if word not in _SMALL)


def _whole_bodies(bodies: Sequence[Fact]) -> list[Fact]:
    """Leave out "People's Committee" where one longer name ends with it, or has a place behind it."""

    def longer(body: Fact) -> int:
        return sum(o.text.endswith(f" {body.text}") or o.text.startswith(f"{body.text} of ") for o in bodies)

    return [body for body in bodies if longer(body) != 1]


def _full_names(people: Sequence[Fact]) -> list[Fact]:
    """Leave out "Hồng" where "Bùi Minh Hồng" is told; a title of its own keeps a short name."""
    names = [fact.text.split() for fact in people]
    ends = {" ".join(words[i:]) for words in names for i in range(1, len(words))}
    return [fact for fact in people if fact.title or fact.text not in ends]


def _date(fact: Fact) -> Hashable:
    return re.sub(r"\s*[-–—]\s*", "-", fact.text)


_RULES: dict[str, tuple[Callable[[Fact], Hashable], Callable[[Fact], int]]] = {
    "date": (_date, _none),
    "place": (_place, _has_type),
    "body": (_body, _none),
    "person": (_said, lambda fact: len(fact.title)),
}
_FILTERS: dict[str, Callable[[Sequence[Fact]], list[Fact]]] = {
    "place": _single,
    "body": _whole_bodies,
    "person": _full_names,
}
