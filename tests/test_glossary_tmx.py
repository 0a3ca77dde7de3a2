import pytest
from glossary_samples import GLOSSARIES, TERMS
from hypothesis import given, settings
from published_schemas import tmx_faults

from vn_summarize.errors import GlossaryError
from vn_summarize.glossary.terms import Term
from vn_summarize.glossary.tmx import parse_tmx, render_tmx

EXPORTED = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
 <header creationtool="a tool" srclang="en" segtype="sentence" datatype="PlainText" o-tmf="x" adminlang="en"/>
 <body>
  <tu tuid="1"><prop type="project">water</prop><note>two words</note>
   <tuv xml:lang="EN-US"><seg>tap <bpt i="1">&lt;b&gt;</bpt>water<ept i="1">&lt;/b&gt;</ept></seg></tuv>
   <tuv xml:lang="vi-VN"><seg>nước <hi>máy</hi></seg></tuv>
   <tuv xml:lang="fr"><seg>eau du robinet</seg></tuv></tu>
  <tu><tuv lang="vi"><seg>giếng khoan</seg></tuv><tuv lang="en"><seg>borehole</seg></tuv>
   <tuv lang="en"><seg>drilled well</seg></tuv></tu>
  <tu><tuv xml:lang="en"><seg>pump</seg></tuv><tuv xml:lang="de"><seg>Pumpe</seg></tuv></tu>
  <tu>
   <tuv xml:lang="vi"><seg>bể nước</seg></tuv></tu>
 </body>
</tmx>"""


def test_units_as_other_tools_write_them() -> None:
    terms, findings = parse_tmx(EXPORTED.encode(), "a.tmx")
    assert terms == [
        Term("nước máy", "tap water", note="two words", origin="a.tmx"),
        Term("giếng khoan", "borehole", alternatives=("drilled well",), origin="a.tmx"),
    ]
    assert [(f.severity, f.message) for f in findings] == [
        ("info", "a.tmx:12: row: the unit has no Vietnamese; not used (entries like this: 1)"),
        ("warning", "a.tmx:13: target: is empty"),
    ]


def test_every_field_is_read_back() -> None:
    assert parse_tmx(render_tmx(TERMS), "x") == (TERMS, [])


@settings(max_examples=40)
@given(GLOSSARIES)
def test_any_glossary_is_read_back(terms: list[Term]) -> None:
    assert not tmx_faults(render_tmx(terms))
    assert parse_tmx(render_tmx(terms), "x")[0] == terms


def test_a_wrong_property_is_named() -> None:
    data = render_tmx([Term("xã", "commune", policy="must"), Term("huyện", "district")])
    (finding,) = parse_tmx(data, "a.tmx")[1]
    assert finding.message == "a.tmx:5: policy: is 'must', not one of force, prefer, keep, forbid"


def test_a_variant_without_a_segment_says_nothing() -> None:
    units = b'<tu><tuv xml:lang="vi"/></tu><tu><tuv xml:lang="vi"><seg>x</seg></tuv><tuv xml:lang="en"/></tu>'
    with pytest.raises(GlossaryError, match=r"^a\.tmx:1: target: is empty"):
        parse_tmx(b"<tmx>" + units + b"</tmx>", "a.tmx")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<tmx", r"^a\.tmx:1: is not well-formed XML"),
        (b"<tbx/>", r"^a\.tmx:1: is not TMX: the root is <tbx>"),
        (b"<tmx><body/></tmx>", r"^a\.tmx:1: there is no term"),
    ],
)
def test_a_document_that_cannot_be_used(data: bytes, message: str) -> None:
    with pytest.raises(GlossaryError, match=message):
        parse_tmx(data, "a.tmx")
