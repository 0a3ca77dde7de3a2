"""Finding and reading the records of a finished run's folder."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vn_summarize.briefing.passages import Record
from vn_summarize.errors import ConfigError, UnreadableArticle
from vn_summarize.writing.records import SCHEMA

_OWN = frozenset(["report.json", "briefing.json"])
"""JSON of the run itself, at the top of the folder."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that looks like a record and is none, and why."""

    path: str  # POSIX, below the folder
    reason: str


def find_pages(folder: Path) -> list[Path]:
    """Find the JSON files that may be records, in the order of their paths; ConfigError where there are none."""
    if not folder.is_dir():
        raise ConfigError(f"{folder}: no such folder; give the output folder of a run")
    paths = sorted(p for p in folder.rglob("*.json") if p.relative_to(folder).as_posix() not in _OWN)
    if not paths:
        raise ConfigError(f"{folder}: no results here; give the output folder of a run that wrote JSON")
    return paths


def read_records(folder: Path, paths: Iterator[Path]) -> Iterator[tuple[str, Record] | Unreadable]:
    """Read records one by one: each with the page to link to, or what is wrong with it.

    Other JSON, by its keys, is passed over. The page is the article's Markdown, or its record where there is none.
    """
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            record = json.loads(path.read_bytes())
        except (OSError, ValueError) as error:
            yield Unreadable(name, f"cannot be read: {error}")
            continue
        if not isinstance(record, dict) or not {"schema", "current", "article"} <= record.keys():
            continue
        if record["schema"] != SCHEMA:
            yield Unreadable(name, f"is of form {record['schema']}, made by another version; do the run again")
            continue
        yield (name.removesuffix(".json") + ".md" if path.with_suffix(".md").is_file() else name), record


def read_again(folder: Path, page: str) -> Record:
    """Read the record of a page once more; UnreadableArticle when it went away meanwhile."""
    path = (folder / page).with_suffix(".json")
    try:
        record: Record = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise UnreadableArticle(f"{path}: changed while the briefing was made; do it again") from error
    return record
