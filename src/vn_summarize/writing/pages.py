"""An article's result as one HTML page that needs nothing else: to read, to follow, to check; offline."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from vn_summarize.document import TITLE, ArticleResult, Fact, Finding
from vn_summarize.facts import show_fact
from vn_summarize.writing.pages_frame import Html, count, frame, join, section, table, tag
from vn_summarize.writing.pages_text import render_doubts, render_pair
from vn_summarize.writing.text import english_title, split_paragraphs

_FACTS = {
    "date": "Dates",
    "place": "Places",
    "body": "Bodies",
    "person": "People",
    "program": "Programs",
    "document": "Documents",
    "figure": "Figures",
}
_KEYS = (
    ("↓ ↑ in the text, j k anywhere", "next and previous sentence"),
    ("n p", "next and previous sentence in doubt"),
    ("Enter", "open or close the evidence of the sentence: its terms, numbers, dates, names and codes"),
    ("Tab", "go to the terms of the sentence; each shows its entry"),
    ("Escape", "close the entry, then the evidence"),
    ("d", "only doubts, or all sentences"),
    ("?", "this list"),
)


def render_page(result: ArticleResult) -> str:
    """Give the article's page: headline, summary, key facts, then both languages by sentence with the evidence.

    Sentence numbers are Sentence.index, doubt numbers those of the record. Nothing of the article acts as markup.
    """
    article = result.translated.document.article
    whole = [(number, finding) for number, finding in _numbered(result) if finding.sentence is None]
    main = join(
        _opening(result),
        section("summary", "Summary", _summary(result)),
        section("facts", "Key facts", _facts(result)),
        section("whole", "Doubts about the whole article", render_doubts(whole)),
        section("text", "English and Vietnamese", _tools(result), *_pairs(result)),
        section("places", "Places", _places(result)),
        section("abbreviations", "Abbreviations", _abbreviations(result)),
        section("removed", "Removed from the article", _removed(result)),
        gap="\n",
    )
    top = "../" * article.id.count("/")
    navigation = tag("nav", tag("a", "All articles", href=f"{top}index.html"), aria_label="Articles")
    return frame(headline(result), navigation, tag("article", main), skip=("text", "the text"))


def headline(result: ArticleResult) -> str:
    """Give what the article is called in English: its headline, else its title, else its id."""
    return result.summary.headline or english_title(result.translated) or result.translated.document.article.id


def _numbered(result: ArticleResult) -> Iterator[tuple[int, Finding]]:
    return enumerate(result.findings, 1)


def _opening(result: ArticleResult) -> Html:
    article = result.translated.document.article
    said = (article.source, article.section, article.date, ", ".join(article.authors), f"read from {article.origin}")
    original = result.summary.headline_original or article.title
    return join(
        tag("h1", headline(result)),
        tag("p", original, lang="vi", class_="original") if original else "",
        tag("p", join(*(tag("bdi", part) for part in said if part), gap=" · "), class_="quiet"),
        tag("p", join("Machine translation.", _verdict(result), _references(result), gap=" "), class_="quiet"),
        gap="\n",
    )


def _verdict(result: ArticleResult) -> str:
    severities = [finding.severity for finding in result.findings]
    counts = " and ".join(count(severities.count(name), name) for name in ("error", "warning"))
    return f"The checks give {counts}; they see numbers, dates, names and terms, not meaning."


def _references(result: ArticleResult) -> Html:
    links = _links(result.summary.headline_sources)
    return join("Headline from", links, gap=" ") if links else Html("")


def _links(indexes: Iterable[int]) -> Html:
    return join(
        *(tag("a", str(i), href=f"#s{i}", class_="ref", aria_label=f"Sentence {i}") for i in dict.fromkeys(indexes)),
        gap=" ",
    )


def _summary(result: ArticleResult) -> Html:
    summary = result.summary
    shown = {"en": ["en"], "vi": ["vi"], "both": ["en", "vi"]}[summary.language]
    blocks = []
    for language in shown:
        texts = summary.sentences if language == "en" else summary.originals
        told = [
            join(tag("span", text), _links(sources), gap=" ")
            for text, sources in zip(texts, summary.sources, strict=bool(texts))
        ]
        if told and summary.style == "bullets":
            blocks.append(tag("ul", *(tag("li", line) for line in told), lang=language))
        elif told:
            blocks.append(tag("p", join(*told, gap=" "), lang=language))
    return join(*blocks, gap="\n")


def _facts(result: ArticleResult) -> Html:
    """Give a row for each kind of fact, all of its facts in it."""
    today = {place.english: place.today for place in result.places}
    rows = []
    for kind, facts in groupby(result.facts, key=lambda fact: fact.kind):
        items = (tag("li", _fact(fact, today.get(fact.text, ""))) for fact in facts)
        rows.append(tag("tr", tag("th", _FACTS[kind], scope="row"), tag("td", tag("ul", *items))))
    return tag("table", tag("tbody", join(*rows, gap="\n")), class_="facts") if rows else Html("")


def _fact(fact: Fact, today: str) -> Html:
    return join(
        tag("bdi", show_fact(fact)),
        tag("bdi", fact.source, lang="vi", class_="quiet"),
        tag("span", f"· now: {today}", class_="quiet") if today else "",
        _links([fact.sentence]),
        gap=" ",
    )


def _tools(result: ArticleResult) -> Html:
    marked = {finding.sentence for finding in result.findings if finding.severity != "info"} - {None}
    button = tag(
        "button", f"Only doubts ({len(marked)})", id="doubts", type="button", aria_pressed="false", disabled=not marked
    )
    keys = tag("dl", *(tag("div", tag("dt", key), tag("dd", what)) for key, what in _KEYS))
    letters = tag("label", tag("input", type="checkbox", id="letters", checked=True), " Keys that are letters")
    return join(
        tag(
            "div", button, tag("details", tag("summary", "Keys"), keys, letters, id="keys"), class_="tools script-only"
        ),
        tag(
            "p",
            "A number opens the evidence of its sentence. Terms of the glossary are underlined, those not met "
            "with a broken line.",
            class_="quiet",
        ),
        gap="\n",
    )


def _pairs(result: ArticleResult) -> Iterator[Html]:
    doubts: dict[int | None, list[tuple[int, Finding]]] = {}
    for number, finding in _numbered(result):
        doubts.setdefault(finding.sentence, []).append((number, finding))
    for paragraph, sentences in split_paragraphs(result.translated):
        pairs = join(*(render_pair(s, doubts.get(s.source.index, [])) for s in sentences), gap="\n")
        yield tag("div", pairs, class_="paragraph title" if paragraph == TITLE else "paragraph")


def _places(result: ArticleResult) -> Html:
    rows: list[tuple[str, ...]] = [
        (tag("bdi", p.english), tag("bdi", p.source, lang="vi"), p.today, _links(p.sentences)) for p in result.places
    ]
    return table(("English", "Vietnamese", "Since the reform of 2025", "Sentences"), rows)


def _abbreviations(result: ArticleResult) -> Html:
    rows: list[tuple[str, ...]] = []
    for a in result.translated.document.abbreviations:
        english = f"{a.english} ({a.english_short})" if a.english_short else a.english
        where = _links([a.sentence]) if a.sentence is not None else a.origin
        rows.append((tag("bdi", a.short, lang="vi"), tag("bdi", a.long, lang="vi"), tag("bdi", english), where))
    return table(("Short form", "Vietnamese", "English", "Defined in"), rows)


def _removed(result: ArticleResult) -> Html:
    removed = result.translated.document.article.removed
    items = [tag("li", join(tag("strong", r.kind), tag("bdi", r.text, lang="vi"), gap=" ")) for r in removed]
    return tag("ul", *items) if items else Html("")
