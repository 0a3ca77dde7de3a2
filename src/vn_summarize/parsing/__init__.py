"""Pulls the article out of text, Markdown, HTML and JSON. Touches no disk; `reading` does.

What comes out is the article as read: whitespace tidied, nothing judged. What is not article text is left to
`cleaning`, except a page's navigation, scripts and comments, which `trafilatura` leaves out.
"""

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from vn_summarize.document import Article
from vn_summarize.errors import ArticleError, EmptyArticle, UnreadableArticle
from vn_summarize.parsing.decoding import ARTICLE_LIMIT, decode
from vn_summarize.parsing.markdown import parse_markdown
from vn_summarize.parsing.pages import parse_page
from vn_summarize.parsing.plain import parse_plain
from vn_summarize.parsing.records import parse_json, parse_record

__all__ = ["ARTICLE_LIMIT", "parse_article", "parse_articles", "parse_row", "parse_text"]


def parse_article(data: bytes, name: str) -> Article:
    """Read one article; the suffix of `name` gives the format, text where it has none.

    Raises UnreadableArticle or EmptyArticle.
    """
    articles = list(parse_articles(data, name, PurePath(name).stem or name))
    if len(articles) > 1:
        raise UnreadableArticle(f"{name}: holds {len(articles)} articles where one is wanted; use `run` on the file")
    if isinstance(articles[0], ArticleError):
        raise articles[0]
    return articles[0]


def parse_articles(data: bytes, origin: str, article_id: str) -> Iterator[Article | ArticleError]:
    """Read the article of a file, or each article of a JSON list or of JSON Lines.

    An article that cannot be had comes as the error that says why, so that the others go on.
    """
    suffix = PurePath(origin).suffix.lower()
    try:
        text = decode(data, origin)
        if suffix not in (".json", ".jsonl"):
            yield parse_text(text, origin, article_id, suffix)
            return
        value = parse_json(text, origin) if suffix == ".json" else text.split("\n")
        if not isinstance(value, list):
            yield parse_record(value, origin, article_id)
            return
        if not value:
            raise EmptyArticle(f"{origin}: the list holds no article")
    except ArticleError as error:
        yield error
        return
    for number, row in enumerate(value, 1):
        if suffix == ".json" or row.strip():
            yield parse_row(row, origin, article_id, number)


def parse_row(row: Any, origin: str, file_id: str, number: int) -> Article | ArticleError:
    """Read row `number` (from 1): a line of JSON Lines, as text or bytes, or the value from a JSON list."""
    place = f"{origin}#{number}"
    try:
        text = decode(row, place) if isinstance(row, bytes) else row
        value = parse_json(text, place) if isinstance(text, str) else text
        return parse_record(value, place, f"{file_id}/{number:06}")
    except ArticleError as error:
        return error


def parse_text(text: str, origin: str, article_id: str, suffix: str) -> Article:
    """Read an article from HTML, Markdown or plain text; a file that begins as HTML is HTML."""
    if suffix in (".html", ".htm") or re.match(r"\s*<(?:!doctype html|html)\b", text[:1000], re.IGNORECASE):
        return parse_page(text, origin, article_id)
    if suffix == ".md":
        return parse_markdown(text, origin, article_id)
    if suffix not in ("", ".txt"):
        raise UnreadableArticle(f"{origin}: no reader for {suffix} files; convert it to text, Markdown, HTML or JSON")
    return parse_plain(text, origin, article_id)
