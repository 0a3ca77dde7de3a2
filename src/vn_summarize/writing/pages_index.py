"""The page of a whole run: every article with its summary, and a search over all of them; offline."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from vn_summarize.document import ArticleResult, Failure
from vn_summarize.facts import show_fact
from vn_summarize.writing.files import output_name
from vn_summarize.writing.occurrences import term_name
from vn_summarize.writing.pages import headline
from vn_summarize.writing.pages_frame import Html, count, frame, join, section, tag
from vn_summarize.writing.run import advice

_KEYS = (
    ("/", "search"),
    ("↓ in the search", "go to the first article found"),
    ("↓ ↑ in the list, j k anywhere", "next and previous article"),
    ("Enter", "open the article"),
    ("Escape", "clear the search"),
    ("d", "only articles in doubt, or all"),
    ("?", "this list"),
)


@dataclass(frozen=True, slots=True)
class PageEntry:
    """What the page of a run tells of one article, and the words that only its search knows."""

    page: str  # POSIX path below the output folder
    headline: str
    original: str  # the title in Vietnamese
    source: str
    date: str
    sentences: int
    errors: int
    warnings: int
    summary: str
    language: str  # of the summary: en or vi
    places: tuple[str, ...]
    terms: tuple[str, ...]  # a term's Vietnamese and its English


def page_entry(result: ArticleResult) -> PageEntry:
    """Give the entry of an article whose page `render_page` makes."""
    article, summary = result.translated.document.article, result.summary
    severities = [finding.severity for finding in result.findings]
    vietnamese = summary.language == "vi"
    terms = (sys.intern(f"{term_name(use)} {use.target}") for s in result.translated.sentences for use in s.terms)
    return PageEntry(
        page=output_name(article.id, ".html"),
        headline=headline(result),
        original=article.title,
        source=article.source,
        date=article.date,
        sentences=len(result.translated.sentences),
        errors=severities.count("error"),
        warnings=severities.count("warning"),
        summary=" ".join(summary.originals if vietnamese else summary.sentences),
        language="vi" if vietnamese else "en",
        places=tuple(show_fact(fact) for fact in result.facts if fact.kind == "place"),
        terms=tuple(dict.fromkeys(terms)),
    )


def render_index_page(entries: Sequence[PageEntry], failures: Iterable[Failure] = ()) -> str:
    """Give the page; its search looks, without regard to marks and case, in all that it shows and in the terms."""
    failed = [_failure(failure) for failure in failures]
    main = join(
        tag("h1", "Articles"),
        _tools(entries) if entries else tag("p", "No article gave a result."),
        tag("ol", join(*(_card(entry) for entry in entries), gap="\n"), id="articles") if entries else "",
        section("failed", "Without a result", tag("ul", *failed) if failed else ""),
        _words(entries),
        gap="\n",
    )
    navigation = tag("nav", tag("a", "The glossary's terms", href="terms.md"), aria_label="About this run")
    return frame("Articles", navigation, main, skip=("articles" if entries else "failed", "the articles"))


def _tools(entries: Sequence[PageEntry]) -> Html:
    doubtful = sum(entry.errors + entry.warnings > 0 for entry in entries)
    button = tag(
        "button",
        f"Only doubts ({doubtful})",
        id="doubts",
        type="button",
        aria_pressed="false",
        disabled=not doubtful,
    )
    field = tag("input", type="search", id="search", autocomplete="off")
    keys = tag("dl", *(tag("div", tag("dt", key), tag("dd", what)) for key, what in _KEYS))
    letters = tag("label", tag("input", type="checkbox", id="letters", checked=True), " Keys that are letters")
    return join(
        tag("p", count(len(entries), "article"), id="count", role="status", class_="quiet"),
        tag(
            "div",
            tag("div", tag("label", "Search", field), role="search"),
            button,
            tag("details", tag("summary", "Keys"), keys, letters, id="keys"),
            class_="tools script-only",
        ),
        gap="\n",
    )


def _card(entry: PageEntry) -> Html:
    doubts = [
        join(tag("span", sign, aria_hidden="true"), count(number, name), gap=" ")
        for sign, number, name in (("✖", entry.errors, "error"), ("▲", entry.warnings, "warning"))
        if number
    ]
    said = [*(tag("bdi", part) for part in (entry.source, entry.date) if part), count(entry.sentences, "sentence")]
    link = tag("a", entry.headline, href=quote(entry.page, errors="surrogateescape"))
    return tag(
        "li",
        tag("h2", link),
        tag("p", entry.original, lang="vi", class_="original") if entry.original else "",
        tag("p", join(*said, *doubts, gap=" · "), class_="quiet"),
        tag("p", entry.summary, lang="vi" if entry.language == "vi" else "") if entry.summary else "",
        tag("p", ", ".join(entry.places), class_="quiet") if entry.places else "",
        class_="card doubtful" if doubts else "card",
    )


def _failure(failure: Failure) -> Html:
    return tag("li", join(tag("strong", failure.origin), tag("bdi", failure.error), "→", advice(failure), gap=" "))


def _words(entries: Sequence[PageEntry]) -> Html:
    """Give the terms for the search: each once, and the numbers of those that each article has."""
    numbers: dict[str, int] = {}
    articles = [[numbers.setdefault(term, len(numbers)) for term in entry.terms] for entry in entries]
    record = json.dumps({"terms": list(numbers), "articles": articles}, ensure_ascii=False, separators=(",", ":"))
    # "</script>" and "<!--" end or bend a script's text, and "&lt;" would stay as it is.
    return Html(f'<script type="application/json" id="words">{record.replace("<", chr(92) + "u003c")}</script>')
