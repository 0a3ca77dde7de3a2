from pathlib import Path

import pytest

from vn_summarize.errors import GlossaryError
from vn_summarize.glossary.markup import line_of, local_name, parse_xml, text_of

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY e "text">]><a>&e;</a>',
        '<!DOCTYPE a [<!ENTITY e "text">]><a/>',
        f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a>&l11;</a>',
        f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a b="&l11;"/>',
        '<!DOCTYPE a [<!ENTITY e SYSTEM "SECRET">]><a>&e;</a>',
        '<!DOCTYPE a [<!ENTITY % e SYSTEM "SECRET"> %e;]><a/>',
        '<!DOCTYPE a SYSTEM "SECRET"><a>&e;</a>',
        '<!DOCTYPE a SYSTEM "SECRET" [<!ENTITY e "text">]><a/>',
    ],
)
def test_entities_of_a_document_are_refused(tmp_path: Path, text: str) -> None:
    secret = tmp_path / "secret.dtd"
    secret.write_text('<!ENTITY e "a secret">')
    with pytest.raises(GlossaryError, match=r"^a\.xml:1: ") as error:
        parse_xml(text.replace("SECRET", secret.as_uri()).encode(), "a.xml")
    assert "a secret" not in str(error.value)


def test_an_external_dtd_is_named_but_never_read(tmp_path: Path) -> None:
    dtd = tmp_path / "tmx14.dtd"
    dtd.write_text('<!ELEMENT tmx ANY><!ATTLIST tmx version CDATA "from the DTD">')
    root = parse_xml(f'<!DOCTYPE tmx SYSTEM "{dtd.as_uri()}"><tmx/>'.encode(), "a.tmx")
    assert (local_name(root), root.get("version")) == ("tmx", None)


def test_text_is_tidy_and_lines_are_counted() -> None:
    root = parse_xml("<a>\n<b xmlns='urn:x'>  một <i>hai</i>\n<c>ba</c> &amp; bốn </b></a>".encode(), "a.xml")
    assert (local_name(root[0]), line_of(root[0])) == ("b", 2)
    assert text_of(root[0]) == "một hai ba & bốn"
    assert text_of(root[0], frozenset("c")) == "một hai & bốn"


def test_a_document_in_utf_16_is_read() -> None:
    assert text_of(parse_xml('<?xml version="1.0" encoding="UTF-16"?><a>ấp</a>'.encode("utf-16"), "x")) == "ấp"
