"""Pulls the article out of text, Markdown, HTML and JSON. Touches no disk; `reading` does.

What comes out is the article as read: whitespace tidied, nothing judged. What is not article text is left to
`cleaning`, except a page's navigation, scripts and comments, which `trafilatura` leaves out.
"""

import html
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from vn_summarize.bylines import find_dateline
from vn_summarize.cleaning import line_kind, parse_date
from vn_summarize.document import Article
from vn_summarize.errors import ArticleError, EmptyArticle, UnreadableArticle

ARTICLE_LIMIT = 20_000_000
"""Bytes of the largest article file: some five hundred times the longest newspaper report."""
PAGE_LIMIT = 5_000_000
"""Characters of the largest HTML page; extraction takes about a second for each million."""

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),  # before UTF-16, whose mark it begins with
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_BINARY = "binary data, not text; give the article as text, Markdown, HTML or JSON"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_INVISIBLE = re.compile(r"[\u00ad\u200b\ufeff]")
_SENTENCE_MARKS = ".!:;,…"
_HEADLINE_WORDS = 30  # headlines of provincial news run to 25
_WRAP_WIDTHS = range(40, 131)  # widths at which programs and mail wrap lines
_LIST_MARK = re.compile(r"(?:[-+*•–|]|\d+[.)]|[a-zđ]\))\s")

_TITLE_KEYS = ("title", "headline", "name")
_TEXT_KEYS = ("paragraphs", "body", "text", "content", "articleBody")
_DATE_KEYS = ("date", "published", "datePublished", "published_at", "created_at")
_SOURCE_KEYS = ("source", "site", "publisher", "sitename")
_AUTHOR_KEYS = ("authors", "author", "byline")
_URL_KEYS = ("url", "link")


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


def decode(data: bytes, origin: str) -> str:
    """Decode by byte-order mark, then as UTF-8, then as UTF-16 where the zero bytes show it; tidy line ends."""
    if len(data) > ARTICLE_LIMIT:
        raise UnreadableArticle(f"{origin}: larger than {ARTICLE_LIMIT // 10**6} MB; an article is text of a few pages")
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "") or _guess_encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and _is_binary(data[:4000].decode("latin-1")):
            raise UnreadableArticle(f"{origin}: {_BINARY}") from None
        raise UnreadableArticle(
            f"{origin}: not {encoding.upper()} text (byte {error.start}); save it as UTF-8, for example with "
            "`iconv -f WINDOWS-1258 -t UTF-8`"
        ) from None
    if _is_binary(text):
        raise UnreadableArticle(f"{origin}: {_BINARY}")
    if not text.strip():
        raise EmptyArticle(f"{origin}: it is empty")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parse_text(text: str, origin: str, article_id: str, suffix: str) -> Article:
    """Read an article from HTML, Markdown or plain text; a file that begins as HTML is HTML."""
    if suffix in (".html", ".htm") or re.match(r"\s*<(?:!doctype html|html)\b", text[:1000], re.IGNORECASE):
        return _parse_html(text, origin, article_id)
    if suffix == ".md":
        return _parse_markdown(text, origin, article_id)
    if suffix not in ("", ".txt"):
        raise UnreadableArticle(f"{origin}: no reader for {suffix} files; convert it to text, Markdown, HTML or JSON")
    paragraphs = _split_paragraphs(text)
    title = paragraphs[0] if _has_headline(paragraphs) else ""
    return _article(origin, article_id, title, paragraphs[bool(title) :])


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
    found = _first(value, _TEXT_KEYS)
    if found is None:
        raise UnreadableArticle(f"{origin}: no text; one of the keys {', '.join(_TEXT_KEYS)} is needed")
    pieces = [_string(piece) for piece in found] if isinstance(found, list) else [_string(found)]
    paragraphs = [paragraph for piece in pieces for paragraph in _split_field(piece)]
    source = _string(_first(value, _SOURCE_KEYS)) or urlsplit(_string(_first(value, _URL_KEYS))).netloc
    authors = _first(value, _AUTHOR_KEYS)
    return _article(
        origin,
        article_id,
        html.unescape(re.sub(r"<[^<>]+>", "", _string(_first(value, _TITLE_KEYS)))),
        paragraphs,
        source=source,
        date=parse_date(_string(_first(value, _DATE_KEYS))),
        authors=[_string(author) for author in (authors if isinstance(authors, list) else [authors])],
    )


def _article(
    origin: str,
    article_id: str,
    title: str,
    paragraphs: list[str],
    *,
    source: str = "",
    date: str = "",
    authors: list[str] | None = None,
) -> Article:
    kept = tuple(tidy for paragraph in paragraphs if (tidy := _tidy(paragraph)))
    if not kept:
        raise EmptyArticle(f"{origin}: no article text found in it")
    try:
        "".join((title, *kept)).encode()
    except UnicodeEncodeError:
        raise UnreadableArticle(f"{origin}: holds half a character (a lone surrogate); export it again") from None
    people = tuple(dict.fromkeys(tidy for author in authors or () if (tidy := _tidy(author))))
    return Article(article_id, origin, _tidy(title), kept, _tidy(source), date, people)


def _tidy(text: str) -> str:
    return " ".join(_INVISIBLE.sub("", _CONTROL.sub(" ", text)).split())


