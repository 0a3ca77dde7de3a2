"""E-books (EPUB 2 and 3): each chapter that has text is an article."""

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from urllib.parse import unquote
from zipfile import ZipFile

from vn_summarize.cleaning import parse_date
from vn_summarize.document import Article
from vn_summarize.errors import ArticleError, EmptyArticle, UnreadableArticle
from vn_summarize.parsing.decoding import decode
from vn_summarize.parsing.packages import Element, local_name, open_package, read_part, read_xml, reading
from vn_summarize.parsing.pages import parse_page
from vn_summarize.parsing.plain import tidy


def parse_book(data: bytes, origin: str, article_id: str) -> Iterator[Article | ArticleError]:
    """Read the chapters of a book in reading order; their ids are "BOOK/000001", ... by place.

    Covers and other chapters without text are passed over; what a chapter does not say of its date, source
    and authors the book says.
    """
    try:
        with open_package(BytesIO(data), origin) as package:
            book, chapters = _contents(package, origin)
            found = 0
            for number, name in enumerate(chapters, 1):
                place = f"{origin}#{number}"
                try:
                    yield _with_book(_chapter(package, name, place, f"{article_id}/{number:06}"), book)
                    found += 1
                except EmptyArticle:
                    continue
                except ArticleError as error:
                    found += 1
                    yield error
            if not found:
                raise EmptyArticle(f"{origin}: no chapter has text; a book of pictures needs OCR first")
    except ArticleError as error:
        yield error


def _contents(package: ZipFile, origin: str) -> tuple[dict[str, list[str]], list[str]]:
    """Give the book's metadata by name, and the names of its chapters in reading order."""
    with reading(origin, "an EPUB book"):
        container = read_xml(package, "META-INF/container.xml", origin)
        opf = next((e.get("full-path", "") for e in container.iter() if local_name(e) == "rootfile"), "")
        root = read_xml(package, opf, origin)
        book: dict[str, list[str]] = {}
        items: dict[str, Element] = {}
        chapters: list[str] = []
        for element in root.iter():
            name = local_name(element)
            if name in ("publisher", "date", "creator") and element.text:
                book.setdefault(name, []).append(tidy(element.text))
            elif name == "item":
                items[element.get("id", "")] = element
            elif name == "itemref" and element.get("linear") != "no":
                item = items.get(element.get("idref", ""))
                if item is not None and "nav" not in item.get("properties", "").split():
                    chapters.append(posixpath.join(posixpath.dirname(opf), unquote(item.get("href", ""))))
    if not chapters:
        raise UnreadableArticle(f"{origin}: the book names no chapters; open and save it again")
    return book, list(dict.fromkeys(chapters))  # a chapter that stands there twice is read once


def _chapter(package: ZipFile, name: str, place: str, article_id: str) -> Article:
    text, findings = decode(read_part(package, name, place), place)
    article = parse_page(text, place, article_id)
    return replace(article, findings=(*findings, *article.findings))


def _with_book(article: Article, book: dict[str, list[str]]) -> Article:
    return replace(
        article,
        source=article.source or " ".join(book.get("publisher", [])[:1]),
        date=article.date or parse_date(" ".join(book.get("date", [])[:1])),
        authors=article.authors or tuple(book.get("creator", [])),
    )
