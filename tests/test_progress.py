import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from vn_summarize.document import Failure, Finding, Report
from vn_summarize.events import ArticleDone, ArticleFailed, Finished, Skipped, Started, Translated, event_record
from vn_summarize.progress import Display, Tally, count, describe, describe_progress

DOUBT = Finding("number", "error", "1.250 is not in the English", 4)
DONE = ArticleDone(
    "a/b", 12, (DOUBT, Finding("typo", "info", "one letter")), (Path("out/a/b.json"), Path("out/a/b.md"))
)
FAILED = ArticleFailed(Failure("news/c.txt", "read", "news/c.txt: the file is empty"))
REPORT = Report(("a/b",), ("d",), (FAILED.failure,), (("number", "error", 1), ("typo", "info", 1)), 12, 2.0, "0.1|m")
FINISHED = Finished(REPORT, (Path("out/index.md"),))


def shown(*events, terminal=False, **options):
    stream = io.StringIO()
    with Display(Console(file=stream, force_terminal=terminal, width=200, color_system=None), **options) as display:
        for event in events:
            display.show(event)
    return stream.getvalue()


def test_the_tally_counts_each_kind_of_article():
    tally = Tally(0.0)
    for event in (Started(4), DONE, Skipped("d"), FAILED, FINISHED):
        tally = count(tally, event)
    assert (tally.done, tally.skipped, tally.failed, tally.sentences, tally.finished, tally.total) == (
        1,
        1,
        1,
        12,
        3,
        4,
    )


def test_progress_has_articles_speed_and_time_left():
    assert describe_progress(Tally(0.0, files=4), 9.0) == "0/4 articles"
    assert (
        describe_progress(Tally(0.0, files=4, done=1, sentences=30), 10.0) == "1/4 articles, 3.0 sentences/s, 0:30 left"
    )
    assert describe_progress(Tally(0.0, files=4, texts=32), 9.0) == "0/4 articles, 32 texts translated"
    late = describe_progress(Tally(0.0, files=101, done=1, sentences=30), 100.0)
    assert late.endswith("2:46:40 left")


def test_time_left_does_not_count_skipped_articles_as_work_done():
    assert "0:20 left" in describe_progress(Tally(0.0, files=100, done=1, skipped=97), 10.0)


def test_a_file_of_several_articles_never_shows_more_than_all():
    assert describe_progress(Tally(0.0, files=1, skipped=3), 1.0) == "3/3 articles"


def test_plain_lines_where_standard_error_is_no_terminal():
    lines = shown(Started(3), DONE, Skipped("d"), FAILED, FINISHED).splitlines()
    assert lines == [
        "3 files to read",
        "done: a/b (12 sentences, 1 error, 0 doubts)",
        "failed (read): news/c.txt: the file is empty",
        *describe(FAILED)[1:],
        "1 written, 1 current, 1 failed; 1 error and 0 doubts found; 2 s, 6.0 sentences/s",
    ]


def test_a_failure_says_what_to_do():
    assert len(describe(FAILED)) == 2


def test_verbose_says_every_finding_and_what_is_current():
    text = shown(DONE, Skipped("d"), verbose=True)
    assert "error [number] sentence 4: 1.250 is not in the English" in text
    assert "info [typo] one letter" in text
    assert "current: d" in text


def test_quiet_says_only_what_fails():
    text = shown(Started(3), DONE, FAILED, FINISHED, quiet=True)
    assert text.splitlines() == describe(FAILED)


def test_text_from_articles_is_not_markup():
    failure = ArticleFailed(Failure("[red]x[/red].txt", "read", "[bold]"))
    assert "[red]x[/red].txt: [bold]" in shown(failure)


def test_a_terminal_gets_the_bar_and_still_every_failure():
    text = shown(Started(3), DONE, FAILED, FINISHED, terminal=True)
    assert "articles" in text
    assert "news/c.txt: the file is empty" in text
    assert "done: a/b" not in text


@pytest.mark.parametrize("event", [Started(3), Translated(32), DONE, Skipped("d"), FAILED, FINISHED])
def test_an_event_is_one_json_object(event):
    record = json.loads(json.dumps(event_record(event)))
    assert record["event"] in {"started", "translated", "done", "skipped", "failed", "finished"}
    assert len(record) > 1


def test_paths_in_json_are_text():
    assert event_record(DONE)["paths"] == [str(Path("out/a/b.json")), str(Path("out/a/b.md"))]
