import io
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from article_results import example, nasty, results
from hypothesis import given, settings

from vn_summarize.document import ArticleResult
from vn_summarize.glossary.rows import tidy
from vn_summarize.review.changes import find_changes
from vn_summarize.review.docx import parse_docx
from vn_summarize.writing.docx import HEADER, render_docx


def cells(data: bytes) -> list[list[str]]:
    (table,) = docx.Document(io.BytesIO(data)).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def expected(result: ArticleResult) -> list[list[str]]:
    """Number, Vietnamese and English of each sentence."""
    return [[str(s.source.index), tidy(s.source.original), tidy(s.text)] for s in result.translated.sentences]


def test_the_table_has_a_row_for_each_sentence_with_its_doubts() -> None:
    header, *rows = cells(render_docx(example()))
    assert tuple(header) == HEADER
    assert [row[:3] for row in rows] == expected(example())
    assert [row[3] for row in rows] == [
        "",
        'error number: no "1,300" in the translation',
        "info typo: read phấn khởi",
        "",
    ]


def test_title_provenance_and_doubts_about_the_article_stand_above_it() -> None:
    document = docx.Document(io.BytesIO(render_docx(example())))
    assert [paragraph.text for paragraph in document.paragraphs] == [
        "Final review of the afforestation movement",
        "Tổng kết phong trào trồng rừng · bao.example · 2023-03-05 · Y Lan",
        "Article: 2023/trong-rung",
        "warning abbreviation: LHQ stands for two things",
    ]


def test_the_header_is_repeated_and_each_column_has_the_speller_of_its_language() -> None:
    xml = ZipFile(io.BytesIO(render_docx(example()))).read("word/document.xml").decode()
    assert xml.count("<w:tblHeader/>") == 1
    assert xml.count('<w:lang w:val="vi-VN"/>') == 4


def test_the_same_result_gives_the_same_bytes_with_no_time_in_them() -> None:
    data = render_docx(example())
    assert render_docx(example()) == data
    with ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert docx.Document(io.BytesIO(data)).core_properties.modified.year == 1980


def test_markup_in_texts_is_text() -> None:
    assert [row[:3] for row in cells(render_docx(nasty()))[1:]] == expected(nasty())


@settings(max_examples=15)
@given(results())
def test_any_article_is_read_back(result: ArticleResult) -> None:
    assert [row[:3] for row in cells(render_docx(result))[1:]] == expected(result)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_saves_the_same_table(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(render_docx(example()))
    convert_with_libreoffice(tmp_path / "a.docx", tmp_path / "saved")
    saved = (tmp_path / "saved" / "a.docx").read_bytes()
    assert [row[:3] for row in cells(saved)[1:]] == expected(example())
    read = parse_docx(saved, "a.docx")
    assert read.article == "2023/trong-rung"
    assert find_changes(read, example()) == ([], [])


def convert_with_libreoffice(path: Path, folder: Path) -> None:
    """Open a document without a window and save it again as DOCX."""
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
