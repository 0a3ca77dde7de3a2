"""The occurrences of a run: gathered in any order, given back in one, counted, and never lost."""

import random
import sqlite3
import tracemalloc
from contextlib import closing
from dataclasses import replace

import pytest
from article_results import with_terms

from vn_summarize import concordance as module
from vn_summarize.concordance import Concordance
from vn_summarize.document import TermUse
from vn_summarize.errors import OutputError
from vn_summarize.writing.occurrences import Occurrence

COOPERATIVE = TermUse("HTX", "cooperative", 0, "the cooperative", "met", "plain", "force", "mine.csv", "hợp tác xã")
POOR = TermUse("Hộ nghèo", "poor households", 4, "", "unmet", "", "prefer", "built-in", "hộ nghèo")
HOUSE = TermUse("nhà rông", "nhà rông", 9, "", "unmet", "", "keep", "built-in", "nhà rông")


def rendered(text: str) -> TermUse:
    return replace(COOPERATIVE, rendered=text)


@pytest.fixture
def concordance():
    with closing(Concordance()) as opened:
        yield opened


RESULTS = (
    with_terms("b", (POOR,), (), (COOPERATIVE, HOUSE)),
    with_terms("a/2", (rendered("cooperatives"), POOR)),
    with_terms("a", (rendered("a co-op"), replace(POOR, rendered="The poor households", status="met", how="inline"))),
    with_terms("c\udce9", (rendered("the Rừng Xanh Cooperative"),)),
    with_terms("none", ()),
)


def test_occurrences_come_back_by_article_and_sentence_whatever_the_order(concordance):
    for one in RESULTS:
        concordance.add(one)
    found = list(concordance)
    assert [(use.article, use.sentence, use.term) for use in found] == [
        ("a", 0, "hợp tác xã"),
        ("a", 0, "hộ nghèo"),
        ("a/2", 0, "hợp tác xã"),
        ("a/2", 0, "hộ nghèo"),
        ("b", 0, "hộ nghèo"),
        ("b", 2, "hợp tác xã"),
        ("b", 2, "nhà rông"),
        ("c\udce9", 0, "hợp tác xã"),
    ]
    assert found[5] == Occurrence(
        "b", 2, 0, "hợp tác xã", "HTX", "cooperative", "the cooperative", "met", "plain", "force", "mine.csv"
    )
    shuffled = [*RESULTS]
    random.Random(3).shuffle(shuffled)
    with closing(Concordance()) as other:
        for one in shuffled:
            other.add(one)
        assert (list(other), other.report()) == (found, concordance.report())


def test_the_report_counts_by_step_policy_and_glossary(concordance):
    for one in RESULTS:
        concordance.add(one)
    report = concordance.report()
    assert (report.terms, report.occurrences, report.met) == (3, 8, 5)
    assert report.how == (("inline", 1), ("plain", 4))
    assert report.policies == (("force", 4, 0), ("keep", 0, 1), ("prefer", 1, 2))
    assert report.origins == (("built-in", 1, 3), ("mine.csv", 4, 0))


def test_unmet_terms_are_listed_with_their_places_those_that_bind_first(concordance):
    for one in RESULTS:
        concordance.add(one)
    report = concordance.report()
    assert report.unmet_terms == 2
    house, poor = report.unmet
    assert (house.term, house.optional, house.unmet, house.places) == ("nhà rông", False, 1, (("b", 2),))
    assert (poor.term, poor.optional, poor.unmet, poor.occurrences) == ("hộ nghèo", True, 2, 3)
    assert poor.places == (("a/2", 0), ("b", 0))


def test_a_term_with_several_renderings_is_named_with_their_counts(concordance):
    for one in RESULTS:
        concordance.add(one)
    report = concordance.report()
    assert report.several_terms == 1
    (term,) = report.several
    assert term.term == "hợp tác xã"
    assert term.required == ("cooperative",)
    assert term.renderings == (("cooperative", 3), ("a co-op", 1))


def test_two_english_forms_required_for_one_term_are_both_named(concordance):
    concordance.add(with_terms("a", (POOR,), (replace(POOR, target="needy families"),), (POOR,)))
    (term,) = concordance.report().unmet
    assert term.required == ("poor households", "needy families")


def test_an_article_that_comes_again_takes_its_own_place(concordance):
    concordance.add(with_terms("a", (POOR, HOUSE), (COOPERATIVE,)))
    concordance.add(with_terms("a", (COOPERATIVE,)))
    assert [(use.sentence, use.term) for use in concordance] == [(0, "hợp tác xã")]


def test_two_uses_at_one_place_are_both_kept(concordance):
    concordance.add(with_terms("a", (POOR, replace(POOR, target="needy households"))))
    assert [use.required for use in concordance] == ["poor households", "needy households"]


def test_nothing_gathered_is_a_report_of_nothing(concordance):
    concordance.add(with_terms("a", ()))
    report = concordance.report()
    assert (report.terms, report.occurrences, report.met, report.unmet_terms, report.several_terms) == (0, 0, 0, 0, 0)
    assert (report.how, report.unmet, report.several, report.frequent) == ((), (), (), ())


def test_lists_are_bounded_and_their_numbers_are_not(concordance, monkeypatch):
    monkeypatch.setattr(module, "LISTED", 2)
    monkeypatch.setattr(module, "PLACES", 3)
    uses = tuple(replace(HOUSE, term=f"từ {n}") for n in range(5))
    concordance.add(with_terms("a", *[uses] * 4))
    report = concordance.report()
    assert (report.terms, report.unmet_terms, len(report.unmet), len(report.frequent)) == (5, 5, 2, 2)
    assert (report.unmet[0].unmet, len(report.unmet[0].places)) == (4, 3)


def test_memory_does_not_grow_with_the_articles(concordance):
    uses = (COOPERATIVE, POOR, HOUSE)

    def gather(first: int) -> int:
        for number in range(first, first + 400):
            concordance.add(with_terms(f"{number:05}", *[uses] * 10))
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        before = gather(0)
        assert gather(400) - before < 100_000  # 12,000 occurrences more
        assert sum(1 for _ in concordance) == 24_000
    finally:
        tracemalloc.stop()


def test_a_full_temporary_folder_is_named_as_such(concordance, monkeypatch):
    class Full:
        def execute(self, *args):
            raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(concordance, "_database", Full())
    for action in (lambda: concordance.add(RESULTS[0]), concordance.report, lambda: list(concordance)):
        with pytest.raises(OutputError, match="temporary folder"):
            action()
    monkeypatch.undo()
