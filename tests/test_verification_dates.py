"""Dates: day, month and year stand together in the English."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.verification.checks import check_facts, extra_facts
from vn_summarize.verification.dates import find_dates
from vn_summarize.verification.english_dates import MONTHS, find_mentions, find_times, find_years


def failed(source: str, english: str) -> list[str]:
    return [check.source for check in check_facts(source, english) if not check.ok]


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("Chiều 8/6, hội nghị khai mạc.", "On the afternoon of June 8, the conference opened."),
        ("Ngày 8/6/2021.", "June 8, 2021."),
        ("Ngày 08-6-2021.", "8 June 2021."),
        ("Ngày 8 tháng 6 năm 2021.", "Jun. 8, 2021."),
        ("Tháng 6/2021.", "In June 2021."),
        ("Sáng 29.5, đoàn kiểm tra.", "On the morning of May 29, the team inspected."),
        ("Đầu năm 2018.", "Early 2018."),
        ("Trong quý II/2022.", "In the second quarter of 2022."),
        ("Trong quý II/2022.", "In Q2 2022."),
        ("Từ ngày 5 đến 10/6.", "From June 5 to 10."),
        ("Lễ hội 5-10/6.", "The festival of June 5-10."),
        ("Giai đoạn 2021-2025.", "The 2021-2025 period."),
        ("Nhiệm kỳ 2020 - 2025.", "The 2020-25 term."),
        ("Tháng Ba, xã họp.", "In March, the Commune met."),
        ("Ngày 8 và 9/6/2021.", "June 8 and 9, 2021."),
        ("Vào tháng 1, 2 năm 2019.", "In January and February 2019."),
        ("Kiểm tra từ 25-3 đến 20-4-2016.", "Inspected from March 25 to April 20, 2016."),
        ("Kết quả từ 31.10-3.11.2016.", "Results from October 31 to November 3, 2016."),
        ("Hội chợ từ 1/6 đến 30/6.", "The fair from June 1 to June 30."),
        ("Cá chết trong hai ngày 8 - 9-5.", "Fish died in the two days of May 8 - 9."),
        ("Từ mùng 2 - 10 Tết, tàu về bến.", "From the second to the tenth day of Tết, ships came in."),
        ("Hội từ 11 đến hết 13 tháng Giêng.", "The festival is from the 11th to the 13th of the first lunar month."),
        ("Trong quí 1-2019, xe tăng.", "In the first quarter of 2019, vehicles increased."),
        ("Hội chính ngày 12 và 13 tháng Giêng.", "The festival is on the 12th and 13th days of the first lunar month."),
    ],
)
def test_a_right_date_passes(source: str, english: str) -> None:
    assert failed(source, english) == []
    assert any(check.kind == "date" for check in check_facts(source, english))
    assert extra_facts(source, english) == ()


@pytest.mark.parametrize(
    "source",
    ["Theo Thông tư liên tịch số 01/2015.", "Nghị định 06/2018 có hiệu lực.", "Lập quy hoạch phân khu 1/2000."],
)
def test_a_number_with_a_year_or_a_scale_is_no_date(source: str) -> None:
    assert find_dates(source) == ()


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("Chiều 8/6, hội nghị khai mạc.", "On the afternoon of August 6, the conference opened."),
        ("Chiều 8/6, hội nghị khai mạc.", "On the afternoon of 8/6, the conference opened."),
        ("Chiều 8/6, hội nghị khai mạc.", "In June, the conference opened."),
        ("Hội chính ngày 12 tháng Giêng.", "The festival is on the 12th of the second lunar month."),
        ("Hội chính ngày 12 tháng Giêng.", "The festival of the 12th of the series."),
        ("Kết quả từ 31.10-3.11.2016.", "Results from October 31, 2016."),
        ("Hội chợ từ 1/6 đến 30/6.", "The fair from June 1 to June 20."),
        ("Ngày 8/6/2021.", "June 8, 2020."),
        ("Trong quý II/2022.", "In the third quarter of 2022."),
        ("Giai đoạn 2021-2025.", "The 2021-2024 period."),
    ],
)
def test_a_wrong_date_fails(source: str, english: str) -> None:
    assert failed(source, english)


def test_a_fraction_is_no_date() -> None:
    assert find_dates("Có 4/5 chỉ tiêu đạt.") == ()


@pytest.mark.parametrize("source", ["Sáng nay, xã họp.", "Xã họp vào ngày tháng năm đã định."])
def test_what_names_no_day_is_not_checked(source: str) -> None:
    assert failed(source, "The Commune met.") == []


def test_so_many_months_are_no_month() -> None:
    assert failed("Tiêm phòng 6 tháng một lần.", "Vaccinated once every six months.") == []


def test_an_invented_date_is_named() -> None:
    (finding,) = extra_facts("Hội nghị diễn ra hôm qua.", "The conference took place on June 8.")
    assert (finding.kind, finding.severity) == ("date", "error")


def test_a_person_named_like_a_month_is_no_date() -> None:
    assert extra_facts("Chị Hơ Jan phát biểu.", "Ms. Hơ Jan spoke.") == ()


@given(st.dates(min_value=datetime.date(1950, 1, 1), max_value=datetime.date(2049, 12, 31)))
def test_every_full_date_is_found_and_answered(date: datetime.date) -> None:
    day, month, year = date.day, date.month, date.year
    (found,) = find_dates(f"Ngày {day}/{month}/{year}, xã họp.")
    assert (found.day, found.month, found.year) == (day, month, year)
    assert found.expected == f"{MONTHS[month - 1]} {day}, {year}"
    assert failed(f"Ngày {day}/{month}/{year}, xã họp.", f"On {found.expected}, the Commune met.") == []


def test_english_mentions() -> None:
    assert [(m.day, m.month, m.year) for m in find_mentions("the 8th and 9th of June 2021")] == [
        (8, 6, 2021),
        (9, 6, 2021),
    ]
    assert find_mentions("On December 7, the 9th session opened.")[-1].day == 7
    assert set(find_years("2010-15 and the 1990s")) == {2010, 2015, 1990}


def test_english_times() -> None:
    assert [(t.hours, t.minute) for t in find_times("5:30 p.m., 17:45 and noon")] == [
        ((17,), 30),
        ((17,), 45),
        ((12,), 0),
    ]
