"""What is doubtful in a glossary: terms that hide each other, rows turned round, terms that never occur."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vn_summarize.cleaning import fold
from vn_summarize.document import Finding, Severity
from vn_summarize.glossary.surfaces import WORD, canonical
from vn_summarize.glossary.syllables import is_syllable
from vn_summarize.glossary.terms import Term, TermBase
from vn_summarize.verification.form import is_vietnamese

_MARKERS = re.compile(r"[<>{}\[\]|\\_@#*=~^⟦⟧\ufffd]|\b[XYZ]{2,}\d+\b")
_WORDS = 12  # of a target: what is longer is a sentence, and hardly any translation has it word for word
_SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Problem:
    """A doubt about a glossary; an error means that a row does not do what it says.

    `kind`: row (it cannot be used), column, conflict, duplicate, shadowed, hides, overrides, target, source, unseen.
    """

    kind: str
    severity: Severity
    source: str  # the term; "" where the message names a line
    message: str


def review(terms: Sequence[Term], findings: Iterable[Finding], base: Sequence[Term]) -> list[Problem]:
    """Review a glossary as `load_glossary` gave it, beside the base that it goes before; the errors first."""
    both = TermBase([*terms, *base])
    problems = [
        *map(_from_finding, findings),
        *(problem for term in terms for problem in _review_row(term)),
        *(problem for term in terms for problem in _review_matching(term, both)),
        *_overrides(terms, base),
        *_hidden(terms, base, both),
    ]
    return sorted(dict.fromkeys(problems), key=lambda problem: _SEVERITIES.index(problem.severity))


def find_unseen(terms: Sequence[Term], base: Sequence[Term], texts: Iterable[str]) -> list[Problem]:
    """Name the terms that are used nowhere in the texts."""
    both = TermBase([*terms, *base])
    seen = {_name(match.term) for text in texts for match in both.find(text)}
    return [
        Problem("unseen", "info", term.source, "is used nowhere in the articles")
        for term in terms
        if _name(term) not in seen
    ]


def count_severities(problems: Iterable[Problem]) -> dict[str, int]:
    """Count the problems: errors, warnings, hints."""
    counts = Counter(problem.severity for problem in problems)
    return {"errors": counts["error"], "warnings": counts["warning"], "hints": counts["info"]}


def _from_finding(finding: Finding) -> Problem:
    kinds: dict[str, tuple[str, Severity]] = {
        "glossary": ("row", "error"),
        "conflict": ("conflict", "error"),
        "duplicate": ("duplicate", "warning"),
    }
    kind, severity = kinds.get(finding.kind, (finding.kind, finding.severity))
    return Problem(kind, "info" if finding.severity == "info" else severity, "", finding.message)


def _review_row(term: Term) -> Iterator[Problem]:
    targets = [target for target in (term.target, *term.alternatives) if target]
    left = [word for target in targets for word in WORD.findall(target) if is_vietnamese(word)]
    syllable = any(map(is_syllable, WORD.findall(fold(term.source))))
    if term.target and fold(term.target) == fold(term.source) and term.policy != "keep" and syllable:
        yield Problem("target", "warning", term.source, "is its own target: the policy keep says that better")
    elif left and not any(map(is_vietnamese, WORD.findall(fold(term.source)))):
        yield Problem("target", "error", term.source, f"{term.target!r} looks Vietnamese: are the columns swapped?")
    elif left:
        yield Problem("target", "error", term.source, f"{' '.join(left)!r} in the target is not English")
    elif not syllable and not term.source.isupper():
        yield Problem("source", "warning", term.source, "has no Vietnamese syllable: it may never occur")
    for target in targets:
        if found := _MARKERS.search(target):
            yield Problem("target", "error", term.source, f"{target!r} has {found[0]!r}, a sign of markup")
        elif not re.search("[A-Za-z]", target):
            yield Problem("target", "warning", term.source, f"{target!r} has no letter of English")
        elif len(target.split()) > _WORDS:
            yield Problem("target", "warning", term.source, f"the target has more than {_WORDS} words")


def _review_matching(term: Term, both: TermBase) -> Iterator[Problem]:
    """Find the spellings of a term at whose place another one wins even where nothing else stands."""
    for surface in (term.source, *term.aliases):
        found = both.find(surface)
        if found and not any(_name(match.term) == _name(term) for match in found):
            name = f"the alias {surface!r}" if surface != term.source else "it"
            others = ", ".join(f"“{match.term.source}” ({match.term.origin})" for match in found)
            yield Problem("shadowed", "error", term.source, f"{name} is never used: {others} always wins its place")


def _overrides(terms: Sequence[Term], base: Sequence[Term]) -> Iterator[Problem]:
    """Compare with the base's English for the same source: the glossary's wins."""
    known = {canonical(surface): term for term in reversed(base) for surface in (term.source, *term.aliases)}
    for term in terms:
        other = known.get(canonical(term.source))
        if other is None or term.policy not in ("force", "prefer") or not other.target:
            continue
        if term.target.lower() == other.target.lower():
            yield Problem("duplicate", "info", term.source, f"the {other.origin} base has it already")
        elif term.target.lower() not in {text.lower() for text in other.alternatives}:
            yield Problem(
                "overrides", "info", term.source, f"{term.target!r} replaces the {other.origin} {other.target!r}"
            )


def _hidden(terms: Sequence[Term], base: Sequence[Term], both: TermBase) -> Iterator[Problem]:
    """Name the longer terms of the base that a term of the glossary cuts in two."""
    own, origins = TermBase(terms), {term.origin for term in terms}
    victims: dict[str, list[Term]] = {}
    for other in base:
        if not own.find(other.source):
            continue
        for match in both.find(other.source):
            if match.term.origin in origins and canonical(match.text) != canonical(other.source):
                victims.setdefault(match.term.source, []).append(other)
    for source, hidden in victims.items():
        names = ", ".join(f"“{term.source}” → {term.target or term.policy}" for term in hidden[:3])
        more = f" and {len(hidden) - 3} more" if len(hidden) > 3 else ""
        yield Problem("hides", "warning", source, f"wins inside longer terms of the base: {names}{more}")


def _name(term: Term) -> tuple[str, str, str]:
    return term.source, term.target, term.origin
