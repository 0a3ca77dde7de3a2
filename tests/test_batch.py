import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from vn_summarize import batch, sources
from vn_summarize.batch import run
from vn_summarize.config import FORMATS, Settings
from vn_summarize.errors import ConfigError, ModelCorrupt
from vn_summarize.events import ArticleDone, ArticleFailed, Finished, Skipped, Started
from vn_summarize.glossary.terms import Term, TermBase
from vn_summarize.pipeline import WINDOW_ARTICLES
from vn_summarize.sources import find_inputs

TERMS = TermBase([Term("hộ nghèo", "poor households", policy="prefer")])


@pytest.fixture
def news(tmp_path, article_text):
    folder = tmp_path / "news"
    for name in ("a.txt", "2023/b.txt", "2023/c.md"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(article_text.replace("35 hộ", f"{len(name)} hộ"), encoding="utf-8")
    return folder


@pytest.fixture
def settings(tmp_path):
    return Settings(output=tmp_path / "out", format=("json", "md", "txt", "tsv"))


def outputs(folder: Path) -> dict[str, bytes]:
    """All a run wrote but the report, which has times in it."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "report.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_each_article_gets_its_files_mirrored_below_the_output_folder(news, settings, translator):
    report = run([news], settings, translator, TERMS)
    assert report.written == ("2023/b", "2023/c", "a")
    assert not report.failures
    expected = {f"{id}.{suffix}" for id in report.written for suffix in settings.format}
    assert set(outputs(settings.output)) == expected | {"index.csv", "index.md", "terms.csv", "terms.md"}
    assert json.loads((settings.output / "report.json").read_text())["counts"]["written"] == 3


def test_events_tell_the_whole_run(news, settings, translator):
    events = []
    (news / "empty.txt").touch()
    report = run([news], settings, translator, TERMS, events.append)
    assert events[0] == Started(4)
    assert isinstance(events[-1], Finished)
    assert events[-1].report == report
    assert sorted(e.id for e in events if isinstance(e, ArticleDone)) == ["2023/b", "2023/c", "a"]
    assert [e.failure.origin for e in events if isinstance(e, ArticleFailed)] == [str(news / "empty.txt")]
    assert all(path.is_file() for e in events if isinstance(e, (ArticleDone, Finished)) for path in e.paths)


def test_a_second_run_skips_all_without_asking_the_model_and_keeps_the_index(news, settings, translator):
    run([news], settings, translator, TERMS)
    before = outputs(settings.output)
    translator.asked.clear()
    events = []
    report = run([news], settings, translator, TERMS, events.append)
    assert (report.written, report.skipped) == ((), ("2023/b", "2023/c", "a"))
    assert not translator.asked
    assert sum(isinstance(event, Skipped) for event in events) == 3
    assert outputs(settings.output) == before


def test_current_files_are_not_parsed(news, settings, translator, monkeypatch):
    run([news], settings, translator, TERMS)
    monkeypatch.setattr(sources, "read_articles", lambda file: pytest.fail("parsed"))
    assert len(run([news], settings, translator, TERMS).skipped) == 3


def test_force_makes_everything_again(news, settings, translator):
    run([news], settings, translator, TERMS)
    assert len(run([news], replace(settings, force=True), translator, TERMS).written) == 3


def test_a_changed_article_is_made_again_and_only_that(news, settings, translator):
    run([news], settings, translator, TERMS)
    path = news / "a.txt"
    path.write_text(path.read_text(encoding="utf-8") + "\n\nXã đã trao 7 giấy khen.\n", encoding="utf-8")
    report = run([news], settings, translator, TERMS)
    assert (report.written, report.skipped) == (("a",), ("2023/b", "2023/c"))


@pytest.mark.parametrize(
    "change",
    [
        {"format": ("json", "md")},
        {"summary_words": 20},
        {"place_names": "ascii"},
        {"summary_sentences": 1},
    ],
)
def test_other_settings_make_results_again(news, settings, translator, change):
    run([news], settings, translator, TERMS)
    assert len(run([news], replace(settings, **change), translator, TERMS).written) == 3


def test_other_terms_or_another_model_make_results_again(news, settings, translator):
    run([news], settings, translator, TERMS)
    absent = TermBase([*TERMS.terms, Term("nhà rông", "communal house", policy="prefer")])
    assert not run([news], settings, translator, absent).written
    more = TermBase([*TERMS.terms, Term("ngày công", "workdays", policy="prefer")])
    assert len(run([news], settings, translator, more).written) == 3
    translator.fingerprint = "fake:2"
    assert len(run([news], settings, translator, more).written) == 3


@pytest.mark.parametrize("name", ["a.md", "a.json"])
def test_a_missing_or_damaged_file_is_made_again(news, settings, translator, name):
    run([news], settings, translator, TERMS)
    before = outputs(settings.output)
    path = settings.output / name
    path.unlink()
    if name == "a.json":
        path.write_bytes(before[name][: len(before[name]) // 2])
    assert run([news], settings, translator, TERMS).written == ("a",)
    assert outputs(settings.output) == before


def test_bad_files_are_named_and_the_others_finish(news, settings, translator):
    (news / "empty.txt").touch()
    (news / "legacy.txt").write_bytes(b"H\xd6i ngh\xee" + b"\xd6\xe9\xfd\xff" * 30)
    (news / "noise.txt").write_bytes(bytes(range(256)) * 8)
    report = run([news], settings, translator, TERMS)
    assert len(report.written) == 3
    assert [Path(failure.origin).name for failure in report.failures] == ["empty.txt", "legacy.txt", "noise.txt"]
    recorded = json.loads((settings.output / "report.json").read_text(encoding="utf-8"))["failures"]
    assert [failure["origin"] for failure in recorded] == [failure.origin for failure in report.failures]
    assert all(failure["stage"] in ("read", "clean") and failure["error"] and failure["advice"] for failure in recorded)


def test_an_article_that_the_model_refuses_fails_alone(news, settings, translator):
    (news / "z.txt").write_text("Ông A Lơi cho biết mưa lớn đã làm hỏng cầu treo của thôn.\n", encoding="utf-8")
    translator.refuses = "A Lơi"
    report = run([news], settings, translator, TERMS)
    assert len(report.written) == 3
    assert [(Path(f.origin).name, f.stage) for f in report.failures] == [("z.txt", "translate")]


def test_a_fault_of_the_program_concerns_one_article(news, settings, translator, monkeypatch):
    real = batch.prepare

    def faulty(article):
        if article.id == "a":
            raise IndexError("out of range")
        return real(article)

    monkeypatch.setattr(batch, "prepare", faulty)
    report = run([news], settings, translator, TERMS)
    assert report.written == ("2023/b", "2023/c")
    assert "IndexError" in report.failures[0].error


def test_a_broken_model_stops_the_run(news, settings, translator, monkeypatch):
    def translate(texts, decoding=None):
        raise ModelCorrupt("weights do not match their checksums")

    monkeypatch.setattr(translator, "translate", translate)
    with pytest.raises(ModelCorrupt):
        run([news], settings, translator, TERMS)


def test_rows_of_json_lines_are_articles_and_a_bad_row_fails_alone(tmp_path, settings, translator):
    rows = [{"title": f"Hội nghị thôn {n}", "body": f"Thôn {n} có 12 hộ nghèo."} for n in range(3)]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    lines.insert(1, '{"title": ')
    source = tmp_path / "rows.jsonl"
    source.write_text("\n".join(lines), encoding="utf-8")
    report = run([source], settings, translator, TERMS)
    assert len(report.written) == 3
    assert len(report.failures) == 1
    assert "rows.jsonl" in report.failures[0].error
    source.write_text("\n".join([lines[0], *lines[2:], lines[0]]), encoding="utf-8")
    again = run([source], settings, translator, TERMS)
    assert not again.failures


def test_the_index_has_all_articles_in_order(news, settings, translator):
    run([news / "a.txt"], settings, translator, TERMS)
    run([news], settings, translator, TERMS)
    with (settings.output / "index.csv").open(encoding="utf-8", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == ["2023/b", "2023/c", "a"]


def test_the_terms_of_all_current_articles_are_told(news, settings, translator):
    run([news / "a.txt"], settings, translator, TERMS)
    run([news], settings, translator, TERMS)
    with (settings.output / "terms.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["article"], row["source"], row["status"]) for row in rows] == [
        (id, "hộ nghèo", "unmet") for id in ("2023/b", "2023/c", "a")
    ]
    report = json.loads((settings.output / "report.json").read_text(encoding="utf-8"))
    assert (report["counts"]["written"], report["terms"]["unmet"], report["terms"]["share_met"]) == (2, 3, 0.0)
    assert report["terms"]["unmet_terms"]["first"][0]["term"] == "hộ nghèo"
    page = (settings.output / "terms.md").read_text(encoding="utf-8")
    assert f"[2023/b](2023/b.md): {rows[0]['sentence']}; [2023/c](2023/c.md)" in page


def test_limit_counts_articles(news, settings, translator):
    report = run([news], replace(settings, limit=2), translator, TERMS)
    assert report.written == ("2023/b", "2023/c")


def test_results_depend_neither_on_the_window_nor_on_company(news, settings, translator, tmp_path, monkeypatch):
    for number in range(WINDOW_ARTICLES + 3):
        (news / f"n{number:02}.txt").write_text(f"Thôn {number} có {number} hộ nghèo.\n", encoding="utf-8")
    run([news], settings, translator, TERMS)
    whole = outputs(settings.output)
    alone = replace(settings, output=tmp_path / "alone")
    run([news], replace(alone, include=("a.txt",)), translator, TERMS)
    monkeypatch.setattr("vn_summarize.pipeline.WINDOW_SENTENCES", 1)
    run([news], alone, translator, TERMS)
    assert outputs(alone.output) == whole


def test_results_and_settings_are_never_taken_for_articles(news, settings, translator):
    inside = replace(settings, output=news / "out")
    (news / "vn-summarize.toml").write_text("jobs = 1\n")
    first = run([news], inside, translator, TERMS)
    assert run([news], inside, translator, TERMS).skipped == first.written


def test_no_article_at_all_is_an_error(tmp_path, settings):
    with pytest.raises(ConfigError, match="no article files"):
        find_inputs([tmp_path], settings)


def test_an_interrupted_run_leaves_whole_files_and_goes_on(news, settings, translator, tmp_path):
    undisturbed = replace(settings, output=tmp_path / "undisturbed")
    run([news], undisturbed, translator, TERMS)

    def interrupt(event):
        if isinstance(event, ArticleDone):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([news], settings, translator, TERMS, interrupt)
    written = outputs(settings.output)
    assert written
    assert written.items() <= outputs(undisturbed.output).items()
    run([news], settings, translator, TERMS)
    assert outputs(settings.output) == outputs(undisturbed.output)


@pytest.mark.parametrize("kind", [Started, ArticleDone, Skipped, ArticleFailed, Finished])
def test_a_listener_that_has_gone_ends_the_run(news, settings, translator, kind):
    (news / "empty.txt").touch()
    run([news / "a.txt"], settings, translator, TERMS)

    def listen(event):
        if isinstance(event, kind):
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        run([news], settings, translator, TERMS, listen)


def test_the_record_is_written_last_since_it_says_that_the_others_are_current(news, settings, translator, monkeypatch):
    written = []
    real = batch.write_text

    def write(path, text):
        written.append(path)
        real(path, text)

    monkeypatch.setattr(batch, "write_text", write)
    run([news / "a.txt"], settings, translator, TERMS)
    assert [path.suffix for path in written if path.stem == "a"][-1] == ".json"
    assert len(written) == len(settings.format)


def test_every_format_has_its_file_and_running_again_skips_them(news, settings, translator):
    settings = replace(settings, format=FORMATS)
    run([news], settings, translator, TERMS)
    assert {path.suffix[1:] for path in settings.output.glob("2023/b.*")} == set(FORMATS)
    before = outputs(settings.output)
    assert len(run([news], replace(settings, force=True), translator, TERMS).written) == 3
    assert outputs(settings.output) == before
    assert len(run([news], settings, translator, TERMS).skipped) == 3
