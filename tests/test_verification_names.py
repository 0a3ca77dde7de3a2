"""Names: copied with their diacritics; bodies and titles are no names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.verification.checks import check_facts, extra_facts, findings_of
from vn_summarize.verification.names import check_names, find_names, respell_names, strip_marks


def names(source: str) -> list[str]:
    return [" ".join(name.tokens) for name in find_names(source)]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("Bí thư Tỉnh ủy Trần Văn Lộc dự hội nghị.", ["Trần Văn Lộc"]),
        ("Đoàn đến xã Hơ Moong, huyện Sa Thầy.", ["Hơ Moong", "Sa Thầy"]),
        ("Bà Y Hồng Vân, ông A Byot và chị Hơ Jan.", ["Y Hồng Vân", "A Byot", "Hơ Jan"]),
        ("Anh K’Bông làm vườn.", ["K'Bông"]),
        ("Sở Y tế tỉnh Quảng Nam báo cáo.", ["Quảng Nam"]),
        ("Hội Nông dân huyện Đăk Glei.", ["Đăk Glei"]),
        ("Cuộc vận động của Ủy ban Mặt trận Tổ quốc.", []),
        ("Quốc hội và Nhà nước quan tâm.", []),
        ("Theo ông Tâm, xã đã đạt chuẩn.", ["Tâm"]),
        ("Một cú sốc lớn, Theo Khoa Ngoại cho biết.", []),
        ("Hiện nay, Ngân hàng Chính sách xã hội cho vay.", []),
        ("Bà con xã Thống Nhất trồng cà phê.", ["Thống Nhất"]),
        ("Cầu qua sân bay Miếu Môn.", ["Môn"]),
        ("Dịp Tết Đinh Dậu.", []),
        ("Xe của hãng Toyota.", ["Toyota"]),
        ("Kỷ luật bà Phó Bí thư Tỉnh ủy Đồng Nai.", ["Đồng Nai"]),
        ("Thứ trưởng Bộ Công Thương Hồ Thị Kim Na.", ["Hồ Thị Kim Na"]),
        ("Bí thư Đoàn Văn Bền và Đoàn Văn công tỉnh.", ["Đoàn Văn Bền"]),
    ],
)
def test_what_is_a_name(source: str, found: list[str]) -> None:
    assert names(source) == found


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("Đoàn đến Hà Nội.", "The delegation came to Hanoi."),
        ("Đoàn đến Đà Nẵng và Cần Thơ.", "The delegation came to Da Nang and Can Tho."),
        ("Người dân Tây Nguyên.", "People in the Central Highlands."),
        ("Bí thư Thành ủy TP. Hồ Chí Minh.", "Secretary of the Ho Chi Minh City Party Committee."),
        ("Doanh nghiệp Trung Quốc và Thái Lan.", "Chinese and Thai enterprises."),
        ("Bí thư Tỉnh ủy Quảng Nam Trần Văn Lộc.", "Trần Văn Lộc, Secretary of the Quảng Nam Party Committee."),
        ("Xã Hoà Phú.", "Hòa Phú Commune."),
        ("Chủ tịch Quốc hội Cu Ba.", "The Chairman of the Cuban National Assembly."),
        ("Đại sứ Bờ Biển Ngà và Nam Sudan.", "The ambassadors of Ivory Coast and South Sudan."),
        ("Ngân hàng Liên Việt PostBank.", "LienVietPostBank."),
    ],
)
def test_a_right_name_passes(source: str, english: str) -> None:
    assert all(check.ok for check in check_names(source, english))
    assert check_names(source, english)


def test_a_missing_name_is_an_error() -> None:
    (check,) = check_facts("Ông Trần Văn Lộc phát biểu.", "He spoke.")
    assert (check.ok, check.rendered) == (False, "")
    assert [finding.severity for finding in findings_of([check])] == ["error"]


@pytest.mark.parametrize("english", ["Dak Glei is a district.", "Đắk Glei is a district."])
def test_other_diacritics_are_a_warning(english: str) -> None:
    (check,) = check_names("Huyện Đăk Glei.", english)
    assert (check.ok, check.rendered) == (False, english[:8])
    assert [finding.severity for finding in findings_of([check])] == ["warning"]


@pytest.mark.parametrize(
    ("source", "english", "spelt"),
    [
        ("Huyện Đăk Glei.", "Dak Glei District and Dak Gleima.", "Đăk Glei District and Dak Gleima."),
        ("Huyện Đăk Glei.", "DAK GLEI DISTRICT", "ĐĂK GLEI DISTRICT"),
        ("Ông Trần Văn Hà và ông Trần Văn Hạ.", "Mr. Trần Văn Hạ and another.", "Mr. Trần Văn Hạ and another."),
        ("Tại Hà Nội.", "In Ha Noi.", "In Ha Noi."),
        ("Ông Trần Văn Lộc.", "Mr. Lộc.", "Mr. Lộc."),
    ],
)
def test_a_name_with_other_diacritics_is_spelt_as_the_source_does(source: str, english: str, spelt: str) -> None:
    assert respell_names(source, english, check_names(source, english)) == spelt


def test_a_foreign_word_that_opens_a_sentence_is_part_of_its_name() -> None:
    (check,) = check_names("Holly Willoughby rời chương trình.", "Olly Willoughby left the show.")
    assert (check.ok, check.rendered) == (False, "Willoughby")
    assert all(check.ok for check in check_names("Bang Victoria phong tỏa.", "Victoria went into lockdown."))


def test_part_of_a_name_is_a_warning() -> None:
    (check,) = check_names("Chủ tịch xã Trần Văn Lộc phát biểu.", "Mr. Lộc and Trần Văn spoke.")
    assert not check.ok
    assert check.rendered


def test_a_name_is_checked_once() -> None:
    assert len(check_names("Ông Trần Văn Lộc nói. Theo ông Trần Văn Lộc, xã đã đạt.", "Mr. Trần Văn Lộc spoke.")) == 1


SYLLABLES = st.sampled_from(["Lê", "Trần", "Ngọc", "Hương", "Thắng", "Khánh", "Duy", "Mỹ", "Phước", "Quyên"])


@given(st.lists(SYLLABLES, min_size=2, max_size=4, unique=True))
def test_a_copied_name_passes_and_a_dropped_one_does_not(syllables: list[str]) -> None:
    name = " ".join(syllables)
    source = f"Tại hội nghị, đồng chí {name} phát biểu."
    assert all(check.ok for check in check_names(source, f"At the conference, {name} spoke."))
    assert [check.ok for check in check_names(source, "At the conference, someone spoke.")] == [False]


@given(st.text())
def test_marks_are_stripped_once(text: str) -> None:
    assert strip_marks(strip_marks(text)) == strip_marks(text)


@pytest.mark.parametrize(
    ("source", "english", "names"),
    [
        ("Chúng tôi sẽ gửi đơn.", "We will petition, said Nguyen Thi Huong, a director.", ["Nguyen Thi Huong"]),
        ("Chúng tôi sẽ gửi đơn.", "We will petition, said Trần Văn Bền.", ["Trần Văn Bền"]),
        ("Ông Trần Văn Bền gửi đơn.", "Mr. Tran Van Ben petitioned.", []),
        ("Người dân TPHCM nhớ Bác.", "People in Ho Chi Minh City miss President Hồ Chí Minh.", []),
        ("Đoàn đến Thái Lan.", "The delegation came to Thailand and Ha Noi.", ["Ha Noi"]),
        ("Ông gửi đơn.", "The Provincial People's Committee of Van Dyke.", []),
    ],
)
def test_a_vietnamese_name_of_the_english_alone_is_made_up(source: str, english: str, names: list[str]) -> None:
    found = extra_facts(source, english)
    assert [finding.message for finding in found] == [f'"{name}" is not in the source' for name in names]
