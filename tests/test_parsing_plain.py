"""Line breaks that are no paragraphs: of mail, of old programs, of scanned pages."""

import textwrap

import pytest
from provincial_articles import ARTICLES

from vn_summarize.parsing import parse_article
from vn_summarize.parsing.plain import join_continued, split_paragraphs


def lines_of(article: str) -> list[str]:
    return [line for line in article.split("\n") if line]


@pytest.mark.parametrize("article", ARTICLES)
@pytest.mark.parametrize("width", [50, 65, 72, 80, 100])
def test_paragraphs_wrapped_between_blank_lines_are_made_whole(article: str, width: int) -> None:
    wrapped = "\n\n".join("\n".join(textwrap.wrap(line, width)) for line in lines_of(article))
    assert split_paragraphs(wrapped) == lines_of(article)


@pytest.mark.parametrize("article", ARTICLES)
@pytest.mark.parametrize("width", [50, 65, 72, 80, 100])
def test_without_blank_lines_no_sentence_is_torn_and_nothing_is_lost(article: str, width: int) -> None:
    wrapped = "\n".join(piece for line in lines_of(article) for piece in textwrap.wrap(line, width))
    paragraphs = split_paragraphs(wrapped)
    assert " ".join(paragraphs).split() == article.split()
    assert not any(paragraph[0].islower() for paragraph in paragraphs)
    assert len(paragraphs) < len(wrapped.split("\n"))


@pytest.mark.parametrize("article", ARTICLES)
def test_a_paragraph_a_line_stays_so(article: str) -> None:
    assert split_paragraphs("\n".join(lines_of(article))) == lines_of(article)


def test_a_line_torn_by_a_scanner_is_joined_whatever_its_length() -> None:
    text = "Chiều 5/7, đoàn công tác của\nSở Nội vụ đến thăm xã. Đoàn tặng\nquà cho 12 gia đình.\n\nĐoàn về trong ngày."
    assert split_paragraphs(text) == [
        "Chiều 5/7, đoàn công tác của",
        "Sở Nội vụ đến thăm xã. Đoàn tặng quà cho 12 gia đình.",
        "Đoàn về trong ngày.",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["HỘI NGHỊ TỔNG KẾT NĂM", "sáng nay diễn ra tại xã."],
        ["Các xã được khen gồm:", "xã Mô Rai", "Thị trấn Sa Thầy"],
        ["Hội nghị kết thúc.", "ông A Dũng phát biểu."],
        ["Kế hoạch gồm", "- trồng rừng", "a) nuôi cá"],
    ],
)
def test_headlines_lists_and_whole_sentences_are_not_joined(lines: list[str]) -> None:
    assert join_continued(lines) == lines


def test_the_article_has_whole_paragraphs_below_its_headline() -> None:
    title, *paragraphs = lines_of(ARTICLES[9])
    wrapped = "\n\n".join([title, *("\n".join(textwrap.wrap(line, 68)) for line in paragraphs)])
    article = parse_article(wrapped.encode(), "a.txt")
    assert (article.title, article.paragraphs) == (title, tuple(paragraphs))
