import pytest

from vn_summarize import pipeline
from vn_summarize.config import Settings
from vn_summarize.document import Article, Finding
from vn_summarize.errors import EmptyArticle, GenerationError, ModelNotFound, OutputError
from vn_summarize.glossary.place_terms import PlaceTerms
from vn_summarize.glossary.terms import Term, TermBase
from vn_summarize.pipeline import (
    concerns_run,
    conclude,
    prepare,
    settings_signature,
    summary_length,
    terms_signature,
    translate_article,
    translate_segments,
    translate_window,
    windows,
)
from vn_summarize.summarization import Form

TERMS = TermBase([Term("giảm nghèo bền vững", "sustainable poverty reduction")])
LENGTH = summary_length(Settings())


def article(*paragraphs: str, title: str = "Hội nghị về giảm nghèo") -> Article:
    return Article("a", "a.txt", title, paragraphs)


def test_preparing_cleans_cuts_and_finds_abbreviations():
    document, _ = prepare(article("Hội đồng nhân dân (HĐND) xã họp kỳ thứ 5. Kỳ họp bầu 2 chức danh./."))
    assert [sentence.paragraph for sentence in document.sentences] == [-1, 0, 0]
    assert document.sentences[-1].text.endswith("chức danh.")
    assert "HĐND" in [abbreviation.short for abbreviation in document.abbreviations]


def test_an_article_without_text_is_refused():
    with pytest.raises(EmptyArticle):
        prepare(article("", " ", title=""))


def test_every_sentence_of_an_article_is_translated_and_the_summary_names_its_sources(translator):
    result = translate_article(article("Thôn 2 có 14 hộ nghèo. Xã hỗ trợ 3 con bò."), translator, TERMS, LENGTH)
    translated = result.translated
    assert [s.source for s in translated.sentences] == list(translated.document.sentences)
    assert all(sentence.text for sentence in translated.sentences)
    indexes = {sentence.source.index for sentence in translated.sentences}
    assert all(set(sources) <= indexes for sources in result.summary.sources)


def test_findings_come_in_reading_order_once_each(translator):
    result = translate_article(article("Xã có 9 thôn.", "Huyện có 7 xã."), translator, TERMS, LENGTH)
    extra = [Finding("x", "info", "late", 2), Finding("x", "info", "whole"), Finding("x", "info", "late", 2)]
    findings = conclude(result.translated, extra, TERMS, LENGTH).findings
    places = [-1 if finding.sentence is None else finding.sentence for finding in findings]
    assert places == sorted(places)
    assert len(findings) == len(set(findings))


def test_a_term_with_a_typing_error_is_reported(translator):
    result = translate_article(article("Xã bàn việc giảm nghào bền vững."), translator, TERMS, LENGTH)
    typos = [finding for finding in result.findings if finding.kind == "typo"]
    assert [typo.sentence for typo in typos] == [1]
    assert "giảm nghào bền vững" in typos[0].message


def test_segments_keep_their_count_order_and_blank_lines(translator):
    segments = ["Xã có 9 thôn.", "", "Thôn 1 họp. Thôn 2 họp.", "   ", "Huyện có 7 xã."]
    translated = list(translate_segments(segments, translator, TERMS))
    assert [len(document.sentences) for document in translated] == [1, 0, 2, 0, 1]
    assert "7" in translated[4].sentences[0].text


def test_segments_stream_by_windows(translator, monkeypatch):
    monkeypatch.setattr(pipeline, "WINDOW_ARTICLES", 2)
    read = []

    def segments():
        for number in range(6):
            read.append(number)
            yield f"Thôn {number} họp."

    next(translate_segments(segments(), translator, TERMS))
    assert read == [0, 1]


def test_a_segment_that_fails_has_a_finding_and_the_others_go_on(translator):
    translator.refuses = "Thôn 2"
    translated = list(translate_segments(["Thôn 1 họp.", "Thôn 2 họp.", "Thôn 3 họp."], translator, TERMS))
    assert [len(document.sentences) for document in translated] == [1, 0, 1]
    assert translated[1].findings[0].severity == "error"


