"""Form: loops, length, Vietnamese left over, quotes, brackets, negation."""

import pytest

from vn_summarize.verification.form import check_form

GOOD = [
    ("Hội nghị đã đánh giá kết quả một năm thực hiện.", "The conference reviewed the results of one year of work."),
    ("Xã chưa đạt chuẩn nông thôn mới.", "The Commune has not yet met the new-style rural area standards."),
    ("Ông nói: “Chúng tôi sẽ cố gắng”.", 'He said: "We will try."'),
    ("Người dân trồng lúa, không ngừng tăng năng suất.", "People grow rice and constantly raise productivity."),
    ("Đến năm 2016 ông mới biết.", "It was not until 2016 that he knew."),
    ("Dự án không đúng quy định.", "The project is in violation of regulations."),
]


@pytest.mark.parametrize(("source", "english"), GOOD)
def test_good_translations_are_left_alone(source: str, english: str) -> None:
    assert check_form(source, english) == ()


@pytest.mark.parametrize(
    ("source", "english", "kind", "severity"),
    [
        ("Hội nghị khai mạc sáng nay.", " ", "length", "error"),
        ("Hội nghị khai mạc sáng nay tại xã.", "The the the the conference opened.", "repetition", "error"),
        (
            "Hội nghị khai mạc sáng nay tại xã, có nhiều đại biểu dự và phát biểu.",
            "The conference opened in the Commune, in the Commune, in the Commune with many delegates.",
            "repetition",
            "error",
        ),
        (
            "Hội nghị đã đánh giá kết quả thực hiện, nêu khó khăn, đề ra giải pháp và giao nhiệm vụ cho các xã.",
            "The conference closed.",
            "length",
            "error",
        ),
        ("Hội nghị khai mạc.", "The conference " + " ".join(f"word{n}" for n in range(20)) + ".", "length", "error"),
        ("Bà con trồng sâm dây.", "People trồng sâm dây ở xã.", "untranslated", "error"),
        (
            "Bà con trồng sâm và nuôi cá trong các hồ chứa của xã.",
            "People grow sâm and raise fish in the ponds of the Commune.",
            "untranslated",
            "warning",
        ),
        ("Ông nói: “Chúng tôi sẽ cố gắng”.", "He said that they would try.", "quote", "warning"),
        ("Ông nói: “Chúng tôi sẽ cố gắng”.", "The Commune's leader said they would try.", "quote", "warning"),
        ("Ông nói: “Chúng tôi sẽ cố gắng”.", 'He said: "We will try.', "quote", "warning"),
        ("Xã (mới) họp.", "The Commune (new met.", "bracket", "warning"),
        ("Xã chưa đạt chuẩn.", "The Commune has met the standards.", "negation", "warning"),
        ("Có 4/5 chỉ tiêu vượt kế hoạch.", "Four of the five targets were not met.", "negation", "error"),
    ],
)
def test_a_bad_form_is_named(source: str, english: str, kind: str, severity: str) -> None:
    assert (kind, severity) in {(finding.kind, finding.severity) for finding in check_form(source, english)}


def test_a_repetition_of_the_source_is_no_loop() -> None:
    assert check_form("Nhanh, nhanh, nhanh, nhanh nữa lên!", "Fast, fast, fast, fast, come on!") == ()


def test_names_and_quoted_titles_may_stay_vietnamese() -> None:
    assert check_form("Cuốn “Sổ tay của bà con” được in.", 'The book "Sổ tay của bà con" was printed.') == ()
