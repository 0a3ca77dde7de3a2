"""How a run's events look on a terminal: plain lines, and a bar with articles, sentences/s and time left."""

import sys
import time
from dataclasses import dataclass, field, replace
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from vn_summarize.document import Finding
from vn_summarize.events import ArticleDone, ArticleFailed, Event, Finished, Skipped, Started, Translated
from vn_summarize.writing import advice


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a run is. Times are seconds of a monotonic clock."""

    start: float
    files: int = 0
    done: int = 0
    skipped: int = 0
    failed: int = 0
    sentences: int = 0
    texts: int = 0

    @property
    def finished(self) -> int:
        """Count the articles that need no more work."""
        return self.done + self.skipped + self.failed

    @property
    def total(self) -> int:
        """Count the articles of the run, as far as is known: a file may turn out to hold several."""
        return max(self.files, self.finished)


def count(tally: Tally, event: Event) -> Tally:
    """Give the tally after the event."""
    if isinstance(event, Started):
        return replace(tally, files=event.files)
    if isinstance(event, Translated):
        return replace(tally, texts=tally.texts + event.texts)
    if isinstance(event, ArticleDone):
        return replace(tally, done=tally.done + 1, sentences=tally.sentences + event.sentences)
    if isinstance(event, Skipped):
        return replace(tally, skipped=tally.skipped + 1)
    return replace(tally, failed=tally.failed + 1) if isinstance(event, ArticleFailed) else tally


def describe_progress(tally: Tally, now: float) -> str:
    """Say how far the run is: "3/12 articles, 6.1 sentences/s, 2:05 left".

    Before the first article is done, the texts that the model has translated show that it works.
    """
    text = f"{tally.finished}/{_many(tally.total, 'article')}"
    elapsed = now - tally.start
    if not tally.done or elapsed <= 0:
        return f"{text}, {_many(tally.texts, 'text')} translated" if tally.texts else text
    minutes, seconds = divmod(round(elapsed / tally.done * (tally.total - tally.finished)), 60)
    clock = f"{minutes}:{seconds:02}" if minutes < 60 else f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return f"{text}, {tally.sentences / elapsed:.1f} sentences/s, {clock} left"


def describe(event: Event, verbose: bool = False) -> list[str]:
    """Say what a reader of the terminal should know of an event; findings only when `verbose`."""
    if isinstance(event, Started):
        return [f"{_many(event.files, 'file')} to read"]
    if isinstance(event, Translated):
        return []
    if isinstance(event, ArticleFailed):
        failure = event.failure
        named = failure.error.startswith(failure.origin)  # most errors name the file, or its row, themselves
        what = failure.error if named else f"{failure.origin}: {failure.error}"
        return [f"failed ({failure.stage}): {what}", f"  {advice(failure)}"]
    if isinstance(event, Skipped):
        return [f"current: {event.id}"] if verbose else []
    if isinstance(event, ArticleDone):
        errors = sum(finding.severity == "error" for finding in event.findings)
        doubts = sum(finding.severity == "warning" for finding in event.findings)
        counts = f"{_many(event.sentences, 'sentence')}, {_many(errors, 'error')}, {_many(doubts, 'doubt')}"
        return [f"done: {event.id} ({counts})", *(describe_finding(finding) for finding in event.findings if verbose)]
    return [_closing_line(event)]


def describe_finding(finding: Finding) -> str:
    """Say a finding on one line."""
    place = "" if finding.sentence is None else f" sentence {finding.sentence}:"
    return f"  {finding.severity} [{finding.kind}]{place} {finding.message}"


def _closing_line(event: Finished) -> str:
    report = event.report
    severe = sum(number for _, severity, number in report.findings if severity == "error")
    doubts = sum(number for _, severity, number in report.findings if severity == "warning")
    parts = [f"{len(report.written)} written", f"{len(report.skipped)} current", f"{len(report.failures)} failed"]
    pace = f", {report.sentences / report.seconds:.1f} sentences/s" if report.sentences and report.seconds else ""
    return (
        f"{', '.join(parts)}; {_many(severe, 'error')} and {_many(doubts, 'doubt')} found; {report.seconds:.0f} s{pace}"
    )


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@dataclass(slots=True)
class Display:
    """Show events on the console: a moving bar on a terminal, plain lines elsewhere."""

    console: Console
    verbose: bool = False
    quiet: bool = False  # failures only
    _tally: Tally = field(default_factory=lambda: Tally(time.monotonic()))
    _bar: Progress | None = None

    def __enter__(self) -> "Display":
        """Start the bar, if the console is a terminal."""
        if self.console.is_terminal and not self.quiet:
            self._bar = Progress(
                BarColumn(),
                TextColumn("{task.description}"),
                console=self.console,
                transient=True,
                redirect_stdout=sys.stdout.isatty(),  # else what is printed would go to the console, not to the pipe
            )
            self._bar.add_task("", total=None)
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()

    def show(self, event: Event) -> None:
        """Show one event."""
        self._tally = count(self._tally, event)
        if not self.quiet or isinstance(event, ArticleFailed):
            # On a terminal the bar counts what is done; a line for each article would only push it down.
            hidden = self._bar is not None and not self.verbose and isinstance(event, (ArticleDone, Started))
            for line in [] if hidden else describe(event, self.verbose):
                self.console.print(line, markup=False, highlight=False, soft_wrap=True)
        if self._bar is not None:
            text = describe_progress(self._tally, time.monotonic())
            task = self._bar.task_ids[0]
            self._bar.update(task, completed=self._tally.finished, total=self._tally.total, description=text)
