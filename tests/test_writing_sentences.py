import csv
import io
import sys

import pytest
from article_results import example, nasty, results
from hypothesis import given, settings

from vn_summarize.document import ArticleResult
from vn_summarize.errors import ConfigError
from vn_summarize.writing.exchange import SENTENCE_COLUMNS, check_formats, render_exchange
from vn_summarize.writing.sentences import render_sentences_csv, render_sentences_parquet, sentence_rows


def test_each_sentence_is_a_row_with_its_doubts() -> None:
    header, *rows = csv.reader(io.StringIO(render_sentences_csv(example())))
    assert tuple(header) == SENTENCE_COLUMNS
    assert [row[1] for row in rows] == ["0", "1", "2", "3"]
    assert rows[1] == [
        "2023/trong-rung",
        "1",
        "0",
        "Ngày 5/3, HTX Măng Bút giúp hơn 1.300 hộ.",
        "On March 5, the Măng Bút cooperative helped households.",
        "-0.41",
        "beam",
        'error number: no "1,300" in the translation',
    ]


def test_no_text_acts_as_a_formula_and_a_score_below_zero_stays_a_number() -> None:
    result = nasty()
    cells = [cell for row in csv.reader(io.StringIO(render_sentences_csv(result))) for cell in row]
    assert not [
        c for c in cells if c.lstrip().startswith(("=", "+", "-", "@")) and not c[1:].replace(".", "").isdigit()
    ]
    assert "'" not in {row[5][:1] for row in csv.reader(io.StringIO(render_sentences_csv(example())))}


@settings(max_examples=30)
@given(results())
def test_any_article_gives_as_many_rows_as_it_has_sentences(result: ArticleResult) -> None:
    assert len(list(csv.reader(io.StringIO(render_sentences_csv(result))))) == len(result.translated.sentences) + 1


@settings(max_examples=20)
@given(results())
def test_parquet_holds_the_same_table(result: ArticleResult) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    data = render_sentences_parquet(result)
    table = parquet.read_table(io.BytesIO(data))
    assert tuple(table.column_names) == SENTENCE_COLUMNS
    assert [tuple(row.values()) for row in table.to_pylist()] == list(sentence_rows(result))
    assert render_sentences_parquet(result) == data


def test_parquet_without_its_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vn_summarize.writing.exchange.find_spec", lambda name: None)
    with pytest.raises(ConfigError, match=r"vn-summarize\[parquet\]"):
        check_formats(["json", "parquet"])
    with pytest.raises(ConfigError, match="pyarrow"):
        render_exchange("parquet", example())
    check_formats(["json", "csv"])


def test_a_name_that_is_no_utf8_is_written_with_question_marks() -> None:
    result = example()
    article = result.translated.document.article
    object.__setattr__(article, "id", "tin-\udce9")
    assert b"tin-?" in render_exchange("csv", result)
    if "pyarrow" in sys.modules:
        assert render_exchange("parquet", result)
