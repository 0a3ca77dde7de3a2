"""Rows of cells -> terms: the header, or what stands for it, in glossaries that are tables (CSV, TSV, XLSX)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from vn_summarize.errors import GlossaryError
from vn_summarize.glossary.languages import role
from vn_summarize.glossary.rows import COLUMNS, Rows, term_from

REMARKS = ("kind", "count", "articles", "score", "model", "contexts")
"""Columns that `glossary extract` adds for the reader: no part of a term, and no mistake in a glossary."""

_ALSO = {"description": "note"}
"""Other names of columns: Google's glossaries of equivalent terms have a description."""
_LANGUAGES = ("source language", "target language")
"""The third and fourth column of a glossary that DeepL exports; it has no header."""


def read_table(table: Iterable[tuple[int, Sequence[str]]], rows: Rows) -> None:
    """Take the terms of a table: each row's number and its tidy cells. The first row may be a header.

    Without a header the columns are source and target, and where the third and the fourth hold language
    tags, these say which is which (DeepL). Raises GlossaryError for a header without the needed columns.
    """
    filled = ((line, cells) for line, cells in table if any(cells))
    first = list(islice(filled, 2))
    if not first:
        return
    columns = _exported(first) or _header(*first[0], rows)
    if columns is None:
        columns = _Columns(COLUMNS[:2])
    elif not columns.exported:
        del first[0]
    for line, cells in chain(first, filled):
        _take(line, cells, columns, rows)


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the columns of a table hold; "" is a column that is not used."""

    names: tuple[str, ...]
    exported: bool = False  # by DeepL: the third and the fourth are languages
    many: bool = False  # there are columns of other languages: a row need not have ours
    candidates: bool = False  # a list of `glossary extract`: a row need not be decided on


def _exported(first: Sequence[tuple[int, Sequence[str]]]) -> "_Columns | None":
    """Recognise what DeepL exports by its first rows: no header, two terms and their two languages in each."""
    tags = [list(map(role, cells[:4])) for _, cells in first]
    exported = all(len(t) == 4 and all(t[2:]) for t in tags)
    return _Columns((*COLUMNS[:2], *_LANGUAGES), exported=True) if exported else None


def _header(line: int, cells: Sequence[str], rows: Rows) -> _Columns | None:
    """Read a header and report the columns that are not used; None where the row is no header."""
    lower = [c.lower() for c in cells]
    roles = [role(c) for c in lower]
    names = [r if r in ("source", "target") else _ALSO.get(c, c) for c, r in zip(lower, roles, strict=True)]
    if "source" not in names:
        if roles.count("") > sum(not n or n in ("pos", "note") for n in names) or len(roles) < 2:
            return None
        raise GlossaryError(f"{rows.name}:{line}: source: the header has languages, but no Vietnamese (vi)")
    if "target" not in names and "policy" not in names:
        if "source" not in lower:  # "VI" alone may be a word
            return None
        raise GlossaryError(f"{rows.name}:{line}: target: the header has no such column")
    for i, (cell, name) in enumerate(zip(cells, names, strict=True)):
        if roles[i] == "other":
            rows.report(line, cell, "is another language; it is not used", severity="info")
        elif name and (name not in (*COLUMNS, *REMARKS) or name in names[:i]):
            rows.report(
                line, cell, "is not a column of a glossary, or stands there twice; it is not used", kind="column"
            )
    kept = tuple(n if n in COLUMNS and n not in names[:i] else "" for i, n in enumerate(names))
    return _Columns(kept, many="other" in roles, candidates="count" in names)


def _take(line: int, cells: Sequence[str], columns: _Columns, rows: Rows) -> None:
    names, exported = columns.names, columns.exported
    # DeepL's glossary generator adds a fifth, the relevance
    if len(cells) > len(names) and any(cells[len(names) :]) and not exported:
        rows.report(line, "row", f"has {len(cells)} cells, but there are {len(names)} columns")
        return
    row = {name: cell for name, cell in zip(names, cells, strict=False) if name and cell}
    if exported:
        languages = [row.pop(language, "") for language in _LANGUAGES]
        pair = tuple(map(role, languages))
        if pair == ("target", "source"):
            row["source"], row["target"] = row.get("target", ""), row.get("source", "")
        elif pair != ("source", "target"):
            rows.pass_over(line, f"is {languages[0]!r} to {languages[1]!r}")
            return
    if columns.many and "source" not in row:
        rows.pass_over(line, "has no Vietnamese")
        return
    if columns.candidates and "source" in row and not row.keys() & {"target", "policy", "forbidden"}:
        rows.pass_over(line, "is a candidate that nobody has decided on: it has no target")
        return
    rows.take(line, term_from(row, rows.name))
