"""Plain text: the English alone, and Vietnamese beside English, one sentence a line."""

from collections.abc import Iterator
from itertools import groupby

from vn_summarize.document import TITLE, ArticleResult, TranslatedDocument, TranslatedSentence


def one_line(text: str) -> str:
    """Give the text with every run of white space (tabs, line ends of any kind) as one space."""
    return " ".join(text.split())


def english_title(translated: TranslatedDocument) -> str:
    """Give the translation of the title, "" for an article without one."""
    return " ".join(one_line(s.text) for s in translated.sentences if s.source.paragraph == TITLE)


def split_paragraphs(translated: TranslatedDocument) -> Iterator[tuple[int, tuple[TranslatedSentence, ...]]]:
    """Yield each paragraph's number (TITLE for the title) with its sentences, in order."""
    for paragraph, sentences in groupby(translated.sentences, key=lambda s: s.source.paragraph):
        yield paragraph, tuple(sentences)


def render_text(result: ArticleResult) -> str:
    """Give the English alone: title, summary, then one paragraph a line, with empty lines between."""
    blocks = [english_title(result.translated) or one_line(result.summary.headline)]
    if result.summary.text:
        gap = "\n" if result.summary.style == "bullets" else " "
        blocks.append(f"Summary:{gap}{_lines(result.summary.text)}")
    for paragraph, sentences in split_paragraphs(result.translated):
        if paragraph != TITLE:
            blocks.append(" ".join(one_line(s.text) for s in sentences))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _lines(text: str) -> str:
    """Give a text line by line, without empty ones, each on one line."""
    return "\n".join(filter(None, map(one_line, text.split("\n"))))


def render_tsv(result: ArticleResult) -> str:
    """Give one line for each sentence, in order: the Vietnamese as printed, a tab, the English."""
    return "".join(f"{one_line(s.source.original)}\t{one_line(s.text)}\n" for s in result.translated.sentences)
