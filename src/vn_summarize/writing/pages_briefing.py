"""The briefing as an HTML page: its Markdown, with links to the sentences on the articles' pages."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from vn_summarize.briefing.contents import Briefing
from vn_summarize.writing.briefing import render_briefing_markdown
from vn_summarize.writing.pages_frame import Html, frame, tag

_FIRST_SENTENCE = re.compile(r": (\d+)(?:, \d+)*$")


def render_briefing_page(briefing: Briefing, base: str = "") -> str:
    """Give the briefing as a page of the folder whose articles have one; `base` as in `render_briefing_markdown`.

    The Markdown lets nothing of the articles' text act as markup, HTML included; the page's policy stands behind it.
    """
    parser = MarkdownIt("commonmark").enable("table")
    tokens = parser.parse(render_briefing_markdown(briefing, base))
    for token in tokens:
        for link, text in _links(token.children or ()):
            link.attrs["href"] = _to_page(str(link.attrs["href"]), text)
    main = Html(parser.renderer.render(tokens, parser.options, {}))
    navigation = tag("nav", tag("a", "All articles", href=f"{base}index.html"), aria_label="Articles")
    return frame("Briefing", navigation, tag("article", main, id="briefing"), skip=("briefing", "the briefing"))


def _links(children: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """Yield each link with the text that it shows."""
    link, text = None, ""
    for token in children:
        if token.type == "link_open":
            link, text = token, ""
        elif token.type == "link_close" and link:
            yield link, text
        else:
            text += token.content


def _to_page(href: str, text: str) -> str:
    """Lead from an article's Markdown to its page, and there to the first of the sentences that the text names."""
    if not href.endswith(".md"):
        return href
    sentence = _FIRST_SENTENCE.search(text)
    return f"{href.removesuffix('.md')}.html" + (f"#s{sentence[1]}" if sentence else "")
