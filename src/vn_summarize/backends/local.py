"""What every backend over a local model folder does alike."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from vn_summarize.backends import DEFAULT_DECODING, Decoding, Translation
from vn_summarize.backends.tokenization import Tokenizer
from vn_summarize.errors import GenerationError
from vn_summarize.models import ModelFolder


class LocalTranslator(ABC):
    """A Translator over the weights of a model folder; an engine has its own `_translate`."""

    def __init__(self, folder: ModelFolder) -> None:
        self._folder, self._model, self._tokenizer = folder, folder.model, Tokenizer(folder)

    @abstractmethod
    def _translate(self, sequences: Sequence[tuple[str, ...]], decoding: Decoding) -> list[Translation]:
        """Translate token sequences, each different and within the limits."""

    @property
    def fingerprint(self) -> str:
        """Name everything that a translation depends on."""
        return self._folder.fingerprint

    @property
    def knows_terms(self) -> bool:
        """Say whether the model was trained with inline terms."""
        return self._model.knows_terms

    def fits(self, text: str) -> bool:
        """Say whether the model can take `text` whole."""
        return self._tokenizer.fits(text)

    def translate(self, texts: Sequence[str], decoding: Decoding = DEFAULT_DECODING) -> list[Translation]:
        """Translate each text, the same ones once; raise GenerationError when one does not fit."""
        sequences = [tuple(self._tokenizer.encode(text)) for text in texts]
        for text, tokens in zip(texts, sequences, strict=True):
            if not self._tokenizer.allows(tokens):
                raise GenerationError(
                    f"a segment of {len(tokens)} tokens is longer than {self._model.name} takes "
                    f"({self._model.max_source_tokens}): {text[:60]!r}…"
                )
        distinct = list(dict.fromkeys(s for s in sequences if s))
        done = dict(zip(distinct, self._translate(distinct, decoding), strict=True))
        return [done[s] if s else Translation("", 0.0) for s in sequences]
