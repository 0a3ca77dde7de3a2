"""The editors' corrections on disk: an SQLite file of its own, which nothing but `review forget` empties."""

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from vn_summarize.corrections import Corrections, sentence_key
from vn_summarize.errors import OutputError

_SCHEMA = """CREATE TABLE IF NOT EXISTS corrections (
    key TEXT PRIMARY KEY, source TEXT NOT NULL, english TEXT NOT NULL, before TEXT NOT NULL, article TEXT NOT NULL,
    sentence INTEGER NOT NULL, terms TEXT NOT NULL)"""
_COLUMNS = "source, english, before, article, sentence, terms"
_WAIT = 30.0  # seconds for another process's transaction


@dataclass(frozen=True, slots=True)
class Correction:
    """What an editor made of a sentence's English."""

    source: str  # Vietnamese, as printed
    english: str
    before: str  # the English that it replaced
    article: str  # the id, and the sentence's number there
    sentence: int
    terms: tuple[tuple[str, str], ...] = ()  # terms that `before` had: Vietnamese, and its English there


def default_path() -> Path:
    """Give the file in the user's data folder: a cache may be cleared, work of people may not."""
    return platformdirs.user_data_path("vn-summarize", appauthor=False) / "corrections.sqlite"


def load_corrections(path: Path) -> Corrections:
    """Read what a run needs of the file; nothing where it is not there. Raises OutputError."""
    return Corrections({sentence_key(c.source): c.english for c in list_corrections(path)})


def list_corrections(path: Path) -> list[Correction]:
    """Give all corrections by article and sentence, none where there is no file. Raises OutputError."""
    if not path.exists():
        return []
    with _opened(path) as connection:
        rows = connection.execute(f"SELECT {_COLUMNS} FROM corrections ORDER BY article, sentence, key")
        return [_correction(row) for row in rows]


def keep_corrections(path: Path, corrections: Iterable[Correction]) -> None:
    """Keep corrections, all or none; one of a sentence replaces the one of before.

    What `before` and `terms` say stays that of the first, which replaced the program's own English.
    Raises OutputError.
    """
    rows = [
        (sentence_key(c.source), c.source, c.english, c.before, c.article, c.sentence, json.dumps(c.terms))
        for c in corrections
    ]
    with _opened(path) as connection:
        connection.executemany(
            "INSERT INTO corrections VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE "
            "SET english = excluded.english, article = excluded.article, sentence = excluded.sentence",
            rows,
        )


def forget_corrections(path: Path, corrections: Iterable[Correction]) -> None:
    """Drop corrections, all or none. Raises OutputError."""
    keys = [(sentence_key(c.source),) for c in corrections]
    with _opened(path) as connection:
        connection.executemany("DELETE FROM corrections WHERE key = ?", keys)


def _correction(row: Sequence[Any]) -> Correction:
    source, english, before, article, sentence, terms = row
    return Correction(source, english, before, article, sentence, tuple((vi, en) for vi, en in json.loads(terms)))


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the file for one transaction; a damaged one is left as it is, for there may be work to save in it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.closing(sqlite3.connect(path, timeout=_WAIT)) as connection, connection:
            connection.execute(_SCHEMA)
            yield connection
    except (sqlite3.Error, OSError, ValueError) as error:
        advice = "restore it from a backup, or give another file as `corrections` in the settings"
        raise OutputError(f"the file of corrections {path} cannot be used: {error}; {advice}") from error
