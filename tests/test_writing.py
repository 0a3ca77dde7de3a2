"""What the writers promise: records that round-trip, pages that no article can break, an index that is safe to open."""

import csv
import io
import json
import os
from contextlib import closing
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example as case
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from markdown_it import MarkdownIt  # comes with rich

from vn_summarize.concordance import Concordance
from vn_summarize.document import (
    TITLE,
    Abbreviation,
    Article,
    ArticleResult,
    Check,
    Document,
    Failure,
    Finding,
    Removal,
    Report,
    Sentence,
    Summary,
    TermUse,
    TranslatedDocument,
    TranslatedSentence,
)
from vn_summarize.writing import (
    Hashes,
    index_row,
    index_row_from_json,
    parse_record,
    read_hashes,
    render_index_csv,
    render_index_markdown,
    render_json,
    render_markdown,
    render_report,
    render_terms_csv,
    render_text,
    render_tsv,
    result_from_json,
)
from vn_summarize.writing.markdown import escape
from vn_summarize.writing.terms import TermReport
from vn_summarize.writing.text import one_line

NASTY = (
    "# <b>x</b> | `a|b` [t](javascript:1) ![i](u) *e* _e_ ~~s~~ &amp; \\| $m$ <!-- --> ***\n- a\n> q\n\t1. b\n===\n```"
)
FACTS = (("number", "more than 1,300 households", 1), ("date", "March 5", 1))
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def example() -> ArticleResult:
    sentences = (
        Sentence(0, TITLE, "Tổng kết phong trào trồng rừng", "Tổng kết phong trào trồng rừng"),
        Sentence(1, 0, "Ngày 5/3, HTX Măng Bút giúp hơn 1.300 hộ.", "Ngày 5/3, HTX Măng Bút giúp hơn 1.300 hộ."),
        Sentence(2, 0, "Bà con phấn khỏi.", "Bà con phấn khởi."),
        Sentence(3, 1, "Hội nghị bế mạc.", "Hội nghị bế mạc."),
    )
    term = TermUse("phong trào", "movement", 9, "movement", "met", "plain", "force", "built-in")
    unmet = TermUse("Hội nghị", "conference", 0, "", "unmet", "plain", "force", "mine.csv")
    translated = (
        TranslatedSentence(sentences[0], "Final review of the afforestation movement", (term,)),
        TranslatedSentence(
            sentences[1],
            "On March 5, the Măng Bút cooperative helped households.",
            checks=(
                Check("number", "hơn 1.300", "more than 1,300", "", False),
                Check("date", "5/3", "March 5", "March 5", True),
            ),
            score=-0.41,
            how="beam",
        ),
        TranslatedSentence(sentences[2], "People were happy.", score=-0.2),
        TranslatedSentence(sentences[3], "The meeting closed.", (unmet,), score=-0.3),
    )
    lost = Finding("number", "error", 'no "1,300" in the translation', 1)
    typo = Finding("typo", "info", "read phấn khởi", 2)
    article = Article(
        "2023/trong-rung",
        "in/2023/trong-rung.txt",
        "Tổng kết phong trào trồng rừng",
        ("Ngày 5/3, HTX Măng Bút giúp hơn 1.300 hộ. Bà con phấn khỏi.", "Hội nghị bế mạc."),
        "bao.example",
        "2023-03-05",
        ("Y Lan",),
        (Removal("dateline", 0, 0, "(bao.example) – "), Removal("end-mark", 1, 16, "./.")),
    )
    abbreviations = (
        Abbreviation("HTX", "hợp tác xã", "cooperative"),
        Abbreviation("LHQ", "Liên hợp quốc", "x", "UN", "t", 1),
    )
    return ArticleResult(
        TranslatedDocument(Document(article, sentences, abbreviations), translated, (lost, typo)),
        Summary("Movement reviewed", (0, 1), ("People were happy.",), ((2,),), "People were happy."),
        (Finding("abbreviation", "warning", "LHQ stands for two things"), lost, typo),
    )


def render(result: ArticleResult) -> str:
    return render_json(result, Hashes("sig", "s1", "i1", "t1"), FACTS)


def nasty() -> ArticleResult:
    """The example with every text of the article and its translation full of markup."""
    result = example()
    article = replace(result.translated.document.article, title=NASTY, source=NASTY, authors=(NASTY,), origin=NASTY)
    article = replace(article, removed=(Removal(NASTY, 0, 0, NASTY),))
    sentences = tuple(
        replace(
            s,
            source=replace(s.source, original=NASTY, text=NASTY),
            text=NASTY,
            terms=(TermUse(NASTY, NASTY, 0, NASTY, "met", "plain", "force", "x"),),
            checks=(Check("name", NASTY, NASTY, NASTY, False),),
        )
        for s in result.translated.sentences
    )
    document = Document(article, tuple(s.source for s in sentences), (Abbreviation(NASTY, NASTY, NASTY, NASTY, NASTY),))
    summary = Summary(NASTY, (0,), (NASTY, NASTY), ((1,), (2,)), NASTY)
    findings = (Finding("name", "error", NASTY, 1), Finding(NASTY, "warning", NASTY))
    return ArticleResult(TranslatedDocument(document, sentences, ()), summary, findings)


