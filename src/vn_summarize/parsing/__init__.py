"""Pulls the article out of a file of any format that can be read. Touches no disk; `reading` does.

What comes out is the article as read: whitespace tidied, nothing judged. What is not article text is left to
`cleaning`, except a page's navigation, scripts and comments, which `trafilatura` leaves out.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import PurePath
from typing import IO, Any, TypeVar

from vn_summarize.document import Article, Finding
from vn_summarize.errors import ArticleError, EmptyArticle, UnreadableArticle
from vn_summarize.parsing.archives import parse_archive
from vn_summarize.parsing.books import parse_book
from vn_summarize.parsing.containers import CONTAINERS, check_size
from vn_summarize.parsing.decoding import ARTICLE_LIMIT, decode
from vn_summarize.parsing.markdown import parse_markdown
from vn_summarize.parsing.pages import parse_page
from vn_summarize.parsing.plain import parse_plain
from vn_summarize.parsing.records import parse_json, parse_record
from vn_summarize.parsing.tables import parse_table

__all__ = [
    "ARTICLE_LIMIT",
    "SEVERAL_ARTICLES",
    "SUFFIXES",
    "parse_article",
    "parse_articles",
    "parse_row",
    "parse_text",
    "parse_zip",
]

SEVERAL_ARTICLES = (".json", ".jsonl", ".csv", ".tsv", ".epub", ".zip")
"""The suffixes of files that may hold more than one article."""

SUFFIXES = (".txt", ".md", ".html", ".htm", *CONTAINERS, *SEVERAL_ARTICLES)
"""The suffixes of files that can be read."""

T = TypeVar("T", bound=Article | ArticleError)


def parse_article(data: bytes, name: str, encoding: str = "") -> Article:
    """Read one article; the suffix of `name` gives the format, text where it has none.

    `encoding`, of config.ENCODINGS, is found by the evidence where it is not given. Raises UnreadableArticle or
    EmptyArticle.
    """
    articles = list(parse_articles(data, name, PurePath(name).stem or name, encoding))
    if len(articles) > 1:
        raise UnreadableArticle(f"{name}: holds {len(articles)} articles where one is wanted; use `run` on the file")
    if isinstance(articles[0], ArticleError):
        raise articles[0]
    return articles[0]


def parse_articles(data: bytes, origin: str, article_id: str, encoding: str = "") -> Iterator[Article | ArticleError]:
    """Read the article of a file, or each article of one of SEVERAL_ARTICLES.

    An article that cannot be had comes as the error that says why, so that the others go on.
    """
    suffix = PurePath(origin).suffix.lower()
    if suffix == ".zip":
        yield from parse_zip(BytesIO(data), origin, article_id, encoding)
        return
    try:
        if suffix in (*CONTAINERS, ".epub"):
            check_size(data, origin)
            read = CONTAINERS.get(suffix)
            yield from [read(data, origin, article_id)] if read else parse_book(data, origin, article_id)
            return
        text, findings = decode(data, origin, encoding)
        if suffix in (".csv", ".tsv"):
            yield from (with_findings(row, findings) for row in parse_table(text, origin, article_id))
            return
        if suffix not in (".json", ".jsonl"):
            yield with_findings(parse_text(text, origin, article_id, suffix), findings)
            return
        value = parse_json(text, origin) if suffix == ".json" else text.split("\n")
        if not isinstance(value, list):
            yield with_findings(parse_record(value, origin, article_id), findings)
            return
        if not value:
            raise EmptyArticle(f"{origin}: the list holds no article")
    except ArticleError as error:
        yield error
        return
    for number, row in enumerate(value, 1):
        if suffix == ".json" or row.strip():
            yield with_findings(parse_row(row, origin, article_id, number), findings)


def parse_zip(stream: IO[bytes], origin: str, article_id: str, encoding: str = "") -> Iterator[Article | ArticleError]:
    """Read the articles of an archive, one file of it at a time."""
    return parse_archive(stream, origin, article_id, SUFFIXES, partial(parse_articles, encoding=encoding))


def parse_row(row: Any, origin: str, file_id: str, number: int, encoding: str = "") -> Article | ArticleError:
    """Read row `number` (from 1): a line of JSON Lines, as text or bytes, or the value from a JSON list."""
    place = f"{origin}#{number}"
    try:
        text, findings = decode(row, place, encoding) if isinstance(row, bytes) else (row, ())
        value = parse_json(text, place) if isinstance(text, str) else text
        return with_findings(parse_record(value, place, f"{file_id}/{number:06}"), findings)
    except ArticleError as error:
        return error


def with_findings(article: T, findings: tuple[Finding, ...]) -> T:
    """Put the doubts about how a file was decoded before those of its article; an error stays as it is."""
    return replace(article, findings=(*findings, *article.findings)) if isinstance(article, Article) else article


def parse_text(text: str, origin: str, article_id: str, suffix: str) -> Article:
    """Read an article from HTML, Markdown or plain text; a file that begins as HTML is HTML."""
    if suffix in (".html", ".htm") or re.match(r"\s*<(?:!doctype html|html)\b", text[:1000], re.IGNORECASE):
        return parse_page(text, origin, article_id)
    if suffix == ".md":
        return parse_markdown(text, origin, article_id)
    if suffix not in ("", ".txt"):
        raise UnreadableArticle(f"{origin}: no reader for {suffix} files; save it as DOCX, PDF, HTML or text")
    return parse_plain(text, origin, article_id)
