"""The rows of an edited file, whatever its form."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from vn_summarize.errors import ConfigError


@dataclass(frozen=True, slots=True)
class EditedRow:
    """A sentence as the file has it. With a `problem` its texts do not count."""

    place: str  # "row 3" or "unit s2", for messages
    vietnamese: str
    english: str
    sentence: int | None = None  # the number that it gives; None: its Vietnamese tells
    problem: str = ""


@dataclass(frozen=True, slots=True)
class EditedArticle:
    """An article's rows as a file has them."""

    article: str  # the id that the file gives, "" for none
    rows: tuple[EditedRow, ...]


Readings = Sequence[EditedArticle]
"""The ways in which a file can be read for one article, the plainest first."""


def read_edited(path: Path) -> list[Readings]:
    """Read an edited file: for each of its articles its rows. Raises ConfigError and UnreadableArticle."""
    parser = PARSERS.get(path.suffix.lower())
    if parser is None:
        raise ConfigError(f"{path}: not a form that comes back; give {', '.join(PARSERS)}")
    try:
        return parser(path.read_bytes(), str(path))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from error


def sentence_number(text: str) -> int | None:
    """Read the number of a sentence; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def _parse_docx(data: bytes, name: str) -> list[Readings]:
    from vn_summarize.review.docx import parse_docx  # noqa: PLC0415 (its parser waits for its first use)

    return [[parse_docx(data, name)]]


def _parse_xliff(data: bytes, name: str) -> list[Readings]:
    from vn_summarize.review.xliff import parse_xliff  # noqa: PLC0415 (as above)

    return [[article] for article in parse_xliff(data, name)]


def _parse_tsv(data: bytes, name: str) -> list[Readings]:
    from vn_summarize.review.tsv import parse_tsv  # noqa: PLC0415 (as above)

    return [parse_tsv(data, name)]


PARSERS: dict[str, Callable[[bytes, str], list[Readings]]] = {
    ".docx": _parse_docx,
    ".xliff": _parse_xliff,
    ".xlf": _parse_xliff,
    ".tsv": _parse_tsv,
}
"""The parser for each suffix."""
