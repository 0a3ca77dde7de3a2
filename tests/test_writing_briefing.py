"""The page and the JSON of a briefing: safe, linked, after their schema."""

import json
import re

import pytest
from article_results import NASTY, validator
from briefing_articles import plain_record, write_results
from markdown_it import MarkdownIt

from vn_summarize.briefing import Gathering, make_briefing
from vn_summarize.briefing.folder import find_pages, read_again, read_records
from vn_summarize.writing.briefing import render_briefing_json, render_briefing_markdown

MARKDOWN = MarkdownIt("commonmark").enable("table")


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("results")
    write_results(folder)
    return folder


@pytest.fixture(scope="module")
def made(results):
    gathering = Gathering()
    for found in read_records(results, iter(find_pages(results))):
        gathering.add(found)
    return make_briefing(gathering, lambda page: read_again(results, page))


def test_the_json_obeys_its_schema(made):
    validator("briefing").validate(json.loads(render_briefing_json(made)))
    assert "\n" not in render_briefing_json(made, indent=None).rstrip("\n")


def test_every_link_of_the_page_leads_somewhere(made, results):
    page = render_briefing_markdown(made)
    anchors = set(re.findall(r'<a id="([\w-]+)">', page))
    targets = re.findall(r"\]\(([^)]+)\)", page)
    assert targets
    for target in targets:
        assert target[1:] in anchors if target.startswith("#") else (results / target).is_file()


def test_the_page_says_what_it_is_about_and_shows_differences(made):
    page = render_briefing_markdown(made)
    assert "6 articles, 4 stories, June 8, 2022 to June 27, 2022." in page
    assert "### Kon Tum Province (3 articles, 1 story)" in page
    assert "#### June 27 to July 3, 2022" in page
    assert re.search(r"\| poor households[^|]*\| 2,650 \(\[bao/.*\| 2,700 \(\[kontum/", page)
    assert "| 2,650 / 2,700 · poor households · supported **differs** |" in page


def test_the_figures_of_a_sentence_stand_in_one_row():
    facts = [
        {"kind": "figure", "text": number, "source": f"{number} hộ", "sentence": 0, "counted": counted, "action": ""}
        for number, counted in (("40", "poor households"), ("12", ""))
    ]
    record = plain_record("a", ["Xã có 40 hộ nghèo và 12 hộ cận nghèo."], key_facts=facts)
    gathering = Gathering()
    gathering.add(("a.md", record))
    page = render_briefing_markdown(make_briefing(gathering, lambda page: record))
    assert "| [1](#story-1) | 40 · poor households; 12 | English 0 | ([a: 0](a.md)) |" in page


def test_links_are_relative_to_the_page(made):
    assert "](../out/kontum/tong-ket.md)" in render_briefing_markdown(made, "../out/")


def test_a_line_in_doubt_is_marked():
    kinds = ((1, "info", 0), (2, "error", None), (3, "warning", 0), (4, "error", 1))
    findings = [{"number": number, "severity": severity, "sentence": sentence} for number, severity, sentence in kinds]
    gathering = Gathering()
    record = plain_record("a", ["Một câu.", "Hai câu."], findings=findings)
    gathering.add(("a.md", record))
    assert "([a: 0](a.md) ⚠2, 3)" in render_briefing_markdown(make_briefing(gathering, lambda page: record))


def test_no_text_of_an_article_acts_as_markup():
    gathering = Gathering()
    record = plain_record(NASTY, [NASTY, NASTY], "2022-06-08", days=["June 8"])
    record["article"] |= {"source": NASTY}
    record["summary"] = {"headline": {"text": NASTY, "sources": [0]}, "sentences": [{"text": NASTY, "sources": [1]}]}
    record["sentences"][0]["translation"] = NASTY
    record["places"] = [{"type": "commune", "english": NASTY, "sentences": [0]}]
    record["key_facts"] = [{"kind": "program", "text": NASTY, "source": "phong trào", "sentence": 0}]
    gathering.add(("a b(c).md", record))
    html = MARKDOWN.render(render_briefing_markdown(make_briefing(gathering, lambda page: record)))
    assert not re.search(r"<(?:b|img|em|s|code|blockquote)\b", html)
    assert set(re.findall(r'href="([^"]+)"', html)) == {"a%20b%28c%29.md", "#story-1"}
