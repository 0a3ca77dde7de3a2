"""Decoder-only models fine-tuned as translators, over ctranslate2.Generator."""

from functools import cached_property
from typing import Any

import ctranslate2

from vn_summarize.backends import DEFAULT_DECODING, Decoding
from vn_summarize.backends.generation import CTranslate2Translator
from vn_summarize.backends.tokenization import Tokenizer

WIDTH = 16
"""Prompt lengths that share a batch; see `DecoderTranslator`."""


class DecoderTranslator(CTranslate2Translator):
    """Continues `<bos> source suffix` up to `<eos>`.

    The engine reads the first tokens of a batch at once, as many as its shortest prompt has, and the rest
    of each prompt one by one. What a prompt gives depends on that number alone, so prompts of WIDTH
    neighbouring lengths share a batch, and a filler prompt of the least of these lengths keeps the number
    the same whichever of them are there. Measured: the same bytes in batches of 1, 4 and 16.
    """

    threads = 4  # a batch is large, and keeps about 150 MB

    def _open(self, path: str, **options: Any) -> Any:
        return ctranslate2.Generator(path, **options)

    @cached_property
    def _suffix(self) -> int:
        tokenizer = self._tokenizer
        return tokenizer.suffix_length if isinstance(tokenizer, Tokenizer) else 0

    def _width(self, decoding: Decoding) -> int:
        # The engine may count prompt tokens that it reads one by one as said already (not tried): with a penalty on
        # repetition the answer would depend on where the class begins.
        plain = (decoding.no_repeat_ngram, decoding.repetition_penalty)
        return WIDTH if plain == (DEFAULT_DECODING.no_repeat_ngram, DEFAULT_DECODING.repetition_penalty) else 1

    def _start(self, batch: list[list[str]], least: int, limit: int, options: dict[str, Any]) -> list[Any]:
        # The filler is a real prompt, cut in its source: its answer ends about when the others do.
        shortest, suffix = min(batch, key=len), self._suffix
        cut = shortest[: max(0, least - suffix)] + shortest[len(shortest) - suffix :]
        filler = [] if len(shortest) == least else [cut[-least:]]
        started: list[Any] = self._engine.generate_batch(
            batch + filler,
            max_length=limit,
            end_token=self._model.eos,
            include_prompt_in_result=False,
            **options,
        )
        return started

    def _answers(self, result: Any) -> list[list[str]]:
        sequences: list[list[str]] = result.sequences
        return sequences
