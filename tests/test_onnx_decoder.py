"""The search over onnxruntime: what is under way at the same time changes nothing."""

from collections import deque
from pathlib import Path

import pytest
from tiny_model import describe, make_onnx_folder

from vn_summarize.backends import DEFAULT_DECODING, Runtime, onnx_decoder
from vn_summarize.backends.beam import Beam
from vn_summarize.backends.onnx_decoder import OnnxDecoderTranslator
from vn_summarize.models import read_model


def test_prompts_may_come_in_any_order(tmp_path: Path) -> None:
    # Two threads may put a prompt back out of turn, so that a batch gets a longer one than it had room for.
    translator = OnnxDecoderTranslator(read_model(make_onnx_folder(tmp_path / "tiny")), Runtime(jobs=1))
    prompts = [[2, *range(10, 10 + length)] for length in (2, 3, 60, 4, 90)]
    assert answers(translator, prompts) == answers(translator, prompts[::-1])[::-1]


def test_a_prompt_seen_both_ways_is_another_prompt(tmp_path: Path) -> None:
    make_onnx_folder(tmp_path / "tiny")
    prompt = {"prefix": "", "suffix": "\nEnglish:"}
    prompts = [[2, *range(10, 10 + length)] for length in (1, 9, 40)]
    found = []
    for both_ways in (False, True):
        describe(tmp_path / "tiny", "decoder", engine="onnxruntime", prompt=prompt | {"both_ways": both_ways})
        folder = read_model(tmp_path / "tiny")
        translator = OnnxDecoderTranslator(folder, Runtime(jobs=1))
        found.append((folder.fingerprint, first_scores(translator, prompts)))
    (one_way, ahead), (both, around) = found
    assert one_way != both
    assert all(a != b for a, b in zip(ahead, around, strict=True))


def first_scores(translator: OnnxDecoderTranslator, prompts: list[list[int]]) -> list[float]:
    beams = [Beam(DEFAULT_DECODING, -1, 1) for _ in prompts]
    translator._search(deque(zip(prompts, beams, strict=True)), DEFAULT_DECODING.beam)
    return [beam.best()[0].score for beam in beams]


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
