"""What an entry of a glossary must have, whatever file it stands in, and what is said of one that hasn't."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from vn_summarize.document import Finding, Severity
from vn_summarize.errors import GlossaryError
from vn_summarize.glossary.surfaces import keys_of
from vn_summarize.glossary.terms import CASES, POLICIES, Term

COLUMNS = (
    "source",
    "target",
    "aliases",
    "policy",
    "note",
    "alternatives",
    "forbidden",
    "case",
    "pos",
    "domain",
    "provenance",
)
"""The columns of a glossary file; only the first two are needed, and any order goes with a header."""
LISTS = ("aliases", "alternatives", "forbidden")
"""The columns whose cells hold several entries, parted by `|`."""

_CHOICES = ("policy", "case")
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML 1.0 cannot hold


@dataclass(slots=True)
class Rows:
    """The entries of one glossary while it is read; `name` stands in messages and is the terms' origin."""

    name: str
    _taken: list[tuple[int, Term]] = field(default_factory=list)
    _findings: list[tuple[int, Finding]] = field(default_factory=list)
    _passed: dict[str, list[int]] = field(default_factory=dict)  # reason -> lines

    def take(self, line: int, term: Term) -> None:
        """Add an entry, which `finish` judges."""
        self._taken.append((line, term))

    def report(
        self, line: int, column: str, reason: str, *, kind: str = "glossary", severity: Severity = "warning"
    ) -> None:
        """Note a doubt about a line."""
        self._findings.append((line, Finding(kind, severity, f"{self.name}:{line}: {column}: {reason}")))

    def pass_over(self, line: int, reason: str) -> None:
        """Leave out an entry that is whole but not for us; all with one reason are reported together."""
        self._passed.setdefault(reason, []).append(line)

    def finish(self) -> tuple[list[Term], list[Finding]]:
        """Give the terms that can be used, and the doubts by line. Raises GlossaryError when there is no term."""
        keys = iter(keys_of([s for _, term in self._taken for s in (term.source, *term.aliases)]))
        seen: dict[tuple[str, bool], tuple[int, str]] = {}
        terms = [term for line, term in self._taken if self._accept(line, term, keys, seen)]
        for reason, lines in self._passed.items():
            self.report(lines[0], "row", f"{reason}; not used (entries like this: {len(lines)})", severity="info")
        findings = [finding for _, finding in sorted(self._findings, key=lambda found: found[0])]
        if not terms:
            first = findings[0].message if findings else f"{self.name}:1: there is no term"
            raise GlossaryError(f"{first} (no entry can be used)")
        return terms, findings

    def _accept(
        self, line: int, term: Term, keys: Iterator[str], seen: dict[tuple[str, bool], tuple[int, str]]
    ) -> bool:
        """Report why a term cannot be used, or which of its sources an earlier line has; False when nothing is left.

        `keys` gives the canonical form of the source and of each alias; `seen` has the line and the target
        of each form so far.
        """
        surfaces = [("source", term.source, next(keys))]
        if term.aliases:
            surfaces += [("aliases", alias, next(keys)) for alias in term.aliases]
        column, reason = _problem(term, surfaces[0][2])
        if reason:
            self.report(line, column, reason)
            return False
        new, exact = False, term.case == "exact"
        for column, surface, key in surfaces:
            before = seen.setdefault((" ".join(surface.split()) if exact else key, exact), (line, term.target))
            if before[0] == line:
                new = True
            elif before[1] == term.target:
                self.report(line, column, f"{surface!r} stands in line {before[0]} too", kind="duplicate")
            else:
                reason = f"{surface!r} is {before[1]!r} in line {before[0]}, which is used"
                self.report(line, column, reason, kind="conflict")
        return new


def term_from(row: Mapping[str, str], origin: str) -> Term:
    """Make a Term of a row's cells, which are tidy and not empty, by column; what is missing gets its default."""
    cells: dict[str, Any] = {"source": "", "target": "", **row}
    for column in LISTS:
        if column in row:
            cells[column] = split_list(row[column])
    for column in _CHOICES:
        if column in row:
            cells[column] = row[column].lower()
    return Term(**cells, origin=origin)


def cells_of(term: Term) -> dict[str, str]:
    """Give a term's cells by column; `term_from` reads them back."""
    return {c: join_list(getattr(term, c)) if c in LISTS else getattr(term, c) for c in COLUMNS}


def tidy(text: str) -> str:
    """Give the text in NFC, white space as single blanks, without what no glossary file can hold."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        text = _NOT_TEXT.sub("", text)
    return " ".join(text.split())


def tidy_term(term: Term) -> Term:
    """Tidy every field of a term; an entry of a list that is then empty goes."""
    fields: dict[str, Any] = {c: tuple(t for item in getattr(term, c) if (t := tidy(item))) for c in LISTS}
    fields |= {c: tidy(getattr(term, c)) for c in COLUMNS if c not in LISTS}
    return replace(term, **fields)


def split_list(cell: str) -> tuple[str, ...]:
    """Split a cell at `|`; `\\|` and `\\\\` stand for the signs themselves."""
    if not (cell := cell.strip()):
        return ()
    if "\\" not in cell:
        return (cell,) if "|" not in cell else tuple(p for part in cell.split("|") if (p := part.strip()))
    parts = re.findall(r"(?:\\[\\|]|[^|])+", cell)
    return tuple(p for part in parts if (p := re.sub(r"\\([\\|])", r"\1", part).strip()))


def join_list(items: tuple[str, ...]) -> str:
    """Join the entries of a cell by `|`; `split_list` parts them again."""
    return "|".join(re.sub(r"([\\|])", r"\\\1", item) for item in items)


def _problem(term: Term, key: str) -> tuple[str, str]:
    """Name the column that makes a term unusable, and the reason; both "" where there is none. `key`: its source's."""
    if not key:
        return "source", "is empty or has no letter"
    if term.policy not in POLICIES:
        return "policy", f"is {term.policy!r}, not one of {', '.join(POLICIES)}"
    if term.case not in CASES:
        return "case", f"is {term.case!r}, not one of {', '.join(CASES)}"
    if term.policy in ("force", "prefer") and not term.target:
        return "target", "is empty"
    if term.policy == "forbid" and not term.forbidden:
        return "forbidden", "is empty"
    return "", ""
