"""What the model is told inside a sentence."""

import pytest

from vn_summarize.document import Check
from vn_summarize.glossary.terms import PLACES, Term, TermMatch
from vn_summarize.telling import tell_facts, to_tell
from vn_summarize.verification.checks import check_facts

START, MIDDLE, END = "<unused0>", "<unused1>", "<unused2>"


def match(text: str, source: str, target: str, origin: str = "mine") -> TermMatch:
    start = text.index(source)
    return TermMatch(Term(source, target, origin=origin), start, start + len(source), source)


def inline(source: str, english: str) -> str:
    return f"{START}{source}{MIDDLE}{english}{END}"


@pytest.mark.parametrize(
    ("text", "english", "told"),
    [
        ("Có 4/5 chỉ tiêu đạt.", "Four-fifths of the target was met.", inline("4/5", "four of five")),
        ("Hỗ trợ hơn 2.700 hộ.", "It helped 2.7 households.", inline("hơn 2.700 hộ", "more than 2,700 households")),
        ("Ngày 8/6, hội nghị khai mạc.", "The conference opened.", inline("8/6", "June 8")),
        ("Theo Quyết định 12/QĐ-TTg.", "According to the decision.", inline("12/QĐ-TTg", "12/QĐ-TTg")),
        ("Ông Lê Ngọc Tuấn phát biểu.", "He spoke.", inline("Lê Ngọc Tuấn", "Lê Ngọc Tuấn")),
        ("Cô Holly Willoughby phát biểu.", "Olly spoke.", inline("Holly Willoughby", "Holly Willoughby")),
    ],
)
def test_a_fact_that_was_lost_is_told_in_its_place(text: str, english: str, told: str) -> None:
    assert told in tell_facts(text, (), check_facts(text, english))


def test_what_was_kept_is_not_told() -> None:
    text = "Ngày 8/6, ông Lê Ngọc Tuấn trao 12 suất quà."
    assert tell_facts(text, (), check_facts(text, "On June 8, Mr. Lê Ngọc Tuấn presented 12 gifts.")) == ""
    told = tell_facts(text, (), check_facts(text, "On June 8, Mr. Lê Ngọc Tuấn presented gifts."))
    assert told == text.replace("12", inline("12", "12"))


@pytest.mark.parametrize("text", ["Mở cửa 5-10/6.", "Kiểm tra từ 25-3 đến 20-4-2016."])
def test_one_date_of_a_span_is_not_told_as_all_of_it(text: str) -> None:
    assert tell_facts(text, (), check_facts(text, "It happened.")) == ""


@pytest.mark.parametrize("name", ["Litva", "Cha Johnson", "Nhi Rady"])
def test_a_name_that_english_may_say_otherwise_is_not_told(name: str) -> None:
    assert tell_facts(f"Đoàn đến {name} hôm qua.", (), [Check("name", name, name, "", ok=False)]) == ""


def test_a_name_that_english_spells_in_its_own_way_is_told_so() -> None:
    checks = [Check("name", "Hà Nội", "Hanoi", "", ok=False)]
    assert tell_facts("Đoàn về Hà Nội.", (), checks) == f"Đoàn về {inline('Hà Nội', 'Hanoi')}."


def test_a_fact_inside_a_term_is_told_by_the_term() -> None:
    text = "Mô hình tại xã Hơ Moong giúp hộ nghèo."
    places = [match(text, "xã Hơ Moong", "Hơ Moong Commune", PLACES), match(text, "hộ nghèo", "poor households")]
    assert to_tell(text, places) == places[1:]
    told = tell_facts(text, places, [Check("name", "Hơ Moong", "Hơ Moong", "", ok=False)])
    commune, poor = inline("xã Hơ Moong", "Hơ Moong Commune"), inline("hộ nghèo", "poor households")
    assert told == f"Mô hình tại {commune} giúp {poor}."


@pytest.mark.parametrize(
    ("text", "source", "target", "told"),
    [
        ("Huyện ủy Sa Thầy họp.", "Huyện ủy", "District Party Committee", "Sa Thầy District Party Committee"),
        ("Đảng ủy phường 5 họp.", "Đảng ủy phường", "Ward Party Committee", "Ward 5 Party Committee"),
        ("Thành ủy Hồ Chí Minh họp.", "Thành ủy", "City Party Committee", "Ho Chi Minh City Party Committee"),
        (
            "UBND huyện Krông Pắk họp.",
            "UBND huyện",
            "District People's Committee",
            "Krông Pắk District People's Committee",
        ),
        (
            "Bí thư Tỉnh ủy Hà Tĩnh về họp.",
            "Bí thư Tỉnh ủy",
            "Secretary of the Provincial Party Committee",
            "Secretary of the Hà Tĩnh Provincial Party Committee",
        ),
    ],
)
def test_a_body_is_told_with_the_place_behind_it(text: str, source: str, target: str, told: str) -> None:
    (found,) = to_tell(text, [match(text, source, target)])
    assert found.term.target == told
    assert text[found.start : found.end] == found.text
    assert found.text.startswith(source)


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("Bí thư Tỉnh ủy Dương Văn Trang họp.", "Bí thư Tỉnh ủy", "Secretary of the Provincial Party Committee"),
        ("Chủ tịch UBND xã A Thiu họp.", "Chủ tịch UBND xã", "Chairman of the Commune People's Committee"),
        ("Công an xã Lê Văn Tám họp.", "Công an xã", "Commune Police"),
        ("Huyện ủy, Sa Thầy họp.", "Huyện ủy", "District Party Committee"),
        ("Quốc hội Sa Thầy họp.", "Quốc hội", "National Assembly"),
    ],
)
def test_a_person_or_another_name_behind_a_body_is_none_of_it(text: str, source: str, target: str) -> None:
    found = match(text, source, target)
    assert to_tell(text, [found]) == [found]


def test_a_place_that_is_told_by_itself_is_not_told_twice() -> None:
    text = "Huyện ủy Sa Thầy họp."
    matches = [match(text, "Huyện ủy", "District Party Committee"), match(text, "Sa Thầy", "Sa Thay")]
    assert to_tell(text, matches) == matches


def test_facts_that_are_said_twice_are_told_twice() -> None:
    checks = [Check("number", "12", "12", "", ok=False)] * 2
    assert tell_facts("Có 12 xã và 12 thôn.", (), checks).count(inline("12", "12")) == 2


def test_a_fact_is_told_in_its_own_place_and_not_inside_another_one() -> None:
    checks = [Check("number", "12", "12", "", ok=False), Check("date", "8/12", "December 8", "", ok=False)]
    told = tell_facts("Ngày 8/12 năm 2012, có 1.612 hộ ở 12 thôn.", (), checks)
    assert told == f"Ngày {inline('8/12', 'December 8')} năm 2012, có 1.612 hộ ở {inline('12', '12')} thôn."
    overlapping = [Check("number", "12 hộ", "12 households", "", ok=False), Check("number", "12", "12", "", ok=False)]
    assert tell_facts("Có 12 hộ.", (), overlapping) == f"Có {inline('12 hộ', '12 households')}."
