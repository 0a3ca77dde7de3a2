"""Which articles come out of a table."""

import pytest
from container_samples import BODY, LEAD, TITLE, table

from vn_summarize.document import Article
from vn_summarize.errors import ArticleError, EmptyArticle, UnreadableArticle
from vn_summarize.parsing import parse_articles

ROW = [TITLE, f"{LEAD}\n\n{BODY}", "8/6/2022", "Báo tỉnh", "Lê Minh, Trần Bình"]
ARTICLE = Article("a/000001", "a.csv#1", TITLE, (LEAD, BODY), "Báo tỉnh", "2022-06-08", ("Lê Minh", "Trần Bình"))


def read(data: bytes, name: str = "a.csv") -> list[Article | ArticleError]:
    return list(parse_articles(data, name, "a"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "header",
    [
        ["title", "text", "date", "source", "author"],
        ["Headline", "Body", "Published", "Site", "Authors"],
        ["Tiêu đề", "Nội dung", "Ngày", "Nguồn", "Tác giả"],
        ["TIEU_DE", "noi_dung", "ngay_dang", "nguon", "tac_gia"],
    ],
)
def test_columns_are_known_by_their_names_whatever_parts_them(delimiter: str, header: list[str]) -> None:
    assert read(table([header, ROW], delimiter)) == [ARTICLE]
    assert read(table([[*header, "", ""], [*ROW, " ", ""]], delimiter)) == [ARTICLE]


def test_tabs_are_read_and_columns_in_any_order_may_be_missing():
    (article,) = read(table([["stt", "nội dung", "url"], ["1", LEAD, "https://baotinh.vn/1"]], "\t"), "a.tsv")
    assert article == Article("a/000001", "a.tsv#1", "", (LEAD,), "baotinh.vn")


def test_two_columns_of_text_are_both_read():
    (article,) = read(table([["sapo", "title", "content"], [LEAD, TITLE, f"<p>{BODY}</p>"]]))
    assert isinstance(article, Article)
    assert article.paragraphs == (LEAD, BODY)


def test_a_broken_row_fails_alone_and_an_empty_one_is_passed_over():
    rows = b'title,text\na,"x\ny"\n\nb\nc,d,e\nf,"g"h\ni,j\n'
    kinds = [getattr(item, "id", type(item).__name__) for item in read(rows)]
    assert kinds == ["a/000001", "EmptyArticle", "UnreadableArticle", "UnreadableArticle", "a/000006"]


def test_a_cell_that_is_too_long_fails_alone():
    kinds = [type(item) for item in read(table([["text"], [LEAD], ["x" * 200_000], [BODY]]))]
    assert kinds == [Article, UnreadableArticle, Article]


def test_quotes_that_are_never_closed_are_told():
    first, second = read(b'text\nXong.\n"Xong.\nXong.\nXong.\n')
    assert isinstance(first, Article)
    assert "the row is broken (unexpected end of data)" in str(second)


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (table([["title", "text", "mã bài"], ROW[:3]]), UnreadableArticle, "has the columns 'title', 'text', 'mã bài'"),
        (table([["title", "date"], ROW[:2]]), UnreadableArticle, "has the columns 'title', 'date'; .* text among them"),
        (LEAD.encode(), UnreadableArticle, "has the columns 'Sáng 8/6', 'Tỉnh ủy"),
        (b"title,text\n", EmptyArticle, "no row below the header"),
        (b"\n", EmptyArticle, "empty"),
    ],
)
def test_a_table_without_articles_says_why(data: bytes, error: type[ArticleError], says: str) -> None:
    (told,) = read(data)
    assert isinstance(told, error)
    with pytest.raises(error, match=rf"^a\.csv: .*{says}"):
        raise told


def test_a_glossary_beside_the_articles_is_no_table_of_articles(command, tmp_path):
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "tin.csv").write_bytes(table([["text"], [LEAD]]))
    terms = tmp_path / "news" / "terms.csv"
    terms.write_bytes(table([["source", "target"], ["hộ nghèo", "poor household"]]))
    assert command("run", "news", "--glossary", terms)[0] == 0
    code, _, err = command("run", "news")
    assert code == 1
    assert "terms.csv: has the columns 'source', 'target'" in err
