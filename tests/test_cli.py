import io
import json
import sys
from pathlib import Path

import pytest

from vn_summarize import __version__, loading
from vn_summarize.backends import Translation
from vn_summarize.errors import ModelNotFound


@pytest.fixture
def news(tmp_path, article_text):
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(article_text, encoding="utf-8")
    (folder / "b.txt").write_text("Thôn 2 có 14 hộ nghèo.\n", encoding="utf-8")
    return folder


def test_version(command):
    assert command("--version") == (0, f"vn-summarize {__version__}\n", "")


@pytest.mark.parametrize("args", [("--help",), ("run", "-h"), ("translate", "--help"), ("summarize", "--help")])
def test_help_has_examples(command, args):
    code, out, _ = command(*args)
    assert code == 0
    assert "Examples:" in out


@pytest.mark.parametrize(
    "args",
    [("fly",), ("run",), ("run", "x", "--speed", "9"), ("run", "x", "--jobs", "0"), ("run", "x", "--jobs", "two")],
)
def test_wrong_usage_gives_2_and_says_so_on_standard_error(command, args):
    code, out, err = command(*args)
    assert (code, out) == (2, "")
    assert "vn-summarize" in err


def test_run_prints_the_paths_it_wrote_and_nothing_else_on_standard_output(command, news):
    code, out, err = command("run", news, "-o", "results")
    assert code == 0
    names = ["a.json", "a.md", "a.html", "b.json", "b.md", "b.html", "index.html", "index.csv", "index.md"]
    names += ["terms.csv", "terms.md", "report.json"]
    assert [Path(line).name for line in out.splitlines()] == names
    assert all(Path(line).is_file() for line in out.splitlines())
    assert "2 written, 0 current, 0 failed" in err


def test_run_again_prints_only_the_run_s_own_files(command, news):
    command("run", news)
    code, out, err = command("run", news)
    assert code == 0
    names = ["index.html", "index.csv", "index.md", "terms.csv", "terms.md", "report.json"]
    assert [Path(line).name for line in out.splitlines()] == names
    assert "2 current" in err


def test_run_with_a_bad_article_gives_1_and_names_it(command, news):
    (news / "empty.txt").touch()
    code, out, err = command("run", news, "--quiet")
    assert code == 1
    assert "a.md" in out
    assert err.startswith("failed (read): ")
    assert "empty.txt" in err


def test_run_strict_gives_1_for_a_finding_of_severity_error(command, news, translator, monkeypatch):
    monkeypatch.setattr(
        translator, "translate", lambda texts, decoding=None: [Translation("Nothing.", 0.0)] * len(texts)
    )
    assert command("run", news)[0] == 0
    assert command("run", news, "--strict")[0] == 1


def test_run_json_gives_events_instead_of_paths(command, news):
    code, out, _ = command("run", news, "--json")
    events = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [event["event"] for event in events] == ["started", "done", "done", "finished"]
    assert events[-1]["report"]["written"] == ["a", "b"]


def test_run_takes_every_option(command, news, tmp_path):
    (tmp_path / "terms.csv").write_text("source,target\nhộ nghèo,poor families\n", encoding="utf-8")
    (tmp_path / "more.tsv").write_text("source\ttarget\nthôn\thamlet\n", encoding="utf-8")
    options = (
        "--glossary terms.csv --glossary more.tsv --summary-words 30 --format txt,tsv --jobs 2 --limit 1 "
        "--include *.txt --exclude z* --force --no-cache -v -o elsewhere"
    )
    code, out, err = command("run", news, *options.split())
    assert code == 0
    assert {Path(line).suffix for line in out.splitlines()} == {".json", ".txt", ".tsv", ".csv", ".md"}
    assert "1 written" in err


def test_run_says_which_rows_of_a_glossary_are_no_use(command, news, tmp_path):
    (tmp_path / "terms.csv").write_text("source,target\nhộ nghèo,poor families\nhộ cận nghèo\n", encoding="utf-8")
    code, _, err = command("run", news, "--glossary", "terms.csv")
    assert code == 0
    assert "terms.csv:3" in err


@pytest.mark.parametrize("name", ["run", "translate", "summarize"])
def test_a_broken_row_of_a_strict_glossary_gives_2_and_no_result(command, news, tmp_path, name):
    (tmp_path / "terms.csv").write_text("source,target\nhộ nghèo,poor families\nhộ cận nghèo\n", encoding="utf-8")
    code, out, err = command(name, news / "a.txt", "--glossary", "terms.csv", "--strict-glossary")
    assert (code, out) == (2, "")
    assert "terms.csv:3: target: is empty" in err
    assert not Path("out").exists()


