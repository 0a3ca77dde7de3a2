"""The command brief."""

import json

import pytest
from article_results import validator
from briefing_articles import write_results


@pytest.fixture
def results(tmp_path):
    write_results(tmp_path / "out")
    return tmp_path / "out"


def test_it_writes_the_page_and_the_json_into_the_folder(command, results):
    code, out, err = command("brief", results)
    assert (code, out.split()) == (0, [str(results / "briefing.md"), str(results / "briefing.json")])
    assert "6 articles, 4 stories" in err
    first = (results / "briefing.json").read_bytes()
    assert command("brief", results)[0] == 0
    assert (results / "briefing.json").read_bytes() == first


def test_json_goes_to_standard_output_and_nothing_is_written(command, results):
    code, out, _ = command("brief", results, "--json")
    assert code == 0
    validator("briefing").validate(json.loads(out))
    assert not (results / "briefing.md").exists()


@pytest.mark.parametrize(
    ("more", "names"),
    [
        (("-o", "june.md"), ["june.md"]),
        (("-o", "june.json"), ["june.json"]),
        (("-o", "june.md", "--format", "json,md"), ["june.json", "june.md"]),
        (("-o", "june.2022", "--format", "md"), ["june.2022.md"]),
        (("-o", "june.html"), ["june.html"]),
    ],
)
def test_output_and_format_say_what_is_written_where(command, results, tmp_path, more, names):
    (results / "index.html").touch()
    code, out, _ = command("brief", results, *more)
    assert (code, out.split()) == (0, names)
    assert all((tmp_path / name).is_file() for name in names)


def test_html_comes_where_the_articles_have_pages(command, results):
    code, _, err = command("brief", results, "--format", "html")
    assert (code, "no HTML pages" in err) == (2, True)
    (results / "index.html").touch()
    _, out, _ = command("brief", results)
    assert out.split() == [str(results / f"briefing.{name}") for name in ("md", "json", "html")]


def test_links_lead_from_the_page_to_the_results(command, results, tmp_path):
    command("brief", results, "-o", "pages/june.md")
    assert "](../out/kontum/tong-ket.md)" in (tmp_path / "pages" / "june.md").read_text(encoding="utf-8")


def test_a_damaged_record_gives_1_and_the_others_are_told(command, results):
    (results / "cut.json").write_text('{"schema": 1, "current"', encoding="utf-8")
    code, _, err = command("brief", results)
    assert code == 1
    assert "failed (read): " in err
    assert "cut.json" in err
    page = (results / "briefing.md").read_text(encoding="utf-8")
    assert "1 record could not be used: cut.json" in page
    assert "6 articles" in page


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--since", "8/6/2022"), "write it like 2022-06-08"),
        (("--since", "2023-01-01"), "none of its 6 articles"),
        (("--format", "pdf"), "no form of a briefing"),
        (("-o", "june.txt"), "ends in .md, .json or .html"),
    ],
)
def test_what_cannot_be_done_gives_2(command, results, options, message):
    code, out, err = command("brief", results, *options)
    assert (code, out) == (2, "")
    assert message in err


def test_a_folder_without_results_gives_2(command, tmp_path):
    (tmp_path / "empty").mkdir()
    for folder in ("empty", "absent"):
        assert command("brief", folder)[0] == 2
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "a.json").write_text('{"schema": 0, "current": {}, "article": {}}', encoding="utf-8")
    code, _, err = command("brief", "old")
    assert code == 2
    assert "another version" in err
