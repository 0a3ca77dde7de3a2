import pytest
from glossary_samples import matches
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.glossary.enforcement import check_terms
from vn_summarize.glossary.formats import load_builtin
from vn_summarize.glossary.replacement import (
    PLACEHOLDERS,
    agree_articles,
    fill_place,
    graft_rendering,
    hold_place,
    replace_renderings,
    respell,
)
from vn_summarize.glossary.terms import Term, TermBase

COMMITTEE = Term("UBND tỉnh", "Provincial People's Committee")


def replaced(english: str, *terms: Term) -> str:
    found = matches(*terms)
    return replace_renderings(found, check_terms(found, english), english)


NEEDY = Term("hộ nghèo", "underprivileged household", forbidden=("poor household", "destitute family", "poor"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A poor household got a cow.", "An underprivileged household got a cow."),
        ("Poor households got cows.", "Underprivileged households got cows."),
        ("It helped a poor household's son.", "It helped an underprivileged household's son."),
        ("It helped the destitute families.", "It helped the underprivileged households."),
        ('He said: "Yes." Poor households agreed.', 'He said: "Yes." Underprivileged households agreed.'),
        ("POOR HOUSEHOLDS GET COWS", "UNDERPRIVILEGED HOUSEHOLDS GET COWS"),
        ("Nothing of it.", "Nothing of it."),
        ("An underprivileged household is no poor household.", "An underprivileged household is no poor household."),
        ("A poor household and another poor household.", "A poor household and another poor household."),
    ],
)
def test_a_known_wrong_rendering_is_replaced_with_its_grammar(before: str, after: str) -> None:
    assert replaced(before, NEEDY) == after


def test_no_article_is_doubled() -> None:
    politburo = Term("Bộ Chính trị", "the Politburo", forbidden=("Political Bureau",))
    assert replaced("The Political Bureau met.", politburo) == "The Politburo met."
    assert replaced("a decision of the Political Bureau", politburo) == "a decision of the Politburo"
    assert replaced("of Political Bureau", politburo) == "of the Politburo"


def test_the_singular_takes_its_article() -> None:
    assert replaced("a tribe of an area", Term("dân tộc", "ethnic group", forbidden=("tribe",))) == (
        "an ethnic group of an area"
    )
    assert replaced("in an enclave", Term("x", "remote areas", forbidden=("enclave",))) == "in remote areas"


def test_a_full_stop_of_a_rendering_goes_with_it() -> None:
    assert replaced("Decision No. 9", Term("x", "Ruling", forbidden=("Decision No.",))) == "Ruling 9"
    assert replaced("Ruling 9", Term("x", "Decision No.", forbidden=("Ruling",))) == "Decision No. 9"


def test_a_verb_form_is_left_alone() -> None:
    march = Term("vận động", "mobilize", forbidden=("campaign",))
    assert replaced("They campaigned there.", march) == "They campaigned there."


def test_the_words_of_another_term_are_left_alone() -> None:
    other = Term("hộ chính sách", "poor household")
    assert replaced("a poor household", NEEDY, other) == "a poor household"


def test_a_users_term_takes_the_place_of_the_builtin_english() -> None:
    terms = TermBase([Term("hộ nghèo", "low-income households", origin="user"), *load_builtin()])
    found = terms.find("Xã có hai hộ nghèo.")
    english = "The Commune has two poor households."
    assert replace_renderings(found, check_terms(found, english), english) == (
        "The Commune has two low-income households."
    )


ESCAPE = Term("thoát nghèo", "overcome hardship", forbidden=("escape poverty",))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Ten households escaped poverty.", "Ten households overcame hardship."),
        ("Ten households have escaped poverty.", "Ten households have overcome hardship."),
        ("They are escaping poverty.", "They are overcoming hardship."),
        ("They want to escape poverty.", "They want to overcome hardship."),
    ],
)
def test_a_verb_keeps_its_form(before: str, after: str) -> None:
    assert replaced(before, ESCAPE) == after


def test_a_single_word_is_inflected_as_a_verb_only_where_the_glossary_says_that_it_is_one() -> None:
    verb = Term("sơ tán", "relocate", forbidden=("evacuate",), pos="verb")
    assert replaced("They were evacuated.", verb) == "They were relocated."
    assert replaced("They were evacuated.", Term("sơ tán", "relocate", forbidden=("evacuate",))) == (
        "They were evacuated."
    )


