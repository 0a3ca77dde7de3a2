"""Edited Word documents: the table of `writing.docx` as it shows, with changes that are tracked accepted."""

from io import BytesIO
from typing import Any

from vn_summarize.errors import UnreadableArticle
from vn_summarize.glossary.rows import tidy
from vn_summarize.parsing.packages import open_package, reading
from vn_summarize.review.rows import EditedArticle, EditedRow, sentence_number
from vn_summarize.writing.docx import ARTICLE, HEADER

_SHOWN = "[not(ancestor::w:del or ancestor::w:moveFrom)]"
_TEXT = f".//*[self::w:t or self::w:p or self::w:br or self::w:tab]{_SHOWN}"
_ROWS = "./w:tr[not(w:trPr/w:del)] | ./w:sdt/w:sdtContent/w:tr"
_CELLS = "./w:tc | ./w:sdt/w:sdtContent/w:tc"
_MERGED = "./w:tcPr/w:vMerge | ./w:tcPr/w:hMerge | ./w:tcPr/w:gridSpan[@w:val != '1']"
_NEEDED = 3  # columns: number, Vietnamese, English


def parse_docx(data: bytes, name: str) -> EditedArticle:
    """Read the rows of the table that has our header. Raises UnreadableArticle."""
    import docx  # noqa: PLC0415 (few commands need it)

    with open_package(BytesIO(data), name), reading(name, "a Word document"):
        document = docx.Document(BytesIO(data))
        lines = [_text(paragraph) for paragraph in document.element.body.xpath("./w:p")]
        tables = [table._tbl.xpath(_ROWS) for table in document.tables]
    for first, *rows in filter(None, tables):
        if tuple(_text(cell) for cell in first.xpath(_CELLS)[:_NEEDED]) == HEADER[:_NEEDED]:
            id = next((line.removeprefix(ARTICLE) for line in lines if line.startswith(ARTICLE)), "")
            return EditedArticle(id, tuple(_row(row, number) for number, row in enumerate(rows, 2)))
    raise UnreadableArticle(f"{name}: has no table with the header {', '.join(HEADER)}")


def _row(row: Any, number: int) -> EditedRow:
    cells = row.xpath(_CELLS)
    texts = [_text(cell) for cell in cells]
    problem = ""
    if any(cell.xpath(_MERGED) for cell in cells):
        problem = "cells are merged; split them again"
    elif len(cells) < _NEEDED:
        problem = "cells are missing"
    elif sentence_number(texts[0]) is None:
        problem = f"the number is {texts[0]!r}"
    texts = [*texts, "", "", ""]
    return EditedRow(f"row {number}", texts[1], texts[2], sentence_number(texts[0]), problem)


def _text(element: Any) -> str:
    """Give the text that shows; paragraphs, line ends and tabs are blanks."""
    parts = element.xpath(_TEXT)
    return tidy("".join((part.text or "") if part.tag.endswith("}t") else " " for part in parts))