# Random results ----------------------------------------------------------------------------------------------------

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
INDEXES = st.lists(st.integers(0, 9), max_size=3).map(tuple)


def tuples_of(strategy: st.SearchStrategy[Any], longest: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=longest).map(tuple)


FINDINGS = tuples_of(
    st.builds(
        Finding,
        st.sampled_from(("number", "term")),
        st.sampled_from(("info", "warning", "error")),
        st.sampled_from(("a", "b")),
        st.none() | st.integers(0, 3),
    ),
    6,
)
REMOVAL = st.builds(Removal, TEXT, st.integers(TITLE, 5), st.integers(0, 9), TEXT)
ARTICLE = st.builds(
    Article,
    id=TEXT.filter(bool),
    origin=TEXT,
    title=TEXT,
    paragraphs=tuples_of(TEXT),
    source=TEXT,
    date=TEXT,
    authors=tuples_of(TEXT),
    removed=tuples_of(REMOVAL),
)
ABBREVIATION = st.builds(Abbreviation, TEXT, TEXT, TEXT, TEXT, TEXT, st.none() | st.integers(0, 9))
CHECK = st.builds(Check, st.sampled_from(("number", "date", "name", "code")), TEXT, TEXT, TEXT, st.booleans())
USE = st.builds(TermUse, TEXT, TEXT, st.integers(0, 99), TEXT, st.sampled_from(("met", "unmet")), TEXT, TEXT, TEXT)
SENTENCE = st.builds(
    TranslatedSentence,
    st.builds(Sentence, st.integers(0, 9), st.integers(TITLE, 5), TEXT, TEXT),
    TEXT,
    tuples_of(USE),
    tuples_of(CHECK),
    st.floats(-20, 0),
    TEXT,
)


@st.composite
def results(draw: st.DrawFn) -> ArticleResult:
    sentences = tuple(
        replace(s, source=replace(s.source, index=i)) for i, s in enumerate(draw(st.lists(SENTENCE, max_size=4)))
    )
    document = Document(draw(ARTICLE), tuple(s.source for s in sentences), draw(tuples_of(ABBREVIATION)))
    pairs = draw(st.lists(st.tuples(TEXT, INDEXES), max_size=3))
    summary = Summary(draw(TEXT), draw(INDEXES), tuple(t for t, _ in pairs), tuple(s for _, s in pairs), draw(TEXT))
    return ArticleResult(TranslatedDocument(document, sentences, draw(FINDINGS)), summary, draw(FINDINGS))


# The record --------------------------------------------------------------------------------------------------------


