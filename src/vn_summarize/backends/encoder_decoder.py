"""Encoder-decoder models of every family, over ctranslate2.Translator."""

from functools import cached_property
from typing import Any

import ctranslate2

from vn_summarize.backends.generation import CTranslate2Translator
from vn_summarize.backends.vocabulary import CheckpointTokenizer


class EncoderDecoderTranslator(CTranslate2Translator):
    """Translates by beam search; only segments of one length share a batch, which is too small for a second core."""

    def _open(self, path: str, **options: Any) -> Any:
        return ctranslate2.Translator(path, **options)

    def _start(self, batch: list[list[str]], least: int, limit: int, options: dict[str, Any]) -> list[Any]:
        first = self._checkpoint.answer_start if self._checkpoint else []
        started: list[Any] = self._engine.translate_batch(
            batch,
            target_prefix=[first] * len(batch) if first else None,
            max_decoding_length=limit + len(first),
            max_input_length=0,
            **options,
        )
        return started

    def _answers(self, result: Any) -> list[list[str]]:
        hypotheses: list[list[str]] = result.hypotheses
        return hypotheses

    @cached_property
    def _checkpoint(self) -> CheckpointTokenizer | None:
        return self._tokenizer if isinstance(self._tokenizer, CheckpointTokenizer) else None

    @property
    def _suppress(self) -> tuple[str, ...]:
        return self._checkpoint.suppress if self._checkpoint else self._model.suppress

    @property
    def _end(self) -> str:
        return self._checkpoint.end if self._checkpoint else self._model.eos
