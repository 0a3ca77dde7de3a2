"""The 8 bits of the shipped model (training/decoder_graph.py): what is kept of a matrix, what the graph says."""

import sys
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentencepiece import SentencePieceProcessor
from tiny_model import make_onnx_folder

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
from decoder_graph import Sizes, build, dequantise, quantise, smoothing


@given(st.integers(0, 2**32 - 1), st.floats(0.01, 100))
def test_a_matrix_comes_back_to_half_a_step(seed: int, spread: float) -> None:
    random = np.random.default_rng(seed)
    matrix = random.normal(0, 1, (6, 8)).astype(np.float32)
    matrix[2] = 0
    smooth = smoothing(matrix, random.uniform(0.01, spread, 8))
    codes, scale = quantise(matrix * smooth)
    assert codes.min() >= -127  # 255 codes, alike on both sides of nought
    assert set(codes[2]) == {0}
    difference = np.abs(dequantise(codes, scale, smooth) - matrix)
    assert (difference <= 0.501 * scale[:, None] / smooth).all()


def test_a_column_with_large_inputs_hands_them_to_its_weights() -> None:
    largest = np.array([1.0, 1.0, 100.0])
    smooth = smoothing(np.ones((4, 3), np.float32), largest)
    assert smooth[2] > smooth[0] == smooth[1]
    assert (largest / smooth).max() < 0.25 * largest.max()


@pytest.mark.parametrize("both_ways", [False, True])
def test_the_graph_says_what_transformers_says_token_by_token(tmp_path: Path, both_ways: bool) -> None:
    torch = pytest.importorskip("torch")
    pytest.importorskip("transformers")
    from tiny_gemma import make_gemma

    from calibration import PAIRS, attention_masks, largest_values

    make_onnx_folder(tmp_path / "tiny")
    spm = SentencePieceProcessor(model_file=str(tmp_path / "tiny" / "source.spm"))
    model = make_gemma("sf", seed=5, vocabulary=len(spm), both_ways=both_ways)
    for weight in model.parameters():
        torch.nn.init.normal_(weight, 0, 0.3)
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("Xã có 30 hộ nghèo.\tThe commune has 30 poor households.\n" * PAIRS, encoding="utf-8")
    sizes = Sizes(32, 2, 1, 16, 2, (False, True), 32**0.5, positions=64)
    weights = {name: tensor.numpy() for name, tensor in model.state_dict().items()}
    graph, _ = build(weights, sizes, [], largest_values(model, spm, pairs))
    session = onnxruntime.InferenceSession(graph.SerializeToString())

    ids = spm.encode("Xã có 30 hộ nghèo.")[:9]
    looks = attention_masks(model.config, prompt=5, length=9)
    with torch.no_grad():
        theirs = torch.log_softmax(model(torch.tensor([ids]), attention_mask=looks).logits[0], -1).numpy()
    caches = {f"{part}_{i}": np.zeros((1, 20, 16), np.uint8) for i in range(2) for part in ("key", "value")}
    for start, end in ((0, 5), (5, 6), (6, 7), (7, 9)):  # a prompt, then what is written
        positions = np.arange(start, end)
        places = np.stack([np.zeros_like(positions), positions], axis=1)[None]
        seen = end - 1 if both_ways and start == 0 else positions[:, None]
        mask = np.broadcast_to(np.where(np.arange(20) <= seen, 0, -1e9), (end - start, 20)).astype(np.float32)[None]
        inputs = {"ids": np.array([ids[start:end]]), "positions": positions[None], "places": places, "mask": mask}
        scores, tokens, *new = session.run(None, {**inputs, **caches})
        caches = dict(zip([f"{part}_{i}" for i in range(2) for part in ("key", "value")], new, strict=True))
        assert np.abs(scores[0] - theirs[end - 1][tokens[0]]).max() < 0.5
        assert theirs[end - 1].argmax() in tokens[0][:2]
