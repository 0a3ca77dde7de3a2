"""Encoder-decoder models of every family, over ctranslate2.Translator."""

import json
from functools import cached_property
from typing import Any

import ctranslate2

from vn_summarize.backends.families import FAMILIES
from vn_summarize.backends.generation import CTranslate2Translator
from vn_summarize.backends.vocabulary import CheckpointTokenizer
from vn_summarize.models import read_checked


class EncoderDecoderTranslator(CTranslate2Translator):
    """Translates by beam search; only segments of one length share a batch, which is too small for a second core."""

    def _open(self, path: str, **options: Any) -> Any:
        return ctranslate2.Translator(path, **options)

    def _start(self, batch: list[list[str]], least: int, limit: int, options: dict[str, Any]) -> list[Any]:
        first = self._checkpoint.answer_start if self._checkpoint else []
        started: list[Any] = self._engine.translate_batch(
            batch,
            target_prefix=[first] * len(batch) if first else None,
            max_decoding_length=limit + self._forced,
            max_input_length=0,
            **options,
        )
        return started

    def _answers(self, result: Any) -> list[list[str]]:
        hypotheses: list[list[str]] = result.hypotheses
        return hypotheses

    def _score(self, result: Any) -> float:
        length = len(result.hypotheses[0])  # the engine's mean counts what is forced, as certain
        return super()._score(result) * length / max(1, length - self._forced)

    @property
    def _forced(self) -> int:
        """Tokens that stand at the beginning of each answer and count in its length."""
        return int(self._checkpoint is not None and FAMILIES[self._model.family].target_first == "forced")

    @cached_property
    def _checkpoint(self) -> CheckpointTokenizer | None:
        return self._tokenizer if isinstance(self._tokenizer, CheckpointTokenizer) else None

    @cached_property
    def _suppress(self) -> tuple[str, ...]:
        if not self._checkpoint:
            return self._model.suppress
        names = ("shared_vocabulary.json", "target_vocabulary.json")
        (file,) = (f for f in self._model.files if f.name in names)
        return self._checkpoint.find_suppressed(json.loads(b"".join(read_checked(self._folder, file))))

    @property
    def _end(self) -> str:
        return self._checkpoint.end if self._checkpoint else self._model.eos
