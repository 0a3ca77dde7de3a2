import itertools
import unicodedata
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.glossary.surfaces import canonical
from vn_summarize.glossary.syllables import is_syllable
from vn_summarize.glossary.terms import Term, TermBase, TermMatch
from vn_summarize.glossary.typos import one_letter_apart


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


def test_of_overlapping_terms_the_longer_one_wins_then_the_left_one() -> None:
    text = "Giám đốc Sở Tài chính; các hộ nghèo bền vững"
    assert found(base("Giám đốc Sở", "Sở Tài chính"), text) == ["Giám đốc Sở"]
    assert found(base("đốc Sở", "Sở Tài chính"), text) == ["Sở Tài chính"]
    assert found(base("hộ nghèo", "nghèo bền vững"), text) == ["nghèo bền vững"]


@pytest.mark.parametrize(
    ("sources", "text", "matches"),
    [
        # a term in a longer one
        (("hộ nghèo", "nghèo", "hộ"), "tỷ lệ hộ nghèo", ["hộ nghèo"]),
        (("Tỉnh ủy", "Bí thư Tỉnh ủy", "Phó Bí thư Tỉnh ủy"), "Phó Bí thư Tỉnh ủy", ["Phó Bí thư Tỉnh ủy"]),
        # the longer one does not stand there whole
        (("hộ nghèo", "hộ nghèo dân tộc thiểu số"), "hộ nghèo dân tộc Brâu", ["hộ nghèo"]),
        # the same term twice, side by side and apart
        (("dân tộc",), "các dân tộc, dân tộc nào cũng vậy", ["dân tộc", "dân tộc"]),
        (("từng", "từng từng"), "từng từng từng", ["từng từng", "từng"]),
        # a term that begins inside another
        (("cán bộ", "bộ đội"), "cán bộ đội văn nghệ", ["cán bộ"]),
        (("kinh tế hộ", "hộ nghèo"), "phát triển kinh tế hộ nghèo", ["kinh tế hộ"]),
        (
            ("xây dựng nông thôn", "nông thôn mới nâng cao", "nâng cao đời sống"),
            "xây dựng nông thôn mới nâng cao đời sống",
            ["nông thôn mới nâng cao"],
        ),
        # what gives way leaves the place to a shorter one
        (("a b c", "c d e f", "a b", "f g"), "a b c d e f g", ["a b", "c d e f"]),
    ],
)
def test_terms_within_and_across_terms(sources: tuple[str, ...], text: str, matches: list[str]) -> None:
    assert found(base(*sources), text) == matches


@pytest.mark.parametrize(
    ("sources", "text", "matches"),
    [
        # "hộ nghèo và [hộ] cận nghèo": the second term lacks its head; only what stands there is required
        (("hộ nghèo", "hộ cận nghèo"), "hộ nghèo và cận nghèo", ["hộ nghèo"]),
        (("hộ nghèo", "hộ cận nghèo", "cận nghèo"), "hộ nghèo và cận nghèo", ["hộ nghèo", "cận nghèo"]),
        # a glossary that lists the coordination has it found whole
        (("hộ nghèo", "cận nghèo", "hộ nghèo và cận nghèo"), "hộ nghèo và cận nghèo", ["hộ nghèo và cận nghèo"]),
        (("Sở Y tế", "Sở Giáo dục"), "Sở Y tế và Giáo dục", ["Sở Y tế"]),
        (("Sở Y tế", "Sở Giáo dục"), "Sở Y tế và Sở Giáo dục", ["Sở Y tế", "Sở Giáo dục"]),
        # the head is shared from the left
        (("phó trưởng thôn", "trưởng thôn"), "trưởng, phó trưởng thôn", ["phó trưởng thôn"]),
        # another word stands inside
        (("hộ nghèo",), "hộ rất nghèo, hộ (nghèo), hộ “nghèo”", []),
    ],
)
def test_a_term_in_pieces_is_knowingly_left(sources: tuple[str, ...], text: str, matches: list[str]) -> None:
    assert found(base(*sources), text) == matches


def test_a_term_whose_capital_the_text_lacks_does_not_take_the_end_of_another() -> None:
    terms = base("cán bộ", "Bộ Y tế", "y tế")
    assert found(terms, "cán bộ y tế") == ["cán bộ", "y tế"]
    assert found(terms, "CÁN BỘ Y TẾ") == ["CÁN BỘ", "Y TẾ"]
    assert found(terms, "cán bộ Bộ Y tế, theo bộ y tế") == ["cán bộ", "Bộ Y tế", "bộ y tế"]


def test_a_term_with_a_comma_does_not_take_the_end_of_another() -> None:
    terms = base("khu công nghiệp", "công nghiệp, xây dựng")
    assert found(terms, "khu công nghiệp, xây dựng; ngành công nghiệp, xây dựng") == [
        "khu công nghiệp",
        "công nghiệp, xây dựng",
    ]


def test_i_and_y_are_one_where_both_are_written() -> None:
    terms = base("tỷ lệ hộ nghèo", "bác sĩ", "kỹ thuật")
    assert found(terms, "tỉ lệ hộ nghèo; bác sỹ; kĩ thuật") == ["tỉ lệ hộ nghèo", "bác sỹ", "kĩ thuật"]
    assert found(base("tai", "thúy"), "tay, thúi") == []


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


