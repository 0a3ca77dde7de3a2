from collections.abc import Callable, Sequence

import pytest

from vn_summarize.backends import DEFAULT_DECODING, Decoding, Translation
from vn_summarize.document import Abbreviation, Article, Document, Sentence
from vn_summarize.drafts import translate_texts
from vn_summarize.errors import GenerationError
from vn_summarize.glossary.terms import Term, TermBase
from vn_summarize.translation import prepare, translate_documents

NONE = TermBase(())


class Scripted:
    """Answers from a function of the text and the decoding; remembers what it was asked."""

    fingerprint = "scripted"
    unsure_below = -0.5

    def __init__(self, answer: Callable[[str, Decoding], str], limit: int = 200, knows_terms: bool = False) -> None:
        self.answer, self.limit, self.knows_terms = answer, limit, knows_terms
        self.asked: list[str] = []

    def fits(self, text: str) -> bool:
        return len(text) <= self.limit

    def translate(self, texts: Sequence[str], decoding: Decoding = DEFAULT_DECODING) -> list[Translation]:
        self.asked += texts
        assert all(self.fits(t) for t in texts)
        return [Translation(self.answer(t, decoding), -0.3) for t in texts]


def document(*texts: str, abbreviations: tuple[Abbreviation, ...] = (), body: str = "") -> Document:
    article = Article("a", "a.txt", "", (body or " ".join(texts),))
    sentences = tuple(Sentence(i, 0, t, t) for i, t in enumerate(texts))
    return Document(article, sentences, abbreviations)


def only(answers: dict[str, str]) -> Callable[[str, Decoding], str]:
    return lambda text, _: answers[text]


def test_a_good_translation_is_kept_as_it_is() -> None:
    translator = Scripted(only({"Xã có 2.700 hộ nghèo.": "The commune has 2,700 poor households."}))
    (done,) = translate_documents([document("Xã có 2.700 hộ nghèo.")], translator, NONE)
    assert [s.text for s in done.sentences] == ["The commune has 2,700 poor households."]
    assert done.sentences[0].how == "plain"
    assert done.findings == ()
    assert translator.asked == ["Xã có 2.700 hộ nghèo."]


def test_how_the_article_writes_thousands_tells_what_a_comma_means() -> None:
    def answer(text: str, decoding: Decoding) -> str:
        return f"There were {'7.261' if decoding.beam > 2 else '7,261'} m3 of wood."

    wood = "Có 7,261 m3 gỗ."
    (done,) = translate_documents([document(wood, body=f"{wood} Xã có 2.700 hộ.")], Scripted(answer), NONE)
    assert [(s.text, s.how) for s in done.sentences] == [("There were 7.261 m3 of wood.", "beam")]
    assert done.findings == ()
    (done,) = translate_documents([document(wood)], Scripted(answer), NONE)
    assert done.sentences[0].text == "There were 7,261 m3 of wood."
    assert [(f.kind, f.severity) for f in done.findings] == [("number", "warning")]


def test_a_wrong_number_is_asked_for_again_and_the_better_answer_taken() -> None:
    def answer(text: str, decoding: Decoding) -> str:
        return f"The commune has {'2,700' if decoding.beam > 2 else '2,007'} poor households."

    (done,) = translate_documents([document("Xã có 2.700 hộ nghèo.")], Scripted(answer), NONE)
    assert done.sentences[0].text == "The commune has 2,700 poor households."
    assert done.sentences[0].how == "beam"
    assert done.findings == ()


def test_a_sentence_whose_score_is_low_is_reported() -> None:
    class Unsure(Scripted):
        unsure_below = -0.2

    for scripted, kinds in ((Scripted, []), (Unsure, [("unsure", "warning", 0)])):
        translator = scripted(lambda *_: "The commune met today.")
        (done,) = translate_documents([document("Hôm nay xã họp.")], translator, NONE)
        assert [(f.kind, f.severity, f.sentence) for f in done.findings] == kinds


def test_a_number_that_stays_wrong_is_an_error_on_its_sentence() -> None:
    translator = Scripted(lambda *_: "The commune has many poor households now.")
    (done,) = translate_documents([document("Xã họp.", "Xã có 2.700 hộ nghèo.")], translator, NONE)
    assert ("number", "error", 1) in [(f.kind, f.severity, f.sentence) for f in done.findings]


TERM = Term("nếp nghĩ", "ways of thinking", origin="test")


