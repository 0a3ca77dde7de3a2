"""The command brief: one page about a finished folder of results."""
# ruff: noqa: PLC0415, PLR0917 (imports wait for the command; typer calls commands by keyword)

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vn_summarize.cli.options import Json, Quiet
from vn_summarize.cli.terminal import guarded, say, tell, track
from vn_summarize.errors import ConfigError

if TYPE_CHECKING:
    from vn_summarize.briefing import Briefing, Gathering

FORMATS = ("md", "json", "html")

Folder = Annotated[Path, typer.Argument(metavar="OUT", help="The output folder of a run.", show_default=False)]
File = Annotated[Path | None, typer.Option("--output", "-o", help="The page. [default: OUT/briefing.html, .md, .json]")]
Format = Annotated[str | None, typer.Option(metavar="LIST", help="Some of md,json,html. [default: all]")]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="Only articles of this day (2022-06-08) and later.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Only articles of this day and earlier.")]
Stories = Annotated[int | None, typer.Option(metavar="N", min=1, help="Stories told, the largest first. [default: 60]")]


@guarded
def brief(
    folder: Folder,
    output: File = None,
    format: Format = None,
    since: Since = None,
    until: Until = None,
    stories: Stories = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Tell on one page what happened, by a run's results.

    Stories by place and week, programs, figures, terms and bodies, a timeline.
    Articles about one event are one story, with the figures in which they differ
    side by side. No model is needed. Exits with 1 if a record cannot be
    used; the others are.

    \b
    Examples:
      vn-summarize brief out/
      vn-summarize brief out/ -o june.md --since 2022-06-01 --until 2022-06-30
      vn-summarize brief out/ --json | jq .stories
    """
    from vn_summarize.briefing import STORIES, make_briefing
    from vn_summarize.briefing.folder import read_again
    from vn_summarize.writing.briefing import render_briefing_json

    paths = {} if as_json and not output else _paths(folder, output, format)
    gathering = _gather(folder, _day("--since", since), _day("--until", until))
    made = make_briefing(gathering, lambda page: read_again(folder, page), stories or STORIES)
    if as_json:
        tell(render_briefing_json(made, indent=None).rstrip("\n").encode("utf-8", "replace").decode())
    for kind, path in paths.items():
        _write(made, kind, path, folder)
        if not as_json:
            tell(path)
    if not quiet:
        say(f"{made.articles} articles, {made.story_count} stories")
    return 1 if made.unreadable else 0


def _gather(folder: Path, since: str, until: str) -> "Gathering":
    from vn_summarize.briefing import Gathering
    from vn_summarize.briefing.folder import find_pages, read_records

    gathering = Gathering(since, until)
    for found in read_records(folder, track(find_pages(folder), "records")):
        if problem := gathering.add(found):
            say(f"failed (read): {folder / problem.path}: {problem.reason}")
    if not gathering.entries:
        if gathering.left_out:
            raise ConfigError(f"{folder}: none of its {gathering.left_out} articles has a date that was asked for")
        raise ConfigError(f"{folder}: no results of this version of vn-summarize here; give a run's output folder")
    return gathering


def _write(made: "Briefing", kind: str, path: Path, folder: Path) -> None:
    from vn_summarize.writing import write_text
    from vn_summarize.writing.briefing import render_briefing_json, render_briefing_markdown
    from vn_summarize.writing.pages_briefing import render_briefing_page

    base = f"{Path(os.path.relpath(folder, path.parent)).as_posix()}/".removeprefix("./")
    renderings = {
        "md": lambda: render_briefing_markdown(made, base),
        "json": lambda: render_briefing_json(made),
        "html": lambda: render_briefing_page(made, base),
    }
    write_text(path, renderings[kind]())


def _paths(folder: Path, output: Path | None, format: str | None) -> dict[str, Path]:
    """Say which forms are wanted and where they go. Raises ConfigError."""
    wanted = tuple(name.strip() for name in format.split(",")) if format is not None else ()
    if wrong := [name for name in wanted if name not in FORMATS]:
        raise ConfigError(f"--format: {wrong[0]!r} is no form of a briefing; give some of {','.join(FORMATS)}")
    paged = (folder / "index.html").is_file()
    suffix = output.suffix.removeprefix(".") if output else ""
    if output and not wanted and suffix not in FORMATS:
        raise ConfigError(f"{output}: give a name that ends in .md, .json or .html, or --format")
    if not paged and "html" in (wanted or (suffix,)):
        raise ConfigError(f"{folder}: its articles have no HTML pages to link to; do the run with html in --format")
    if output is None:
        return {name: folder / f"briefing.{name}" for name in wanted or FORMATS if paged or name != "html"}
    stem = output.with_suffix("") if suffix in FORMATS else output
    return {name: stem.with_name(f"{stem.name}.{name}") for name in wanted or (suffix,)}


def _day(option: str, text: str | None) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise ConfigError(f"{option}: {text!r} is no date; write it like 2022-06-08") from None
