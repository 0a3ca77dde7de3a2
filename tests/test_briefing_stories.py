"""What makes two articles one story, and what keeps them apart."""

from itertools import product

import numpy as np
import pytest
from briefing_articles import plain_record
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.briefing.entries import parse_entry
from vn_summarize.briefing.similarity import SCALE, Weights, share_common, take_print
from vn_summarize.briefing.stories import fold_stories

FLOOD = (
    "Mưa lớn làm sập cầu tràn ở thôn Đăk Mút",
    "Trận mưa kéo dài suốt đêm làm nước suối dâng cao, cuốn trôi cầu tràn nối thôn với trung tâm.",
    "Học sinh phải nghỉ học hai buổi, dân quân giúp bà con chuyển lúa lên nhà rông.",
    "Chính quyền cho biết sẽ làm cầu tạm trong tuần này.",
)
FLOOD_OTHERWISE = (
    "Cầu tràn thôn Đăk Mút bị nước cuốn trôi",
    "Nước suối dâng cao sau trận mưa kéo dài suốt đêm đã cuốn trôi cầu tràn nối thôn Đăk Mút với trung tâm.",
    "Các em học sinh phải nghỉ học; dân quân giúp bà con chuyển lúa lên nhà rông tránh ngập.",
    "Theo chính quyền, cầu tạm sẽ được làm trong tuần này.",
)
HARVEST = (
    "Bà con thu hoạch mía sớm hơn mọi năm",
    "Nhà máy đường mở cổng từ đầu tháng, giá mua cao hơn vụ trước nên ai cũng vui.",
    "Xe chở mía xếp hàng dài từ chiều đến khuya trước cân của nhà máy.",
)


def entry(id, sentences, date="2022-06-08", days=(), places=()):
    places = [{"type": kind, "english": name, "sentences": [0]} for kind, name in places]
    return parse_entry(plain_record(id, sentences, date, days, places=places), f"{id}.md")


def folded(*entries):
    return sorted(sorted(e.id for e in story) for story in fold_stories(entries))


def test_other_words_about_one_event_come_together_and_another_event_does_not():
    assert folded(entry("a", FLOOD), entry("b", FLOOD_OTHERWISE), entry("c", HARVEST)) == [["a", "b"], ["c"]]


def test_a_copy_is_one_story_even_weeks_later_and_with_other_figures():
    copy = [text.replace("hai buổi", "3 buổi") for text in FLOOD]
    assert folded(entry("a", FLOOD), entry("b", copy, "2022-07-20")) == [["a", "b"]]


def test_other_words_come_together_within_a_few_days_only():
    assert folded(entry("a", FLOOD), entry("b", FLOOD_OTHERWISE, "2022-06-11")) == [["a", "b"]]
    assert folded(entry("a", FLOOD), entry("b", FLOOD_OTHERWISE, "2022-06-30")) == [["a"], ["b"]]


@pytest.mark.parametrize(
    ("ours", "theirs", "together"),
    [
        (["June 8"], ["June 9"], False),
        (["June 8"], ["June 9", "June 8"], True),
        (["June 8"], ["June"], True),
        (["June 8"], ["July"], False),
        (["June 8, 2022"], ["June 8"], True),
        (["June 8, 2022"], ["June 8, 2021"], False),
        (["June 8"], [], True),
    ],
)
def test_a_bulletin_of_another_day_is_another_story(ours, theirs, together):
    assert (len(folded(entry("a", FLOOD, days=ours), entry("b", FLOOD, days=theirs))) == 1) == together


@pytest.mark.parametrize(
    ("ours", "theirs", "together"),
    [
        ([("district", "A District")], [("district", "B District")], False),
        ([("district", "A District")], [("province", "P Province")], True),
        ([("commune", "X Commune"), ("district", "A District")], [("district", "A District")], True),
    ],
)
def test_the_same_words_about_another_place_are_another_story(ours, theirs, together):
    assert (len(folded(entry("a", FLOOD, places=ours), entry("b", FLOOD, places=theirs))) == 1) == together


def test_the_article_with_the_fewest_doubts_stands_first():
    doubt = {"number": 1, "severity": "error", "sentence": 1}
    doubtful = parse_entry(plain_record("a", FLOOD, "2022-06-08", findings=[doubt]), "a.md")
    ((first, second),) = fold_stories([doubtful, entry("b", FLOOD)])
    assert (first.id, second.id) == ("b", "a")


def test_the_estimate_is_near_the_true_share_of_shingles():
    words = [a + b for a in "bcdghklmnpqrstvx" for b in map("".join, product("aeiou", repeat=2))]
    a, b = take_print([" ".join(words[:300])]), take_print([" ".join(words[100:])])
    assert len(words) == 400
    assert share_common(a, b) == pytest.approx(198 / 398, abs=0.15)  # three standard errors
    assert share_common(a, a) == 1.0


TEXTS = st.lists(st.text(st.sampled_from("abc đê. 12"), max_size=60), min_size=1, max_size=4)


@given(st.lists(TEXTS, min_size=2, max_size=5))
def test_cosines_are_symmetric_and_sketches_stay_exact_in_single_precision(texts):
    prints = [take_print(sentences) for sentences in texts]
    weights = Weights()
    for print_ in prints:
        weights.add(print_)
    assert weights.compare(prints[0], prints[1]) == weights.compare(prints[1], prints[0]) <= 1.000001
    sketches = np.array([weights.sketch(print_) for print_ in prints])
    exact = sketches.astype(np.int64) @ sketches.astype(np.int64).T
    single = sketches.astype(np.float32) @ sketches.astype(np.float32).T
    assert (single == exact).all()
    assert exact.max() <= SCALE * SCALE
