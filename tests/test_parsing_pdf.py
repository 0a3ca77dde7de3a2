"""What article comes out of a PDF file, and how its lines become paragraphs."""

import io

import pytest
from container_samples import LEAD, TITLE, pdf, set_lines, stream
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject

from vn_summarize.errors import UnreadableArticle
from vn_summarize.parsing import parse_article
from vn_summarize.parsing import pdf as module

FIRST = [
    "Sáng 8/6, Tỉnh ủy tổ chức hội nghị sơ kết công tác giảm nghèo",
    "trên địa bàn. Dự hội nghị có ông A Thiêng, Chủ tịch Ủy ban nhân",
    "dân tỉnh và đại diện các sở.",
]
SECOND = [
    "Đến nay, toàn tỉnh còn 2.700 hộ nghèo, giảm 1,5% so với cùng kỳ",
    "năm trước. Các huyện đã vận động được 1.250 ngày công để làm",
    "đường thôn và sửa chữa nhà ở.",
]
PARAGRAPHS = (" ".join(FIRST), " ".join(SECOND))


def read(*pages, **info):
    article = parse_article(pdf(pages, **info), "a.pdf")
    return article.title, article.paragraphs


def test_a_larger_first_line_is_the_title_and_lines_are_joined():
    title, paragraphs = read([(TITLE, 72, 800, 20), *set_lines([*FIRST, *SECOND])])
    assert (title, paragraphs) == (TITLE, PARAGRAPHS)


@pytest.mark.parametrize("how", ["short line", "gap", "indent"])
def test_paragraphs_are_told_by_short_last_lines_gaps_and_indents(how: str) -> None:
    first = FIRST if how == "short line" else [*FIRST[:2], FIRST[2] + " Đây là một kết quả của cả hệ thống."]
    lines = set_lines(first)
    if how == "gap":
        lines += set_lines(SECOND, top=770 - 15 * len(first) - 12)
    else:
        lines += set_lines(SECOND, top=770 - 15 * len(first))
    if how == "indent":
        lines = [
            (text, left + 24 * (place in (0, 3)), height, size)
            for place, (text, left, height, size) in enumerate(lines)
        ]
    assert read(lines)[1] == (" ".join(first), PARAGRAPHS[1])


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page():
    left = set_lines([*FIRST, SECOND[0]], top=120)
    right = set_lines([SECOND[1]], left=320, top=770)
    assert read([*left, *right], set_lines([SECOND[2]]))[1] == PARAGRAPHS


def test_a_headline_of_two_centred_lines_is_one():
    head = [("HỘI NGHỊ SƠ KẾT", 150, 800, 18), ("CÔNG TÁC GIẢM NGHÈO", 132, 778, 18)]
    assert read([*head, *set_lines([*FIRST, *SECOND], top=740)]) == ("HỘI NGHỊ SƠ KẾT CÔNG TÁC GIẢM NGHÈO", PARAGRAPHS)


def test_items_of_a_list_stand_alone_and_a_dash_in_the_text_does_not():
    items = ["- Huyện Đăk Tô: 312 hộ", "- xã Hơ Moong: 87 hộ"]
    dash = ["Đây là kết quả của nhiều năm thực hiện chương trình kinh tế", "– xã hội vùng đồng bào dân tộc."]
    assert read(set_lines([*FIRST, *items, *dash]))[1] == (PARAGRAPHS[0], *items, " ".join(dash))


def test_line_ends_leave_no_trace():
    lines = [
        "Hội nghị đã nghe báo cáo kết quả thực hiện Kết luận số 181-",
        "QĐ/TW về đổi mới công tác dân vận và đã tặng giấy khen của",
        "công ty Paciﬁc.",
    ]
    (paragraph,) = read(set_lines(lines))[1]
    assert paragraph.endswith("số 181-QĐ/TW về đổi mới công tác dân vận và đã tặng giấy khen của công ty Pacific.")


