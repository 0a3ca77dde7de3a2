"""One sentence of an article's page: both languages side by side, its terms marked, the evidence and the doubts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from vn_summarize.document import Finding, TermUse, TranslatedSentence
from vn_summarize.writing.pages_frame import Html, join, table, tag

_SIGNS = {"error": "✖", "warning": "▲", "info": "ℹ"}
_NAMES = {"error": "Error", "warning": "Warning", "info": "Note"}


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where a term stands in a text, in characters, and the id of its entry."""

    start: int
    end: int
    entry: str
    class_: str


def render_pair(sentence: TranslatedSentence, doubts: Sequence[tuple[int, Finding]]) -> Html:
    """Give a sentence with its translation; `doubts` are the findings about it with their numbers."""
    index = sentence.source.index
    evidence = join(_terms(sentence), _checks(sentence))
    name = f"Sentence {index}"
    number: Html = tag("span", str(index), class_="number")
    if evidence:
        attributes = {"aria_expanded": "false", "aria_controls": f"e{index}", "aria_label": f"{name}: evidence"}
        number = tag("button", str(index), type="button", class_="number", **attributes)
    marked = bool(doubts) and any(finding.severity != "info" for _, finding in doubts)
    return tag(
        "div",
        number,
        tag("p", _marked(sentence.text, _english_marks(sentence)), lang="en"),
        tag("p", _marked(sentence.source.original, _source_marks(sentence)), lang="vi"),
        render_doubts(doubts),
        tag("div", evidence, id=f"e{index}", class_="evidence") if evidence else "",
        id=f"s{index}",
        class_="pair doubtful" if marked else "pair",
        role="group",
        aria_label=f"{name}, in doubt" if marked else name,
    )


def render_doubts(doubts: Iterable[tuple[int, Finding]]) -> Html:
    """Give a list of findings with their numbers: sign, severity, kind and reason; "" when there are none."""
    items = [
        tag(
            "li",
            tag("span", _SIGNS[finding.severity], class_="sign", aria_hidden="true"),
            tag("strong", f"{_NAMES[finding.severity]} {number}"),
            Html(" "),
            tag("span", f"({finding.kind})", class_="quiet"),
            Html(" "),
            tag("bdi", finding.message),
            class_=f"doubt {finding.severity}",
        )
        for number, finding in doubts
    ]
    return tag("ul", *items, class_="doubts") if items else Html("")


def _terms(sentence: TranslatedSentence) -> Html:
    entries = [
        tag("li", *_entry(use), id=_entry_id(sentence, place), class_=f"entry {use.status}")
        for place, use in enumerate(sentence.terms)
    ]
    return tag("ul", *entries, class_="entries") if entries else Html("")


def _entry(use: TermUse) -> Iterator[Html]:
    """Give what is told of a term: what stands there, what had to, and where both come from."""
    yield tag("strong", use.source, lang="vi")
    rows = (
        ("Required", tag("bdi", use.target or "as it is", lang="en")),
        ("Rendered", tag("bdi", use.rendered, lang="en") if use.rendered else tag("strong", "not found")),
        ("Status", f"{use.status}, by {use.how}" if use.status == "met" and use.how else use.status.upper()),
        ("Glossary", f"{use.origin}, policy {use.policy}"),
    )
    yield tag("dl", *(tag("div", tag("dt", name), tag("dd", value)) for name, value in rows))


def _checks(sentence: TranslatedSentence) -> Html:
    rows: list[tuple[str, ...]] = [
        (
            tag("bdi", check.source, lang="vi"),
            check.kind,
            tag("bdi", check.rendered or check.expected),
            "kept" if check.ok else tag("strong", "✖ lost" if not check.rendered else "✖ differs"),
        )
        for check in sentence.checks
    ]
    return table(("Vietnamese", "Kind", "English", "Status"), rows, class_="checks")


def _entry_id(sentence: TranslatedSentence, place: int) -> str:
    return f"t{sentence.source.index}-{place}"


def _class(use: TermUse) -> str:
    """Name how the mark of a term looks: a term that only is preferred may be missing without much harm."""
    return f"term {use.status} optional" if use.status == "unmet" and use.policy == "prefer" else f"term {use.status}"


def _source_marks(sentence: TranslatedSentence) -> Iterator[_Mark]:
    """Find the terms in the sentence as printed; their offsets are those of the text that was translated."""
    source = sentence.source
    matcher = SequenceMatcher(None, source.text, source.original, autojunk=False)
    shift = {a + i: b + i for a, b, size in matcher.get_matching_blocks() for i in range(size)}
    for place, use in enumerate(sentence.terms):
        first, last = shift.get(use.start), shift.get(use.start + len(use.source) - 1)
        if first is not None and last is not None:
            yield _Mark(first, last + 1, _entry_id(sentence, place), _class(use))


def _english_marks(sentence: TranslatedSentence) -> Iterator[_Mark]:
    """Find what answers each term in the translation: of equal ones, one after the other."""
    taken: dict[str, int] = {}
    for place, use in enumerate(sentence.terms):
        start = sentence.text.find(use.rendered, taken.get(use.rendered, 0)) if use.rendered else -1
        if start >= 0:
            taken[use.rendered] = end = start + len(use.rendered)
            yield _Mark(start, end, _entry_id(sentence, place), _class(use))


def _marked(text: str, marks: Iterable[_Mark]) -> Html:
    """Give the text with links from its terms to their entries; of overlapping ones the first stays."""
    parts, reached = [], 0
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if reached <= mark.start < mark.end:
            link = tag("a", text[mark.start : mark.end], href=f"#{mark.entry}", class_=mark.class_)
            parts += [_run(text[reached : mark.start]), link]
            reached = mark.end
    return join(*parts, _run(text[reached:]))


def _run(text: str) -> Html:
    """Escape a stretch of running text: white space at its ends parts it from the neighbouring links."""
    left = " " if text[:1].isspace() else ""
    right = " " if text[-1:].isspace() and text.strip() else ""
    return Html(left + join(text) + right)