def test_in_a_window_the_error_stands_in_the_place_of_the_document_that_fails(translator):
    translator.refuses = "Thôn 2"
    documents = [prepare(article(f"Thôn {number} họp."))[0] for number in (1, 2, 3)]
    answers = translate_window(documents, translator, TERMS)
    assert [isinstance(answer, GenerationError) for answer in answers] == [False, True, False]
    assert translate_window([], translator, TERMS) == []


def test_errors_of_the_run_are_told_from_those_of_an_article():
    assert concerns_run(OutputError())
    assert concerns_run(ModelNotFound())
    assert concerns_run(BrokenPipeError())
    assert not any(map(concerns_run, (EmptyArticle(), GenerationError(), IndexError())))


def test_the_signature_changes_with_the_model(translator):
    signature = settings_signature(translator)
    assert signature == settings_signature(translator)
    translator.fingerprint = "other"
    assert signature != settings_signature(translator)


def test_the_terms_signature_of_an_article_changes_only_with_terms_that_stand_in_it(translator):
    result = translate_article(article("Xã bàn việc giảm nghèo bền vững."), translator, TERMS, LENGTH)
    signature = terms_signature(result, TERMS)
    other, hidden = Term("nhà rông", "communal house"), Term("giảm nghèo", "poverty reduction")
    assert signature == terms_signature(result, TermBase([*TERMS.terms, other]))
    assert signature != terms_signature(result, TermBase([*TERMS.terms, hidden]))
    assert signature != terms_signature(result, TermBase([]))


def test_windows_are_bounded_by_articles_and_by_sentences(monkeypatch):
    monkeypatch.setattr(pipeline, "WINDOW_ARTICLES", 3)
    monkeypatch.setattr(pipeline, "WINDOW_SENTENCES", 10)
    sizes = [1, 1, 1, 1, 12, 4, 4, 4]
    assert list(windows(sizes, lambda size: size)) == [[1, 1, 1], [1, 12], [4, 4, 4]]


def test_a_result_lists_its_places_and_prints_them_as_asked(translator):
    text = "Cán bộ xã Đăk Tơ Lung, huyện Kon Rẫy gặp dân."
    terms = PlaceTerms([])
    result = translate_article(article(text, title=""), translator, terms, LENGTH)
    assert [place.english for place in result.places] == ["Đăk Tơ Lung Commune", "Kon Rẫy District"]
    ascii = translate_article(article(text, title=""), translator, terms, LENGTH, "ascii")
    assert ascii.places == result.places
    before, after = (r.translated.sentences[0].text for r in (result, ascii))
    assert "Đăk Tơ Lung" in before
    assert after == before.replace("Đăk Tơ Lung", "Dak To Lung").replace("Kon Rẫy", "Kon Ray")
    (segment,) = translate_segments([text], translator, terms, "ascii")
    assert segment.sentences[0].text == after


def test_what_the_article_says_a_short_form_stands_for_is_above_every_glossary(translator):
    terms = TermBase([Term("hợp tác xã", "cooperative", aliases=("HTX",), origin="mine.csv")])
    defined = translate_article(article("Hội Thanh Xuân (HTX) họp.", "HTX có 9 người."), translator, terms, LENGTH)
    assert [use.target for s in defined.translated.sentences for use in s.terms] == []
    plain = translate_article(article("Xã họp.", "HTX có 9 người."), translator, terms, LENGTH)
    assert [use.target for s in plain.translated.sentences for use in s.terms] == ["cooperative"]


def test_the_summary_comes_in_the_form_asked_for(translator):
    form = Form("both", "bullets")
    summary = translate_article(
        article("Xã có 40 hộ nghèo.", "Xã có 900 cây."), translator, TERMS, LENGTH, form=form
    ).summary
    blocks = summary.text.split("\n\n")
    assert (summary.language, summary.style) == ("both", "bullets")
    assert blocks == ["\n".join(f"- {s}" for s in told) for told in (summary.sentences, summary.originals)]
    assert summary.originals[0] in ("Xã có 40 hộ nghèo.", "Xã có 900 cây.")


def test_a_result_has_the_key_facts_of_its_sentences(translator):
    result = translate_article(article("Ngày 5/3, xã họp."), translator, TERMS, LENGTH)
    assert all(fact.text in result.translated.sentences[fact.sentence].text for fact in result.facts)
