"""A run over files and folders: resume, write, report. One article's failure stays its own.

Memory stays flat: one window of articles is held at a time, and one index row for each article; what became of
their terms is gathered on disk.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import ParamSpec, TypeVar

from vn_summarize.backends import Summarizer, Translator
from vn_summarize.concordance import Concordance
from vn_summarize.config import Settings, render_shape
from vn_summarize.corrections import NONE, Corrections
from vn_summarize.document import ArticleResult, Document, Failure, Finding, Report
from vn_summarize.errors import ArticleError, VnSummarizeError
from vn_summarize.events import ArticleDone, ArticleFailed, Event, Finished, Skipped, Started
from vn_summarize.glossary.terms import TermBase
from vn_summarize.loading import load_second, load_summarizer
from vn_summarize.pipeline import (
    concerns_run,
    conclude,
    corrections_signature,
    prepare,
    settings_signature,
    summary_form,
    summary_length,
    summary_writer,
    terms_signature,
    translate_window,
    windows,
)
from vn_summarize.sources import Source, find_inputs, find_sources
from vn_summarize.writing import (
    EXCHANGE_FORMATS,
    Hashes,
    IndexRow,
    PageEntry,
    check_formats,
    index_row,
    output_path,
    page_entry,
    read_hashes,
    remove_leftovers,
    render_exchange,
    render_index_csv,
    render_index_markdown,
    render_index_page,
    render_json,
    render_markdown,
    render_page,
    render_report,
    render_terms_csv,
    render_terms_markdown,
    render_text,
    render_tsv,
    result_from_json,
    write_bytes,
    write_lines,
    write_text,
)

_LOG = logging.getLogger(__name__)
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Prepared:
    """An article that is ready to be translated, and the hash of what it was read from."""

    document: Document
    findings: tuple[Finding, ...]
    digest: str


def run(
    inputs: Sequence[Path],
    settings: Settings,
    translator: Translator,
    terms: TermBase,
    on_event: Callable[[Event], None] = lambda event: None,
    *,
    corrections: Corrections = NONE,
) -> Report:
    """Translate and summarise every article of `inputs` into `settings.output`; resume by running again.

    An article that gives no result becomes a Failure of the report. Raises ConfigError (no such path),
    ModelError (weights) and OutputError (disk); what was written before then is whole and stays.
    """
    files = find_inputs(inputs, settings)
    on_event(Started(min(len(files), settings.limit or len(files))))
    work = Run(settings, translator, terms, on_event, settings_signature(translator), corrections)
    return work.go(find_sources(files, settings.encoding, work.fail))


@dataclass(slots=True)
class Run:
    """One run on its way: what it was given, and what came of each article so far."""

    settings: Settings
    translator: Translator
    terms: TermBase
    on_event: Callable[[Event], None]
    signature: str  # of `translator`
    corrections: Corrections = NONE
    concordance: Concordance = field(default_factory=Concordance)
    rows: dict[str, IndexRow] = field(default_factory=dict)
    entries: dict[str, PageEntry] = field(default_factory=dict)  # of those with a page
    skipped: set[str] = field(default_factory=set)
    failures: list[Failure] = field(default_factory=list)
    findings: Counter[tuple[str, str]] = field(default_factory=Counter)
    sentences: int = 0
    timings: dict[str, float] = field(default_factory=dict)
    summarizer: Summarizer | None = field(init=False)
    second: Translator | None = field(init=False)

    def __post_init__(self) -> None:
        self.summarizer = load_summarizer(self.settings)
        self.second = load_second(self.settings)

    def go(self, sources: Iterable[Source]) -> Report:
        """Do the whole run."""
        began = time.monotonic()
        check_formats(self.settings.format)
        remove_leftovers(self.settings.output)
        with closing(self.concordance):
            for window in windows(self.prepared(sources), lambda prepared: len(prepared.document.sentences)):
                self.translate(window)
            return self.finish(time.monotonic() - began)

    def prepared(self, sources: Iterable[Source]) -> Iterator[_Prepared]:
        """Read and prepare the articles that need work; count those that are current or fail."""
        for source in islice(sources, self.settings.limit):
            if self._attempt("read", source.origin, self._skip, source) is False:
                article = self._attempt("read", source.origin, source.read)
                ready = article and self._attempt("clean", source.origin, source.prepare or prepare, article)
                if ready:
                    yield _Prepared(*ready, source.digest)

    def translate(self, window: Sequence[_Prepared]) -> None:
        """Translate, summarise and write a window of articles."""
        began = time.monotonic()
        documents = [prepared.document for prepared in window]
        answers = translate_window(documents, self.translator, self.terms, self.corrections, self.second)
        self._time("translate", began)
        length, form = summary_length(self.settings), summary_form(self.settings)
        rewrite = summary_writer(self.summarizer, self.translator, self.terms, length)
        for prepared, translated in zip(window, answers, strict=True):
            origin = prepared.document.article.origin
            if isinstance(translated, Exception):
                self.fail("translate", origin, translated)
                continue
            told = translated, prepared.findings, self.terms, length, self.settings.place_names
            result = self._attempt("summarize", origin, conclude, *told, form=form, rewrite=rewrite)
            if result is not None:
                self._attempt("write", origin, self._write, result, prepared.digest)

    def finish(self, seconds: float) -> Report:
        """Write the files about the whole run."""
        ids = sorted(self.rows)
        rows = [self.rows[id] for id in ids]
        report = Report(
            written=tuple(id for id in ids if id not in self.skipped),
            skipped=tuple(id for id in ids if id in self.skipped),
            failures=tuple(sorted(self.failures, key=lambda failure: (failure.origin, failure.stage))),
            findings=tuple((*key, number) for key, number in sorted(self.findings.items())),
            sentences=self.sentences,
            seconds=seconds,
            signature=f"{self.signature}|terms={self.terms.fingerprint[:12]}",
        )
        terms = self.concordance.report()
        texts: dict[str, Iterable[str]] = {
            "index.csv": [render_index_csv(rows)],
            "index.md": [render_index_markdown(rows)],
            "terms.csv": render_terms_csv(self.concordance),
            "terms.md": [render_terms_markdown(terms, self.settings.format)],
            "report.json": [render_report(report, terms, self.timings)],
        }
        if "html" in self.settings.format:
            entries = [self.entries[id] for id in ids]
            texts = {"index.html": [render_index_page(entries, report.failures)], **texts}
        for name, lines in texts.items():
            write_lines(self.settings.output / name, lines)
        self.on_event(Finished(report, tuple(self.settings.output / name for name in texts)))
        return report

    def _skip(self, source: Source) -> bool:
        """Say whether the article's files are current, and count it if so."""
        paths = self._paths(source.id)
        recorded = None if self.settings.force else read_hashes(paths["json"])
        if recorded is None or not all(path.is_file() for path in paths.values()):
            return False
        if recorded != self._hashes(source.digest, recorded.terms, recorded.corrections):
            return False
        try:
            result = result_from_json(paths["json"].read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        now = terms_signature(result, self.terms), corrections_signature(result, self.corrections)
        if (recorded.terms, recorded.corrections) != now:
            return False
        self._count(result)
        self.skipped.add(source.id)
        self.on_event(Skipped(source.id))
        return True

    def _write(self, result: ArticleResult, digest: str) -> None:
        id = result.translated.document.article.id
        if id in self.rows:
            raise ArticleError(f"another article has the name {id!r} already; rename one of the files")
        paths = self._paths(id)
        reviewed = corrections_signature(result, self.corrections)
        hashes = self._hashes(digest, terms_signature(result, self.terms), reviewed)
        renderings: dict[str, Callable[[], str]] = {
            "md": lambda: render_markdown(result),
            "html": lambda: render_page(result),
            "txt": lambda: render_text(result),
            "tsv": lambda: render_tsv(result),
            "json": lambda: render_json(result, hashes),
        }
        for name in EXCHANGE_FORMATS:
            if name in paths:
                write_bytes(paths[name], render_exchange(name, result))
        for name, render in renderings.items():  # the JSON last: it says that the others are current
            if name in paths:
                write_text(paths[name], render())
        self._count(result)
        self.sentences += len(result.translated.sentences)
        self.on_event(ArticleDone(id, len(result.translated.sentences), result.findings, tuple(paths.values())))

    def _count(self, result: ArticleResult) -> None:
        row = index_row(result, self.settings.format)
        self.rows[row.id] = row
        if "html" in self.settings.format:
            self.entries[row.id] = page_entry(result)
        self.concordance.add(result)
        self.findings.update((finding.kind, finding.severity) for finding in result.findings)

    def _paths(self, id: str) -> dict[str, Path]:
        return {name: output_path(self.settings.output, id, f".{name}") for name in self.settings.format}

    def _hashes(self, digest: str, terms: str, corrections: str) -> Hashes:
        written = f"|written by {self.summarizer.fingerprint}" if self.summarizer else ""
        asked = f"|second opinion of {self.second.fingerprint}" if self.second else ""
        return Hashes(self.signature, render_shape(self.settings) + written + asked, digest, terms, corrections)

    def _attempt(self, stage: str, origin: str, action: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Do one stage of one article; a failure is counted and gives None. Errors that concern the run go on."""
        began = time.monotonic()
        try:
            return action(*args, **kwargs)
        except Exception as error:
            if concerns_run(error):
                raise
            _LOG.debug("%s: %s fails", origin, stage, exc_info=True)
            self.fail(stage, origin, error)
            return None
        finally:
            self._time(stage, began)

    def fail(self, stage: str, origin: str, error: Exception) -> None:
        """Count an article that gives no result."""
        fault = f"{type(error).__name__}: {error} (a fault of vn-summarize: please report it)"
        failure = Failure(origin, stage, str(error) if isinstance(error, VnSummarizeError) else fault)
        self.failures.append(failure)
        self.on_event(ArticleFailed(failure))

    def _time(self, stage: str, began: float) -> None:
        self.timings[stage] = self.timings.get(stage, 0.0) + time.monotonic() - began
