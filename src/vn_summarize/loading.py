"""Open what a run needs, as the settings say: the terms, and the model behind the translation memory."""

from pathlib import Path

import platformdirs

from vn_summarize.backends import Translator
from vn_summarize.cache import CachedTranslator, Store
from vn_summarize.config import Settings
from vn_summarize.document import Finding
from vn_summarize.glossary.formats import load_builtin, load_glossary
from vn_summarize.glossary.terms import TermBase
from vn_summarize.models import LazyTranslator, resolve


def load_terms(settings: Settings) -> tuple[TermBase, tuple[Finding, ...]]:
    """Load the user's glossaries (a later one wins) and the built-in terms, with doubts about their rows.

    Raises GlossaryError.
    """
    loaded = [load_glossary(path) for path in reversed(settings.glossary)]
    terms = [term for terms, _ in loaded for term in terms]
    return TermBase([*terms, *load_builtin()]), tuple(doubt for _, doubts in reversed(loaded) for doubt in doubts)


def load_translator(settings: Settings) -> Translator:
    """Find and verify the model; its weights are loaded only when a sentence is not in the translation memory.

    Raises ModelNotFound and ModelCorrupt.
    """
    inner = LazyTranslator(resolve(settings.model, settings.models), inter=settings.jobs or 0)
    return inner if settings.no_cache else CachedTranslator(inner, Store(memory_path(settings)))


def memory_path(settings: Settings) -> Path:
    """Give the path of the translation memory."""
    folder = settings.cache or platformdirs.user_cache_path("vn-summarize", appauthor=False)
    return folder / "translations.sqlite"
