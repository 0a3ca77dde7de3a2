"""The measures on small examples of our own, the pairs, and the gate with its pinned floors."""

import importlib.util
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.backends import DEFAULT_DECODING, Decoding, Translation
from vn_summarize.errors import ModelNotFound
from vn_summarize.evaluation import (
    Pair,
    Share,
    count_names,
    count_numbers,
    count_terms,
    is_half,
    is_loop,
    parse_pairs,
    proper_terms,
    score,
    shared_names,
    take_evenly,
)
from vn_summarize.glossary.terms import Term, TermBase

FOLDER = Path(__file__).parents[1] / "evaluation"
PAIRS = parse_pairs((FOLDER / "pairs.tsv").read_text(encoding="utf-8"), "pairs.tsv")


def script(name: str) -> ModuleType:
    """Import a script of evaluation/, which is no package."""
    spec = importlib.util.spec_from_file_location(f"evaluation_{name}", FOLDER / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


gate = script("gate")
phrases = script("phrases")

PEOPLE = Pair(
    "Xã Đăk Tờ Kan có 1.250 hộ nghèo, chiếm 12,5%.",
    "Đăk Tờ Kan Commune has 1,250 poor households, accounting for 12.5%.",
    (Term("hộ nghèo", "poor households"),),
)
MEETING = Pair("Ông A Thiêng dự hội nghị.", "Mr. A Thiêng attended the conference.", (Term("hội nghị", "conference"),))


class Phrasebook:
    """A Translator that knows the pairs it is given, and answers as `answer` says."""

    fingerprint = "phrasebook:1"
    knows_terms = False
    unsure_below = -1.0

    def __init__(self, pairs: Sequence[Pair], spoil: Any = lambda text: text) -> None:
        self.known = {pair.source: pair.target for pair in pairs}
        self.spoil = spoil

    def fits(self, text: str) -> bool:
        return True

    def translate(self, texts: Sequence[str], decoding: Decoding = DEFAULT_DECODING) -> list[Translation]:
        return [Translation(self.spoil(self.known.get(text, "")), -0.1) for text in texts]


class TestPairs:
    def test_there_are_as_many_as_the_gate_needs_and_none_twice(self) -> None:
        assert len(PAIRS) >= 220
        assert len({pair.source for pair in PAIRS}) == len(PAIRS)
        assert sum(bool(pair.terms) for pair in PAIRS) >= len(PAIRS) / 3

    @pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair.terms], ids=lambda pair: pair.source[:40])
    def test_the_reference_meets_each_term_that_stands_in_the_source(self, pair: Pair) -> None:
        found = TermBase(pair.terms).find(pair.source)
        assert {match.term for match in found} == set(pair.terms)
        assert count_terms([found], [pair.target]).percent == 100

    def test_a_header_is_passed_over_and_terms_are_read(self) -> None:
        text = f"source\ttarget\tterms\n{MEETING.source}\t{MEETING.target}\thội nghị=conference\nHết.\tThe end.\n"
        assert parse_pairs(text, "a.tsv") == (MEETING, Pair("Hết.", "The end."))

    @pytest.mark.parametrize("line", ["một", "một\t", "một\tone\tone", "một\tone\tmột=", "a\tb\tc=d\te"])
    def test_a_line_of_another_form_is_refused_by_its_number(self, line: str) -> None:
        with pytest.raises(ValueError, match=r"a\.tsv:2: "):
            parse_pairs(f"hai\ttwo\n{line}\n", "a.tsv")

    def test_all_broken_lines_are_named_up_to_twenty(self) -> None:
        with pytest.raises(ValueError, match=r"a\.tsv:20: .*\nand 3 more$"):
            parse_pairs("một\n" * 23, "a.tsv")

    def test_a_separator_of_other_kinds_ends_no_line(self) -> None:
        assert parse_pairs("một\u2028hai\tone\x0btwo\n", "a.tsv") == (Pair("một\u2028hai", "one\x0btwo"),)

    def test_a_file_without_pairs_is_refused(self) -> None:
        with pytest.raises(ValueError, match=r"a\.tsv: no sentences"):
            parse_pairs("source\ttarget\n", "a.tsv")

    def test_some_of_the_pairs_are_spread_over_all(self) -> None:
        assert take_evenly(range(10), 3) == [0, 3, 6]
        assert take_evenly(range(3), None) == take_evenly(range(3), 7) == [0, 1, 2]


