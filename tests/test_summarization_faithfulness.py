import csv
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.document import Article, Document, Sentence, TranslatedDocument, TranslatedSentence
from vn_summarize.summarization.faithfulness import Gate

EXAMPLES = Path(__file__).parents[1] / "evaluation" / "faithfulness.tsv"
FIRST = range(1, 26)  # the articles that the gate was made with; it saw the rest only when it was done


def build(*pairs):
    sentences = tuple(
        TranslatedSentence(Sentence(i, i, vietnamese, vietnamese), english)
        for i, (vietnamese, english) in enumerate(pairs)
    )
    return TranslatedDocument(Document(Article("a", "a.txt", "", ()), tuple(s.source for s in sentences)), sentences)


def read_examples():
    """Give each article's (Vietnamese, English) sentences and its (kind, summary sentence)."""
    articles = defaultdict(lambda: ([], []))
    with EXAMPLES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            sources, summaries = articles[int(row["article"])]
            if row["kind"] == "source":
                sources.append((row["vietnamese"], row["english"]))
            else:
                summaries.append((row["kind"], row["english"]))
    return articles


ARTICLES = read_examples()
GATES = {number: Gate(build(*sources)) for number, (sources, _) in ARTICLES.items()}


def judged(numbers):
    """Give (kind, passes) of the articles' summary sentences."""
    return [(kind, GATES[number].judge(text).faithful) for number in numbers for kind, text in ARTICLES[number][1]]


def test_of_100_corrupted_sentences_at_least_95_are_caught():
    corrupted = [passes for kind, passes in judged(FIRST) if kind != "faithful"]
    assert len(corrupted) == 100
    assert corrupted.count(False) >= 95


def test_of_100_faithful_sentences_at_most_10_are_rejected():
    faithful = [passes for kind, passes in judged(FIRST) if kind == "faithful"]
    assert len(faithful) == 100
    assert faithful.count(False) <= 10


@pytest.mark.parametrize("kind", ["figure", "name", "negation", "place", "date"])
def test_each_kind_of_corruption_is_caught(kind):
    passes = [passes for other, passes in judged(FIRST) if other == kind]
    assert len(passes) >= 15
    assert passes.count(False) >= 0.9 * len(passes)


def test_articles_that_the_gate_was_not_made_with_come_out_alike():
    results = judged(number for number in ARTICLES if number not in FIRST)
    faithful = [passes for kind, passes in results if kind == "faithful"]
    corrupted = [passes for kind, passes in results if kind != "faithful"]
    assert corrupted.count(False) >= 0.95 * len(corrupted)
    assert faithful.count(False) <= 0.1 * len(faithful)


def test_translated_sentence_passes_as_it_stands():
    for number, (sources, _) in ARTICLES.items():
        for index, (_, english) in enumerate(sources):
            verdict = GATES[number].judge(english)
            assert verdict.faithful, verdict
            assert index in verdict.support


def test_sentence_of_another_article_has_no_support():
    for number, gate in GATES.items():
        others = [english for other, (sources, _) in ARTICLES.items() if other != number for _, english in sources]
        assert not any(gate.judge(english).faithful for english in others)


NEWS = build(
    (
        "Huyện Đăk Sờ hỗ trợ gần 350 hộ nghèo làm nhà với 17,5 tỷ đồng.",
        "Đăk Sờ District helped nearly 350 poor households build houses with 17.5 billion VND.",
    ),
    (
        "Tỷ lệ hộ nghèo giảm từ 12% xuống 9%.",
        "The poverty rate fell from 12% to 9%.",
    ),
    (
        "Ông Lê Văn Tám, Phó Chủ tịch UBND huyện, nói không thiếu vốn.",
        "Mr. Lê Văn Tám, Vice Chairman of the District People's Committee, said that there is no lack of capital.",
    ),
)


@pytest.mark.parametrize(
    "text",
    [
        "Nearly 350 poor households were helped to build houses.",
        "The poverty rate fell to 9%.",
        "Vice Chairman Lê Văn Tám said there is no lack of capital.",
        "The district spent 17.5 billion VND to help poor households build houses.",
    ],
)
def test_paraphrase_passes(text):
    assert Gate(NEWS).judge(text).doubts == ()


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("More than 350 poor households were helped to build houses.", "not more"),
        ("Nearly 350 schools were helped to build houses.", "counts something else"),
        ("Nearly 350 poor households built houses with 17.5 billion USD.", "another unit"),
        ("The poverty rate fell to 12%.", "another step"),
        ("The poverty rate rose to 9%.", "goes up"),
        ("Chairman Lê Văn Tám said there is no lack of capital.", "another office"),
        ("Đăk Sờ Commune helped nearly 350 poor households build houses.", "another level"),
        ("Nearly 350 poor households of Đăk Lây were helped to build houses.", "is not in"),
        ("The poverty rate did not fall to 9%.", "denies what its source says"),
        ("Farmers harvested coffee early this season.", "no sentence of the article"),
    ],
)
def test_doubt_says_what_is_wrong(text, doubt):
    assert any(doubt in found for found in Gate(NEWS).judge(text).doubts)


def test_negation_that_the_translation_lost_is_not_told():
    news = build(("Xã chưa có trạm y tế mới.", "The commune has a new health station."))
    assert Gate(news).judge("The commune has a new health station.").doubts


def test_number_that_the_translation_got_wrong_is_not_told():
    news = build(("Xã có 14 hộ nghèo.", "The commune has 41 poor households."))
    assert Gate(news).judge("There are 41 poor households in the commune.").doubts


def test_verdict_names_the_sentences_that_support_it():
    assert Gate(NEWS).judge("The poverty rate fell to 9%.").support == (1,)


def test_empty_article_supports_nothing():
    assert not Gate(build()).judge("The poverty rate fell to 9%.").faithful


@given(st.text(max_size=80))
def test_any_text_is_judged(text):
    gate = Gate(NEWS)
    assert gate.judge(text) == gate.judge(text)
