"""Finds the input files and reads their articles, one at a time."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import BinaryIO

from vn_summarize.document import Article
from vn_summarize.errors import ArticleError, ConfigError, EmptyArticle, UnreadableArticle
from vn_summarize.parsing import (
    ARTICLE_LIMIT,
    SEVERAL_ARTICLES,
    SUFFIXES,
    parse_article,
    parse_articles,
    parse_row,
    parse_zip,
)
from vn_summarize.parsing.archives import unique_names
from vn_summarize.parsing.listings import LISTS, parse_listing

__all__ = ["SEVERAL_ARTICLES", "SUFFIXES", "InputFile", "find_files", "parse_article", "read_articles"]


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read; `id` is its POSIX path below its root without suffix, and unique in a run."""

    path: Path
    id: str


def find_files(
    paths: Sequence[str | Path], include: Sequence[str] = (), exclude: Sequence[str] = ()
) -> list[InputFile]:
    """Find the articles at `paths` (files, lists of files, or folders with all that is below), sorted by id.

    The globs are held against the name and the POSIX path below the root; `*` crosses folders. Hidden files
    and folders are passed over. Two files of one stem keep their suffix in the id. Raises ConfigError for a
    path or a list's entry that is not there.
    """
    candidates: list[tuple[str, Path]] = []
    for path in map(Path, paths):
        if not path.exists():
            raise ConfigError(f"{path}: no such file or folder")
        if path.is_dir():
            candidates += _walk(path)
        else:
            candidates += _listed(path) if path.suffix.lower() in LISTS else [(path.name, path)]
    # A file that is reached twice counts once, by the longer way.
    found: dict[Path, tuple[str, Path]] = {}
    for relative, path in sorted(candidates, key=lambda candidate: (-len(candidate[0]), candidate)):
        if _is_wanted(relative, include, exclude):
            found.setdefault(path.resolve(), (relative, path))
    files = sorted(found.values())
    names = unique_names([relative for relative, _ in files])
    return sorted((InputFile(path, name) for (_, path), name in zip(files, names, strict=True)), key=lambda f: f.id)


def read_articles(file: InputFile, encoding: str = "") -> Iterator[Article | ArticleError]:
    """Read the articles of a file lazily; one that cannot be had comes as the error that says why.

    Rows of a table, of JSON Lines and of a JSON list and chapters of a book have the ids "FILE/000001",
    "FILE/000002", ... by line or place, files of an archive "FILE/PATH".
    """
    origin = str(file.path)
    try:
        with file.path.open("rb") as stream:
            suffix = file.path.suffix.lower()
            if suffix == ".zip":
                yield from parse_zip(stream, origin, file.id, encoding)
            elif suffix == ".jsonl":
                yield from _read_lines(stream, origin, file.id, encoding)
            else:
                yield from parse_articles(stream.read(ARTICLE_LIMIT + 1), origin, file.id, encoding)
    except OSError as error:
        yield UnreadableArticle(f"{origin}: cannot be read ({error.strerror or error})")


def _read_lines(stream: BinaryIO, origin: str, file_id: str, encoding: str) -> Iterator[Article | ArticleError]:
    number = rows = 0
    while line := stream.readline(ARTICLE_LIMIT + 1):
        number += 1
        if line.strip():
            rows += 1
            yield parse_row(line, origin, file_id, number, encoding)
        while len(line) > ARTICLE_LIMIT and not line.endswith(b"\n"):  # pass over the rest of a line that is too long
            line = stream.readline(ARTICLE_LIMIT + 1)
    if not rows:
        yield EmptyArticle(f"{origin}: the file is empty")


def _walk(root: Path) -> Iterator[tuple[str, Path]]:
    """Give each file below `root` that may hold articles, with its POSIX path below `root`."""

    def refuse(error: OSError) -> None:
        raise ConfigError(f"{error.filename}: cannot be listed ({error.strerror})")

    for folder, folders, names in os.walk(root, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            path = Path(folder, name)
            if not name.startswith(".") and path.suffix.lower() in SUFFIXES:
                yield path.relative_to(root).as_posix(), path


def _listed(listing: Path) -> Iterator[tuple[str, Path]]:
    """Give each file in a list, with its POSIX path below the list's folder, or its name where it is elsewhere."""
    try:
        entries = parse_listing(listing.read_bytes(), str(listing))
    except OSError as error:
        raise ConfigError(f"{listing}: cannot be read ({error.strerror or error})") from error
    for entry in entries:
        path = Path(os.path.normpath(listing.parent / entry))
        if not os.path.isfile(path):  # noqa: PTH113  the method raises for a name that is too long
            raise ConfigError(f"{listing}: {entry}: no such file")
        below = path.is_relative_to(listing.parent)
        yield path.relative_to(listing.parent).as_posix() if below else path.name, path


def _is_wanted(relative: str, include: Sequence[str], exclude: Sequence[str]) -> bool:
    name = relative.rpartition("/")[2]

    def matches(globs: Sequence[str]) -> bool:
        return any(fnmatchcase(relative, glob) or fnmatchcase(name, glob) for glob in globs)

    return (not include or matches(include)) and not matches(exclude)
