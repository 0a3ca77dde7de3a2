"""Which files are found, and what article comes out of each kind of file."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vn_summarize import parsing, reading
from vn_summarize.document import Article
from vn_summarize.errors import ArticleError, ConfigError, EmptyArticle, UnreadableArticle
from vn_summarize.reading import InputFile, find_files, parse_article, read_articles

TITLE = "Hội nghị sơ kết công tác giảm nghèo"
LEAD = "Sáng 8/6, Tỉnh ủy tổ chức hội nghị sơ kết công tác giảm nghèo."
BODY = "Đến nay, toàn tỉnh còn 2.700 hộ nghèo, giảm 1,5% so với năm trước."
TEXT = f"{TITLE}\n\n{LEAD}\n\n{BODY}\n"


def place(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(TEXT, encoding="utf-8")


def ids(files: list[InputFile]) -> list[str]:
    return [file.id for file in files]


# Finding files


def test_folders_are_searched_to_the_bottom_and_mirrored_in_the_ids(tmp_path: Path) -> None:
    place(tmp_path, "b.txt", "2022/thang-6/a.md", "2022/c.html", ".git/d.txt", ".e.txt", "f.odt", "x.txt/g.txt")
    assert ids(find_files([tmp_path])) == ["2022/c", "2022/thang-6/a", "b", "x.txt/g"]


def test_globs_are_held_against_the_name_and_the_path(tmp_path: Path) -> None:
    place(tmp_path, "2021/a.txt", "2022/a.txt", "2022/b.md")
    assert ids(find_files([tmp_path], include=["2022/*"])) == ["2022/a", "2022/b"]
    assert ids(find_files([tmp_path], include=["a.*"], exclude=["2021/*"])) == ["2022/a"]


def test_files_that_share_a_stem_keep_their_suffix(tmp_path: Path) -> None:
    place(tmp_path, "a.txt", "a.html", "A.md", "b.txt")
    assert ids(find_files([tmp_path])) == ["A.md", "a.html", "a.txt", "b"]


@settings(deadline=None)
@given(
    st.sets(
        st.tuples(
            st.sampled_from(["", "s/", "S/"]), st.sampled_from("aAb"), st.sampled_from([".txt", ".md", ".txt.md"])
        ),
        min_size=1,
    )
)
def test_ids_are_unique_whatever_the_names(
    tmp_path_factory: pytest.TempPathFactory, names: set[tuple[str, ...]]
) -> None:
    root = tmp_path_factory.mktemp("in")
    place(root, *("".join(name) for name in names))
    found = find_files([root])
    assert len({file.id.casefold() for file in found}) == len(found) == len({file.path for file in found})


def test_the_same_name_in_two_folders_gives_two_ids_in_any_order(tmp_path: Path) -> None:
    place(tmp_path, "x/a.txt", "y/a.txt")
    roots = [tmp_path / "x", tmp_path / "y"]
    assert find_files(roots) == find_files(roots[::-1])
    assert ids(find_files(roots)) == ["a.txt", "a.txt-2"]


def test_a_file_that_is_reached_twice_counts_once(tmp_path: Path) -> None:
    place(tmp_path, "x/a.txt")
    assert ids(find_files([tmp_path / "x" / "a.txt", tmp_path])) == ["x/a"]


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"khong-co\.txt: no such file"):
        find_files([tmp_path / "khong-co.txt"])


@pytest.mark.parametrize("name", ["tin.lst", "sitemap.xml"])
def test_a_list_names_the_files_to_read(tmp_path: Path, name: str) -> None:
    place(tmp_path, "news/2022/a.txt", "news/b c.txt", "news/d.txt", "other/e.txt")
    entries = ["2022/a.txt", "../other/e.txt", (tmp_path / "news/b c.txt").as_uri()]
    listing = tmp_path / "news" / name
    locations = "".join(f"<url><loc>{entry}</loc></url>" for entry in entries)
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{locations}</urlset>'
    listing.write_text(sitemap if name.endswith(".xml") else "# tin\n" + "\n\n".join(entries), encoding="utf-8")
    assert ids(find_files([listing])) == ["2022/a", "b c", "e"]
    assert ids(find_files([tmp_path / "news"])) == ["2022/a", "b c", "d"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("khong-co.txt", "khong-co.txt: no such file"),
        ("https://baotinh.vn/1.html", "is no file of this machine; save the page"),
        ("", "it is empty"),
        ("\1" * 100, "binary data"),
        ("a" * 5000, "no such file"),
    ],
)
def test_a_list_that_leads_nowhere_says_why(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "tin.lst").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=f"tin.lst: .*{says}"):
        find_files([tmp_path / "tin.lst"])


def test_a_sitemap_that_is_none_says_so(tmp_path: Path) -> None:
    (tmp_path / "tin.xml").write_text("<urlset><loc>a", encoding="utf-8")
    with pytest.raises(ConfigError, match="cannot be read as a sitemap"):
        find_files([tmp_path / "tin.xml"])


# Bytes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_the_encoding_is_found(encoding: str) -> None:
    article = parse_article(TEXT.encode(encoding), "a.txt")
    assert (article.title, article.paragraphs) == (TITLE, (LEAD, BODY))


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_read(line_end: str) -> None:
    assert parse_article(TEXT.replace("\n", line_end).encode(), "a.txt").paragraphs == (LEAD, BODY)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("Tỉnh ủy".encode("cp1258", "replace") + b"\xf2\xf0", "not UTF-8 text .* save it as UTF-8"),
        (bytes(range(256)) * 20, "binary data"),
        (b"PK\x03\x04\x00\x00" * 50, "binary data"),
        (b"x" * (parsing.ARTICLE_LIMIT + 1), "larger than 20 MB"),
        ("Tỉnh ủy".encode("utf-16")[:-1], "not UTF-16 text"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_the_reason(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableArticle, match=rf"^a\.txt: .*{says}"):
        parse_article(data, "a.txt")


@pytest.mark.parametrize("data", [b"", b" \n\n ", b"\xef\xbb\xbf", "\u200b".encode()])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_an_empty_file_is_an_empty_article(data: bytes, name: str) -> None:
    with pytest.raises(EmptyArticle):
        parse_article(data, name)


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["a.txt", "a.md", "a.html", "a.json", "a.jsonl"]))
def test_any_bytes_give_an_article_or_an_article_error(data: bytes, name: str) -> None:
    try:
        article = parse_article(data, name)
    except ArticleError:
        return
    assert article.paragraphs
    assert not any("\n" in paragraph or paragraph != paragraph.strip() for paragraph in article.paragraphs)
    "".join(article.paragraphs).encode()


def test_a_suffix_without_a_reader_says_what_to_do() -> None:
    with pytest.raises(UnreadableArticle, match=r"no reader for \.odt files; save it as DOCX"):
        parse_article(TEXT.encode(), "a.odt")


# Plain text


def test_without_blank_lines_each_line_is_a_paragraph() -> None:
    assert parse_article(f"{LEAD}\n{BODY}\n".encode(), "a.txt").paragraphs == (LEAD, BODY)


def test_lines_wrapped_by_a_program_are_joined() -> None:
    wrapped = (
        "Để tiếp tục thực hiện có hiệu quả chương trình, Bí thư\n"
        "Tỉnh ủy đề nghị các cấp, các ngành xây dựng kế hoạch.\n"
        "Đồng thời, tăng cường công tác kiểm tra, giám sát việc\n"
        "thực hiện tại các địa phương.\n"
    )
    article = parse_article(f"{LEAD}\n\n{wrapped}\n\n{BODY}".encode(), "a.txt")
    assert article.paragraphs == (LEAD, " ".join(wrapped.split()), BODY)


@pytest.mark.parametrize(
    "block",
    [
        "- Huyện A: 312 hộ nghèo, chiếm tỷ lệ 1,94% tổng số hộ\n- huyện B: 1.870 hộ",
        "Huyện A\n312 hộ\nHuyện B\n1.870 hộ",
        "Hội nghị tổng kết phong trào thi đua yêu nước năm 2022\nTrao thưởng cho 12 tập thể",
    ],
)
def test_lines_of_a_list_stay_apart(block: str) -> None:
    article = parse_article(f"{LEAD}\n\n{block}\n\n{BODY}".encode(), "a.txt")
    assert article.paragraphs == (LEAD, *block.split("\n"), BODY)


@pytest.mark.parametrize(
    "first",
    [
        LEAD,
        "(kontumtv.vn) – Hội nghị sơ kết",
        "Các đại biểu dự hội nghị gồm:",
        "- Huyện A",
        "Trang chủ > Tin tức",
        "8/6/2022",
    ],
)
def test_a_first_paragraph_that_is_no_headline_is_text(first: str) -> None:
    article = parse_article(f"{first}\n\n{LEAD}\n\n{BODY}".encode(), "a.txt")
    assert (article.title, article.paragraphs[0]) == ("", first)


def test_a_lone_line_is_text() -> None:
    article = parse_article(TITLE.encode(), "a.txt")
    assert (article.title, article.paragraphs) == ("", (TITLE,))


def test_the_printed_letters_are_kept() -> None:
    decomposed = unicodedata.normalize("NFD", "Bí thư Tỉnh uỷ")
    assert parse_article(decomposed.encode(), "a.txt").paragraphs == (decomposed,)


# Markdown


def test_markdown_gives_front_matter_title_and_text_without_marks() -> None:
    text = f"""---
