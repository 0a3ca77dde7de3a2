"""Place names lose their diacritics where the user wants it; persons' names and quotations keep theirs."""

from vn_summarize.diacritics import strip_document, strip_places
from vn_summarize.document import (
    Article,
    ArticleResult,
    Check,
    Document,
    Sentence,
    Summary,
    TranslatedDocument,
    TranslatedSentence,
)


def translated(*pairs: tuple[str, str]) -> TranslatedDocument:
    sentences = tuple(Sentence(i, 0, vietnamese, vietnamese) for i, (vietnamese, _) in enumerate(pairs))
    article = Article("a", "a.txt", "", tuple(s.text for s in sentences))
    told = tuple(TranslatedSentence(s, english) for s, (_, english) in zip(sentences, pairs, strict=True))
    return TranslatedDocument(Document(article, sentences), told)


def stripped(*pairs: tuple[str, str]) -> list[str]:
    return [sentence.text for sentence in strip_document(translated(*pairs)).sentences]


def test_units_villages_and_landmarks_lose_their_marks() -> None:
    source = "Làng Kơ Tu ở xã Hơ Moong, huyện Sa Thầy, bên sông Pô Kô, có cầu Đăk Tía."
    english = "Kơ Tu Village in Hơ Moong Commune, Sa Thầy District, by the Pô Kô River, has the Đăk Tía Bridge."
    assert stripped((source, english)) == [
        "Ko Tu Village in Ho Moong Commune, Sa Thay District, by the Po Ko River, has the Dak Tia Bridge."
    ]


def test_persons_keep_their_names_though_a_place_has_them_too() -> None:
    source = "Ông Nguyễn Thái Bình và bà Trần Sa Thầy đến tỉnh Thái Bình, huyện Sa Thầy."
    english = "Mr. Nguyễn Thái Bình and Ms. Trần Sa Thầy came to Thái Bình Province and Sa Thầy District."
    assert stripped((source, english)) == [
        "Mr. Nguyễn Thái Bình and Ms. Trần Sa Thầy came to Thai Binh Province and Sa Thay District."
    ]


def test_a_person_after_the_place_keeps_the_name() -> None:
    source = "Bí thư Huyện ủy huyện Sa Thầy Đỗ Văn Hậu nói."
    assert stripped((source, "Sa Thầy District Party Secretary Đỗ Văn Hậu said so.")) == [
        "Sa Thay District Party Secretary Đỗ Văn Hậu said so."
    ]


def test_a_person_after_an_office_keeps_the_name() -> None:
    source = "Chủ tịch HĐND tỉnh Lê Văn Hậu, Chủ tịch xã Kpă Hùng và Trưởng thôn A Thiếp về huyện Sa Thầy."
    english = "Chairman Lê Văn Hậu, Chairman Kpă Hùng and village head A Thiếp came to Sa Thầy District."
    assert stripped((source, english)) == [english.replace("Sa Thầy", "Sa Thay")]


def test_a_unit_that_no_table_has_loses_them_too() -> None:
    assert stripped(("Mưa ở xã Ngọc Rế, huyện Tu Rớng.", "Rain in Ngọc Rế Commune, Tu Rớng District.")) == [
        "Rain in Ngoc Re Commune, Tu Rong District."
    ]


def test_quotations_keep_the_marks() -> None:
    assert stripped(("Hội thi “Tự hào Sa Thầy” của huyện Sa Thầy.", 'The "Pride of Sa Thầy" contest of Sa Thầy.')) == [
        'The "Pride of Sa Thầy" contest of Sa Thay.'
    ]


def test_a_place_loses_them_in_every_sentence_and_in_capitals() -> None:
    pairs = [("Huyện Sa Thầy họp.", "SA THẦY DISTRICT MEETS."), ("Từ Sa Thầy đi.", "Leave from Sa Thầy.")]
    assert stripped(*pairs) == ["SA THAY DISTRICT MEETS.", "Leave from Sa Thay."]


def test_nothing_changes_where_no_place_has_marks() -> None:
    before = translated(("Ông Lê Văn Hậu ở tỉnh Kon Tum.", "Mr. Lê Văn Hậu of Kon Tum Province."))
    assert strip_document(before) == before


def test_the_summary_and_what_the_checks_found_are_as_printed_and_what_they_ask_for_stays() -> None:
    told = translated(("Huyện Sa Thầy họp.", "Sa Thầy District meets."))
    check = Check("name", "Sa Thầy", "Sa Thầy", "Sa Thầy", True)
    sentence = TranslatedSentence(told.document.sentences[0], "Sa Thầy District meets.", (), (check,))
    summary = Summary("Sa Thầy District meets", (0,), ("Sa Thầy meets.",), ((0,),), "Sa Thầy meets.")
    result = strip_places(ArticleResult(TranslatedDocument(told.document, (sentence,)), summary, ()))
    assert (result.summary.headline, result.summary.text) == ("Sa Thay District meets", "Sa Thay meets.")
    assert result.summary.sentences == ("Sa Thay meets.",)
    (after,) = result.translated.sentences
    assert after.checks == (Check("name", "Sa Thầy", "Sa Thầy", "Sa Thay", True),)
    assert after.source.text == "Huyện Sa Thầy họp."
