"""XML as glossaries need it: parsed without trust, asked by local names, written with a declaration."""

from typing import Any, TypeAlias

from lxml import etree

from vn_summarize.errors import GlossaryError
from vn_summarize.glossary.rows import tidy

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Element: TypeAlias = Any  # lxml has neither a public name for the type nor types of its own


def parse_xml(data: bytes, name: str) -> Element:
    """Parse a document and give its root; nothing outside the document is ever opened.

    A reference to an external DTD, as TMX 1.4 and old TBX files have it, is passed over; a document that
    declares or uses an entity of its own is refused. Raises GlossaryError that names the line.
    """
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:  # ValueError: an encoding that is none
        line = getattr(error, "lineno", None) or 1
        raise GlossaryError(f"{name}:{line}: is not well-formed XML: {error}") from error
    doctype = root.getroottree().docinfo.internalDTD
    declared = doctype is not None and next(iter(doctype.iterentities()), None) is not None
    used = next(root.iter(etree.Entity), None)
    if declared or used is not None:
        raise GlossaryError(f"{name}:{line_of(used) if used is not None else 1}: has XML entities of its own: refused")
    return root


def local_name(element: Element) -> str:
    """Give an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element, *names: str) -> list[Element]:
    """Give the child elements with one of these local names."""
    return [child for child in element if local_name(child) in names]


def text_of(element: Element, without: frozenset[str] = frozenset()) -> str:
    """Give the text in an element, tidy; that of inner elements too, but for those `without`."""
    return tidy(_text(element, without))


def line_of(element: Element) -> int:
    """Give the line on which an element begins."""
    return element.sourceline or 1


def append(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """Append a child with a text and attributes."""
    child = etree.SubElement(parent, tag, attributes)
    child.text = text or None
    return child


def render_xml(root: Element) -> bytes:
    """Write a document in UTF-8, indented."""
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def _text(element: Element, without: frozenset[str]) -> str:
    inner = (("" if local_name(c) in without else _text(c, without)) + (c.tail or "") for c in element)
    return (element.text or "") + "".join(inner)
