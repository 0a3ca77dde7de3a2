"""PDF files with a text layer, by `pypdf`: their lines, joined into paragraphs by where they stand."""

import logging
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from statistics import median
from typing import Any

from vn_summarize.document import Article
from vn_summarize.errors import UnreadableArticle
from vn_summarize.parsing.decoding import ARTICLE_LIMIT
from vn_summarize.parsing.packages import reading
from vn_summarize.parsing.plain import LIST_MARK, build_document, tidy

PAGE_LIMIT = 500
"""Pages of the longest file that is taken for an article or a report."""

TIME_LIMIT = 60.0
"""Seconds that reading a file may take; a page of text takes some 0.05."""

_WORK_LIMIT = 500_000  # operands and operators of a page: a dense one has 20,000
_BOX_LIMIT = 500  # boxes in boxes that a page shows
_END_MARKS = '.!?…:;”"»)'
_NUMBER = re.compile(r"\W*(?:trang\s+)?(\d{1,4})(?:\s*/\s*\d{1,4})?\W*", re.IGNORECASE)
_LIGATURES = re.compile(r"[\ufb00-\ufb06]")
_UNMAPPED = re.compile(r"[\ufffd\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as printed, with where it begins (in points from the lower left corner) and its letters' size."""

    text: str
    page: int
    left: float
    height: float
    size: float


def parse_pdf(data: bytes, origin: str, article_id: str) -> Article:
    """Read an article from a PDF file.

    Page numbers and heads that stand on several pages are left out. UnreadableArticle for a scan, a locked,
    damaged or endless file.
    """
    with reading(origin, "PDF", "print it to PDF again"):
        pages, title = _read_pages(data, origin)
    empty = [number for number, lines in enumerate(pages, 1) if not lines]
    if len(empty) * 2 > len(pages) or not pages:
        which = f"{len(empty)} of {len(pages)} pages have " if len(empty) < len(pages) else ""
        raise UnreadableArticle(f"{origin}: {which}no text layer: OCR it first")
    lines = [line for page in drop_furniture(pages) for line in page]
    text = "".join(line.text for line in lines)
    if len(_UNMAPPED.findall(text)) * 20 > len(text):
        raise UnreadableArticle(f"{origin}: its text layer does not say which letters it shows: OCR it first")
    return build_document(origin, article_id, list(join_lines(lines)), title)


def _read_pages(data: bytes, origin: str) -> tuple[list[list[Line]], str]:
    """Give the lines of each page, and the title that the file's properties name."""
    from pypdf import PdfReader, apply_configuration  # noqa: PLC0415  few articles need it

    logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what it repairs in silence concerns no reader
    until = time.monotonic() + TIME_LIMIT
    with apply_configuration(
        stream_parsing_work_maximum_count=_WORK_LIMIT,
        xform_maximum_invocations_per_extraction=_BOX_LIMIT,
        zlib_maximum_output_length=ARTICLE_LIMIT,
        lzw_maximum_output_length=ARTICLE_LIMIT,
    ):
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableArticle(f"{origin}: locked with a password; save it without one")
        if len(reader.pages) > PAGE_LIMIT:
            raise UnreadableArticle(f"{origin}: more than {PAGE_LIMIT} pages; save the article's pages alone")
        pages = [list(_read_lines(page, number, origin, until)) for number, page in enumerate(reader.pages)]
        title = (reader.metadata and reader.metadata.title) or ""
    return pages, str(title)


def _read_lines(page: Any, number: int, origin: str, until: float) -> Iterator[Line]:
    pieces: list[tuple[str, float, float, float]] = []

    def check_time(*_: Any) -> None:
        if time.monotonic() > until:
            raise UnreadableArticle(f"{origin}: takes more than {TIME_LIMIT:.0f} seconds; print it to PDF again")

    def take(text: str, outer: Sequence[float], inner: Sequence[float], font: Any, size: float) -> None:
        across = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
        up = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
        scale = abs(inner[0] * outer[0] + inner[1] * outer[2]) or 1.0
        pieces.append((text, across, up, abs(size * scale)))

    check_time()
    page.extract_text(visitor_operand_before=check_time, visitor_text=take)
    line: list[tuple[str, float, float, float]] = []
    for text, *place in [*pieces, ("\n", 0.0, 0.0, 0.0)]:
        for index, part in enumerate(text.split("\n")):
            if index and line:
                _, left, height, size = line[0]
                if shown := tidy(_LIGATURES.sub(_letters, "".join(piece for piece, *_ in line))):
                    yield Line(shown, number, left, height, size)
                line = []
            if part.strip() or (part and line):
                line.append((part, place[0], place[1], place[2]))


def _letters(ligature: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", ligature[0])


def drop_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Leave out the page numbers that go up with the pages, and what stands at the edge of three pages alike.

    Numbers in such a head count as alike. A head that only one or two pages have stays: it may be text.
    """
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        counts.update({key for line in _edges(page) for key in _furniture_keys(line)})
    common = {key for key, count in counts.items() if count >= (2 if key[0] == "number" else 3)}
    kept = []
    for page in pages:
        edges = [id(line) for line in _edges(page) if any(key in common for key in _furniture_keys(line))]
        kept.append([line for line in page if id(line) not in edges])
    return kept


def _edges(page: Sequence[Line]) -> list[Line]:
    """Give the two highest and the two lowest lines."""
    ordered = sorted(page, key=lambda line: line.height)
    return ordered if len(ordered) <= 4 else [*ordered[:2], *ordered[-2:]]


def _furniture_keys(line: Line) -> list[tuple[str, int]]:
    """Say what a line is like on other pages: a number that is as far from the page's, a text as high up."""
    number = _NUMBER.fullmatch(line.text)
    if number:
        return [("number", int(number[1]) - line.page)]
    text = re.sub(r"\d+", "#", line.text)
    return [(text, round(line.height / 10)), (text, round(line.height / 10 + 0.5))]


def join_lines(lines: Sequence[Line]) -> Iterator[str]:
    """Join lines into paragraphs.

    A paragraph ends where the next line is further down than usual, indented, of another size or an item of a
    list, and where a line that has room left ends a sentence.
    """
    gaps = [a.height - b.height for a, b in pairwise(lines) if a.page == b.page and a.height > b.height + 1]
    usual = median(gaps) if gaps else 0.0
    widths = sorted(len(line.text) * line.size for line in lines)
    width = widths[len(widths) * 9 // 10] if lines else 0.0
    margins = Counter(round(line.left) for line in lines)
    paragraph = ""
    for place, line in enumerate(lines):
        before = lines[place - 1] if place else None
        if before and not _begins(before, line, usual, width, margins):
            paragraph = _append(paragraph, line.text)
        else:
            if paragraph:
                yield paragraph
            paragraph = line.text
    if paragraph:
        yield paragraph


def _begins(before: Line, line: Line, usual: float, width: float, margins: Counter[int]) -> bool:
    """Say whether a line begins a paragraph; `width` is that of a full line, in letters times their size."""
    if abs(line.size - before.size) > 0.15 * max(line.size, before.size):
        return True
    gap = before.height - line.height
    turned = line.page != before.page or gap < -1  # the next page or column
    if not turned and gap > max(1.3 * usual, 1.35 * line.size):
        return True
    ends = before.text[-1] in _END_MARKS
    full = (len(before.text) + len(line.text.split()[0])) * before.size > 0.85 * width
    if LIST_MARK.match(line.text) and not (full and not ends and margins[round(line.left)] > 2):
        return True
    if not turned and not ends and _is_centred(before, line):
        return False
    if not turned and line.left > before.left + 0.7 * line.size and not LIST_MARK.match(before.text):
        return True
    return not full and (ends or line.text[0].isupper())


def _is_centred(before: Line, line: Line) -> bool:
    """Say whether two lines have about the same middle; a letter is taken to be half as wide as high."""
    middle, middle_before = (one.left + len(one.text) * one.size / 4 for one in (line, before))
    return abs(line.left - before.left) > 1 and abs(middle - middle_before) < line.size


def _append(paragraph: str, line: str) -> str:
    """Go on with a paragraph; Vietnamese divides no words, so that a hyphen at a line's end is one of the text."""
    tied = re.search(r"[^\W_]-$", paragraph)
    return paragraph + ("" if tied else " ") + line
