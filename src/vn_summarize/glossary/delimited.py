"""Glossaries as CSV and TSV text."""

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import islice

from vn_summarize.document import Finding
from vn_summarize.errors import GlossaryError
from vn_summarize.glossary.rows import COLUMNS, Rows, cells_of, tidy
from vn_summarize.glossary.tables import read_table
from vn_summarize.glossary.terms import Term

_CELL_LINES = 20  # lines that a quoted cell may have: a quote that is never closed costs no more than these

_SNIFFED = 20  # lines in which the sign that parts the cells is looked for


def parse_glossary(text: str, name: str, *, delimiter: str = "") -> tuple[list[Term], list[Finding]]:
    """Read the terms of a glossary's text; `name` stands in messages and is the terms' origin.

    Without a delimiter it is found in the first lines. Raises GlossaryError when no row can be used.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    filled = list(islice((line for line in lines if line.strip()), _SNIFFED))
    if not filled:
        raise GlossaryError(f"{name}:1: the file is empty: a glossary has lines such as source,target")
    rows = Rows(name)
    read_table(_rows(lines, delimiter or _sniff(filled), rows, plain=_is_plain(text)), rows)
    return rows.finish()


def render_glossary(terms: Sequence[Term], delimiter: str = ",") -> str:
    """Write terms as CSV (or, with a tab, TSV) with a header; `parse_glossary` reads them back."""
    return render_rows([COLUMNS, *(list(cells_of(term).values()) for term in terms)], delimiter)


def render_rows(rows: Sequence[Sequence[str]], delimiter: str, *, quoted: bool = False) -> str:
    """Write rows of cells as CSV or TSV; cells are quoted where needed, or all of them."""
    out = StringIO()
    csv.writer(
        out, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    ).writerows(rows)
    return out.getvalue()


def decode(data: bytes, name: str) -> str:
    """Decode UTF-8, or UTF-16 with a byte order mark. Raises GlossaryError that names the line."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        shown = encoding[:6].rstrip("-").upper()
        raise GlossaryError(f"{name}:{line}: is not {shown} text: save the file as UTF-8") from error


def _is_plain(text: str) -> bool:
    """Say whether nothing but blanks around its cells is to be tidied, so that no cell needs a look of its own."""
    shown = text.replace("\n", "").replace("\t", "")
    return "  " not in text and shown.isprintable() and unicodedata.is_normalized("NFC", text)


def _rows(lines: list[str], delimiter: str, rows: Rows, *, plain: bool) -> Iterator[tuple[int, list[str]]]:
    """Give each row's line number (from 1) and tidy cells; a broken one is reported and passed over."""
    at = 0
    while at < len(lines):
        cells, used = _row(lines, at, delimiter, rows)
        if cells is not None:
            yield at + 1, [c.strip() for c in cells] if plain and used == 1 else [c and tidy(c) for c in cells]
        at += used


def _row(lines: list[str], at: int, delimiter: str, rows: Rows) -> tuple[list[str] | None, int]:
    if '"' not in lines[at]:
        return lines[at].split(delimiter), 1
    for used in range(1, min(_CELL_LINES, len(lines) - at) + 1):
        text = "\n".join(lines[at : at + used])
        try:
            return next(csv.reader(StringIO(text), delimiter=delimiter, strict=True), []), used
        except csv.Error as error:
            reason = str(error)
            if "unexpected end" not in reason:
                break
    if delimiter == "\t":  # many tools write TSV without any quoting
        return lines[at].split("\t"), 1
    rows.report(at + 1, "row", f"a quotation mark is not closed or stands inside a cell ({reason})")
    return None, 1


def _sniff(lines: Sequence[str]) -> str:
    """Take the sign that parts the cells: a tab of the first line, else what more lines have outside quotes."""
    bare = [re.sub(r'"[^"]*"', "", line) for line in lines]
    if "\t" in bare[0]:
        return "\t"
    return max(",;", key=lambda sign: (sum(sign in line for line in bare), bare[0].count(sign)))
