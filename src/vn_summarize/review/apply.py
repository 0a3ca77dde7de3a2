"""Edited files to corrections: each file's record is found, and what was changed against it."""

import glob
from dataclasses import dataclass
from pathlib import Path

from vn_summarize.document import ArticleResult
from vn_summarize.errors import ArticleError, ConfigError
from vn_summarize.review.changes import choose_reading, find_changes
from vn_summarize.review.rows import Readings, read_edited
from vn_summarize.review.store import Correction
from vn_summarize.writing import output_path, result_from_json


@dataclass(frozen=True, slots=True)
class Review:
    """What a file says of one article."""

    article: str
    corrections: tuple[Correction, ...]
    problems: tuple[str, ...]  # each names its row; the other rows count


def read_reviews(path: Path, folder: Path) -> list[Review]:
    """Read an edited file and hold it against the records in a run's output folder.

    Raises ConfigError and ArticleError for a file that cannot be used.
    """
    articles = read_edited(path)
    return [_review(readings, path, folder, alone=len(articles) == 1) for readings in articles]


def _review(readings: Readings, path: Path, folder: Path, alone: bool) -> Review:
    named = readings[0].article
    try:
        result = _read_record(_find_record(named, path, folder, alone))
    except (ArticleError, ConfigError) as error:
        return Review(named or path.stem, (), (str(error),))
    corrections, problems = find_changes(choose_reading(readings, result), result)
    return Review(result.translated.document.article.id, tuple(corrections), tuple(problems))


def _find_record(article: str, path: Path, folder: Path, alone: bool) -> Path:
    """Find the record of the article that the file names; of a file with one article its own name may tell, too."""
    if article and (record := output_path(folder, article, ".json")).is_file():
        return record
    beside = path.with_suffix(".json")
    found = [beside] if beside.is_file() else sorted(folder.rglob(f"{glob.escape(path.stem)}.json"))
    if alone and len(found) == 1:
        return found[0]
    what = f"{len(found)} records in {folder} have its name" if alone and found else f"no record in {folder} is its own"
    raise ConfigError(f"{what}; give the run's output folder with -o, and the file the name that the run gave it")


def _read_record(path: Path) -> ArticleResult:
    try:
        return result_from_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"the record {path} cannot be read ({error}); do the run again") from error
