"""The translation memory: a translation is made once, kept in SQLite, and found again by what it depends on."""

import contextlib
import dataclasses
import hashlib
import json
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import platformdirs

from vn_summarize.backends import DEFAULT_DECODING, Decoding, Translation, Translator
from vn_summarize.errors import OutputError

COMMIT_EVERY = 128
"""Texts of one inner call; each call's results are committed at once, so that a kill loses no more: some seconds."""

LIMIT = 2_000_000
"""Translations kept: about 1 GB, some 20,000 articles."""

_SCHEMA = """CREATE TABLE IF NOT EXISTS translations (
    key BLOB PRIMARY KEY, value TEXT NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID"""
_INDEX = "CREATE INDEX IF NOT EXISTS by_use ON translations (used)"
_DAY = 86_400  # seconds; a use is noted once a day, so that reading hardly ever writes
_VARIABLES = 500  # SQLite before 3.32 takes 999 in one statement
_WAIT = 30.0  # seconds for another process's transaction


def default_path() -> Path:
    """Give the file in the user's cache folder."""
    return platformdirs.user_cache_path("vn-summarize", appauthor=False) / "translations.sqlite"


def file_size(path: Path) -> int:
    """Give the bytes of a memory's file and its log on disk, 0 where it is not there yet."""
    return sum(part.stat().st_size for part in _parts(path) if part.exists())


def make_key(fingerprint: str, decoding: Decoding, text: str) -> bytes:
    """Give the SHA-256 of all that a translation depends on."""
    return hashlib.sha256(json.dumps([fingerprint, dataclasses.astuple(decoding), text]).encode()).digest()


class TranslationMemory:
    """A store of translations by key; several threads and processes may use one file at a time.

    It keeps `limit` translations; those that were not used for longest make room for new ones.
    A file that is no database any more is set aside as NAME.corrupt-N (`set_aside` names it) and begun anew:
    it holds nothing that cannot be made again. Raises OutputError where the file cannot be written.
    """

    def __init__(self, path: Path, limit: int = LIMIT) -> None:
        self.path, self._limit = path, limit
        self.set_aside: tuple[Path, ...] = ()
        self._lock = threading.RLock()
        with self._errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._connection = self._open()
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                self._connection = self._start_anew()
        self._rows = len(self)  # at least as many as there are, but for what other processes add

    def get_many(self, keys: Sequence[bytes]) -> dict[bytes, Translation]:
        """Give the translations that are there."""
        found: dict[bytes, Translation] = {}
        now = int(time.time())
        with self._lock, self._errors(), self._renewed():
            for i in range(0, len(keys), _VARIABLES):
                part = keys[i : i + _VARIABLES]
                marks = ",".join("?" * len(part))
                query = f"SELECT key, value, used FROM translations WHERE key IN ({marks})"
                rows = self._connection.execute(query, part).fetchall()
                found |= {key: value for key, text, _ in rows if (value := _parse(text))}
                if stale := [(now, key) for key, _, used in rows if used < now - _DAY]:
                    self._write("UPDATE translations SET used = ? WHERE key = ?", stale)
        return found

    def put_many(self, translations: Mapping[bytes, Translation]) -> None:
        """Keep translations, all in one transaction."""
        now = int(time.time())
        rows = [(key, _render(value), now) for key, value in translations.items()]
        with self._lock, self._errors(), self._renewed():
            self._write("INSERT OR REPLACE INTO translations VALUES (?, ?, ?)", rows)
            self._rows += len(rows)
            self._make_room()

    def __len__(self) -> int:
        with self._lock, self._errors():
            (count,) = self._connection.execute("SELECT count(*) FROM translations").fetchone()
        return int(count)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
        try:
            _write_ahead(connection)
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute(_SCHEMA)
            with contextlib.suppress(sqlite3.OperationalError):  # a file of before uses were noted
                connection.execute("ALTER TABLE translations RENAME COLUMN written TO used")
            connection.execute(_INDEX)
            connection.execute("SELECT key, value, used FROM translations LIMIT 1").fetchall()
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _start_anew(self) -> sqlite3.Connection:
        number = 1
        while (aside := self.path.with_name(f"{self.path.name}.corrupt-{number}")).exists():
            number += 1
        with contextlib.suppress(FileNotFoundError):  # another process was first
            self.path.replace(aside)
            self.set_aside += (aside,)
        for part in _parts(self.path)[1:]:
            part.unlink(missing_ok=True)
        return self._open()

    def _make_room(self) -> None:
        """Drop a tenth at once when there are too many, so that it happens seldom; the file keeps its size."""
        if self._rows <= self._limit:
            return
        self._rows = len(self)
        if (spare := self._rows - self._limit * 9 // 10) > self._limit // 10:
            oldest = "SELECT key FROM translations ORDER BY used, key LIMIT ?"
            self._write(f"DELETE FROM translations WHERE key IN ({oldest})", [(spare,)])
            self._rows -= spare

    def _write(self, statement: str, rows: Iterable[tuple[bytes | str | int, ...]]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._connection.executemany(statement, rows)
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    @contextlib.contextmanager
    def _renewed(self) -> Iterator[None]:
        """Begin anew when the database turns out to be damaged; what was asked or given is then not there."""
        try:
            yield
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            self._connection.close()
            self._connection = self._start_anew()

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as e:
            advice = "Free space or rights there, or run with --no-cache."
            raise OutputError(f"the translation memory {self.path} cannot be used: {e}. {advice}") from e


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to a write-ahead log; of two processes that begin a file, SQLite tells one "locked" without waiting."""
    until = time.monotonic() + _WAIT
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
        time.sleep(0.02)


def _parts(path: Path) -> list[Path]:
    return [path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))]


def _render(value: Translation) -> str:
    return json.dumps([value.text, value.score, value.complete, value.alternatives])


def _parse(text: str) -> Translation | None:
    """Read a stored value; None, a miss, for one that is not whole."""
    try:
        english, score, complete, alternatives = json.loads(text)
        return Translation(english, float(score), bool(complete), tuple(alternatives))
    except (TypeError, ValueError):
        return None


class CachedTranslator:
    """A Translator that asks `inner` only for what the memory does not have, each distinct text once."""

    def __init__(self, inner: Translator, memory: TranslationMemory) -> None:
        self._inner, self._memory = inner, memory

    @property
    def fingerprint(self) -> str:
        """The inner translator's."""
        return self._inner.fingerprint

    @property
    def knows_terms(self) -> bool:
        """The inner translator's."""
        return self._inner.knows_terms

    @property
    def unsure_below(self) -> float:
        """The inner translator's."""
        return self._inner.unsure_below

    def fits(self, text: str) -> bool:
        """Ask the inner translator."""
        return self._inner.fits(text)

    def translate(self, texts: Sequence[str], decoding: Decoding = DEFAULT_DECODING) -> list[Translation]:
        """Translate each text; what is new is kept after every COMMIT_EVERY texts.

        New texts go to `inner` by length, so that neighbours make good batches.
        """
        keys = {text: make_key(self.fingerprint, decoding, text) for text in texts}
        found = self._memory.get_many(list(keys.values()))
        missing = sorted((t for t, key in keys.items() if key not in found), key=lambda t: (len(t), t))
        for i in range(0, len(missing), COMMIT_EVERY):
            part = missing[i : i + COMMIT_EVERY]
            new = dict(zip((keys[t] for t in part), self._inner.translate(part, decoding), strict=True))
            self._memory.put_many(new)
            found |= new
        return [found[keys[text]] for text in texts]
