import pytest
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.glossary.syllables import is_syllable
from vn_summarize.glossary.typos import one_letter_apart


@pytest.mark.parametrize(
    "word",
    [
        *("đồng", "bào", "nghĩ", "giếng", "gì", "quốc", "quyền", "khuỷu", "thuở", "ngoằn", "nghèo", "kiện"),
        *("xoong", "hươu", "rượu", "hòa", "quýt", "giặc", "yêu", "ếch", "ý", "huỳnh", "giêng", "ủy"),
    ],
)
def test_vietnamese_syllables_are_possible(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word", ["đồg", "ngiêp", "kòn", "ghà", "cê", "bềnn", "chug", "thâph", "nộị", "măt", "đăk", "glei", "", "ubnd"]
)
def test_other_strings_are_not(word: str) -> None:
    assert not is_syllable(word)


def test_a_final_stop_has_a_sharp_or_a_heavy_tone() -> None:
    assert is_syllable("mắt")
    assert is_syllable("mặt")
    assert not is_syllable("mằt")


@pytest.mark.parametrize(("a", "b"), [("đồg", "đồng"), ("đồnng", "đồng"), ("đồnh", "đồng"), ("đồgn", "đồng")])
def test_one_letter_apart(a: str, b: str) -> None:
    assert one_letter_apart(a, b)
    assert one_letter_apart(b, a)


@pytest.mark.parametrize(("a", "b"), [("đồng", "đồng"), ("đô", "đồng"), ("bào", "dân"), ("tỉnh", "tính đ")])
def test_not_one_letter_apart(a: str, b: str) -> None:
    assert not one_letter_apart(a, b)


@given(st.text("abcđê", min_size=1, max_size=8), st.integers(0, 7), st.sampled_from("xyz"))
def test_putting_a_new_letter_in_is_one_letter(word: str, at: int, letter: str) -> None:
    assert one_letter_apart(word[:at] + letter + word[at:], word)
