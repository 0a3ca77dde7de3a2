"""The 8 bits of the shipped model (training/decoder_graph.py): what is kept of a matrix."""

import sys
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
from decoder_graph import dequantise, quantise, smoothing


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