title: "{TITLE}"
date: 2022-06-08
source: Báo A
author: Lê Minh, Trần B
---
# {TITLE}

**Sáng 8/6**, Tỉnh ủy tổ chức *hội nghị*
sơ kết theo [Quyết định số 181-QĐ/TW](https://a.vn/181).

## Kết quả

> “Phải làm thật”, ông nói.

* huyện A: 12 xã
* huyện B: 10 xã

![ảnh](a.jpg)

***

2 * 3 = 6, tên_tệp_a và 5\\*
"""
    article = parse_article(text.encode(), "a.md")
    assert (article.title, article.source, article.date) == (TITLE, "Báo A", "2022-06-08")
    assert article.authors == ("Lê Minh", "Trần B")
    assert article.paragraphs == (
        "Sáng 8/6, Tỉnh ủy tổ chức hội nghị sơ kết theo Quyết định số 181-QĐ/TW.",
        "Kết quả",
        "“Phải làm thật”, ông nói.",
        "- huyện A: 12 xã",
        "- huyện B: 10 xã",
        "2 * 3 = 6, tên_tệp_a và 5*",
    )


def test_markdown_without_marks_is_read_as_text() -> None:
    assert parse_article(TEXT.encode(), "a.md") == Article("a", "a.md", TITLE, (LEAD, BODY))


# HTML

PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE} | Báo A</title>
<meta property="og:site_name" content="Báo A"><meta name="author" content="Lê Minh">
<meta property="article:published_time" content="2022-06-08T16:30:00+07:00">
<meta property="article:section" content="Xã hội"></head>
<body><nav><a href="/">Chính trị</a> <a href="/">Kinh tế</a></nav><article><h1>{TITLE}</h1>
<p>{LEAD}</p><p>{BODY}</p><p>Tổng vốn là 215 triệu đồng,<br>do người dân đóng góp.</p>
<table><tr><td>Huyện A</td><td>12 xã</td></tr><tr><td>Huyện B</td><td>10 xã</td></tr></table>
<p>Hết.</p><p>Hết.</p></article>
<div id="comments"><ol><li class="comment">Bài viết rất hay!</li></ol></div>
<script>var a = "x";</script></body></html>"""


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.txt"])
@pytest.mark.parametrize("before", ["", '<?xml version="1.0" encoding="utf-8"?>\n'])
def test_html_gives_the_article_without_navigation_and_comments(name: str, before: str) -> None:
    article = parse_article(((before if name != "a.txt" else "") + PAGE).encode(), name)
    assert (article.title, article.source, article.date) == (TITLE, "Báo A", "2022-06-08")
    assert (article.authors, article.section) == (("Lê Minh",), "Xã hội")
    assert article.paragraphs == (
        TITLE,  # the page repeats it; cleaning takes it off
        LEAD,
        BODY,
        "Tổng vốn là 215 triệu đồng, do người dân đóng góp.",
        "Huyện A | 12 xã",
        "Huyện B | 10 xã",
        "Hết.",
        "Hết.",
    )


@pytest.mark.parametrize(
    "page",
    ["<html><body></body></html>", "<html>" + "<div>" * 100_000 + "chữ", "<html><script>var a;</script></html>"],
)
def test_a_page_without_an_article_is_empty(page: str) -> None:
    with pytest.raises(EmptyArticle):
        parse_article(page.encode(), "a.html")


def test_a_huge_page_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing.pages, "PAGE_LIMIT", 100)
    with pytest.raises(UnreadableArticle, match="a page of more than"):
        parse_article(PAGE.encode(), "a.html")


