"""vn-summarize evaluate: the table, the files, the exit codes, and Ctrl-C in the middle of it."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from tiny_model import make_folder, make_onnx_folder

PAIRS = """Xã có 214 hộ nghèo.\tThe commune has 214 poor households.
Huyện tổ chức hội nghị tại Đăk Tờ Kan.\tThe district held a conference in Đăk Tờ Kan.
Thu nhập đạt 41,5 triệu đồng.\tIncome reached 41.5 million VND.
"""


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    return str(make_folder(folder / "marian", "marian")), str(make_onnx_folder(folder / "decoder"))


@pytest.fixture
def pairs(tmp_path):
    path = tmp_path / "dev.tsv"
    path.write_text(PAIRS, encoding="utf-8")
    return path


def test_two_models_side_by_side_with_a_glossary_and_a_report(command, models, pairs, tmp_path):
    (tmp_path / "terms.csv").write_text("source,target\nhội nghị,symposium\n", encoding="utf-8")
    both = [word for model in models for word in ("--model", model)]
    report, glossary = tmp_path / "report.md", tmp_path / "terms.csv"
    code, out, err = command("evaluate", pairs, *both, "--glossary", glossary, "--markdown", report, "--examples", 1)
    assert code == 0, err
    first = [line.split()[0] for line in out.split("\n\n")[0].splitlines()[1:]]
    assert first == [
        "BLEU",
        "chrF",
        "numbers,",
        "names,",
        "glossary",
        "built-in",
        "whole,",
        "sentences/s",
        "loading,",
        "peak",
    ]
    assert "Where they differ most" in out
    assert [f"{model}: 3 sentences" in err for model in models] == [True, True]
    text = report.read_text(encoding="utf-8")
    assert "| glossary terms, % of 1 |" in text
    assert text.count("### Line") == 1


def test_json_is_one_object_and_the_model_alone_is_not_told_terms(command, models, pairs):
    code, out, _ = command("evaluate", pairs, "--model", models[0], "--plain", "--limit", 2, "--json", "-q")
    data = json.loads(out)
    assert code == 0
    assert (data["plain"], data["sentences"], len(data["models"])) == (True, 2, 1)
    assert data["models"][0]["model"] == models[0]
    assert {"value", "low", "high", "cases"} == set(data["models"][0]["measures"]["chrF"])


def test_a_model_that_fails_leaves_the_others_their_result(command, models, pairs, tmp_path):
    broken = make_folder(tmp_path / "broken", "marian")
    (broken / "model.bin.00").write_bytes(b"")
    code, out, err = command("evaluate", pairs, "--model", broken, "--model", models[0], "--plain")
    assert code == 1
    assert "failed: " in err
    assert "broken" in err
    assert models[0][:40] in out
    assert command("evaluate", pairs, "--model", broken, "--plain")[:2] == (2, "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Xã có 3 thôn.\tThe commune has three villages.\nHết.\n", "dev.tsv:2: expected"),
        ("", "dev.tsv:1: expected"),
        ("source\ttarget\n", "dev.tsv: no sentences"),
        ("Hết.\tThe end.\nH\udcff\tx\n", "dev.tsv:2: is not UTF-8"),
    ],
)
def test_rows_that_are_none_are_named_and_nothing_is_translated(command, models, pairs, text, said):
    pairs.write_bytes(text.encode("utf-8", "surrogateescape"))
    code, out, err = command("evaluate", pairs, "--model", models[0])
    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize("names", [("nowhere",), (0, "nowhere"), (0, 0)])
def test_a_model_that_is_missing_or_given_twice_stops_before_the_first_begins(command, models, pairs, names):
    given = [models[n] if isinstance(n, int) else n for n in names]
    code, out, err = command("evaluate", pairs, *(word for name in given for word in ("--model", name)))
    assert (code, out) == (2, "")
    assert "sentences" not in err
    assert "nowhere" in err or "twice" in err


def test_without_sacrebleu_the_command_says_what_to_install(command, models, pairs, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    code, out, err = command("evaluate", pairs, "--model", models[0])
    assert (code, out) == (2, "")
    assert "vn-summarize[evaluate]" in err


def test_ctrl_c_while_the_bar_moves_ends_all_processes_without_a_traceback(models, pairs):
    pty = pytest.importorskip("pty", reason="terminals of this kind are POSIX's")
    pairs.write_text(PAIRS * 2000, encoding="utf-8")
    terminal, ours = pty.openpty()
    line = [sys.executable, "-m", "vn_summarize", "evaluate", str(pairs), "--model", models[0], "--plain"]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "200"}
    process = subprocess.Popen(
        line, stdin=ours, stdout=subprocess.PIPE, stderr=ours, env=environment, start_new_session=True
    )
    os.close(ours)
    shown = b""
    while b"%" not in shown:
        shown += os.read(terminal, 4096)
    os.killpg(process.pid, signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    while piece := _read(terminal):
        shown += piece
    os.close(terminal)
    assert (process.returncode, out) == (130, b"")
    assert b"interrupted" in shown
    assert b"Traceback" not in shown
    deadline = time.monotonic() + 60
    while _is_there(process.pid):  # the last of the group goes when it sees that the others have
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _is_there(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def _read(terminal: int) -> bytes:
    """Read what is there; a terminal that nobody writes to any more is at its end (Linux: an error)."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""
