"""Edited files back in: each form is read, held against the record, and its corrections stand in later runs."""

import io
import json
from dataclasses import replace

import docx
import pytest
from article_results import example, render, results
from docx.oxml import OxmlElement
from hypothesis import given, settings
from lxml import etree

from vn_summarize.document import ArticleResult
from vn_summarize.errors import ConfigError, UnreadableArticle
from vn_summarize.glossary.rows import tidy
from vn_summarize.review.apply import read_reviews
from vn_summarize.review.changes import choose_reading, find_changes
from vn_summarize.review.docx import parse_docx
from vn_summarize.review.tsv import parse_tsv
from vn_summarize.review.xliff import parse_xliff
from vn_summarize.writing import render_tsv
from vn_summarize.writing.docx import render_docx
from vn_summarize.writing.xliff import XLIFF, render_xliff

X = {"x": XLIFF}


def edited_docx(edit, result: ArticleResult | None = None) -> bytes:
    document = docx.Document(io.BytesIO(render_docx(result or example())))
    edit(document.tables[0])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def changes_of(edited, result: ArticleResult | None = None) -> tuple[dict[int, str], list[str]]:
    corrections, problems = find_changes(edited, result or example())
    return {c.sentence: c.english for c in corrections}, problems


def said(result: ArticleResult, *texts: str) -> ArticleResult:
    """The result with this English."""
    sentences = tuple(replace(s, text=t) for s, t in zip(result.translated.sentences, texts, strict=True))
    return replace(result, translated=replace(result.translated, sentences=sentences))


# DOCX


def test_an_edited_cell_is_a_correction_with_what_it_replaced():
    def edit(table):
        table.rows[4].cells[2].text = "The conference\nclosed. "

    ((correction,), problems) = find_changes(parse_docx(edited_docx(edit), "a.docx"), example())
    assert problems == []
    assert (correction.source, correction.before) == ("Hội nghị bế mạc.", "The meeting closed.")
    assert (correction.english, correction.article, correction.sentence) == (
        "The conference closed.",
        "2023/trong-rung",
        3,
    )


def test_rows_that_cannot_be_used_are_named_and_the_others_count():
    def edit(table):
        table.rows[1].cells[1].text = "Câu khác."
        table.rows[2].cells[2].text = " "
        table.rows[3].cells[2].merge(table.rows[3].cells[3])
        table.rows[4].cells[2].text = "The conference closed."
        table.add_row().cells[0].text = "9"

    changes, problems = changes_of(parse_docx(edited_docx(edit), "a.docx"))
    assert changes == {3: "The conference closed."}
    assert problems == [
        "row 2: the Vietnamese is not that of sentence 0 in the record",
        "row 3: the English is empty",
        "row 4: cells are merged; split them again",
        "row 6: the record has no sentence 9",
    ]


def test_a_row_that_is_gone_or_stands_twice_is_named():
    def edit(table):
        table.rows[4].cells[0].text = "2"
        table._tbl.remove(table.rows[1]._tr)

    changes, problems = changes_of(parse_docx(edited_docx(edit), "a.docx"))
    assert changes == {}
    assert problems == [
        "row 4: sentence 2 has a row before",
        "sentence 0: its row is missing",
        "sentence 3: its row is missing",
    ]


def test_rows_may_change_places_and_the_doubts_may_go():
    def edit(table):
        table.rows[3].cells[3].text = ""
        table.rows[1].cells[2].text = "How forests were planted"
        table._tbl.append(table.rows[1]._tr)

    assert changes_of(parse_docx(edited_docx(edit), "a.docx")) == ({0: "How forests were planted"}, [])


def test_tracked_changes_count_as_accepted():
    def edit(table):
        paragraph = table.rows[4].cells[2].paragraphs[0]._p
        run = paragraph.r_lst[0]
        for tag, text in (("w:del", "w:delText"), ("w:moveFrom", "w:t"), ("w:ins", "w:t")):
            change, inner, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text)
            words.text = "The conference closed." if tag == "w:ins" else "The meeting closed."
            inner.append(words)
            change.append(inner)
            paragraph.append(change)
        paragraph.remove(run)

    assert changes_of(parse_docx(edited_docx(edit), "a.docx")) == ({3: "The conference closed."}, [])


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no archive", b"plain text"])
def test_what_is_no_document_is_named(data):
    with pytest.raises(UnreadableArticle, match=r"^a\.docx"):
        parse_docx(data, "a.docx")


