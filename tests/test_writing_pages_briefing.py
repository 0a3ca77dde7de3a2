"""The briefing as HTML: what its Markdown says, with links to the sentences, and nothing that acts."""

from dataclasses import replace

import pytest
from article_results import NASTY
from briefing_articles import write_results
from test_writing_pages import TAGS, parse

from vn_summarize.briefing import Gathering, make_briefing
from vn_summarize.briefing.folder import find_pages, read_again, read_records
from vn_summarize.writing.pages_briefing import render_briefing_page


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("results")
    write_results(folder)
    gathering = Gathering()
    for found in read_records(folder, iter(find_pages(folder))):
        gathering.add(found)
    return make_briefing(gathering, lambda page: read_again(folder, page))


def test_links_lead_to_the_sentences_on_the_articles_pages_and_to_the_stories(made):
    page = parse(render_briefing_page(made, "../out/"))
    links = [str(link["href"]) for link in page.all("a") if link["href"]]
    assert "../out/index.html" in links
    assert any(link.startswith("../out/kontum/tong-ket.html#s") for link in links)
    assert not any(link.endswith(".md") for link in links)
    ids = {element["id"] for element in page.all() if element["id"]}
    assert {link[1:] for link in links if link.startswith("#")} <= ids


def test_it_shows_what_the_markdown_says(made):
    page = parse(render_briefing_page(made))
    assert page.one("h1").text == "Briefing"
    assert "6 articles, 4 stories, June 8, 2022 to June 27, 2022." in page.one("main").text
    assert len(page.all("table")) >= 4


def test_no_markup_of_an_article_gets_into_it(made):
    stories = tuple(
        replace(story, headline=replace(story.headline, text=NASTY, article=NASTY), place=NASTY, programs=(NASTY,))
        for story in made.stories
    )
    page = parse(render_briefing_page(replace(made, stories=stories, places=tuple(
        replace(place, name=NASTY) for place in made.places[:1]
    ))))  # fmt: skip
    assert {element.tag for element in page.all()} <= TAGS | {"h3", "h4"}
    attributes = {name for element in page.all() for name in element.attributes}
    assert attributes <= {
        *(
            "lang",
            "charset",
            "http-equiv",
            "content",
            "name",
            "href",
            "class",
            "id",
            "type",
            "aria-pressed",
            "aria-label",
        ),
    }
    assert "<b>x</b>" in page.one("main").text
