"""Open what a run needs, as the settings say: the terms, and the model behind the translation memory."""

import contextlib
import gc
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from vn_summarize.abbreviations import known_abbreviations
from vn_summarize.backends import DEFAULT_DECODING, Decoding, Runtime, Summarizer, Translation, Translator
from vn_summarize.cache import CachedTranslator, TranslationMemory, default_path
from vn_summarize.config import Settings
from vn_summarize.corrections import Corrections
from vn_summarize.document import Finding
from vn_summarize.errors import GlossaryError, ModelError
from vn_summarize.glossary.formats import load_builtin, load_glossary
from vn_summarize.glossary.place_terms import PlaceTerms
from vn_summarize.glossary.terms import Term, TermBase
from vn_summarize.models import LazyTranslator, ModelFolder, resolve_summarizer, resolve_translator
from vn_summarize.review import store

_SHOWN = 20  # broken rows that are named where they stop the run
_LOG = logging.getLogger(__name__)


class HeardTranslator:
    """A Translator that tells `on_translated` how many texts `inner` has just translated."""

    def __init__(self, inner: Translator, on_translated: Callable[[int], None]) -> None:
        self._inner, self._on_translated = inner, on_translated

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
        """Ask the inner translator."""
        translations = self._inner.translate(texts, decoding)
        self._on_translated(len(texts))
        return translations


def load_terms(settings: Settings) -> tuple[TermBase, tuple[Finding, ...]]:
    """Load the user's glossaries (a later one wins), the built-in terms and the places, with doubts about their rows.

    Raises GlossaryError, with `strict_glossary` for a broken row too; a row that only repeats another is none.
    """
    with _uncollected():
        return _load_terms(settings)


def _load_terms(settings: Settings) -> tuple[TermBase, tuple[Finding, ...]]:
    loaded = [load_glossary(path) for path in settings.glossary]
    doubts = tuple(doubt for _, found in loaded for doubt in found)
    broken = [doubt.message for doubt in doubts if doubt.severity != "info" and doubt.kind != "duplicate"]
    if settings.strict_glossary and broken:
        shown = [*broken[:_SHOWN], *([f"and {len(broken) - _SHOWN} more"] if len(broken) > _SHOWN else [])]
        raise GlossaryError("\n".join((*shown, "stopped by --strict-glossary")))
    # A number in front tells two files of one name apart: they are two glossaries.
    names = [path.name for path in settings.glossary]
    origins = [f"{i}:{name}" if names.count(name) > 1 else name for i, name in enumerate(names, 1)]
    terms = [
        term if term.origin == origin else replace(term, origin=origin)
        for origin, (terms, _) in reversed(list(zip(origins, loaded, strict=True)))
        for term in map(with_long_forms, terms)
    ]
    return PlaceTerms([*terms, *load_builtin()]), doubts


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Keep garbage collection away from a glossary's terms, now and later: it would look at all of them in vain."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if enabled:
            gc.enable()


def with_long_forms(term: Term) -> Term:
    """Add to a term's aliases what its short forms stand for: `UBND` is written out before terms are looked for."""
    given = (term.source, *term.aliases)
    if _long_forms().keys().isdisjoint(given):
        return term
    found = dict.fromkeys(_long_forms()[form] for form in given if form in _long_forms())
    more = tuple(long for long in found if long not in given)
    return replace(term, aliases=(*term.aliases, *more)) if more else term


@cache
def _long_forms() -> dict[str, str]:
    return {known.short: known.long for known in known_abbreviations()}


def load_corrections(settings: Settings) -> Corrections:
    """Load what editors corrected; --no-cache does not touch it. Raises OutputError."""
    return store.load_corrections(corrections_path(settings))


def corrections_path(settings: Settings) -> Path:
    """Give the path of the editors' corrections."""
    return settings.corrections or store.default_path()


def load_translator(settings: Settings, on_translated: Callable[[int], None] = lambda texts: None) -> Translator:
    """Find the model; its weights are verified and loaded when a text is not in the translation memory.

    `on_translated` hears of each group of texts that the model has translated. Raises ModelNotFound,
    ModelCorrupt and, for the memory, OutputError.
    """
    return _open(resolve_translator(settings.model, settings.models), settings, on_translated)


def load_second(settings: Settings) -> Translator | None:
    """Find the model for second opinions, None where none is asked for.

    Raises as `load_translator`, and ModelError where it is the model that translates.
    """
    if not settings.second_opinion:
        return None
    second = resolve_translator(settings.second_opinion, settings.models)
    if second.path.resolve() == resolve_translator(settings.model, settings.models).path.resolve():
        raise ModelError(f"--second-opinion {settings.second_opinion}: that is the model that translates; name another")
    return _open(second, settings)


def _open(
    folder: ModelFolder, settings: Settings, on_translated: Callable[[int], None] = lambda texts: None
) -> Translator:
    heard = HeardTranslator(LazyTranslator(folder, runtime_of(settings)), on_translated)
    if settings.no_cache:
        return heard
    memory = TranslationMemory(memory_path(settings))
    for path in memory.set_aside:
        _LOG.warning("the translation memory was damaged and is begun anew; the old file is %s", path)
    return CachedTranslator(heard, memory)


def load_summarizer(settings: Settings) -> Summarizer | None:
    """Find the model that writes summaries, None where none is asked for. Raises ModelNotFound and ModelError."""
    if not settings.summarizer:
        return None
    from vn_summarize.backends.summarizer import LocalSummarizer  # noqa: PLC0415 - few runs need it

    return LocalSummarizer(resolve_summarizer(settings.summarizer, settings.models), runtime_of(settings))


def runtime_of(settings: Settings) -> Runtime:
    """Give what the settings say of the machine and the search."""
    return Runtime(
        settings.device, settings.threads or 0, settings.jobs or 0, settings.beam or 0, settings.batch_tokens or 0
    )


def memory_path(settings: Settings) -> Path:
    """Give the path of the translation memory."""
    return settings.cache / default_path().name if settings.cache else default_path()
