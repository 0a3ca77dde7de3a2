import re

import pytest
from glossary_samples import matches
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.document import TermUse
from vn_summarize.glossary.enforcement import (
    TERM_END,
    TERM_MIDDLE,
    TERM_START,
    check_terms,
    count_echoes,
    mark_inline,
    strip_markers,
)
from vn_summarize.glossary.terms import Term, TermBase, TermMatch


def uses(english: str, *terms: Term) -> list[str]:
    return [u.rendered for u in check_terms(matches(*terms), english)]


SECRETARY = Term(
    "Bí thư Tỉnh ủy", "Secretary of the Provincial Party Committee", alternatives=("Provincial Party Secretary",)
)
COMMITTEE = Term("UBND tỉnh", "Provincial People's Committee")
CITY = Term("UBND thành phố", "City People's Committee")
SECRETARY_OF_DISTRICT = Term("Bí thư Huyện ủy", "Secretary of the District Party Committee")
WARD = Term("Đảng ủy phường", "Ward Party Committee")
POOR = Term("hộ nghèo", "poor households")
NEAR = Term("hộ cận nghèo", "near-poor households")
ESCAPE = Term("thoát nghèo", "escape poverty")
POLITBURO = Term("Bộ Chính trị", "the Politburo")


@pytest.mark.parametrize(
    ("term", "english", "rendered"),
    [
        (SECRETARY, "Secretaries of Provincial Party Committees met.", "Secretaries of Provincial Party Committees"),
        (SECRETARY, "The provincial party secretary spoke.", "provincial party secretary"),
        (
            SECRETARY,
            "the Secretary of the Kon Tum Provincial Party Committee",
            "Secretary of the Kon Tum Provincial Party Committee",
        ),
        (
            SECRETARY,
            "Secretary of the Party Committee of Kon Tum Province",
            "Secretary of the Party Committee of Kon Tum Province",
        ),
        (COMMITTEE, "the Kon Tum Provincial People's Committee's plan", "Provincial People's Committee's"),
        (COMMITTEE, "the People’s Committee of Kon Tum Province said", "People’s Committee of Kon Tum Province"),
        (COMMITTEE, "the People's Committee of the Province", "People's Committee of the Province"),
        (
            COMMITTEE,
            "Provincial, District and Commune People's Committees",
            "Provincial, District and Commune People's Committees",
        ),
        (
            COMMITTEE,
            "the Provincial People's Council and People's Committee",
            "Provincial People's Council and People's Committee",
        ),
        (CITY, "the Hanoi People's Committee", "People's Committee"),
        (
            SECRETARY_OF_DISTRICT,
            "the Secretary of the Trần Văn Thời District Party Committee",  # a district named for a person
            "Secretary of the Trần Văn Thời District Party Committee",
        ),
        (WARD, "the Ward 5 Party Committee met", "Ward 5 Party Committee"),
        (Term("tỉnh An Giang", "An Giang Province"), "An Giang Province has rain.", "An Giang Province"),
        (Term("huyện A Lưới", "A Lưới District"), "a road in A Lưới District", "A Lưới District"),
        (POOR, "A Poor Household", "Poor Household"),
        (CITY, "the Municipal People's Committee", "Municipal People's Committee"),
        (POOR, "many poor and near-poor households", "poor and near-poor households"),
        (POOR, "Each poor household got a cow.", "poor household"),
        (NEAR, "near poor households", "near poor households"),
        (ESCAPE, "families that escaped poverty", "escaped poverty"),
        (POLITBURO, "a decision of the Politburo", "Politburo"),
        (POLITBURO, "A Politburo decision", "Politburo"),
        (Term("Hội Nông dân", "Farmers' Union"), "the Farmer's Union", "Farmer's Union"),
        (
            Term("Sở Giáo dục", "Department of Education"),
            "the Departments of Health and Education",
            "Departments of Health and Education",
        ),
        (
            Term("x", "officials, Party members and people"),
            "officials, Party members, and the people",
            "officials, Party members, and the people",
        ),
    ],
)
def test_a_term_is_met_in_any_good_form(term: Term, english: str, rendered: str) -> None:
    (use,) = check_terms(matches(term), english)
    assert (use.status, use.how) == ("met", "plain")
    assert use.rendered == rendered


@pytest.mark.parametrize(
    ("term", "english"),
    [
        (SECRETARY, "The Secretary spoke of the Provincial Party Committee."),
        (SECRETARY, "Secretary of the District Party Committee"),
        (COMMITTEE, "the District People's Committee"),
        (COMMITTEE, "the People's Committee of Sa Thầy District"),
        (COMMITTEE, "Provincial People's Council. The Committee"),
        (CITY, "the Provincial People's Committee"),
        (POOR, "poor. Households"),
        (POOR, "poorer households"),
        (POOR, "near-poor households"),
        (ESCAPE, "poverty escapes"),
        (POLITBURO, ""),
        (Term("cuộc họp", "meeting"), "They met."),
    ],
)
def test_other_english_does_not_meet_it(term: Term, english: str) -> None:
    (use,) = check_terms(matches(term), english)
    assert (use.status, use.rendered, use.how) == ("unmet", "", "")


def test_a_use_says_what_was_asked_and_by_whom() -> None:
    term = Term("hộ nghèo", "poor households", origin="mine.csv", policy="prefer")
    assert check_terms([TermMatch(term, 3, 11, "Hộ nghèo")], "Poor households.") == (
        TermUse("Hộ nghèo", "poor households", 3, "Poor households", "met", "plain", "prefer", "mine.csv", "hộ nghèo"),
    )


