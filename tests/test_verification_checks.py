"""The checks together: every fact of a sentence, codes, and what failures amount to."""

import unicodedata

import pytest

from vn_summarize.document import Check
from vn_summarize.verification.checks import check_facts, extra_facts, findings_of
from vn_summarize.verification.codes import find_codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Quyết định 181-QĐ/TW được ban hành.", ["181-QĐ/TW"]),
        ("Nghị định số 57/2023/NĐ-CP.", ["57/2023/NĐ-CP"]),
        ("Chỉ thị số 12-CT/TU và Quyết định số 1778 / QĐ - TTg.", ["12-CT/TU", "1778 / QĐ - TTg"]),
        ("Nghị quyết 15, Chỉ thị số 12.", ["15", "12"]),
        ("Dịch Covid – 19 và cúm H5N1.", ["Covid – 19", "H5N1"]),
        ("Theo QCVN 01:2018.", ["QCVN 01:2018"]),
        ("Quốc lộ 1A dài 385ha, 16h30, 20m2.", ["1A"]),
        ("Xã kết luận 5 vụ việc, 3 cán bộ.", []),
    ],
)
def test_what_is_a_code(text: str, codes: list[str]) -> None:
    assert [code.text for code in find_codes(text)] == codes


@pytest.mark.parametrize(
    ("source", "english", "ok"),
    [
        ("Quyết định 181-QĐ/TW.", "Decision 181-QĐ/TW.", True),
        ("Quyết định 181-QĐ/TW.", "Decision 181 - QĐ/TW.", True),
        ("Quyết định 181-QĐ/TW.", "Decision 181-QD/TW.", False),
        ("Quyết định 181-QĐ/TW.", "Decision 118-QĐ/TW.", False),
        ("Chỉ thị số 12 của Tỉnh ủy.", "Directive No. 12 of the Provincial Party Committee.", True),
        ("Chỉ thị số 12 của Tỉnh ủy.", "Directive No. 21 of the Provincial Party Committee.", False),
        ("Dịch Covid – 19.", "The COVID-19 epidemic.", True),
        ("Tuyến QL14B.", "National Highway 14B.", True),
    ],
)
def test_codes_are_copied(source: str, english: str, ok: bool) -> None:
    (check,) = check_facts(source, english)
    assert (check.kind, check.ok) == ("code", ok)


def test_each_fact_of_a_sentence_is_checked_once() -> None:
    source = "Ngày 8/6, xã Hơ Moong tổng kết 2 mô hình theo Chỉ thị số 12, vốn gần 21 tỷ đồng, có 4/5 chỉ tiêu đạt."
    english = (
        "On June 8, Hơ Moong Commune reviewed two models under Directive No. 12, with capital of nearly 21 billion VND "
        "and four of the five targets met."
    )
    checks = check_facts(source, english)
    assert all(check.ok for check in checks)
    assert [(check.kind, check.source) for check in checks] == [
        ("number", "2"),
        ("number", "gần 21 tỷ đồng"),
        ("number", "4/5"),
        ("date", "8/6"),
        ("name", "Hơ Moong"),
        ("code", "12"),
    ]
    assert findings_of(checks) == ()
    assert extra_facts(source, english) == ()


def test_composition_does_not_matter() -> None:
    source, english = "Ông Trần Văn Lộc nhận 21 tỷ đồng.", "Mr. Trần Văn Lộc received 21 billion VND."
    assert check_facts(unicodedata.normalize("NFD", source), english) == check_facts(source, english)


def test_failures_become_findings() -> None:
    checks = [
        Check("number", "gần 21 tỷ đồng", "nearly 21 billion VND", "", False),
        Check("name", "Đăk Glei", "Đăk Glei", "Dak Glei", False),
        Check("name", "Sa Thầy", "Sa Thầy", "", False),
        Check("date", "8/6", "June 8", "June 8", True),
    ]
    findings = findings_of(checks)
    assert [(f.kind, f.severity) for f in findings] == [("number", "error"), ("name", "warning"), ("name", "error")]
    assert "nearly 21 billion VND" in findings[0].message
    assert all(finding.sentence is None for finding in findings)


def test_a_sentence_without_facts_has_no_checks() -> None:
    assert check_facts("Bà con rất phấn khởi.", "People are very happy.") == ()
