"""The index is safe to open; the report counts and obeys its schema."""

import csv
import io
import json
import os
from contextlib import closing
from dataclasses import replace

import pytest
from article_results import NASTY, example, render, validator
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt  # comes with rich

from vn_summarize.concordance import Concordance
from vn_summarize.document import (
    Failure,
    Report,
)
from vn_summarize.writing import (
    index_row,
    index_row_from_json,
    render_index_csv,
    render_index_markdown,
    render_report,
)
from vn_summarize.writing.terms import TermReport

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def test_index_row_counts_and_names_the_files() -> None:
    row = index_row(example(), ("json", "md", "tsv"))
    assert (row.sentences, row.errors, row.warnings, row.notes, row.unmet_terms) == (4, 1, 1, 1, 1)
    assert row.title == "Final review of the afforestation movement"
    assert row.files == ("2023/trong-rung.json", "2023/trong-rung.md", "2023/trong-rung.tsv")


def test_index_row_of_a_skipped_article_is_that_of_its_record() -> None:
    assert index_row_from_json(render(example())) == index_row(example())


def test_index_csv_has_a_header_and_reads_back() -> None:
    row = replace(index_row(example()), summary='He said "no", then left')
    (read,) = csv.DictReader(io.StringIO(render_index_csv([row])))
    assert read["summary"] == 'He said "no", then left'
    assert read["errors"] == "1"
    assert read["files"] == "2023/trong-rung.json|2023/trong-rung.md"


@given(st.text(st.sampled_from("=+-@ '\t\r\n,\"a"), max_size=6))
def test_no_cell_of_the_index_is_a_formula(text: str) -> None:
    row = replace(index_row(example()), id=text, headline=text, summary=text)
    (read,) = csv.DictReader(io.StringIO(render_index_csv([row]), newline=""))
    assert not any(cell.lstrip()[:1] in ("=", "+", "-", "@") for cell in read.values() if cell.lstrip())
    assert read["summary"].removeprefix("'") == text.replace("\r", " ").replace("\n", " ").removeprefix("'")


@pytest.mark.parametrize("name", ["a b", "họp (1)", "x#y?z", "a|b]", "50%20", "caf\udce9"])
def test_index_page_links_to_each_article_page(name: str) -> None:
    row = replace(index_row(example()), headline=NASTY, summary=NASTY, files=(f"d/{name}.json", f"d/{name}.md"))
    tokens = [leaf for token in MARKDOWN.parse(render_index_markdown([row])) for leaf in token.children or []]
    link, terms_link = [token for token in tokens if token.type == "link_open"]
    assert terms_link.attrs["href"] == "terms.md"
    target = os.fsencode(f"d/{name}.md")
    assert str(link.attrs["href"]).encode() == b"".join(
        bytes([b]) if (chr(b).isalnum() and b < 128) or b in b"/.-_~" else b"%%%02X" % b for b in target
    )


def test_index_page_without_articles_says_so() -> None:
    assert "No article gave a result." in render_index_markdown([])


def report() -> Report:
    failures = (Failure("in/x.pdf", "read", "no such format"), Failure("in/y.txt", "translate", "the model is gone"))
    return Report(("a", "b"), ("c",), failures, (("number", "error", 2), ("term", "warning", 1)), 41, 3.14159, "sig")


def terms() -> TermReport:
    with closing(Concordance()) as concordance:
        concordance.add(example())
        return concordance.report()


def test_report_counts_and_says_what_to_do_and_obeys_its_schema() -> None:
    record = json.loads(render_report(report(), terms(), {"read": 0.12345, "translate": 2.5}))
    validator("report").validate(record)
    assert record["counts"] == {"articles": 5, "written": 2, "skipped": 1, "failed": 2, "sentences": 41}
    assert record["failures"][0]["error"] == "no such format"
    assert "UTF-8" in record["failures"][0]["advice"]
    assert "--force" in record["failures"][1]["advice"]
    assert record["findings"][0] == {"kind": "number", "severity": "error", "count": 2}
    assert record["timings"] == {"read": 0.123, "translate": 2.5}
    assert (record["terms"]["met"], record["terms"]["unmet"], record["terms"]["share_met"]) == (1, 1, 0.5)


def test_a_report_of_a_run_without_terms_obeys_the_schema() -> None:
    with closing(Concordance()) as concordance:
        validator("report").validate(json.loads(render_report(report(), concordance.report(), {})))


def test_the_report_schema_refuses_an_unknown_field() -> None:
    record = json.loads(render_report(report(), terms(), {}))
    assert not validator("report").is_valid({**record, "more": 1})
