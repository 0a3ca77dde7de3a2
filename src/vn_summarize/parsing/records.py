"""JSON records, under the names that exports commonly use."""

import html
import json
import re
from typing import Any
from urllib.parse import urlsplit

from vn_summarize.cleaning import parse_date
from vn_summarize.document import Article
from vn_summarize.errors import UnreadableArticle
from vn_summarize.parsing.plain import build_article, split_paragraphs

TITLE_KEYS = ("title", "headline", "name")
TEXT_KEYS = ("paragraphs", "body", "text", "content", "articleBody")
DATE_KEYS = ("date", "published", "datePublished", "published_at", "created_at")
SOURCE_KEYS = ("source", "site", "publisher", "sitename")
AUTHOR_KEYS = ("authors", "author", "byline")
URL_KEYS = ("url", "link")
SECTION_KEYS = ("section", "category", "articleSection")
"""Where a record or the front matter of Markdown has a value: the first key that is there."""


def parse_json(text: str, origin: str) -> Any:
    """Read a JSON value; UnreadableArticle says where it breaks."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableArticle(f"{origin}: not valid JSON ({error})") from None


def parse_record(value: Any, origin: str, article_id: str) -> Article:
    """Read an article from a JSON object under the names that exports commonly use (schema.org, WordPress)."""
    if not isinstance(value, dict):
        raise UnreadableArticle(f"{origin}: not a JSON object but {type(value).__name__}")
    found = _first(value, TEXT_KEYS)
    if found is None:
        raise UnreadableArticle(f"{origin}: no text; one of the keys {', '.join(TEXT_KEYS)} is needed")
    pieces = [_string(piece) for piece in found] if isinstance(found, list) else [_string(found)]
    paragraphs = [paragraph for piece in pieces for paragraph in _split_field(piece)]
    source = _string(_first(value, SOURCE_KEYS)) or urlsplit(_string(_first(value, URL_KEYS))).netloc
    authors = _first(value, AUTHOR_KEYS)
    return build_article(
        origin,
        article_id,
        html.unescape(re.sub(r"<[^<>]+>", "", _string(_first(value, TITLE_KEYS)))),
        paragraphs,
        source=source,
        date=parse_date(_string(_first(value, DATE_KEYS))),
        authors=[_string(author) for author in (authors if isinstance(authors, list) else [authors])],
        section=_string(_first(value, SECTION_KEYS)),
    )


def _first(value: dict[str, Any], keys: tuple[str, ...]) -> Any:
    return next((value[key] for key in keys if value.get(key) is not None), None)


def _string(value: Any) -> str:
    """Give the text of a JSON value; an object tells it as its name, text or rendered form."""
    if isinstance(value, dict):
        value = _first(value, ("rendered", "text", "name", "title"))
    return value if isinstance(value, str) else ""


def _split_field(text: str) -> list[str]:
    if re.search(r"</p>|<br\s*/?>|</div>", text, re.IGNORECASE):
        lines = re.sub(r"<(?:/?p|br|/?div|/?li|/?h\d|/?tr)\b[^<>]*>", "\n", text, flags=re.IGNORECASE)
        return html.unescape(re.sub(r"<[^<>]+>", "", lines)).split("\n")
    return split_paragraphs(text)
