import pytest
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.surface import cut_attribution, is_capitals, join_clauses, restore_surface, truecase


def test_capitals_need_three_words() -> None:
    assert is_capitals("HỘI NGHỊ TỔNG KẾT NĂM 2023")
    assert not is_capitals("UBND")
    assert not is_capitals("UBND tỉnh họp")


def test_truecase_takes_the_letters_of_the_body() -> None:
    body = "Sáng nay, huyện Đắk Mây họp. Ông Lê Văn Tám chủ trì tại xã Đắk Mây."
    assert truecase("ÔNG LÊ VĂN TÁM THĂM ĐẮK MÂY", body) == "Ông Lê Văn Tám thăm Đắk Mây"


def test_truecase_knows_a_name_beside_a_mark() -> None:
    assert truecase("ĐẮK MÂY: “HỌP”, BÀN", "Sáng nay, xã Đắk Mây họp.") == "Đắk Mây: “họp”, bàn"


@given(st.text(), st.text())
def test_truecase_changes_letters_only(text: str, body: str) -> None:
    assert truecase(text, body).casefold() == " ".join(text.split()).casefold()


def test_truecase_does_not_trust_a_capital_that_begins_a_sentence() -> None:
    assert truecase("CẢ HUYỆN HỌP", "Huyện đã họp. Cả nước vui.") == "Cả huyện họp"


@pytest.mark.parametrize(
    ("source", "english", "wanted"),
    [
        ("Hội nghị kết thúc.", "The conference ended", "The conference ended."),
        ("Thêm ba xã đạt chuẩn", "Three more communes met the standard.", "Three more communes met the standard"),
        ("“Chúng tôi sẽ làm”.", "We will do it.", '"We will do it."'),
        ("Ông nói:", "He said", "He said:"),
        ("HỌP BÀN GIẢM NGHÈO", "Meeting on poverty reduction.", "MEETING ON POVERTY REDUCTION"),
        ("Ông nói: “Tốt!”", "He said: “Good!”", 'He said: "Good!"'),
        ("Ai làm?", "Who does it?", "Who does it?"),
        ("- Xã A;", "- Commune A.", "- Commune A;"),
        ("Lúc 8 giờ sáng", "At 8 a.m.", "At 8 a.m."),
        ("Phong trào “Đổi thay”.", 'The drive " Change ".', 'The drive "Change".'),
        ("“Tốt”, “đẹp” và “vui”", '" Good", "fine " and (" merry ")', '"Good", "fine" and ("merry")'),
        ("Nói “tốt” và “đẹp”", 'Say "good" and "fine"', 'Say "good" and "fine"'),
        ("Ống 5” và 6” dài", 'Pipes of 5" and 6" length', 'Pipes of 5" and 6" length'),
    ],
)
def test_surface_follows_the_source(source: str, english: str, wanted: str) -> None:
    assert restore_surface(source, english) == wanted


@given(st.text(), st.text(alphabet=st.characters(codec="ascii")))
def test_surface_keeps_the_words(source: str, english: str) -> None:
    def words(text: str) -> str:
        return "".join(c for c in text.lower() if c.isalnum())

    assert words(restore_surface(source, english)) == words(english)


def test_clauses_become_one_sentence() -> None:
    sources = ["Xã Đắk Mây họp,", "đồng thời triển khai kế hoạch;", "Ông Tám phát biểu."]
    english = ["Đắk Mây Commune met.", "At the same time it carried out the plan.", "Mr. Tám spoke."]
    joined = "Đắk Mây Commune met, at the same time it carried out the plan; Mr. Tám spoke."
    assert join_clauses(sources, english) == joined


@pytest.mark.parametrize(
    ("source", "english", "kept"),
    [
        ("Chúng tôi sẽ gửi đơn”.", 'We will petition," he said.', 'We will petition."'),
        ("“Chúng tôi sẽ gửi đơn”.", '"We will petition," said Mr. A, a farmer.', '"We will petition."'),
        ("“Chúng tôi sẽ gửi đơn”, ông nói.", '"We will petition," he said.', '"We will petition," he said.'),
        ("Ông nói: “Chúng tôi sẽ gửi đơn”.", '"We will petition," he said.', '"We will petition," he said.'),
        (
            "Chúng tôi gọi nó là trâu vàng”.",
            'We call it "the gold buffalo" here.',
            'We call it "the gold buffalo" here.',
        ),
    ],
)
def test_what_is_said_of_a_quote_stands_only_where_the_source_says_it(source: str, english: str, kept: str) -> None:
    assert cut_attribution(source, english) == kept
