import pytest

from vn_summarize.glossary.inflection import article, plural, possessive, same_word, singular, with_number


@pytest.mark.parametrize(
    ("one", "many"),
    [
        *(("household", "households"), ("party", "parties"), ("branch", "branches"), ("enterprise", "enterprises")),
        *(("Chairman", "Chairmen"), ("class", "classes"), ("house", "houses"), ("box", "boxes")),
        *(("criterion", "criteria"), ("child", "children"), ("survey", "surveys"), ("Committee", "Committees")),
    ],
)
def test_number(one: str, many: str) -> None:
    assert plural(one) == many
    assert singular(many) == one
    assert plural(many) == many
    assert singular(one) == one


@pytest.mark.parametrize("word", ["politics", "progress", "status", "bus", "news"])
def test_words_that_only_look_like_plurals(word: str) -> None:
    assert singular(word) == word


@pytest.mark.parametrize(
    ("phrase", "chosen"),
    [
        *(("official", "an"), ("household", "a"), ("hour", "an"), ("union", "a"), ("unit", "a"), ("European", "a")),
        *(("one-stop shop", "a"), ("NGO", "an"), ("UN body", "a"), ("OCOP product", "an"), ("unimportant", "an")),
        *(("Executive Committee", "an"), ("honest man", "an"), ("useful model", "a"), ("umbrella", "an")),
    ],
)
def test_a_or_an_goes_by_the_sound(phrase: str, chosen: str) -> None:
    assert article(phrase) == chosen


def test_the_head_noun_takes_the_number() -> None:
    assert with_number("Secretary of the Provincial Party Committee", many=True) == (
        "Secretaries of the Provincial Party Committee"
    )
    assert with_number("poor households", many=False) == "poor household"
    assert with_number("poor households", many=True) == "poor households"


def test_possessive() -> None:
    assert possessive("Women's Union") == "Women's Union's"
    assert possessive("poor households") == "poor households'"


@pytest.mark.parametrize(
    ("word", "wanted"),
    [("Households", "household"), ("Province's", "province"), ("farmers’", "farmer"), ("People's", "people")],
)
def test_a_noun_in_another_form_is_the_same_word(word: str, wanted: str) -> None:
    assert same_word(word, wanted)


@pytest.mark.parametrize(
    ("word", "wanted"),
    [("escaped", "escape"), ("building", "build"), ("planned", "plan"), ("built", "building"), ("carried", "carry")],
)
def test_a_verb_in_another_form_is_the_same_word_only_where_verbs_may_stand(word: str, wanted: str) -> None:
    assert same_word(word, wanted, verb=True)
    assert not same_word(word, wanted)


def test_other_words_are_not() -> None:
    assert not same_word("new", "news")
    assert not same_word("wing", "w", verb=True)
    assert not same_word("province", "provincial")
