"""terms.csv, terms.md and the terms of report.json: nothing unmet is passed over, and no text acts as markup."""

import csv
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from article_results import with_terms
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from vn_summarize.concordance import Concordance
from vn_summarize.document import ArticleResult, TermUse
from vn_summarize.writing.markdown import render_markdown
from vn_summarize.writing.occurrences import list_occurrences
from vn_summarize.writing.terms import TermReport, TermSummary, render_terms_csv, render_terms_markdown, terms_record

MET = TermUse("Phong trào", "movement", 0, "Movement", "met", "plain", "force", "mine.csv", "phong trào")
UNMET = replace(MET, rendered="", status="unmet", how="", start=9)
PREFERRED = TermUse("triển khai", "implement", 20, "", "unmet", "", "prefer", "built-in", "triển khai")
REPORT = TermReport(
    terms=3,
    occurrences=8,
    met=5,
    how=(("inline", 1), ("plain", 4)),
    policies=(("force", 5, 1), ("prefer", 0, 2)),
    origins=(("mine.csv", 5, 3),),
    unmet_terms=2,
    several_terms=1,
    unmet=(
        TermSummary("phong trào", ("movement",), 6, 1, False, (("movement", 4), ("drive", 1)), (("2023/a b", 3),)),
        TermSummary("triển khai", ("implement",), 2, 2, True, (), (("a", 0), ("a", 4))),
    ),
    several=(TermSummary("phong trào", ("movement",), 6, 1, False, (("movement", 4), ("drive", 1)), ()),),
    frequent=(TermSummary("phong trào", ("movement",), 6, 1, False, (("movement", 4), ("drive", 1)), ()),),
)


def article(*sentences: tuple[TermUse, ...], id: str = "a") -> ArticleResult:
    return with_terms(id, *sentences)


def section(page: str, heading: str) -> str:
    return page.split(f"## {heading}\n\n", 1)[1].split("\n\n## ", 1)[0]


def read_csv(lines: Iterator[str]) -> list[dict[str, str]]:
    return list(csv.DictReader("".join(lines).splitlines(keepends=True)))


# The article's table -----------------------------------------------------------------------------------------------


def test_a_page_has_one_row_for_each_term_with_all_that_became_of_it() -> None:
    again = replace(MET, source="phong trào", rendered="the movements", how="inline")
    drive = replace(MET, source="PTTĐ", rendered="drive")
    rows = section(render_markdown(article((MET,), (again, MET), (drive,))), "Terms").splitlines()[2:]
    assert rows == [
        "| Phong trào · PTTĐ | movement | Movement · drive | met | inline 1, plain 3 | 4 | 0, 1, 2 |",
    ]


def test_a_page_lists_unmet_terms_first_and_those_that_were_only_preferred_next() -> None:
    other = replace(MET, source="hộ nghèo", target="poor households", rendered="poor households", term="hộ nghèo")
    page = render_markdown(article((other, PREFERRED), (MET,), (MET, UNMET)))
    assert section(page, "Terms").splitlines()[2:] == [
        "| Phong trào | movement | Movement | **UNMET**: 2 | plain 2 | 3 | 1, 2 |",
        "| triển khai | implement |  | unmet (preferred only): 0 |  | 1 | 0 |",
        "| hộ nghèo | poor households | poor households | met | plain 1 | 1 | 0 |",
    ]


def test_a_term_with_two_required_forms_has_a_row_for_each() -> None:
    page = render_markdown(article((MET,), (replace(MET, target="campaign", rendered="campaign"),)))
    assert len(section(page, "Terms").splitlines()) == 4


USES = st.builds(
    TermUse,
    st.sampled_from(("hộ nghèo", "HTX", "a|b", "=1")),
    st.sampled_from(("poor household", "cooperative", "*x*")),
    st.integers(0, 9),
    st.sampled_from(("", "Poor households", "a co-op")),
    st.sampled_from(("met", "unmet")),
    st.sampled_from(("", "plain", "inline")),
    st.sampled_from(("force", "prefer", "keep", "forbid")),
    st.sampled_from(("mine.csv", "built-in")),
    st.sampled_from(("", "hộ nghèo", "hợp tác xã")),
)


@given(st.lists(st.lists(USES, max_size=3).map(tuple), max_size=5))
def test_no_unmet_occurrence_is_missed_on_the_page_in_the_csv_or_in_the_report(
    sentences: list[tuple[TermUse, ...]],
) -> None:
    result = article(*sentences)
    unmet = [(index, use) for index, uses in enumerate(sentences) for use in uses if use.status == "unmet"]
    page = render_markdown(result)
    if unmet:
        marked = [row for row in section(page, "Terms").splitlines() if "UNMET" in row or "unmet" in row]
        named = {int(n) for row in marked for n in re.findall(r"\d+", row.split(" | ")[3].split(":")[1])}
        assert named == {index for index, _ in unmet}
    binding = any(use.policy != "prefer" for _, use in unmet)
    assert ("**UNMET**" in page) == binding
    with closing(Concordance()) as concordance:
        concordance.add(result)
        rows, report = read_csv(render_terms_csv(concordance)), concordance.report()
    assert len(rows) == sum(map(len, sentences))
    assert [int(row["sentence"]) for row in rows if row["status"] == "unmet"] == [index for index, _ in unmet]
    record = terms_record(report)
    assert (record["unmet"], record["occurrences"]) == (len(unmet), len(rows))
    assert sum(term["unmet"] for term in record["unmet_terms"]["first"]) == len(unmet)
    assert sum(split["unmet"] for split in record["policies"]) == len(unmet)


