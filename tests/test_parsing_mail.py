"""What article comes out of a mail message and of a page saved as a web archive."""

import pytest
from container_samples import BODY, LEAD, TITLE, mail, page, web_archive

from vn_summarize.errors import ArticleError, EmptyArticle, UnreadableArticle
from vn_summarize.parsing import parse_article

SENDER = "Báo tỉnh <tin@baotinh.vn>"
SENT = "Wed, 08 Jun 2022 23:30:00 +0700"


def test_a_message_gives_subject_text_sender_and_day():
    article = parse_article(mail(TITLE, f"{LEAD}\n\n{BODY}\n", sender=SENDER, date=SENT), "a.eml")
    assert (article.title, article.paragraphs) == (TITLE, (LEAD, BODY))
    assert (article.source, article.date) == ("Báo tỉnh", "2022-06-08")


def test_plain_text_goes_before_html():
    assert parse_article(mail(TITLE, LEAD, page(lead=BODY)), "a.eml").paragraphs == (LEAD,)
    article = parse_article(mail(TITLE, html=page(), sender="tin@baotinh.vn"), "a.eml")
    assert article.title == TITLE
    assert article.paragraphs[-2:] == (LEAD, BODY)
    assert article.source == "baotinh.vn"


@pytest.mark.parametrize("subject", [f"Fwd: {TITLE}", f"RE: FW: {TITLE}", f"Chuyển tiếp: {TITLE}"])
def test_marks_of_answers_and_forwards_are_no_title(subject: str) -> None:
    assert parse_article(mail(subject, LEAD), "a.eml").title == TITLE


def test_a_headline_in_the_text_stays_beside_another_subject():
    article = parse_article(mail("Tin trong ngày", f"{TITLE}\n\n{LEAD}"), "a.eml")
    assert (article.title, article.paragraphs) == ("Tin trong ngày", (TITLE, LEAD))
    assert parse_article(mail("", f"{TITLE}\n\n{LEAD}"), "a.eml").title == TITLE


def test_flowed_lines_are_joined_and_the_mark_of_a_signature_is_not():
    data = mail(TITLE, "Sáng 8/6, Tỉnh ủy tổ chức \nHội nghị.\n-- \nLê Minh\n")
    flowed = data.replace(b'charset="utf-8"', b'charset="utf-8"; format=flowed')
    assert parse_article(flowed, "a.eml").paragraphs[0] == "Sáng 8/6, Tỉnh ủy tổ chức Hội nghị."
    assert parse_article(flowed, "a.eml").paragraphs[-1] == "Lê Minh"


@pytest.mark.parametrize("declared", [b"us-ascii", b"iso-8859-1", b"no-such-charset", b"rot13"])
def test_what_a_message_says_of_its_encoding_does_not_count(declared: bytes) -> None:
    data = mail(TITLE, LEAD).replace(b'charset="utf-8"', b'charset="' + declared + b'"')
    assert parse_article(data, "a.eml").paragraphs == (LEAD,)


def test_a_web_archive_gives_the_page_with_its_own_metadata():
    head = (
        '<meta property="og:site_name" content="Báo tỉnh"><meta name="author" content="Lê Minh">'
        '<meta property="article:published_time" content="2022-06-08T16:30:00+07:00">'
    )
    for name in ("a.mhtml", "a.mht"):
        article = parse_article(web_archive(page(head=head)), name)
        assert article.title == TITLE
        assert article.paragraphs[-2:] == (LEAD, BODY)
        assert (article.source, article.date, article.authors) == ("Báo tỉnh", "2022-06-08", ("Lê Minh",))


def test_a_page_of_many_pictures_is_read():
    assert LEAD in parse_article(web_archive(page(), resources=300), "a.mhtml").paragraphs


def test_a_page_that_names_no_site_is_of_its_address():
    assert parse_article(web_archive(page()), "a.mhtml").source == "baotinh.vn"


@pytest.mark.parametrize(
    ("data", "name", "error", "says"),
    [
        (mail(TITLE, " \n"), "a.eml", EmptyArticle, "empty"),
        (b"Subject: a\nContent-Type: image/png\n\nx", "a.eml", EmptyArticle, "the message has no text"),
        (b"Subject: " + b"a" * 30_000 + b"\n\nx", "a.eml", UnreadableArticle, "a header field of more than 20,000"),
        (mail(TITLE, LEAD), "a.mhtml", UnreadableArticle, "holds no HTML page"),
        (web_archive("<html><body></body></html>"), "a.mht", EmptyArticle, "no article text"),
        (b"multipart " + b"x" * 20_000_000, "a.eml", UnreadableArticle, "larger than 20 MB"),
    ],
)
def test_a_message_without_an_article_says_why(data: bytes, name: str, error: type[ArticleError], says: str) -> None:
    with pytest.raises(error, match=f"^{name}: .*{says}"):
        parse_article(data, name)


def test_parts_within_parts_without_end_are_refused():
    data = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000))
    with pytest.raises(UnreadableArticle, match="more than 30 parts"):
        parse_article(data, "a.eml")