def test_capitals_tell_a_name_from_a_term_of_one_syllable() -> None:
    terms = base("xã", "huyện", "làng")
    assert found(terms, "ông Nguyễn Văn Huyện ở xóm Tân Xã, bà Lê Làng") == []
    assert found(terms, "Tại Xã Đăk Long, UBND Huyện, Đảng ủy Xã, Huyện Ia Grai. Làng Kon") == [
        *("Xã", "Huyện", "Xã", "Huyện", "Làng")
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


def test_a_real_word_is_a_typing_error_only_with_the_same_first_letter() -> None:
    terms = base("vùng đồng bào dân tộc thiểu số", "hộ người dân tộc thiểu số")
    assert found(terms, "cùng đồng bào dân tộc thiểu số; bộ người dân tộc thiểu số") == []
    assert found(terms, "vúng đồng bào dân tộc thiểu số; hồ người dân tộc thiểu số") == [
        "vúng đồng bào dân tộc thiểu số",
        "hồ người dân tộc thiểu số",
    ]
    assert found(base("đồng bào dân tộc thiểu số"), "dồng bào dân tộc thiểu số") == ["dồng bào dân tộc thiểu số"]


def test_a_short_form_without_a_vowel_is_no_typing_error() -> None:
    assert found(base("quá trình chuyển đổi số"), "quá trình chuyển đổi SX") == []


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


def span(match: TermMatch) -> tuple[int, int, bool]:
    return match.start, match.end, match.typo


def select(spans: set[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """Choose as the rules say, one after the other: the longest, then the left one, then the exact one."""
    taken: list[tuple[int, int, bool]] = []
    for start, end, typo in sorted(spans, key=lambda s: (s[0] - s[1], s[0], s[2])):
        if all(end <= first or last <= start for first, last, _ in taken):
            taken.append((start, end, typo))
    return sorted(taken)


def in_words(text: str, spans: Iterable[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """Count places in words, for texts whose words are parted by single spaces."""
    return [(text[:start].count(" "), text[:end].count(" ") + 1, typo) for start, end, typo in spans]


PLAIN = st.sampled_from(["hộ", "nghèo", "dân", "tộc", "xã", "bền", "hoà", "hòa", "tỷ", "tỉ", "Đăk", "m'nông"])


@given(st.lists(PLAIN, max_size=30), st.lists(st.lists(PLAIN, min_size=1, max_size=5), max_size=25))
def test_the_same_is_found_as_by_trying_every_place(words: list[str], sources: list[list[str]]) -> None:
    text = " ".join(words).lower()
    keys = {canonical(" ".join(source)) for source in sources}
    places = itertools.combinations(range(len(words) + 1), 2)
    everywhere = {(i, j, False) for i, j in places if canonical(" ".join(words[i:j])) in keys}
    matches = TermBase(Term(" ".join(s).lower(), "x") for s in sources).find(text)
    assert in_words(text, map(span, matches)) == select(everywhere)


def one_edit(a: str, b: str) -> bool:
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    if len(longer) > len(shorter):
        return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
    differing = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    swapped = len(differing) == 2 and differing[1] == differing[0] + 1 and sorted(a) == sorted(b)
    return len(differing) == 1 or swapped


@given(st.text("abc", max_size=5), st.text("abc", max_size=5))
def test_one_letter_apart_is_what_trying_every_edit_says(a: str, b: str) -> None:
    assert one_letter_apart(a, b) == one_edit(a, b)


def is_mistyped(words: list[str], term: list[str]) -> bool:
    """Say whether the words are the term with a typing error (all in lower case), rule by rule."""
    places = [i for i, (word, right) in enumerate(zip(words, term, strict=False)) if word != right]
    if len(words) != len(term) or len(places) != 1 or (len(term) < 3 and len(" ".join(term)) < 13) or len(term) < 2:
        return False
    wrong, right = words[places[0]], term[places[0]]
    if len(wrong) < 2 or not one_edit(wrong, right) or not is_syllable(right):
        return False
    return not is_syllable(wrong) or (len(term) >= 5 and wrong[0] == right[0])


TYPED = st.sampled_from(["nghiệp", "nghiệpp", "nghiệm", "vững", "vữn", "bào", "boà", "bà", "tộc", "thiểu", "thiều"])


@given(st.lists(TYPED, max_size=30), st.lists(st.lists(TYPED, min_size=1, max_size=7), max_size=25))
def test_the_same_errors_are_bridged_as_by_trying_every_place(words: list[str], sources: list[list[str]]) -> None:
    text, keys = " ".join(words), {canonical(" ".join(source)) for source in sources}
    folded = [canonical(word) for word in words]
    places = list(itertools.combinations(range(len(words) + 1), 2))
    exact = {(i, j, False) for i, j in places if " ".join(folded[i:j]) in keys}
    typed = {(i, j, True) for i, j in places if any(is_mistyped(folded[i:j], key.split(" ")) for key in keys)}
    before = {(i, j) for i, j, _ in exact}
    typed = {(i, j, typo) for i, j, typo in typed if not any(first < i < last < j for first, last in before)}
    matches = TermBase(Term(" ".join(s), "x") for s in sources).find(text)
    assert in_words(text, map(span, matches)) == select(exact | typed)
