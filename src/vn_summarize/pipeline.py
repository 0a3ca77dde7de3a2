"""Compose the stages for articles and segments in memory; `batch` does it for folders."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TypeVar

from vn_summarize import __version__
from vn_summarize.abbreviations import find_abbreviations
from vn_summarize.agreement import ask_second
from vn_summarize.backends import Summarizer, Translator
from vn_summarize.cleaning import clean
from vn_summarize.config import Settings
from vn_summarize.corrections import NONE, Corrections
from vn_summarize.diacritics import strip_document, strip_places
from vn_summarize.document import Article, ArticleResult, Document, Finding, Summary, TranslatedDocument
from vn_summarize.errors import ArticleError, GenerationError, VnSummarizeError
from vn_summarize.facts import find_facts
from vn_summarize.glossary.places import list_places
from vn_summarize.glossary.terms import TermBase
from vn_summarize.segmentation import split_article
from vn_summarize.summarization import DEFAULT_FORM, Form, Length, in_form, summarize
from vn_summarize.translation import translate_documents

WINDOW_ARTICLES = 96
WINDOW_SENTENCES = 600
"""Enough for full batches of like lengths in each retry: 11.2 sentences/s of a run, 10.2 with 200."""
FIRST_SENTENCES = 200
"""Those of the first window, so that the first results show soon."""

_LOG = logging.getLogger(__name__)
T = TypeVar("T")
Rewrite = Callable[[TranslatedDocument, Summary], tuple[Summary, tuple[Finding, ...]]]
"""Give another summary in place of the extractive one, with the doubts about it."""


def keep_summary(translated: TranslatedDocument, summary: Summary) -> tuple[Summary, tuple[Finding, ...]]:
    """Leave the extractive summary as it is."""
    return summary, ()


def translate_article(
    article: Article,
    translator: Translator,
    terms: TermBase,
    length: Length,
    place_names: str = "original",
    *,
    form: Form = DEFAULT_FORM,
    corrections: Corrections = NONE,
    second: Translator | None = None,
    rewrite: Rewrite = keep_summary,
) -> ArticleResult:
    """Translate and summarise one article as read. Raises ArticleError and GenerationError.

    `second` is asked for its reading of each sentence, where there is one.
    """
    document, findings = prepare(article)
    (translated,) = _translate([document], translator, terms, corrections, second)
    return conclude(translated, findings, terms, length, place_names, form=form, rewrite=rewrite)


def translate_segments(
    segments: Iterable[str],
    translator: Translator,
    terms: TermBase,
    place_names: str = "original",
    corrections: Corrections = NONE,
    *,
    second: Translator | None = None,
) -> Iterator[TranslatedDocument]:
    """Translate segments, each by itself, in order; one that is blank or fails has no sentences. Streams."""
    articles = (Article(str(number), f"line {number}", "", (text,)) for number, text in enumerate(segments, 1))
    documents = (Document(article, split_article(article)) for article in articles)
    for window in windows(documents, lambda document: len(document.sentences)):
        translated = iter(translate_window([d for d in window if d.sentences], translator, terms, corrections, second))
        for document in window:
            answer = next(translated) if document.sentences else TranslatedDocument(document, ())
            if isinstance(answer, Exception):
                answer = TranslatedDocument(document, (), (Finding("untranslated", "error", str(answer)),))
            yield strip_document(answer) if place_names == "ascii" else answer


def translate_window(
    documents: Sequence[Document],
    translator: Translator,
    terms: TermBase,
    corrections: Corrections = NONE,
    second: Translator | None = None,
) -> list[TranslatedDocument | Exception]:
    """Translate documents at once, or one by one where that fails: the error stands for one that fails.

    `second` is asked for its reading of each sentence, where there is one.
    Raises the errors that concern the whole run, as `concerns_run` says.
    """
    if not documents:
        return []
    try:
        return [*_translate(documents, translator, terms, corrections, second)]
    except Exception as error:
        if concerns_run(error):
            raise
        _LOG.debug("%d documents fail", len(documents), exc_info=True)
        if len(documents) == 1:
            return [error]
    return [answer for d in documents for answer in translate_window([d], translator, terms, corrections, second)]


def _translate(
    documents: Sequence[Document],
    translator: Translator,
    terms: TermBase,
    corrections: Corrections,
    second: Translator | None,
) -> list[TranslatedDocument]:
    translated = translate_documents(documents, translator, terms, corrections=corrections)
    return ask_second(translated, second, terms) if second else translated


def concerns_run(error: Exception) -> bool:
    """Say whether an error stops the run; all others, faults of the program too, concern one article.

    A broken pipe is no stage's: whoever listened to the events has gone.
    """
    own = isinstance(error, VnSummarizeError) and not isinstance(error, (ArticleError, GenerationError))
    return own or isinstance(error, BrokenPipeError)


def prepare(article: Article) -> tuple[Document, tuple[Finding, ...]]:
    """Clean an article, cut it into sentences and find its abbreviations. Raises ArticleError."""
    return prepare_cleaned(clean(article))


def prepare_cleaned(article: Article) -> tuple[Document, tuple[Finding, ...]]:
    """Do what `prepare` does after cleaning: an article of an earlier run's record is clean."""
    sentences = split_article(article)
    abbreviations, findings = find_abbreviations(sentences)
    return Document(article, sentences, abbreviations), (*article.findings, *findings)