class TestNumbers:
    @pytest.mark.parametrize(
        ("hypothesis", "hits"),
        [
            ("2,700 households, 1.5%", 2),
            ("2.700 households, 1.5%", 1),
            ("2700 households, 1,5%", 1),
            ("some households", 0),
        ],
    )
    def test_thousands_and_decimals_count_by_value(self, hypothesis: str, hits: int) -> None:
        assert count_numbers(hypothesis, "2,700 households, 1.5% and 30 others") == Share(hits, 2)

    def test_the_scale_is_part_of_the_value(self) -> None:
        assert count_numbers("1.5 billion VND", "1.5 million VND") == Share(0, 1)
        assert count_numbers("1,500,000 VND", "1.5 million VND") == Share(1, 1)

    def test_dates_and_times_are_no_decimals(self) -> None:
        assert count_numbers("on March 9, 2014, at 9:30 a.m.", "on 9.3.2014 at 9.30 a.m. and 12.41 pm") == Share(0, 0)

    def test_a_number_answers_once(self) -> None:
        assert count_numbers("from 1.5 to 3", "from 1.5 to 1.5") == Share(1, 2)


class TestNames:
    def test_a_name_counts_only_as_it_is_written(self) -> None:
        source, reference = "Bí thư Tỉnh ủy Ngô Thị Lệ dự lễ tại Đăk Pét.", "Secretary Ngô Thị Lệ attended in Đăk Pét."
        assert count_names(source, reference, reference) == Share(2, 2)
        assert count_names(source, "Secretary Ngo Thi Le attended in Đăk Pét.", reference) == Share(1, 2)

    def test_names_that_english_spells_otherwise_are_left_out(self) -> None:
        assert shared_names("Ông Tô Văn Bé từ Hà Nội đến Huế.", "Mr. Tô Văn Bé went from Hanoi to Hue.") == (
            "Tô Văn Bé",
        )

    def test_apostrophes_and_old_tone_marks_make_no_difference(self) -> None:
        assert shared_names("Chị H’Bia ở xã Hoà Sơn.", "Ms. H'Bia lives in Hòa Sơn Commune.") == ("H'Bia", "Hòa Sơn")

    def test_units_and_codes_are_no_names(self) -> None:
        assert shared_names("Giá 5 USD theo Quyết định 12-QĐ/TW.", "The price is 5 USD under Decision 12-QĐ/TW.") == ()


class TestTerms:
    TERMS = TermBase([Term("đảng viên", "Party member", alternatives=("member of the Party",)), Term("xã", "commune")])

    def test_proper_terms_are_those_whose_target_the_reference_has(self) -> None:
        found = proper_terms("Xã có 9 đảng viên.", "The village has nine Party members.", self.TERMS)
        assert [match.text for match in found] == ["đảng viên"]

    def test_of_a_term_told_no_other_english_counts(self) -> None:
        found = proper_terms("Xã có 9 đảng viên.", "The commune has nine Party members.", self.TERMS)
        assert count_terms([found], ["The commune has nine Party members."]) == Share(2, 2)
        assert count_terms([found], ["The commune has nine members of the Party."]) == Share(1, 2)


class TestForm:
    def test_words_again_and_again_are_a_loop(self) -> None:
        assert is_loop("the people of the people of the people of the people of the", "the people")
        assert is_loop("very very very very good", "very good")

    def test_what_the_reference_repeats_too_is_none(self) -> None:
        assert not is_loop("no no no no", "no no no no")
        assert not is_loop("the village, the commune, the district and the province", "")

    def test_less_than_half_of_a_reference_of_some_length_is_half(self) -> None:
        assert is_half("one two three", "one two three four five six seven eight")
        assert not is_half("one two three four", "one two three four five six seven eight")
        assert not is_half("", "one two three four five six seven eight")
        assert not is_half("one", "one two three")


