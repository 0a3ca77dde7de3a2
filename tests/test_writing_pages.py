"""The HTML pages show everything, nothing of an article acts in them, and they ask for nothing outside."""

import json
import os
import random
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from urllib.parse import unquote_to_bytes

import pytest
from article_results import NASTY, example, nasty, render, results, with_terms
from hypothesis import given

from vn_summarize.document import ArticleResult, Failure, Place, Sentence, TermUse, TranslatedSentence
from vn_summarize.writing import PageEntry, page_entry, render_index_page, render_page, result_from_json
from vn_summarize.writing.text import one_line

VOID = ("meta", "input")
TAGS = set(
    re.findall(
        r"\w+",
        "html head meta title style script body a header nav button main article section h1 h2 p bdi ul ol li span "
        "strong table thead tbody tr th td div details summary dl dt dd label input",
    )
)


class Element:
    def __init__(self, tag: str, attributes: dict[str, str | None], parent: "Element | None") -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children: list[Element | str] = []

    def __getitem__(self, name: str) -> str | None:
        return self.attributes.get(name)

    def all(self, tag: str = "", **attributes: str) -> "list[Element]":
        """The elements below with this tag whose attributes have these words."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                words = {name: (child[name.rstrip("_")] or "").split() for name in attributes}
                if tag in ("", child.tag) and all(value in words[name] for name, value in attributes.items()):
                    found.append(child)
                found += child.all(tag, **attributes)
        return found

    def one(self, tag: str = "", **attributes: str) -> "Element":
        (found,) = self.all(tag, **attributes)
        return found

    @property
    def text(self) -> str:
        return one_line("".join(c if isinstance(c, str) else f"{c.text} " if c.tag == "li" else c.raw for c in self))

    @property
    def raw(self) -> str:
        return "".join(child if isinstance(child, str) else child.raw for child in self.children)

    def __iter__(self):
        return iter(self.children)


class Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.here = Element("", {}, None)

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs), self.here)
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_endtag(self, tag):
        assert tag == self.here.tag, f"</{tag}> ends <{self.here.tag}>"
        self.here = self.here.parent

    def handle_data(self, data):
        self.here.children.append(data)


def parse(page: str) -> Element:
    parser = Parser()
    parser.feed(page)
    parser.close()
    assert parser.here is parser.root
    return parser.root


def pair(page: Element, index: int) -> tuple[Element, Element]:
    """The English and the Vietnamese of a sentence."""
    english, vietnamese = page.one(id=f"s{index}").all("p")
    assert (english["lang"], vietnamese["lang"]) == ("en", "vi")
    return english, vietnamese


def with_sentence(original: str, text: str, english: str, *terms: TermUse) -> ArticleResult:
    result = with_terms("a")
    sentences = (TranslatedSentence(Sentence(0, 0, original, text), english, terms),)
    document = replace(result.translated.document, sentences=tuple(s.source for s in sentences))
    return replace(result, translated=replace(result.translated, document=document, sentences=sentences))


def use(source: str, target: str, start: int, rendered: str | None = None) -> TermUse:
    said = target if rendered is None else rendered
    return TermUse(source, target, start, said, "met" if said else "unmet", "plain", "force", "mine.csv")


def test_headline_summary_facts_and_text_stand_in_this_order():
    page = parse(render_page(example()))
    assert page.one("h1").text == page.one("title").text == "Movement reviewed"
    names = [section["id"] for section in page.all("section")]
    assert names == ["summary", "facts", "whole", "text", "abbreviations", "removed"]
    assert all(section["aria-labelledby"] == section.one("h2")["id"] for section in page.all("section"))


def test_a_summary_sentence_leads_to_its_place():
    page = parse(render_page(example()))
    assert page.one(id="summary").one("p").text == "People were happy. 2"
    link = page.one(id="summary").one("a")
    assert (link["href"], link["aria-label"]) == ("#s2", "Sentence 2")
    assert pair(page, 2)[0].text == "People were happy."


def test_each_language_of_a_summary_is_named():
    summary = replace(example().summary, originals=("Bà con phấn khởi.",), language="both", style="bullets")
    lists = parse(render_page(replace(example(), summary=summary))).one(id="summary").all("ul")
    assert [(item["lang"], item.text) for item in lists] == [
        ("en", "People were happy. 2"),
        ("vi", "Bà con phấn khởi. 2"),
    ]


def test_key_facts_are_grouped_and_lead_to_their_sentences():
    rows = parse(render_page(example())).one(id="facts").all("tr")
    assert [row.one("th").text for row in rows] == ["Dates", "Figures"]
    assert rows[1].one("li").text == "more than 1,300 · households · helped hơn 1.300 1"
    assert rows[1].one("a")["href"] == "#s1"


def test_a_doubt_has_its_number_its_severity_in_words_and_its_reason():
    page = parse(render_page(example()))
    (doubt,) = page.one(id="s1").all("li", class_="doubt")
    assert doubt.text == '✖Error 2 (number) no "1,300" in the translation'
    assert page.one(id="whole").one("li").text == "▲Warning 1 (abbreviation) LHQ stands for two things"
    assert "in doubt" in page.one(id="s1")["aria-label"]
    assert page.one(id="s2").one("li").text == "ℹNote 3 (typo) read phấn khởi"
    assert "doubtful" not in page.one(id="s2")["class"]
    assert page.one("button", id="doubts").text == "Only doubts (1)"


def test_a_term_is_marked_in_both_languages_and_both_lead_to_its_entry():
    page = parse(
        render_page(
            with_sentence(
                "Có 35 hộ nghèo.",
                "Có 35 hộ nghèo.",
                "There are 35 poor households.",
                use("hộ nghèo", "poor household", 6, "poor households"),
            )
        )
    )
    english, vietnamese = pair(page, 0)
    assert (english.one("a").text, vietnamese.one("a").text) == ("poor households", "hộ nghèo")
    assert english.one("a")["href"] == vietnamese.one("a")["href"] == "#t0-0"
    assert english.text == "There are 35 poor households."
    told = {row.one("dt").text: row.one("dd").text for row in page.one(id="t0-0").all("div")}
    assert told == {
        "Required": "poor household",
        "Rendered": "poor households",
        "Status": "met, by plain",
        "Glossary": "mine.csv, policy force",
    }


def test_an_unmet_term_is_marked_where_it_stands_and_its_entry_says_so():
    page = parse(
        render_page(with_sentence("Có 35 hộ nghèo.", "Có 35 hộ nghèo.", "35.", use("hộ nghèo", "poor", 6, "")))
    )
    english, vietnamese = pair(page, 0)
    assert not english.all("a")
    assert vietnamese.one("a")["class"] == "term unmet"
    assert "UNMET" in page.one(id="t0-0").text


def test_terms_are_marked_in_the_sentence_as_printed():
    printed, read = "Qua 01 năm triễn khai, 01 xã triển khai tốt.", "Qua 1 năm triển khai, 1 xã triển khai tốt."
    terms = (use("năm", "year", 6), use("triển khai", "implement", 27))
    _, vietnamese = pair(parse(render_page(with_sentence(printed, read, "A year; they implement.", *terms))), 0)
    assert vietnamese.text == printed
    assert [link.text for link in vietnamese.all("a")] == ["năm", "triển khai"]


def test_equal_terms_are_marked_one_after_the_other():
    text = "xã này và xã kia"
    page = parse(
        render_page(
            with_sentence(text, text, "this commune, that commune", use("xã", "commune", 0), use("xã", "commune", 10))
        )
    )
    for side in pair(page, 0):
        assert [link["href"] for link in side.all("a")] == ["#t0-0", "#t0-1"]


def test_a_place_has_the_unit_of_today():
    place = Place("xã Măng Bút", "commune", "Măng Bút Commune", "Mang But Commune", (1, 3), "Quảng Ngãi Province")
    row = parse(render_page(replace(example(), places=(place,)))).one(id="places").one("tbody").one("tr")
    cells = [cell.text for cell in row.all() if cell.tag in ("th", "td")]
    assert cells == ["Măng Bút Commune", "xã Măng Bút", "Quảng Ngãi Province", "1 3"]


def test_every_link_inside_the_page_has_its_place():
    for result in (example(), nasty()):
        page = parse(render_page(result))
        ids = [element["id"] for element in page.all() if element["id"]]
        assert len(ids) == len(set(ids))
        assert {str(a["href"])[1:] for a in page.all("a") if str(a["href"]).startswith("#")} <= set(ids)


@given(results())
def test_both_languages_stand_there_whole(result):
    page = parse(render_page(result))
    for sentence in result.translated.sentences:
        sides = (sentence.text, sentence.source.original)
        for side, text in zip(pair(page, sentence.source.index), sides, strict=True):
            assert side.text.split() == text.split()


@pytest.mark.parametrize("text", [render_page(nasty()), render_index_page([page_entry(nasty())])])
def test_no_markup_of_an_article_gets_into_a_page(text):
    page = parse(text)
    assert {element.tag for element in page.all()} <= TAGS
    attributes = {name for element in page.all() for name in element.attributes}
    assert not {name for name in attributes if name.startswith("on") or name in ("style", "src")}
    assert page.one("h1").text in (one_line(NASTY), "Articles")
    assert one_line(NASTY) in page.one("main").text


@pytest.mark.parametrize("text", [render_page(example()), render_index_page([page_entry(example())])])
def test_the_policy_allows_the_page_s_own_style_and_script_and_nothing_else(text):
    page = parse(text)
    (policy,) = [m["content"] for m in page.all("meta") if m["http-equiv"] == "Content-Security-Policy"]
    hashes = {}
    for tag in ("style", "script"):
        blocks = [block.raw for block in page.all(tag) if block["type"] is None]
        hashes[tag] = [b64encode(sha256(block.encode()).digest()).decode() for block in blocks]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{hashes['style'][0]}'; script-src 'sha256-{hashes['script'][0]}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert [len(found) for found in hashes.values()] == [1, 1]
    assert not re.search(r"https?:|@import|url\(", text)


def test_the_same_result_gives_the_same_bytes_also_from_its_record():
    assert render_page(result_from_json(render(example()))) == render_page(example())
    assert page_entry(result_from_json(render(example()))) == page_entry(example())


def test_a_page_below_folders_leads_back_to_the_index():
    assert parse(render_page(example())).one("nav").one("a")["href"] == "../index.html"


@pytest.mark.parametrize("name", ["a b", "họp (1)", "x#y?z", "50%20", 'a"b', "caf\udce9"])
def test_the_index_leads_to_each_page(name):
    page = parse(render_index_page([replace(page_entry(example()), page=f"d/{name}.html")]))
    assert unquote_to_bytes(str(page.one(class_="card").one("a")["href"])) == os.fsencode(f"d/{name}.html")


def test_the_index_tells_of_each_article_and_of_those_without_a_result():
    page = parse(render_index_page([page_entry(example())], [Failure("in/x.txt", "read", "it is empty")]))
    card = page.one(class_="card")
    for text in (
        "Movement reviewed",
        "Tổng kết phong trào",
        "People were happy.",
        "1 error",
        "1 warning",
        "2023-03-05",
    ):
        assert text in card.text
    assert page.one(id="failed").one("li").text.startswith("in/x.txt it is empty → check that the file opens")


def test_an_index_of_nothing_says_so():
    assert "No article gave a result." in parse(render_index_page([])).one("main").text


def test_the_search_gets_each_term_once_and_no_text_ends_its_block():
    hostile = replace(page_entry(example()), terms=("</script><script>hit()</script>", "<!-- hộ nghèo"))
    record = json.loads(parse(render_index_page([hostile, hostile])).one("script", id="words").raw)
    assert record == {"terms": list(hostile.terms), "articles": [[0, 1], [0, 1]]}


def test_the_index_of_a_thousand_articles_stays_below_two_megabytes():
    chance = random.Random(7)
    words = ("ủy", "ban", "huyện", "hội", "nghị", "triển", "khai", "phong", "trào", "nghèo", "vùng", "nông", "nghiệp")

    def said(number: int) -> str:
        return " ".join(chance.choice(words) for _ in range(number))

    terms = [f"{said(3)} {said(4)}" for _ in range(1500)]
    entries = [
        PageEntry(
            f"2023/{i}.html", said(18), said(14), "bao.example", "2023-03-05", 25, 1, 2, said(90), "en",
            (said(3), said(3), said(3)), tuple(chance.sample(terms, 30)),
        )
        for i in range(1000)
    ]  # fmt: skip
    assert len(render_index_page(entries).encode()) < 2_000_000