def test_page_numbers_and_repeated_heads_are_left_out_and_others_stay():
    def sheet(number: int, texts: list[str]) -> list[tuple[str, float, float, float]]:
        head = ("BÁO TỈNH - Số 1234", 72, 820, 9)
        return [head, *set_lines(texts), (f"Trang {number}/3", 300, 30, 9)]

    assert read(sheet(1, FIRST), sheet(2, SECOND), sheet(3, FIRST))[1] == (*PARAGRAPHS, PARAGRAPHS[0])
    two = read(sheet(1, FIRST), sheet(2, SECOND))
    assert "BÁO TỈNH - Số 1234" in (two[0], *two[1])
    assert not any("Trang" in paragraph for paragraph in two[1])
    assert "2022" in read([*set_lines(FIRST), ("2022", 72, 40, 12)])[1]


def test_the_title_of_the_properties_counts_only_where_it_stands_in_the_text():
    lines = [("Kính gửi: Ban biên tập.", 72, 800, 12), (TITLE, 72, 780, 16), *set_lines(FIRST, top=750)]
    assert read(lines, title=TITLE)[0] == TITLE
    assert read(lines, title="Microsoft Word - Bieu mau.doc")[0] == ""


@pytest.mark.parametrize(
    ("pages", "says"),
    [
        ([[]], "no text layer: OCR it first"),
        ([set_lines(FIRST), [], []], "2 of 3 pages have no text layer: OCR it first"),
        ([set_lines(["\ue000\ue001\ue002"] * 3)], "does not say which letters it shows"),
    ],
)
def test_a_scan_is_refused(pages, says: str) -> None:
    with pytest.raises(UnreadableArticle, match=rf"^a\.pdf: .*{says}"):
        parse_article(pdf(pages), "a.pdf")


def test_a_locked_file_is_refused_and_one_without_a_password_to_open_is_read():
    with pytest.raises(UnreadableArticle, match="locked with a password"):
        parse_article(pdf([set_lines(FIRST)], password="bi-mat"), "a.pdf")
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([set_lines(FIRST)]))))
    writer.encrypt("", "bi-mat", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert parse_article(out.getvalue(), "a.pdf").paragraphs == PARAGRAPHS[:1]


def test_a_file_of_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(module, "PAGE_LIMIT", 2)
    with pytest.raises(UnreadableArticle, match="more than 2 pages"):
        parse_article(pdf([set_lines(FIRST)] * 3), "a.pdf")


def test_a_file_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(module, "TIME_LIMIT", -1.0)
    with pytest.raises(UnreadableArticle, match="takes more than"):
        parse_article(pdf([set_lines(FIRST)]), "a.pdf")


def hostile(content: bytes, forms: int = 0) -> bytes:
    """A page with this content; `forms` boxes, each of which shows the next one ten times."""
    writer = PdfWriter()
    sheet = writer.add_blank_page(595, 842)
    inner = writer._add_object(stream(b"q Q"))
    for _ in range(forms):
        form = stream(b"/X Do " * 10)
        form[NameObject("/Subtype")] = NameObject("/Form")
        boxes = DictionaryObject({NameObject("/XObject"): DictionaryObject({NameObject("/X"): inner})})
        form[NameObject("/Resources")] = boxes
        inner = writer._add_object(form)
    boxes = DictionaryObject({NameObject("/XObject"): DictionaryObject({NameObject("/X"): inner})})
    sheet[NameObject("/Resources")] = boxes
    sheet[NameObject("/Contents")] = writer._add_object(stream(content))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        hostile(b"/X Do", forms=9),
        hostile(b"q " * 60_000),
        hostile(b" " * 25_000_000),
        hostile(b"[" * 100_000),
        b"%PDF-1.7\n" * 1000,
    ],
    ids=["boxes in boxes", "operators", "bomb", "brackets", "heads"],
)
def test_a_hostile_file_comes_to_an_end(monkeypatch, data: bytes) -> None:
    monkeypatch.setattr(module, "_BOX_LIMIT", 50)
    monkeypatch.setattr(module, "_WORK_LIMIT", 50_000)
    with pytest.raises(UnreadableArticle):
        parse_article(data, "a.pdf")


def test_what_is_no_pdf_says_so():
    with pytest.raises(UnreadableArticle, match=r"^a\.pdf: cannot be read as PDF"):
        parse_article(LEAD.encode(), "a.pdf")
