"""What article comes out of a Word document."""

import re

import docx
import pytest
from container_samples import BODY, LEAD, TITLE, archive, saved, unpacked, word

from vn_summarize.document import Article
from vn_summarize.errors import EmptyArticle, UnreadableArticle
from vn_summarize.parsing import packages, parse_article


def edited(data: bytes, name: str, pattern: str, replacement: str) -> bytes:
    members = unpacked(data)
    members[name] = re.sub(pattern, replacement, members[name].decode(), flags=re.DOTALL).encode()
    return archive(members)


def test_a_headline_by_style_is_the_title_and_the_rest_the_text():
    data = word(["BÁO TỈNH", (TITLE, "Heading 1"), LEAD, "", BODY])
    assert parse_article(data, "a.docx") == Article("a", "a.docx", TITLE, ("BÁO TỈNH", LEAD, BODY))


def test_without_a_style_the_first_line_is_the_title_where_it_looks_like_one():
    assert parse_article(word([TITLE, LEAD, BODY]), "a.docx").title == TITLE
    assert parse_article(word([LEAD, BODY]), "a.docx").paragraphs == (LEAD, BODY)


def test_the_title_of_the_properties_counts_only_where_it_stands_in_the_text():
    first = "Kính gửi: Ban biên tập."
    assert parse_article(word([first, TITLE, LEAD], title=TITLE), "a.docx").title == TITLE
    assert parse_article(word([first, TITLE, LEAD], title="Biểu mẫu số 3"), "a.docx").title == ""


def test_who_typed_it_and_when_it_was_saved_are_no_evidence():
    article = parse_article(word([TITLE, LEAD], author="Admin"), "a.docx")
    assert (article.authors, article.date) == ((), "")


def test_lists_tables_and_line_breaks_are_read():
    document = docx.Document()
    document.add_paragraph(LEAD)
    document.add_paragraph("Xã Đăk Hà: 12 hộ", "List Bullet")
    cells = document.add_table(rows=2, cols=2)
    for place, text in enumerate(["Huyện A", "12 xã", "Huyện B", "10 xã"]):
        cells.cell(place // 2, place % 2).text = text
    document.add_paragraph("Tổng vốn là 215 triệu đồng,\ndo người dân đóng góp.\nĐây là kết quả tốt.")
    document.add_table(rows=1, cols=1).cell(0, 0).text = f"{BODY}\nHết."
    assert parse_article(saved(document), "a.docx").paragraphs == (
        LEAD,
        "- Xã Đăk Hà: 12 hộ",
        "Huyện A | 12 xã",
        "Huyện B | 10 xã",
        "Tổng vốn là 215 triệu đồng, do người dân đóng góp.",
        "Đây là kết quả tốt.",
        BODY,
        "Hết.",
    )


def test_tracked_changes_are_read_as_accepted():
    gone = '<w:del w:id="1" w:author="x"><w:r><w:delText>ba</w:delText></w:r></w:del>'
    new = '<w:ins w:id="2" w:author="x"><w:r><w:t>bốn</w:t></w:r></w:ins>'
    changed = f'<w:r><w:t xml:space="preserve">Có </w:t></w:r>{gone}{new}<w:r><w:t> thôn.</w:t></w:r>'
    data = edited(word(["X", BODY]), "word/document.xml", "<w:r><w:t>X</w:t></w:r>", changed)
    assert parse_article(data, "a.docx").paragraphs[0] == "Có bốn thôn."


def test_text_in_a_frame_is_read_once():
    frame = f"<w:txbxContent><w:p><w:r><w:t>{LEAD}</w:t></w:r></w:p></w:txbxContent>"
    forms = f"<w:Choice>{frame}</w:Choice><w:Fallback>{frame}</w:Fallback>"
    both = f"<w:r><w:AlternateContent>{forms}</w:AlternateContent></w:r>"
    data = edited(word(["X", BODY]), "word/document.xml", "<w:r><w:t>X</w:t></w:r>", both)
    assert parse_article(data, "a.docx").paragraphs == (LEAD, BODY)


def test_text_in_the_fonts_from_before_unicode_is_converted():
    old = "TØnh ñy tæ chøc héi nghÞ s¬ kÕt c«ng t¸c gi¶m nghÌo t¹i huyÖn §¨k T«."
    article = parse_article(word([old, old]), "a.docx")
    assert article.paragraphs[0].endswith("hội nghị sơ kết công tác giảm nghèo tại huyện Đăk Tô.")
    assert [finding.kind for finding in article.findings] == ["encoding"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"no archive", "cannot be read as a zip archive"),
        (archive({"a.txt": LEAD}), "not a Word document"),
        (
            edited(word([LEAD]), "word/document.xml", r"</w:body>", ""),
            "cannot be read as XML in its part word/document",
        ),
        (
            edited(word([LEAD]), "word/document.xml", r"\?>", '?><!DOCTYPE a [<!ENTITY x "xx">]>'),
            "cannot be read as XML",
        ),
        (b"PK" + b"x" * packages.ARTICLE_LIMIT, "larger than 20 MB"),
    ],
)
def test_what_is_no_word_document_is_refused_with_the_reason(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableArticle, match=rf"^a\.docx\b.*: .*{says}"):
        parse_article(data, "a.docx")


def test_a_document_without_text_is_empty():
    with pytest.raises(EmptyArticle):
        parse_article(word(["", " "]), "a.docx")


def test_a_part_that_grows_too_much_is_refused():
    members = unpacked(word([LEAD]))
    members["word/document.xml"] += b" " * 10_000_000
    with pytest.raises(UnreadableArticle, match="grows more than 200 times"):
        parse_article(archive(members), "a.docx")
    with pytest.raises(UnreadableArticle, match="larger than 20 MB"):
        parse_article(archive(members | {"word/document.xml": b" " * 20_000_001}), "a.docx")
