"""What all commands share: their settings, standard input and output, and the way errors become exit codes."""
# ruff: noqa: PLC0415 (imports wait for the command)

import functools
import logging
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, ParamSpec

import typer

from vn_summarize.errors import ArticleError, ConfigError, GenerationError, VnSummarizeError

if TYPE_CHECKING:
    from vn_summarize.config import Settings
    from vn_summarize.document import Finding

P = ParamSpec("P")


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