class TestScores:
    SOURCES, REFERENCES = [p.source for p in PAIRS[:20]], [p.target for p in PAIRS[:20]]

    def test_the_references_themselves_are_perfect(self) -> None:
        scores = score(self.SOURCES, self.REFERENCES, self.REFERENCES)
        assert scores.chrf == pytest.approx(100)
        assert scores.bleu == pytest.approx(100)
        assert {scores.numbers.percent, scores.names.percent, scores.whole.percent} == {100}
        assert "nc:6" in scores.chrf_signature
        assert "tok:13a" in scores.bleu_signature

    def test_each_failure_is_counted_once(self) -> None:
        spoilt = ["", "no no no no", "The", *self.REFERENCES[3:]]
        scores = score(self.SOURCES, spoilt, self.REFERENCES)
        assert (scores.empty, scores.loops, scores.halves) == (1, 1, 1)
        assert scores.whole == Share(17, 20)

    def test_of_nothing_nothing_is_wrong(self) -> None:
        assert Share(0, 0).percent == 100


class TestMeasure:
    def test_a_perfect_model_is_perfect_in_every_way_but_for_wishes_it_cannot_know(self) -> None:
        measured = gate.measure([PEOPLE, MEETING], Phrasebook([PEOPLE, MEETING]), [])
        assert {name: value for name, value in measured.items() if value != 100} == {"user's terms": 0}

    def test_what_the_model_lacks_shows(self) -> None:
        pairs = [PEOPLE, MEETING]
        spoiled = Phrasebook(pairs, lambda text: text.replace("1,250", "1.250").replace("conference", "meeting"))
        measured = gate.measure(pairs, spoiled, [])
        assert measured["model numbers"] == 50
        assert measured["model terms"] == 50
        assert measured["model names"] == 100
        assert measured["model chrF"] < 100


MEASURED = {"product chrF": 60.0, "product numbers": 99.0, "product whole": 100.0}


class TestFloors:
    def pinned(self, *entries: tuple[float, str], now: float | None = None) -> dict[str, Any]:
        history = [{"model": "m", "reason": why, "floors": {"product chrF": floor}} for floor, why in entries]
        return {"floors": {"product chrF": entries[-1][0] if now is None else now}, "history": history}

    def test_a_measure_under_its_floor_is_named(self) -> None:
        assert gate.check_floors(MEASURED, {"product chrF": 60.0}) == []
        assert "product chrF" in gate.check_floors(MEASURED, {"product chrF": 60.01})[0]

    def test_a_measure_that_is_missing_and_floors_that_are_missing_fail(self) -> None:
        assert gate.check_floors({}, {"product chrF": 0.0})
        assert gate.check_floors(MEASURED, {})

    def test_the_first_floors_lie_a_slack_below(self) -> None:
        data = gate.update_floors({}, MEASURED, "m:1", "")
        assert data["floors"] == {"product chrF": 59.5, "product numbers": 98.0, "product whole": 100.0}
        assert data["history"] == [{"model": "m:1", "reason": "", "floors": data["floors"]}]
        assert gate.check_history(data) == []

    @given(st.lists(st.floats(0, 100), min_size=1, max_size=6))
    def test_an_update_without_a_reason_only_raises(self, values: list[float]) -> None:
        data: dict[str, Any] = {}
        for value in values:
            before = data.get("floors", {})
            data = gate.update_floors(data, {"product chrF": value}, "m", "")
            assert gate.lowered(before, data["floors"]) == []
        assert gate.check_history(data) == []

    def test_with_a_reason_it_lowers_what_is_not_reached_and_keeps_the_reason(self) -> None:
        old = {"product chrF": 70.0, "product numbers": 90.0}
        data = {"floors": old, "history": [{"model": "m", "reason": "", "floors": old}]}
        data = gate.update_floors(data, MEASURED, "m:2", "a smaller model")
        assert data["floors"]["product chrF"] == 59.5
        assert data["floors"]["product numbers"] == 98.0
        assert data["history"][-1]["reason"] == "a smaller model"
        assert gate.check_history(data) == []

    def test_an_update_that_changes_nothing_leaves_no_entry(self) -> None:
        data = gate.update_floors({}, MEASURED, "m:1", "")
        assert gate.update_floors(data, MEASURED, "m:2", "") == data

    def test_lowering_by_hand_is_refused(self) -> None:
        assert gate.check_history(self.pinned((60.0, ""), now=59.0))
        assert gate.check_history(self.pinned((60.0, ""), (59.0, "")))
        assert gate.check_history(self.pinned((60.0, ""), (59.0, "")))
        assert not gate.check_history(self.pinned((60.0, ""), (59.0, "smaller"), (61.0, "")))

    def test_dropping_a_floor_or_the_history_is_lowering(self) -> None:
        data = self.pinned((60.0, ""))
        assert gate.check_history({**data, "floors": {}})
        assert gate.check_history({**data, "history": []})

    def test_the_pinned_file_keeps_the_rule(self) -> None:
        path = FOLDER / "floors.json"
        assert gate.check_history(json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}) == []


