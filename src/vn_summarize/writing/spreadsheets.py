"""CSV as spreadsheets open it: a header, one line a row, and no cell that acts as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[str | float]]) -> Iterator[str]:
    """Yield the header and each row as a line of CSV with its line end; a line end in a cell becomes a space."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        yield _take(out)
        writer.writerow([_cell(value) for value in row])
    yield _take(out)


def _take(out: io.StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text


def _cell(value: str | float) -> str | float:
    if not isinstance(value, str):
        return value
    line = value.translate({10: " ", 13: " "})  # before Python 3.13 csv leaves a lone "\r" unquoted
    # The four signs with which spreadsheets begin a formula; white space before them is skipped there.
    return "'" + line if line.lstrip().startswith(("=", "+", "-", "@")) else line
