"""The command line: typer options -> Settings -> one plain function -> exit code.

The only module that prints or exits. Nothing heavy is imported before a command needs it, so that
--help is quick. Exit codes: 0 all well; 1 some articles failed (or --strict and an error found);
2 usage, configuration, model or disk; 130 interrupted.
"""
# ruff: noqa: PLC0415, PLR0917 (imports wait for the command; typer calls commands by keyword)

import functools
import io
import json
import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, ParamSpec

import typer

from vn_summarize import __version__
from vn_summarize.errors import ArticleError, ConfigError, GenerationError, UnreadableArticle, VnSummarizeError
from vn_summarize.options import (
    Config,
    Exclude,
    Force,
    Format,
    Glossary,
    Include,
    Jobs,
    Json,
    Limit,
    Lines,
    Model,
    NoCache,
    Output,
    Paths,
    Quiet,
    Sentences,
    Source,
    Strict,
    Verbose,
    Words,
)

if TYPE_CHECKING:
    from vn_summarize.config import Settings
    from vn_summarize.document import ArticleResult, Finding
    from vn_summarize.events import Event

P = ParamSpec("P")

app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line; the console script and `python -m vn_summarize` call this."""
    for stream, errors in ((sys.stdout, "surrogateescape"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):  # the English has Vietnamese names, a path may be no UTF-8
            stream.reconfigure(encoding="utf-8", errors=errors)
    app(prog_name="vn-summarize")


def _guarded(function: Callable[P, int]) -> Callable[P, None]:
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
            _say("interrupted: what is written is whole; run the same command again to go on")
            code = 130
        except VnSummarizeError as error:
            _say(f"error: {error}")
            code = 1 if isinstance(error, (ArticleError, GenerationError)) else 2
        raise typer.Exit(code)

    return command


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"vn-summarize {__version__}")
        raise typer.Exit()


@app.callback()
def vn_summarize(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Read Vietnamese provincial news without Vietnamese: English translation, summary and evidence, offline.

    \b
    Examples:
      vn-summarize run news/ -o out/
      vn-summarize run news/ -o out/ --glossary terms.csv --format json,md,tsv
      vn-summarize translate article.txt > article.en.txt
      vn-summarize translate --lines < segments.vi > segments.en
      vn-summarize summarize article.html
      vn-summarize doctor
    """


