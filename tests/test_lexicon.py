"""How the lexicon of what answers a word is made from aligned pairs."""

import math
import sys
from pathlib import Path
from string import ascii_lowercase

import pytest

from vn_summarize.verification.coverage import parse_lexicon, stems

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
from lexicon import SEEN, SURE, Aligned, find_answers, join_syllables, make, weigh


def pair(source: str, target: str, *links: tuple[str, str]) -> Aligned:
    """Link words by their spelling."""
    one = Aligned(source, target, {})
    for vietnamese, english in links:
        at = source.index(vietnamese)
        one.links.setdefault(at, []).append(target.index(english))
        one.answers.setdefault(at, []).append(english)
    return one


POOR = pair("hộ nghèo", "poor households", ("hộ", "households"), ("nghèo", "poor"))
STABLE = pair("ổn định", "is stable", ("ổn", "stable"), ("định", "stable"), ("định", "is"))
NAMED = pair("ở Tân Ổn", "in Tân Ổn", ("Tân", "Tân"), ("Ổn", "Ổn"))


def test_syllables_that_one_english_word_answers_are_a_word() -> None:
    assert join_syllables([POOR, STABLE] * SEEN) == {"ổn định"}


def test_what_was_seen_too_seldom_is_no_word() -> None:
    assert join_syllables([STABLE] * (SEEN - 1)) == set()
    assert find_answers([POOR] * (SEEN - 1), set()) == {}


def test_answers_are_content_words_that_were_aligned_more_than_once() -> None:
    once = pair("hộ nghèo", "needy households", ("nghèo", "needy"))
    answers = find_answers([*[POOR, STABLE] * SEEN, once], {"ổn định"})
    assert set(answers["nghèo"].values()) == {"poor"}
    assert set(answers["ổn định"].values()) == {"stable"}


def test_names_have_no_answers() -> None:
    assert not find_answers([NAMED] * SEEN, set()).keys() & {"tân", "ổn"}


def test_the_weight_tells_how_seldom_a_good_pair_has_no_answer() -> None:
    other = pair("hộ nghèo", "needy households")
    answers = {"nghèo": dict.fromkeys(stems("poor"), "poor"), "hộ": dict.fromkeys(stems("households"), "households")}
    weights = weigh([*[POOR] * 7, other, other], set(), answers)
    assert weights["nghèo"] == pytest.approx(-math.log(1 - 7 / 10))
    assert weights["hộ"] == pytest.approx(-math.log(1 - 9 / 10))
    assert weigh([POOR] * 1000, set(), answers)["hộ"] == pytest.approx(-math.log(1 - SURE))


def test_a_word_of_several_syllables_is_kept_without_answers_where_they_are_unreliable() -> None:
    lost = pair("ổn định", "settled", ("ổn", "settled"), ("định", "settled"))
    others = [pair("ổn định", w, ("ổn", w), ("định", w)) for w in ascii_lowercase[: 2 * SEEN]]
    rows = parse_lexicon("\n".join(make([*others, lost, lost])))
    assert rows == {"ổn định": ""}
