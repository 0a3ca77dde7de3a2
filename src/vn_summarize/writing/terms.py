"""What became of the glossary's terms in a whole run: terms.csv, terms.md and their part of report.json."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import groupby
from typing import Any
from urllib.parse import quote

from vn_summarize.writing.files import output_name
from vn_summarize.writing.markdown import escape, render_table
from vn_summarize.writing.occurrences import Occurrence
from vn_summarize.writing.spreadsheets import csv_lines


@dataclass(frozen=True, slots=True)
class TermSummary:
    """What became of one term in all articles."""

    term: str
    required: tuple[str, ...]  # more than one where two glossaries, or two articles, ask for different English
    occurrences: int
    unmet: int
    optional: bool  # its policy is prefer throughout: a miss is for information only
    renderings: tuple[tuple[str, int], ...]  # distinct English with its count, the most frequent first
    places: tuple[tuple[str, int], ...]  # article and sentence of the first unmet occurrences


@dataclass(frozen=True, slots=True)
class TermReport:
    """The terms of a run: counts of all, and the terms worth a look, which are bounded in number."""

    terms: int
    occurrences: int
    met: int
    how: tuple[tuple[str, int], ...]  # met occurrences by the step that met them
    policies: tuple[tuple[str, int, int], ...]  # policy, met, unmet
    origins: tuple[tuple[str, int, int], ...]  # glossary, met, unmet
    unmet_terms: int  # terms with an unmet occurrence
    several_terms: int  # terms with more than one rendering
    unmet: tuple[TermSummary, ...]  # the first of them, the binding ones before the optional ones
    several: tuple[TermSummary, ...]
    frequent: tuple[TermSummary, ...]


def render_terms_csv(occurrences: Iterable[Occurrence]) -> Iterator[str]:
    """Yield the lines of terms.csv; no cell acts as a formula in a spreadsheet."""
    header = [field.name for field in fields(Occurrence)]
    return csv_lines(header, ([getattr(row, name) for name in header] for row in occurrences))


def render_terms_markdown(report: TermReport, formats: Sequence[str] = ("json", "md")) -> str:
    """Give the terms worth a look: unmet ones first, then those with several renderings, then the frequent ones.

    `formats` are those of the articles' files, as --format names them: the page is linked where there is one.
    """
    suffix = ".md" if "md" in formats else ".json"
    unmet = [
        (
            escape(term.term),
            _required(term),
            "prefer" if term.optional else "**binding**",
            f"{term.unmet} of {term.occurrences}",
            _places(term, suffix),
        )
        for term in report.unmet
    ]
    several = [(escape(t.term), _required(t), str(t.occurrences), _renderings(t)) for t in report.several]
    frequent = [
        (escape(t.term), _required(t), str(t.occurrences), str(t.unmet), _renderings(t)) for t in report.frequent
    ]
    sections = (
        ("Not met", report.unmet_terms, ("Vietnamese", "Required English", "Policy", "Unmet", "Where"), unmet),
        (
            "More than one rendering",
            report.several_terms,
            ("Vietnamese", "Required English", "Occurrences", "In the translations"),
            several,
        ),
        (
            "Most frequent",
            report.terms,
            ("Vietnamese", "Required English", "Occurrences", "Unmet", "In the translations"),
            frequent,
        ),
    )
    blocks = ["# Terms", _headline(report)]
    for heading, number, header, rows in sections:
        if rows:
            more = f"\n\nThe first {len(rows)} of {number}; all are in terms.csv." if number > len(rows) else ""
            blocks.append(f"## {heading}\n\n{render_table(header, rows)}{more}")
    return "\n\n".join(blocks) + "\n"


def terms_record(report: TermReport) -> dict[str, Any]:
    """Give the part of report.json that is about terms, as plain JSON values."""
    return {
        "terms": report.terms,
        "occurrences": report.occurrences,
        "met": report.met,
        "unmet": report.occurrences - report.met,
        "share_met": round(report.met / report.occurrences, 4) if report.occurrences else None,
        "how": [{"how": how, "count": count} for how, count in report.how],
        "policies": [{"policy": policy, "met": met, "unmet": unmet} for policy, met, unmet in report.policies],
        "origins": [{"origin": origin, "met": met, "unmet": unmet} for origin, met, unmet in report.origins],
        "unmet_terms": {"number": report.unmet_terms, "first": [_summary_record(t) for t in report.unmet]},
        "several_renderings": {"number": report.several_terms, "first": [_summary_record(t) for t in report.several]},
    }


def _summary_record(term: TermSummary) -> dict[str, Any]:
    return {
        "term": term.term,
        "required": list(term.required),
        "occurrences": term.occurrences,
        "unmet": term.unmet,
        "renderings": [{"text": text, "count": count} for text, count in term.renderings],
    }


def _headline(report: TermReport) -> str:
    if not report.occurrences:
        return "No article has a term of the glossaries."
    unmet = report.occurrences - report.met
    return (
        f"{report.occurrences} occurrences of {report.terms} terms: {report.met} met "
        f"({report.met / report.occurrences:.1%}), {unmet} unmet. Terms with more than one rendering: "
        f"{report.several_terms}. Every occurrence stands in [terms.csv](terms.csv)."
    )


def _required(term: TermSummary) -> str:
    return " · ".join(map(escape, term.required))


def _renderings(term: TermSummary) -> str:
    return " · ".join(f"{escape(text)} ({count})" for text, count in term.renderings)


def _places(term: TermSummary, suffix: str) -> str:
    links = []
    for article, places in groupby(term.places, key=lambda place: place[0]):
        page = quote(output_name(article, suffix), errors="surrogateescape")
        numbers = ", ".join(str(sentence) for _, sentence in places)
        links.append(f"[{escape(article)}]({page}): {numbers}")
    more = term.unmet - len(term.places)
    return "; ".join(links) + (f" and {more} more" if more else "")
