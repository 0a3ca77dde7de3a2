"""Stretches of the source that nothing in the English answers."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.cleaning import fold
from vn_summarize.verification.coverage import (
    DOUBTFUL,
    Loss,
    Word,
    check_coverage,
    find_losses,
    find_words,
    parse_lexicon,
    split_words,
    stems,
    unanswered,
)

LEXICON = parse_lexicon(
    "# head\nđối\nbị\t1.0 suffered\nxử phạt\t4.0 fined punished\ntiền\t2.5 money cash\nphạt\t3.0 fine\n"
)


@pytest.mark.parametrize(
    ("source", "english", "lost"),
    [
        (
            "Huyện đã mở 12 lớp dạy nghề, giúp người dân ổn định cuộc sống và phát triển sản xuất.",
            "The district has opened 12 vocational training classes.",
            "ổn định cuộc sống và phát triển sản xuất",
        ),
        (
            "Doanh nghiệp bị xử phạt nhiều lần nhưng chưa khắc phục tình trạng ô nhiễm môi trường.",
            "The enterprise has been fined many times.",
            "khắc phục tình trạng ô nhiễm môi trường",
        ),
    ],
)
def test_a_clause_that_was_left_out_is_a_warning(source: str, english: str, lost: str) -> None:
    (finding,) = check_coverage(find_losses(source, english))
    assert (finding.kind, finding.severity) == ("omission", "warning")
    assert lost in finding.message


@pytest.mark.parametrize(
    ("source", "english"),
    [
        (
            "Huyện đã mở 12 lớp dạy nghề, giúp người dân ổn định cuộc sống và phát triển sản xuất.",
            "The district has opened 12 vocational classes, which helped people to settle down and develop production.",
        ),
        ("Ngày 8 tháng 6 năm 2021, Sở Y tế họp.", "The Department of Health met on June 8, 2021."),
        ("Ông Hoàng Văn Sinh và bà Lê Thị Mới vắng mặt.", "Two of them were absent."),  # what is lost are names
        ("", ""),
    ],
)
def test_what_is_said_in_other_words_is_none(source: str, english: str) -> None:
    assert not list(check_coverage(find_losses(source, english)))


def test_what_is_known_to_be_answered_is_not_lost() -> None:
    source = "Xã hỗ trợ hộ nghèo phát triển sản xuất."
    lost = find_losses(source, "The commune cares.")
    assert lost
    assert find_losses(source, "The commune cares.", [(0, len(source))]) == ()


def test_an_answered_word_ends_a_stretch() -> None:
    words = [Word(i, i + 1, 2.0, stems(english)) for i, english in enumerate(("one", "two", "three", "four"))]
    stretches = list(unanswered(words, "The two are here."))
    assert [[word.start for word in stretch] for stretch in stretches] == [[0], [2, 3]]


def test_only_a_heavy_stretch_is_reported() -> None:
    light, heavy = Loss("nhẹ", DOUBTFUL - 0.1), Loss("nặng", DOUBTFUL)
    assert [f.message for f in check_coverage([light, heavy])] == ['nothing answers "nặng"']


def test_the_longest_word_counts_and_names_do_not() -> None:
    source = "Xử phạt bị tiền Phạt đối"
    assert [source[w.start : w.end] for w in find_words(source, LEXICON)] == ["Xử phạt", "bị", "tiền"]


def test_the_old_tone_placement_and_capitals_find_the_word() -> None:
    lexicon = parse_lexicon("hòa giải\t3.0 mediation\n")
    assert [w.weight for w in find_words("Hoà giải", lexicon)] == [3.0]


def test_inflection_is_no_difference() -> None:
    assert stems("Households were fined") & stems("household fine") == stems("household fine")


@given(st.text(alphabet="aăbđ ,.-/1ồ\n", max_size=60))
def test_the_words_are_the_tokens_in_order(source: str) -> None:
    spans = list(split_words(source, {"ă b", "a ă b"}))
    assert spans == sorted(spans)
    assert all(source[start:end].strip() for start, end in spans)
    left = "".join(source[start:end] for start, end in spans)
    assert "".join(left.split()) == "".join(source.split())


def test_each_row_of_the_shipped_lexicon_is_whole() -> None:
    lexicon = parse_lexicon(files("vn_summarize").joinpath("data", "lexicon.tsv").read_text("utf-8"))
    rows = [rest.partition(" ") for rest in lexicon.values() if rest]
    assert len(rows) > 10_000
    assert all(0.9 <= float(weight) <= 5.3 and stems(answers) for weight, _, answers in rows)
    assert all(word == fold(word) for word in lexicon)
