"""Every occurrence of a term in a run, gathered article by article on disk, so that memory stays flat."""

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import astuple
from typing import Any

from vn_summarize.document import ArticleResult
from vn_summarize.errors import OutputError
from vn_summarize.writing.occurrences import Occurrence, distinct, list_occurrences, rendering_key
from vn_summarize.writing.terms import TermReport, TermSummary

LISTED = 200
"""Terms of each list in a TermReport; terms.csv has all."""
PLACES = 10
"""Unmet occurrences that a term's summary points to."""

_TABLE = """CREATE TABLE uses (article BLOB, place INTEGER, rendering TEXT, sentence INTEGER, start INTEGER, term TEXT,
    source TEXT, required TEXT, rendered TEXT, status TEXT, how TEXT, policy TEXT, origin TEXT,
    PRIMARY KEY (article, place)) WITHOUT ROWID"""
_TERMS = """CREATE TEMP TABLE IF NOT EXISTS terms AS SELECT term, count(*) AS occurrences,
    sum(status = 'unmet') AS unmet, sum(policy <> 'prefer') = 0 AS optional,
    count(DISTINCT nullif(rendering, '')) AS renderings FROM uses GROUP BY term"""
_UNMET = "WHERE unmet ORDER BY optional, unmet DESC, term"
_SEVERAL = "WHERE renderings > 1 ORDER BY renderings DESC, occurrences DESC, term"
_FREQUENT = "ORDER BY occurrences DESC, term"


class Concordance:
    """The occurrences of a run's articles in a temporary database, which goes away when it is closed or killed.

    What it gives depends on the articles only, not on the order in which they came. Its methods raise
    OutputError where the temporary folder has no room.
    """

    def __init__(self) -> None:
        with _errors():
            self._database = sqlite3.connect("")  # SQLite's own temporary file, kept in memory while it is small
            self._database.execute("PRAGMA journal_mode=OFF")
            self._database.execute(_TABLE)

    def add(self, result: ArticleResult) -> None:
        """Gather the occurrences of an article; a second result of the same article takes their places."""
        article = _pack(result.translated.document.article.id)
        rows = [
            (article, place, *map(_clean, (rendering_key(use.required, use.rendered), *astuple(use)[1:])))
            for place, use in enumerate(list_occurrences(result))
        ]
        with _errors():
            self._database.execute("DELETE FROM uses WHERE article = ?", (article,))
            self._database.executemany(f"INSERT INTO uses VALUES ({','.join('?' * 13)})", rows)

    def __iter__(self) -> Iterator[Occurrence]:
        """Yield every occurrence, sorted by article, then in the order of its text."""
        with _errors():
            for article, _, _, *values in self._database.execute("SELECT * FROM uses ORDER BY article, place"):
                yield Occurrence(_unpack(article), *values)

    def report(self) -> TermReport:
        """Count what was gathered, and list the terms worth a look."""
        with _errors():
            self._database.execute("DROP TABLE IF EXISTS temp.terms")
            self._database.execute(_TERMS)
            self._database.execute("CREATE INDEX IF NOT EXISTS by_term ON uses (term)")
            terms, unmet_terms, several_terms = self._row(
                "SELECT count(*), coalesce(sum(unmet > 0), 0), coalesce(sum(renderings > 1), 0) FROM terms"
            )
            occurrences, met = self._row("SELECT count(*), coalesce(sum(status = 'met'), 0) FROM uses")
            split = "SELECT {0}, sum(status = 'met'), sum(status = 'unmet') FROM uses GROUP BY {0} ORDER BY {0}"
            return TermReport(
                terms=terms,
                occurrences=occurrences,
                met=met,
                how=self._rows("SELECT how, count(*) FROM uses WHERE status = 'met' GROUP BY how ORDER BY how"),
                policies=self._rows(split.format("policy")),
                origins=self._rows(split.format("origin")),
                unmet_terms=unmet_terms,
                several_terms=several_terms,
                unmet=self._summaries(_UNMET),
                several=self._summaries(_SEVERAL),
                frequent=self._summaries(_FREQUENT),
            )

    def close(self) -> None:
        """Drop what was gathered."""
        self._database.close()

    def _summaries(self, order: str) -> tuple[TermSummary, ...]:
        rows = self._rows(f"SELECT term, occurrences, unmet, optional FROM terms {order} LIMIT {LISTED}")
        return tuple(
            self._summary(term, occurrences, unmet, bool(optional)) for term, occurrences, unmet, optional in rows
        )

    def _summary(self, term: str, occurrences: int, unmet: int, optional: bool) -> TermSummary:
        asked = self._rows("SELECT required, count(*) FROM uses WHERE term = ? GROUP BY 1 ORDER BY 2 DESC, 1", term)
        required = distinct((rendering_key(text, text), text) for text, _ in asked)
        forms = self._rows(
            "SELECT rendering, rendered, count(*) FROM uses WHERE term = ? AND rendering <> '' "
            "GROUP BY 1, 2 ORDER BY 3 DESC, 2",
            term,
        )
        counts: dict[str, int] = {}
        for key, _, count in forms:
            counts[key] = counts.get(key, 0) + count
        # The required English stands for its forms, which may have a place's name in between.
        shown = {key: text for key, text, _ in reversed(forms)} | {key: text for key, text in required.items() if key}
        places = self._rows(
            "SELECT article, sentence FROM uses WHERE term = ? AND status = 'unmet' "
            f"ORDER BY article, place LIMIT {PLACES}",
            term,
        )
        return TermSummary(
            term=term,
            required=tuple(required.values()),
            occurrences=occurrences,
            unmet=unmet,
            optional=optional,
            renderings=tuple(
                (shown[key], count) for key, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
            ),
            places=tuple((_unpack(article), sentence) for article, sentence in places),
        )

    def _rows(self, query: str, *values: str) -> tuple[Any, ...]:
        return tuple(self._database.execute(query, values).fetchall())

    def _row(self, query: str) -> Any:
        return self._database.execute(query).fetchone()


def _pack(id: str) -> bytes:
    """Give an id as bytes that sort as the ids do; one may have a lone surrogate, from a file name that is no UTF-8."""
    return id.encode("utf-8", "surrogatepass")


def _unpack(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _clean(value: str | int) -> str | int:
    return value if isinstance(value, int) else value.encode("utf-8", "replace").decode("utf-8")


@contextlib.contextmanager
def _errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise OutputError(f"the run's terms cannot be gathered: {error}; make room in the temporary folder") from error
