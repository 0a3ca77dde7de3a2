import datetime
import io
import zipfile
from typing import Any

import openpyxl
import pytest
from glossary_samples import GLOSSARIES, TERMS
from hypothesis import given, settings

from vn_summarize.errors import GlossaryError
from vn_summarize.glossary.terms import Term
from vn_summarize.glossary.xlsx import CELL_LENGTH, parse_xlsx, render_xlsx


def workbook(rows: list[list[Any]], *more_sheets: str) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    for title in more_sheets:
        book.create_sheet(title).append(["xã", "commune"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_file(data: bytes, name: str, content: str) -> bytes:
    """Put another text in the place of a file inside a workbook."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == name else old.read(info))
    return out.getvalue()


def test_a_sheet_as_a_person_fills_it() -> None:
    rows = [
        ["Vietnamese", "English", "note", None],
        ["  hộ   nghèo ", "poor household", 2025, None],
        [None, None, None, None],
        ["hộ cận nghèo", "near-poor household", datetime.date(2025, 7, 1), None],
    ]
    terms, findings = parse_xlsx(workbook(rows, "old"), "a.xlsx")
    assert [(t.source, t.target, t.note) for t in terms] == [
        ("hộ nghèo", "poor household", "2025"),
        ("hộ cận nghèo", "near-poor household", "2025-07-01 00:00:00"),
    ]
    assert [(f.severity, f.message) for f in findings] == [
        ("info", "a.xlsx:1: sheet: 'old' is not the first one; it is not used")
    ]


def test_a_broken_row_is_named_with_its_number_and_column() -> None:
    rows = [["source", "target", "policy"], ["xã", "#N/A", ""], ["huyện", "district", "must"], ["tỉnh", "province", ""]]
    terms, findings = parse_xlsx(workbook(rows), "a.xlsx")
    assert [t.source for t in terms] == ["tỉnh"]
    assert [f.message for f in findings] == [
        "a.xlsx:2: column B: is the error #N/A",
        "a.xlsx:2: target: is empty",
        "a.xlsx:3: policy: is 'must', not one of force, prefer, keep, forbid",
    ]


def test_every_field_is_read_back() -> None:
    data, lost = render_xlsx(TERMS)
    assert lost == []
    assert parse_xlsx(data, "x") == (TERMS, [])


@settings(max_examples=30)
@given(GLOSSARIES)
def test_any_glossary_is_read_back(terms: list[Term]) -> None:
    assert parse_xlsx(render_xlsx(terms)[0], "x")[0] == terms


def test_a_term_that_looks_like_a_formula_is_text() -> None:
    data, _ = render_xlsx([Term("tổng", "=SUM(A1:A9)")])
    assert openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]["B2"].data_type == "s"


def test_a_cell_that_is_too_long_for_excel_is_reported() -> None:
    data, (finding,) = render_xlsx([Term("xã", "commune", note="n" * (CELL_LENGTH + 1))])
    assert finding.message.startswith("row 2: note: is cut at 32767 characters")
    assert len(parse_xlsx(data, "x")[0][0].note) == CELL_LENGTH


def test_entities_in_a_workbook_are_refused() -> None:
    sheet = (
        '<!DOCTYPE x [<!ENTITY e "xã">]><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    )
    sheet += '<sheetData><row r="1"><c t="inlineStr"><is><t>&e;</t></is></c></row></sheetData></worksheet>'
    data = with_file(workbook([["xã", "commune"]]), "xl/worksheets/sheet1.xml", sheet)
    with pytest.raises(GlossaryError, match=r"^a\.xlsx:1: cannot be read as an Excel workbook"):
        parse_xlsx(data, "a.xlsx")


def test_a_size_that_a_sheet_claims_is_not_believed() -> None:
    sheet = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    sheet += '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>xã</t></is></c>'
    sheet += '<c r="B1" t="inlineStr"><is><t>commune</t></is></c></row></sheetData></worksheet>'
    data = with_file(workbook([["x", "y"]]), "xl/worksheets/sheet1.xml", sheet)
    assert [(t.source, t.target) for t in parse_xlsx(data, "x")[0]] == [("xã", "commune")]


def test_a_workbook_that_grows_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vn_summarize.glossary.xlsx._UNPACKED", 100)
    with pytest.raises(GlossaryError, match=r"^a\.xlsx:1: is \d+ bytes when unpacked"):
        parse_xlsx(workbook([["xã", "commune"]]), "a.xlsx")


@pytest.mark.parametrize("data", [b"", b"source,target\n", b"PK\x03\x04", workbook([["xã", "commune"]])[:-40]])
def test_a_file_that_is_no_workbook(data: bytes) -> None:
    with pytest.raises(GlossaryError, match=r"^a\.xlsx:1: cannot be read as an Excel workbook"):
        parse_xlsx(data, "a.xlsx")


def test_an_empty_workbook() -> None:
    with pytest.raises(GlossaryError, match=r"^a\.xlsx:1: there is no term"):
        parse_xlsx(workbook([]), "a.xlsx")
