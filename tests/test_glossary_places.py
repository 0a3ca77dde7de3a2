"""Places of a sentence: which are found, the English that they ask for, and what wins over them."""

from itertools import pairwise

import pytest

from vn_summarize.document import Sentence
from vn_summarize.glossary.enforcement import check_terms
from vn_summarize.glossary.formats import load_builtin
from vn_summarize.glossary.place_terms import PlaceTerms
from vn_summarize.glossary.places import find_mentions, list_places
from vn_summarize.glossary.replacement import replace_renderings
from vn_summarize.glossary.terms import PLACES, Term, TermMatch

BUILTIN = PlaceTerms(load_builtin())


def places(text: str, terms: PlaceTerms = BUILTIN) -> list[tuple[str, str]]:
    return [(m.text, m.term.target) for m in terms.find(text) if m.term.origin == PLACES]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Đoàn đến xã Hơ Moong từ sáng sớm.", [("xã Hơ Moong", "Hơ Moong Commune")]),
        ("Đường về huyện Sa Thầy đã thông.", [("huyện Sa Thầy", "Sa Thầy District")]),
        ("Mưa lớn ở tỉnh Kon Tum.", [("tỉnh Kon Tum", "Kon Tum Province")]),
        ("Chợ phiên tại thị trấn Plei Kần.", [("thị trấn Plei Kần", "Plei Kần Township")]),
        ("Nhà máy ở thị xã Hồng Lĩnh.", [("thị xã Hồng Lĩnh", "Hồng Lĩnh Town")]),
        ("Xe chạy qua TP. Kon Tum.", [("TP. Kon Tum", "Kon Tum City")]),
        ("Tàu ra huyện đảo Lý Sơn.", [("huyện đảo Lý Sơn", "Lý Sơn Island District")]),
        ("Khách đến đặc khu Phú Quốc.", [("đặc khu Phú Quốc", "Phú Quốc Special Zone")]),
        ("Họp tại thành phố Hà Nội.", [("thành phố Hà Nội", "Hanoi")]),
        ("Hàng về thành phố Hồ Chí Minh.", [("thành phố Hồ Chí Minh", "Ho Chi Minh City")]),
        ("Hội chợ ở thành phố Huế.", [("thành phố Huế", "Hue City")]),
        ("Cảng của tỉnh Bà Rịa – Vũng Tàu.", [("tỉnh Bà Rịa – Vũng Tàu", "Bà Rịa – Vũng Tàu Province")]),
        ("Dân phường 3, quận 10 góp sức.", [("phường 3", "Ward 3"), ("quận 10", "District 10")]),
        ("Nhà văn hóa Phường 01.", [("Phường 01", "Ward 1")]),
    ],
)
def test_a_type_and_a_known_name_are_a_place(text: str, found: list[tuple[str, str]]) -> None:
    assert places(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Ba xã Hơ Moong, Rờ Kơi và Mô Rai cùng làm đường.",
            [("xã Hơ Moong, Rờ Kơi và Mô Rai", "Hơ Moong, Rờ Kơi and Mô Rai Communes")],
        ),
        ("Hai huyện Sa Thầy, Đăk Glei thắng.", [("huyện Sa Thầy, Đăk Glei", "Sa Thầy and Đăk Glei Districts")]),
        ("Các phường 1, 2 và 3 sạch đẹp.", [("phường 1, 2 và 3", "Wards 1, 2 and 3")]),
        ("Xã Mô Rai, Sa Thầy còn xa.", [("Xã Mô Rai", "Mô Rai Commune")]),  # no "các": the next is no commune
    ],
)
def test_several_names_share_a_type_after_a_word_that_says_so(text: str, found: list[tuple[str, str]]) -> None:
    assert places(text) == found


def test_a_name_may_have_other_marks_or_the_old_tone_placement() -> None:
    assert places("Về tỉnh Kontum.") == [("tỉnh Kontum", "Kontum Province")]
    assert places("Về huyện Đak Glei.") == [("huyện Đak Glei", "Đak Glei District")]
    assert places("Về tỉnh Thanh Hoá.") == [("tỉnh Thanh Hoá", "Thanh Hoá Province")]
    assert places("Về xã Tân Lạp.") == []  # another name, spelt as Vietnamese can be


