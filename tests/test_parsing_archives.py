"""Which articles come out of a zip archive, under which ids; and what is refused."""

import io
import json
import zipfile

import pytest
from container_samples import (
    BODY,
    LEAD,
    TITLE,
    archive,
    book,
    mail,
    page,
    pdf,
    rich_text,
    set_lines,
    table,
    web_archive,
    word,
)
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.document import Article
from vn_summarize.errors import ArticleError, EmptyArticle, UnreadableArticle
from vn_summarize.parsing import SUFFIXES, packages, parse_articles
from vn_summarize.parsing.archives import parse_archive, plain_path, unique_names
from vn_summarize.reading import InputFile, read_articles
from vn_summarize.writing import output_path

TEXT = f"{TITLE}\n\n{LEAD}\n\n{BODY}\n"


def read(data: bytes, name: str = "tin.zip") -> list[Article | ArticleError]:
    return list(parse_articles(data, name, "2022/tin"))


def read_within(data: bytes, limit: int) -> list[Article | ArticleError]:
    return list(parse_archive(io.BytesIO(data), "tin.zip", "2022/tin", SUFFIXES, parse_articles, limit=limit))


def ids(found: list[Article | ArticleError]) -> list[str]:
    return [item.id if isinstance(item, Article) else type(item).__name__ for item in found]


def test_every_format_is_read_in_an_archive():
    members = {
        "a.docx": word([TITLE, LEAD]),
        "b.pdf": pdf([set_lines([TITLE, LEAD])]),
        "c.epub": book({"1.xhtml": page()}),
        "d.eml": mail(TITLE, LEAD),
        "e.mht": web_archive(page()),
        "f.mhtml": web_archive(page()),
        "g.rtf": rich_text([TITLE, LEAD]),
        "h.csv": table([["title", "text"], [TITLE, LEAD]]),
        "i.tsv": table([["title", "text"], [TITLE, LEAD]], "\t"),
        "j.json": json.dumps({"title": TITLE, "text": LEAD}),
        "k.jsonl": json.dumps({"title": TITLE, "text": LEAD}),
        "l.txt": TEXT,
        "m.md": TEXT,
        "n.html": page(),
        "o.htm": page(),
        "p.zip": archive({"q.txt": TEXT}),
    }
    assert {name[1:] for name in members} == set(SUFFIXES)
    found = read(archive(members))
    rows = {"c": "c/000001", "h": "h/000001", "i": "i/000001", "k": "k/000001", "p": "p/q"}
    assert ids(found) == [f"2022/tin/{rows.get(name[0], name[0])}" for name in members]
    for article in found:
        assert isinstance(article, Article)
        assert article.title == TITLE or TITLE in article.paragraphs
        assert LEAD in article.paragraphs


def test_members_have_ids_and_origins_below_the_archive_s_and_the_rest_is_passed_over():
    members = {
        "b/a.txt": TEXT,
        "a.txt": TEXT,
        "c.png": b"x",
        ".an/d.txt": TEXT,
        "__MACOSX/a.txt": TEXT,
        "b/._a.txt": TEXT,
    }
    found = read(archive(members))
    assert [(item.id, item.origin) for item in found if isinstance(item, Article)] == [
        ("2022/tin/a", "tin.zip#a.txt"),
        ("2022/tin/b/a", "tin.zip#b/a.txt"),
    ]
    assert len(found) == 2


def test_an_archive_on_disk_is_read_member_by_member(tmp_path):
    path = tmp_path / "tin.zip"
    path.write_bytes(archive({"a.txt": TEXT, "b.txt": b"\x00" * 100, "c.txt": TEXT}))
    assert ids(list(read_articles(InputFile(path, "tin")))) == ["tin/a", "UnreadableArticle", "tin/c"]


def test_names_in_utf8_are_read_whether_the_archive_says_so_or_not():
    data = archive({"tỉnh ủy.txt": TEXT})
    assert ids(read(data)) == ["2022/tin/tỉnh ủy"]
    silent = data.replace("tỉnh ủy.txt".encode(), b"t\xe1\xbb\x89nh \xe1\xbb\xa7y.txt")
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = silent.index(signature) + flags
        silent = silent[:start] + b"\x00\x00" + silent[start + 2 :]
    assert ids(read(silent)) == ["2022/tin/tỉnh ủy"]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("../../etc/passwd.txt", "etc/passwd.txt"),
        ("/etc/a.txt", "etc/a.txt"),
        ("..\\..\\a.txt", "a.txt"),
        ("C:\\Windows\\a.txt", "C_/Windows/a.txt"),
        ("c:a.txt", "c_a.txt"),
        ("a\x00b\n.txt", "a_b_.txt"),
        ("a/./b//c.txt", "a/b/c.txt"),
        ("tin. /a.txt", "tin/a.txt"),
        (".../a.txt", "_/a.txt"),
        ("..", ""),
    ],
)
def test_a_name_in_an_archive_never_leads_out(name: str, path: str) -> None:
    assert plain_path(name) == path


