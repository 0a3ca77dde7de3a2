"""An article as a Word document for reviewers: a table with the Vietnamese, the English and the doubts."""

import io
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from vn_summarize.document import ArticleResult
from vn_summarize.glossary.rows import tidy
from vn_summarize.writing.exchange import describe_doubt, sentence_findings
from vn_summarize.writing.text import english_title

HEADER = ("No.", "Vietnamese", "English", "Doubts")
"""The table's first row, by which a reader knows it."""
ARTICLE = "Article: "
"""What stands before the article's id, in a line above the table: properties do not survive every editor."""

_WIDTHS = (1.2, 9.8, 9.8, 4.6)  # cm: A4 across, with margins of 2 cm
_LANGUAGES = ("", "vi-VN", "en-US", "en-US")
_DATE = datetime(1980, 1, 1)  # the first that a zip archive can have: the same result gives the same bytes


def render_docx(result: ArticleResult) -> bytes:
    """Write title, provenance and the table, a row for each sentence; `review apply` reads the edited English."""
    import docx  # noqa: PLC0415 (few runs need it)
    from docx.shared import Cm  # noqa: PLC0415

    document = docx.Document()
    article = result.translated.document.article
    _set_page(document.sections[0])
    _set_properties(document.core_properties, tidy(english_title(result.translated)))
    document.add_heading(tidy(english_title(result.translated)) or tidy(result.summary.headline), 1)
    about = (article.title, article.source, article.date, ", ".join(article.authors))
    document.add_paragraph(" · ".join(filter(None, map(tidy, about))))
    document.add_paragraph(ARTICLE + tidy(article.id))
    for doubt in sentence_findings(result, None):
        document.add_paragraph(tidy(describe_doubt(doubt)), style="List Bullet")
    table = document.add_table(0, len(HEADER), style="Table Grid")
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Cm(width)
    _add_row(table, HEADER, header=True)
    for sentence in result.translated.sentences:
        index = sentence.source.index
        doubts = "\n".join(tidy(describe_doubt(doubt)) for doubt in sentence_findings(result, index))
        _add_row(table, (str(index), tidy(sentence.source.original), tidy(sentence.text), doubts))
    out = io.BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


def _add_row(table: Any, texts: tuple[str, ...], *, header: bool = False) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415 (as above)
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Cm, Pt  # noqa: PLC0415

    row = table.add_row()
    if header:  # repeated on each page
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, text, width, language in zip(row.cells, texts, _WIDTHS, _LANGUAGES, strict=True):
        cell.width = Cm(width)
        run = cell.paragraphs[0].add_run(text)
        run.bold, run.font.size = header or None, Pt(10)
        if language and not header:  # the speller of each column
            mark = OxmlElement("w:lang")
            mark.set(qn("w:val"), language)
            run._r.get_or_add_rPr().append(mark)


def _set_page(section: Any) -> None:
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415 (as above)
    from docx.shared import Cm  # noqa: PLC0415

    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)


def _set_properties(properties: Any, title: str) -> None:
    properties.title = title[:255]  # the most that a property holds
    properties.author = properties.last_modified_by = properties.comments = "vn-summarize"
    properties.created = properties.modified = _DATE
    properties.revision = 1


def _timeless(data: bytes) -> bytes:
    """Give the same archive with one fixed time for its parts."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as archive, ZipFile(out, "w", ZIP_DEFLATED) as copy:
        for part in archive.infolist():
            info = ZipInfo(part.filename, _DATE.timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            copy.writestr(info, archive.read(part))
    return out.getvalue()