class TestGate:
    @pytest.fixture
    def command(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
        """The gate on two pairs and a stand-in for the model; `spoil` is what is wrong with it."""
        (tmp_path / "pairs.tsv").write_text(
            "".join(f"{p.source}\t{p.target}\n" for p in (PEOPLE, MEETING)), encoding="utf-8"
        )
        paths = ["--pairs", str(tmp_path / "pairs.tsv"), "--floors", str(tmp_path / "floors.json")]

        def run(*arguments: str, spoil: Any = lambda text: text) -> int:
            model = Phrasebook([PEOPLE, MEETING], spoil)
            model.fingerprint = f"phrasebook:{len(spoil('the conference'))}"
            monkeypatch.setattr(gate, "resolve", lambda name: name)
            monkeypatch.setattr(gate, "LazyTranslator", lambda folder: model)
            monkeypatch.setattr(gate, "load_builtin", list)
            return int(gate.main([*paths, *arguments]))

        run.floors = tmp_path / "floors.json"  # type: ignore[attr-defined]
        return run

    def test_it_fails_without_floors_and_passes_once_they_are_pinned(self, command: Any) -> None:
        assert command() == 1
        assert command("--update") == 0
        assert command() == 0

    def test_a_worse_model_fails_until_the_floors_are_lowered_for_a_reason(
        self, command: Any, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def worse(text: str) -> str:
            return text.replace("conference", "get-together")

        command("--update")
        pinned = command.floors.read_text(encoding="utf-8")
        assert command(spoil=worse) == 1
        assert "product chrF" in capsys.readouterr().err
        assert command("--update", spoil=worse) == 1
        assert command.floors.read_text(encoding="utf-8") == pinned
        assert command("--update", "--lower", "shorter words", spoil=worse) == 0
        assert json.loads(command.floors.read_text(encoding="utf-8"))["history"][-1]["reason"] == "shorter words"
        assert command(spoil=worse) == 0

    def test_floors_lowered_by_hand_fail_whatever_is_measured(self, command: Any) -> None:
        command("--update")
        data = json.loads(command.floors.read_text(encoding="utf-8"))
        data["floors"]["product chrF"] = 1.0
        command.floors.write_text(json.dumps(data), encoding="utf-8")
        assert command() == 1
        assert command("--update") == 1

    def test_a_reason_without_update_is_a_usage_error(self, command: Any) -> None:
        with pytest.raises(SystemExit):
            command("--lower", "why")

    def test_no_model_is_exit_code_2(self, command: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        def missing(name: str) -> None:
            raise ModelNotFound(f"no model {name}")

        command()
        monkeypatch.setattr(gate, "resolve", missing)
        assert gate.main(["--pairs", str(tmp_path / "pairs.tsv"), "--floors", str(tmp_path / "none.json")]) == 2


class TestPhrases:
    def test_a_phrase_is_linked_with_its_english_only(self) -> None:
        row = ("bà con trồng cà phê", "people grow coffee")
        spans = (((0, 2), (3, 6), (7, 12), (13, 15), (16, 19)), ((0, 6), (7, 11), (12, 18)))
        links = {(0, 0), (1, 0), (2, 1), (3, 2), (4, 2)}
        assert set(phrases.find_phrases(row, spans, links)) == {
            ("bà con", "people"),
            ("bà con trồng", "people grow"),
            ("bà con trồng cà phê", "people grow coffee"),
            ("trồng cà phê", "grow coffee"),
            ("cà phê", "coffee"),
        }

    def test_function_words_at_the_edges_and_copies_are_left_out(self) -> None:
        row = ("của bà Hoa Mai", "of Hoa Mai")
        spans = (((0, 3), (4, 6), (7, 10), (11, 14)), ((0, 2), (3, 6), (7, 10)))
        assert list(phrases.find_phrases(row, spans, {(0, 0), (1, 0), (2, 1), (3, 2)})) == []
