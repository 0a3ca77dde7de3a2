"""An article's sentences as a table, a row for each: CSV for spreadsheets, Parquet for data tools."""

import io
from collections.abc import Iterator

from vn_summarize.document import ArticleResult
from vn_summarize.writing.exchange import SENTENCE_COLUMNS, check_formats, describe_doubt, sentence_findings
from vn_summarize.writing.spreadsheets import csv_lines
from vn_summarize.writing.text import one_line

Row = tuple[str, int, int, str, str, float, str, str]
"""The cells of SENTENCE_COLUMNS; the doubts are parted by " | "."""


def sentence_rows(result: ArticleResult) -> Iterator[Row]:
    """Yield the row of each sentence, in order."""
    for sentence in result.translated.sentences:
        source = sentence.source
        yield (
            result.translated.document.article.id,
            source.index,
            source.paragraph,
            one_line(source.original),
            one_line(sentence.text),
            sentence.score,
            sentence.how,
            " | ".join(map(describe_doubt, sentence_findings(result, source.index))),
        )


def render_sentences_csv(result: ArticleResult) -> str:
    """Give the table as CSV with a header; no cell acts as a formula in a spreadsheet."""
    return "".join(csv_lines(SENTENCE_COLUMNS, sentence_rows(result)))


def render_sentences_parquet(result: ArticleResult) -> bytes:
    """Give the table as Parquet. Raises ConfigError where pyarrow is not installed."""
    check_formats(["parquet"])
    import pyarrow as pa  # noqa: PLC0415 (an extra, and large)
    from pyarrow import parquet  # noqa: PLC0415

    types = (pa.string(), pa.int32(), pa.int32(), pa.string(), pa.string(), pa.float64(), pa.string(), pa.string())
    schema = pa.schema([pa.field(*pair, nullable=False) for pair in zip(SENTENCE_COLUMNS, types, strict=True)])
    rows = [[_whole(cell) for cell in row] for row in sentence_rows(result)]
    columns = list(zip(*rows, strict=True)) or [()] * len(SENTENCE_COLUMNS)
    out = io.BytesIO()
    parquet.write_table(pa.table(dict(zip(SENTENCE_COLUMNS, columns, strict=True)), schema), out)
    return out.getvalue()


def _whole(cell: str | int | float) -> str | int | float:
    """Put "?" for a lone surrogate, from a file name that is no UTF-8, as the other files have it."""
    return cell.encode("utf-8", "replace").decode() if isinstance(cell, str) else cell
