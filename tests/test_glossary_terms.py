import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.glossary.terms import Term, TermBase, TermMatch


def base(*sources: str, case: str = "auto") -> TermBase:
    return TermBase(Term(source, f"<{source}>", case=case) for source in sources)


def found(terms: TermBase, text: str) -> list[str]:
    matches = terms.find(text)
    assert all(text[m.start : m.end] == m.text for m in matches)
    return [m.text for m in matches]


def test_the_longest_term_wins() -> None:
    terms = base("dân tộc", "dân tộc thiểu số", "đồng bào dân tộc thiểu số", "thiểu số")
    assert found(terms, "giúp đồng bào dân tộc thiểu số và các dân tộc anh em") == [
        "đồng bào dân tộc thiểu số",
        "dân tộc",
    ]


def test_of_overlapping_terms_the_left_one_wins() -> None:
    assert found(base("hộ nghèo", "nghèo bền vững"), "các hộ nghèo bền vững hơn") == ["hộ nghèo"]


@pytest.mark.parametrize(
    "text", ["Tỉnh uỷ", "TỈNH ỦY", "tỉnh  ủy", "Tỉnh\u00a0ủy", "“Tỉnh uỷ”", "Tỉnh ủy;", "(Tỉnh ủy)", "Tỉnh-ủy"]
)
def test_case_tone_placement_and_spacing_do_not_matter(text: str) -> None:
    assert len(base("Tỉnh ủy").find(text)) == 1


def test_hyphens_of_any_kind_do_not_matter() -> None:
    terms = base("kinh tế - xã hội", "COVID-19")
    for text in ("kinh tế – xã hội", "kinh tế-xã hội", "kinh tế xã hội", "Covid – 19", "COVID 19"):
        assert found(terms, text) == [text]


def test_accents_matter() -> None:
    assert found(base("hộ nghèo"), "hồ nghèo, họ nghèo, hộ ngheo") == []


def test_only_whole_syllables_match() -> None:
    assert found(base("xã", "an"), "xãm, xa, ban an toàn") == ["an"]


def test_a_comma_parts_a_term_that_has_none() -> None:
    assert found(base("đảng viên", "các cấp, các ngành"), "đảng, viên; các cấp, các ngành; các cấp các ngành") == [
        "các cấp, các ngành"
    ]


def test_a_short_form_in_a_document_number_is_no_term() -> None:
    assert found(base("UBND"), "UBND tỉnh có Quyết định số 12/QĐ-UBND và 7/KL-UBND-NC") == ["UBND"]


def test_capitals_tell_a_name_from_a_term() -> None:
    terms = base("quốc khánh", "xã viên", "nhân dân")
    assert found(terms, "ông Trần Quốc Khánh về xã Viên Bình dự lễ Quốc khánh với nhân dân") == [
        "Quốc khánh",
        "nhân dân",
    ]


def test_an_exact_term_keeps_its_capitals() -> None:
    terms = base("Dao", "người Mường", case="exact")
    assert found(terms, "con dao của bà con Dao") == ["Dao"]
    assert found(terms, "Người Mường và người mường") == ["Người Mường"]


def test_aliases_match_like_the_source() -> None:
    terms = TermBase([Term("hợp tác xã", "cooperative", aliases=("HTX",))])
    assert [(m.text, m.term.target) for m in terms.find("Hợp tác xã và các HTX")] == [
        ("Hợp tác xã", "cooperative"),
        ("HTX", "cooperative"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "đồg bào dân tộc thiểu số",
        "đồng bào dân tộcc thiểu số",
        "đồng bào dân tộc thiểu sốs",
        "đồng bào dân tộc thiều số",
    ],
)
def test_one_wrong_letter_in_a_long_term_is_bridged(text: str) -> None:
    (match,) = base("đồng bào dân tộc thiểu số", "dân tộc thiểu số", "dân tộc").find(f"Hỗ trợ {text}.")
    assert (match.text, match.typo) == (text, True)


