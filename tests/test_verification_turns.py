"""Words whose loss turns a sentence round."""

import pytest

from vn_summarize.verification.turns import check_turns


@pytest.mark.parametrize(
    ("source", "english", "word"),
    [
        ("Trạm y tế còn thiếu 2 điều dưỡng.", "The health station still has two nurses.", "thiếu"),
        ("Tỷ lệ hộ giảm 2,1% so với đầu năm.", "The rate rose by 2.1% on the beginning of the year.", "giảm"),
        ("Vụ cháy làm 3 người tử vong.", "The fire affected three people.", "tử vong"),
        ("Hai em nhỏ bị thương.", "Two children were at the scene.", "bị thương"),
        ("Ông A Đôi từ chối nhận tiền.", "Mr. A Đôi agreed to take the money.", "từ chối"),
        ("Việc giải ngân còn chậm.", "Disbursement is good.", "chậm"),
        ("Xã có 12 hộ nghèo.", "The commune has 12 households.", "nghèo"),
        ("Thôn còn nhiều khó khăn.", "The village has much to offer.", "khó khăn"),
    ],
)
def test_a_word_that_nothing_answers_is_a_warning(source: str, english: str, word: str) -> None:
    (finding,) = check_turns(source, english)
    assert (finding.kind, finding.severity) == ("omission", "warning")
    assert f'"{word}"' in finding.message


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("Trạm y tế còn thiếu 2 điều dưỡng.", "The health station is two nurses short."),
        ("Trạm y tế còn thiếu 2 điều dưỡng.", "The health station doesn't have two of its nurses yet."),
        ("Ông bị cho là thiếu trung thực.", "He was said to be dishonest."),
        ("Tỷ lệ hộ nghèo giảm 2,1%.", "The poverty rate fell by 2.1%."),
        ("Xã đã giảm nghèo.", "The commune has escaped from poverty."),
        ("Ba người chết.", "Three people lost their lives."),
        ("Nghe tin, bà như chết lặng.", "On hearing the news she was stunned."),
        ("Việc giải ngân còn chậm.", "Disbursement is behind schedule."),
        ("Ông mắc bệnh hiểm nghèo.", "He has a fatal illness."),
        ("Thiếu tá A Đôi tặng quà thiếu nhi.", "Major A Đôi gave presents to the children."),
        ("Phó Giám đốc Sở đến thăm.", "The Department's deputy director came on a visit."),
        ("Đây là nguồn vốn không thể thiếu.", "This capital is indispensable."),
    ],
)
def test_a_word_that_is_answered_or_means_something_else_is_none(source: str, english: str) -> None:
    assert list(check_turns(source, english)) == []