def test_what_the_model_says_for_the_term_alone_is_replaced_too() -> None:
    drive = Term("cuộc vận động", "drive")
    found = matches(drive)
    english = "A campaign began."
    uses = check_terms(found, english)
    assert replace_renderings(found, uses, english) == english
    assert replace_renderings(found, uses, english, {"cuộc vận động": ("Campaign.", "a")}) == "A drive began."


def test_what_the_term_allows_is_never_taken_for_wrong() -> None:
    drive = Term("cuộc vận động", "drive", alternatives=("campaign",))
    found = matches(drive, drive)
    english = "A campaign began."
    uses = check_terms(found, english)
    assert replace_renderings(found, uses, english, {"cuộc vận động": ("campaign",)}) == english


def graft(english: str, answer: str, term: Term) -> str:
    (use,) = check_terms(matches(term), answer)
    return graft_rendering(english, answer, use)


def test_only_the_words_around_a_term_are_taken_from_another_answer() -> None:
    posts = Term("trạm y tế", "health posts")
    ours = "In 2024, 12 medical stations received 30 beds from donors."
    theirs = "In 2042, 12 health posts received beds from donors."
    assert graft(ours, theirs, posts) == "In 2024, 12 health posts received 30 beds from donors."


def test_nothing_is_taken_where_the_sentence_says_nothing_or_much_more_there() -> None:
    posts = Term("trạm y tế", "health posts")
    assert graft("Donors gave beds.", "Donors gave health posts beds.", posts) == "Donors gave beds."
    long = "The stations that the province built last year in each commune got beds."
    assert graft(long, "The health posts got beds.", posts) == long


def test_a_made_up_name_holds_a_terms_place() -> None:
    found = TermBase([Term("hộ nghèo", "needy families"), Term("trạm y tế", "health post")]).find(
        "Một trạm y tế giúp hộ nghèo."
    )
    held = hold_place("Một trạm y tế giúp hộ nghèo.", found)
    assert held == f"Một {PLACEHOLDERS[0]} giúp {PLACEHOLDERS[1]}."
    english = f"An {PLACEHOLDERS[0]} helps {PLACEHOLDERS[1]}."
    assert fill_place(english, found) == "A health post helps needy families."
    assert fill_place("Nothing of them.", found) == "Nothing of them."
    assert fill_place(f"{PLACEHOLDERS[0]} is {PLACEHOLDERS[0].upper()}.", found) == ""


def test_articles_agree_with_the_terms_that_they_stand_before() -> None:
    found = matches(Term("a", "health post"), Term("b", "sudden torrents"), Term("c", "underage wedlock"))
    english = "An health post saw a sudden torrents and a underage wedlock and a hour."
    assert agree_articles(found, english) == "A health post saw a sudden torrent and an underage wedlock and a hour."
    assert agree_articles(found, "Each sudden torrents came.") == "Each sudden torrent came."


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_answer_can_be_grafted_and_polished(english: str, answer: str) -> None:
    term = Term("hộ nghèo", "poor households")
    answer = f"{answer} poor households"
    assert isinstance(graft(english, answer, term), str)
    assert check_terms(matches(term), agree_articles(matches(term), answer))[0].status == "met"


@given(st.text(max_size=80), st.text(max_size=20))
def test_any_english_can_be_checked_and_replaced(english: str, wrong: str) -> None:
    term = Term("hộ nghèo", "poor households", forbidden=(wrong, "poor"))
    found = matches(term, COMMITTEE)
    before = check_terms(found, english)
    after = check_terms(found, replace_renderings(found, before, english))
    assert after == before or after[0].status == "met"


MINDSETS = Term("thay đổi nếp nghĩ", "change mindsets")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It helps change mind sets.", "It helps change mindsets."),
        ("Changeing mind-sets takes years.", "Changing mindsets takes years."),
        ("Changing mindsets takes years.", "Changing mindsets takes years."),
        ("Bear in mind: sets of tools.", "Bear in mind: sets of tools."),
    ],
)
def test_the_words_of_a_term_are_spelt_as_its_target_has_them(before: str, after: str) -> None:
    assert respell(matches(MINDSETS), before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("the stem Borers came", "the stem borers came"),
        ("the stem borErs came", "the stem borers came"),
        ("Stem borers came", "Stem borers came"),
        ("the Stem Borers Contest", "the Stem Borers Contest"),
        ("STEM BORERS", "STEM BORERS"),
    ],
)
def test_a_term_has_no_capital_inside(before: str, after: str) -> None:
    assert respell(matches(Term("sâu đục thân", "stem borers")), before) == after
