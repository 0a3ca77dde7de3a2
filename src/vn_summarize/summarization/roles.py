"""In which role a name or a number stands: its level, office, unit, bound and counted noun, by its neighbours."""

import re
from collections.abc import Iterator, Sequence, Set

from vn_summarize.summarization.statements import Item, Passage, Statement
from vn_summarize.verification.wording import FUNCTION_WORDS, bound, canonical

_LEVELS = re.compile(r"(?:Province|Provincial|District|Commune|Town|City|Ward|Village|Hamlet)\b")
_DEPUTY = re.compile(r"\b(?:Vice|Deputy)\b", re.IGNORECASE)
_OFFICE = re.compile(r"\b(?:Chair\w*|Secretary|President|Director|Head|Principal|Minister|Chief)\b")
_UNIT = re.compile(
    r"(?:\s?(?:hundred|thousand|million|billion|trillion))*\s?(%|percent\b|VND|USD|ha\b|hectares?|km\b|kilometers?"
    r"|kg\b|tons?\b|m2|m3|m\b)"
)
_SAME_UNIT = {"percent": "%", "ha": "hectare", "km": "kilometer"}


_MEASURES = {"money": ("VND", "USD"), "weight": ("kg", "ton"), "length": ("m", "kilometer"), "area": ("m2", "hectare")}
_CHANGE = re.compile(r"\b(?P<to>to|at)\s(?:just |only )?$|\b(?P<of>from)\s$|\b(?P<by>by|up|down)\s$", re.IGNORECASE)


def find_misplaced(claim: Statement, support: Sequence[Passage]) -> Iterator[str]:
    """Name the names and numbers that stand beside other words than in the support."""
    for item in claim.items:
        there = [(p.english, o) for p in support for o in p.english.items if o.same(item)]
        shown = claim.text[item.start : item.end]
        if there and item.kind == "name":
            for what, tell in (("level", level), ("office", office)):
                if _differs(tell(claim, item), {tell(s, o) for s, o in there} - {""}):
                    yield f"“{shown}” has another {what}"
        elif there and item.kind == "number":
            limit, unit = bound(claim.text[: item.start]), _unit(claim, item)
            if limit and all(bound(s.text[: o.start]) != limit for s, o in there):
                yield f"“{shown}” is not {limit} in its source"
            if unit and all(_unit(s, o) != unit for s, o in there):
                yield f"“{shown}” has another unit"
            if _differs(_change(claim, item), {_change(s, o) for s, o in there} - {""}):
                yield f"“{shown}” is another step of the change"
            if not unit and _counts_otherwise(claim, item, there, support):
                yield f"“{shown}” counts something else"


def _differs(ours: str, theirs: Set[str]) -> bool:
    """Say whether both sides tell something, and not the same."""
    return bool(ours and theirs) and ours not in theirs


def may_be_exchanged(claim: Statement, item: Item, statement: Statement, other: Item) -> bool:
    """Say whether another fact might stand in a fact's place: of two numbers, if they measure alike."""
    if item.kind != other.kind:
        return False
    if item.kind != "number":
        return True
    ours, theirs = _change(claim, item), _change(statement, other)
    same = _measure(_unit(claim, item)) == _measure(_unit(statement, other))
    return same and not (ours and theirs and ours != theirs)


def level(statement: Statement, item: Item) -> str:
    """Give the level that stands behind a name: "District"; "" where none does."""
    found = _LEVELS.match(statement.text[item.end :].lstrip())
    return found.group().replace("Provincial", "Province") if found else ""


def office(statement: Statement, item: Item) -> str:
    """Say whether a name's office is a deputy's, "" where it has none."""
    before = re.split(r"[,;]\s", statement.text[: item.start])[-1]
    behind = re.match(r",\s(?:the )?([^.;]{0,60}?)(?=[,.;]|$)", statement.text[item.end :])
    for stretch in (before[-70:], behind[1] if behind else ""):
        if _OFFICE.search(stretch):
            return "deputy" if _DEPUTY.search(stretch) else "first"
    return ""


def _unit(statement: Statement, item: Item) -> str:
    found = _UNIT.match(statement.text[item.end :])
    unit = found[1] if found else ""
    return _SAME_UNIT.get(unit, unit.removesuffix("s"))


def _measure(unit: str) -> str:
    """Give what a unit measures, "" for a number that counts."""
    return next((name for name, units in _MEASURES.items() if unit in units), unit)


def _change(statement: Statement, item: Item) -> str:
    """Say whether a number is where a change ends, where it begins, or how much it is; "" where no word says so."""
    found = _CHANGE.search(statement.text[: item.start])
    return found.lastgroup or "" if found else ""


def _counts_otherwise(
    claim: Statement, item: Item, there: Sequence[tuple[Statement, Item]], support: Sequence[Passage]
) -> bool:
    """Say whether a number counts what its source does not have near it, or what another number counts."""
    nouns = _counted(claim, item)
    near = [_around(s, o) for s, o in there]
    if not nouns or any(nouns[-1] in words for words in near):
        return False
    others = {
        noun
        for p in support
        for o in p.english.items
        if o.kind == "number" and not o.same(item)
        for noun in _counted(p.english, o)
    }
    return nouns[-1] in others or not any(set(nouns) & words for words in near)


def _counted(statement: Statement, item: Item) -> list[str]:
    """Give what a number counts: the words right behind it, up to a function word or a sign."""
    behind = re.match(r"(?:[\s-][^\W\d_]+(?:['’-][^\W\d_]+)*){1,4}", statement.text[item.end :])
    nouns: list[str] = []
    for word in re.findall(r"[^\W\d_]+", behind.group() if behind else ""):
        if word.lower() in FUNCTION_WORDS or len(word) < 2:
            break
        nouns.append(canonical(word))
    return nouns


def _around(statement: Statement, item: Item) -> set[str]:
    near = re.split(r"[,;:]\s", statement.text[: item.start])[-1][-30:] + statement.text[item.start : item.end + 60]
    return {canonical(word) for word in re.findall(r"[^\W\d_]+", near)}