def test_a_document_without_the_table_is_named():
    out = io.BytesIO()
    docx.Document().save(out)
    with pytest.raises(UnreadableArticle, match="no table with the header"):
        parse_docx(out.getvalue(), "a.docx")


# XLIFF


def test_an_edited_target_is_a_correction_whatever_stands_around_it():
    root = etree.fromstring(render_xliff(example()))
    unit = root.find(".//x:unit[@id='s3']", X)
    target = unit.find("x:segment/x:target", X)
    target.text = "The "
    mark = etree.SubElement(target, f"{{{XLIFF}}}mrk", id="m1")
    mark.text, mark.tail = "conference", " closed."
    (edited,) = parse_xliff(etree.tostring(root), "a.xliff")
    assert edited.article == "2023/trong-rung"
    assert changes_of(edited) == ({3: "The conference closed."}, [])


def test_segments_that_an_editor_split_are_one_sentence():
    root = etree.fromstring(render_xliff(example()))
    unit = root.find(".//x:unit[@id='s1']", X)
    unit.remove(unit.find("x:segment", X))
    for vietnamese, english in (("Ngày 5/3, HTX Măng Bút", "On March 5, it"), ("giúp hơn 1.300 hộ.", "helped 1,300.")):
        segment = etree.SubElement(unit, f"{{{XLIFF}}}segment")
        etree.SubElement(segment, f"{{{XLIFF}}}source").text = vietnamese
        etree.SubElement(segment, f"{{{XLIFF}}}target").text = english
    (edited,) = parse_xliff(etree.tostring(root), "a.xliff")
    assert changes_of(edited) == ({1: "On March 5, it helped 1,300."}, [])


def test_a_unit_of_someone_else_and_an_empty_target_are_named():
    root = etree.fromstring(render_xliff(example()))
    root.find(".//x:unit[@id='s2']", X).set("id", "u2")
    root.find(".//x:unit[@id='s3']/x:segment/x:target", X).text = ""
    (edited,) = parse_xliff(etree.tostring(root), "a.xliff")
    assert changes_of(edited) == (
        {},
        ["unit u2: is not one of ours", "unit s3: the English is empty", "sentence 2: its row is missing"],
    )


@pytest.mark.parametrize("data", [b"<xliff", b"<tmx/>", b'<xliff version="1.2"/>'])
def test_what_is_no_xliff_2_is_named(data):
    with pytest.raises(ConfigError, match=r"^a\.xliff"):
        parse_xliff(data, "a.xliff")


# TSV


def test_lines_are_found_by_their_vietnamese():
    lines = render_tsv(example()).splitlines()
    lines[3] = lines[3].replace("meeting", "conference")
    del lines[1]
    lines.insert(0, "Câu lạ.\tOdd.")
    lines.append("no tab")
    (edited,) = parse_tsv("\n".join(lines).encode(), "a.tsv")
    assert changes_of(edited) == (
        {3: "The conference closed."},
        [
            "line 1: its Vietnamese stands nowhere in the record",
            "line 5: has no tab between Vietnamese and English",
            "sentence 1: its row is missing",
        ],
    )


SPOKEN = said(example(), "Movement", '"We are glad", they said, "very."', '"People were happy."', "The meeting closed.")


