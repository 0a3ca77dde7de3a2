import pytest
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.document import Article, Document, Sentence, TranslatedDocument, TranslatedSentence
from vn_summarize.facts import find_facts, show_fact
from vn_summarize.facts.people import title_of
from vn_summarize.glossary.enforcement import check_terms
from vn_summarize.glossary.place_terms import PlaceTerms
from vn_summarize.glossary.terms import Term
from vn_summarize.verification.checks import check_facts

TERMS = PlaceTerms(
    [
        Term("hộ nghèo", "poor households"),
        Term("Ban Chỉ đạo", "Steering Committee"),
        Term("Bí thư Huyện ủy", "Secretary of the District Party Committee"),
        Term("chương trình mục tiêu quốc gia", "national target program"),
    ]
)


def build(*pairs: tuple[str, str]) -> TranslatedDocument:
    sentences = tuple(
        TranslatedSentence(
            Sentence(i, 0, source, source),
            english,
            check_terms(TERMS.find(source), english),
            check_facts(source, english),
        )
        for i, (source, english) in enumerate(pairs)
    )
    return TranslatedDocument(Document(Article("a", "a.txt", "", ()), tuple(s.source for s in sentences)), sentences)


def shown(kind: str, *pairs: tuple[str, str]) -> list[str]:
    return [show_fact(fact) for fact in find_facts(build(*pairs)) if fact.kind == kind]


@pytest.mark.parametrize(
    ("kind", "source", "english", "expected"),
    [
        (
            "figure",
            "Huyện đã hỗ trợ hơn 1.250 hộ nghèo sửa nhà.",
            "The district supported more than 1,250 poor households in repairing houses.",
            ["more than 1,250 · poor households · supported"],
        ),
        (
            "figure",
            "Các đoàn thể huy động gần 4,5 tỷ đồng.",
            "Mass organizations mobilized nearly 4.5 billion VND.",
            ["nearly 4.5 billion VND · mobilized"],
        ),
        (
            "figure",
            "Toàn tỉnh có 48/86 xã đạt chuẩn.",
            "The province has 48 of the 86 communes meeting the standards.",
            ["48 of the 86 · communes"],
        ),
        ("figure", "Có 18 hộ được hỗ trợ.", "18 households were supported.", ["18 · households · supported"]),
        ("figure", "Tỷ lệ đạt 93,5%.", "The rate reached 93.5%.", ["93.5%"]),
        ("figure", "Sau 3 năm, ông về quê.", "After 3 years, he went home.", []),
        ("figure", "Xã xếp thứ hai.", "The commune came second.", []),
        ("figure", "Đường cấp 4 qua xã.", "A class 4 communes road.", []),
        ("figure", "Vốn huy động tăng 7,8%.", "The capital raised increased by 7.8%.", ["7.8% · increased"]),
        ("figure", "Xã có 12 hồ chứa.", "The commune has 12 fine evenings.", []),  # not what the Vietnamese counts
        ("figure", "Xã giúp 12 hộ.", "The commune helped 13 households.", []),
        ("date", "Sáng 14/7, xã họp.", "On the morning of July 14, the commune met.", ["July 14"]),
        ("date", "Sáng 14/7, xã họp.", "On the morning of July 15, the commune met.", []),
        ("place", "Tại huyện Sa Thầy có mưa.", "It rained in Sa Thầy District.", ["Sa Thầy District"]),
        ("place", "Tại huyện Sa Thầy có mưa.", "It rained in the mountains.", []),
        ("body", "Ban Chỉ đạo đã họp.", "The Steering Committee met.", ["Steering Committee"]),
        ("body", "Ban Chỉ đạo họp.", "Đông Hòa Steering Committee met.", ["Đông Hòa Steering Committee"]),
        ("body", "Trưởng Ban Chỉ đạo họp.", "The Steering Committee chairmen met.", ["Steering Committee"]),
        (
            "person",
            "Bí thư Huyện ủy Lê Thị Na phát biểu.",
            "Secretary of the District Party Committee Lê Thị Na spoke.",
            ["Secretary of the District Party Committee · Lê Thị Na"],
        ),
        (
            "person",
            "Lê Thị Na, Bí thư Huyện ủy, phát biểu.",
            "Lê Thị Na, Secretary of the District Party Committee, spoke.",
            ["Secretary of the District Party Committee · Lê Thị Na"],
        ),
        ("person", "Ông Trần Văn Bền trồng cam.", "Mr. Trần Văn Bền grows oranges.", ["Trần Văn Bền"]),
        ("person", "Ông Trần Văn Bền trồng cam.", "Mr. Trần Văn Bên grows oranges.", []),
        (
            "person",
            "Lê Thị Na phát biểu.",
            "Director of the Bank Lê Thị Na spoke.",
            [],
        ),  # an office of the English only
        (
            "program",
            "Xã phát động phong trào “Nhà sạch, vườn đẹp”.",
            'The commune launched the movement "Clean houses, fair gardens."',
            ["Clean houses, fair gardens"],
        ),
        ("program", "Xã phát động phong trào “Nhà sạch, vườn đẹp”.", "The commune launched a movement.", []),
        (
            "document",
            "Theo Quyết định số 156/QĐ-UBND, xã được chọn.",
            "The commune was selected under Decision No. 156/QĐ-UBND.",
            ["Decision No. 156/QĐ-UBND"],
        ),
        ("document", "Biển số 82A-123.45 bị mất.", "Plate 82A-123.45 was lost.", []),
    ],
)
def test_fact_is_told_where_both_sides_have_it(kind: str, source: str, english: str, expected: list[str]) -> None:
    assert shown(kind, (source, english)) == expected


