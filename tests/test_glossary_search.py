"""Looking texts up: what is found, and as what."""

import pytest

from vn_summarize.glossary.place_terms import PlaceTerms
from vn_summarize.glossary.search import search
from vn_summarize.glossary.terms import Term, TermBase

POOR = Term("hộ nghèo", "poor households", alternatives=("poor families",), origin="built-in")
UNION = Term("Hội Nông dân", "Farmers' Union", aliases=("HND",), origin="built-in")
MINE = Term("hộ nghèo", "needy households", origin="mine.csv")
BASE = TermBase([MINE, POOR, UNION, Term("tỷ lệ hộ nghèo", "poverty rate", origin="built-in")])


def kinds(query: str, base: TermBase = BASE) -> list[tuple[str, str]]:
    return [(hit.kind, hit.term.target) for hit in search(query, base)]


def test_the_term_that_a_run_uses_comes_first_then_what_it_hides_then_longer_terms():
    assert kinds("hộ nghèo") == [
        ("match", "needy households"),
        ("hidden", "poor households"),
        ("inside", "poverty rate"),
    ]


def test_all_terms_of_a_text_are_found():
    assert kinds("HND giúp hộ nghèo")[:2] == [("match", "Farmers' Union"), ("match", "needy households")]


@pytest.mark.parametrize("query", ["poor household", "Poor Families", "farmers’ union"])
def test_the_english_leads_back(query):
    assert kinds(query)[0][0] == "english"


def test_a_text_without_its_marks_is_near():
    assert ("near", "needy households") in kinds("ho ngheo")
    assert ("near", "Farmers' Union") in kinds("hoi nong dan")


def test_a_typing_error_is_near():
    assert kinds("Hội Nông dâm")[0] == ("near", "Farmers' Union")


@pytest.mark.parametrize("query", ["", "…", "zzzz qqqq"])
def test_what_is_nowhere_has_no_hit(query):
    assert kinds(query) == []


@pytest.mark.parametrize("query", ["Kon Rẫy", "kon ray"])
def test_a_place_is_found_by_its_name(query):
    assert ("place", "Kon Rẫy District") in kinds(query, PlaceTerms([POOR]))


def test_a_term_is_told_once():
    hits = search("hộ nghèo", BASE)
    assert len({(hit.term.source, hit.term.target, hit.term.origin) for hit in hits}) == len(hits)
