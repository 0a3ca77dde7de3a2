"""The seam to the models: what a translator is. Heavy imports stay inside the backends."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to search for a translation; the default is what the shipped model is measured with."""

    beam: int = 1
    alternatives: int = 1  # hypotheses returned, at most `beam`
    no_repeat_ngram: int = 0  # 0: off
    repetition_penalty: float = 1.0


@dataclass(frozen=True, slots=True)
class Translation:
    """A hypothesis with its mean log-probability per token; the other hypotheses follow in order."""

    text: str
    score: float
    complete: bool = True  # False: the length limit ended it
    alternatives: tuple[str, ...] = ()


DEFAULT_DECODING = Decoding()


class Translator(Protocol):
    """Translates segments; batching, length sorting, threads and language codes stay inside."""

    @property
    def fingerprint(self) -> str:
        """Name weights, quantisation and code version: what else a translation depends on."""
        ...

    @property
    def knows_terms(self) -> bool:
        """Say whether the model was trained with inline terms (docs/model-format.md)."""
        ...

    def fits(self, text: str) -> bool:
        """Say whether the model can take `text` whole; nothing is ever cut silently."""
        ...

    def translate(self, texts: Sequence[str], decoding: Decoding = DEFAULT_DECODING) -> list[Translation]:
        """Translate each text: same length, same order, the same result whatever the batch.

        Raises GenerationError when a text does not fit.
        """
        ...