def test_an_unmet_term_is_written_into_the_source_when_the_model_knows_how() -> None:
    marked = "Thay đổi <unused0>nếp nghĩ<unused1>ways of thinking<unused2> của bà con."
    answers = {
        "Thay đổi nếp nghĩ của bà con.": "Changing the mindset of the people.",
        marked: "Changing the people's ways of thinking.",
    }
    translator = Scripted(only(answers), knows_terms=True)
    (done,) = translate_documents([document("Thay đổi nếp nghĩ của bà con.")], translator, TermBase((TERM,)))
    (use,) = done.sentences[0].terms
    assert (use.status, use.how, use.rendered) == ("met", "inline", "ways of thinking")
    assert done.sentences[0].text == "Changing the people's ways of thinking."


def test_a_term_is_not_bought_with_a_number() -> None:
    def answer(text: str, _: Decoding) -> str:
        return "Changing the ways of thinking." if "<unused0>" in text else "Changing the mindset of 30 people."

    translator = Scripted(answer, knows_terms=True)
    (done,) = translate_documents([document("Thay đổi nếp nghĩ của 30 người.")], translator, TermBase((TERM,)))
    assert done.sentences[0].text == "Changing the mindset of 30 people."
    assert [(f.kind, f.severity) for f in done.findings] == [("term", "warning")]
    assert "UNMET" in done.findings[0].message
    assert done.sentences[0].terms[0].status == "unmet"


MARKED = "Thay đổi <unused0>nếp nghĩ<unused1>ways of thinking<unused2> của 30 người."


def test_a_sound_answer_to_the_sentence_with_its_terms_is_taken_without_a_plain_one() -> None:
    rest = " trong các thôn, làng của xã, nhất là những hộ ở xa đường lớn, chưa có đất và vốn."
    english = (
        "Changing the ways of thinking of 30 people in villages of the commune, above all households far off the road, "
    )
    told = MARKED.rstrip(".") + rest
    translator = Scripted(only({told: f"{english}not having land or capital yet."}), knows_terms=True)
    source = document("Thay đổi nếp nghĩ của 30 người" + rest)
    (done,) = translate_documents([source], translator, TermBase((TERM,)))
    assert translator.asked == [told]
    assert (done.sentences[0].how, done.sentences[0].terms[0].how) == ("inline", "inline")


@pytest.mark.parametrize(
    "unsound",
    [
        "Changing the ways of thinking.",  # a number is lost
        "Thinking of 30: ways of thinking, ways of thinking.",  # the term is said twice
        "Ways of thinking: 30.",  # too short
        "Ways of thinking of 30 people.",  # a word is missing, which shows only beside the plain one
    ],
)
def test_an_unsound_answer_is_held_against_the_plain_one(unsound: str) -> None:
    plain = "Changing the mindset of all of the 30 people."
    translator = Scripted(lambda t, _: unsound if "<unused0>" in t else plain, knows_terms=True)
    source, terms = document("Thay đổi nếp nghĩ của 30 người."), TermBase((TERM,))
    (done,) = translate_documents([source], translator, terms, steps=("inline",))
    assert (done.sentences[0].text, done.sentences[0].how) == (plain, "plain")


def test_nothing_is_asked_twice() -> None:
    asked: list[tuple[str, Decoding]] = []

    def answer(text: str, decoding: Decoding) -> str:
        asked.append((text, decoding))
        return "Changing what 13 people think."

    translate_documents(
        [document("Thay đổi nếp nghĩ của 30 người.")], Scripted(answer, knows_terms=True), TermBase((TERM,))
    )
    assert len(asked) == len(set(asked)) > 3


def test_a_sentence_that_does_not_fit_goes_in_clauses_and_loses_nothing() -> None:
    text = "Xã Đắk Mây họp bàn kế hoạch, đồng thời biểu dương các hộ thoát nghèo, cuối buổi trao quà."
    translator = Scripted(lambda t, _: t.upper(), limit=40)
    (answer,) = translate_texts([text], translator)
    assert len(translator.asked) > 1
    assert answer.text.lower().replace(",", "").split() == text.lower().replace(",", "").split()


