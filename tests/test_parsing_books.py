"""Which articles come out of an e-book."""

import pytest
from container_samples import BODY, LEAD, TITLE, archive, book, page, unpacked

from vn_summarize.document import Article
from vn_summarize.errors import ArticleError, EmptyArticle, UnreadableArticle
from vn_summarize.parsing import parse_article, parse_articles

OTHER = "Huyện Đăk Tô phát động trồng rừng"
PLANTING = "Ngày 2/9, huyện Đăk Tô phát động phong trào trồng rừng với 1.200 người tham gia."


def read(data: bytes) -> list[Article | ArticleError]:
    return list(parse_articles(data, "a.epub", "a"))


def test_each_chapter_with_text_is_an_article_in_the_order_of_reading():
    chapters = {
        "cover.xhtml": '<html><body><img src="bia.jpg"/></body></html>',
        "nav.xhtml": page("Mục lục", "Tin một trong số này.", "Tin hai trong số này."),
        "b%20c.xhtml": page(),
        "a.xhtml": page(OTHER, PLANTING),
    }
    read_ = read(book(chapters))
    assert [(a.id, a.origin, a.title) for a in read_ if isinstance(a, Article)] == [
        ("a/000002", "a.epub#2", TITLE),
        ("a/000003", "a.epub#3", OTHER),
    ]
    assert len(read_) == 2
    assert isinstance(read_[0], Article)
    assert read_[0].paragraphs[-2:] == (LEAD, BODY)


def test_what_a_chapter_does_not_say_the_book_says():
    metadata = "<dc:publisher>Báo tỉnh</dc:publisher><dc:date>2022-06-08</dc:date><dc:creator>Lê Minh</dc:creator>"
    head = '<meta name="author" content="Trần Bình"/>'
    plain, signed = read(book({"a.xhtml": page(), "b.xhtml": page(head=head)}, metadata))
    assert isinstance(plain, Article)
    assert isinstance(signed, Article)
    assert (plain.source, plain.date, plain.authors) == ("Báo tỉnh", "2022-06-08", ("Lê Minh",))
    assert (signed.source, signed.authors) == ("Báo tỉnh", ("Trần Bình",))


def test_a_chapter_that_stands_twice_in_the_order_is_read_once():
    assert len(read(book({"a.xhtml": page()}, spine='<itemref idref="i0"/>' * 3))) == 1


def test_a_chapter_that_is_missing_fails_alone():
    members = unpacked(book({"a.xhtml": page(), "b.xhtml": page()}))
    del members["OEBPS/a.xhtml"]
    broken, whole = read(archive(members))
    assert isinstance(broken, UnreadableArticle)
    assert str(broken).startswith("a.epub#1: has no part 'OEBPS/a.xhtml'")
    assert isinstance(whole, Article)


def test_a_book_of_several_articles_is_none_for_a_command_that_wants_one():
    assert parse_article(book({"a.xhtml": page()}), "a.epub").title == TITLE
    with pytest.raises(UnreadableArticle, match="holds 2 articles"):
        parse_article(book({"a.xhtml": page(), "b.xhtml": page()}), "a.epub")


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b"no book", UnreadableArticle, "cannot be read as a zip archive"),
        (archive({"a.txt": LEAD}), UnreadableArticle, "has no part 'META-INF/container.xml'"),
        (book({}), UnreadableArticle, "names no chapters"),
        (book({"a.xhtml": page()}, spine='<itemref idref="../../etc"/>'), UnreadableArticle, "names no chapters"),
        (book({"a.xhtml": "<html><body></body></html>"}), EmptyArticle, "no chapter has text"),
        (book({"a.xhtml": page()}, "&x;"), UnreadableArticle, "cannot be read as XML"),
    ],
)
def test_a_book_without_articles_says_why(data: bytes, error: type[ArticleError], says: str) -> None:
    with pytest.raises(error, match=f"^a.epub.*{says}"):
        parse_article(data, "a.epub")
