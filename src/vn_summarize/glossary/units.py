"""Vietnam's administrative units, before and since the reform of 2025: which names there are, and what became of them.

The table is data/places.tsv, whose header explains it. It is read on first use and only the entries that a
text needs are parsed, so that it costs a few milliseconds.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from vn_summarize.verification.names import strip_marks

TABLE = Path(__file__).parent.parent / "data" / "places.tsv"
PROVINCE, DISTRICT, COMMUNE = "TC", "ksqh", "xptd"
"""The letters of the types at each of the three levels; the middle one ended on July 1, 2025."""
NOUNS = {
    "T": "Province",
    "C": "City",
    "k": "City",
    "s": "Town",
    "q": "District",
    "h": "District",
    "x": "Commune",
    "p": "Ward",
    "t": "Township",
    "d": "Special Zone",
}
"""The English for each type."""
ENGLISH_NAMES = {
    "hà nội": "Hanoi",
    "hồ chí minh": "Ho Chi Minh City",
    "đà nẵng": "Da Nang",
    "hải phòng": "Hai Phong",
    "cần thơ": "Can Tho",
    "huế": "Hue",
}
"""The places whose English name has no diacritics, whatever the option."""

_HAS_PARENT = re.compile(r"[TC.]")
_UNIT = re.compile(r"([+~]?)([A-Za-z])(\d+)(?:\.(\d+))?(?:>(\d+))?")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: the letter of its type, its own code, that of the unit it belongs to and of the one it went into.

    A province belongs to none; communes have no code of their own. `since` is + for a unit of today and ~
    where the name is an older one of the unit.
    """

    type: str
    own: str
    parent: str
    into: str
    since: str


def known(name: str, types: str) -> bool:
    """Say whether a folded name is that of a unit of one of these types, at any time."""
    return any(letter in types for letter in re.findall("[A-Za-z]", _table().get(name, "")))


def units_of(name: str) -> tuple[Unit, ...]:
    """List the units that have a folded name."""
    return tuple(
        Unit(letter, code, "", into, now) if letter in PROVINCE else Unit(letter, own, code, "", now)
        for now, letter, code, own, into in _UNIT.findall(_table().get(name, ""))
    )


@cache
def provinces() -> tuple[str, ...]:
    """List the names of all provinces and cities under the state."""
    return tuple(name for name, text in _table().items() if "T" in text or "C" in text)


def respell_provinces(english: str) -> str:
    """Write a province's name in one spelling: "Thừa Thiên - Huế", not "Thừa Thiên - Hue", though the city is Hue."""
    for pattern, end in _half_english():
        english = pattern.sub(rf"\1{end}", english)
    return english


@cache
def _half_english() -> tuple[tuple[re.Pattern[str], str], ...]:
    """List the provinces whose last syllables are a place with an English name, as patterns of the mixture."""
    return tuple(
        (re.compile(rf"({title(start.strip())}(?:\s?[-–]\s?|\s)){ENGLISH_NAMES[end]}\b"), title(end))
        for name in provinces()
        for end in ENGLISH_NAMES
        if name != end and (start := name.removesuffix(end)) != name
    )


def variant_of(name: str, types: str) -> str:
    """Give the known name that a folded name spells with other marks or spaces ("kontum"), "" if there is none."""
    return next((other for other in _loose_names().get(_loosen(name), ()) if known(other, types)), "")


def today(name: str, letter: str, parents: Collection[str]) -> str:
    """Say what a unit of before the reform is or belongs to today: "Quảng Ngãi Province".

    `parents`: the folded names of the district or province that the text gives it. "" where nothing changed,
    where several units have the name and no parent tells which is meant, and where the table has no such unit.
    """
    units = [unit for unit in units_of(name) if unit.type == letter and unit.since != "+"]
    if parents:
        units = [unit for unit in units if {_name(_district(unit)), _name(_province(unit))} & set(parents)]
    notes = {_note(unit, name) for unit in units}
    return notes.pop() if len(notes) == 1 else ""


def title(name: str) -> str:
    """Give a folded name its capitals."""
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)


def _note(unit: Unit, name: str) -> str:
    code = _successor(_province(unit))
    province = _province_today(code)
    if unit.type in PROVINCE:
        same = any(u.since == "+" and u.type == unit.type and u.own == code for u in units_of(name))
        return "" if same else province
    if unit.type in DISTRICT:
        return f"no district since July 1, 2025; its area is in {province}"
    heirs = [u for u in units_of(name) if u.since == "+" and u.parent == code]
    if any(u.type == unit.type for u in heirs):
        return "" if code == _province(unit) else f"{title(name)} {NOUNS[unit.type]}, {province}"
    if heirs:
        return f"{title(name)} {NOUNS[heirs[0].type]}, {province}"
    return f"no unit of this name since July 1, 2025; its area is in {province}"


def _district(unit: Unit) -> str:
    return unit.parent if unit.type in COMMUNE else ""


def _province(unit: Unit) -> str:
    if unit.type in PROVINCE:
        return unit.own
    return _parents()[unit.parent][1].parent if unit.type in COMMUNE and unit.since != "+" else unit.parent


def _name(code: str) -> str:
    return _parents()[code][0] if code else ""


def _successor(province: str) -> str:
    return _parents()[province][1].into or province


def _province_today(code: str) -> str:
    name = _name(code)
    unit = next(u for u in units_of(name) if u.since == "+" and u.own == code)
    english = ENGLISH_NAMES.get(name, title(name))
    return english if english.endswith(NOUNS[unit.type]) else f"{english} {NOUNS[unit.type]}"


@cache
def _table() -> dict[str, str]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))


@cache
def _parents() -> dict[str, tuple[str, Unit]]:
    """Give the provinces and districts of before the reform, with their names, by their code."""
    found = ((name, unit) for name, text in _table().items() if _HAS_PARENT.search(text) for unit in units_of(name))
    return {unit.own: (name, unit) for name, unit in found if unit.own and not unit.since}


@cache
def _loose_names() -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    table = list(_table())
    for name, loose in zip(table, strip_marks("\n".join(table)).split("\n"), strict=True):
        key = re.sub(r"\W", "", loose)
        names[key] = (*names.get(key, ()), name)
    return names


def _loosen(name: str) -> str:
    return re.sub(r"\W", "", strip_marks(name))
