"""Glossaries as Excel workbooks (Office Open XML): the first sheet, read and written like a CSV file."""

import warnings
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import islice
from typing import Any
from zipfile import ZipFile

from vn_summarize.document import Finding
from vn_summarize.errors import GlossaryError
from vn_summarize.glossary.rows import COLUMNS, Rows, cells_of, tidy
from vn_summarize.glossary.tables import read_table
from vn_summarize.glossary.terms import Term

CELL_LENGTH = 32_767
"""Characters that a cell of Excel may have (Microsoft, "Excel specifications and limits")."""
_UNPACKED = 512 * 1024 * 1024  # bytes: a base of 100,000 terms has about 60 million
_MOST_COLUMNS = 256


def parse_xlsx(data: bytes, name: str) -> tuple[list[Term], list[Finding]]:
    """Read the first sheet of a workbook; `name` stands in messages, which name the row.

    Of a formula its stored value counts. Raises GlossaryError when no row can be used.
    """
    import openpyxl  # noqa: PLC0415 (slow to import, and few glossaries need it)

    rows = Rows(name)
    try:
        with ZipFile(BytesIO(data)) as archive:
            size = sum(info.file_size for info in archive.infolist())
        if size > _UNPACKED:
            raise GlossaryError(f"{name}:1: is {size} bytes when unpacked: too large for a glossary")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that concern no term
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
            sheet, *others = book.worksheets
            sheet.reset_dimensions()  # what a file says of its own size may be wrong
            read_table(_rows(sheet, rows), rows)
    except GlossaryError:
        raise
    except Exception as error:  # openpyxl raises many kinds for a file that is damaged or is none of its own
        raise GlossaryError(f"{name}:1: cannot be read as an Excel workbook (.xlsx): {error}") from error
    for other in others:
        rows.report(1, "sheet", f"{other.title!r} is not the first one; it is not used", severity="info")
    return rows.finish()


def render_xlsx(terms: Sequence[Term]) -> tuple[bytes, list[Finding]]:
    """Write terms as a workbook with a header; `parse_xlsx` reads them back. A Finding names each cell too long."""
    from openpyxl import Workbook  # noqa: PLC0415 (as above)

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Glossary")
    sheet.freeze_panes = "A2"
    sheet.append(list(COLUMNS))
    findings = []
    for number, term in enumerate(terms, 2):
        cells = cells_of(term)
        for column, text in cells.items():
            if len(text) > CELL_LENGTH:
                message = f"row {number}: {column}: is cut at {CELL_LENGTH} characters, the most that Excel takes"
                findings.append(Finding("glossary", "warning", message))
        sheet.append([_text_cell(sheet, text[:CELL_LENGTH]) for text in cells.values()])
    out = BytesIO()
    book.save(out)
    return out.getvalue(), findings


def _rows(sheet: Any, rows: Rows) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(sheet.iter_rows(), 1):
        texts = []
        for cell in islice(cells, _MOST_COLUMNS):
            if cell.data_type == "e":
                rows.report(number, f"column {cell.column_letter}", f"is the error {cell.value}")
            texts.append("" if cell.value is None or cell.data_type == "e" else _text(cell.value))
        while texts and not texts[-1]:
            texts.pop()
        yield number, texts


def _text(value: object) -> str:
    whole = isinstance(value, float) and value.is_integer()
    return tidy(str(int(value)) if whole and isinstance(value, float) else str(value))


def _text_cell(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 (as above)

    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"  # a term that begins with = is no formula
    return cell