def test_two_wrong_letters_are_not() -> None:
    assert found(base("giảm nghèo bền vững"), "giamm ngheèo bền vững") == []


def test_another_word_is_not_taken_for_a_typing_error() -> None:
    terms = base("giảm nghèo bền vững", "hộ nghèo")
    assert found(terms, "giảm nghèo bên vững; hộ nghẻo; hộ nghèoo") == []
    assert found(terms, "giảm nghèo bềnn vững") == ["giảm nghèo bềnn vững"]


def test_a_foreign_name_is_not_taken_for_another() -> None:
    assert found(base("xã Đăk Kroong", "huyện Đăk Glei"), "xã Đăk Kroon, huyện Đăk Glej, huyện Đăk Hlei") == []


def test_a_comma_inside_is_no_typing_error() -> None:
    assert found(base("đồng bào dân tộc thiểu số"), "đồg bào, dân tộc thiểu số") == []


def test_an_exact_spelling_beats_a_typing_error_of_the_same_length() -> None:
    terms = base("phát triển kinh tế hộ", "phát triển kinh tế họ")
    (match,) = terms.find("phát triển kinh tế họ")
    assert (match.term.source, match.typo) == ("phát triển kinh tế họ", False)


def test_the_first_glossary_wins() -> None:
    terms = TermBase([Term("hộ nghèo", "mine", origin="user"), Term("hộ nghèo", "theirs", origin="built-in")])
    assert [m.term.target for m in terms.find("hộ nghèo")] == ["mine"]


def test_a_short_term_of_the_first_glossary_beats_a_longer_one_behind() -> None:
    terms = TermBase(
        [
            Term("Tỉnh ủy", "Provincial Board", origin="user"),
            Term("tỉnh", "prov.", origin="user"),
            Term("Bí thư Tỉnh ủy", "Secretary", origin="built-in"),
            Term("Chủ tịch UBND tỉnh", "Chairman", origin="built-in"),
        ]
    )
    assert [m.term.target for m in terms.find("Bí thư Tỉnh ủy và Chủ tịch UBND tỉnh")] == [
        "Provincial Board",
        "Chairman",
    ]


def test_the_english_that_a_forced_term_hides_becomes_a_wrong_rendering() -> None:
    builtin = Term("hộ nghèo", "poor households", alternatives=("poor families",), origin="built-in")
    (match,) = TermBase([Term("hộ nghèo", "needy households", origin="user"), builtin]).find("hộ nghèo")
    assert match.term.forbidden == ("poor households", "poor families")


def test_the_fingerprint_names_the_terms_and_their_order() -> None:
    a, b = Term("hộ nghèo", "poor household"), Term("xã", "commune")
    assert TermBase([a, b]).fingerprint == TermBase([a, b]).fingerprint
    prints = {TermBase(t).fingerprint for t in ([a, b], [b, a], [a], [], [a, Term("xã", "Commune")])}
    assert len(prints) == 5


def test_an_empty_base_finds_nothing() -> None:
    assert TermBase([]).find("hộ nghèo") == ()
    assert len(TermBase([])) == 0


WORDS = st.lists(
    st.sampled_from(["hộ", "nghèo", "dân", "tộc", "xã", "UBND", "bền", "đồg", ",", "–", "“", ".", "12"]), max_size=14
)


@given(WORDS, st.lists(WORDS, max_size=5))
def test_matches_are_apart_in_order_and_as_the_text_has_them(words: list[str], sources: list[list[str]]) -> None:
    text = " ".join(words)
    matches: tuple[TermMatch, ...] = TermBase(Term(" ".join(s), "x") for s in sources).find(text)
    assert all(text[m.start : m.end] == m.text for m in matches)
    assert all(a.end <= b.start for a, b in itertools.pairwise(matches))


@given(st.text(max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    base("hộ nghèo", "xã", text).find(text)
