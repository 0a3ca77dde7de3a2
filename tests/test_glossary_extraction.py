"""Candidate terms: which phrases, quotations and short forms of a collection are offered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.glossary.extraction import CONTEXTS, LONGEST, Candidate, Extraction


def extract(*articles: str, least: int = 3, limit: int = 10_000) -> dict[str, Candidate]:
    """Each article is one text; its lines are its sentences."""
    extraction = Extraction(limit)
    for article in articles:
        extraction.add(article.split("\n"))
    return {candidate.source: candidate for candidate in extraction.candidates(least)}


GROVES = (
    "Xã giao khoán rừng cho 12 hộ.\nCác hộ nhận giao khoán rừng đều vui.",
    "Việc giao khoán rừng được làm sớm.",
    "Năm nay huyện có giao khoán rừng, chăm sóc cà phê vối.",
)


def test_a_repeated_phrase_is_offered_with_counts_and_contexts():
    phrase = extract(*GROVES)["giao khoán rừng"]
    assert (phrase.kind, phrase.count, phrase.articles) == ("phrase", 4, 3)
    assert phrase.contexts[0] == "Các hộ nhận giao khoán rừng đều vui."
    assert len(phrase.contexts) <= CONTEXTS


def test_a_phrase_that_only_stands_inside_a_longer_one_is_not_offered():
    found = extract(*GROVES)
    assert "khoán rừng" not in found
    assert "giao khoán" not in found


def test_a_phrase_that_also_stands_alone_is_offered_beside_the_longer_one():
    found = extract(*["Giá của cà phê vối tăng, cà phê của xã ngon, cà phê vối của làng."] * 3)
    assert (found["cà phê vối"].count, found["cà phê"].count) == (6, 9)


def test_stop_syllables_signs_and_figures_end_a_phrase():
    found = extract(*["Bà con trồng sầu riêng và mít, chuối; nuôi 30 con dê."] * 4)
    assert not [source for source in found if " và " in source or "," in source or "30" in source]


def test_names_alone_are_not_offered_and_none_is_cut_in_two():
    found = extract(*["Già làng A Brol Vẻ kể chuyện ở xã Đăk Rơ Nga."] * 4)
    assert "A Brol Vẻ" not in found
    assert not [source for source in found if source.endswith("Đăk Rơ") or source.endswith("A Brol")]


def test_a_sentence_s_capital_does_not_stay():
    found = extract("Mô hình trồng dứa tốt.", "Xã nhân rộng mô hình trồng dứa.", "Có mô hình trồng dứa ở đây.")
    assert "mô hình trồng dứa" in found


def test_a_campaign_s_name_in_quotes_needs_to_stand_once_only():
    campaign = extract("Xã phát động phong trào “Mỗi nhà một vườn rau sạch” trong quý này.")[
        "Mỗi nhà một vườn rau sạch"
    ]
    assert (campaign.kind, campaign.count) == ("campaign", 1)


def test_another_quotation_must_stand_in_two_articles_and_begin_with_a_capital():
    twice = ["Bài thơ “Dòng suối đầu nguồn” được đọc.", "Họ chép “Dòng suối đầu nguồn” lại.", "Một “điểm nóng”."]
    found = extract(*twice, *twice[2:])
    assert found["Dòng suối đầu nguồn"].kind == "quoted"
    assert "điểm nóng" not in found
    assert "Dòng suối đầu nguồn" not in extract(twice[0])


def test_speech_is_no_quotation():
    found = extract(*["Ông nói: “Năm nay được mùa. Ai cũng vui”."] * 3)
    assert not [c for c in found.values() if c.kind == "quoted"]


def test_a_defined_short_form_becomes_the_alias_of_its_long_form():
    found = extract("Tổ hợp tác nuôi ong (THTNO) có 9 người.\nTHTNO bán 40 lít mật.", "THTNO họp.")
    candidate = found["Tổ hợp tác nuôi ong"]
    assert (candidate.kind, candidate.aliases) == ("abbreviation", ("THTNO",))
    assert (candidate.count, candidate.articles) == (3, 2)


def test_the_surest_kinds_come_first_then_the_higher_score():
    text = "Tổ hợp tác nuôi ong (THTNO) mở hội thi “Mật ngọt đầu mùa”."
    kinds = [c.kind for c in extract(text, *GROVES).values()]
    assert kinds == sorted(kinds, key=["abbreviation", "campaign", "quoted", "phrase"].index)


def test_memory_stays_flat_and_the_loss_is_told():
    extraction = Extraction(limit=50)
    for number in range(200):
        extraction.add(
            ["Tổ nuôi ong rừng họp bàn.", f"Chuyện {'abcdefghij'[number % 10]}{'klmno'[number % 5]} khác hẳn."]
        )
        assert len(extraction._phrases.entries) <= 50
    (best,) = [c for c in extraction.candidates() if c.source.casefold() == "tổ nuôi ong rừng họp bàn"]
    assert 200 - extraction.missed <= best.count <= 200


SYLLABLES = st.sampled_from(["rừng", "Rừng", "khoán", "và", "ong", "7", ",", "Đăk", "“", "”", "HTX", "-"])


@given(st.lists(st.lists(SYLLABLES, max_size=25).map(" ".join), max_size=12))
def test_what_is_offered_stands_in_the_text_as_often_as_is_said(texts):
    extraction = Extraction()
    for text in texts:
        extraction.add([text])
    for candidate in extraction.candidates(least=2):
        if candidate.kind == "phrase":
            assert candidate.count >= 2
            assert 2 <= len(candidate.source.replace("-", " ").split()) <= LONGEST
            assert all(context in texts for context in candidate.contexts)
            assert any(candidate.source in text for text in texts)


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_the_articles_does_not_change_the_counts(order):
    found = extract(*GROVES[::order])
    assert {source: (c.count, c.articles, c.score) for source, c in found.items()} == {
        source: (c.count, c.articles, c.score) for source, c in extract(*GROVES).items()
    }