def test_a_quoted_name_reads_the_same_each_time() -> None:
    name = "Nhà sạch vườn đẹp"
    english = "Clean houses, beautiful gardens"
    answers = {
        name: f"{english}.",
        f"Phát động phong trào “{english}”.": 'Launching the movement "Clean house, nice garden."',
        f"Phong trào “{english}” lan rộng.": f'The movement "{english}" is spreading.',
    }
    texts = [f"Phát động phong trào “{name}”.", f"Phong trào “{name}” lan rộng."]
    (done,) = translate_documents([document(*texts)], Scripted(only(answers)), NONE)
    assert [s.text for s in done.sentences] == [
        'Launching the movement "Clean houses, beautiful gardens."',
        'The movement "Clean houses, beautiful gardens" is spreading.',
    ]


def test_a_quoted_name_that_the_english_does_not_quote_is_named() -> None:
    name = "Nhà sạch vườn đẹp"
    english = "Clean houses, beautiful gardens"
    answers = {
        name: f"{english}.",
        f"Phát động phong trào “{english}”.": 'Launching the movement "Clean house, nice garden."',
        f"Phong trào “{english}” lan rộng.": "The movement for clean homes is spreading.",
    }
    texts = [f"Phát động phong trào “{name}”.", f"Phong trào “{name}” lan rộng."]
    (done,) = translate_documents([document(*texts)], Scripted(only(answers)), NONE)
    doubts = [f for f in done.findings if "is not quoted as" in f.message]
    assert [(f.kind, f.severity, f.sentence) for f in doubts] == [("quote", "warning", 1)]
    assert name in doubts[0].message


CAMPAIGN = "Thay đổi nếp nghĩ của bà con"
TOLD = "<unused0>nếp nghĩ<unused1>ways of thinking<unused2>"


def test_a_quoted_name_is_asked_for_with_its_terms_and_then_copied() -> None:
    name = "Change the ways of thinking"
    answers = {
        CAMPAIGN: "Changing mindsets.",
        CAMPAIGN.replace("nếp nghĩ", TOLD): f"{name}.",
        f"Phát động “{name}”.": f'Launching "{name}."',
        f"Sau “{name}”, nếp nghĩ có khác.": f'After "{name}," mindsets differ.',
        f"Sau “{name}”, {TOLD} có khác.": f'After "{name}," ways of thinking differ.',
    }
    texts = [f"Phát động “{CAMPAIGN}”.", f"Sau “{CAMPAIGN}”, nếp nghĩ có khác."]
    (done,) = translate_documents([document(*texts)], Scripted(only(answers), knows_terms=True), TermBase((TERM,)))
    assert [s.text for s in done.sentences] == [f'Launching "{name}."', f'After "{name}," ways of thinking differ.']
    assert [(u.start, u.status) for s in done.sentences for u in s.terms] == [(20, "met"), (14, "met"), (36, "met")]
    assert [s.source.text for s in done.sentences] == texts
    assert done.findings == ()


def test_the_model_names_an_abbreviation_that_only_the_article_defines() -> None:
    short = Abbreviation("BQLR", "ban quản lý rừng", "")
    translator = Scripted(lambda t, _: "forest management board." if t == "ban quản lý rừng" else "It met today.")
    (done,) = translate_documents([document("Đã họp hôm nay.", abbreviations=(short,))], translator, NONE)
    assert done.document.abbreviations[0].english == "forest management board"


def test_a_headline_in_capitals_is_read_in_the_letters_of_the_body_and_written_in_capitals() -> None:
    source = document("XÃ ĐẮK MÂY HỌP BÀN", "Hôm nay xã Đắk Mây họp.", body="Hôm nay xã Đắk Mây họp.")
    assert prepare(source).sentences[0].text == "Xã Đắk Mây họp bàn"
    translator = Scripted(lambda *_: "Đắk Mây Commune meets.")
    (done,) = translate_documents([source], translator, NONE)
    assert done.sentences[0].text == "ĐẮK MÂY COMMUNE MEETS"


def test_no_text_at_all_is_no_translation() -> None:
    with pytest.raises(GenerationError):
        translate_documents([document("Xã họp.")], Scripted(lambda *_: ""), NONE)


def test_the_result_of_a_document_does_not_depend_on_the_others() -> None:
    def answer(text: str, decoding: Decoding) -> str:
        return f"{text.split(maxsplit=1)[0]} {decoding.beam} 7"

    one, two = document("Xã có 7 hộ.", "Huyện có 8 xã."), document("Tỉnh có 9 huyện.")
    together = translate_documents([one, two], Scripted(answer), NONE)
    assert together == [
        *translate_documents([one], Scripted(answer), NONE),
        *translate_documents([two], Scripted(answer), NONE),
    ]
