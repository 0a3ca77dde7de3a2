"""Plain text and sentence pairs."""

from dataclasses import replace

from article_results import example, results
from hypothesis import given

from vn_summarize.document import (
    ArticleResult,
    Sentence,
    TranslatedDocument,
    TranslatedSentence,
)
from vn_summarize.writing import (
    render_text,
    render_tsv,
)


def test_text_is_title_summary_and_paragraphs_in_english() -> None:
    assert render_text(example()).split("\n\n") == [
        "Final review of the afforestation movement",
        "Summary: People were happy.",
        "On March 5, the Măng Bút cooperative helped households. People were happy.",
        "The meeting closed.\n",
    ]


@given(results())
def test_tsv_has_one_line_of_two_cells_for_each_sentence(result: ArticleResult) -> None:
    text = render_tsv(result)
    assert len(text.splitlines()) == len(result.translated.sentences)
    assert all(line.count("\t") == 1 for line in text.splitlines())


def test_tsv_cells_lose_their_tabs_and_line_ends_only() -> None:
    sentence = TranslatedSentence(Sentence(0, 0, "Một\thai\r\nba\u2028bốn", ""), "One\ttwo\nthree four")
    result = example()
    document = replace(result.translated.document, sentences=(sentence.source,))
    result = replace(result, translated=TranslatedDocument(document, (sentence,)))
    assert render_tsv(result) == "Một hai ba bốn\tOne two three four\n"
