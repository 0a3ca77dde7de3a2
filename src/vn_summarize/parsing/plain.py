"""Plain text: its paragraphs and headline; and the article that every format ends in."""

import re
from itertools import pairwise

from vn_summarize.bylines import find_dateline
from vn_summarize.cleaning import line_kind, parse_date
from vn_summarize.document import Article
from vn_summarize.errors import EmptyArticle, UnreadableArticle
from vn_summarize.parsing.decoding import CONTROL, repair

LIST_MARK = re.compile(r"(?:[-+*•–|]|\d+[.)]|[a-zđ]\))\s")
"""What an item of a list begins with."""

_INVISIBLE = re.compile(r"[\u200b\ufeff]")
_SOFT_HYPHEN = "\u00ad"  # a letter in the fonts from before Unicode, until `repair` has seen it
_ENDS = ".!?…:;"  # no line goes on behind them
_SENTENCE_MARKS = ".!:;,…"
_HEADLINE_WORDS = 30  # headlines of provincial news run to 25
_WRAP_WIDTHS = range(40, 131)  # widths at which programs and mail wrap lines
_WRAPPED_LINES = 4  # fewer may be full by chance


def parse_plain(text: str, origin: str, article_id: str) -> Article:
    """Read an article from plain text."""
    title, paragraphs = split_headline(split_paragraphs(text))
    return build_article(origin, article_id, title, paragraphs)


def build_article(
    origin: str,
    article_id: str,
    title: str,
    paragraphs: list[str],
    *,
    source: str = "",
    date: str = "",
    authors: list[str] | None = None,
    section: str = "",
) -> Article:
    """Tidy an article's parts and put them together; EmptyArticle where no text is left."""
    lines, findings = repair([title, *paragraphs])
    title, *paragraphs = (line.replace(_SOFT_HYPHEN, "") for line in lines)
    kept = tuple(filter(None, map(tidy, paragraphs)))
    if not kept:
        raise EmptyArticle(f"{origin}: no article text found in it")
    try:
        "".join((title, *kept)).encode()
    except UnicodeEncodeError:
        raise UnreadableArticle(f"{origin}: holds half a character (a lone surrogate); export it again") from None
    people = tuple(dict.fromkeys(filter(None, map(tidy, authors or ()))))
    told = tidy(source), date, people
    return Article(article_id, origin, tidy(title), kept, *told, findings=findings, section=tidy(section))


def build_document(origin: str, article_id: str, paragraphs: list[str], title: str = "") -> Article:
    """Make an article of the paragraphs of a word processor's file; `title` is what its properties call so.

    Who made the file and when is not asked: that is the typist, and the day on which it was saved.
    """
    headline, rest = split_headline(list(filter(None, map(tidy, paragraphs))), title)
    return build_article(origin, article_id, headline, rest)


def tidy(text: str) -> str:
    """Give the text on one line, without control characters and invisible ones."""
    return " ".join(_INVISIBLE.sub("", CONTROL.sub(" ", text)).split())


def split_paragraphs(text: str) -> list[str]:
    """Split at blank lines, or at every line where there are none; join lines that were wrapped or torn apart."""
    lines = [tidy(line) for line in text.split("\n")]
    blocks = [block.split("\n") for block in re.split(r"\n\n+", "\n".join(lines).strip("\n"))]
    if len(blocks) == 1:
        return join_continued(_unwrap(blocks[0]))
    torn, width = any(map(_is_torn, blocks)), max(map(len, lines))
    paragraphs: list[str] = []
    for block in blocks:
        wrapped = (torn and _is_wrapped(block, width)) or (_is_torn(block) and _is_wrapped(block, max(map(len, block))))
        paragraphs += [" ".join(block)] if wrapped else join_continued(block)
    return paragraphs


def split_headline(paragraphs: list[str], title: str = "") -> tuple[str, list[str]]:
    """Part the headline from the text: the first paragraph if it is one, else none.

    `title` is what a document's style or properties call so; it counts if it stands among the first paragraphs,
    for properties often name another document, the one that this was made from.
    """
    for place, paragraph in enumerate(paragraphs[:5] if title.strip() else []):
        if tidy(paragraph).casefold() == tidy(title).casefold() and len(paragraphs) > 1:
            return paragraph, paragraphs[:place] + paragraphs[place + 1 :]
    if paragraphs and has_headline(paragraphs):
        return paragraphs[0], paragraphs[1:]
    return "", paragraphs


def join_continued(lines: list[str]) -> list[str]:
    """Join what a line break inside a paragraph tore apart: no mark before it, lower case after it.

    A line in capitals is a headline.
    """
    joined: list[str] = []
    for line in filter(None, lines):
        goes_on = joined and _is_torn([joined[-1], line]) and not joined[-1].isupper()
        if goes_on and not LIST_MARK.match(line):
            joined[-1] += " " + line
        else:
            joined.append(line)
    return joined


def has_headline(paragraphs: list[str]) -> bool:
    """Say whether the first paragraph is a headline: short, unfinished, no dateline, with text to follow."""
    first = paragraphs[0]
    return (
        len(paragraphs) > 1
        and len(first.split()) <= _HEADLINE_WORDS
        and first[-1] not in _SENTENCE_MARKS
        and not LIST_MARK.match(first)
        and not find_dateline(first)[0]
        and not line_kind(first)
        and not parse_date(first)
    )


def _unwrap(lines: list[str]) -> list[str]:
    """Join the paragraphs of a text without blank lines that a program wrapped: a line with room to spare ends one.

    Such a text has most of its lines full, and one that goes on in lower case.
    """
    width = max(map(len, lines))
    full = _full_lines(lines, width)
    if width not in _WRAP_WIDTHS or len(lines) < _WRAPPED_LINES or 2 * sum(full) < len(full) or not _is_torn(lines):
        return lines
    joined = lines[:1]
    for line, was_full in zip(lines[1:], full, strict=True):
        if was_full and not LIST_MARK.match(line):
            joined[-1] += " " + line
        else:
            joined.append(line)
    return joined


def _is_wrapped(lines: list[str], width: int) -> bool:
    """Say whether each line ends only where its next word had no room."""
    return width in _WRAP_WIDTHS and not any(map(LIST_MARK.match, lines)) and all(_full_lines(lines, width))


def _full_lines(lines: list[str], width: int) -> list[bool]:
    """Say of each line but the last whether the next word had no room in it."""
    return [len(line) + 1 + len(following.split()[0]) > width for line, following in pairwise(lines)]


def _is_torn(lines: list[str]) -> bool:
    """Say whether a line that ends no sentence is followed by one that begins in lower case."""
    return any(following[0].islower() and line[-1] not in _ENDS for line, following in pairwise(lines))
