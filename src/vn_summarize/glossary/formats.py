"""Glossaries as files: CSV and TSV read and rendered, and the built-in base.

A row that cannot be used becomes a Finding that names file, line, column and reason, and the rest
loads. A file that cannot be used at all raises GlossaryError.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib import resources
from io import StringIO
from pathlib import Path

from vn_summarize.document import Finding
from vn_summarize.errors import GlossaryError
from vn_summarize.glossary.surfaces import canonical
from vn_summarize.glossary.terms import CASES, POLICIES, Term
from vn_summarize.writing.files import write_text

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
REMARKS = ("kind", "count", "articles", "score", "model", "contexts")
"""Columns that `glossary extract` adds for the reader: no part of a term, and no mistake in a glossary."""
BUILTIN = "built-in"
"""The origin of the terms that come with the package."""

FORMATS = {"csv": (".csv",), "tsv": (".tsv", ".tab")}
"""The formats that can be written, each with the suffixes of its files."""

_NAMES = {"vi": "source", "vietnamese": "source", "en": "target", "english": "target"}
_CELL_LINES = 20  # lines that a quoted cell may have: a quote that is never closed costs no more than these


def load_glossary(path: Path) -> tuple[list[Term], list[Finding]]:
    """Read a CSV or TSV glossary; the terms' origin is the file's name.

    UTF-8, or UTF-16 with a byte order mark. Raises GlossaryError when the file is not there, cannot be
    decoded, or has no usable row.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise GlossaryError(f"{path}:1: cannot be read: {error.strerror or error}") from error
    return parse_glossary(_decode(data, path), path.name, delimiter=_by_suffix(path))


def write_glossary(path: Path, terms: Sequence[Term], *, format: str = "") -> list[Finding]:
    """Write terms in the format of that name (FORMATS), else in the one of the file's suffix; say what is lost.

    The file is written whole or not at all. Raises GlossaryError for a format that is not known, OutputError.
    """
    name = format or next((n for n, suffixes in FORMATS.items() if path.suffix.lower() in suffixes), "")
    if name not in FORMATS:
        raise GlossaryError(f"{path}:1: no glossary format {name or path.suffix!r}; there are {', '.join(FORMATS)}")
    write_text(path, render_glossary(terms, "\t" if name == "tsv" else ","))
    return []


def load_builtin() -> list[Term]:
    """Give the terms of Vietnamese public life that come with the package."""
    text = resources.files("vn_summarize").joinpath("data/terms.tsv").read_text(encoding="utf-8")
    header, *rows = (line.split("\t") for line in text.splitlines())
    return [_plain_term(dict(zip(header, row, strict=True)), BUILTIN) for row in rows]


def parse_glossary(text: str, name: str, *, delimiter: str = "") -> tuple[list[Term], list[Finding]]:
    """Read the terms of a glossary's text; `name` stands in messages and is the terms' origin.

    Without a delimiter it is found in the first line. Raises GlossaryError when no row can be used.
    """
    lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
    first = next((line for line in lines if line.strip()), "")
    if not first:
        raise GlossaryError(f"{name}:1: the file is empty: a glossary has lines such as source,target")
    reading = _Reading(name, delimiter or _sniff(first))
    for number, cells in reading.rows(lines):
        if any(cells):
            reading.take(number, cells)
    if not reading.terms:
        first_reason = reading.findings[0].message if reading.findings else f"{name}:1: there is a header but no term"
        raise GlossaryError(f"{first_reason} (no row can be used)")
    return reading.terms, reading.findings


def render_glossary(terms: Sequence[Term], delimiter: str = ",") -> str:
    """Write terms as CSV (or, with a tab, TSV) with a header; `parse_glossary` reads them back."""
    out = StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(COLUMNS)
    for term in terms:
        values = [getattr(term, column) for column in COLUMNS]
        writer.writerow([_join_list(v) if isinstance(v, tuple) else v for v in values])
    return out.getvalue()