def test_each_match_needs_words_of_its_own() -> None:
    assert uses("One campaign only.", Term("a", "campaign"), Term("b", "campaign")) == ["campaign", ""]
    assert uses("A campaign and a Campaign.", Term("a", "campaign"), Term("b", "campaign")) == ["campaign", "Campaign"]


def test_a_longer_term_is_served_first() -> None:
    committee = Term("Tỉnh ủy", "Provincial Party Committee")
    english = "The Provincial Party Committee heard the Secretary of the Provincial Party Committee."
    assert uses(english, committee, SECRETARY) == [
        "Provincial Party Committee",
        "Secretary of the Provincial Party Committee",
    ]
    assert uses("the Secretary of the Provincial Party Committee", committee, SECRETARY)[0] == ""


def test_terms_that_share_a_noun_are_both_met() -> None:
    assert uses("poor and near-poor households", POOR, NEAR) == [
        "poor and near-poor households",
        "near-poor households",
    ]


def test_exact_case_is_the_targets_but_for_a_sentences_first_word() -> None:
    front = Term("Mặt trận", "Front", case="exact")
    village = Term("thôn", "village", case="exact")
    assert uses("the front", front) == [""]
    assert uses("the Front", front) == ["Front"]
    assert uses("Villages joined.", village) == ["Villages"]
    assert uses("In the Village", village) == [""]


def test_a_kept_term_must_stand_there_as_the_source_has_it() -> None:
    keep = Term("nhà rông", "", policy="keep")
    assert uses("They built a Nhà rông.", keep) == ["Nhà rông"]
    assert uses("They built a nha rong.", keep) == [""]
    assert uses("They built a nhà the rông.", keep) == [""]
    (use,) = check_terms(matches(keep), "none")
    assert use.target == "nhà rông"


def test_a_forbidden_rendering_must_not_stand_there() -> None:
    forbid = Term("dân tộc", "ethnic group", policy="forbid", forbidden=("tribe", "hill people"))
    (bad,) = check_terms(matches(forbid), "two hill tribes")
    (good,) = check_terms(matches(forbid), "two ethnic groups")
    (silent,) = check_terms(matches(forbid), "two of them")
    assert [u.status for u in (bad, good, silent)] == ["unmet", "met", "met"]
    assert [u.rendered for u in (bad, good, silent)] == ["", "ethnic groups", ""]


def test_inline_terms_are_written_into_the_source() -> None:
    found = TermBase(
        [POOR, Term("Tỉnh ủy", "", policy="keep"), Term("xã", "", policy="forbid", forbidden=("town",))]
    ).find("Tỉnh uỷ giúp hộ nghèo ở xã.")
    assert mark_inline("Tỉnh uỷ giúp hộ nghèo ở xã.", found) == (
        f"{TERM_START}Tỉnh uỷ{TERM_MIDDLE}Tỉnh uỷ{TERM_END} giúp "
        f"{TERM_START}hộ nghèo{TERM_MIDDLE}poor households{TERM_END} ở xã."
    )


def test_stray_marks_are_removed() -> None:
    assert strip_markers("Help the <unused1>poor households<unused2>.") == "Help the poor households."
    assert strip_markers("Help <unused0>hộ nghèo<unused1>poor households<unused2>, now") == "Help poor households, now"
    assert strip_markers("Nothing  to do") == "Nothing  to do"


@given(st.text("ab <unsed012>", max_size=40))
def test_no_mark_is_left(text: str) -> None:
    assert not re.search("<unused[012]>", strip_markers(text))


@given(st.lists(st.sampled_from(["hộ nghèo", "xã", "Tỉnh uỷ", "và", ","]), max_size=8))
def test_marks_can_be_taken_out_of_a_source_again(words: list[str]) -> None:
    text = " ".join(words)
    found = TermBase([POOR, Term("Tỉnh ủy", "Committee")]).find(text)
    marked = mark_inline(text, found)
    assert re.sub(f"{TERM_START}(.*?){TERM_MIDDLE}.*?{TERM_END}", r"\1", marked) == text
    assert marked.count(TERM_START) == len(found)


def test_a_body_named_beside_itself_is_one_body() -> None:
    assert uses("Provincial and Provincial People's Committee", COMMITTEE, COMMITTEE).count("") == 1


@given(
    st.lists(
        st.sampled_from(
            [
                "poor",
                "households",
                "near-poor",
                "and",
                "the",
                "Provincial",
                "People's",
                "Committee",
                "of",
                "Kon",
                "Province",
                ".",
                ",",
            ]
        ),
        max_size=25,
    )
)
def test_no_word_answers_two_terms_and_none_is_met_without_words(words: list[str]) -> None:
    english = " ".join(words)
    rendered = uses(english, POOR, POOR, COMMITTEE, COMMITTEE)
    poor, committees = [r for r in rendered[:2] if r], [r for r in rendered[2:] if r]
    assert all("poor" in r and r in english for r in poor)
    assert all("Committee" in r and r in english for r in committees)
    assert len(poor) <= english.count("poor")  # what both share with others, their noun, may stand further on
    assert len(committees) <= english.count("Committee")


def test_a_person_inside_a_title_does_not_meet_it() -> None:
    match = TermBase([Term("Bí thư Tỉnh ủy", "Secretary of the Provincial Party Committee")]).find("Bí thư Tỉnh ủy")
    place, person = (
        "Secretary of the Kon Tum Provincial Party Committee",
        "Secretary of the Lê Văn Tám Provincial Party Committee",
    )
    assert [check_terms(match, text)[0].status for text in (place, person)] == ["met", "unmet"]


def test_a_word_said_twice_running_is_an_echo() -> None:
    assert count_echoes((), "two models of provincial-level level") == 1
    assert count_echoes((), "level by level, a model model and that that") == 2
