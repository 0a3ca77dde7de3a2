from dataclasses import replace
from io import BytesIO

import pytest
from article_results import example, nasty, results
from hypothesis import assume, given, settings
from lxml import etree
from published_schemas import xliff_faults
from test_writing_tmx import HARD

from vn_summarize.document import ArticleResult
from vn_summarize.glossary.rows import tidy
from vn_summarize.writing.xliff import GLOSSARY, XLIFF, render_xliff

X, G = {"x": XLIFF, "g": GLOSSARY}, f"{{{GLOSSARY}}}"


def check_structure(data: bytes) -> None:
    """The schema of the core, and what it says in words only."""
    assert not xliff_faults(data)
    root = etree.fromstring(data)
    assert dict(root.attrib) == {"version": "2.1", "srcLang": "vi", "trgLang": "en"}
    ids = [unit.get("id") for unit in root.iter(f"{{{XLIFF}}}unit")]
    assert len(set(ids)) == len(ids)
    for unit in root.iter(f"{{{XLIFF}}}unit"):  # 4.2.2.5: elements of other modules go first
        own = [etree.QName(child).namespace == XLIFF for child in unit]
        assert own == sorted(own)
    for entry in root.iter(f"{G}glossEntry"):
        assert [child.tag for child in entry] == [f"{G}term", f"{G}translation"]


@pytest.mark.parametrize(
    ("old", "new"),
    [(' id="s1"', ""), ('srcLang="vi"', ""), ("<source", "<sauce"), ('state="translated"', 'state="done"')],
)
def test_the_schema_sees_what_is_wrong(old: str, new: str) -> None:
    data = render_xliff(example()).decode()
    broken = data.replace(old, new).replace("</source", "</sauce" if "sauce" in new else "</source")
    assert broken != data
    assert xliff_faults(broken.encode())


def test_an_article_is_a_file_and_a_sentence_a_unit_with_its_number() -> None:
    (file,) = etree.fromstring(render_xliff(example()))
    assert file.get("original") == "2023/trong-rung"
    units = file.findall("x:unit", X)
    assert [unit.get("id") for unit in units] == ["s0", "s1", "s2", "s3"]
    assert units[3].findtext("x:segment/x:source", namespaces=X) == "Hội nghị bế mạc."
    assert units[3].findtext("x:segment/x:target", namespaces=X) == "The meeting closed."


def test_doubts_are_notes_and_required_terms_a_glossary() -> None:
    (file,) = etree.fromstring(render_xliff(example()))
    assert file.findtext("x:notes/x:note", namespaces=X) == "LHQ stands for two things"
    lost = file.find("x:unit[@id='s1']/x:notes/x:note", X)
    assert (lost.get("category"), lost.get("priority"), lost.text) == ("number", "1", 'no "1,300" in the translation')
    (entry,) = file.iterfind("x:unit[@id='s3']/g:glossary/g:glossEntry", X)
    assert [child.text for child in entry] == ["Hội nghị", "conference"]


def test_what_an_editor_corrected_is_reviewed() -> None:
    result = example()
    sentences = (*result.translated.sentences[:3], replace(result.translated.sentences[3], how="reviewed"))
    data = render_xliff(replace(result, translated=replace(result.translated, sentences=sentences)))
    states = [segment.get("state") for segment in etree.fromstring(data).iterfind(".//x:segment", X)]
    assert states == ["translated", "translated", "translated", "reviewed"]


@settings(max_examples=40)
@given(results())
def test_any_article_gives_a_document_of_the_form(result: ArticleResult) -> None:
    assume(result.translated.sentences)  # an article without any is an error, and a file without units no XLIFF
    check_structure(render_xliff(result))


@given(HARD, HARD)
def test_hard_characters_survive_or_go_and_never_break_the_document(vietnamese: str, english: str) -> None:
    result = example()
    sentence = result.translated.sentences[1]
    sentence = replace(sentence, source=replace(sentence.source, original=vietnamese), text=english)
    result = replace(result, translated=replace(result.translated, sentences=(sentence,)))
    data = render_xliff(result)
    check_structure(data)
    found = etree.fromstring(data).find(".//x:segment", X)
    assert [child.text or "" for child in found] == [tidy(vietnamese), tidy(english)]


def test_the_translate_toolkit_reads_it() -> None:
    xliff2 = pytest.importorskip("translate.storage.xliff2")
    for result in (example(), nasty()):
        store = xliff2.Xliff2File.parsefile(BytesIO(render_xliff(result)))
        assert [(unit.source, unit.target) for unit in store.units] == [
            (tidy(s.source.original), tidy(s.text)) for s in result.translated.sentences
        ]