def test_a_configuration_file_beside_the_input_counts(command, news):
    (news / "vn-summarize.toml").write_text('format = ["tsv"]\noutput = "../from-file"\n')
    _, out, _ = command("run", news)
    assert Path("from-file/a.tsv").is_file()
    assert "a.md" not in out


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("run", "absent"), "absent"),
        (("run", "news", "--format", "pdf"), "pdf"),
        (("run", "news", "--config", "absent.toml"), "absent.toml"),
        (("run", "news", "--glossary", "absent.csv"), "absent.csv"),
        (("run", "news", "--summary-words", "9", "--summary-sentences", "1"), "summary_words"),
        (("translate", "absent.txt"), "absent.txt"),
    ],
)
def test_what_cannot_be_used_gives_2_and_is_named(command, news, args, words):
    code, out, err = command(*args)
    assert (code, out) == (2, "")
    assert err.startswith("error: ")
    assert words in err


def test_a_model_that_is_not_there_gives_2(command, news, monkeypatch):
    def missing(settings, on_translated):
        raise ModelNotFound("no model 'big': see vn-summarize doctor")

    monkeypatch.setattr(loading, "load_translator", missing)
    assert command("run", news)[::2] == (2, "error: no model 'big': see vn-summarize doctor\n")


@pytest.mark.parametrize("args", [("run", "news"), ("translate", "news/a.txt"), ("summarize", "news/a.txt")])
def test_an_interrupt_gives_130_without_a_traceback(command, news, translator, monkeypatch, args):
    def interrupt(texts, decoding=None):
        raise KeyboardInterrupt

    monkeypatch.setattr(translator, "translate", interrupt)
    code, _, err = command(*args)
    assert code == 130
    assert "interrupted" in err
    assert "Traceback" not in err


def test_translate_gives_a_paragraph_for_each_paragraph(command, news):
    code, out, _ = command("translate", news / "a.txt")
    assert code == 0
    paragraphs = out.strip().split("\n\n")
    assert len(paragraphs) == 4
    assert all(sign in p for sign, p in zip(("ĐĂK TƠ LUNG", "12/3", "1.250", "4"), paragraphs, strict=True))


def test_translate_reads_standard_input(command):
    text = "Thôn 2 có 14 hộ nghèo.\n".encode()
    for args in ((), ("-",)):
        code, out, _ = command("translate", *args, stdin=text)
        assert code == 0
        assert "14" in out


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_in_are_lines_out(command, end):
    lines = ["Xã có 9 thôn.", "", "Thôn 1 họp. Thôn 2 họp.", " ", "Huyện\u2028có 7\x0bxã."]
    code, out, _ = command("translate", "--lines", stdin=end.join(lines).encode())
    answers = out.split("\n")
    assert code == 0
    assert len(answers) == len(lines) + 1
    assert [bool(answer) for answer in answers] == [True, False, True, False, True, False]


def test_lines_of_a_file_with_a_byte_order_mark(command, tmp_path):
    (tmp_path / "s.vi").write_bytes("\ufeffXã có 9 thôn.\n".encode())
    code, out, _ = command("translate", "--lines", tmp_path / "s.vi")
    assert code == 0
    assert out.count("\n") == 1
    assert "\ufeff" not in out


def test_a_line_that_fails_stays_blank_and_gives_1(command, translator):
    translator.refuses = "Thôn 2"
    code, out, err = command("translate", "--lines", stdin="Thôn 1 họp.\nThôn 2 họp.\nThôn 3 họp.\n".encode())
    assert code == 1
    assert [bool(line) for line in out.splitlines()] == [True, False, True]
    assert "line 2:" in err


def test_lines_that_are_no_utf_8_are_named(command):
    code, _, err = command("translate", "--lines", stdin=b"Th\xf4n 1.\n")
    assert code == 1
    assert "line 1 is not UTF-8" in err


def test_an_article_that_cannot_be_read_gives_1(command):
    code, out, err = command("translate", stdin=b"  \n")
    assert (code, out) == (1, "")
    assert "standard input" in err


def test_summarize_gives_the_summary(command, news):
    code, out, _ = command("summarize", news / "a.txt", "--summary-sentences", "1")
    assert code == 0
    assert out.strip()
    assert len(out) < 600


def test_a_broken_pipe_is_silent(command, news, monkeypatch):
    class Broken(io.TextIOWrapper):
        def write(self, text):
            raise BrokenPipeError

    with Path("pipe").open("wb") as file:
        monkeypatch.setattr(sys, "stdout", Broken(file))
        code, _, err = command("summarize", news / "a.txt")
    assert code == 1
    assert "Traceback" not in err
    assert "Broken" not in err
