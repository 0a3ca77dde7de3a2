"""Whatever the bytes, a file gives articles or an ArticleError: random ones, and valid files that were changed."""

import json

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
    unpacked,
    web_archive,
    word,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from vn_summarize.document import Article
from vn_summarize.errors import ArticleError
from vn_summarize.parsing import SUFFIXES, parse_articles

TEXT = f"{TITLE}\n\n{LEAD}\n\n{BODY}\n".encode()
VALID = {
    ".txt": TEXT,
    ".md": TEXT,
    ".html": page().encode(),
    ".htm": page().encode(),
    ".docx": word([(TITLE, "Heading 1"), LEAD, BODY], title=TITLE),
    ".pdf": pdf([set_lines([TITLE, LEAD]), set_lines([BODY])], title=TITLE),
    ".rtf": rich_text([TITLE, LEAD, BODY]),
    ".eml": mail(TITLE, LEAD, page(), "Báo tỉnh <tin@baotinh.vn>", "Wed, 08 Jun 2022 23:30:00 +0700"),
    ".mhtml": web_archive(page()),
    ".mht": web_archive(page()),
    ".json": json.dumps([{"title": TITLE, "body": LEAD}] * 2).encode(),
    ".jsonl": b"\n".join([json.dumps({"title": TITLE, "body": LEAD}).encode()] * 2),
    ".csv": table([["title", "text"], [TITLE, LEAD], [TITLE, BODY]]),
    ".tsv": table([["title", "text"], [TITLE, LEAD], [TITLE, BODY]], "\t"),
    ".epub": book({"a.xhtml": page(), "b.xhtml": page()}, "<dc:date>2022-06-08</dc:date>"),
    ".zip": archive({"a.txt": TEXT, "b.docx": word([LEAD]), "c.zip": archive({"d.html": page()})}),
}


def check(data: bytes, suffix: str) -> int:
    """Read a file, hold what comes against what every article is, and count the articles."""
    found = list(parse_articles(data, f"a{suffix}", "a"))
    assert found
    for item in found:
        assert isinstance(item, Article | ArticleError)
        if isinstance(item, Article):
            assert item.paragraphs
            assert not any("\n" in text or text != text.strip() for text in (item.title, *item.paragraphs))
            "".join((item.title, *item.paragraphs)).encode()
    return sum(isinstance(item, Article) for item in found)


def test_the_samples_are_of_every_format_and_can_be_read():
    assert set(VALID) == set(SUFFIXES)
    for suffix, data in VALID.items():
        assert check(data, suffix)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=500)
@given(data=st.binary(max_size=300))
def test_random_bytes_never_break_a_reader(suffix: str, data: bytes) -> None:
    check(data, suffix)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=100)
@given(data=st.data())
def test_changed_files_never_break_a_reader(suffix: str, data: st.DataObject) -> None:
    changed = bytearray(VALID[suffix])
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(changed)))
        end = min(len(changed), start + data.draw(st.integers(0, 40)))
        changed[start:end] = data.draw(st.binary(max_size=20))
    check(bytes(changed), suffix)


@pytest.mark.parametrize("suffix", [".docx", ".epub"])
@settings(max_examples=100)
@given(data=st.data())
def test_packages_whose_parts_were_changed_never_break_a_reader(suffix: str, data: st.DataObject) -> None:
    members = unpacked(VALID[suffix])
    name = data.draw(st.sampled_from(sorted(members)))
    part = bytearray(members[name])
    start = data.draw(st.integers(0, len(part)))
    part[start : start + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=20))
    check(archive(members | {name: bytes(part)}), suffix)
