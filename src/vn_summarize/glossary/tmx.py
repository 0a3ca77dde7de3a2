"""Glossaries as TMX 1.4b: a translation unit is a term, what TMX has no element for is a `prop`."""

from collections.abc import Sequence

from lxml import etree

from vn_summarize import __version__
from vn_summarize.document import Finding
from vn_summarize.errors import GlossaryError
from vn_summarize.glossary.languages import role
from vn_summarize.glossary.markup import (
    XML_LANG,
    Element,
    append,
    children,
    line_of,
    local_name,
    parse_xml,
    render_xml,
    text_of,
)
from vn_summarize.glossary.rows import COLUMNS, Rows, cells_of, join_list, term_from
from vn_summarize.glossary.terms import Term

_PROPS = tuple(c for c in COLUMNS if c not in ("source", "target", "note"))
_DEFAULTS = {"policy": "force", "case": "auto"}
_NATIVE = frozenset(["bpt", "ept", "it", "ph", "ut"])  # TMX 1.4b: codes of the native format, no text


def parse_tmx(data: bytes, name: str) -> tuple[list[Term], list[Finding]]:
    """Read a TMX document; of several variants in a language the first counts, the others are alternatives.

    `name` stands in messages. Raises GlossaryError when no unit can be used.
    """
    root = parse_xml(data, name)
    if local_name(root) != "tmx":
        raise GlossaryError(f"{name}:{line_of(root)}: is not TMX: the root is <{local_name(root)}>")
    rows = Rows(name)
    for unit in root.iter("{*}tu"):
        row = _row(unit)
        if "source" not in row:
            rows.pass_over(line_of(unit), "the unit has no Vietnamese")
        else:
            rows.take(line_of(unit), term_from(row, name))
    return rows.finish()


def render_tmx(terms: Sequence[Term], *, plain: bool = False) -> bytes:
    """Write terms as TMX; `parse_tmx` reads them back. `plain`: source and target alone, as services take it."""
    root, body = new_tmx("phrase")
    for term in terms:
        unit = append(body, "tu")
        cells = cells_of(term)
        if term.note and not plain:
            append(unit, "note", term.note)
        for column in () if plain else _PROPS:
            if cells[column] and cells[column] != _DEFAULTS.get(column):
                append(unit, "prop", cells[column], type=f"x-{column}")
        add_variants(unit, term.source, term.target)
    return render_xml(root)


def new_tmx(segments: str) -> tuple[Element, Element]:
    """Give the root of a new document and its body; `segments` says what a unit holds: "phrase" or "sentence"."""
    root = etree.Element("tmx", {"version": "1.4"})
    about = {"creationtool": "vn-summarize", "creationtoolversion": __version__, "segtype": segments}
    about |= {"o-tmf": "vn-summarize", "adminlang": "en", "srclang": "vi", "datatype": "plaintext"}
    etree.SubElement(root, "header", about)
    return root, append(root, "body")


def add_variants(unit: Element, vietnamese: str, english: str) -> None:
    """Add to a unit what it says in either language; an empty text is left out."""
    for tag, text in (("vi", vietnamese), ("en", english)):
        if text:
            append(append(unit, "tuv", **{XML_LANG: tag}), "seg", text)


def _row(unit: Element) -> dict[str, str]:
    """Give a unit's cells by column."""
    texts: dict[str, list[str]] = {}
    for variant in children(unit, "tuv"):
        tag = variant.get(XML_LANG) or variant.get("lang", "")  # lang: TMX 1.1
        texts.setdefault(role(tag), []).extend(text_of(seg, _NATIVE) for seg in children(variant, "seg"))
    row = {
        "aliases": join_list(tuple(filter(None, texts.get("source", [])[1:]))),
        "alternatives": join_list(tuple(filter(None, texts.get("target", [])[1:]))),
        "note": "; ".join(text_of(note) for note in children(unit, "note")),
    }
    row |= {name: found[0] for name, found in texts.items() if found and name in ("source", "target")}
    props = {prop.get("type", "").removeprefix("x-"): text_of(prop) for prop in children(unit, "prop")}
    return row | {name: text for name, text in props.items() if name in _PROPS and text}
