"""Bring a finished output folder up to a changed glossary: only the articles that it touches are made again.

All comes from the records: each holds its article as cleaned, what it was made from, and the terms that
stand in it. The input files are not read; a later run finds those that have changed since.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from vn_summarize.backends import Translator
from vn_summarize.batch import Run
from vn_summarize.config import Settings, with_shape
from vn_summarize.corrections import NONE, Corrections
from vn_summarize.document import Article, ArticleResult, Report
from vn_summarize.errors import ArticleError, ConfigError, UnreadableArticle
from vn_summarize.events import Event, Started
from vn_summarize.glossary.terms import TermBase
from vn_summarize.pipeline import corrections_signature, prepare_cleaned, settings_signature, terms_signature
from vn_summarize.sources import Source
from vn_summarize.writing import Hashes, output_path, read_hashes, result_from_json


@dataclass(frozen=True, slots=True)
class Record:
    """The record of an article, and what it was made from."""

    path: Path
    hashes: Hashes


@dataclass(frozen=True, slots=True)
class TermChange:
    """A place where other terms stand than when the sentence was translated: "source → target", "" for none."""

    sentence: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TouchedArticle:
    """An article to be made again; without `changes` details of its terms differ, or what an editor corrected."""

    id: str
    path: Path
    changes: tuple[TermChange, ...]


def find_records(folder: Path, translator: Translator) -> list[Record]:
    """Find the records of an output folder, in the order of their paths.

    Raises ConfigError where there are none, or some that another version, model or form made: to bring these
    up to date is a run's work.
    """
    hashes = ((path, read_hashes(path)) for path in sorted(folder.rglob("*.json")))
    records = [Record(path, found) for path, found in hashes if found]
    if not records:
        raise ConfigError(f"{folder}: no results of this version of vn-summarize here; give a run's output folder")
    signature = settings_signature(translator)
    if other := [record for record in records if record.hashes.signature != signature]:
        what = f"{len(other)} of {len(records)} articles, such as {other[0].path},"
        raise ConfigError(f"{what} were made by another version or model: do the run again, it takes the glossary too")
    if other := [record for record in records if record.hashes.settings != records[0].hashes.settings]:
        both = f"{records[0].hashes.settings} and {other[0].hashes.settings} ({other[0].path})"
        raise ConfigError(f"{folder}: the articles were made with different settings: {both}; do the run again")
    return records


def find_touched(
    records: Iterable[Record], terms: TermBase, corrections: Corrections = NONE
) -> Iterator[TouchedArticle]:
    """Find the articles whose terms or corrections differ from those that they were made with.

    Raises UnreadableArticle.
    """
    for record in records:
        result = _read(record.path)
        now = terms_signature(result, terms), corrections_signature(result, corrections)
        if (record.hashes.terms, record.hashes.corrections) != now:
            yield TouchedArticle(_article(result).id, record.path, tuple(_changes(result, terms)))


def apply_terms(
    records: list[Record],
    settings: Settings,
    translator: Translator,
    terms: TermBase,
    on_event: Callable[[Event], None] = lambda event: None,
    *,
    corrections: Corrections = NONE,
) -> Report:
    """Make the touched articles of `settings.output` again, in the form that they have; the others stay.

    The outcome is a run's with these terms over the same articles. Raises what `batch.run` does.
    """
    shaped = with_shape(replace(settings, limit=None, force=False), records[0].hashes.settings)
    on_event(Started(len(records)))
    work = Run(shaped, translator, terms, on_event, records[0].hashes.signature, corrections)
    return work.go(_sources(records, work))


def _sources(records: list[Record], work: Run) -> Iterator[Source]:
    for record in records:
        try:
            article = _article(_read(record.path))
        except ArticleError as error:
            work.fail("read", str(record.path), error)
            continue
        if output_path(work.settings.output, article.id, ".json") != record.path:
            work.fail("read", str(record.path), ArticleError(f"holds the article {article.id!r}: it was moved here"))
            continue
        yield Source(article.id, article.origin, record.hashes.input, partial(_same, article), prepare_cleaned)


def _read(path: Path) -> ArticleResult:
    try:
        return result_from_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableArticle(f"{path}: the record cannot be read ({error}); do the run again") from error


def _article(result: ArticleResult) -> Article:
    return result.translated.document.article


def _same(article: Article) -> Article:
    return article


def _changes(result: ArticleResult, terms: TermBase) -> Iterator[TermChange]:
    for sentence in result.translated.sentences:
        text = sentence.source.text
        before = {use.start: f"{use.source} → {use.target or use.policy}" for use in sentence.terms}
        after = {m.start: f"{m.text} → {m.term.target or m.term.policy}" for m in terms.find(text)}
        for start in sorted(before.keys() | after.keys()):
            was, now = before.get(start, ""), after.get(start, "")
            if was != now:
                yield TermChange(sentence.source.index, was, now)
