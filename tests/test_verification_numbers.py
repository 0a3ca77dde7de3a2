"""Numbers: each value of the Vietnamese is in the English, and no other."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.verification.checks import check_facts, extra_facts
from vn_summarize.verification.english_numbers import find_numbers
from vn_summarize.verification.numbers import doubtful_numbers
from vn_summarize.verification.quantities import (
    format_number,
    has_decimal_commas,
    parse_literal,
    parse_roman,
    parse_words,
)

ONES = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def failed(source: str, english: str) -> list[str]:
    return [check.source for check in check_facts(source, english) if not check.ok]


def spell(value: int) -> str:
    """Write 10 to 999 in Vietnamese words."""
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    words = [ONES[hundreds], "trăm"] if hundreds else []
    if tens == 1:
        words.append("mười")
    elif tens:
        words += [ONES[tens], "mươi"]
    elif hundreds and ones:
        words.append("linh")
    if ones:
        words.append("lăm" if ones == 5 and tens else ONES[ones])
    return " ".join(words)


@pytest.mark.parametrize(
    ("source", "english", "lost"),
    [
        ("Lúa đạt 60 tạ/ha.", "Rice yields 6 tons/ha.", []),
        ("Lúa đạt 60 tạ/ha.", "Rice yields 6,000 kg a hectare.", []),
        ("Lúa đạt 60 tạ/ha.", "Rice yields 60 quintals/ha.", []),
        ("Lúa đạt 60 tạ/ha.", "Rice yields 60 tons/ha.", ["60 tạ"]),
        ("Nhận 5 yến gạo.", "They got 50 kg of rice.", []),
        ("Nhận 5 yến gạo.", "They got 5 kilograms of rice.", ["5 yến"]),
        ("Nhận 2 lạng giống.", "They got 200 grams of seeds.", []),
        ("Nhận 2 lạng giống.", "They got 0.2 kg of seeds.", []),
        ("Nhận 2 lạng giống.", "They got 200 kg of seeds.", ["2 lạng"]),
    ],
)
def test_a_weight_keeps_what_it_weighs(source: str, english: str, lost: list[str]) -> None:
    assert failed(source, english) == lost


class TestCommas:
    """A comma before three digits: decimals in Vietnamese, thousands in papers that write as English does."""

    DOTTED = "Tuyến đường cần 47.520 tỷ đồng (tương đương 2,160 tỷ USD)."

    @pytest.mark.parametrize(
        ("source", "english", "lost"),
        [
            (DOTTED, "The road needs 47,520 billion VND (2.16 billion USD).", []),
            (DOTTED, "The road needs 47,520 billion VND (2,160 billion USD).", ["2,160 tỷ USD"]),
            ("Chi 13,818 tỷ đồng.", "13.818 billion VND was spent.", []),
            ("Chi 13,818 tỷ đồng.", "13,818 billion VND was spent.", []),
            ("Có 1,234 người dự.", "1,234 people attended.", []),
            ("Có 1,234 người dự.", "1.234 people attended.", ["1,234 người"]),
            ("Thu 47.520 đồng và 8,000 đồng.", "47,520 VND and 8,000 VND were collected.", []),
            ("Vàng giá 1,234.5 USD một ounce.", "Gold costs 1,234.5 USD an ounce.", []),
        ],
    )
    def test_the_sentence_and_the_unit_tell_which(self, source: str, english: str, lost: list[str]) -> None:
        assert failed(source, english) == lost

    def test_the_article_tells_where_the_sentence_does_not(self) -> None:
        source, english = "Lâm sản gồm 7,261 m3 gỗ.", "The forest products are 7,261 m3 of wood."
        assert all(check.ok for check in check_facts(source, english))
        assert [check.expected for check in check_facts(source, english, True) if not check.ok] == ["7.261 m3"]

    @pytest.mark.parametrize(
        ("text", "decimal"),
        [
            ("Hỗ trợ 2.700 hộ.", True),
            ("Hỗ trợ 1,5 tỷ đồng.", False),
            ("Hỗ trợ 2.700 hộ, 8,000 cây và 1,234,567 đồng.", False),
            ("Theo Quyết định 1.234/QĐ và ngày 12.10.2020.", False),
        ],
    )
    def test_dots_in_thousands_make_commas_decimal(self, text: str, decimal: bool) -> None:
        assert has_decimal_commas(text) is decimal

    @pytest.mark.parametrize(
        ("source", "messages"),
        [
            ("Chi 13,818 tỷ đồng.", ['"13,818 tỷ đồng" may mean 13.818 billion or 13.818 trillion']),
            ("Có 7,261 m3 gỗ.", ['"7,261 m3" may mean 7.261 or 7,261']),
            ("Có 1,234 người, 8,000 cây và 1,5 tỷ đồng.", []),
            (DOTTED, []),
        ],
    )
    def test_what_nothing_tells_is_named(self, source: str, messages: list[str]) -> None:
        assert [finding.message for finding in doubtful_numbers(source)] == messages


@given(st.text("0123456789.,/ -–tỷ%mnăh", max_size=30))
def test_no_string_of_digits_and_signs_is_too_odd(text: str) -> None:
    check_facts(text, text)
    doubtful_numbers(text)


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("Tỉnh hỗ trợ 2.700 hộ.", "The Province supported 2,700 households."),
        ("Tỷ lệ nghèo giảm 1,5%.", "The poverty rate fell by 1.5%."),
        ("Vốn gần 21 tỷ đồng.", "Capital of nearly 21 billion VND."),
        ("Vốn gần 21 tỉ đồng.", "Capital of nearly VND 21,000 million."),
        ("Vốn 21 tỷ đồng.", "Capital of VND 21bn."),
        ("Mỗi hộ vay 300 triệu đồng.", "Each household borrowed 300 million VND."),
        ("Diện tích 1.234,56 ha.", "An area of 1,234.56 ha."),
        ("Xã có 1 triệu 200 nghìn đồng.", "The Commune has 1.2 million VND."),
        ("Thu 2.700.000 đồng.", "Collected 2,700,000 VND."),
        ("Có 2 700 hộ.", "There are 2,700 households."),
        ("Đón 1,2 triệu lượt khách.", "It welcomed 1.2 million visitors."),
        ("Tổng vốn 10.000 tỷ đồng.", "Total capital of 10 trillion VND."),
        ("Có hai mươi mốt xã.", "There are twenty-one communes."),
        ("Có một trăm linh năm hộ.", "There are 105 households."),
        ("Qua 01 năm triển khai.", "After one year of implementation."),
        ("Qua 01 năm triển khai.", "After a year of implementation."),
        ("Có 4/5 chỉ tiêu vượt kế hoạch.", "Four of the five targets exceeded the plan."),
        ("Có 4/5 chỉ tiêu vượt kế hoạch.", "4/5 targets exceeded the plan."),
        ("Cả 9/9 xã đạt chuẩn.", "All communes have met the standards."),
        ("Cả 9/9 xã đạt chuẩn.", "9/9 communes have met the standards."),
        ("Đã có 2/3 xã đạt chuẩn.", "Two-thirds of the communes have met the standards."),
        ("Giá 1,5 triệu đồng.", "The price is VND1.5 million."),
        ("Đất của 2 vợ chồng bà.", "The land of her and her husband."),
        ("Cảnh đẹp có một không hai.", "A unique landscape."),
        ("Trồng ba kích tím.", "Growing purple morinda."),
        ("Hôm thứ Ba, giá giảm 3 phiên.", "On Tuesday, the price fell for three sessions."),
        ("Mua 1 cây vàng 24k.", "It bought a tael of 24k gold."),
        ("Xảy ra lúc 14 giờ 8 phút.", "It happened at 2:08 p.m."),
        ("Đi mất 2 giờ 8 phút.", "It takes two hours and eight minutes."),
        ("Túi mỏng hơn 2 mm bị cấm.", "Bags under 2 mm are banned."),
        ("Huy động gần 21 tỷ đồng.", "Around 21 billion VND was raised."),
        ("Có 4/5 chỉ tiêu vượt kế hoạch.", "4 out of 5 targets exceeded the plan."),
        ("Tăng 10-15% so với cùng kỳ.", "Up 10-15% year on year."),
        ("Giá từ 250 - 300 triệu đồng.", "The price is 250 to 300 million VND."),
        ("Giá từ 250 - 300 triệu đồng.", "The price is 250 million to 300 million VND."),
        ("Hỗ trợ 5 tạ gạo.", "Supported 500 kg of rice."),
        ("Hỗ trợ 5 tạ gạo.", "Supported five quintals of rice."),
        ("Hai bên ký kết.", "Both sides signed."),
        ("Năng suất tăng 2 lần.", "Productivity doubled."),
        ("Đại hội lần thứ XIII.", "The 13th Congress."),
        ("Đại hội lần thứ XIII.", "Congress XIII."),
        ("Họp vào thứ hai hằng tuần.", "They meet every Monday."),
        ("Trạm trực 24/7.", "The station is on duty around the clock."),
        ("Khởi hành lúc 16h30.", "Departure is at 4:30 p.m."),
        ("Ca làm việc dài 8 giờ.", "The shift lasts eight hours."),
        ("Kéo dài 2 năm rưỡi.", "It lasted two and a half years."),
        ("Gọi số 0909 123 456.", "Call 0909 123 456."),
        ("Trong 6 tháng đầu năm.", "In the first half of the year."),
    ],
)
def test_a_right_rendering_passes(source: str, english: str) -> None:
    assert failed(source, english) == []
    assert extra_facts(source, english) == ()


@pytest.mark.parametrize(
    ("source", "english", "missed"),
    [
        ("Tỉnh hỗ trợ hơn 2.700 hộ.", "The Province supported 2.7 households.", "hơn 2.700 hộ"),
        ("Tỷ lệ nghèo giảm 1,5%.", "The poverty rate fell by 15%.", "1,5%"),
        ("Vốn gần 21 tỷ đồng.", "Capital of nearly 21 million VND.", "gần 21 tỷ đồng"),
        ("Có 4/5 chỉ tiêu đạt.", "All targets were met.", "4/5"),
        ("Có 4/5 chỉ tiêu năm 2021 đạt.", "Four-fifths of the 2021 target was met.", "4/5"),
        ("Có 3 xã và 3 huyện.", "There are three communes.", "3"),
        ("Khởi hành lúc 16h30.", "Departure is at 5:30 p.m.", "16h30"),
        ("Xảy ra lúc 14 giờ 8 phút.", "It happened at 14:88 p.m.", "14 giờ 8 phút"),
        ("Huy động gần 21 tỷ đồng.", "More than 21 billion VND was raised.", "gần 21 tỷ đồng"),
        ("Hỗ trợ hơn 2.700 hộ.", "Fewer than 2,700 households were helped.", "hơn 2.700 hộ"),
        ("Ít nhất 3 xã bị ngập.", "At most three communes were flooded.", "Ít nhất 3"),
        ("Ông trực tại giai đoạn 1.", "He is on duty in a phase.", "1"),
    ],
)
def test_a_wrong_rendering_fails(source: str, english: str, missed: str) -> None:
    assert missed in failed(source, english)


def test_the_modifier_is_in_the_expected_form() -> None:
    (check,) = check_facts("Huy động gần 21 tỷ đồng.", "It mobilized 21 billion VND.")
    assert (check.expected, check.rendered, check.ok) == ("nearly 21 billion VND", "21 billion", True)


@pytest.mark.parametrize(
    "source", ["Hàng trăm hộ nghèo.", "Vài chục người.", "Một số xã.", "Năm qua, mỗi năm một khác.", "Ba ơi, con về."]
)
def test_vague_amounts_are_not_checked(source: str) -> None:
    assert check_facts(source, "Nothing of the kind.") == ()


def test_the_same_amount_twice_may_be_said_once() -> None:
    assert failed("Thôn A có 5 hộ, thôn B có 5 hộ.", "Villages A and B each have five households.") == []


def test_an_invented_number_is_named() -> None:
    (finding,) = extra_facts("Tỉnh hỗ trợ nhiều hộ.", "The Province supported 350 households.")
    assert (finding.kind, finding.severity) == ("number", "error")
    assert "350" in finding.message


@given(st.integers(1, 10**12))
def test_grouped_digits_read_back(value: int) -> None:
    assert parse_literal(f"{value:,}".replace(",", "."))[0] == value


@given(st.integers(0, 10**6), st.integers(0, 99))
def test_decimals_read_back(whole: int, part: int) -> None:
    assert parse_literal(f"{whole},{part:02}")[0] == Fraction(100 * whole + part, 100)


@given(st.integers(10, 999))
def test_number_words_read_back(value: int) -> None:
    assert parse_words(spell(value)) == value


@given(st.integers(2, 10**15))
def test_the_english_that_we_write_is_the_english_that_we_read(value: int) -> None:
    (number,) = find_numbers(format_number(Fraction(value)))
    assert number.values == {value}


@given(st.integers(2, 10**9), st.integers(2, 10**9))
def test_only_the_same_value_answers(ours: int, theirs: int) -> None:
    source = f"Có {ours:,} hộ.".replace(",", ".")
    assert (failed(source, f"There are {theirs:,} households.") == []) == (ours == theirs)


def test_roman_numerals() -> None:
    assert [parse_roman(text) for text in ("IV", "IX", "XIII", "XIV")] == [4, 9, 13, 14]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("two hundred and five thousand", {205_000}),
        ("41 billion 951 million", {41_951_000_000}),
        ("half a million", {500_000}),
        ("a dozen", {12}),
        ("two-thirds", {Fraction(2, 3)}),
        ("the 21st", {21}),
    ],
)
def test_english_numbers(text: str, values: set[Fraction]) -> None:
    assert [number.values for number in find_numbers(text)] == [values]