# JSON


@pytest.mark.parametrize(
    "value",
    [
        {"title": TITLE, "paragraphs": [LEAD, BODY], "source": "a.vn", "date": "2022-06-08", "authors": ["Lê Minh"]},
        {"headline": TITLE, "articleBody": f"{LEAD}\n\n{BODY}", "publisher": {"name": "a.vn"},
         "author": {"name": "Lê Minh"}, "datePublished": "2022-06-08T16:30:00+07:00"},
        {"title": {"rendered": TITLE}, "content": {"rendered": f"<p>{LEAD}</p>\n<p>{BODY}</p>"}, "url": "https://a.vn/1",
         "published": "8/6/2022", "author": "Lê Minh"},
    ],
)  # fmt: skip
def test_json_is_read_under_the_usual_names(value: dict[str, object]) -> None:
    article = parse_article(json.dumps(value).encode(), "a.json")
    assert article == Article("a", "a.json", TITLE, (LEAD, BODY), "a.vn", "2022-06-08", ("Lê Minh",))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "not valid JSON"),
        ('"chữ"', "not a JSON object"),
        ('{"title": "a"}', "no text; one of the keys paragraphs, body"),
        ('{"body": "\\ud800"}', "half a character"),
        ("[" * 100_000, "not valid JSON"),
        ('{"body": ""}', "no article text"),
        ("[]", "holds no article"),
    ],
)
def test_json_without_an_article_says_why(text: str, says: str) -> None:
    with pytest.raises(ArticleError, match=says):
        parse_article(text.encode(), "a.json")


