from dataclasses import replace
from io import BytesIO

import pytest
from article_results import example, nasty, results
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from published_schemas import tmx_faults

from vn_summarize.document import ArticleResult
from vn_summarize.glossary.rows import tidy
from vn_summarize.writing.tmx import render_sentences_tmx

HARD = st.text(st.sampled_from("aă \x00\x08\x1b\u200f\u202e\u2028😀<>&\"']]>\t\n\ufffe\ud800"), max_size=12)
"""Control characters, marks of direction, an emoji, markup, what is no character at all."""


def pairs(data: bytes) -> list[tuple[str, ...]]:
    return [tuple(seg.text for seg in unit.iter("seg")) for unit in etree.fromstring(data).iter("tu")]


def check_structure(data: bytes) -> None:
    """The document type, and what it says in words only."""
    assert not tmx_faults(data)
    for unit in etree.fromstring(data).iter("tu"):
        assert not set(unit.get("tuid")) & set(" \t\n")
        assert [v.get("{http://www.w3.org/XML/1998/namespace}lang") for v in unit.iter("tuv")] == ["vi", "en"]


@pytest.mark.parametrize(("old", "new"), [('xml:lang="vi"', ""), ("<seg>", "<seg><b/>"), (' srclang="vi"', "")])
def test_the_document_type_sees_what_is_wrong(old: str, new: str) -> None:
    data = render_sentences_tmx(example()).decode()
    assert old in data
    assert tmx_faults(data.replace(old, new).encode())


def test_each_sentence_is_a_unit_with_a_stable_id_and_its_doubts() -> None:
    units = list(etree.fromstring(render_sentences_tmx(example())).iter("tu"))
    assert [unit.get("tuid") for unit in units] == [f"2023/trong-rung#{n}" for n in range(4)]
    assert pairs(render_sentences_tmx(example()))[3] == ("Hội nghị bế mạc.", "The meeting closed.")
    assert [unit.findtext("note") for unit in units][1] == 'error number: no "1,300" in the translation'
    assert {prop.get("type"): prop.text for prop in units[1].iter("prop")} == {
        "x-article": "2023/trong-rung",
        "x-score": "-0.41",
        "x-how": "beam",
    }


def test_the_id_of_a_unit_has_no_blank_and_the_article_keeps_its_name() -> None:
    result = example()
    document = result.translated.document
    article = replace(document.article, id="2023/bản tin  số 4")
    document = replace(document, article=article)
    result = replace(result, translated=replace(result.translated, document=document))
    unit = next(etree.fromstring(render_sentences_tmx(result)).iter("tu"))
    assert unit.get("tuid") == "2023/bản%20tin%20số%204#0"
    assert unit.findtext("prop[@type='x-article']") == "2023/bản tin số 4"


def test_a_sentence_without_english_is_no_pair() -> None:
    result = example()
    sentences = tuple(replace(s, text="" if s.source.index == 2 else s.text) for s in result.translated.sentences)
    result = replace(result, translated=replace(result.translated, sentences=sentences))
    assert len(pairs(render_sentences_tmx(result))) == 3


@settings(max_examples=40)
@given(results())
def test_any_article_gives_a_document_of_the_form(result: ArticleResult) -> None:
    check_structure(render_sentences_tmx(result))


@given(HARD, HARD)
def test_hard_characters_survive_or_go_and_never_break_the_document(vietnamese: str, english: str) -> None:
    result = example()
    sentence = result.translated.sentences[1]
    sentence = replace(sentence, source=replace(sentence.source, original=f"a{vietnamese}"), text=f"b{english}")
    result = replace(result, translated=replace(result.translated, sentences=(sentence,)))
    data = render_sentences_tmx(result)
    check_structure(data)
    assert pairs(data) == [(tidy(f"a{vietnamese}"), tidy(f"b{english}"))]


def test_the_translate_toolkit_reads_it() -> None:
    tmx = pytest.importorskip("translate.storage.tmx")
    for result in (example(), nasty()):
        store = tmx.tmxfile.parsefile(BytesIO(render_sentences_tmx(result)))
        assert [(u.source, u.target) for u in store.units] == [
            (tidy(s.source.original), tidy(s.text)) for s in result.translated.sentences
        ]
