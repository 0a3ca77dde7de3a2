from dataclasses import replace

import pytest
from glossary_samples import GLOSSARIES, TERMS
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from published_schemas import tbx_faults

from vn_summarize.errors import GlossaryError
from vn_summarize.glossary.tbx import parse_tbx, render_tbx
from vn_summarize.glossary.terms import Term

STYLES = ("dca", "dct", "martif")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

DCA = """<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
 <tbxHeader><fileDesc><sourceDesc><p>made up</p></sourceDesc></fileDesc></tbxHeader>
 <text><body><conceptEntry id="c1">
  <descrip type="subjectField">finance</descrip>
  <note>in budgets</note>
  <langSec xml:lang="en-US">
   <termSec><term>state   budget</term>
    <termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termSec>
   <termSec><term>State budget</term><termNote type="partOfSpeech">noun</termNote>
    <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
    <admin type="source">Law 83/2015/QH13</admin></termSec>
   <termSec><term>national purse</term>
    <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec>
   <termSec><term>crown budget</term>
    <termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termSec>
  </langSec>
  <langSec xml:lang="vi"><termSec><term>ngân sách nhà nước</term></termSec>
   <termSec><term>NSNN</term><termNote type="termType">abbreviation</termNote></termSec></langSec>
  <langSec xml:lang="fr"><termSec><term>budget de l'État</term></termSec></langSec>
 </conceptEntry></body></text></tbx>"""

DCT = """<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
  xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
 <text><body><conceptEntry id="c1"><min:subjectField>finance</min:subjectField><note>in budgets</note>
  <langSec xml:lang="en"><termSec><term>State budget</term><min:partOfSpeech>noun</min:partOfSpeech>
    <min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus>
    <basic:source>Law 83/2015/QH13</basic:source></termSec>
   <termSec><term>state budget</term></termSec>
   <termSec><term>national purse</term>
    <basic:administrativeStatus>deprecatedTerm-admn-sts</basic:administrativeStatus></termSec>
   <termSec><term>crown budget</term>
    <min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec></langSec>
  <langSec xml:lang="vi-VN"><termSec><term>ngân sách nhà nước</term></termSec>
   <termSec><term>NSNN</term></termSec></langSec>
 </conceptEntry></body></text></tbx>"""

