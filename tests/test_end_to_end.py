"""The real command in a process of its own, with the shipped model and every connection refused."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from importlib import resources
from itertools import islice
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).parent.parent
SEEDS = ("dong-bao-thoat-ngheo.txt",)
NO_SOCKETS = """
import socket

def refuse(*args, **kwargs):
    raise OSError("connections are refused in tests")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = refuse
"""


@pytest.fixture(scope="session")
def environment(tmp_path_factory, shipped_memory):
    """No settings of the person who runs the tests, no connections, one translation memory for all tests."""
    folder = tmp_path_factory.mktemp("environment")
    (folder / "sitecustomize.py").write_text(NO_SOCKETS)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VN_SUMMARIZE_")}
    paths = [str(folder), os.environ.get("PYTHONPATH", "")]
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "VN_SUMMARIZE_CACHE": str(shipped_memory),
        "PYTHONIOENCODING": "utf-8",
    }


@pytest.fixture(scope="session")
def command(environment):
    """Call vn-summarize and give its result; `memory` is a translation memory of the caller's own."""

    def call(*args, stdin=b"", memory=None, code=None):
        env = environment if memory is None else {**environment, "VN_SUMMARIZE_CACHE": str(memory)}
        line = [sys.executable, "-m", "vn_summarize", *map(str, args)]
        done = subprocess.run(line, input=stdin, capture_output=True, env=env, timeout=300, check=False)
        out, err = done.stdout.decode(), done.stderr.decode()
        assert code is None or done.returncode == code, f"exit code {done.returncode}\n{out}\n{err}"
        assert "Traceback" not in err
        return done.returncode, out, err

    return call


@pytest.fixture(scope="session")
def seed_run(command, tmp_path_factory):
    """The seed articles, translated: the folder of the results, what was said, and the call itself."""
    out = tmp_path_factory.mktemp("seeds") / "out"
    args = ("run", *(ROOT / "seeds" / name for name in SEEDS), "-o", out, "--format", "json,md,html,txt,tsv")
    return out, command(*args, code=0), args


@pytest.fixture(scope="session")
def fast_run(command, tmp_path_factory):
    """The seed article, translated by the small model."""
    out = tmp_path_factory.mktemp("fast") / "out"
    command("run", ROOT / "seeds" / "dong-bao-thoat-ngheo.txt", "-o", out, "--model", "fast", code=0)
    return (out,)


