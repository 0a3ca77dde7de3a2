"""Hold XLIFF, TMX and TBX documents to the schemas of their standards (schemas/README.md)."""

from functools import cache
from pathlib import Path

from lxml import etree

SCHEMAS = Path(__file__).parent / "schemas"
CORE, MIN, BASIC = "urn:iso:std:iso:30042:ed-2", "http://www.tbxinfo.net/ns/min", "http://www.tbxinfo.net/ns/basic"
_NAMES = {"t": CORE, "min": MIN, "basic": BASIC}
_STATUS = ("admittedTerm", "deprecatedTerm", "supersededTerm", "preferredTerm")
_PARTS = ("adjective", "noun", "other", "verb", "adverb")


def _none_of(values: tuple[str, ...]) -> str:
    return "not(" + " or ".join(f".='{value}'" for value in values) + ")"


# What TBX-Basic forbids beyond its grammar, as XPath that finds it.
_FORBIDDEN = {
    "dca": (
        "/t:tbx[not(@type='TBX-Basic' and @style='dca')]",
        f"//*[namespace-uri()!='{CORE}']",
        "//t:*[@type='']",
        "//t:termNote[not(parent::t:termSec or parent::t:termNoteGrp/parent::t:termSec)]",
        "//t:descrip[@type='subjectField'][not(parent::t:conceptEntry or parent::t:descripGrp/parent::t:conceptEntry)]",
        f"//t:termNote[@type='administrativeStatus'][{_none_of(tuple(f'{s}-admn-sts' for s in _STATUS))}]",
        f"//t:termNote[@type='partOfSpeech'][{_none_of(_PARTS)}]",
        "//t:admin[@type='source'][not(parent::t:conceptEntry or parent::t:langSec or parent::t:termSec"
        " or parent::t:descripGrp)]",
    ),
    "dct": (
        "/t:tbx[not(@type='TBX-Basic' and @style='dct')]",
        f"//*[namespace-uri()!='{CORE}' and namespace-uri()!='{MIN}' and namespace-uri()!='{BASIC}']",
        "//t:*[@type][parent::*][not(ancestor::t:back or ancestor::t:tbxHeader)]",
        "//min:subjectField[not(parent::t:conceptEntry or parent::t:descripGrp/parent::t:conceptEntry)]",
        "//*[self::min:administrativeStatus or self::min:partOfSpeech][not(parent::t:termSec)]",
        "//basic:source[not(parent::t:conceptEntry or parent::t:langSec or parent::t:termSec)]",
    ),
}


def xliff_faults(data: bytes) -> list[str]:
    """Give what the core of XLIFF 2 finds wrong."""
    return _faults(_xliff(), etree.fromstring(data))


def tmx_faults(data: bytes) -> list[str]:
    """Give what the DTD of TMX 1.4 finds wrong."""
    return _faults(_tmx(), etree.fromstring(data))


def tbx_faults(data: bytes, style: str) -> list[str]:
    """Give what TBX-Basic finds wrong in the style dca or dct."""
    root = etree.fromstring(data)
    found = _faults(_tbx("core"), root)
    for element in root.iter(f"{{{MIN}}}*", f"{{{BASIC}}}*"):
        module = "min" if etree.QName(element).namespace == MIN else "basic"
        found += _faults(_tbx(module), etree.fromstring(etree.tostring(element, with_tail=False)))
    return found + [rule for rule in _FORBIDDEN[style] if root.xpath(rule, namespaces=_NAMES)]


def _faults(schema: etree.XMLSchema | etree.DTD | etree.RelaxNG, root: etree._Element) -> list[str]:
    return [] if schema.validate(root) else [str(error) for error in schema.error_log]


@cache
def _xliff() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / "xliff_core_2.0.xsd"))


@cache
def _tmx() -> etree.DTD:
    return etree.DTD(str(SCHEMAS / "tmx14.dtd"))


@cache
def _tbx(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMAS / f"tbx_{name}.rng"))
