"""What every backend over a local model folder does alike."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Protocol

from vn_summarize.backends import DEFAULT_DECODING, Decoding, Runtime, Translation
from vn_summarize.errors import GenerationError
from vn_summarize.models import ModelFolder


class SegmentTokenizer(Protocol):
    """Text to the tokens that a model is given, and back."""

    overhead: int  # tokens beside the source's own

    def encode(self, text: str) -> list[str]:
        """Give the whole token sequence for `text`; empty when there is nothing to translate."""
        ...

    def allows(self, tokens: Sequence[str]) -> bool:
        """Say whether a sequence made by `encode` is within the limit."""
        ...

    def fits(self, text: str) -> bool:
        """Say whether `text` is within the limit."""
        ...

    def decode(self, pieces: Sequence[str]) -> str:
        """Give the text of generated tokens, on one line."""
        ...

    def ids(self, pieces: Sequence[str]) -> list[int]:
        """Give the numbers of tokens."""
        ...

    def decode_ids(self, ids: Sequence[int]) -> str:
        """Do as `decode` for the numbers of generated tokens."""
        ...


def open_tokenizer(folder: ModelFolder) -> SegmentTokenizer:
    """Open the tokenizer of a folder; raise ModelCorrupt when it cannot be used."""
    if folder.model.own:
        from vn_summarize.backends.tokenization import Tokenizer  # noqa: PLC0415 - imports sentencepiece

        return Tokenizer(folder)
    from vn_summarize.backends.vocabulary import CheckpointTokenizer  # noqa: PLC0415 - imports transformers

    return CheckpointTokenizer(folder)


class LocalTranslator(ABC):
    """A Translator over the weights of a model folder; an engine has its own `_translate`."""

    def __init__(self, folder: ModelFolder, runtime: Runtime) -> None:
        self._folder, self._model, self._runtime = folder, folder.model, runtime

    @cached_property
    def _tokenizer(self) -> SegmentTokenizer:
        return open_tokenizer(self._folder)

    @abstractmethod
    def _translate(self, sequences: Sequence[tuple[str, ...]], decoding: Decoding) -> list[Translation]:
        """Translate token sequences, each different and within the limits."""

    @cached_property
    def fingerprint(self) -> str:
        """Name everything that a translation depends on."""
        return self._folder.fingerprint + self._runtime.mark(self._model.engine, self._model.beam)

    @property
    def knows_terms(self) -> bool:
        """Say whether the model understands inline terms."""
        return self._model.knows_terms

    @property
    def unsure_below(self) -> float:
        """The score under which a translation is doubtful."""
        return self._model.unsure_below

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
        wanted = replace(decoding, beam=max(decoding.beam, self._runtime.beam or self._model.beam))
        distinct = list(dict.fromkeys(s for s in sequences if s))
        done = dict(zip(distinct, self._translate(distinct, wanted), strict=True))
        return [done[s] if s else Translation("", 0.0) for s in sequences]

    def _limit(self, length: int) -> int:
        """Say how many tokens the answer to a sequence of `length` tokens may have."""
        return min(2 * (length - self._tokenizer.overhead) + 20, self._model.max_target_tokens)
