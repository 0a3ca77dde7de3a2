"""Pages that no article can break."""

import json
from dataclasses import replace
from typing import Any

import pytest
from article_results import NASTY, example, nasty, results
from hypothesis import example as case
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt  # comes with rich

from vn_summarize.document import (
    ArticleResult,
)
from vn_summarize.writing import (
    Hashes,
    render_json,
    render_markdown,
    result_from_json,
)
from vn_summarize.writing.markdown import escape
from vn_summarize.writing.text import one_line

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shown(markdown: str) -> list[tuple[str, str]]:
    """Give the kind and text of every leaf that a Markdown reader sees."""
    return [(leaf.type, leaf.content) for token in MARKDOWN.parse(markdown) for leaf in token.children or [token]]


def blocks(markdown: str) -> list[str]:
    return [token.type for token in MARKDOWN.parse(markdown)]


@pytest.mark.parametrize("frame", ["{}", "# {}", "- {}", "[3] {} (⚠1)", "x\n\n{}\n\ny"])
@given(text=st.text(st.sampled_from("\\`*_[]<>|~$#&;!-+=:.)(1 a\t\n\"'/"), max_size=20) | st.text(max_size=20))
@case("- a")
@case("+ a")
@case("---")
@case("===")
@case("12. a")
@case("1) a")
@case("&amp; &#35; &eacute; & &x")
@case("a #")
@case("    a\n\n    b")
def test_any_text_is_shown_as_it_is(frame: str, text: str) -> None:
    plain = one_line(text).replace("\0", "�")
    expected = [(t, c.replace("PLAIN", plain)) for t, c in shown(frame.replace("{}", "PLAIN"))]
    if plain:
        assert shown(frame.replace("{}", escape(text))) == expected


@given(text=st.text(st.sampled_from("\\`*_|[]<> a"), min_size=1, max_size=20).filter(lambda text: bool(text.strip())))
def test_any_text_keeps_to_its_table_cell(text: str) -> None:
    table = f"| a | b |\n| --- | --- |\n| {escape(text)} | end |"
    cells = [token.children for token in MARKDOWN.parse(table) if token.type == "inline"]
    assert ["".join(leaf.content for leaf in cell or []) for cell in cells] == ["a", "b", one_line(text), "end"]


def test_an_article_full_of_markup_changes_no_heading_list_table_or_link() -> None:
    tame = nasty_as("harmless")
    page = render_markdown(nasty())
    assert blocks(page) == blocks(tame)
    kinds = {kind for kind, _ in shown(page)}
    assert not kinds & {"html_inline", "html_block", "link_open", "image", "code_inline", "fence", "em_open", "s_open"}


def nasty_as(word: str) -> str:
    text = json.dumps(json.loads(render_json(nasty(), Hashes("", "", "", "")))).replace(
        json.dumps(NASTY), json.dumps(word)
    )
    return render_markdown(result_from_json(text))


@pytest.mark.parametrize(
    ("language", "style", "expected"),
    [
        ("en", "paragraph", "People were happy. [2]"),
        ("vi", "bullets", "- Bà con phấn khởi. [2]"),
        ("both", "bullets", "- People were happy. [2]\n\n- Bà con phấn khởi. [2]"),
    ],
)
def test_the_summary_stands_in_the_language_and_style_asked_for(language: Any, style: Any, expected: str) -> None:
    result = example()
    told = replace(result.summary, originals=("Bà con phấn khởi.",), language=language, style=style)
    assert section(render_markdown(replace(result, summary=told)), "Summary") == expected


def section(page: str, heading: str) -> str:
    return page.split(f"## {heading}\n\n", 1)[1].split("\n\n## ", 1)[0]


def test_a_page_opens_with_headline_provenance_and_summary_with_sentence_numbers() -> None:
    lines = render_markdown(example()).splitlines()
    assert lines[0] == "# Movement reviewed"
    assert lines[2] == "bao.example · 2023-03-05 · Y Lan · read from in/2023/trong-rung.txt"
    assert section("\n".join(lines), "Summary") == "People were happy. [2]"


def test_a_page_marks_doubtful_sentences_and_says_why() -> None:
    page = render_markdown(example())
    assert section(page, "Translation").split("\n\n") == [
        "### [0] Final review of the afforestation movement",
        "[1] On March 5, the Măng Bút cooperative helped households. (⚠2) [2] People were happy.",
        "[3] The meeting closed.",
    ]
    doubts = section(page, "Doubts")
    assert doubts.index("### Whole article") < doubts.index("### Sentence 1") < doubts.index("### Sentence 2")
    assert '- ⚠2 **error** (number): no "1,300" in the translation' in doubts
    assert "| Ngày 5/3, HTX Măng Bút giúp hơn 1.300 hộ. | On March 5, the Măng Bút" in doubts
    assert "- 3 **info** (typo): read phấn khởi" in doubts


def test_a_page_shows_facts_terms_abbreviations_checks_and_removals() -> None:
    page = render_markdown(example())
    assert "| figure | more than 1,300 · households · helped | hơn 1.300 | 1 |" in section(page, "Key facts")
    assert "| phong trào | movement | movement | met | plain 1 | 1 | 0 |" in section(page, "Terms")
    assert "| Hội nghị | conference |  | **UNMET**: 3 |  | 1 | 3 |" in section(page, "Terms")
    assert "| HTX | hợp tác xã | cooperative | article |" in section(page, "Abbreviations")
    assert "| LHQ | Liên hợp quốc | x (UN) | sentence 1 |" in section(page, "Abbreviations")
    assert "| number | hơn 1.300 | more than 1,300 |  | **LOST** | 1 |" in section(
        page, "Numbers, dates, names and codes"
    )
    assert "- dateline: (bao.example) –" in section(page, "Removed from the article")


@given(results())
def test_every_result_has_a_page_with_one_top_heading(result: ArticleResult) -> None:
    page = render_markdown(result)
    assert [t.tag for t in MARKDOWN.parse(page) if t.type == "heading_open"].count("h1") == 1
    assert page.endswith("\n")