@app.command()
@_guarded
def run(
    paths: Paths,
    output: Output = None,
    glossary: Glossary = None,
    model: Model = None,
    summary_sentences: Sentences = None,
    summary_words: Words = None,
    format: Format = None,
    jobs: Jobs = None,
    limit: Limit = None,
    include: Include = None,
    exclude: Exclude = None,
    force: Force = False,
    strict: Strict = False,
    no_cache: NoCache = False,
    config: Config = None,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Translate and summarise files and folders.

    The paths of the results go to standard output, everything else to standard
    error. Running again skips what is current and goes on where a run stopped.

    \b
    Examples:
      vn-summarize run news/ -o out/
      vn-summarize run a.txt b.html -o out/ --summary-words 40 --format json,md,txt
      vn-summarize run news/ -o out/ --exclude '*/archive/*' --json | jq .
    """
    settings = _settings(
        paths,
        config,
        output=output,
        glossary=glossary,
        model=model,
        summary_sentences=summary_sentences,
        summary_words=summary_words,
        format=format,
        jobs=jobs,
        limit=limit,
        include=include,
        exclude=exclude,
        force=force,
        strict=strict,
        no_cache=no_cache,
    )
    return _run(paths, settings, as_json, quiet, verbose)


def _run(paths: list[Path], settings: "Settings", as_json: bool, quiet: bool, verbose: bool) -> int:
    from rich.console import Console

    from vn_summarize.batch import run as run_batch
    from vn_summarize.events import ArticleDone, Finished, Translated, event_record
    from vn_summarize.loading import load_terms, load_translator
    from vn_summarize.progress import Display

    _log(verbose)
    terms, doubts = load_terms(settings)
    _say_findings(doubts, verbose)
    with Display(Console(stderr=True), verbose, quiet) as display:

        def on_event(event: "Event") -> None:
            display.show(event)
            if as_json:
                _tell(json.dumps(event_record(event), ensure_ascii=False).encode("utf-8", "replace").decode())
            elif isinstance(event, (ArticleDone, Finished)):
                for path in event.paths:
                    _tell(path)

        translator = load_translator(settings, lambda texts: on_event(Translated(texts)))
        report = run_batch(paths, settings, translator, terms, on_event)
    severe = any(severity == "error" for _, severity, _ in report.findings)
    return 1 if report.failures or (settings.strict and severe) else 0


@app.command()
@_guarded
def translate(
    file: Source = Path("-"),
    lines: Lines = False,
    glossary: Glossary = None,
    model: Model = None,
    jobs: Jobs = None,
    no_cache: NoCache = False,
    config: Config = None,
    verbose: Verbose = False,
) -> int:
    """Translate one article, or a segment a line.

    The English goes to standard output, doubts about it to standard error.

    \b
    Examples:
      vn-summarize translate article.md
      pbpaste | vn-summarize translate
      vn-summarize translate --lines segments.vi > segments.en
    """
    settings = _settings([file], config, glossary=glossary, model=model, jobs=jobs, no_cache=no_cache)
    _log(verbose)
    if lines:
        return _translate_lines(file, settings, verbose)
    from vn_summarize.writing.text import one_line, split_paragraphs

    result = _translate_article(file, settings, verbose)
    paragraphs = (" ".join(one_line(s.text) for s in group) for _, group in split_paragraphs(result.translated))
    _tell("\n\n".join(paragraphs))
    return 0


@app.command()
@_guarded
def summarize(
    file: Source = Path("-"),
    glossary: Glossary = None,
    model: Model = None,
    summary_sentences: Sentences = None,
    summary_words: Words = None,
    jobs: Jobs = None,
    no_cache: NoCache = False,
    config: Config = None,
    verbose: Verbose = False,
) -> int:
    """Summarise one article in English.

    \b
    Examples:
      vn-summarize summarize article.html
      vn-summarize summarize --summary-sentences 2 article.txt
    """
    settings = _settings(
        [file],
        config,
        glossary=glossary,
        model=model,
        summary_sentences=summary_sentences,
        summary_words=summary_words,
        jobs=jobs,
        no_cache=no_cache,
    )
    _log(verbose)
    summary = _translate_article(file, settings, verbose).summary
    _tell("\n\n".join(text for text in (summary.headline, summary.text) if text))
    return 0


@app.command()
@_guarded
def doctor(model: Model = None, config: Config = None, as_json: Json = False) -> int:
    """Check the installation and the model.

    Translates one sentence with it; exits with 2 if anything is broken.
    """
    from vn_summarize.doctor import examine

    healthy = True
    for check in examine(_settings([Path("-")], config, model=model)):
        healthy &= check.ok
        if as_json:
            _tell(json.dumps({"name": check.name, "ok": check.ok, "value": check.value}, ensure_ascii=False))
        else:
            _tell(f"{'ok' if check.ok else 'BROKEN':<6}  {check.name:<12}  {check.value}")
    return 0 if healthy else 2


def _translate_article(file: Path, settings: "Settings", verbose: bool) -> "ArticleResult":
    from vn_summarize.loading import load_terms, load_translator
    from vn_summarize.pipeline import summary_length, translate_article
    from vn_summarize.reading import parse_article

    data = _read(file)
    terms, doubts = load_terms(settings)
    article = parse_article(data, "standard input.txt" if str(file) == "-" else str(file))
    result = translate_article(article, load_translator(settings), terms, summary_length(settings))
    _say_findings((*doubts, *result.findings), verbose)
    return result


def _translate_lines(file: Path, settings: "Settings", verbose: bool) -> int:
    from vn_summarize.loading import load_terms, load_translator
    from vn_summarize.pipeline import translate_segments
    from vn_summarize.writing.text import one_line

    terms, doubts = load_terms(settings)
    _say_findings(doubts, verbose)
    failed = False
    with sys.stdin.buffer if str(file) == "-" else _open(file) as stream:
        for number, translated in enumerate(translate_segments(_segments(stream), load_translator(settings), terms), 1):
            _tell(" ".join(one_line(sentence.text) for sentence in translated.sentences))
            failed |= bool(translated.findings and not translated.sentences)
            _say_findings(translated.findings, verbose, f"line {number}:")
    return 1 if failed else 0


def _segments(stream: BinaryIO) -> Iterator[str]:
    for number, line in enumerate(stream, 1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise UnreadableArticle(f"line {number} is not UTF-8: convert the input to UTF-8") from error


def _settings(inputs: Sequence[Path], config: Path | None, **flags: Any) -> "Settings":
    from vn_summarize.config import load_settings, split_formats

    given = {key: tuple(value) if isinstance(value, list) else value for key, value in flags.items()}
    if isinstance(names := flags.get("format"), str):
        given["format"] = split_formats(names)
    return load_settings(given, inputs, config)


def _read(file: Path) -> bytes:
    if str(file) != "-":
        with _open(file) as stream:
            return stream.read()
    if sys.stdin.isatty():
        _say("reading standard input; end it with Ctrl-D")
    return sys.stdin.buffer.read()


def _open(file: Path) -> BinaryIO:
    try:
        return file.open("rb")
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from error


def _log(verbose: bool) -> None:
    """Show the program's own log on standard error: the traceback behind each failure."""
    if verbose:
        logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s")
        logging.getLogger("vn_summarize").setLevel(logging.DEBUG)


def _tell(text: object) -> None:
    print(text, flush=True)  # not typer.echo: it writes past the progress bar, which makes room for print


def _say(message: str) -> None:
    typer.echo(message, err=True)


def _say_findings(findings: Iterable["Finding"], verbose: bool, prefix: str = "") -> None:
    from vn_summarize.progress import describe_finding

    for finding in findings:
        if verbose or finding.severity != "info":
            _say(f"{prefix}{describe_finding(finding)}".strip())
