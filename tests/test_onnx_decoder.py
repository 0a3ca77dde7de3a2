"""The search over onnxruntime: what is under way at the same time changes nothing."""

from collections import deque
from pathlib import Path

from tiny_model import make_onnx_folder

from vn_summarize.backends import DEFAULT_DECODING, Runtime
from vn_summarize.backends.beam import Beam
from vn_summarize.backends.onnx_decoder import OnnxDecoderTranslator
from vn_summarize.models import read_model


def test_prompts_may_come_in_any_order(tmp_path: Path) -> None:
    # Two threads may put a prompt back out of turn, so that a batch gets a longer one than it had room for.
    translator = OnnxDecoderTranslator(read_model(make_onnx_folder(tmp_path / "tiny")), Runtime(jobs=1))
    prompts = [[2, *range(10, 10 + length)] for length in (2, 3, 60, 4, 90)]
    assert answers(translator, prompts) == answers(translator, prompts[::-1])[::-1]


def answers(translator: OnnxDecoderTranslator, prompts: list[list[int]]) -> list[list[int]]:
    beams = [Beam(DEFAULT_DECODING, -1, 6) for _ in prompts]
    translator._search(deque(zip(prompts, beams, strict=True)), DEFAULT_DECODING.beam)
    return [beam.best()[0].tokens for beam in beams]