@pytest.mark.parametrize(
    "text",
    [
        "Đời sống xã hội Hà Giang đổi thay.",
        "Người dân trong xã đoàn kết làm ăn.",
        "Cả huyện Suối Ngàn vui mừng.",
        "Đến xã Tân Lập Thạnh.",  # a longer name, which is not known
        "Tỉnh có 3 phường mới.",
    ],
)
def test_other_words_are_no_places(text: str) -> None:
    assert [p for p in places(text) if p[0].lower().startswith(("xã", "huyện", "tỉnh", "phường"))] == []


def test_a_person_or_a_title_may_follow_the_name() -> None:
    assert [m.names[0].key for m in find_mentions("Bí thư xã Ngọc Linh Nguyễn Thị Mai phát biểu.")] == ["ngọc linh"]
    assert [m.names[0].key for m in find_mentions("Tại huyện Sa Thầy Chủ tịch huyện nói.")] == ["sa thầy"]


def test_a_province_is_found_bare_where_only_it_has_the_name() -> None:
    assert places("Đoàn ra Hà Nội rồi về Gia Lai.") == [("Hà Nội", "Hanoi"), ("Gia Lai", "Gia Lai")]
    assert places("Đoàn về Kon Tum.") == []  # the province or its city
    assert places("Ông Thái Bình và chị Hà Giang hát.") == []


def test_a_body_keeps_its_term() -> None:
    terms = [m.text for m in BUILTIN.find("Chủ tịch UBND tỉnh Kon Tum và Tỉnh ủy Kon Tum")]
    assert terms == ["Chủ tịch UBND tỉnh", "Tỉnh ủy"]


def test_a_place_wins_over_built_in_words_inside_it() -> None:
    assert places("Về xã Đoàn Kết dự hội.") == [("xã Đoàn Kết", "Đoàn Kết Commune")]
    assert places("trên địa bàn tỉnh Kon Tum") == [("tỉnh Kon Tum", "Kon Tum Province")]


def test_a_term_of_the_user_wins_over_a_place() -> None:
    own = PlaceTerms([Term("xã Hơ Moong", "Ho Moong Village", origin="own.csv"), *load_builtin()])
    assert [(m.text, m.term.target) for m in own.find("xã Hơ Moong")] == [("xã Hơ Moong", "Ho Moong Village")]


def test_a_term_of_the_user_for_the_word_of_a_type_names_the_type() -> None:
    own = PlaceTerms([Term("huyện", "county", origin="own.csv"), *load_builtin()])
    assert places("huyện Sa Thầy", own) == [("huyện Sa Thầy", "Sa Thầy County")]
    assert places("các huyện Sa Thầy và Đăk Glei", own) == [
        ("huyện Sa Thầy và Đăk Glei", "Sa Thầy and Đăk Glei Counties")
    ]
    (match,) = own.find("huyện Sa Thầy")
    assert [u.status for u in check_terms([match], "in Sa Thầy District")] == ["unmet"]
    assert [m.term.target for m in own.find("Chủ tịch UBND các huyện, thành phố và Công an huyện")] == [
        "Chairmen of the People's Committees of counties and cities",
        "County Police",
    ]
    assert "District Police" in own.find("Công an huyện")[0].term.forbidden
    assert [m.term.target for m in own.find("quận Ba Đình")] == ["Ba Đình District"]
    phrase = PlaceTerms([Term("huyện", "the county level", origin="own.csv")])
    assert places("huyện Sa Thầy", phrase) == [("huyện Sa Thầy", "Sa Thầy District")]


def statuses(text: str, english: str) -> list[str]:
    matches = BUILTIN.find(text)
    return [u.status for u in check_terms(matches, english) if u.origin == PLACES]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("xã Hơ Moong", "in Hơ Moong commune"),
        ("xã Hơ Moong", "the commune of Hơ Moong"),
        ("ba xã Hơ Moong, Rờ Kơi và Mô Rai", "Hơ Moong, Rờ Kơi, and Mô Rai communes"),
        ("ba xã Hơ Moong, Rờ Kơi và Mô Rai", "the communes of Hơ Moong, Rờ Kơi and Mô Rai"),
        ("hai huyện Sa Thầy, Đăk Glei", "Sa Thầy District and Đăk Glei District"),
        ("xã Hơ Moong và xã Rờ Kơi", "Hơ Moong and Rờ Kơi communes"),
        ("chính quyền tỉnh Kon Tum", "Kon Tum provincial authorities"),
        ("thành phố Hồ Chí Minh", "in Ho Chi Minh City"),
        ("Sở Y tế và tỉnh Kon Tum", "the Kon Tum Provincial Department of Health"),
    ],
)
def test_good_english_meets_a_place(text: str, english: str) -> None:
    assert set(statuses(text, english)) == {"met"}


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("xã Hơ Moong", "in Hơ Moong District"),
        ("xã Hơ Moong", "in Ho Moong Commune"),
        ("xã Hơ Moong", "in the commune"),
        ("hai huyện Sa Thầy, Đăk Glei", "Sa Thầy District"),
        ("Ward 3 là phường 3", "District 3"),
    ],
)
def test_another_type_or_name_does_not(text: str, english: str) -> None:
    assert set(statuses(text, english)) == {"unmet"}