def outputs(folder: Path) -> dict[str, bytes]:
    """All a run wrote but the report, which has times in it."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "report.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def schema(name: str) -> jsonschema.Draft202012Validator:
    text = resources.files("vn_summarize").joinpath(f"data/{name}.schema.json").read_text(encoding="utf-8")
    return jsonschema.Draft202012Validator(json.loads(text))


def test_each_record_and_the_report_follow_their_schemas(seed_run):
    out, *_ = seed_run
    records = [path for path in out.rglob("*.json") if path.name != "report.json"]
    assert len(records) == len(SEEDS)
    for path in records:
        schema("article").validate(json.loads(path.read_text(encoding="utf-8")))
    schema("report").validate(json.loads((out / "report.json").read_text(encoding="utf-8")))


def test_standard_output_lists_what_was_written_and_nothing_else(seed_run):
    out, (_, said, _), _ = seed_run
    assert {Path(line) for line in said.splitlines()} == {path for path in out.rglob("*") if path.is_file()}


def test_nothing_of_the_seed_article_is_dropped_and_nothing_else_is_in_it(seed_run):
    out, *_ = seed_run
    record = json.loads((out / "dong-bao-thoat-ngheo.json").read_text(encoding="utf-8"))
    printed = " ".join(sentence["original"] for sentence in record["sentences"])
    for sign in ("2.700", "21 tỷ", "4/5", "Hơ Moong", "Ngọc Linh", "Dương Văn Trang", "Lê Ngọc Tuấn", "12"):
        assert sign in printed
    removed = " ".join(removal["text"] for removal in record["article"]["removed"])
    for sign in ("kontumtv.vn", "Hơ Jan", "Trả lời", "Email"):
        assert sign in removed
        assert sign not in printed
    assert record["article"]["source"] == "kontumtv.vn"
    assert all(sentence["translation"] for sentence in record["sentences"])


@pytest.mark.parametrize("run", ["seed_run", "fast_run"])
def test_every_fact_of_the_seed_article_is_in_the_english_or_a_finding_names_it(run, request):
    out, *_ = request.getfixturevalue(run)
    record = json.loads((out / "dong-bao-thoat-ngheo.json").read_text(encoding="utf-8"))
    for sentence in record["sentences"]:
        doubts = [finding for finding in record["findings"] if finding["sentence"] == sentence["index"]]
        for check in sentence["checks"]:
            assert check["ok"] or any(check["source"] in doubt["message"] for doubt in doubts)
        for use in sentence["terms"]:
            named = any(use["source"] in doubt["message"] for doubt in doubts)
            assert use["status"] == "met" or use["policy"] == "prefer" or named


def test_running_again_skips_all_and_changes_nothing(seed_run, command):
    out, _, args = seed_run
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.md") if path.name not in ("index.md", "terms.md")}
    _, _, err = command(*args, code=0)
    assert f"0 written, {len(SEEDS)} current" in err
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_with_the_memory_a_forced_run_gives_the_same_bytes_without_the_weights(seed_run, command, tmp_path):
    out, _, args = seed_run
    model = tmp_path / "vi-en-news"
    shutil.copytree(ROOT / "models" / "vi-en-news", model, ignore=shutil.ignore_patterns("model.bin*"))
    again = [tmp_path / "again" if part == out else part for part in args]
    command(*again, "--force", "--model", model, code=0)
    assert outputs(tmp_path / "again") == outputs(out)


def test_bad_files_are_named_and_the_others_finish(command, tmp_path, article_text):
    news = tmp_path / "news"
    (news / "folder.txt").mkdir(parents=True)
    (news / "good.txt").write_text(article_text, encoding="utf-8")
    (news / "empty.txt").touch()
    (news / "legacy.txt").write_bytes(article_text.encode("utf-16")[2:-1].replace(b"\x00", b"\xd6"))
    (news / "noise.txt").write_bytes(random.Random(7).randbytes(5000))
    (news / "broken.json").write_text('{"title": "Hội nghị"', encoding="utf-8")
    (news / "menu.html").write_text("<html><body><nav><a href='/'>Trang chủ</a></nav></body></html>", encoding="utf-8")
    _, _, err = command("run", news, "-o", tmp_path / "out", code=1)
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    schema("report").validate(report)
    bad = ["broken.json", "empty.txt", "legacy.txt", "menu.html", "noise.txt"]
    assert sorted(Path(failure["origin"]).name for failure in report["failures"]) == bad
    assert report["written"] == ["good"]
    assert all(name in err for name in bad)


def test_the_good_rows_of_a_glossary_count_and_the_bad_ones_are_named(command, tmp_path, article_text):
    (tmp_path / "a.txt").write_text(article_text, encoding="utf-8")
    terms = tmp_path / "terms.csv"
    terms.write_text("source,target\nphong trào thi đua,emulation drive\nhộ nghèo\n", encoding="utf-8")
    _, _, err = command("run", tmp_path / "a.txt", "-o", tmp_path / "out", "--glossary", terms, code=0)
    assert "terms.csv:3" in err
    record = json.loads((tmp_path / "out" / "a.json").read_text(encoding="utf-8"))
    uses = [use for sentence in record["sentences"] for use in sentence["terms"] if use["origin"] == "terms.csv"]
    assert {use["target"] for use in uses} == {"emulation drive"}


def test_a_glossary_that_is_no_text_stops_the_run(command, tmp_path, article_text):
    (tmp_path / "a.txt").write_text(article_text, encoding="utf-8")
    (tmp_path / "terms.csv").write_bytes(b"\xff\xfe\xff" * 9)
    _, out, err = command(
        "run", tmp_path / "a.txt", "-o", tmp_path / "out", "--glossary", tmp_path / "terms.csv", code=2
    )
    assert out == ""
    assert "terms.csv:" in err
    assert not (tmp_path / "out").exists()


def test_corrupted_weights_are_named_and_nothing_is_translated_with_them(command, tmp_path, article_text):
    model = tmp_path / "model"
    shutil.copytree(ROOT / "models" / "vi-en-news", model)
    weights = sorted(model.glob("model.onnx.*"))[-1]
    damaged = bytearray(weights.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    weights.write_bytes(damaged)
    (tmp_path / "a.txt").write_text(article_text, encoding="utf-8")
    args = ("run", tmp_path / "a.txt", "-o", tmp_path / "out", "--model", model, "--no-cache")
    _, _, err = command(*args, code=2)
    assert weights.name in err
    assert not (tmp_path / "out" / "a.json").exists()
    _, out, _ = command("doctor", "--model", model, code=2)
    assert "BROKEN" in out


def test_doctor_finds_the_installation_whole(command):
    _, out, _ = command("doctor", "--json", code=0)
    checks = [json.loads(line) for line in out.splitlines()]
    assert {"python", "model", "checksums", "memory", "terms", "canary"} <= {check["name"] for check in checks}


@pytest.mark.parametrize("options", [(), ("--model", "fast")])
def test_lines_in_are_lines_out(command, options):
    lines = ["Xã có 9 thôn.", "", "Huyện có 7 xã. Tỉnh có 10 huyện.", "2.700 hộ thoát nghèo"]
    _, out, _ = command("translate", "--lines", *options, stdin="\n".join(lines).encode(), code=0)
    assert [bool(line) for line in out.split("\n")] == [True, False, True, True, False]


def test_translate_and_summarize_give_english_on_standard_output(command, tmp_path, article_text):
    (tmp_path / "a.txt").write_text(article_text, encoding="utf-8")
    _, english, _ = command("translate", tmp_path / "a.txt", code=0)
    assert len(english.strip().split("\n\n")) == 4
    _, summary, _ = command("summarize", tmp_path / "a.txt", code=0)
    assert 0 < len(summary) < len(english)


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_reader_that_goes_away_is_no_reason_to_complain(environment, tmp_path, article_text, options):
    (tmp_path / "a.txt").write_text(article_text, encoding="utf-8")
    line = [sys.executable, "-m", "vn_summarize", "run", tmp_path / "a.txt", "-o", tmp_path / "out", "-q", *options]
    with subprocess.Popen(line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


@pytest.mark.skipif(sys.platform != "linux", reason="file names are UTF-8 elsewhere")
@pytest.mark.parametrize("options", [(), ("--json",), ("-v",)])
def test_a_file_name_that_is_no_utf_8(environment, tmp_path, article_text, options):
    name = os.fsdecode(b"b\xe0i")
    news = tmp_path / "news"
    news.mkdir()
    (news / f"{name}.txt").write_text(article_text, encoding="utf-8")
    line = [sys.executable, "-m", "vn_summarize", "run", news, "-o", tmp_path / "out", *options]
    done = subprocess.run(line, env=environment, capture_output=True, timeout=300, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert (tmp_path / "out" / f"{name}.md").is_file()


def test_jobs_change_no_byte(command, tmp_path, article_text):
    news = tmp_path / "news"
    news.mkdir()
    for number in range(4):
        (news / f"{number}.txt").write_text(article_text.replace("35 hộ", f"{30 + number} hộ"), encoding="utf-8")
    for jobs in (1, 3):
        command("run", news, "-o", tmp_path / f"jobs{jobs}", "--jobs", jobs, "--no-cache", code=0)
    assert outputs(tmp_path / "jobs1") == outputs(tmp_path / "jobs3")


def test_neither_torch_nor_transformers_is_imported(environment, tmp_path):
    (tmp_path / "a.txt").write_text("Thôn 2 có 14 hộ nghèo.\n", encoding="utf-8")
    code = (
        "import sys; from vn_summarize.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "assert not {'torch', 'transformers'} & set(sys.modules)"
    )
    line = [sys.executable, "-c", code, "run", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out")]
    done = subprocess.run(line, env=environment, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.fixture(scope="session")
def many(tmp_path_factory):
    """Sixty small articles of a few sentences with changes."""
    news = tmp_path_factory.mktemp("many")
    for number in range(60):
        village, households = number % 6, 10 + number % 7
        text = (
            f"Hội nghị thôn {village}\n\n"
            f"Ngày {1 + number % 5}/6, thôn {village} tổ chức hội nghị. Thôn có {households} hộ nghèo.\n"
        )
        path = news / f"huyen-{number % 3}" / f"bai-{number:02}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return news


@pytest.fixture(scope="session")
def undisturbed(command, many, tmp_path_factory):
    """The results of an undisturbed run."""
    folder = tmp_path_factory.mktemp("undisturbed")
    command("run", many, "-o", folder / "out", memory=folder / "memory", code=0)
    return outputs(folder / "out")


def test_a_run_killed_at_twenty_random_moments_and_run_again_gives_the_same_bytes(
    command, environment, many, undisturbed, tmp_path
):
    expected = undisturbed
    chance = random.Random(20)
    line = [sys.executable, "-m", "vn_summarize", "run", str(many), "-o", str(tmp_path / "out"), "--json"]
    env = {**environment, "VN_SUMMARIZE_CACHE": str(tmp_path / "memory")}
    killed = 0
    while killed < 20:
        with subprocess.Popen(line, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            for _ in islice(process.stdout, chance.randrange(70)):  # a moment of the run, however fast the machine is
                pass
            time.sleep(chance.uniform(0, 0.1))
            process.kill()
        for name, content in outputs(tmp_path / "out").items():  # what there is, is whole
            assert name.endswith(".tmp") or name.startswith(("index.", "terms.")) or content == expected[name]
        killed += process.returncode == -signal.SIGKILL
        # Begin anew now and then, so that the kills fall into every part of a run.
        if process.returncode == 0 or chance.random() < 0.3:
            shutil.rmtree(tmp_path / "out", ignore_errors=True)
        if chance.random() < 0.15:
            shutil.rmtree(tmp_path / "memory", ignore_errors=True)
    command("run", many, "-o", tmp_path / "out", memory=tmp_path / "memory", code=0)
    assert outputs(tmp_path / "out") == expected


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGINT to send on Windows")
def test_an_interrupt_gives_130_and_leaves_nothing_torn(environment, many, undisturbed, tmp_path):
    line = [sys.executable, "-m", "vn_summarize", "run", str(many), "-o", str(tmp_path / "out"), "--json", "--no-cache"]
    with subprocess.Popen(line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        for event in map(json.loads, process.stdout):
            if event["event"] == "done":
                process.send_signal(signal.SIGINT)
                break
        _, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "interrupted" in err.decode()
    assert outputs(tmp_path / "out").items() <= undisturbed.items()