# Reading files


def test_each_row_of_json_lines_is_an_article_and_a_broken_one_fails_alone(tmp_path: Path) -> None:
    path = tmp_path / "tin.jsonl"
    row = json.dumps({"title": TITLE, "body": LEAD})
    path.write_bytes(b"\xef\xbb\xbf" + f"{row}\n{{broken\n\n{row}\n".encode() + b"\xff\xf2\n" + row.encode())
    read = list(read_articles(InputFile(path, "2022/tin")))
    assert [item.id if isinstance(item, Article) else type(item).__name__ for item in read] == [
        "2022/tin/000001",
        "UnreadableArticle",
        "2022/tin/000004",
        "UnreadableArticle",
        "2022/tin/000006",
    ]
    assert isinstance(read[2], Article)
    assert read[2].origin == f"{path}#4"
    assert str(read[1]).startswith(f"{path}#2: not valid JSON")


def test_a_row_that_is_too_long_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "ARTICLE_LIMIT", 200)
    monkeypatch.setattr(parsing.decoding, "ARTICLE_LIMIT", 200)
    path = tmp_path / "a.jsonl"
    short, long = json.dumps({"body": "Hội nghị."}), json.dumps({"body": "x" * 1000})
    path.write_text(f"{short}\n{long}\n{short}\n{long}", encoding="utf-8")
    kinds = [type(item) for item in read_articles(InputFile(path, "a"))]
    assert kinds == [Article, UnreadableArticle, Article, UnreadableArticle]


def test_a_json_list_is_read_like_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"body": LEAD}, {}, {"body": BODY}]), encoding="utf-8")
    read = list(read_articles(InputFile(path, "a")))
    assert [getattr(item, "id", None) for item in read] == ["a/000001", None, "a/000003"]


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_what_cannot_be_opened_or_is_empty_comes_as_an_error(tmp_path: Path, name: str) -> None:
    (missing,) = read_articles(InputFile(tmp_path / name, "a"))
    assert isinstance(missing, UnreadableArticle)
    (tmp_path / name).touch()
    (empty,) = read_articles(InputFile(tmp_path / name, "a"))
    assert isinstance(empty, EmptyArticle)


def test_a_file_is_read_with_its_id_and_origin(tmp_path: Path) -> None:
    place(tmp_path, "2022/a.txt")
    (file,) = find_files([tmp_path])
    assert list(read_articles(file)) == [Article("2022/a", str(tmp_path / "2022/a.txt"), TITLE, (LEAD, BODY))]
