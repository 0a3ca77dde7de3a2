"""What a run leaves behind: pure `render_*` functions, and the way their text gets to disk whole."""

from vn_summarize.writing.exchange import EXCHANGE_FORMATS, check_formats, render_exchange
from vn_summarize.writing.files import output_name, output_path, remove_leftovers, write_bytes, write_lines, write_text
from vn_summarize.writing.markdown import render_markdown
from vn_summarize.writing.pages import render_page
from vn_summarize.writing.pages_index import PageEntry, page_entry, render_index_page
from vn_summarize.writing.records import Hashes, parse_record, read_hashes, render_json, result_from_json
from vn_summarize.writing.run import (
    IndexRow,
    advice,
    index_row,
    index_row_from_json,
    render_index_csv,
    render_index_markdown,
    render_report,
)
from vn_summarize.writing.terms import render_terms_csv, render_terms_markdown
from vn_summarize.writing.text import render_text, render_tsv

__all__ = [
    "EXCHANGE_FORMATS",
    "Hashes",
    "IndexRow",
    "PageEntry",
    "advice",
    "check_formats",
    "index_row",
    "index_row_from_json",
    "output_name",
    "output_path",
    "page_entry",
    "parse_record",
    "read_hashes",
    "remove_leftovers",
    "render_exchange",
    "render_index_csv",
    "render_index_markdown",
    "render_index_page",
    "render_json",
    "render_markdown",
    "render_page",
    "render_report",
    "render_terms_csv",
    "render_terms_markdown",
    "render_text",
    "render_tsv",
    "result_from_json",
    "write_bytes",
    "write_lines",
    "write_text",
]