def conclude(
    translated: TranslatedDocument,
    findings: Sequence[Finding],
    terms: TermBase,
    length: Length,
    place_names: str = "original",
    *,
    form: Form = DEFAULT_FORM,
    rewrite: Rewrite = keep_summary,
) -> ArticleResult:
    """Summarise a translated document, list its places and key facts, gather its findings in reading order.

    Those of the whole article come first. `place_names`: see `config.PLACE_NAMES`.
    """
    typos = (
        Finding("typo", "info", f"“{match.text}” is read as “{match.term.source}”", sentence.source.index)
        for sentence in translated.sentences
        for match in terms.find(sentence.source.text)
        if match.typo
    )
    summary, doubts = rewrite(translated, summarize(translated, terms, length))
    every = dict.fromkeys((*findings, *typos, *translated.findings, *doubts))
    ordered = sorted(every, key=lambda finding: -1 if finding.sentence is None else finding.sentence)
    places = list_places(translated.document.sentences)
    result = ArticleResult(translated, summary, tuple(ordered), places)
    result = strip_places(result) if place_names == "ascii" else result
    return replace(result, summary=in_form(result.summary, form), facts=find_facts(result.translated))


def settings_signature(translator: Translator) -> str:
    """Name all that a result depends on but its article, its terms and its form: code, data, model, decoding."""
    code = f"{__version__}+{_code_hash()[:12]}"
    return f"{code}|{translator.fingerprint}"


def terms_signature(result: ArticleResult, terms: TermBase) -> str:
    """Name the terms that stand in an article: while they are the same, a changed glossary does not touch it.

    Of each sentence both the printed text and the one that was translated are searched.
    """
    sentences = result.translated.document.sentences
    return terms.fingerprint_in(dict.fromkeys(text for s in sentences for text in (s.text, s.original)))


def corrections_signature(result: ArticleResult, corrections: Corrections) -> str:
    """Name the corrections of an article's sentences: while they are the same, a changed review does not touch it."""
    return corrections.fingerprint_in(s.original for s in result.translated.document.sentences)


def summary_writer(summarizer: Summarizer | None, translator: Translator, terms: TermBase, length: Length) -> Rewrite:
    """Have a model write the summaries; what it writes in Vietnamese is translated as the articles are."""
    if summarizer is None:
        return keep_summary
    from vn_summarize.summarization.abstraction import write_summary  # noqa: PLC0415 - few runs need the gate

    def translate(texts: Sequence[str]) -> list[str]:
        return [" ".join(s.text for s in d.sentences) for d in translate_segments(texts, translator, terms)]

    return lambda translated, extract: write_summary(translated, extract, summarizer, translate, length)


def summary_length(settings: Settings) -> Length:
    """Give the summary's length that the settings ask for."""
    return Length(sentences=settings.summary_sentences, words=settings.summary_words)


def summary_form(settings: Settings) -> Form:
    """Give the summary's language and style that the settings ask for."""
    return Form(settings.summary_language, settings.style)  # type: ignore[arg-type]


def windows(items: Iterable[T], sentences: Callable[[T], int]) -> Iterator[list[T]]:
    """Group items in order, so that a group fills batches and fits into memory; the first one is small."""
    window: list[T] = []
    most = min(FIRST_SENTENCES, WINDOW_SENTENCES)
    for item in items:
        window.append(item)
        if len(window) == WINDOW_ARTICLES or sum(map(sentences, window)) >= most:
            yield window
            window, most = [], WINDOW_SENTENCES
    if window:
        yield window


def hash_text(text: str) -> str:
    """Give the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _code_hash() -> str:
    """Hash this package's code and data, without the shipped model: a changed rule makes outputs again."""
    package = Path(__file__).parent
    kinds = (".py", ".tsv", ".txt", ".json", ".css", ".js")
    files = sorted(p for p in package.rglob("*") if p.suffix in kinds and "shipped" not in p.relative_to(package).parts)
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
