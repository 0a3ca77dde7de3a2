"""What an editor corrected stands in a translation letter for letter; the model is not asked, the checks are."""

import pytest
from conftest import FakeTranslator

from vn_summarize.corrections import Corrections, sentence_key
from vn_summarize.document import Abbreviation, Article, Document, Sentence, TranslatedDocument
from vn_summarize.errors import GenerationError
from vn_summarize.glossary.terms import Term, TermBase
from vn_summarize.translation import translate_documents

TERMS = TermBase([Term("hộ nghèo", "poor households")])


def document(*texts: str, abbreviations: tuple[Abbreviation, ...] = ()) -> Document:
    sentences = tuple(Sentence(i, 0, text, text) for i, text in enumerate(texts))
    return Document(Article("a", "a.txt", "", texts), sentences, abbreviations)


def translated(source: Document, corrections: dict[str, str], translator: FakeTranslator) -> TranslatedDocument:
    return translate_documents([source], translator, TERMS, corrections=Corrections(corrections))[0]


@pytest.mark.parametrize("english", ["e.g. this", "“Curly”, she said", "NO MARK AT THE END", "of no capital"])
def test_the_english_is_printed_letter_for_letter(translator, english):
    done = translated(document("Xã họp.", "Thôn họp."), {"Thôn họp.": english}, translator)
    assert [s.text for s in done.sentences] == ["English of Xã họp.", english]
    assert [s.how for s in done.sentences] == ["plain", "reviewed"]
    assert set(translator.asked) == {"Xã họp."}


def test_no_short_form_is_put_into_it(translator):
    short = Abbreviation("LHQ", "Liên hợp quốc", "United Nations", "UN")
    texts = [f"{n} người của LHQ họp." for n in range(2, 5)]
    corrections = {text: f"{n} people of the United Nations met." for n, text in enumerate(texts, 2)}
    done = translated(document(*texts, abbreviations=(short,)), corrections, translator)
    assert [s.text for s in done.sentences] == list(corrections.values())


def test_it_is_checked_and_nothing_tries_again(translator):
    done = translated(
        document("Xã có 12 hộ nghèo."), {"Xã có 12 hộ nghèo.": "The commune has poor people."}, translator
    )
    assert translator.asked == []
    assert {finding.kind for finding in done.findings} >= {"number", "term"}
    assert [use.status for use in done.sentences[0].terms] == ["unmet"]


def test_a_sentence_that_the_model_cannot_do_is_done_by_an_editor():
    refusing = FakeTranslator(refuses="Thôn")
    with pytest.raises(GenerationError):
        translated(document("Thôn họp."), {}, refusing)
    assert translated(document("Thôn họp."), {"Thôn họp.": "They met."}, refusing).sentences[0].text == "They met."


def test_the_sentence_is_found_as_it_was_printed_not_as_the_model_reads_it(translator):
    short = Abbreviation("HTX", "hợp tác xã", "cooperative")
    done = translated(document("HTX họp.", abbreviations=(short,)), {sentence_key("HTX họp."): "It met."}, translator)
    assert done.sentences[0].text == "It met."


def test_the_other_sentences_and_documents_stay_as_they_were():
    sources = [document("Xã họp.", "Thôn họp."), document("Làng họp.")]
    plain = translate_documents(sources, FakeTranslator(), TERMS)
    some = translate_documents(sources, FakeTranslator(), TERMS, corrections=Corrections({"Thôn họp.": "They met."}))
    assert some[1] == plain[1]
    assert some[0].sentences[0] == plain[0].sentences[0]
