"""What the model is told inside a sentence: the English that terms require, and facts that an answer lost."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from vn_summarize.cleaning import fold
from vn_summarize.document import Check
from vn_summarize.facts.people import OFFICE
from vn_summarize.glossary.enforcement import mark_inline, required
from vn_summarize.glossary.places import TYPES, find_name
from vn_summarize.glossary.terms import PLACES, Term, TermMatch
from vn_summarize.verification.bodies import SURNAMES
from vn_summarize.verification.names import is_copied

_LEVELS = {
    "Provincial": "T",
    "District": "h",
    "Commune": "x",
    "Ward": "p",
    "Township": "t",
    "City": "Ck",
    "Municipal": "Ck",
}
_TYPE = re.compile(rf"(?<!\w)(?:{'|'.join(TYPES)})$")
_CAPITAL = r"[A-ZĐÀ-Ỹ][^\W\d_]+"
_NAME = re.compile(rf"{_CAPITAL}(?: {_CAPITAL}){{0,2}}(?!\w| {_CAPITAL})")
_LEVEL = re.compile(rf"\b(?:{'|'.join(_LEVELS)})\b(?= [A-Z])")
"""A level of government before a body's name."""


def to_tell(text: str, matches: Sequence[TermMatch | None], places: Sequence[TermMatch] = ()) -> list[TermMatch]:
    """Give the matches that a model is told of: required ones, of places only those named; it knows a commune.

    A body is told with the place behind it, since English puts that first: "Huyện ủy Sa Thầy" is the Sa Thầy
    District Party Committee.
    """
    asked = [m for m in matches if m and m.term.policy != "prefer" and required(m)]
    told = [m for m in asked if m.term.origin != PLACES or m in places]
    named = [_with_place(text, m) for m in told]
    free = [all(n.end <= m.start for m in told[i + 1 : i + 2]) for i, n in enumerate(named)]
    return [n if fits else m for m, n, fits in zip(told, named, free, strict=True)]


def _with_place(text: str, match: TermMatch) -> TermMatch:
    """Write the place that stands right behind a body into its English."""
    levels = _LEVEL.findall(match.term.target)
    if len(levels) != 1 or match.term.policy == "keep" or text[match.end : match.end + 1] != " ":
        return match
    found = find_name(text, match.end + 1, _LEVELS[levels[0]]) or _unknown_name(text, match)
    if not found:
        return match
    name, end = found
    level = f"{levels[0]} {name}" if name.isdigit() else name if name.endswith(" City") else f"{name} {levels[0]}"
    target = _LEVEL.sub(level, match.term.target)
    return TermMatch(replace(match.term, target=target), match.start, end, text[match.start : end], match.typo)


def _unknown_name(text: str, match: TermMatch) -> tuple[str, int] | None:
    """Give the name behind "công an huyện" and the like with its end, though no table has it: "Krông Pắk".

    Behind an office ("Chủ tịch UBND xã") it is a person's.
    """
    if OFFICE.match(match.term.target) or not _TYPE.search(fold(match.text)):
        return None
    name = _NAME.match(text, match.end + 1)
    return (name[0], name.end()) if name and name[0].partition(" ")[0] not in SURNAMES else None


def tell_facts(text: str, placed: Sequence[TermMatch | None], checks: Sequence[Check]) -> str:
    """Write into a text the English of the facts that failed a check, beside its terms; "" where none stands there.

    A fact inside a term's place is told by the term: "xã Hơ Moong" says "Hơ Moong" too.
    """
    lost = list(_find(text, checks))
    terms = to_tell(text, placed, [m for m in placed if m and any(m.overlaps(fact.start, fact.end) for fact in lost)])
    told = list(terms)
    for fact in lost:
        if not any(other.overlaps(fact.start, fact.end) for other in told):
            told.append(fact)
    return mark_inline(text, sorted(told, key=lambda m: m.start)) if lost else ""


def _find(text: str, checks: Sequence[Check]) -> Iterator[TermMatch]:
    """Find the facts that failed, each at the first place that no check before it has.

    A name that English may say otherwise ("Litva", "Cha Johnson") is none to be copied; the English of one date of a
    span ("8/6 - 10/6") is none of the span.
    """
    end: dict[str, int] = {}
    written = Counter(check.source for check in checks)
    for check in checks:
        if written[check.source] > text.count(check.source):
            continue
        end_ = r"(?!\w)" if check.source[-1:].isalpha() else r"(?![\w/-]|[.,]\d)"  # "60 tạ/ha", but not 12/QĐ
        pattern = re.compile(rf"(?<![\w/.,-]){re.escape(check.source)}{end_}")
        found = pattern.search(text, end.get(check.source, 0))
        if not found:
            continue
        end[check.source] = found.end()
        surely = check.kind != "name" or check.expected != check.source or is_copied(check.source)
        if surely and not check.ok:
            yield TermMatch(Term(check.source, check.expected), *found.span(), check.source)
