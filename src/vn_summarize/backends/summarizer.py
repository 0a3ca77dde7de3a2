"""A summarizer over a local checkpoint: the translators' loading and search, with a family that summarises."""

from typing import Literal

from vn_summarize.backends import DEFAULT_RUNTIME, Decoding, Runtime
from vn_summarize.backends.families import SUMMARY_FAMILIES
from vn_summarize.errors import ModelError
from vn_summarize.models import LazyTranslator, ModelFolder

DECODING = Decoding(beam=4, no_repeat_ngram=3)
"""What the model cards of BART and ViT5 search with."""


class LocalSummarizer:
    """A Summarizer over the weights of a model folder, which are loaded for the first article."""

    def __init__(self, folder: ModelFolder, runtime: Runtime = DEFAULT_RUNTIME) -> None:
        family = SUMMARY_FAMILIES.get(folder.model.family)
        if family is None or not family.language:
            raise ModelError(f"{folder.model.name} translates: --summarizer takes {', '.join(SUMMARY_FAMILIES)}")
        self._language: Literal["en", "vi"] = family.language
        self._model = LazyTranslator(folder, runtime)

    @property
    def fingerprint(self) -> str:
        """Name everything that a summary depends on."""
        return self._model.fingerprint

    @property
    def language(self) -> Literal["en", "vi"]:
        """Say whether it reads and writes English or Vietnamese."""
        return self._language

    def fits(self, text: str) -> bool:
        """Say whether the model can take `text` whole."""
        return self._model.fits(text)

    def summarize(self, text: str) -> str:
        """Summarise an article's text on one line; raise GenerationError when it does not fit."""
        return self._model.translate([text], DECODING)[0].text