# The run's files ---------------------------------------------------------------------------------------------------


def test_the_csv_has_a_line_for_each_occurrence() -> None:
    rows = read_csv(render_terms_csv(list_occurrences(article((MET,), (UNMET, PREFERRED), id="2023/a"))))
    assert [row["term"] for row in rows] == ["phong trào", "phong trào", "triển khai"]
    assert rows[1] == {
        "article": "2023/a",
        "sentence": "1",
        "start": "9",
        "term": "phong trào",
        "source": "Phong trào",
        "required": "movement",
        "rendered": "",
        "status": "unmet",
        "how": "",
        "policy": "force",
        "origin": "mine.csv",
    }


def test_no_cell_of_the_csv_is_a_formula() -> None:
    use = replace(MET, source="=1+1", target="@SUM(A1)", rendered=' -1\n"', term="+x")
    (row,) = read_csv(render_terms_csv(list_occurrences(article((use,), id="=a"))))
    cells = (row["article"], row["term"], row["source"], row["required"], row["rendered"])
    assert cells == ("'=a", "'+x", "'=1+1", "'@SUM(A1)", "' -1 \"")


def test_the_page_lists_unmet_terms_then_several_renderings_then_frequent_terms() -> None:
    page = render_terms_markdown(REPORT)
    assert [line for line in page.splitlines() if line.startswith("#")] == [
        "# Terms",
        "## Not met",
        "## More than one rendering",
        "## Most frequent",
    ]
    assert "8 occurrences of 3 terms: 5 met (62.5%), 3 unmet. Terms with more than one rendering: 1." in page
    assert section(page, "Not met").splitlines()[2:] == [
        "| phong trào | movement | **binding** | 1 of 6 | [2023/a b](2023/a%20b.md): 3 |",
        "| triển khai | implement | prefer | 2 of 2 | [a](a.md): 0, 4 |",
    ]
    assert "| phong trào | movement | 6 | movement (4) · drive (1) |" in section(page, "More than one rendering")
    assert "The first 1 of 3; all are in terms.csv." in section(page, "Most frequent")


def test_places_that_are_not_listed_are_counted() -> None:
    one = replace(REPORT.unmet[0], unmet=7, occurrences=9)
    assert "[2023/a b](2023/a%20b.md): 3 and 6 more |" in render_terms_markdown(replace(REPORT, unmet=(one,)))


@pytest.mark.parametrize(("formats", "page"), [(("json", "md"), "a.md"), (("json", "tsv"), "a.json")])
def test_places_link_to_what_there_is(formats: tuple[str, ...], page: str) -> None:
    assert f"[a]({page})" in render_terms_markdown(REPORT, formats)


def test_a_run_without_terms_says_so() -> None:
    with closing(Concordance()) as concordance:
        report = concordance.report()
    assert render_terms_markdown(report) == "# Terms\n\nNo article has a term of the glossaries.\n"
    assert terms_record(report)["share_met"] is None


def test_no_text_of_a_term_acts_as_markup() -> None:
    nasty = "<b>x</b> | `a|b` [t](javascript:1) *e* ![i](u)\n# h"
    term = TermSummary(nasty, (nasty,), 1, 1, False, ((nasty, 1), ("b", 2)), (("a[b](c)|d", 1),))
    page = render_terms_markdown(replace(REPORT, unmet=(term,), several=(term,), frequent=(term,)))
    tokens = MarkdownIt("commonmark").enable("table").parse(page)
    assert sum(token.type == "tr_open" for token in tokens) == 6
    leaves = [leaf for token in tokens for leaf in token.children or []]
    assert {leaf.attrs["href"] for leaf in leaves if leaf.type == "link_open"} == {
        "terms.csv",
        "a%5Bb%5D%28c%29%7Cd.md",
    }
    assert not {leaf.type for leaf in leaves} & {"html_inline", "image", "code_inline", "em_open"}


def test_the_record_gives_counts_shares_and_lists() -> None:
    record = terms_record(REPORT)
    assert (record["met"], record["unmet"], record["share_met"]) == (5, 3, 0.625)
    assert record["how"] == [{"how": "inline", "count": 1}, {"how": "plain", "count": 4}]
    assert record["policies"][0] == {"policy": "force", "met": 5, "unmet": 1}
    assert record["several_renderings"] == {
        "number": 1,
        "first": [
            {
                "term": "phong trào",
                "required": ["movement"],
                "occurrences": 6,
                "unmet": 1,
                "renderings": [{"text": "movement", "count": 4}, {"text": "drive", "count": 1}],
            }
        ],
    }
