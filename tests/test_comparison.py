"""Models side by side: intervals that hold what they should, the sentences that tell them apart, tables, JSON."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.significance import PairedTest

from vn_summarize.comparison import (
    SAMPLES,
    Trial,
    chrf_interval,
    compare,
    record,
    render_examples,
    render_markdown,
    table,
)
from vn_summarize.evaluation import Pair, score, terms_to_count
from vn_summarize.glossary.formats import BUILTIN
from vn_summarize.glossary.terms import Term, TermBase

WORDS = ["households", "district", "poor", "rice", "the", "commune", "built", "roads", "two", "villages", "1,250", "of"]


def sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=10))


def spoil(text: str, chance: random.Random, share: float) -> str:
    return " ".join("thing" if chance.random() < share else word for word in text.split())


CHANCE = random.Random(5)
PAIRS = [Pair(f"Câu {i}.", sentence(CHANCE), line=i) for i in range(1, 61)]
GOOD = [spoil(pair.target, CHANCE, 0.1) for pair in PAIRS]
BAD = [spoil(pair.target, CHANCE, 0.4) for pair in PAIRS]


def trial(model, texts, seconds=10.0, peak_mb=300.0):
    return Trial(model, f"{model}:1", tuple(texts), 1.5, seconds, peak_mb)


def row(comparison, name):
    return next(row for row in comparison.rows if row.measure == name)


class TestIntervals:
    def test_the_values_are_those_of_sacrebleu_and_of_the_measures(self):
        comparison = compare(PAIRS, [trial("good", GOOD), trial("bad", BAD)], {})
        scores = score([p.source for p in PAIRS], BAD, [p.target for p in PAIRS])
        assert row(comparison, "BLEU").values[1].value == pytest.approx(scores.bleu)
        assert row(comparison, "chrF").values[1].value == pytest.approx(scores.chrf)
        assert row(comparison, "numbers").values[1].value == pytest.approx(scores.numbers.percent)
        assert row(comparison, "numbers").cases == scores.numbers.total
        assert row(comparison, "whole").values[1].value == pytest.approx(scores.whole.percent)

    def test_the_intervals_are_as_wide_as_those_of_sacrebleus_own_paired_bootstrap(self):
        named = [("good", GOOD), ("bad", BAD)]
        metrics = {
            "BLEU": BLEU(references=[[p.target for p in PAIRS]]),
            "chrF": CHRF(references=[[p.target for p in PAIRS]]),
        }
        _, theirs = PairedTest(named, metrics, None, test_type="bs", n_samples=SAMPLES)()
        comparison = compare(PAIRS, [trial(*pair) for pair in named], {})
        for name in ("BLEU", "chrF"):
            for ours, result in zip(
                row(comparison, name).values, theirs[{"BLEU": "BLEU", "chrF": "chrF2"}[name]], strict=True
            ):
                assert (ours.high - ours.low) / 2 == pytest.approx(result.ci, rel=0.15)

    def test_the_difference_is_paired_so_that_it_is_surer_than_two_intervals(self):
        worse = [text.replace("thing", "") for text in GOOD]
        first, second = compare(PAIRS, [trial("a", GOOD), trial("b", worse)], {}).rows[1].values
        ahead = compare(PAIRS, [trial("a", GOOD), trial("b", worse)], {}).rows[1].ahead[0]
        assert ahead.value == pytest.approx(second.value - first.value)
        assert ahead.high - ahead.low < (first.high - first.low) / 2

    def test_a_model_is_not_ahead_of_itself_and_of_a_worse_one_it_is(self):
        same, worse = compare(PAIRS, [trial("a", GOOD), trial("b", GOOD), trial("c", BAD)], {}).rows[1].ahead
        assert (same.low, same.value, same.high) == (0, 0, 0)
        assert worse.low < worse.value < worse.high < 0

    @settings(max_examples=15)
    @given(st.lists(st.sampled_from(GOOD), min_size=len(PAIRS), max_size=len(PAIRS)))
    def test_they_hold_the_value_and_are_the_same_each_time(self, texts):
        references = [pair.target for pair in PAIRS]
        estimate = chrf_interval(texts, references)
        assert estimate.low <= estimate.value <= estimate.high
        assert chrf_interval(texts, references) == estimate

    def test_one_sentence_and_no_text_are_enough(self):
        comparison = compare(PAIRS[:1], [trial("a", [""])], {})
        assert [r.values[0].value for r in comparison.rows if r.measure in ("BLEU", "chrF", "whole")] == [0, 0, 0]


class TestTerms:
    PAIRS = (
        Pair("Xã có 9 hộ nghèo.", "The commune has nine poor households."),
        Pair("Xã có 3 đảng viên.", "The village has three party members.", (Term("đảng viên", "party member"),)),
    )
    BASE = TermBase(
        [Term("hộ nghèo", "needy family", origin="mine.csv"), Term("xã", "commune", origin=BUILTIN)],
    )

    def test_users_terms_all_count_and_those_of_the_package_where_the_reference_has_them(self):
        found = terms_to_count(self.PAIRS, self.BASE)
        texts = {name: [[m.text for m in matches] for matches in rows] for name, rows in found.items()}
        assert texts == {
            "glossary terms": [["hộ nghèo"], []],
            "built-in terms": [["Xã"], []],
            "terms of the lines": [[], ["đảng viên"]],
        }

    def test_a_measure_for_each_that_has_cases(self):
        obedient = trial("a", ["The commune has nine needy families.", "There are three members."])
        comparison = compare(self.PAIRS, [obedient], terms_to_count(self.PAIRS, self.BASE))
        assert [row(comparison, n).values[0].value for n in ("glossary terms", "terms of the lines")] == [100, 0]
        without = compare(self.PAIRS, [obedient], terms_to_count(self.PAIRS, TermBase([])))
        assert {"glossary terms", "built-in terms"}.isdisjoint(r.measure for r in without.rows)


class TestExamples:
    def test_those_come_first_on_which_the_models_are_farthest_apart(self):
        texts = list(GOOD)
        texts[41], texts[7] = "nothing", texts[7].replace("the", "a")
        examples = compare(PAIRS, [trial("a", GOOD), trial("b", texts)], {}, examples=5).examples
        assert examples[0].line == 42
        assert examples[0].texts == (GOOD[41], "nothing")
        assert [e.line for e in examples] in ([42], [42, 8])

    def test_of_one_model_those_it_does_worst(self):
        texts = ["nothing at all" if i == 13 else text for i, text in enumerate(GOOD)]
        comparison = compare(PAIRS, [trial("a", texts)], {}, examples=2)
        assert comparison.examples[0].line == 14
        assert len(comparison.examples) == 2
        assert render_examples(comparison)[0] == "Where it does worst"


class TestRendering:
    COMPARISON = compare(PAIRS, [trial("a|b", GOOD), trial("c", BAD, seconds=5, peak_mb=None)], {}, examples=1)

    def test_each_row_of_the_table_has_as_many_cells_as_its_header(self):
        header, rows = table(self.COMPARISON)
        assert header == ("", "a|b", "c", "c − a|b")
        assert {len(cells) for cells in rows} == {4}
        cells = {cells[0]: cells[1:] for cells in rows}
        assert cells["sentences/s"] == ("6.00", "12.00", "× 2.00")
        assert cells["peak memory, MB"] == ("300", "–", "")
        assert cells["chrF"][2].startswith("-")
        assert cells["chrF"][2].endswith(" *")

    def test_markdown_has_the_table_the_signatures_and_the_examples(self):
        text = render_markdown(self.COMPARISON, "dev.tsv")
        lines = [line for line in text.splitlines() if line.startswith("|")]
        assert {line.replace("\\|", "").count("|") for line in lines} == {5}
        assert "tok:13a" in text
        assert "nc:6" in text
        assert f"### Line {self.COMPARISON.examples[0].line}" in text
        assert self.COMPARISON.examples[0].reference in text

    def test_the_record_is_plain_json_with_the_difference_from_the_first(self):
        data = json.loads(json.dumps(record(self.COMPARISON)))
        first, second = data["models"]
        assert first["ahead_of_first"] is None
        assert second["ahead_of_first"]["chrF"]["high"] < 0
        assert second["measures"]["numbers"]["cases"] == first["measures"]["numbers"]["cases"] > 0
        assert data["sentences"] == len(PAIRS)
        assert data["bootstrap"]["samples"] == 1000
