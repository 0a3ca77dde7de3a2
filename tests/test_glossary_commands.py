"""vn-summarize glossary ...: what stands on standard output, what on standard error, and the exit codes."""

import csv
import io
import json
from pathlib import Path

import pytest

from vn_summarize.glossary.formats import load_glossary

SOUND = "source,target\nnhà rông,communal house\n"
PLAIN = "source,target\nsuối đá,stone stream\n"


@pytest.fixture
def terms(tmp_path):
    def write(text: str, name: str = "terms.csv") -> Path:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


@pytest.fixture
def news(tmp_path, article_text):
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(article_text, encoding="utf-8")
    (folder / "b.txt").write_text("Làng dựng nhà rông. Nhà rông cao 15 mét. Bà con vui.\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["check", "extract", "convert", "find", "apply"])
def test_help_has_examples(command, name):
    code, out, _ = command("glossary", name, "--help")
    assert code == 0
    assert f"vn-summarize glossary {name} " in out.split("Examples:")[1]


@pytest.mark.parametrize(
    "args",
    [
        ("check", "missing.csv"),
        ("extract", "missing"),
        ("convert", "missing.csv", "b.csv"),
        ("apply", "missing"),
        ("extract", ".", "--min-count", "0"),
        ("find",),
    ],
)
def test_what_is_missing_or_wrong_gives_2_and_is_named(command, args):
    code, out, err = command("glossary", *args)
    assert (code, out) == (2, "")
    assert "missing" in err or "min-count" in err or "TERM" in err


def test_check_of_a_sound_glossary_gives_0_and_says_nothing_but_the_counts(command, terms):
    code, out, err = command("glossary", "check", terms(PLAIN))
    assert (code, out) == (0, "")
    assert "1 terms; 0 errors, 0 warnings, 0 hints" in err


def test_check_gives_1_and_a_table_when_there_are_errors(command, terms):
    path = terms("source,target\nhộ khá,better-off households\nhộ khá,rich households\npoverty,sự nghèo\n")
    code, out, _ = command("glossary", "check", path)
    assert code == 1
    header, *rows = out.splitlines()
    assert header.split() == ["severity", "kind", "term"]
    assert [row.split()[:2] for row in rows] == [["error", "conflict"], ["error", "target"]]
    assert "terms.csv:3" in rows[0]


def test_check_json_gives_one_object_a_line(command, terms):
    code, out, _ = command("glossary", "check", terms("source,target\npoverty,sự nghèo\n"), "--json")
    (record,) = map(json.loads, out.splitlines())
    assert code == 1
    assert (record["kind"], record["severity"], record["source"]) == ("target", "error", "poverty")


def test_check_with_articles_names_the_terms_that_they_do_not_use(command, terms, news):
    path = terms(SOUND + "cồng chiêng,gong ensemble\n")
    code, out, _ = command("glossary", "check", path, news)
    assert code == 0
    assert [line.split()[2:4] for line in out.splitlines() if " unseen " in line] == [["cồng", "chiêng"]]


def test_extract_writes_a_csv_that_is_a_glossary(command, news, tmp_path):
    code, out, _ = command("glossary", "extract", news, "--min-count", "2", "-o", "found.csv")
    assert (code, out) == (0, "found.csv\n")
    rows = {row["source"]: row for row in csv.DictReader((tmp_path / "found.csv").open(encoding="utf-8"))}
    assert (rows["nhà rông"]["kind"], rows["nhà rông"]["count"]) == ("phrase", "2")
    assert rows["Ủy ban nhân dân"]["aliases"] == "UBND"
    assert rows["Ủy ban nhân dân"]["target"]
    terms, findings = load_glossary(tmp_path / "found.csv")
    assert {finding.severity for finding in findings} <= {"info"}
    assert {term.source for term in terms} == {source for source, row in rows.items() if row["target"]}


def test_extract_without_a_file_writes_to_standard_output(command, news):
    code, out, err = command("glossary", "extract", news, "--min-count", "2")
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert f"{len(rows)} candidates" in err


def test_extract_gives_the_model_s_english_in_a_column_of_its_own(command, news):
    _, out, _ = command("glossary", "extract", news, "--min-count", "2", "--translate", "--json")
    records = {record["source"]: record for record in map(json.loads, out.splitlines())}
    assert records["nhà rông"]["model"] == "English of nhà rông"
    assert isinstance(records["nhà rông"]["contexts"], list)


def test_extract_limits_the_phrases(command, news):
    _, out, _ = command("glossary", "extract", news, "--min-count", "1", "--limit", "2")
    assert [row["kind"] for row in csv.DictReader(io.StringIO(out))].count("phrase") == 2


def test_extract_gives_1_when_an_article_cannot_be_read(command, news):
    (news / "c.txt").touch()
    code, out, err = command("glossary", "extract", news)
    assert code == 1
    assert "c.txt" in err
    assert "Ủy ban nhân dân" in out


def test_convert_writes_the_form_of_the_suffix_and_says_what_cannot_be_read(command, terms, tmp_path):
    code, out, err = command("glossary", "convert", terms(SOUND + "rẫy\n"), "b.tsv")
    assert (code, out) == (0, "b.tsv\n")
    assert [term.source for term in load_glossary(tmp_path / "b.tsv")[0]] == ["nhà rông"]
    assert "terms.csv:3" in err


def test_convert_says_what_the_new_form_loses(command, terms):
    path = terms("source,target,policy,forbidden\nrẫy,swidden field,prefer,slash-and-burn\n")
    _, _, err = command("glossary", "convert", path, "b.csv", "--format", "deepl")
    assert "policy" in err or "forbidden" in err


def test_convert_to_an_unknown_form_gives_2(command, terms):
    code, _, err = command("glossary", "convert", terms(SOUND), "b.doc")
    assert code == 2
    assert ".doc" in err


def test_find_tells_where_a_term_comes_from(command, terms):
    code, out, _ = command("glossary", "find", "nhà rông", "--glossary", terms(SOUND))
    assert code == 0
    header, first, *_ = out.splitlines()
    assert header.startswith("hit")
    assert first.split()[0] == "match"
    assert "communal house" in first
    assert "terms.csv" in first


def test_find_bridges_missing_marks_and_leads_back_from_the_english(command, terms):
    path = terms(SOUND)
    for query in ("nha rong", "communal house"):
        _, out, _ = command("glossary", "find", query, "--glossary", path, "--json")
        records = list(map(json.loads, out.splitlines()))
        assert any(r["term"]["source"] == "nhà rông" and r["query"] == query for r in records)


def test_find_gives_1_for_a_text_that_is_nowhere(command):
    code, _, err = command("glossary", "find", "hộ nghèo", "qqqq zzzz")
    assert code == 1
    assert "qqqq zzzz" in err


def test_apply_makes_only_the_touched_articles_again(command, news, terms):
    command("run", news, "-o", "out")
    path = terms("source,target\nnhà rông,village hall\n")
    code, out, err = command("glossary", "apply", "out", "--glossary", path)
    assert code == 0
    names = [Path(line).name for line in out.splitlines()]
    assert [name for name in names if name[0] in "ab"] == ["b.json", "b.md", "b.html"]
    assert "1 written, 1 current" in err


def test_apply_dry_run_changes_nothing_and_says_what_would(command, news, terms, tmp_path):
    command("run", news, "-o", "out")
    before = {p: p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file()}
    path = terms("source,target\nnhà rông,village hall\n")
    code, out, err = command("glossary", "apply", "out", "--glossary", path, "--dry-run")
    assert code == 0
    assert "nhà rông → village hall" in out
    assert "1 of 2 articles" in err
    assert before == {p: p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file()}
    _, out, _ = command("glossary", "apply", "out", "--glossary", path, "--dry-run", "--json")
    (record,) = map(json.loads, out.splitlines())
    assert record["id"] == "b"


def test_apply_to_results_of_another_model_gives_2(command, news, translator):
    command("run", news, "-o", "out")
    translator.fingerprint = "fake:2"
    code, _, err = command("glossary", "apply", "out")
    assert code == 2
    assert "another version or model" in err


def test_an_interrupt_gives_130(command, news, translator, monkeypatch, terms):
    command("run", news, "-o", "out")

    def interrupt(texts, decoding=None):
        raise KeyboardInterrupt

    monkeypatch.setattr(translator, "translate", interrupt)
    code, _, err = command("glossary", "apply", "out", "--glossary", terms("source,target\nnhà rông,hall\n"))
    assert code == 130
    assert "interrupted" in err
