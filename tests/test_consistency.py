"""Two sentences that differ are not to read the same."""

import pytest

from vn_summarize.consistency import check_successors
from vn_summarize.document import Finding, Sentence, TranslatedSentence


def pair(source: str, english: str, index: int) -> TranslatedSentence:
    return TranslatedSentence(Sentence(index, 0, source, source), english)


def test_the_english_of_the_sentence_before_is_a_finding() -> None:
    sentences = (
        pair("Xã có 9 thôn.", "The commune has 9 villages.", 0),
        pair("Xã có chín làng và một chợ.", "The Commune has 9 villages", 1),
    )
    assert check_successors(sentences) == (
        Finding("repetition", "warning", "the English is that of sentence 0, whose Vietnamese differs", 1),
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("Xã có 9 thôn.", "The commune has 9 villages."), ("Xã có 8 thôn.", "The commune has 8 villages.")),
        (("Xã có 9 thôn.", "The commune has 9 villages."), ("XÃ CÓ 9 THÔN", "The commune has 9 villages.")),
        (("Xin cảm ơn!", "Thank you!"), ("Trân trọng cảm ơn!", "Thank you!")),
        (("Xin chào.", ""), ("Chào bà con.", "")),
    ],
)
def test_other_pairs_are_none(first: tuple[str, str], second: tuple[str, str]) -> None:
    assert check_successors((pair(*first, 0), pair(*second, 1))) == ()


def test_only_neighbours_count() -> None:
    same = "The commune has 9 villages."
    sentences = (
        pair("Xã có 9 thôn.", same, 0),
        pair("Bà con vui.", "People are happy.", 1),
        pair("Xã 9 làng.", same, 2),
    )
    assert check_successors(sentences) == ()