def validator(name: str) -> Draft202012Validator:
    schema = json.loads((files("vn_summarize") / "data" / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


ARTICLE_SCHEMA = validator("article")


@given(results())
def test_a_record_gives_back_its_result_and_obeys_the_schema(result: ArticleResult) -> None:
    text = render(result)
    assert result_from_json(text) == result
    ARTICLE_SCHEMA.validate(parse_record(text))


def test_the_schema_refuses_a_missing_or_unknown_field() -> None:
    record = parse_record(render(example()))
    assert not ARTICLE_SCHEMA.is_valid({**record, "more": 1})
    assert not ARTICLE_SCHEMA.is_valid({key: record[key] for key in record if key != "counts"})
    record["sentences"][0]["terms"][0]["status"] = "perhaps"
    assert not ARTICLE_SCHEMA.is_valid(record)


def test_a_record_tells_all_and_points_from_sentences_to_findings() -> None:
    record = parse_record(render(example()))
    assert record["article"]["title"] == {
        "source": "Tổng kết phong trào trồng rừng",
        "translation": "Final review of the afforestation movement",
    }
    assert [s["findings"] for s in record["sentences"]] == [[], [2], [3], []]
    assert [f["number"] for f in record["findings"]] == [1, 2, 3]
    assert record["settled_findings"] == []
    assert record["sentences"][2]["original"] == "Bà con phấn khỏi."
    assert record["sentences"][2]["source"] == "Bà con phấn khởi."
    assert record["key_facts"][0] == {"kind": "number", "text": "more than 1,300 households", "sentence": 1}
    assert record["counts"] == {
        "paragraphs": 2,
        "sentences": 4,
        "findings": {"error": 1, "warning": 1, "info": 1},
        "terms": {"met": 1, "unmet": 1},
        "checks": {"kept": 1, "lost": 1},
        "removed": 2,
    }


def test_a_finding_that_a_later_step_settled_is_kept_apart() -> None:
    record = parse_record(render(replace(example(), findings=())))
    assert record["findings"] == []
    assert [f["kind"] for f in record["settled_findings"]] == ["number", "typo"]
    assert record["counts"]["findings"] == {"error": 0, "warning": 0, "info": 0}


def test_a_record_is_readable_utf8_that_ends_with_a_line_end() -> None:
    text = render(example())
    assert "phấn khởi" in text
    assert text.endswith("}\n")
    assert text == render(example())


def test_a_result_that_contradicts_itself_is_refused() -> None:
    result = example()
    torn = replace(result.translated, sentences=result.translated.sentences[1:])
    with pytest.raises(ValueError, match="not those of the document"):
        render(replace(result, translated=torn))
    with pytest.raises(ValueError, match="shorter"):
        render(replace(result, summary=replace(result.summary, sources=())))


@pytest.mark.parametrize("text", ["", "[]", "{", '{"schema": 2}', '{"schema": 1}', '{"schema": 1, "sentences": [1]}'])
def test_what_is_no_record_is_named_as_such(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        result_from_json(text)


def test_hashes_are_read_from_the_head_of_a_record(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(render(example()) + "x" * 100_000, encoding="utf-8")
    assert read_hashes(path) == Hashes("sig", "s1", "i1", "t1")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        '{"schema": 2,\n "current": {"signature": "a", "settings": "b", "input": "c"}}',
        '{"schema": 1, "current": {"a": 1}}',
    ],
)
def test_what_is_no_record_has_no_hashes(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    assert read_hashes(path) is None
    path.write_text(text, encoding="utf-8")
    assert read_hashes(path) is None


# The page ----------------------------------------------------------------------------------------------------------


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
    page = render_markdown(nasty(), ((NASTY, NASTY, 1),))
    assert blocks(page) == blocks(tame)
    kinds = {kind for kind, _ in shown(page)}
    assert not kinds & {"html_inline", "html_block", "link_open", "image", "code_inline", "fence", "em_open", "s_open"}


def nasty_as(word: str) -> str:
    text = json.dumps(json.loads(render_json(nasty(), Hashes("", "", "", "")))).replace(
        json.dumps(NASTY), json.dumps(word)
    )
    return render_markdown(result_from_json(text), ((word, word, 1),))


def section(page: str, heading: str) -> str:
    return page.split(f"## {heading}\n\n", 1)[1].split("\n\n## ", 1)[0]


def test_a_page_opens_with_headline_provenance_and_summary_with_sentence_numbers() -> None:
    lines = render_markdown(example(), FACTS).splitlines()
    assert lines[0] == "# Movement reviewed"
    assert lines[2] == "bao.example · 2023-03-05 · Y Lan · read from in/2023/trong-rung.txt"
    assert section("\n".join(lines), "Summary") == "People were happy. [2]"


def test_a_page_marks_doubtful_sentences_and_says_why() -> None:
    page = render_markdown(example(), FACTS)
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
    page = render_markdown(example(), FACTS)
    assert "| number | more than 1,300 households | 1 |" in section(page, "Key facts")
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


# Plain text --------------------------------------------------------------------------------------------------------


def test_text_is_title_summary_and_paragraphs_in_english() -> None:
    assert render_text(example()).split("\n\n") == [
        "Final review of the afforestation movement",
        "Summary: People were happy.",
        "On March 5, the Măng Bút cooperative helped households. People were happy.",
        "The meeting closed.\n",
    ]


@given(results())
def test_tsv_has_one_line_of_two_cells_for_each_sentence(result: ArticleResult) -> None:
    text = render_tsv(result)
    assert len(text.splitlines()) == len(result.translated.sentences)
    assert all(line.count("\t") == 1 for line in text.splitlines())


def test_tsv_cells_lose_their_tabs_and_line_ends_only() -> None:
    sentence = TranslatedSentence(Sentence(0, 0, "Một\thai\r\nba\u2028bốn", ""), "One\ttwo\nthree four")
    result = example()
    document = replace(result.translated.document, sentences=(sentence.source,))
    result = replace(result, translated=TranslatedDocument(document, (sentence,)))
    assert render_tsv(result) == "Một hai ba bốn\tOne two three four\n"


# The run's own files -----------------------------------------------------------------------------------------------


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


def test_the_manual_names_every_field() -> None:
    manual = (Path(__file__).parent.parent / "docs" / "output.md").read_text(encoding="utf-8")

    def names(value: Any) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(names, value))
        if not isinstance(value, dict):
            return set()
        return set(value.get("properties", ())) | set().union(*map(names, value.values()), set())

    fields = names(dict(ARTICLE_SCHEMA.schema)) | names(dict(validator("report").schema))
    columns = {name for head in (render_index_csv([]), *render_terms_csv([])) for name in head.strip().split(",")}
    assert {field for field in fields | columns if f"`{field}`" not in manual} == set()
