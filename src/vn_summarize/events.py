"""What a run tells while it works: frozen values, which the terminal and `--json` show in their own ways."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from vn_summarize.document import Failure, Finding, Report


@dataclass(frozen=True, slots=True)
class Started:
    """The run begins; a file may hold more than one article."""

    files: int


@dataclass(frozen=True, slots=True)
class Translated:
    """The model has translated some more texts, retries among them; articles come in groups after many such."""

    texts: int


@dataclass(frozen=True, slots=True)
class ArticleDone:
    """An article's files are written."""

    id: str
    sentences: int
    findings: tuple[Finding, ...]
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """An article's files were current and stay as they are."""

    id: str


@dataclass(frozen=True, slots=True)
class ArticleFailed:
    """An article gave no result."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class Finished:
    """The files about the whole run are written."""

    report: Report
    paths: tuple[Path, ...]


Event = Started | Translated | ArticleDone | Skipped | ArticleFailed | Finished

_NAMES = {
    Started: "started",
    Translated: "translated",
    ArticleDone: "done",
    Skipped: "skipped",
    ArticleFailed: "failed",
    Finished: "finished",
}


def event_record(event: Event) -> dict[str, Any]:
    """Give an event as plain JSON values: its name under "event", then its fields; paths as text."""
    return {"event": _NAMES[type(event)], **_plain(asdict(event))}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Path) else value
