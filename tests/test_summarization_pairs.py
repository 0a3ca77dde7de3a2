import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.summarization.pairs import Pair, cut, shorten, squeeze


def short(english: str, vietnamese: str, follows: bool = False) -> Pair:
    return shorten(Pair(english, vietnamese), follows, lambda _: False, len)


@pytest.mark.parametrize(
    ("english", "vietnamese", "expected"),
    [
        (
            "At the same time, the town planted trees.",
            "Đồng thời, thị trấn trồng cây.",
            Pair("The town planted trees.", "Thị trấn trồng cây."),
        ),
        (
            "According to the report at the conference, the rate fell to 4%.",
            "Theo báo cáo tại hội nghị, tỷ lệ giảm còn 4%.",
            Pair("The rate fell to 4%.", "Tỷ lệ giảm còn 4%."),
        ),
        (
            "The district has built 40 solid houses, contributing to poverty reduction.",
            "Huyện đã xây 40 căn nhà kiên cố, góp phần giảm nghèo.",
            Pair("The district has built 40 solid houses.", "Huyện đã xây 40 căn nhà kiên cố."),
        ),
        (
            "Among them, two models did well.",
            "Trong đó, hai mô hình tốt.",
            Pair("Two models did well.", "Hai mô hình tốt."),
        ),
        (
            "The village (near the river) has 40 houses.",
            "Thôn (gần sông) có 40 căn nhà.",
            Pair("The village has 40 houses.", "Thôn có 40 căn nhà."),
        ),
        (
            "The Union (FU) has 40 members.",
            "Hội (HND) có 40 người.",
            Pair("The Union has 40 members.", "Hội (HND) có 40 người."),
        ),
        ("The village is clean.", "Thôn sạch đẹp./.", Pair("The village is clean.", "Thôn sạch đẹp.")),
    ],
)
def test_what_every_summary_can_do_without_goes_on_both_sides(english: str, vietnamese: str, expected: Pair) -> None:
    assert short(english, vietnamese) == expected


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("According to the report, the rate fell to 4%.", "Tỷ lệ giảm còn 4%."),  # only one side has it
        ("According to Mr. Bền, the rate fell to 4%.", "Theo ông Bền, tỷ lệ giảm còn 4%."),  # a person answers for it
        ("According to the 2021 report, the rate fell.", "Theo báo cáo năm 2021, tỷ lệ giảm."),  # a figure is in it
        (
            "The district has built 40 solid houses, contributing to cutting 2% of poverty.",
            "Huyện đã xây 40 căn nhà kiên cố, góp phần giảm 2% hộ nghèo.",
        ),
        (
            "The district has built 40 solid houses, helping Mường Sa escape poverty.",
            "Huyện đã xây 40 căn nhà kiên cố, giúp Mường Sa thoát nghèo.",
        ),
        (
            "The district has built 40 solid houses, contributing to growth but not to income.",
            "Huyện đã xây 40 căn nhà kiên cố, góp phần tăng trưởng nhưng chưa tăng thu nhập.",
        ),
    ],
)
def test_what_may_carry_a_fact_stays_on_both_sides(english: str, vietnamese: str) -> None:
    assert short(english, vietnamese) == Pair(english, vietnamese)


def test_pieces_behind_a_semicolon_go_together() -> None:
    pair = Pair("The district built 40 houses; it planted 900 trees.", "Huyện xây 40 căn nhà; trồng 900 cây.")
    assert cut(pair, 5) == Pair("The district built 40 houses.", "Huyện xây 40 căn nhà.")
    assert cut(pair, 50) == pair


texts = st.lists(
    st.sampled_from(
        re.findall(
            r"\S+",
            "Theo báo cáo tại hội nghị, Đồng thời, góp phần 40 nhà; (HND) According to the report, has built"
            ' 17.5% contributing to reduction, thereby helping "For all" . but In addition, Trong đó, Among them,',
        )
    ),
    max_size=25,
).map(" ".join)


@given(texts, texts, st.booleans(), st.integers(1, 30))
def test_both_sides_only_lose_words_and_keep_their_figures(
    english: str, source: str, follows: bool, limit: int
) -> None:
    before = Pair(english, source)
    after = shorten(before, follows, lambda _: False, len)
    for short, long in ((after.english, english), (after.vietnamese, source), (cut(after, limit).english, english)):
        left = iter(re.findall(r"\w+", long.casefold()))
        assert all(word in left for word in re.findall(r"\w+", short.casefold()))
    assert re.findall(r"\d+", after.vietnamese) == re.findall(r"\d+", source)


# Squeezing

LONG = Pair(
    "On the morning of May 12, the district gave 350 households 17 billion VND; the plan was met.",
    "Sáng 12/5, huyện trao 17 tỷ đồng cho 350 hộ; kế hoạch được hoàn thành.",
)
RELATIVE = Pair("The commune opened a new school, which pupils of three villages attend.", "Xã mở trường mới.")


def test_squeezing_stops_at_the_length_asked_for():
    assert squeeze([LONG, RELATIVE], 100) == [LONG, RELATIVE]


def test_squeezing_takes_off_the_part_of_the_day_the_last_piece_and_relative_clauses_of_the_longest_sentences_first():
    first, second = squeeze([LONG, RELATIVE], 10)
    assert first == Pair(
        "On May 12, the district gave 350 households 17 billion VND.", "Ngày 12/5, huyện trao 17 tỷ đồng cho 350 hộ."
    )
    assert second.english == "The commune opened a new school."
    partly = squeeze([LONG, RELATIVE], 26)
    assert partly[0].english.startswith("On May 12,")
    assert partly[1] == RELATIVE


@pytest.mark.parametrize(
    "english",
    [
        "The district helped poor households, including 35 of Hà Lâm and 42 of Hà Sơn.",
        "The commune reached its goals, which were not met last year.",
        'Officials launched the movement "Clean houses, with flowers".',
    ],
)
def test_squeezing_leaves_the_last_two_figures_denials_and_names_of_movements(english):
    pair = Pair(english, "…")
    assert squeeze([pair], 1) == [pair]
