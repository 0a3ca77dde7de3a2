"""Where the articles of a run come from: its files, and each article before it is read."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from vn_summarize.config import CONFIG_NAME, Settings
from vn_summarize.document import Article, Document, Finding
from vn_summarize.errors import ArticleError, ConfigError
from vn_summarize.pipeline import hash_text
from vn_summarize.reading import SEVERAL_ARTICLES, InputFile, find_files, read_articles


@dataclass(frozen=True, slots=True)
class Source:
    """Where an article comes from, before anything is parsed where that can be; `digest` is of its content."""

    id: str
    origin: str
    digest: str
    read: Callable[[], Article]
    prepare: Callable[[Article], tuple[Document, tuple[Finding, ...]]] | None = None  # None: clean it too


def find_inputs(inputs: Sequence[Path], settings: Settings) -> list[InputFile]:
    """Find the files of a run, but for what a run wrote, its settings and glossaries. Raises ConfigError."""
    output, glossaries = settings.output.resolve(), {path.resolve() for path in settings.glossary}
    found = find_files(inputs, settings.include, settings.exclude)
    paths = [(f, f.path.resolve()) for f in found if f.path.name != CONFIG_NAME]
    files = [f for f, path in paths if output not in path.parents and path not in glossaries]
    if not files:
        raise ConfigError(f"no article files in {', '.join(map(str, inputs))}: see --include, --exclude and --output")
    return files


def find_sources(
    files: Iterable[InputFile], encoding: str, fail: Callable[[str, str, ArticleError], None]
) -> Iterator[Source]:
    """Find the articles of the files; `fail` hears the stage, the origin and the error of a row that is none."""
    for file in files:
        if file.path.suffix.lower() not in SEVERAL_ARTICLES:
            yield Source(file.id, str(file.path), _file_hash(file.path), partial(_read_one, file, encoding))
            continue
        for article in read_articles(file, encoding):
            if isinstance(article, ArticleError):
                fail("read", str(file.path), article)
            else:
                yield Source(article.id, article.origin, hash_text(repr(article)), partial(_same, article))


def _read_one(file: InputFile, encoding: str) -> Article:
    article = next(read_articles(file, encoding))
    if isinstance(article, ArticleError):
        raise article
    return article


def _same(article: Article) -> Article:
    return article


def _file_hash(path: Path) -> str:
    """Hash a file's bytes; "" where it cannot be read, which reading it will then say."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
