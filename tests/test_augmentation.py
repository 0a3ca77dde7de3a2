"""Changes to training pairs: both sides change alike, or not at all."""

import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
from augmentation import Varier, copied_names, restore_names

MEETING = (
    "Chiều 8/6, bà Lê Thị Mai thăm 2.700 hộ ở xã Đăk Tờ Kan.",
    "On the afternoon of June 8, Ms. Lê Thị Mai visited 2,700 households in Đăk Tờ Kan Commune.",
)
HARVEST = ("Ông Trần Văn Lộc trồng cà phê ở Sa Thầy.", "Mr. Trần Văn Lộc grows coffee in Sa Thầy.")


@pytest.fixture
def varier() -> Varier:
    return Varier([MEETING, HARVEST], random.Random(1))


def test_names_are_runs_of_capitals_that_stand_on_both_sides() -> None:
    assert copied_names(*MEETING) == ["Lê Thị Mai", "Đăk Tờ Kan"]
    assert copied_names("Ông Lê Thị Mai nói.", "Ms. Le Thi Mai spoke.") == []


@pytest.mark.parametrize(
    ("source", "target", "restored"),
    [
        ("Ông Trần Văn Lộc ở Sa Thầy.", "Mr. Tran Van Loc is in Sa Thay.", "Mr. Trần Văn Lộc is in Sa Thầy."),
        ("Hà Nội, TP Hồ Chí Minh, Đà Nẵng", "Ha Noi, Ho Chi Minh City, Da Nang", "Ha Noi, Ho Chi Minh City, Da Nang"),
        ("Ở Hồng Kông, chị Lê Hoa", "In Hong Kong Ms. Le Hoa", "In Hong Kong Ms. Lê Hoa"),
        ("tỉnh Thừa Thiên - Huế", "Thừa Thiên - Hue Province", "Thừa Thiên - Huế Province"),
        ("Bà Lê Hoa", "Mrs. Le Hoang", "Mrs. Le Hoang"),
    ],
)
def test_names_get_back_their_diacritics_but_for_those_of_english(source: str, target: str, restored: str) -> None:
    assert restore_names(source, target) == restored


def test_a_number_changes_on_both_sides(varier: Varier) -> None:
    source, target = varier.digits(*MEETING)
    assert source != MEETING[0]
    changed = source.removeprefix("Chiều 8/6, bà Lê Thị Mai thăm ").split(" ")[0]
    assert changed.replace(".", ",") in target


def test_a_name_changes_on_both_sides(varier: Varier) -> None:
    names = {"Lê Thị Mai", "Đăk Tờ Kan", "Trần Văn Lộc", "Sa Thầy"}
    swapped = {tuple(side.replace(old, new) for side in MEETING) for old in copied_names(*MEETING) for new in names}
    for _ in range(20):
        source, target = varier.name(*MEETING)
        assert set(copied_names(source, target)) <= names
        assert copied_names(source, target)
        assert (source, target) in swapped


def test_a_second_sentence_follows_on_both_sides(varier: Varier) -> None:
    source, target = varier.join(*HARVEST)
    assert source.removeprefix(HARVEST[0] + " ") in {MEETING[0], HARVEST[0]}
    assert target.removeprefix(HARVEST[1] + " ") in {MEETING[1], HARVEST[1]}
    assert varier.join("Tin vắn", "News in brief") == ("Tin vắn", "News in brief")


def test_a_typing_error_leaves_the_english_alone(varier: Varier) -> None:
    source, target = varier.typo(*HARVEST)
    assert (len(source), target) == (len(HARVEST[0]) - 1, HARVEST[1])
