"""What all commands share: their settings, standard input and output, and the way errors become exit codes."""
# ruff: noqa: PLC0415 (imports wait for the command)

import functools
import json
import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, ParamSpec, TypeVar

import typer

from vn_summarize.errors import ArticleError, ConfigError, GenerationError, VnSummarizeError

if TYPE_CHECKING:
    from vn_summarize.backends import Translator
    from vn_summarize.config import Settings
    from vn_summarize.document import Finding, Report
    from vn_summarize.events import Event

P = ParamSpec("P")
T = TypeVar("T")


def guarded(function: Callable[P, int]) -> Callable[P, None]:
    """Turn what a command returns or raises into the exit code; errors are said on standard error."""

    @functools.wraps(function)
    def command(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            code = function(*args, **kwargs)
            sys.stdout.flush()
        except BrokenPipeError:  # the reader has what it wanted; nothing may be written at exit either
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = 1
        except KeyboardInterrupt:
            say("interrupted: what is written is whole; run the same command again to go on")
            code = 130
        except VnSummarizeError as error:
            say(f"error: {error}")
            code = 1 if isinstance(error, (ArticleError, GenerationError)) else 2
        raise typer.Exit(code)

    return command


def settings_of(inputs: Sequence[Path], config: Path | None, **flags: Any) -> "Settings":
    """Load the settings of a command; a flag that is None was not given. Raises ConfigError."""
    from vn_summarize.config import load_settings, split_formats

    given = {key: tuple(value) if isinstance(value, list) else value for key, value in flags.items()}
    if isinstance(names := flags.get("format"), str):
        given["format"] = split_formats(names)
    return load_settings(given, inputs, config)


def read(file: Path) -> bytes:
    """Read a file, or standard input for "-". Raises ConfigError."""
    if str(file) != "-":
        with open_file(file) as stream:
            return stream.read()
    if sys.stdin.isatty():
        say("reading standard input; end it with Ctrl-D")
    return sys.stdin.buffer.read()


def open_file(file: Path) -> BinaryIO:
    """Open a file to read its bytes. Raises ConfigError."""
    try:
        return file.open("rb")
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from error


def show_log(verbose: bool) -> None:
    """Show the program's own log on standard error: the traceback behind each failure."""
    if verbose:
        logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s")
        logging.getLogger("vn_summarize").setLevel(logging.DEBUG)


def run_shown(
    settings: "Settings",
    action: "Callable[[Translator, Callable[[Event], None]], Report]",
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Do what makes results and show how it goes on; give the exit code.

    The paths that are written, or the events as JSON, go to standard output, the rest to standard error.
    """
    from rich.console import Console

    from vn_summarize.events import ArticleDone, Finished, Translated, event_record
    from vn_summarize.loading import load_translator
    from vn_summarize.progress import Display

    with Display(Console(stderr=True), verbose, quiet) as display:

        def on_event(event: "Event") -> None:
            display.show(event)
            if as_json:
                tell_record(event_record(event))
            elif isinstance(event, (ArticleDone, Finished)):
                for path in event.paths:
                    tell(path)

        report = action(load_translator(settings, lambda texts: on_event(Translated(texts))), on_event)
    severe = any(severity == "error" for _, severity, _ in report.findings)
    return 1 if report.failures or (settings.strict and severe) else 0


def track(items: Sequence[T], noun: str) -> Iterator[T]:
    """Give the items while a bar on standard error counts them, if that is a terminal."""
    from rich.console import Console
    from rich.progress import track as show_progress

    console = Console(stderr=True)
    yield from show_progress(items, noun, console=console, transient=True, disable=not console.is_terminal)


def tell_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns on standard output; nothing where there are none. Long cells but the last are cut."""
    rows = [(*(cell if len(cell) <= 48 else cell[:47] + "…" for cell in row[:-1]), row[-1]) for row in rows]
    if rows:
        widths = [max(len(row[column]) for row in (header, *rows)) for column in range(len(header) - 1)]
        for row in (header, *rows):
            tell("  ".join((*map(str.ljust, row, widths), row[-1])).rstrip())


def tell_record(value: Any, **more: Any) -> None:
    """Print a mapping, or a value's fields, as one line of JSON."""
    record = more | (asdict(value) if is_dataclass(value) and not isinstance(value, type) else value)
    tell(json.dumps(record, ensure_ascii=False, default=str).encode("utf-8", "replace").decode())


def tell(text: object) -> None:
    """Print a line of the result on standard output."""
    print(text, flush=True)  # not typer.echo: it writes past the progress bar, which makes room for print


def say(message: str) -> None:
    """Print a line for the reader of the terminal on standard error."""
    typer.echo(message, err=True)


def say_findings(findings: Iterable["Finding"], verbose: bool, prefix: str = "") -> None:
    """Print findings on standard error; those of severity info only when `verbose`."""
    from vn_summarize.progress import describe_finding

    for finding in findings:
        if verbose or finding.severity != "info":
            say(f"{prefix}{describe_finding(finding)}".strip())
