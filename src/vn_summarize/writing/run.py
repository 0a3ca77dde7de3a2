"""The run's own files: an index of its articles (CSV and Markdown) and its report (data/report.schema.json)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from urllib.parse import quote

from vn_summarize.document import ArticleResult, FactKind, Failure, Report
from vn_summarize.facts import show_fact
from vn_summarize.writing.files import output_name
from vn_summarize.writing.markdown import escape, render_table
from vn_summarize.writing.records import result_from_json
from vn_summarize.writing.spreadsheets import csv_lines
from vn_summarize.writing.terms import TermReport, terms_record
from vn_summarize.writing.text import english_title, one_line

REPORT_SCHEMA = 1
"""The version of the report's form."""

_ADVICE = {
    "read": "check that the file opens and is UTF-8 or UTF-16 text, Markdown, HTML, JSON or JSON Lines, and run again",
    "clean": "check that the file holds the article's text, not only menus, forms or a picture, and run again",
    "write": "check the output folder's free space and permissions, and run again",
}
_OTHER_ADVICE = "run again with --force -v; if it fails again, report it with this message"


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One article's line in the index; all text on one line, `files` as POSIX paths below the output folder."""

    id: str
    origin: str
    title: str  # in English
    headline: str
    source: str
    date: str
    sentences: int
    errors: int
    warnings: int
    notes: int  # findings of severity info
    unmet_terms: int
    summary: str
    dates: tuple[str, ...]  # these and the next: the key facts by kind, as `show_fact` gives them
    places: tuple[str, ...]
    bodies: tuple[str, ...]
    people: tuple[str, ...]
    programs: tuple[str, ...]
    documents: tuple[str, ...]
    figures: tuple[str, ...]
    files: tuple[str, ...]


def index_row(result: ArticleResult, formats: Sequence[str] = ("json", "md")) -> IndexRow:
    """Give the line of an article whose outputs have these formats, as --format names them."""
    article = result.translated.document.article
    severities = [finding.severity for finding in result.findings]
    return IndexRow(
        id=article.id,
        origin=article.origin,
        title=english_title(result.translated),
        headline=one_line(result.summary.headline),
        source=one_line(article.source),
        date=one_line(article.date),
        sentences=len(result.translated.sentences),
        errors=severities.count("error"),
        warnings=severities.count("warning"),
        notes=severities.count("info"),
        unmet_terms=sum(use.status == "unmet" for s in result.translated.sentences for use in s.terms),
        summary=one_line(result.summary.text),
        dates=_shown(result, "date"),
        places=_shown(result, "place"),
        bodies=_shown(result, "body"),
        people=_shown(result, "person"),
        programs=_shown(result, "program"),
        documents=_shown(result, "document"),
        figures=_shown(result, "figure"),
        files=tuple(output_name(article.id, f".{name}") for name in formats),
    )


def index_row_from_json(text: str, formats: Sequence[str] = ("json", "md")) -> IndexRow:
    """Give the line of an article whose record an earlier run wrote; ValueError for a damaged record."""
    return index_row(result_from_json(text), formats)


def render_index_csv(rows: Iterable[IndexRow]) -> str:
    """Give the index as CSV with a header; no cell acts as a formula in a spreadsheet, files are parted by "|"."""
    header = [field.name for field in fields(IndexRow)]
    cells = ([getattr(row, name) for name in header] for row in rows)
    return "".join(csv_lines(header, ([_joined(cell) for cell in row] for row in cells)))


def render_index_markdown(rows: Iterable[IndexRow]) -> str:
    """Give the index as a Markdown table whose first column links to each article's page."""
    table = render_table(
        ("Article", "Date", "Source", "Sentences", "Errors", "Warnings", "Unmet terms", "Summary"),
        [
            (
                _link(row),
                escape(row.date),
                escape(row.source),
                str(row.sentences),
                str(row.errors),
                str(row.warnings),
                str(row.unmet_terms),
                escape(row.summary),
            )
            for row in rows
        ],
    )
    more = "\n\nWhat became of the glossary's terms: [terms.md](terms.md).\n" if table else "\n"
    return f"# Articles\n\n{table or 'No article gave a result.'}{more}"


def advice(failure: Failure) -> str:
    """Say in plain English what to do about an article that gave no result."""
    return _ADVICE.get(failure.stage, _OTHER_ADVICE)


def render_report(report: Report, terms: TermReport, timings: Mapping[str, float]) -> str:
    """Give the report as JSON; `timings` are the seconds spent in each stage, in the order given."""
    record = {
        "schema": REPORT_SCHEMA,
        "signature": report.signature,
        "counts": {
            "articles": len(report.written) + len(report.skipped) + len(report.failures),
            "written": len(report.written),
            "skipped": len(report.skipped),
            "failed": len(report.failures),
            "sentences": report.sentences,
        },
        "failures": [{**asdict(failure), "advice": advice(failure)} for failure in report.failures],
        "findings": [{"kind": kind, "severity": severity, "count": count} for kind, severity, count in report.findings],
        "terms": terms_record(terms),
        "written": list(report.written),
        "skipped": list(report.skipped),
        "seconds": round(report.seconds, 3),
        "timings": {stage: round(seconds, 3) for stage, seconds in timings.items()},
    }
    return json.dumps(record, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _shown(result: ArticleResult, kind: FactKind) -> tuple[str, ...]:
    return tuple(one_line(show_fact(fact)) for fact in result.facts if fact.kind == kind)


def _joined(cell: str | int | tuple[str, ...]) -> str | int:
    return "|".join(cell) if isinstance(cell, tuple) else cell


def _link(row: IndexRow) -> str:
    text = escape(row.headline or row.title or row.id)
    page = next((name for name in row.files if name.endswith(".md")), "".join(row.files[:1]))
    return f"[{text}]({quote(page, errors='surrogateescape')})" if page else text
