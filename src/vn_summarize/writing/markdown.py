"""An article's result as Markdown, for a reader without Vietnamese; nothing of its text acts as markup."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from vn_summarize.document import TITLE, ArticleResult, Finding, TranslatedSentence
from vn_summarize.facts import show_fact
from vn_summarize.glossary.surfaces import canonical
from vn_summarize.writing.occurrences import Occurrence, distinct, list_occurrences, rendering_key
from vn_summarize.writing.text import english_title, one_line, split_paragraphs

# CommonMark 0.31 and GFM: these act anywhere in a line ("&" only before an entity, "$" where formulas are known) ...
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~$#]|&(?=#?\w+;)")
# ... and these at its beginning: the bullets and numbers of lists, rulers.
_LEADING = re.compile(r"^(\d{1,9}(?=[.)](?: |$))|(?=[-+]))")

_LEGEND = (
    "Machine translation. Numbers in square brackets are those of the sentences below; "
    "⚠ marks a sentence whose translation is in doubt, with the number of the doubt."
)


def escape(text: str) -> str:
    """Give the text on one line so that Markdown shows it as it is, wherever it stands."""
    line = _SPECIAL.sub(r"\\\g<0>", one_line(text))
    return _LEADING.sub(r"\1\\", line)


def render_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Give a table of cells that are Markdown already, "" when there are no rows."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    if not lines:
        return ""
    return "\n".join(["| " + " | ".join(header) + " |", "|" + " --- |" * len(header), *lines])


def render_markdown(result: ArticleResult) -> str:
    """Give headline, summary, key facts, translation, terms, abbreviations, checks, doubts and removals.

    Sentence numbers are Sentence.index, doubt numbers those of the record (`render_json`).
    """
    sections = [
        ("Summary", _summary(result)),
        ("Key facts", _facts(result)),
        ("Translation", _translation(result)),
        ("Terms", _terms(result)),
        ("Abbreviations", _abbreviations(result)),
        ("Places", _places(result)),
        ("Numbers, dates, names and codes", _checks(result.translated.sentences)),
        ("Doubts", _doubts(result)),
        ("Removed from the article", _removed(result)),
    ]
    headline = result.summary.headline or english_title(result.translated) or result.translated.document.article.id
    blocks = [f"# {escape(headline)}", _provenance(result), _LEGEND]
    blocks += [f"## {heading}\n\n{body}" for heading, body in sections if body]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _provenance(result: ArticleResult) -> str:
    article = result.translated.document.article
    parts = [article.source, article.section, article.date, ", ".join(article.authors), f"read from {article.origin}"]
    return " · ".join(escape(part) for part in parts if part)


def _numbers(indexes: Iterable[int]) -> str:
    return "".join(f" [{index}]" for index in indexes)


def _summary(result: ArticleResult) -> str:
    summary = result.summary
    parts = {"en": [summary.sentences], "vi": [summary.originals], "both": [summary.sentences, summary.originals]}
    blocks = []
    for part in parts[summary.language]:
        told = [escape(text) + _numbers(sources) for text, sources in zip(part, summary.sources, strict=bool(part))]
        blocks.append("\n".join(f"- {line}" for line in told) if summary.style == "bullets" else " ".join(told))
    return "\n\n".join(block for block in blocks if block)


def _facts(result: ArticleResult) -> str:
    rows = [(escape(f.kind), escape(show_fact(f)), escape(f.source), str(f.sentence)) for f in result.facts]
    return render_table(("Kind", "Fact", "Vietnamese", "Sentence"), rows)


def _translation(result: ArticleResult) -> str:
    doubts: dict[int | None, list[str]] = {}
    for number, finding in enumerate(result.findings, 1):
        if finding.severity != "info":
            doubts.setdefault(finding.sentence, []).append(f"⚠{number}")

    def line(sentence: TranslatedSentence) -> str:
        index = sentence.source.index
        marks = f" ({', '.join(doubts[index])})" if index in doubts else ""
        return f"[{index}] {escape(sentence.text)}{marks}"

    blocks = []
    for paragraph, sentences in split_paragraphs(result.translated):
        block = " ".join(map(line, sentences))
        blocks.append(f"### {block}" if paragraph == TITLE else block)
    return "\n\n".join(blocks)


def _merge(pairs: Iterable[tuple[tuple[str, ...], int]]) -> Iterator[tuple[str, ...]]:
    """Give each row once, in order of first appearance, with all the sentences it stands in."""
    places: dict[tuple[str, ...], list[int]] = {}
    for row, index in pairs:
        places.setdefault(row, []).append(index)
    for row, indexes in places.items():
        yield (*row, _list(indexes))


def _terms(result: ArticleResult) -> str:
    """Give one row for each term and required English: the unmet ones first, then those that only were preferred."""
    groups: dict[tuple[str, str], list[Occurrence]] = {}
    for use in list_occurrences(result):
        groups.setdefault((use.term, rendering_key(use.required, use.required)), []).append(use)
    rows = sorted(groups.values(), key=_urgency)
    header = ("Vietnamese", "Required English", "In the translation", "Status", "How", "Occurrences", "Sentences")
    return render_table(header, map(_term_row, rows))


def _urgency(uses: Sequence[Occurrence]) -> int:
    return min(_URGENCY.get((use.status, use.policy == "prefer"), len(_URGENCY)) for use in uses)


_URGENCY = {("unmet", False): 0, ("unmet", True): 1}


def _term_row(uses: Sequence[Occurrence]) -> tuple[str, ...]:
    unmet = [use for use in uses if use.status == "unmet"]
    word = "unmet (preferred only)" if all(use.policy == "prefer" for use in unmet) else "**UNMET**"
    how = Counter(use.how for use in uses if use.status == "met")
    return (
        _several(distinct((canonical(use.source), use.source) for use in uses).values()),
        escape(uses[0].required),
        _several(distinct((rendering_key(use.required, use.rendered), use.rendered) for use in uses).values()),
        f"{word}: {_list(use.sentence for use in unmet)}" if unmet else "met",
        ", ".join(f"{escape(step)} {count}" for step, count in sorted(how.items())),
        str(len(uses)),
        _list(use.sentence for use in uses),
    )


def _several(texts: Iterable[str]) -> str:
    return " · ".join(escape(text) for text in texts if text)


def _list(indexes: Iterable[int]) -> str:
    return ", ".join(str(index) for index in dict.fromkeys(indexes))


def _abbreviations(result: ArticleResult) -> str:
    rows = []
    for a in result.translated.document.abbreviations:
        english = f"{a.english} ({a.english_short})" if a.english_short else a.english
        where = a.origin if a.sentence is None else f"sentence {a.sentence}"
        rows.append((escape(a.short), escape(a.long), escape(english), escape(where)))
    return render_table(("Short form", "Vietnamese", "English", "Defined in"), rows)


def _places(result: ArticleResult) -> str:
    rows = [
        (escape(p.source), escape(p.english), escape(p.today), ", ".join(map(str, p.sentences))) for p in result.places
    ]
    return render_table(("Vietnamese", "English", "Since the reform of 2025", "Sentence"), rows)


def _checks(sentences: Sequence[TranslatedSentence]) -> str:
    rows = _merge(
        (
            (
                check.kind,
                escape(check.source),
                escape(check.expected),
                escape(check.rendered),
                "kept" if check.ok else "**LOST**",
            ),
            s.source.index,
        )
        for s in sentences
        for check in s.checks
    )
    return render_table(("Kind", "Vietnamese", "Expected", "In the translation", "Status", "Sentence"), rows)


def _doubts(result: ArticleResult) -> str:
    """Give one list item for each doubt, under its sentence's Vietnamese and English."""
    sentences = {s.source.index: s for s in result.translated.sentences}
    groups: dict[int | None, list[str]] = {}
    for number, finding in enumerate(result.findings, 1):
        groups.setdefault(finding.sentence, []).append(_doubt(number, finding))
    blocks = []
    for index in sorted(groups, key=lambda i: (i is not None, i or 0)):
        heading = "Whole article" if index is None else f"Sentence {index}"
        blocks.append(f"### {heading}\n\n" + "\n".join(groups[index]))
        if index in sentences:
            pair = (escape(sentences[index].source.original), escape(sentences[index].text))
            blocks.append(render_table(("Vietnamese", "English"), [pair]))
    return "\n\n".join(blocks)


def _doubt(number: int, finding: Finding) -> str:
    sign = "" if finding.severity == "info" else "⚠"
    return f"- {sign}{number} **{finding.severity}** ({escape(finding.kind)}): {escape(finding.message)}"


def _removed(result: ArticleResult) -> str:
    removed = result.translated.document.article.removed
    return "\n".join(f"- {escape(removal.kind)}: {escape(removal.text)}" for removal in removed)