def _guess_encoding(data: bytes) -> str:
    """Tell UTF-16 without a mark by its zero bytes: every second one where the letters are Latin."""
    sample = data[:4000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 10 <= len(sample) or min(even, odd) * 5 > max(even, odd):
        return "utf-8"
    return "utf-16-le" if odd > even else "utf-16-be"


def _is_binary(text: str) -> bool:
    """Say whether control characters are too many for accidents: one in fifty."""
    return len(_CONTROL.findall(text)) * 50 > len(text)


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
    return _split_paragraphs(text)


def _split_paragraphs(text: str) -> list[str]:
    """Split at blank lines, or at every line where there are none; join lines that a program wrapped."""
    lines = [_tidy(line) for line in text.split("\n")]
    blocks = [block.split("\n") for block in re.split(r"\n\n+", "\n".join(lines).strip("\n"))]
    if len(blocks) == 1:
        return blocks[0]
    return [paragraph for block in blocks for paragraph in ([" ".join(block)] if _is_wrapped(block) else block)]


def _is_wrapped(lines: list[str]) -> bool:
    """Say whether each line ends only where its next word had no room, and one goes on in lower case."""
    width = max(map(len, lines))
    pairs = list(pairwise(lines))
    return (
        width in _WRAP_WIDTHS
        and not any(_LIST_MARK.match(line) for line in lines)
        and all(len(line) + 1 + len(following.split()[0]) > width for line, following in pairs)
        and any(following[0].islower() and line[-1] not in ".!?:;" for line, following in pairs)
    )


def _has_headline(paragraphs: list[str]) -> bool:
    """Say whether the first paragraph is a headline: short, unfinished, no dateline, with text to follow."""
    first = paragraphs[0]
    return (
        len(paragraphs) > 1
        and len(first.split()) <= _HEADLINE_WORDS
        and first[-1] not in _SENTENCE_MARKS
        and not _LIST_MARK.match(first)
        and not find_dateline(first)[0]
        and not line_kind(first)
        and not parse_date(first)
    )


def _parse_markdown(text: str, origin: str, article_id: str) -> Article:
    front, body = _split_front_matter(text)
    body = re.sub(r"<!--.*?-->", "", body, flags=re.DOTALL)
    title = front.get("title", "")
    paragraphs: list[str] = []
    joined = False  # whether the next line goes on with the paragraph
    for line in map(str.strip, body.split("\n")):
        heading = re.match(r"(#{1,6})\s+(.*?)\s*#*$", line)
        if heading and len(heading[1]) == 1 and not paragraphs and (not title or heading[2] == title):
            title = heading[2]
        elif not line or re.fullmatch(r"(?:[-*_]\s*){3,}|`{3,}.*|=+|[|:\s-]+", line):
            joined = False
        elif joined and not heading and not _LIST_MARK.match(line):
            paragraphs[-1] += " " + line.removeprefix(">").lstrip()
        else:
            paragraphs.append(heading[2] if heading else re.sub(r"^[*+](?=\s)", "-", line.lstrip("> ")))
            joined = not heading and not line.startswith("|")
    if not title and paragraphs and _has_headline(paragraphs):
        title = paragraphs.pop(0)
    return _article(
        origin,
        article_id,
        _strip_marks(title),
        [_strip_marks(paragraph) for paragraph in paragraphs],
        source=next((front[key] for key in _SOURCE_KEYS if key in front), ""),
        date=parse_date(next((front[key] for key in _DATE_KEYS if key in front), "")),
        authors=re.split(r"\s*[,;]\s*", next((front[key] for key in _AUTHOR_KEYS if key in front), "").strip("[]")),
    )


def _split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Give the `key: value` lines between the opening rules, keys in lower case, and the text after them."""
    match = re.match(r"\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", text, re.DOTALL)
    if not match:
        return {}, text
    pairs = re.findall(r"^([\w-]+)[ \t]*:[ \t]*(.*?)[ \t]*$", match[1], re.MULTILINE)
    return {key.lower(): value.strip("\"'") for key, value in pairs}, text[match.end() :]


def _strip_marks(text: str) -> str:
    text = re.sub(r"!\[[^\[\]]*\]\([^()]*\)", "", text)
    text = re.sub(r"\[([^\[\]]+)\](?:\([^()]*\)|\[[^\[\]]*\])", r"\1", text)
    text = re.sub(r"(?<![\w*\\])(\*{1,3}|_{1,3})(?=[^\s*_])(.+?)(?<=[^\s\\])\1(?![\w*])", r"\2", text)
    return re.sub(r"\\([*_\[\]()#`>.!-])", r"\1", text)


def _parse_html(text: str, origin: str, article_id: str) -> Article:
    import trafilatura  # noqa: PLC0415  takes half a second, and few articles are HTML
    from trafilatura.settings import Document  # noqa: PLC0415

    if len(text) > PAGE_LIMIT:
        raise UnreadableArticle(
            f"{origin}: a page of more than {PAGE_LIMIT // 10**6} MB; save the article's text alone"
        )
    try:
        extracted = trafilatura.bare_extraction(
            text,
            favor_recall=True,
            include_comments=False,
            deduplicate=False,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
        page = extracted if isinstance(extracted, Document) else Document()
        lines = page.text or trafilatura.baseline(text)[1]
    except Exception as error:  # a broken page may break the extractor anywhere; the other articles go on
        raise UnreadableArticle(
            f"{origin}: the HTML cannot be read ({error}); save the article's text alone"
        ) from error
    return _article(
        origin,
        article_id,
        page.title or "",
        _join_continued([line.strip(" |") for line in lines.split("\n")]),
        source=page.sitename or page.hostname or "",
        date=page.date or "",
        authors=(page.author or "").split(";"),
    )


def _join_continued(lines: list[str]) -> list[str]:
    """Join what a line break inside a paragraph tore apart: no mark before it, lower case after it."""
    joined: list[str] = []
    for line in filter(None, lines):
        if joined and line[0].islower() and joined[-1][-1] not in ".!?…:;" and not _LIST_MARK.match(line):
            joined[-1] += " " + line
        else:
            joined.append(line)
    return joined