def test_a_file_that_a_spreadsheet_saved_is_read_without_its_quotation_marks():
    rows = [line.split("\t") for line in render_tsv(SPOKEN).splitlines()]
    rows[3][1] = 'The "meeting" closed, at last.'
    quoted = "\r\n".join("\t".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    edited = choose_reading(parse_tsv(quoted.encode("utf-16"), "a.tsv"), SPOKEN)
    assert changes_of(edited, SPOKEN) == ({3: 'The "meeting" closed, at last.'}, [])


def test_a_sentence_in_quotation_marks_keeps_them_where_no_spreadsheet_was():
    text = render_tsv(SPOKEN).replace("The meeting closed.", '"The meeting closed."')
    edited = choose_reading(parse_tsv(text.encode(), "a.tsv"), SPOKEN)
    assert changes_of(edited, SPOKEN) == ({3: '"The meeting closed."'}, [])


# All forms


@settings(max_examples=15)
@given(results())
def test_a_file_that_nobody_edited_changes_nothing(result: ArticleResult):
    empty = [s.source.index for s in result.translated.sentences if not tidy(s.text)]
    for edited in (parse_docx(render_docx(result), "a.docx"), *parse_xliff(render_xliff(result), "a.xliff")):
        changes, problems = changes_of(edited, result)
        assert changes == {}
        assert len(problems) == len(empty)


def test_one_vietnamese_sentence_has_one_correction():
    twice = example()
    first, *_, last = twice.translated.sentences
    last = replace(last, source=replace(last.source, original=first.source.original))
    sentences = (*twice.translated.sentences[:3], last)
    twice = replace(twice, translated=replace(twice.translated, sentences=sentences))

    def edit(table):
        table.rows[1].cells[2].text = "One."
        table.rows[4].cells[2].text = "Other."

    changes, problems = changes_of(parse_docx(edited_docx(edit, twice), "a.docx"), twice)
    assert changes == {0: "One."}
    assert problems == ["row 5: its Vietnamese is that of sentence 0, whose correction counts"]


def test_the_record_is_found_by_the_article_or_by_the_files_name(tmp_path):
    out, desk = tmp_path / "out", tmp_path / "desk"
    (out / "2023").mkdir(parents=True)
    desk.mkdir()
    (out / "2023" / "trong-rung.json").write_text(render(example()), encoding="utf-8")
    (desk / "edited (2).docx").write_bytes(render_docx(example()))
    (desk / "trong-rung.tsv").write_text(render_tsv(example()).replace("happy", "glad"), encoding="utf-8")
    (desk / "other.tsv").write_text(render_tsv(example()), encoding="utf-8")
    (by_article,) = read_reviews(desk / "edited (2).docx", out)
    assert (by_article.article, by_article.problems) == ("2023/trong-rung", ())
    (by_name,) = read_reviews(desk / "trong-rung.tsv", out)
    assert [c.english for c in by_name.corrections] == ["People were glad."]
    (unknown,) = read_reviews(desk / "other.tsv", out)
    assert unknown.problems[0].startswith(f"no record in {out} is its own")
    (out / "trong-rung.json").write_text(render(example()), encoding="utf-8")
    (two,) = read_reviews(desk / "trong-rung.tsv", out)
    assert two.problems[0].startswith(f"2 records in {out} have its name")


@pytest.mark.parametrize("name", ["a.pdf", "missing.docx"])
def test_a_file_that_cannot_be_used_is_named(tmp_path, name):
    with pytest.raises(ConfigError, match=name):
        read_reviews(tmp_path / name, tmp_path)


# The command


@pytest.fixture
def reviewed(command, tmp_path, article_text):
    """A run with DOCX, and its document with sentence 3 corrected."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(article_text, encoding="utf-8")
    (tmp_path / "news" / "b.txt").write_text("Xã họp bàn về 7 việc.\n\nThôn có 9 hộ.\n", encoding="utf-8")
    assert command("run", "news", "--format", "docx,tsv")[0] == 0
    path = tmp_path / "out" / "a.docx"
    document = docx.Document(str(path))
    document.tables[0].rows[4].cells[2].text = "The commune gave 1,250 days of work to its roads."
    document.save(str(path))
    return path


def sentences(tmp_path, name="a"):
    return json.loads((tmp_path / "out" / f"{name}.json").read_text(encoding="utf-8"))["sentences"]


def test_what_an_editor_corrected_stands_after_the_next_run_and_only_there(command, reviewed, tmp_path, translator):
    before = sentences(tmp_path)
    code, out, err = command("review", "apply", reviewed)
    assert code == 0
    assert out.startswith("a#3\t")
    assert "1 corrections taken" in err
    other = (tmp_path / "out" / "b.json").stat().st_mtime_ns
    translator.asked.clear()
    assert command("run", "news", "--format", "docx,tsv", "--no-cache")[0] == 0
    after = sentences(tmp_path)
    assert (after[3]["translation"], after[3]["how"]) == (
        "The commune gave 1,250 days of work to its roads.",
        "reviewed",
    )
    assert [s["translation"] for s in after if s["index"] != 3] == [s["translation"] for s in before if s["index"] != 3]
    assert before[3]["source"] not in translator.asked
    assert (tmp_path / "out" / "b.json").stat().st_mtime_ns == other
    assert "roads." in (tmp_path / "out" / "a.tsv").read_text(encoding="utf-8")


def test_a_correction_holds_for_another_model_and_is_checked_like_any_translation(
    command, reviewed, tmp_path, translator
):
    document = docx.Document(str(reviewed))
    document.tables[0].rows[4].cells[2].text = "The commune gave many days of work to its roads."
    document.save(str(reviewed))
    command("review", "apply", reviewed)
    translator.fingerprint = "other:1"
    assert command("run", "news")[0] == 0
    sentence = sentences(tmp_path)[3]
    assert (sentence["how"], sentence["translation"]) == (
        "reviewed",
        "The commune gave many days of work to its roads.",
    )
    assert [check["ok"] for check in sentence["checks"] if check["kind"] == "number"] == [False]
    assert sentence["findings"]


def test_translate_and_glossary_apply_use_it_too(command, reviewed, tmp_path, article_text):
    command("review", "apply", reviewed)
    assert "its roads." in command("translate", stdin=article_text.encode())[1]
    line = sentences(tmp_path)[3]["original"].encode()
    assert command("translate", "--lines", stdin=line)[1] == "The commune gave 1,250 days of work to its roads.\n"
    assert command("glossary", "apply", "out")[0] == 0
    assert sentences(tmp_path)[3]["how"] == "reviewed"


def test_rows_with_faults_are_said_with_file_and_row_and_the_exit_code_is_1(command, reviewed, tmp_path):
    document = docx.Document(str(reviewed))
    document.tables[0].rows[2].cells[2].text = ""
    document.save(str(reviewed))
    (tmp_path / "x.docx").write_bytes(b"")
    code, out, err = command("review", "apply", "x.docx", reviewed, "--json")
    assert code == 1
    assert f"{reviewed}: a: row 3: the English is empty" in err
    assert "failed: x.docx" in err
    (record,) = map(json.loads, out.splitlines())
    assert [c["sentence"] for c in record["corrections"]] == [3]


def test_corrections_are_listed_and_forgotten_and_the_models_english_comes_back(command, reviewed, tmp_path):
    command("review", "apply", reviewed)
    assert "a#3" in command("review", "list")[1]
    assert json.loads(command("review", "list", "--json")[1])["english"].endswith("its roads.")
    assert command("review", "forget", "b#1")[0] == 2
    assert command("review", "forget")[0] == 2
    command("run", "news")
    assert command("review", "forget", "a#3")[0] == 0
    assert command("review", "list")[1] == ""
    command("run", "news")
    assert sentences(tmp_path)[3]["how"] == "plain"
    assert command("review", "forget", "--all")[0] == 0


def test_changes_made_twice_are_proposed_as_a_glossary_and_nothing_is_applied_by_itself(command, tmp_path):
    (tmp_path / "a.txt").write_text("Xã họp.\n\nGià làng A Brol nói.\n\nXã khen 5 già làng.\n", encoding="utf-8")
    (tmp_path / "t.csv").write_text("source,target\ngià làng,wise man\n", encoding="utf-8")
    command("run", "a.txt", "--format", "tsv", "--glossary", "t.csv")
    path = tmp_path / "out" / "a.tsv"
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    edited = [(vi, en.replace("Wise man", "Village elder").replace("wise man", "village elder")) for vi, en in lines]
    path.write_text("".join(f"{vi}\t{en}\n" for vi, en in edited), encoding="utf-8")
    code, _, err = command("review", "apply", path)
    assert (code, "1 terms proposed" in err) == (0, True)
    assert "già làng,village elder" in (tmp_path / "out" / "proposed-terms.csv").read_text(encoding="utf-8").lower()
    assert command("glossary", "check", "out/proposed-terms.csv")[0] == 0