@given(st.lists(st.text(st.sampled_from("./\\aA:\0 ~con"), max_size=12), max_size=6))
def test_whatever_the_names_the_outputs_are_different_and_stay_in_their_folder(tmp_path_factory, names):
    root = tmp_path_factory.getbasetemp() / "out"
    made = unique_names([plain_path(f"{name}.txt") for name in names])
    paths = [output_path(root, f"tin/{name}", ".json") for name in made]
    assert len({str(path).casefold() for path in paths}) == len(names)
    assert all((root / "tin").resolve() in path.resolve().parents for path in paths)


def test_names_that_become_alike_stay_apart():
    found = read(archive({"a.txt": TEXT, "../a.txt": TEXT, "A.md": TEXT}))
    assert ids(found) == ["2022/tin/A.md", "2022/tin/a.txt", "2022/tin/a.txt-2"]


def test_archives_in_an_archive_are_read_one_level_deep():
    deep = archive({"b.zip": archive({"c.zip": archive({"d.txt": TEXT}), "e.txt": TEXT})})
    told, article = read(deep)
    assert "an archive in an archive in an archive" in str(told)
    assert str(told).startswith("tin.zip#b.zip#c.zip: ")
    assert isinstance(article, Article)
    assert article.id == "2022/tin/b/e"


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b"no archive", UnreadableArticle, "cannot be read as a zip archive"),
        (archive({}), EmptyArticle, "holds no file that can be read"),
        (archive({"a.png": b"x"}), EmptyArticle, "holds no file that can be read"),
        (archive({"a.txt": " " * 2_000_000}), UnreadableArticle, "a.txt: grows more than 200 times"),
        (archive({"a.txt": b"\x00" * 20_000_001}, zipfile.ZIP_STORED), UnreadableArticle, "larger than 20 MB"),
    ],
)
def test_an_archive_without_articles_says_why(data: bytes, error: type[ArticleError], says: str) -> None:
    (told,) = read(data)
    assert isinstance(told, error)
    assert says in str(told)


def test_an_archive_of_too_many_or_too_large_files_is_refused(monkeypatch):
    data = archive({f"{n}.txt": TEXT for n in range(5)})
    monkeypatch.setattr(packages, "MEMBER_LIMIT", 4)
    assert "holds more than 4 files" in str(read(data)[0])
    monkeypatch.setattr(packages, "MEMBER_LIMIT", 5)
    assert "when unpacked; split it" in str(read_within(data, 4 * len(TEXT.encode()))[0])
    assert len(read_within(data, 5 * len(TEXT.encode()))) == 5


def test_archives_in_an_archive_count_together():
    inner = archive({"a.txt": TEXT, "b.txt": TEXT})
    data = archive({f"{n}.zip": inner for n in range(3)})
    found = read_within(data, 3 * len(inner) + 5 * len(TEXT.encode()))
    assert ids(found) == ["2022/tin/0/a", "2022/tin/0/b", "2022/tin/1/a", "2022/tin/1/b", "UnreadableArticle"]


def test_a_locked_or_damaged_member_fails_alone():
    data = bytearray(archive({"a.txt": TEXT, "b.txt": TEXT}, zipfile.ZIP_STORED))
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    data[data.index(b"PK\x03\x04", 4) + 40] ^= 0xFF
    locked, damaged = read(bytes(data))
    assert str(locked).startswith("tin.zip#a.txt: encrypted")
    assert str(damaged).startswith("tin.zip#b.txt: cannot be read as part of a zip archive")


def test_a_member_that_lies_about_its_size_is_never_unpacked_beyond_it():
    data = bytearray(archive({"a.txt": "x" * 3_000_000}))
    for place in (data.index(b"PK\x01\x02") + 24, 22):
        data[place : place + 4] = (100).to_bytes(4, "little")
    (told,) = read(bytes(data))
    assert isinstance(told, UnreadableArticle)
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
        assert package.infolist()[0].file_size == 100


def test_a_run_writes_what_it_reads_in_containers_below_their_names(command, tmp_path):
    news = tmp_path / "news"
    news.mkdir()
    rows = [["tiêu đề", "nội dung"], [TITLE, LEAD], ["", ""], [TITLE, BODY]]
    (news / "tin.csv").write_bytes(table(rows))
    (news / "tin.docx").write_bytes(word([TITLE, LEAD]))
    (news / "so-8.zip").write_bytes(archive({"../../a.txt": TEXT, "con.txt": TEXT, "b.pdf": b"no pdf"}))
    code, out, err = command("run", news, "-o", "out", "--format", "json")
    written = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.json")}
    assert code == 1
    assert "so-8.zip#b.pdf: cannot be read as PDF" in err
    assert written - {"report.json", "index.json"} == {
        "so-8/a.json",
        "so-8/con_.json",
        "tin.csv/000001.json",
        "tin.csv/000003.json",
        "tin.docx.json",
    }
    assert command("run", news, "-o", "out", "--format", "json")[2].count("5 current")
    assert out
