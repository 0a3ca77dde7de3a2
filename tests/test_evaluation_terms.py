"""The articles and glossaries on which obedience is measured, and how it is counted."""

import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

from vn_summarize.backends import DEFAULT_DECODING, Decoding, Translation
from vn_summarize.document import Sentence, TermUse, TranslatedSentence
from vn_summarize.glossary.enforcement import check_terms
from vn_summarize.glossary.terms import Term, TermBase

FOLDER = Path(__file__).parents[1] / "evaluation"


def script(name: str) -> ModuleType:
    """Import a script of evaluation/, which is no package."""
    spec = importlib.util.spec_from_file_location(f"evaluation_{name}", FOLDER / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


terms = script("terms")
SEGMENTS = terms.parse_segments((FOLDER / "terms" / "segments.tsv").read_text(encoding="utf-8"))
MODES = terms.load_modes()


class TestTheArticles:
    def test_there_are_enough_and_none_twice(self) -> None:
        assert len({s.article for s in SEGMENTS}) >= 60
        assert len({s.source for s in SEGMENTS}) == len(SEGMENTS) >= 600

    def test_they_have_400_terms_and_each_term_once_at_least(self) -> None:
        found = [m.term.source for s in SEGMENTS for m in TermBase(MODES["proper"]).find(s.source)]
        assert len(found) >= 400
        assert set(found) == {t.source for t in MODES["proper"]}

    def test_the_references_obey_the_proper_glossary_and_not_the_other(self) -> None:
        for mode, status in (("proper", "met"), ("random", "unmet")):
            base = TermBase(MODES[mode])
            others = [
                (s.target, u.target)
                for s in SEGMENTS
                for u in check_terms(base.find(s.source), s.target)
                if u.status != status
            ]
            assert others == []

    def test_both_glossaries_have_the_same_terms_with_other_english(self) -> None:
        proper, other = ({t.source: t.target for t in MODES[mode]} for mode in ("proper", "random"))
        assert proper.keys() == other.keys()
        assert all(proper[source].lower() != other[source].lower() for source in proper)

    def test_a_line_that_is_broken_is_named(self) -> None:
        with pytest.raises(ValueError, match="line 3"):
            terms.parse_segments("article\tsource\ttarget\n1\ta\tb\n1\ta\n")


class TestTheMeasures:
    def test_a_reference_is_given_the_english_that_is_asked_for(self) -> None:
        asked = TermBase([Term("hộ nghèo", "needy family", forbidden=("poor household",))])
        adapted = terms.adapt("A poor household got a cow.", asked.find("Một hộ nghèo nhận bò."))
        assert adapted == "A needy family got a cow."

    @pytest.mark.parametrize(
        ("after", "lost"),
        [
            ("The commune of Ia Blang has 2,700 needy families.", set()),
            ("The commune of Ia Blang has 2,007 poor households.", {"numbers"}),
            ("The commune of Ia Bling has 2,700 poor households.", {"names"}),
            ("Ia Blang: 2,700.", {"length"}),
        ],
    )
    def test_what_a_sentence_lost_is_named(self, after: str, lost: set[str]) -> None:
        source = Sentence(0, 0, "", "Xã Ia Blang có 2.700 hộ nghèo.")
        before = TranslatedSentence(source, "The commune of Ia Blang has 2,700 poor households.")
        assert terms.compare(before, TranslatedSentence(source, after)) == lost

    def test_a_term_that_is_rendered_in_two_ways_is_not_consistent(self) -> None:
        own = [Term("hộ nghèo", "poor household", alternatives=("needy family",))]

        def use(rendered: str) -> TermUse:
            return TermUse("hộ nghèo", "poor household", 0, rendered, "met", "plain", "force", "")

        assert terms.consistency([use("Poor households"), use("poor household's")], own) == 100
        assert terms.consistency([use("poor households"), use("needy families")], own) == 50
        assert terms.consistency([], own) == 100

    def test_a_mode_that_asks_for_nothing_is_the_baseline(self) -> None:
        results = terms.measure(SEGMENTS[:3], Parrot(SEGMENTS), MODES, [])
        assert results["none"]["chrF"] == 100
        assert (results["proper"]["met"], results["random"]["met"]) == (100, 0)
        assert results["random"]["reported"] >= results["random"]["occurrences"] > 0
        assert terms.render_table(results).splitlines()[1].startswith("none")


class Parrot:
    """Knows the references by heart."""

    fingerprint, knows_terms, unsure_below = "parrot", False, -1.0

    def __init__(self, segments: Sequence[object]) -> None:
        self.known = {s.source: s.target for s in segments}  # type: ignore[attr-defined]

    def fits(self, text: str) -> bool:
        return bool(text)

    def translate(self, texts: Sequence[str], decoding: Decoding = DEFAULT_DECODING) -> list[Translation]:
        return [
            Translation(self.known.get(t, self.known.get(t.replace("Ủy ban nhân dân", "UBND"), "")), -0.1)
            for t in texts
        ]