def test_a_repeated_fact_stands_once_and_a_person_with_the_fullest_title() -> None:
    pairs = (
        ("Ông Lê Văn Tám dự họp ngày 2/3.", "Mr. Lê Văn Tám attended the meeting on March 2."),
        (
            "Ngày 2/3, Bí thư Huyện ủy Lê Văn Tám kết luận.",
            "On March 2, Secretary of the District Party Committee Lê Văn Tám concluded.",
        ),
    )
    assert shown("date", *pairs) == ["March 2"]
    assert shown("person", *pairs) == ["Secretary of the District Party Committee · Lê Văn Tám"]


def test_a_place_stands_once_with_its_type_and_without_the_genitive() -> None:
    pairs = (
        ("Tỉnh Phú Yên và Gia Lai họp.", "Phú Yên and Gia Lai met."),
        ("UBND tỉnh Phú Yên họp.", "The Phú Yên Provincial People's Committee met."),
        ("Đường của tỉnh Phú Yên.", "Phú Yên Province's road."),
        ("Đường ở Gia Lai.", "A road in Gia Lai."),
        ("Đồng Nai họp, tỉnh Đồng Nai đồng ý.", "Đồng Nai met, and Đồng Nai Province agreed."),
        ("Ông về An Giang và phường An Lạc.", "He went to An Giang and An Lạc Ward."),
    )
    assert shown("place", *pairs) == ["Gia Lai", "Phú Yên Province", "Đồng Nai Province", "An Giang", "An Lạc Ward"]


def test_a_body_stands_once_and_who_sits_in_it_is_none() -> None:
    pairs = (
        ("Ban Chỉ đạo họp.", "The Kon Plông District Steering Committee met."),
        ("Ban Chỉ đạo kết luận.", "The Steering Committee of Kon Plông District concluded."),
        ("Ban Chỉ đạo dự họp.", "Steering Committee members attended."),
    )
    assert shown("body", *pairs) == ["Kon Plông District Steering Committee"]


def test_a_short_name_of_a_person_who_is_told_stands_only_with_an_office_of_its_own() -> None:
    pairs = (
        ("Bí thư Huyện ủy Bùi Minh Hồng phát biểu.", "Secretary of the District Party Committee Bùi Minh Hồng spoke."),
        ("Ông Hồng cảm ơn.", "Mr. Hồng gave thanks."),
        ("Bà Hạnh cảm ơn.", "Ms. Hạnh gave thanks."),
    )
    assert shown("person", *pairs) == ["Secretary of the District Party Committee · Bùi Minh Hồng", "Hạnh"]


def test_a_province_is_no_person() -> None:
    pair = ("Bí thư Tỉnh ủy Hà Tĩnh kết luận.", "Secretary of the Provincial Party Committee Hà Tĩnh concluded.")
    assert shown("person", pair) == []


def test_a_span_of_dates_is_one_fact() -> None:
    pairs = (
        ("Giai đoạn 2017 - 2020, xã đầu tư.", "In the 2017 - 2020 period, the commune invested."),
        ("Vốn giai đoạn 2017-2020 tăng.", "The capital of 2017–2020 rose."),
    )
    assert shown("date", *pairs) == ["2017 - 2020"]


def test_facts_stand_by_kind_and_then_in_reading_order() -> None:
    facts = find_facts(
        build(
            ("Ngày 5/3, xã hỗ trợ 40 hộ nghèo.", "On March 5, the commune supported 40 poor households."),
            ("Ngày 6/3, xã hỗ trợ 50 hộ nghèo.", "On March 6, the commune supported 50 poor households."),
        )
    )
    assert [(fact.kind, fact.sentence) for fact in facts] == [("date", 0), ("date", 1), ("figure", 0), ("figure", 1)]


@pytest.mark.parametrize(
    ("english", "others", "title"),
    [
        (
            "On May 2, member of the Party Committee, Head of the Board Lê Na spoke.",
            [],
            "member of the Party Committee, Head of the Board",
        ),
        ("Director of the Bank Trần Bền and Head of the Board Lê Na spoke.", ["Trần Bền"], "Head of the Board"),
        ("He met the Chairman of the board and then saw Lê Na.", [], ""),
        ("The Head of the Station of Lê Na spoke.", [], ""),
        ("Lê Na, a farmer, spoke.", [], ""),
        ("Then Prime Minister Lê Na spoke.", [], "Prime Minister"),
        ("Head of the National Assembly delegation Lê Na spoke.", [], "Head of the National Assembly delegation"),
        (
            "A deputy, Lê Na, Deputy Secretary of the Party Committee, spoke.",
            [],
            "Deputy Secretary of the Party Committee",
        ),
    ],
)
def test_title_is_the_offices_that_touch_the_name(english: str, others: list[str], title: str) -> None:
    assert title_of(english, "Lê Na", others) == title


SOURCE = "Ngày 5/3 huyện Sa Thầy hỗ trợ hơn 1.250 hộ nghèo , Bí thư Huyện ủy Lê Thị Na “Nhà sạch” 45% tỷ đồng ."
ENGLISH = (
    "On March 5 , Sa Thầy District supported more than 1,250 poor households Secretary of the District Party Committee"
    ' "Clean" 45% Lê Thị Na .'
)
words = st.sampled_from(SOURCE.split())
english_words = st.sampled_from(ENGLISH.split())


@given(
    st.lists(
        st.tuples(st.lists(words, max_size=25).map(" ".join), st.lists(english_words, max_size=25).map(" ".join)),
        max_size=3,
    )
)
def test_all_english_of_any_fact_stands_in_its_translated_sentence(pairs: list[tuple[str, str]]) -> None:
    for fact in find_facts(build(*pairs)):
        english = pairs[fact.sentence][1]
        assert all(part in english for part in (fact.text, fact.unit, fact.counted, fact.action))
        assert all(word in english for word in fact.title.split())
        assert fact.text
