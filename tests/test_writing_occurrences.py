"""When two renderings of a term are one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.document import TermUse
from vn_summarize.writing.occurrences import rendering_key, term_name

COMMITTEE = "Provincial Party Committee"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cooperative", "Cooperatives"),
        ("cooperative", "the cooperative’s"),
        ("a cooperative", "THE COOPERATIVES"),
        ("near-poor household", "near poor households"),
        ("people's committee", "People’s Committees"),
    ],
)
def test_case_article_number_and_possessive_make_no_other_rendering(one: str, other: str) -> None:
    assert rendering_key("anything else", one) == rendering_key("anything else", other) != ""


@pytest.mark.parametrize(
    "rendered",
    [
        "Provincial Party Committees",
        "Măng Bút Provincial Party Committee",
        "Party Committee of Măng Bút Province",
    ],
)
def test_the_required_english_with_a_place_in_it_is_the_required_english(rendered: str) -> None:
    assert rendering_key(COMMITTEE, rendered) == rendering_key(COMMITTEE, COMMITTEE)


@pytest.mark.parametrize("rendered", ["Party Committee", "Provincial Committee of the Party", "provincial leaders"])
def test_other_words_are_another_rendering(rendered: str) -> None:
    assert rendering_key(COMMITTEE, rendered) != rendering_key(COMMITTEE, COMMITTEE)


def test_what_is_not_rendered_has_no_rendering() -> None:
    assert rendering_key(COMMITTEE, "") == ""


WORDS = st.text(st.sampled_from("abes '-.đ"), max_size=20)


@given(WORDS, WORDS)
def test_a_rendering_in_capitals_is_the_same_rendering(required: str, rendered: str) -> None:
    assert rendering_key(required, rendered) == rendering_key(required, rendered.upper())


def test_a_use_is_of_the_glossary_s_term_however_the_sentence_writes_it() -> None:
    alias = TermUse("HTX", "cooperative", 0, "", "unmet", "", "force", "mine.csv", "hợp tác xã")
    assert term_name(alias) == "hợp tác xã"
    assert term_name(TermUse("Kinh tế – Xã hội", "", 0, "", "unmet", "", "force", "mine.csv")) == "kinh tế xã hội"