MARTIF = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><text><body><termEntry id="c1">
 <descripGrp><descrip type="subjectField">finance</descrip></descripGrp>
 <descripGrp><descrip type="definition">what the state spends</descrip><admin type="source">a dictionary</admin>
 </descripGrp><note>in budgets</note>
 <langSet xml:lang="vi"><tig><term>ngân sách nhà nước</term></tig>
  <ntig><termGrp><term>NSNN</term></termGrp></ntig></langSet>
 <langSet xml:lang="en"><ntig><termGrp><term>State budget</term><termNote type="partOfSpeech">noun</termNote>
   <termNoteGrp><termNote type="normativeAuthorization">preferredTerm</termNote></termNoteGrp></termGrp>
   <adminGrp><admin type="source">Law 83/2015/QH13</admin></adminGrp></ntig>
  <tig><term>state budget</term></tig>
  <tig><term>national purse</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
  <tig><term>crown budget</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></tig>
 </langSet></termEntry></body></text></martif>"""


@pytest.mark.parametrize("text", [DCA, DCT, MARTIF], ids=STYLES)
def test_status_part_of_speech_field_source_and_note(text: str) -> None:
    assert parse_tbx(text.encode(), "a.tbx") == (
        [
            Term(
                "ngân sách nhà nước",
                "State budget",
                aliases=("NSNN",),
                alternatives=("state budget",),
                forbidden=("national purse", "crown budget"),
                pos="noun",
                domain="finance",
                note="in budgets",
                provenance="Law 83/2015/QH13",
                origin="a.tbx",
            )
        ],
        [],
    )


@pytest.mark.parametrize("style", STYLES)
def test_what_is_written_names_the_status_as_the_style_does(style: str) -> None:
    text = render_tbx(TERMS, style).decode()
    status = "deprecatedTerm-admn-sts"
    as_element = f"<min:administrativeStatus>{status}</min:administrativeStatus>"
    as_type = f'<termNote type="administrativeStatus">{status}</termNote>'
    assert (as_element if style == "dct" else as_type) in text
    assert (as_type if style == "dct" else as_element) not in text


@pytest.mark.parametrize("style", STYLES)
def test_a_part_of_speech_that_the_dialect_lacks_stands_in_the_note(style: str) -> None:
    terms = [replace(TERMS[0], source=f"xã {pos}", pos=pos) for pos in ("verb", "properNoun", "danh từ")]
    data = render_tbx(terms, style)
    assert [e.text for e in etree.fromstring(data).iter() if category(e) == "partOfSpeech"] == ["verb"]
    assert b"<note>vn-summarize: policy=force case=auto pos=properNoun</note>" in data
    assert [term.pos for term in parse_tbx(data, "x")[0]] == ["verb", "properNoun", "danh từ"]


@settings(max_examples=20)
@given(GLOSSARIES, st.sampled_from(("dca", "dct")))
def test_a_document_has_the_form_that_the_dialect_asks_for(terms: list[Term], style: str) -> None:
    data = render_tbx(terms, style)
    assert not tbx_faults(data, style)
    root = etree.fromstring(data)
    assert root.get(XML_LANG) == "vi"
    assert len(root.findall("{*}text/{*}body/{*}conceptEntry")) == len(terms)
    for entry in root.iter("{*}conceptEntry"):
        languages = [e.get(XML_LANG) for e in entry.iter("{*}langSec")]
        assert languages == ["vi", "en"][: len(languages)]


@pytest.mark.parametrize(
    ("style", "old", "new"),
    [
        ("dca", 'partOfSpeech">noun', 'partOfSpeech">properNoun'),
        ("dca", ' id="c1"', ""),
        ("dca", 'type="subjectField"', 'type="domain"'),
        ("dct", "partOfSpeech>noun", "partOfSpeech>properNoun"),
        ("dct", "min:subjectField", "min:domain"),
        ("dct", "basic:source", "min:source"),
    ],
)
def test_the_schemas_see_what_is_wrong(style: str, old: str, new: str) -> None:
    data = render_tbx(TERMS, style).decode()
    assert old in data
    assert tbx_faults(data.replace(old, new).encode(), style)


def test_only_the_style_dct_has_elements_of_the_modules() -> None:
    namespaces = {
        style: {etree.QName(e).namespace for e in etree.fromstring(render_tbx(TERMS, style)).iter()} for style in STYLES
    }
    core, modules = "urn:iso:std:iso:30042:ed-2", {f"http://www.tbxinfo.net/ns/{name}" for name in ("min", "basic")}
    assert namespaces == {"dca": {core}, "dct": {core, *modules}, "martif": {None}}


def test_a_martif_file_names_its_data_categories() -> None:
    root = etree.fromstring(render_tbx(TERMS, "martif"))
    assert [e.tag for e in root[0]] == ["fileDesc", "encodingDesc"]
    assert (root[0][1][0].get("type"), root[0][1][0].text) == ("XCSURI", "TBXBasicXCSV02.xcs")


@pytest.mark.parametrize("fact", ['<descrip type="definition">mái cao</descrip>', "<note>mái cao</note>"])
def test_what_is_said_of_a_whole_language_is_read(fact: str) -> None:
    data = concept(vi="nhà rông", en="communal house").replace(b'"vi">', f'"vi">{fact}'.encode())
    (term,) = parse_tbx(b"<tbx>" + data + b"</tbx>", "x")[0]
    assert term.note == "mái cao"


@pytest.mark.parametrize("style", STYLES)
def test_every_field_is_read_back(style: str) -> None:
    assert parse_tbx(render_tbx(TERMS, style), "x") == (TERMS, [])


@settings(max_examples=40)
@given(GLOSSARIES, st.sampled_from(STYLES))
def test_any_glossary_is_read_back(terms: list[Term], style: str) -> None:
    assert parse_tbx(render_tbx(terms, style), "x")[0] == terms


def test_an_english_term_that_is_only_deprecated_forbids() -> None:
    (term,) = parse_tbx(b"<tbx>" + concept(vi="dân tộc", en="tribe:deprecated") + b"</tbx>", "x")[0]
    assert (term.policy, term.target, term.forbidden) == ("forbid", "", ("tribe",))


def test_a_concept_that_cannot_be_used_is_named_with_its_line() -> None:
    data = b"<tbx><text><body>\n" + b"\n".join(
        [concept(vi="xã", en=""), concept(vi="...", en="dots"), concept(vi="huyện", en="district")]
    )
    terms, findings = parse_tbx(data + b"</body></text></tbx>", "a.tbx")
    assert [t.source for t in terms] == ["huyện"]
    assert [f.message for f in findings] == [
        "a.tbx:2: target: is empty",
        "a.tbx:3: source: is empty or has no letter",
    ]


def test_concepts_without_vietnamese_are_counted() -> None:
    data = (
        b"<tbx>" + b"\n".join([concept(fr="commune", en="commune")] * 3 + [concept(vi="xã", en="commune")]) + b"</tbx>"
    )
    _, findings = parse_tbx(data, "a.tbx")
    assert [(f.severity, f.message) for f in findings] == [
        ("info", "a.tbx:1: row: the concept has no Vietnamese; not used (entries like this: 3)")
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", r"^a\.tbx:1: is not well-formed XML"),
        (b"<tbx>\n<text>", r"^a\.tbx:2: is not well-formed XML"),
        (b"<tmx/>", r"^a\.tbx:1: is not TBX: the root is <tmx>"),
        (b"<tbx/>", r"^a\.tbx:1: there is no term"),
        (b"<tbx><conceptEntry/></tbx>", r"^a\.tbx:1: row: the concept has no Vietnamese"),
    ],
)
def test_a_document_that_cannot_be_used(data: bytes, message: str) -> None:
    with pytest.raises(GlossaryError, match=message):
        parse_tbx(data, "a.tbx")


def category(element: etree._Element) -> str:
    """Give the data category that an element stands for in either style, else its name."""
    return str(element.get("type") or etree.QName(element).localname)


def concept(**words: str) -> bytes:
    """Write a concept on one line; a word may carry its status: en="tribe:deprecated"."""
    text = ""
    for language, word in words.items():
        term, _, status = word.partition(":")
        note = f'<termNote type="administrativeStatus">{status}Term-admn-sts</termNote>' if status else ""
        text += f'<langSec xml:lang="{language}"><termSec><term>{term}</term>{note}</termSec></langSec>'
    return f"<conceptEntry>{text}</conceptEntry>".encode()
