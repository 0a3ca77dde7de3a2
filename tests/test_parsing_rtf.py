"""What article comes out of Rich Text."""

import pytest
from container_samples import BODY, LEAD, TITLE, rich_text

from vn_summarize.errors import ArticleError, EmptyArticle, UnreadableArticle
from vn_summarize.parsing import parse_article, rtf


def test_paragraphs_and_headline_are_read():
    article = parse_article(rich_text([TITLE, LEAD, BODY]), "a.rtf")
    assert (article.title, article.paragraphs) == (TITLE, (LEAD, BODY))


def test_letters_of_the_vietnamese_code_page_are_read_escaped_or_not():
    text = "Ho\u0323\u0302i nghi\u0323".replace("o\u0323\u0302", "ô\u0323")
    coded = text.encode("cp1258")
    escaped = "".join(chr(byte) if byte < 128 else f"\\'{byte:02x}" for byte in coded).encode()
    for body in (coded, escaped):
        data = rb"{\rtf1\ansi\ansicpg1258{\fonttbl{\f0\fcharset163 Arial;}}\f0 " + body + rb"\par Xong.}"
        assert parse_article(data, "a.rtf").title + parse_article(data, "a.rtf").paragraphs[0] == text + "Xong."


def test_letters_that_are_written_in_halves_are_joined():
    article = parse_article(rb"{\rtf1\uc1 Xong \u-10179?\u-8704?.}", "a.rtf")
    assert article.paragraphs == ("Xong \U0001f600.",)


def test_pictures_properties_and_addresses_of_links_are_no_text():
    picture = rb"{\pict\pngblip " + b"89504e47" * 2000 + b"}"
    link = rb'{\field{\*\fldinst{HYPERLINK "https://baotinh.vn/1"}}{\fldrslt{b\u225?o t\u7881?nh}}}'
    data = rb"{\rtf1{\info{\title Bieu mau}{\author Admin}}" + picture + rb"Theo " + link + rb".\par Xong.}"
    assert parse_article(data, "a.rtf").paragraphs == ("Theo báo tỉnh.", "Xong.")


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (LEAD.encode(), UnreadableArticle, "not Rich Text"),
        (rb"{\rtf1 }", EmptyArticle, "no article text"),
        (rb"{\rtf1\u99999999? x}", UnreadableArticle, "cannot be read as Rich Text"),
    ],
)
def test_what_is_no_rich_text_says_why(data: bytes, error: type[ArticleError], says: str) -> None:
    with pytest.raises(error, match=rf"^a\.rtf: .*{says}"):
        parse_article(data, "a.rtf")


def test_a_document_of_too_much_text_is_refused(monkeypatch):
    monkeypatch.setattr(rtf, "RTF_LIMIT", 1000)
    with pytest.raises(UnreadableArticle, match="MB of text"):
        parse_article(rich_text([LEAD] * 50), "a.rtf")
    assert parse_article(rb"{\rtf1{\pict " + b"0123456789abcdef" * 1000 + rb"}Xong.}", "a.rtf").paragraphs == ("Xong.",)


@pytest.mark.parametrize(
    "repeated",
    [rb"{\field{\*\fldinst{HYPERLINK ", rb"\f1\fcharset1", rb"{\fonttbl\f1", rb"\'e1", rb"{{\*\x ", rb"\u7891?"],
)
def test_a_hostile_document_comes_to_an_end(repeated: bytes) -> None:
    try:
        parse_article(rb"{\rtf1{\fonttbl" + repeated * 20_000 + b" x", "a.rtf")
    except ArticleError:
        return