@pytest.mark.parametrize(
    ("text", "english", "repaired"),
    [
        ("xã Hơ Moong", "People in Hơ Moong village work.", "People in Hơ Moong Commune work."),
        ("xã Hơ Moong", "People in Ho Moong Commune work.", "People in Hơ Moong Commune work."),
        ("hai huyện Sa Thầy, Đăk Glei", "Sa Thay and Dak Glei districts", "Sa Thầy and Đăk Glei Districts"),
        ("về Hà Nội", "to Hà Nội", "to Hanoi"),
        ("thành phố Hải Phòng", "Hải Phòng City", "Hai Phong City"),
        (
            "xã Hơ Moong, làng Hơ Moong",
            "Hơ Moong Commune, Hơ Moong village",
            "Hơ Moong Commune, Hơ Moong village",
        ),
    ],
)
def test_a_wrong_type_or_spelling_is_replaced(text: str, english: str, repaired: str) -> None:
    matches = [m for m in BUILTIN.find(text) if m.term.origin == PLACES]
    assert replace_renderings(matches, check_terms(matches, english), english) == repaired


def test_matches_stand_where_they_say() -> None:
    text = "Từ tỉnh Kon Tum đến các xã Hơ Moong, Rờ Kơi, UBND huyện Sa Thầy và Hà Nội."
    matches: tuple[TermMatch, ...] = BUILTIN.find(text)
    assert all(text[m.start : m.end] == m.text for m in matches)
    assert all(a.end <= b.start for a, b in pairwise(matches))


def test_the_places_of_an_article_are_listed_once_each() -> None:
    texts = [
        "Tại xã Ngọc Linh, huyện Đăk Glei, tỉnh Kon Tum có mưa.",
        "Các xã Ngọc Linh và Mường Hoong bị chia cắt.",
        "UBND tỉnh Kon Tum ra công điện.",
    ]
    found = list_places([Sentence(i, 0, text, text) for i, text in enumerate(texts)])
    assert [(p.source, p.type, p.english, p.ascii, p.sentences) for p in found] == [
        ("xã Ngọc Linh", "commune", "Ngọc Linh Commune", "Ngoc Linh Commune", (0, 1)),
        ("huyện Đăk Glei", "district", "Đăk Glei District", "Dak Glei District", (0,)),
        ("tỉnh Kon Tum", "province", "Kon Tum Province", "Kon Tum Province", (0, 2)),
        ("Mường Hoong", "commune", "Mường Hoong Commune", "Muong Hoong Commune", (1,)),
    ]
    notes = {p.english: p.today for p in found}
    assert notes["Ngọc Linh Commune"] == "Ngọc Linh Commune, Quảng Ngãi Province"  # Hà Giang has one too
    assert notes["Kon Tum Province"] == "Quảng Ngãi Province"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ở thôn 4, xã Trà Kót", [("thôn 4", "Village 4")]),
        ("tại tổ dân phố 12.", [("tổ dân phố 12", "Residential Group 12")]),
        ("ở thôn 4 và thôn 5, xã Trà Kót", []),  # English may share the noun
        ("có 3 thôn 2 năm liền", []),
        ("giúp làng 10 hộ", []),
    ],
)
def test_a_village_may_have_a_number_for_a_name(text: str, found: list[tuple[str, str]]) -> None:
    assert [(m.text, m.term.target) for m in BUILTIN.find(text) if m.text[-1].isdigit()] == found
    for source, target in found:
        (match,) = [m for m in BUILTIN.find(text) if m.text == source]
        assert [u.status for u in check_terms([match], f"in {target.lower()}")] == ["met"]
        assert [u.status for u in check_terms([match], "in the village")] == ["unmet"]
