"""The parts of the engines' benchmark: its prompts, its batches, its table. Nothing is measured here."""

import importlib
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "benchmarks"


@pytest.fixture
def backends(monkeypatch):
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module("backends")


@pytest.fixture
def engines(monkeypatch):
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module("engines")


@pytest.mark.parametrize("architecture", ["opus-mt-vi-en", "vi-en-news"])
def test_prompts_are_the_same_each_time_and_within_the_vocabulary(backends, architecture):
    prompts = backends.draw_prompts(architecture, 8)
    assert prompts == backends.draw_prompts(architecture, 8)
    assert {len(p) for p in prompts} == {n + 1 for n in backends.LENGTHS}
    assert max(map(max, prompts)) < backends.VOCABULARY[architecture]


def test_a_batch_has_one_length_and_no_prompt_is_lost(engines):
    prompts = [[1], [2, 2], [3], [4], [5, 5], [6]]
    assert engines.in_batches(prompts, 3) == [[[1], [3], [4]], [[6]], [[2, 2], [5, 5]]]


def test_the_stand_in_vocabulary_is_in_the_order_of_its_numbers(engines):
    numbers = engines.Numbers(4, pad=3)
    assert list(numbers.get_vocab()) == ["0", "1", "2", "<pad>"]
    assert numbers.convert_ids_to_tokens(3) == "<pad>"


def test_the_table_compares_each_engine_with_the_first_of_its_architecture(backends):
    rows = [
        backends.Row("a", "transformers", "float32", 100, 1, 10, 500),
        backends.Row("a", "b", "int8", 100, 1, 2, 90),
    ]
    assert "| a, 72M | b | int8 | 50 | × 5.0 | 1.0 | 90 |" in backends.render(rows, {"a": 72_000_000})