@dataclass(slots=True)
class _Reading:
    """A glossary while it is read: what its columns are, what has been found so far."""

    name: str
    delimiter: str
    columns: tuple[str, ...] = ()
    terms: list[Term] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    seen: dict[tuple[str, bool], tuple[int, str]] = field(default_factory=dict)  # surface -> line, target

    def rows(self, lines: list[str]) -> Iterator[tuple[int, list[str]]]:
        """Give each row's line number (from 1) and cells; a broken one is reported and passed over."""
        at = 0
        while at < len(lines):
            cells, used = self._row(lines, at)
            if cells is not None:
                yield at + 1, [" ".join(unicodedata.normalize("NFC", c).split()) for c in cells]
            at += used

    def take(self, line: int, cells: list[str]) -> None:
        """Make a term of a row; the first row may be the header."""
        if not self.columns:
            header = tuple(_NAMES.get(c.lower(), c.lower()) for c in cells)
            if "source" in header:
                self._header(line, header)
                return
            self.columns = COLUMNS[:2]
        surplus = [c for c in cells[len(self.columns) :] if c]
        if surplus:
            self._report(line, "row", f"has {len(cells)} cells, but there are {len(self.columns)} columns")
            return
        row = {name: cell for name, cell in zip(self.columns, cells, strict=False) if name in COLUMNS and cell}
        if "count" in self.columns and "source" in row and not row.keys() & {"target", "policy", "forbidden"}:
            return  # a candidate of `glossary extract` that nobody has decided on
        term = self._term(line, row)
        if term and self._is_new(line, term):
            self.terms.append(term)

    def _row(self, lines: list[str], at: int) -> tuple[list[str] | None, int]:
        for used in range(1, min(_CELL_LINES, len(lines) - at) + 1):
            text = "\n".join(lines[at : at + used])
            try:
                return next(csv.reader(StringIO(text), delimiter=self.delimiter, strict=True), []), used
            except csv.Error as error:
                reason = str(error)
                if "unexpected end" not in reason:
                    break
        if self.delimiter == "\t":  # many tools write TSV without any quoting
            return lines[at].split("\t"), 1
        self._report(at + 1, "row", f"a quotation mark is not closed or stands inside a cell ({reason})")
        return None, 1

    def _header(self, line: int, header: tuple[str, ...]) -> None:
        if "target" not in header and "policy" not in header:
            raise GlossaryError(f"{self.name}:{line}: target: the header has no such column")
        for name in header:
            if name and (name not in (*COLUMNS, *REMARKS) or header.count(name) > 1):
                self._report(line, name, "is not a column of a glossary, or stands there twice; it is not used")
        self.columns = tuple(n if header.index(n) == i else "" for i, n in enumerate(header))

    def _term(self, line: int, row: dict[str, str]) -> Term | None:
        policy, case = row.get("policy", "force").lower(), row.get("case", "auto").lower()
        problems = {
            "source": "is empty or has no letter" if not canonical(row.get("source", "")) else "",
            "policy": f"is {policy!r}, not one of {', '.join(POLICIES)}" if policy not in POLICIES else "",
            "case": f"is {case!r}, not one of {', '.join(CASES)}" if case not in CASES else "",
            "target": "is empty" if policy in ("force", "prefer") and "target" not in row else "",
            "forbidden": "is empty" if policy == "forbid" and "forbidden" not in row else "",
        }
        for column, reason in problems.items():
            if reason:
                self._report(line, column, reason)
                return None
        return _plain_term(row | {"policy": policy, "case": case}, self.name)

    def _is_new(self, line: int, term: Term) -> bool:
        """Report sources that an earlier row has; False when the row adds nothing."""
        new = False
        for column, surface in (("source", term.source), *(("aliases", a) for a in term.aliases)):
            key = canonical(surface) if term.case == "auto" else " ".join(surface.split())
            before = self.seen.setdefault((key, term.case == "exact"), (line, term.target))
            if before[0] == line:
                new = True
            elif before[1] == term.target:
                self._report(line, column, f"{surface!r} stands in line {before[0]} too", "duplicate")
            else:
                self._report(
                    line, column, f"{surface!r} is {before[1]!r} in line {before[0]}, which is used", "conflict"
                )
        return new

    def _report(self, line: int, column: str, reason: str, kind: str = "glossary") -> None:
        self.findings.append(Finding(kind, "warning", f"{self.name}:{line}: {column}: {reason}"))


def _plain_term(row: dict[str, str], origin: str) -> Term:
    """Make a Term of a row that is known to be right."""
    return Term(
        row["source"],
        row.get("target", ""),
        aliases=_split_list(row.get("aliases", "")),
        alternatives=_split_list(row.get("alternatives", "")),
        forbidden=_split_list(row.get("forbidden", "")),
        policy=row["policy"],
        case=row["case"],
        pos=row.get("pos", ""),
        domain=row.get("domain", ""),
        note=row.get("note", ""),
        provenance=row.get("provenance", ""),
        origin=origin,
    )


def _decode(data: bytes, path: Path) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise GlossaryError(
            f"{path}:{line}: is not {encoding[:6].rstrip('-').upper()} text: save the file as UTF-8"
        ) from error


def _by_suffix(path: Path) -> str:
    return "\t" if path.suffix.lower() in (".tsv", ".tab") else ""


def _sniff(line: str) -> str:
    """Take the sign that parts the first line: a tab, else what is more frequent outside quotes."""
    bare = re.sub(r'"[^"]*"', "", line)
    return "\t" if "\t" in bare else ";" if bare.count(";") > bare.count(",") else ","


def _split_list(cell: str) -> tuple[str, ...]:
    if not cell:
        return ()
    parts = re.findall(r"(?:\\[\\|]|[^|])+", cell) if "\\" in cell else cell.split("|")
    return tuple(p for part in parts if (p := re.sub(r"\\([\\|])", r"\1", part).strip()))


def _join_list(items: tuple[str, ...]) -> str:
    return "|".join(re.sub(r"([\\|])", r"\\\1", item) for item in items)
