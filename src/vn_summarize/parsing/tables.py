"""Tables (CSV, TSV) with named columns: each row is an article."""

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from io import StringIO

from vn_summarize.document import Article
from vn_summarize.errors import ArticleError, EmptyArticle, UnreadableArticle
from vn_summarize.parsing.records import (
    AUTHOR_KEYS,
    DATE_KEYS,
    SECTION_KEYS,
    SOURCE_KEYS,
    TEXT_KEYS,
    TITLE_KEYS,
    URL_KEYS,
    parse_record,
)

COLUMNS = {
    "title": (*TITLE_KEYS, "tiêu đề", "tít", "tên bài"),
    "text": (*TEXT_KEYS, "lead", "sapo", "nội dung", "bài viết"),
    "date": (*DATE_KEYS, "ngày", "ngày đăng", "ngày xuất bản"),
    "source": (*SOURCE_KEYS, "nguồn", "báo"),
    "authors": (*AUTHOR_KEYS, "tác giả"),
    "url": (*URL_KEYS, "liên kết", "đường dẫn"),
    "section": (*SECTION_KEYS, "chuyên mục"),
    "": ("id", "no", "stt"),  # known, and not used
}
"""The names of columns, by what they hold; capitals, diacritics, spaces and underlines do not count."""


def parse_table(text: str, origin: str, article_id: str) -> Iterator[Article | ArticleError]:
    """Read the rows of a table; their ids are "FILE/000001", ... counted below the header.

    A row that cannot be had comes as the error that says why. A column whose name is not in COLUMNS is an error
    of the whole table: it may be a part of the text.
    """
    delimiter, fields = _header(text)
    if not fields:
        names = next(csv.reader(StringIO(text), delimiter=delimiter), [])
        unknown = ", ".join(repr(name.strip()[:40]) for name in names[:20])
        yield UnreadableArticle(
            f"{origin}: has the columns {unknown}; the first row has to name columns that are known, text among them: "
            "title, text, date, source, authors, url (a glossary is given with --glossary or left out with --exclude)"
        )
        return
    rows = csv.reader(StringIO(text), delimiter=delimiter, strict=True)
    next(rows)
    number = found = 0
    while True:
        number += 1
        place = f"{origin}#{number}"
        try:
            if cells := _filled(next(rows)):
                found += 1
                yield _parse_row(fields, cells, place, f"{article_id}/{number:06}")
        except StopIteration:
            break
        except csv.Error as error:
            found += 1
            yield UnreadableArticle(f"{place}: the row is broken ({error}); export the table again")
        except ArticleError as error:
            yield error
    if not found:
        yield EmptyArticle(f"{origin}: no row below the header")


def _header(text: str) -> tuple[str, list[str]]:
    """Give the sign that parts the cells and what each column holds; no columns where one of them is not known."""
    known = {_key(name): field for field, names in COLUMNS.items() for name in names}
    best = ",", 0
    for delimiter in ",;\t|":
        try:
            names = _filled(next(csv.reader(StringIO(text), delimiter=delimiter, strict=True), []))
        except csv.Error:
            continue
        fields = [known.get(_key(name)) for name in names]
        if "text" in fields and None not in fields:
            return delimiter, [field or "" for field in fields]
        best = max(best, (delimiter, len(names)), key=lambda candidate: candidate[1])
    return best[0], []


def _filled(cells: Sequence[str]) -> list[str]:
    """Leave out the empty cells at the end, which programs like to add."""
    last = max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0)
    return list(cells[:last])


def _key(name: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if c.isalnum())
    return bare.replace("đ", "d")


def _parse_row(fields: Sequence[str], cells: Sequence[str], place: str, article_id: str) -> Article:
    if len(cells) > len(fields):
        raise UnreadableArticle(f"{place}: has {len(cells)} cells for {len(fields)} columns; put its text in quotes")
    record: dict[str, list[str]] = {}
    for field, cell in zip(fields, cells, strict=False):  # a row may leave its last cells out
        if cell.strip():
            record.setdefault(field, []).append(cell)
    value: dict[str, str | list[str]] = {field: texts[0] for field, texts in record.items()}
    value["text"] = record.get("text", [])
    value["authors"] = re.split(r"\s*[,;]\s*", " ".join(record.get("authors", [])[:1]))
    return parse_record(value, place, article_id)
