"""What cleaning takes off, what it leaves alone, and that nothing is lost."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vn_summarize.cleaning import clean, fold, normalise_tones, parse_date, restore
from vn_summarize.document import TITLE, Article, Removal
from vn_summarize.errors import EmptyArticle
from vn_summarize.reading import find_files, read_articles

SEEDS = Path(__file__).parent.parent / "seeds"
LEAD = "Sáng 8/6, Tỉnh ủy tổ chức hội nghị sơ kết công tác giảm nghèo."
BODY = "Đến nay, toàn tỉnh còn 2.700 hộ nghèo, giảm 1,5% so với năm trước."


def article(*paragraphs: str, title: str = "") -> Article:
    return Article("a", "a.txt", title, paragraphs)


def kinds(cleaned: Article) -> list[str]:
    return [removal.kind for removal in cleaned.removed]


def nfc(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFC", text) for text in texts)


def test_the_seed_article_loses_its_dateline_end_mark_byline_and_comment_form_only() -> None:
    (file,) = find_files([SEEDS / "dong-bao-thoat-ngheo.txt"])
    (read,) = read_articles(file)
    assert isinstance(read, Article)
    cleaned = clean(read)
    form = "Email của bạn sẽ không được hiển thị công khai. Các trường bắt buộc được đánh dấu *\n"
    assert [(removal.kind, removal.text) for removal in cleaned.removed] == [
        ("dateline", "(kontumtv.vn) – "),
        ("end-mark", "/."),
        ("byline", "Hơ Jan – Thanh Hà\n"),
        ("comment-form", "Trả lời\n"),
        ("comment-form", form),
    ]
    assert (cleaned.source, cleaned.authors) == ("kontumtv.vn", ("Hơ Jan", "Thanh Hà"))
    assert len(cleaned.paragraphs) == len(read.paragraphs) - 3
    assert cleaned.paragraphs[0].startswith("Chiều ngày 8/6, Ủy viên Trung ương Đảng")
    assert cleaned.paragraphs[1:5] == read.paragraphs[1:5]
    assert cleaned.paragraphs[-1].endswith("đã đề ra.")


def test_every_seed_comes_back_whole_and_clean() -> None:
    files = find_files([SEEDS])
    assert len(files) >= 10
    for file in files:
        for read in read_articles(file):
            assert isinstance(read, Article), read
            cleaned = clean(read)
            assert restore(cleaned).paragraphs == nfc(read.paragraphs)
            assert not any(mark in " ".join(cleaned.paragraphs) for mark in ("./.", "Email của bạn", "Tin liên quan"))
            assert cleaned.source or cleaned.authors or cleaned.date, file.id


@pytest.mark.parametrize(
    ("dateline", "source"),
    [
        ("(kontumtv.vn) – ", "kontumtv.vn"),
        ("(Chinhphu.vn) ", "Chinhphu.vn"),
        ("(Ngày Nay) - ", "Ngày Nay"),
        ("Baoquangnam.vn - ", "Baoquangnam.vn"),
        ("QĐND Online – ", "QĐND Online"),
        ("BTO - ", "BTO"),
        ("Báo Sơn Hà Online – ", "Báo Sơn Hà Online"),
        ("Tỉnh A, ngày 5/6 (TTXVN) - ", "TTXVN"),
        ("Đông Hòa (TTXVN) – ", "TTXVN"),
    ],
)
def test_a_dateline_gives_the_source(dateline: str, source: str) -> None:
    cleaned = clean(article(dateline + LEAD, BODY))
    assert cleaned.paragraphs == (LEAD, BODY)
    assert cleaned.source == source
    assert cleaned.removed == (Removal("dateline", 0, 0, dateline),)


@pytest.mark.parametrize(
    "text",
    [
        "UBND - HĐND tỉnh vừa có văn bản gửi các huyện.",
        "Thái Nguyên - Bắc Kạn là tuyến đường dài 40 km.",
        "Ngày 8/6 - ngày hội của đồng bào các dân tộc - có hơn 500 người tham dự.",
        "WHO – Việt Nam ký kết chương trình tiêm chủng.",
        "Ông A (huyện B) - người có uy tín của làng - đã vận động 30 hộ.",
    ],
)
def test_a_first_sentence_with_a_dash_is_no_dateline(text: str) -> None:
    assert clean(article(text, BODY)).paragraphs[0] == text


@pytest.mark.parametrize(
    ("byline", "authors", "source"),
    [
        ("Hơ Jan – Thanh Hà", ("Hơ Jan", "Thanh Hà"), ""),
        ("HOÀNG ANH và LÊ HẢI", ("HOÀNG ANH", "LÊ HẢI"), ""),
        ("Tin, ảnh: Nguyễn Văn A", ("Nguyễn Văn A",), ""),
        ("Bài và ảnh: Trần Thị B, Lê C", ("Trần Thị B", "Lê C"), ""),
        ("Theo TTXVN", (), "TTXVN"),
        ("(Theo Báo Tin Tức)", (), "Báo Tin Tức"),
        ("Nguồn: baobinhlam.vn", (), "baobinhlam.vn"),
        ("PV", ("PV",), ""),
        ("Nhóm PV kinh tế", ("Nhóm PV kinh tế",), ""),
        ("Nguyễn A/VOV", ("Nguyễn A",), "VOV"),
        ("Ngọc Minh (TTXVN)", ("Ngọc Minh",), "TTXVN"),
        ("T.L", ("T.L",), ""),
        ("N.Mạnh", ("N.Mạnh",), ""),
    ],
)
@pytest.mark.parametrize("before", ["", "\n"])
def test_a_byline_gives_the_authors_alone_or_behind_the_last_sentence(
    byline: str, authors: tuple[str, ...], source: str, before: str
) -> None:
    read = article(LEAD, BODY, byline) if before else article(LEAD, f"{BODY} {byline}")
    cleaned = clean(read)
    assert cleaned.paragraphs == (LEAD, BODY)
    assert (cleaned.authors, cleaned.source) == (authors, source)
    assert kinds(cleaned) == ["byline"]


@pytest.mark.parametrize(
    "last",
    [
        "Hội nghị kết thúc.",
        "Theo đó, các huyện sẽ hoàn thành trước tháng 10.",
        "UBND TỈNH",
        "Xã Ngọc Linh: 12 hộ",
        "Lễ hội kéo dài đến hết ngày 12/6",
        "Người dân trồng sâm, đương quy và bo bo",
        "Ông Nguyễn Văn A, Trần Văn B, Lê Văn C, Phạm Văn D và Hồ Văn E",
    ],
)
def test_a_short_last_paragraph_of_text_is_no_byline(last: str) -> None:
    assert clean(article(LEAD, BODY, last)).paragraphs[-1] == last


def test_a_name_behind_an_abbreviated_title_stays() -> None:
    last = "Đoàn công tác do TP. Hồ Chí Minh"
    assert clean(article(LEAD, last)).paragraphs[-1] == last


def test_a_list_of_names_keeps_its_last_row() -> None:
    rows = ("Các xã đạt chuẩn gồm:", "Hơ Moong", "Ngọc Linh")
    assert clean(article(LEAD, *rows)).paragraphs == (LEAD, *rows)


def test_a_byline_may_open_the_article_below_its_title() -> None:
    cleaned = clean(article("Lê Minh", LEAD, BODY, title="Hội nghị sơ kết công tác giảm nghèo"))
    assert (cleaned.paragraphs, cleaned.authors) == ((LEAD, BODY), ("Lê Minh",))
    rubric = clean(article("NÔNG THÔN MỚI", LEAD, BODY, title="Hội nghị sơ kết"))
    assert rubric.paragraphs[0] == "NÔNG THÔN MỚI"


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("đã đề ra./.", "đã đề ra."),
        ("đã đề ra. /.", "đã đề ra."),
        ("đã đề ra!./.", "đã đề ra!"),
        ("đã đề ra/.", "đã đề ra"),
        ("đã đề ra.../.", "đã đề ra..."),
        ("xem tại http://a.vn/", "xem tại http://a.vn/"),
        ("đạt 5 tấn/ha.", "đạt 5 tấn/ha."),
    ],
)
def test_the_end_mark_goes_and_the_full_stop_stays(printed: str, kept: str) -> None:
    assert clean(article(LEAD, printed)).paragraphs[-1] == kept


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Để lại một bình luận", "comment-form"),
        ("Bình luận", "comment-form"),
        ("Gửi bình luận", "comment-form"),
        ("Huỷ trả lời", "comment-form"),
        ("Chia sẻ Facebook Zalo", "share"),
        ("In bài viết", "print"),
        ("Lượt xem: 1.234", "counter"),
        ("Từ khóa: giảm nghèo, nông thôn mới", "keywords"),
        ("Tags: Kon Tum", "keywords"),
        ("Xem thêm: Tỉnh đoàn ra quân hè tình nguyện", "related"),
        (">> Tỉnh đoàn ra quân hè tình nguyện", "related"),
        ("Ảnh: N.H", "caption"),
        ("Quang cảnh hội nghị. Ảnh: Lê Minh", "caption"),
        ("(Ảnh minh họa)", "caption"),
    ],
)
def test_page_furniture_is_taken_off_under_its_name(line: str, kind: str) -> None:
    cleaned = clean(article(LEAD, BODY, line))
    assert cleaned.paragraphs == (LEAD, BODY)
    assert cleaned.removed == (Removal(kind, 2, 0, line + "\n"),)


def test_related_headlines_go_with_their_heading_but_only_at_the_end() -> None:
    block = ("Tin liên quan", "Xã A đạt chuẩn nông thôn mới", "Huyện B trồng 200 ha rừng")
    assert clean(article(LEAD, BODY, *block)).paragraphs == (LEAD, BODY)
    assert clean(article(LEAD, *block, BODY)).paragraphs == (LEAD, *block, BODY)


def test_an_answer_heading_inside_an_interview_stays() -> None:
    interview = ("Hỏi", "Khi nào xong?", "Trả lời", "Trong năm nay sẽ xong.")
    assert clean(article(*interview)).paragraphs == interview


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Thứ Tư, 08/06/2022 | 16:30 GMT+7", "2022-06-08"),
        ("Cập nhật: 16:30 - 8/6/2022", "2022-06-08"),
        ("Ngày 8 tháng 6 năm 2022", "2022-06-08"),
    ],
)
def test_a_date_line_gives_the_date(line: str, date: str) -> None:
    cleaned = clean(article(line, LEAD, BODY))
    assert (cleaned.paragraphs, cleaned.date, kinds(cleaned)) == ((LEAD, BODY), date, ["meta"])


def test_what_the_file_says_of_itself_comes_before_what_the_text_says() -> None:
    read = Article("a", "a.html", "", ("(baoa.vn) – " + LEAD, BODY, "Lê Minh"), "Báo A", "2022-06-08", ("Trần B",))
    cleaned = clean(read)
    assert (cleaned.source, cleaned.date, cleaned.authors) == ("Báo A", "2022-06-08", ("Trần B",))


def test_the_site_in_a_title_is_taken_off() -> None:
    cleaned = clean(article(LEAD, title="Hội nghị sơ kết | Báo Bình Lâm"))
    assert (cleaned.title, cleaned.source) == ("Hội nghị sơ kết", "Báo Bình Lâm")
    assert cleaned.removed == (Removal("site", TITLE, 15, " | Báo Bình Lâm"),)


@pytest.mark.parametrize("paragraphs", [(), ("",), ("Trả lời", "Gửi bình luận"), ("In bài viết", "  ")])
def test_nothing_left_is_an_error_that_names_the_file(paragraphs: tuple[str, ...]) -> None:
    with pytest.raises(EmptyArticle, match=r"a\.txt"):
        clean(article(*paragraphs))


CLUTTER = [
    "(kontumtv.vn) – ",
    "Tỉnh A, ngày 5/6 (TTXVN) - ",
    "./.",
    " /.",
    "Hơ Jan – Thanh Hà",
    "Tin, ảnh: Lê A",
    "PV",
    "Trả lời",
    "Tin liên quan",
    "Ảnh: N.H",
    "08/06/2022",
    " ",
    "\n",
    "Xem thêm:",
    "hoà",
    "\u0301",
    "Từ khóa: a",
    ". ",
    LEAD,
    BODY,
]
pieces = st.lists(st.sampled_from(CLUTTER) | st.text(max_size=5), max_size=5).map("".join)


@settings(deadline=None)
@given(pieces, st.lists(pieces, max_size=8))
def test_cleaned_and_removed_make_the_article_as_read(title: str, paragraphs: list[str]) -> None:
    read = article(*paragraphs, title=title)
    try:
        cleaned = clean(read)
    except EmptyArticle:
        return
    restored = restore(cleaned)
    assert restored.title == unicodedata.normalize("NFC", title)
    assert restored.paragraphs == nfc(read.paragraphs)
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hoà", "hòa"),
        ("HOÀ", "HÒA"),
        ("khoẻ", "khỏe"),
        ("uỷ ban", "ủy ban"),
        ("Tỉnh UỶ", "Tỉnh ỦY"),
        ("thuỷ", "thủy"),
        ("xoá", "xóa"),
        ("quý", "quý"),
        ("Quỹ", "Quỹ"),
        ("hoàn", "hoàn"),
        ("khoảng", "khoảng"),
        ("khuỷu", "khuỷu"),
        ("ngoài", "ngoài"),
        ("hòa", "hòa"),
        ("(hoà)", "(hòa)"),
    ],
)
def test_tone_marks_move_to_the_first_vowel_of_an_open_syllable(old: str, new: str) -> None:
    assert normalise_tones(old) == new


vietnamese = st.text(alphabet="aăâeêioôơuưyàáảãạằềồờừỳýỷỹỵoòóquhnOUYÀÝĐđİK .\u0301", max_size=30) | st.text(max_size=20)


@settings(deadline=None)
@given(vietnamese)
def test_folding_keeps_every_letter_in_its_place(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert len(normalise_tones(composed)) == len(fold(text)) == len(composed)
    assert normalise_tones(normalise_tones(composed)) == normalise_tones(composed)
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


def test_folding_makes_spellings_of_one_word_equal() -> None:
    assert fold("TỈNH UỶ") == fold("Tỉnh ủy") == "tỉnh ủy"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("8/6/2021", "2021-06-08"),
        ("2023-03-26T17:05:00+07:00", "2023-03-26"),
        ("ngày 18 tháng 11 năm 2021", "2021-11-18"),
        ("31/2/2021 rồi 1.3.2021", "2021-03-01"),
        ("ngày 8/6", ""),
    ],
)
def test_only_a_complete_date_is_a_date(text: str, date: str) -> None:
    assert parse_date(text) == date
