"""Edited TSV: a line for each sentence, Vietnamese and English."""

import csv
import io
from collections.abc import Iterable

from vn_summarize.glossary.delimited import decode
from vn_summarize.glossary.rows import tidy
from vn_summarize.review.rows import EditedArticle, EditedRow


def parse_tsv(data: bytes, name: str) -> list[EditedArticle]:
    """Read the lines as they are, and as a spreadsheet writes them, which puts cells in quotation marks.

    Which it was, only the record tells: a sentence may well stand in quotation marks. Raises ConfigError.
    """
    text = decode(data, name)
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    plain = _rows(line.split("\t") for line in lines)
    return [plain, _rows(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))] if '"' in text else [plain]


def _rows(lines: Iterable[list[str]]) -> EditedArticle:
    return EditedArticle("", tuple(_row(number, cells) for number, cells in enumerate(lines, 1) if any(cells)))


def _row(number: int, cells: list[str]) -> EditedRow:
    texts = [*map(tidy, cells), ""]
    problem = "" if len(cells) >= 2 else "has no tab between Vietnamese and English"
    return EditedRow(f"line {number}", texts[0], texts[1], problem=problem)
