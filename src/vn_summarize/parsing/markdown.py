"""Markdown: front matter, headings, joined lines, marks taken off."""

import re

from vn_summarize.cleaning import parse_date
from vn_summarize.document import Article
from vn_summarize.parsing.plain import LIST_MARK, build_article, has_headline
from vn_summarize.parsing.records import AUTHOR_KEYS, DATE_KEYS, SECTION_KEYS, SOURCE_KEYS


def parse_markdown(text: str, origin: str, article_id: str) -> Article:
    """Read an article from Markdown."""
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
        elif joined and not heading and not LIST_MARK.match(line):
            paragraphs[-1] += " " + line.removeprefix(">").lstrip()
        else:
            paragraphs.append(heading[2] if heading else re.sub(r"^[*+](?=\s)", "-", line.lstrip("> ")))
            joined = not heading and not line.startswith("|")
    if not title and paragraphs and has_headline(paragraphs):
        title = paragraphs.pop(0)
    return build_article(
        origin,
        article_id,
        _strip_marks(title),
        [_strip_marks(paragraph) for paragraph in paragraphs],
        source=next((front[key] for key in SOURCE_KEYS if key in front), ""),
        date=parse_date(next((front[key] for key in DATE_KEYS if key in front), "")),
        authors=re.split(r"\s*[,;]\s*", next((front[key] for key in AUTHOR_KEYS if key in front), "").strip("[]")),
        section=next((front[key] for key in SECTION_KEYS if key in front), ""),
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
