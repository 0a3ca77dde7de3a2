"""Encoder-decoder models in the Marian layout, over ctranslate2.Translator."""

from typing import Any

import ctranslate2

from vn_summarize.backends.generation import CTranslate2Translator


class MarianTranslator(CTranslate2Translator):
    """Translates `pieces </s>` by beam search; only segments of one length share a batch."""

    def _open(self, path: str, **options: Any) -> Any:
        return ctranslate2.Translator(path, **options)

    def _start(self, batch: list[list[str]], least: int, limit: int, options: dict[str, Any]) -> list[Any]:
        started: list[Any] = self._engine.translate_batch(
            batch, max_decoding_length=limit, max_input_length=0, **options
        )
        return started

    def _answers(self, result: Any) -> list[list[str]]:
        hypotheses: list[list[str]] = result.hypotheses
        return hypotheses
