"""Sentences and clauses: where a cut stands, and that nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.document import TITLE, Article
from vn_summarize.segmentation import CHAIN_WORDS, split_article, split_clauses, split_sentences, tidy

WORDS = """
UBND tỉnh Kon Tum TP. GS.TS. ThS. ngày 8/6. 2.700 hộ nghèo; “Vì người nghèo”, (DTTS) ... … 1. a) - – “ ” "
v.v. ./. bền vững.Tuy nhiên, 1,5% Covid – 19 181-QĐ/TW kontumtv.vn Hòa. Hoà? uỷ! : H’Mông
"""
VIETNAMESE = st.lists(st.sampled_from([*WORDS.split(), "\n", "\t", "\u200b"])).map(" ".join)


@pytest.mark.parametrize(
    "sentence",
    [
        "Đoàn công tác của TP. Hồ Chí Minh đến thăm xã.",
        "Hội thảo có GS.TS. Nguyễn Thị Lan và PGS. TS Trần Bình dự.",
        "Th.S Lê Hà, ThS. Phạm Mai và BS.CKII. Hoàng Sơn trình bày.",
        "Toàn huyện còn 2.700 hộ nghèo, giảm 1.5 điểm.",
        "Ngày 08/6. đoàn đã làm việc với xã.",
        "1. Công tác tuyên truyền được đẩy mạnh.",
        "a. Nhiệm vụ trọng tâm của năm.",
        "a) Nhiệm vụ trọng tâm của năm.",
        "II. Phương hướng năm tới.",
        "Điều 5. Trách nhiệm của các cấp.",
        "Nội dung gồm: 1. Tuyên truyền; 2. Vận động.",
        "Ông khẳng định: “Không ai bị bỏ lại. Mọi hộ nghèo đều được giúp. Chúng tôi làm tới cùng” tại buổi lễ.",
        'Chị nói: "Tôi mừng lắm. Nhà tôi thoát nghèo rồi" với đoàn.',
        "Gia đình bà S. Nguyễn và anh Nguyễn V. A. Hùng được nhận nhà.",
        "Gửi thư về bantin@kontum.gov.vn hoặc xem https://kontum.gov.vn/Tin.Moi để biết.",
        "Theo kontumtv.vn Kon Tum có ba dự án.",
        "Người dân trồng cà phê, cao su... và cây ăn quả… trên đất dốc.",
        "Huyện hỗ trợ giống, phân bón, v.v. cho hộ nghèo.",
        "Hội nghị kết thúc tốt đẹp./.",
        "Trụ sở tại Q.1, TP.HCM và chi nhánh ở Tp.Kon Tum.",
        "Tổng vốn là 2. 700 đồng.",
        "HỘI NGHỊ TỔNG KẾT TẠI TP. KON TUM",
        "Kon Tum: Giảm nghèo nhanh và bền vững",
    ],
)
def test_stays_one_sentence(sentence: str) -> None:
    assert split_sentences(sentence) == [sentence]


@pytest.mark.parametrize(
    ("paragraph", "sentences"),
    [
        ("Xã có 5 thôn. Thôn 1 đã thoát nghèo.", ["Xã có 5 thôn.", "Thôn 1 đã thoát nghèo."]),
        ("Giảm nghèo bền vững.Tuy nhiên, còn khó khăn.", ["Giảm nghèo bền vững.", "Tuy nhiên, còn khó khăn."]),
        ("Đoàn dự năm 2021.Tại lễ, ông Nam nói.", ["Đoàn dự năm 2021.", "Tại lễ, ông Nam nói."]),
        ("Nhà đã xong.UBND xã bàn giao.", ["Nhà đã xong.", "UBND xã bàn giao."]),
        ("Chiều 8/6. Bí thư chủ trì.", ["Chiều 8/6.", "Bí thư chủ trì."]),
        ("Ông nói: “Làm ngay.” Mọi người đồng tình.", ["Ông nói: “Làm ngay.”", "Mọi người đồng tình."]),
        ("Vì sao vậy? “Tôi không biết”, chị đáp.", ["Vì sao vậy?", "“Tôi không biết”, chị đáp."]),
        ("Còn nhiều việc... Năm tới sẽ khác.", ["Còn nhiều việc...", "Năm tới sẽ khác."]),
        ("Nền nhiệt tăng 1 độ C. Xã lo hạn.", ["Nền nhiệt tăng 1 độ C.", "Xã lo hạn."]),
        ("Trẻ được uống vitamin A. Trạm y tế theo dõi.", ["Trẻ được uống vitamin A.", "Trạm y tế theo dõi."]),
        ("Kết quả:\n- Xã A: 12 hộ\n- Xã B: 7 hộ", ["Kết quả:", "- Xã A: 12 hộ", "- Xã B: 7 hộ"]),
        ("Có 12 hộ. 15 hộ khác chờ.", ["Có 12 hộ.", "15 hộ khác chờ."]),
        ("Mua giống, phân, v.v. Sau đó chia đều.", ["Mua giống, phân, v.v.", "Sau đó chia đều."]),
        ("Đã đạt chỉ tiêu./. Tin: Lan Anh", ["Đã đạt chỉ tiêu./.", "Tin: Lan Anh"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_cuts(paragraph: str, sentences: list[str]) -> None:
    assert split_sentences(paragraph) == sentences


def test_long_quotation_is_cut_at_its_own_sentence_ends() -> None:
    speech = "Chúng tôi giúp từng hộ một để không ai bị bỏ lại phía sau. " * 10
    pieces = split_sentences(f"Ông nói: “{speech.strip()}” trước hội nghị.")
    assert len(pieces) == 10


def test_long_chain_is_cut_at_semicolons_only() -> None:
    part = "tiếp tục tuyên truyền, vận động bà con các thôn làng phát triển kinh tế hộ gia đình bền vững"  # 20 words
    chain = "Trong năm, huyện " + "; ".join([part] * 6) + "."
    pieces = split_sentences(chain)
    assert len(pieces) > 1
    assert all(len(piece.split()) <= CHAIN_WORDS for piece in pieces)
    assert all(piece.endswith((";", ".")) for piece in pieces)
    short = "; ".join([part] * 2) + "."
    assert split_sentences(short) == [short]


@given(st.text() | VIETNAMESE)
def test_sentences_and_white_space_are_the_paragraph(paragraph: str) -> None:
    at = 0
    for sentence in split_sentences(paragraph):
        assert sentence
        assert sentence == sentence.strip()
        found = paragraph.index(sentence, at)
        assert not paragraph[at:found].strip()
        at = found + len(sentence)
    assert not paragraph[at:].strip()


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("Tỉnh uỷ  chỉ\u00a0đạo hoà giải", "Tỉnh ủy chỉ đạo hòa giải"),
        ("Dịch Covid – 19 đã lắng", "Dịch Covid-19 đã lắng"),
        ("đội U – 23 thắng", "đội U-23 thắng"),
        ("Kon Tum – 30 năm đổi mới", "Kon Tum – 30 năm đổi mới"),
        ("giai đoạn 2021 – 2025", "giai đoạn 2021 – 2025"),
        ("kinh tế – xã hội", "kinh tế – xã hội"),
        ("Qua 01 năm, có 05 xã, 02 hộ", "Qua 1 năm, có 5 xã, 2 hộ"),
        ("Chỉ thị số 05 nêu", "Chỉ thị số 05 nêu"),
        ("Chỉ thị 05 của Bộ Chính trị", "Chỉ thị 05 của Bộ Chính trị"),
        ("tháng 01 năm 2022, 08/6, 0,5 ha, 1.05 m", "tháng 01 năm 2022, 08/6, 0,5 ha, 1.05 m"),
        ("“hộ\u200b nghèo”\u0007", "“hộ nghèo”"),
        ("Ho\u0323p", "Họp"),
        ("Ngày13/11/2015, tháng5", "Ngày 13/11/2015, tháng 5"),
    ],
)
def test_tidy(printed: str, text: str) -> None:
    assert tidy(printed) == text


@given(st.text() | VIETNAMESE)
def test_tidy_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


def test_article_begins_with_its_title() -> None:
    article = Article("a", "a.txt", "Hội nghị sơ kết", ("Tỉnh uỷ họp. Bí thư dự.", "\u200b", "Kết thúc."))
    sentences = split_article(article)
    assert [s.index for s in sentences] == [0, 1, 2, 3]
    assert [s.paragraph for s in sentences] == [TITLE, 0, 0, 2]
    assert (sentences[1].original, sentences[1].text) == ("Tỉnh uỷ họp.", "Tỉnh ủy họp.")


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        (
            "xây nhà cho hộ nghèo; dạy nghề, tạo việc làm",
            8,
            ["xây nhà cho hộ nghèo;", "dạy nghề, tạo việc làm"],
        ),
        ("vận động bà con, giúp đỡ hộ nghèo làm ăn", 7, ["vận động bà con,", "giúp đỡ hộ nghèo làm ăn"]),
        ("vận động bà con và giúp đỡ hộ nghèo", 7, ["vận động bà con", "và giúp đỡ hộ nghèo"]),
        ("huyện chi gần 21 tỷ đồng", 4, ["huyện chi", "gần 21 tỷ đồng"]),
        ("thôn gọi tên “nhà đại đoàn kết” ấy", 5, ["thôn gọi tên", "“nhà đại đoàn kết” ấy"]),
        ("đưa hàng từ chợ Thượng – Gia Vượng, rồi bán", 8, ["đưa hàng từ chợ Thượng – Gia Vượng,", "rồi bán"]),
        ("đưa hàng từ chợ huyện – nơi đông nhất, rồi bán", 8, ["đưa hàng từ chợ huyện", "– nơi đông nhất, rồi bán"]),
        ("một  hai\nba", 9, ["một hai ba"]),
        ("", 3, []),
    ],
)
def test_clauses(text: str, limit: int, pieces: list[str]) -> None:
    assert split_clauses(text, lambda piece: len(piece.split()) <= limit) == pieces


def test_a_word_that_does_not_fit_is_cut_between_characters() -> None:
    pieces = split_clauses("mã " + "x" * 10_000, lambda piece: len(piece) <= 300)
    assert pieces[0] == "mã"
    assert "".join(pieces[1:]) == "x" * 10_000


@given(st.text() | VIETNAMESE, st.integers(1, 30))
def test_clauses_fit_and_lose_nothing(text: str, limit: int) -> None:
    pieces = split_clauses(text, lambda piece: len(piece) <= limit)
    assert all(len(piece) <= limit for piece in pieces)
    assert "".join(pieces).replace(" ", "") == "".join(text.split())
    if all(len(word) <= limit for word in text.split()):
        assert " ".join(pieces) == " ".join(text.split())


@given(VIETNAMESE, st.sets(st.integers(1, 40)))
def test_clauses_fit_a_model_that_is_not_monotonous(text: str, sizes: set[int]) -> None:
    def fits(piece: str) -> bool:
        return len(piece) == 1 or len(piece) in sizes

    pieces = split_clauses(text, fits)
    assert all(fits(piece) for piece in pieces)
    assert "".join(pieces).replace(" ", "") == "".join(text.split())


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Tỷ lệ hộ nghèo còn 6%.", "Trong đó có hai thôn vùng sâu."),
        ("Mưa kéo dài từ ngày 12/3.", "Đến nay nước đã rút."),
        ("Giá lên 96.000 đồng/kg.", "Bà con rất mừng."),
        ("Xã trồng mới 30 ha.", "Các hộ được hỗ trợ giống."),
    ],
)
def test_a_missing_space_ends_a_sentence_behind_a_percentage_a_date_and_a_unit(first: str, second: str) -> None:
    assert split_sentences(first + second) == [first, second]


@pytest.mark.parametrize("text", ["Xem tại abc.gov.vn/tin.Xem ở đó", "Số 15/QĐ-UBND.Theo mẫu", "TS.Nguyễn Văn A"])
def test_a_missing_space_in_addresses_numbers_and_titles_ends_none(text: str) -> None:
    assert split_sentences(text) == [text]
