"""Dates of a record: what they name, and the year that they lack."""

import pytest
from briefing_articles import plain_record
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.briefing.entries import parse_entry
from vn_summarize.briefing.grouping import week_of
from vn_summarize.briefing.passages import find_days, iso_date, resolve
from vn_summarize.briefing.timeline import list_events


@pytest.mark.parametrize(
    ("day", "near", "date"),
    [
        ((0, 6, 8), "2022-06-09", "2022-06-08"),
        ((0, 12, 30), "2023-01-02", "2022-12-30"),
        ((0, 1, 3), "2022-12-30", "2023-01-03"),
        ((2021, 6, 8), "2022-06-09", "2021-06-08"),
        ((0, 6, 8), "", "--06-08"),
        ((0, 6, 0), "2022-06-09", ""),
        ((0, 2, 29), "2023-02-28", "2024-02-29"),
        ((2023, 2, 29), "", ""),
        ((0, 2, 30), "2022-06-09", ""),
    ],
)
def test_a_day_gets_the_year_that_is_nearest(day, near, date):
    assert resolve(day, near) == date


@given(st.dates(), st.dates())
def test_a_day_with_its_year_is_itself(day, near):
    assert resolve((day.year, day.month, day.day), near.isoformat()) == day.isoformat()


def test_days_are_read_from_the_checks():
    days = ["June 8, 2021", "June 8", "June 2022", "June", "late 2022", "the first quarter", "May 31"]
    record = plain_record("a", ["Một câu."], days=days)
    expected = [(2021, 6, 8), (0, 6, 8), (2022, 6, 0), (0, 6, 0), (0, 5, 31)]
    assert list(find_days(record["sentences"][0])) == expected


@pytest.mark.parametrize(
    ("text", "date"),
    [("2022-06-08", "2022-06-08"), ("2022-06-08T07:00:00+07:00", "2022-06-08"), ("2022", ""), ("", "")],
)
def test_an_article_s_date(text, date):
    assert iso_date(text) == date


@pytest.mark.parametrize(
    ("days", "date"),
    [
        (["June 8, 2022"], "2022-06-08"),
        (["June 8, 2022", "June 10, 2022"], "2022-06-08"),
        (["June 8, 2022", "May 15, 2016"], ""),  # a law's, perhaps
        (["June 8"], ""),
    ],
)
def test_an_article_without_a_date_has_one_of_its_text_only_where_it_is_plain(days, date):
    entry = parse_entry(plain_record("a", ["Một câu."], days=days), "a.md")
    assert (entry.date, entry.dated) == (date, "text" if date else "")


def test_the_timeline_has_each_day_once_and_an_article_that_names_none_by_its_own_date():
    record = plain_record("a", ["Một câu."], "2022-06-09", days=["June 8", "June 8, 2022", "June 10"])
    events = list(list_events(record, "a.md", 3, "2022-06-09"))
    assert [(e.date, e.kind, e.story) for e in events] == [("2022-06-08", "stated", 3), ("2022-06-10", "stated", 3)]
    (event,) = list_events(plain_record("b", ["Một câu."]), "b.md", 1, "2022-06-09")
    assert (event.date, event.kind) == ("2022-06-09", "published")


@given(st.dates())
def test_a_week_begins_on_monday(day):
    monday = week_of(day.isoformat())
    assert monday <= day.isoformat()
    assert week_of(monday) == monday
