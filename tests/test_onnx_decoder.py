"""The search over onnxruntime: what is under way at the same time changes nothing."""

from collections import deque
from pathlib import Path

import pytest
from tiny_model import make_onnx_folder

from vn_summarize.backends import DEFAULT_DECODING, Runtime, onnx_decoder
from vn_summarize.backends.beam import Beam
from vn_summarize.backends.onnx_decoder import OnnxDecoderTranslator
from vn_summarize.models import read_model


def test_prompts_may_come_in_any_order(tmp_path: Path) -> None:
    # Two threads may put a prompt back out of turn, so that a batch gets a longer one than it had room for.
    translator = OnnxDecoderTranslator(read_model(make_onnx_folder(tmp_path / "tiny")), Runtime(jobs=1))
    prompts = [[2, *range(10, 10 + length)] for length in (2, 3, 60, 4, 90)]
    assert answers(translator, prompts) == answers(translator, prompts[::-1])[::-1]


def test_weights_made_unsigned_for_an_older_processor_answer_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = read_model(make_onnx_folder(tmp_path / "tiny"))
    prompts = [[2, *range(10, 10 + length)] for length in (5, 40)]
    own = answers(OnnxDecoderTranslator(folder, Runtime(jobs=1)), prompts)
    monkeypatch.setattr(onnx_decoder, "multiplies_signed", lambda: False)
    assert answers(OnnxDecoderTranslator(folder, Runtime(jobs=1)), prompts) == own


def test_only_x86_is_asked_for_its_flags(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnx_decoder.platform, "machine", lambda: "arm64")
    monkeypatch.setattr(onnx_decoder.Path, "read_text", lambda *_: "flags: avx2")
    assert onnx_decoder.multiplies_signed()
    monkeypatch.setattr(onnx_decoder.platform, "machine", lambda: "x86_64")
    assert not onnx_decoder.multiplies_signed()
    monkeypatch.setattr(onnx_decoder.Path, "read_text", lambda *_: "flags: avx2 avx_vnni")
    assert onnx_decoder.multiplies_signed()


def answers(translator: OnnxDecoderTranslator, prompts: list[list[int]]) -> list[list[int]]:
    beams = [Beam(DEFAULT_DECODING, -1, 6) for _ in prompts]
    translator._search(deque(zip(prompts, beams, strict=True)), DEFAULT_DECODING.beam)
    return [beam.best()[0].tokens for beam in beams]
