"""The throughput benchmark's own parts: its articles, its padding, its table. Nothing is measured here."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from golden.update import read_seeds

from vn_summarize.segmentation import split_article

FOLDER = Path(__file__).parent.parent / "benchmarks"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec
    assert spec.loader
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


throughput, sides = load("throughput"), load("sides")


def test_no_sentence_comes_twice_and_each_time_they_are_the_same() -> None:
    seeds = list(read_seeds().values())
    copies = list(throughput.vary(seeds, 3 * len(seeds)))
    texts = [sentence.text for _, document in copies for sentence in document.sentences]
    assert len(set(texts)) == len(texts)
    assert list(throughput.vary(seeds, 3 * len(seeds))) == copies


def test_a_copy_has_the_sentences_of_its_article_and_the_same_dates_and_codes() -> None:
    seeds = list(read_seeds().values())
    for seed, (copy, document) in zip(seeds, throughput.vary(seeds, len(seeds)), strict=True):
        assert document.sentences == split_article(document.article)
        assert len(copy.paragraphs) == len(seed.paragraphs)
        printed = " ".join((copy.title, *copy.paragraphs))
        for kept in ("8/6", "181-QĐ/TW", "25/2008/QH12", "ngày 31/12/2025", "năm 2022"):
            assert (kept in printed) == (kept in " ".join((seed.title, *seed.paragraphs)))


@pytest.mark.parametrize(("left", "rows"), [(True, [[0, 7], [8, 9]]), (False, [[7, 0], [8, 9]])])
def test_padding_is_masked(left: bool, rows: list[list[int]]) -> None:
    padded, mask = sides.pad([[7], [8, 9]], 0, left)
    assert padded == rows
    assert [[bool(i) for i in row] for row in padded] == [[bool(i) for i in row] for row in mask]


def test_answers_come_in_the_order_of_the_rows_whatever_the_batches() -> None:
    rows = [[1], [2, 2, 2], [3, 3], [4]]
    batches: list[list[list[int]]] = []

    def answer(batch: list[list[int]]) -> list[str]:
        batches.append(batch)
        return [str(row[0]) for row in batch]

    assert sides.in_batches(answer, rows, 2) == ["1", "2", "3", "4"]
    assert batches == [[[2, 2, 2], [3, 3]], [[1], [4]]]


def test_the_table_gives_speeds_and_their_ratio() -> None:
    rows = [throughput.Row("run", 100, None, 50, 300), throughput.Row("plain", 40, 1, 10, 200)]
    alone = throughput.render(rows, [3, 1, 2], 9)
    assert "| 100 |  | 50.0 | 2.00 | 300 |" in alone
    assert "2.0 s (median of 3)" in alone
    assert "transformers" not in alone
    both = throughput.render([*rows, throughput.Row("transformers", 40, 5, 40, 900)], [2], 9)
    assert "plain 4.0 times and run 2.0 times" in both
