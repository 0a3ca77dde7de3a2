"""Glossaries as TBX: ISO 30042:2019 in the styles DCA and DCT, and the martif files of TBX-Basic (2008).

What is written is TBX-Basic. A concept has the Vietnamese of a term (source preferred, aliases admitted)
and its English (target preferred, alternatives admitted, forbidden renderings deprecated). Policy and
case, for which TBX-Basic has no category, and a part of speech that its list lacks stand in a note that
begins with "vn-summarize:".
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from lxml import etree

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
from vn_summarize.glossary.rows import Rows
from vn_summarize.glossary.terms import Term

_CORE = "urn:iso:std:iso:30042:ed-2"
_MODULES = {"min": "http://www.tbxinfo.net/ns/min", "basic": "http://www.tbxinfo.net/ns/basic"}
_XCS = "TBXBasicXCSV02.xcs"  # what a martif file calls the data categories of TBX-Basic
# category -> its element in DCA and martif, its module in DCT (TBX-Basic dialect definition 1.2)
_CATEGORIES = {
    "subjectField": ("descrip", "min"),
    "source": ("admin", "basic"),
    "partOfSpeech": ("termNote", "min"),
    "administrativeStatus": ("termNote", "min"),
}
_CARRIERS = frozenset(["admin", "adminNote", "descrip", "descripNote", "termNote"])
_PARTS_OF_SPEECH = frozenset(["adjective", "adverb", "noun", "other", "verb"])  # all that TBX-Basic 1.2 permits
_PREFERRED, _ADMITTED, _DEPRECATED = (f"{s}Term-admn-sts" for s in ("preferred", "admitted", "deprecated"))
_WRONG = re.compile("deprecated|superseded|forbidden|obsolete", re.IGNORECASE)
_OURS = re.compile(r"vn-summarize: policy=(\w+) case=(\w+)(?: pos=(.+))?")


class _Word(NamedTuple):
    """A term of one language in a concept, with its data categories."""

    text: str
    facts: dict[str, list[str]]

    @property
    def status(self) -> str:
        """Give preferred, wrong or ""; "normativeAuthorization" is the older name of the category."""
        said = " ".join(self.facts.get("administrativeStatus", []) + self.facts.get("normativeAuthorization", []))
        return "wrong" if _WRONG.search(said) else "preferred" if "preferred" in said.lower() else ""


def parse_tbx(data: bytes, name: str) -> tuple[list[Term], list[Finding]]:
    """Read a TBX document; `name` stands in messages. Raises GlossaryError when no concept can be used."""
    root = parse_xml(data, name)
    if local_name(root) not in ("tbx", "martif"):
        raise GlossaryError(f"{name}:{line_of(root)}: is not TBX: the root is <{local_name(root)}>")
    rows = Rows(name)
    for concept in root.iter("{*}conceptEntry", "{*}termEntry"):
        words = _words(concept)
        if not words["source"]:
            rows.pass_over(line_of(concept), "the concept has no Vietnamese")
        else:
            rows.take(line_of(concept), _term(concept, words, name))
    return rows.finish()


def render_tbx(terms: Sequence[Term], style: str = "dca") -> bytes:
    """Write terms as TBX-Basic in a style: dca, dct or martif; `parse_tbx` reads them back."""
    writer = _Writer(style)
    for number, term in enumerate(terms, 1):
        writer.write(f"c{number}", term)
    return render_xml(writer.root)


def _words(concept: Element) -> dict[str, list[_Word]]:
    found: dict[str, list[_Word]] = {"source": [], "target": [], "other": [], "": []}
    for section in children(concept, "langSec", "langSet"):
        for entry in children(section, "termSec", "tig", "ntig"):
            term = next(entry.iter("{*}term"), None)
            if term is not None and (text := text_of(term)):
                found[role(section.get(XML_LANG, ""))].append(_Word(text, _facts(entry, section)))
    return found


def _term(concept: Element, words: dict[str, list[_Word]], origin: str) -> Term:
    facts = _facts(concept)
    source, *aliases = sorted(words["source"], key=lambda w: w.status != "preferred")
    good = sorted((w for w in words["target"] if w.status != "wrong"), key=lambda w: w.status != "preferred")
    ours = next((found for note in facts.get("note", []) if (found := _OURS.fullmatch(note))), None)
    if ours and good and good[0].status != "preferred":
        good.insert(0, _Word("", {}))  # a term to keep, with alternatives but no target
    every = (facts, source.facts, *(w.facts for w in good[:1]))
    notes = [n for f in every for n in f.get("note", []) if not _OURS.fullmatch(n)]
    forbidden = tuple(w.text for w in words["target"] if w.status == "wrong")
    return Term(
        source.text,
        good[0].text if good else "",
        aliases=tuple(w.text for w in aliases),
        alternatives=tuple(w.text for w in good[1:]),
        forbidden=forbidden,
        policy=ours[1] if ours else "forbid" if forbidden and not good else "force",
        case=ours[2] if ours else "auto",
        pos=(ours and ours[3]) or _first(every[1:], "partOfSpeech"),
        domain=_first(every, "subjectField"),
        note="; ".join(dict.fromkeys(notes)) or _first(every, "definition"),
        provenance=_first(every, "source"),
        origin=origin,
    )


def _facts(*elements: Element) -> dict[str, list[str]]:
    """Give the data categories that elements themselves have; those of a definition or a context are not theirs."""
    facts: dict[str, list[str]] = {}
    for category, text in chain.from_iterable(map(_categories, elements)):
        facts.setdefault(category, []).append(text)
    return facts


def _categories(element: Element) -> Iterator[tuple[str, str]]:
    for child in element:
        name = local_name(child)
        if name in ("termGrp", "termNoteGrp", "adminGrp"):
            yield from _categories(child)
        elif name == "descripGrp":
            yield from list(_categories(child))[:1]
        elif name not in ("langSec", "langSet", "termSec", "tig", "ntig", "term", "transacGrp"):
            yield (child.get("type", "") if name in _CARRIERS else name), text_of(child)


def _first(every: Sequence[dict[str, list[str]]], category: str) -> str:
    return next((text for facts in every for text in facts.get(category, []) if text), "")


class _Writer:
    """A TBX document that grows concept by concept."""

    def __init__(self, style: str) -> None:
        self.style = style
        namespaces = {None: _CORE} | (_MODULES if style == "dct" else {})
        if style == "martif":
            self.root = etree.Element("martif", {"type": "TBX-Basic", XML_LANG: "vi"})
        else:
            attributes = {"type": "TBX-Basic", "style": style, XML_LANG: "vi"}
            self.root = etree.Element(f"{{{_CORE}}}tbx", attributes, nsmap=namespaces)
        about = self._add(self.root, "martifHeader" if style == "martif" else "tbxHeader")
        description = self._add(self._add(about, "fileDesc"), "sourceDesc")
        self._add(description, "p", "Written by vn-summarize")
        if style == "martif":
            self._add(self._add(about, "encodingDesc"), "p", _XCS, type="XCSURI")
        self.body = self._add(self._add(self.root, "text"), "body")

    def write(self, id: str, term: Term) -> None:
        """Append the concept of a term."""
        concept = self._add(self.body, "termEntry" if self.style == "martif" else "conceptEntry", id=id)
        self._fact(concept, "subjectField", term.domain)
        self._fact(concept, "source", term.provenance)
        if term.note:
            self._add(concept, "note", term.note)
        listed = term.pos in _PARTS_OF_SPEECH
        more = f" pos={term.pos}" if term.pos and not listed else ""
        if more or (term.policy, term.case) != ("force", "auto"):
            self._add(concept, "note", f"vn-summarize: policy={term.policy} case={term.case}{more}")
        self._language(concept, "vi", ((term.source,), term.aliases, ()), term.pos if listed else "")
        self._language(concept, "en", ((term.target,) if term.target else (), term.alternatives, term.forbidden))

    def _language(self, concept: Element, tag: str, words: tuple[Sequence[str], ...], pos: str = "") -> None:
        if not any(words):
            return
        old = self.style == "martif"
        section = self._add(concept, "langSet" if old else "langSec", **{XML_LANG: tag})
        for status, texts in zip((_PREFERRED, _ADMITTED, _DEPRECATED), words, strict=True):
            for text in texts:
                entry = self._add(section, "tig" if old else "termSec")
                self._add(entry, "term", text)
                self._fact(entry, "partOfSpeech", pos if status == _PREFERRED else "")
                self._fact(entry, "administrativeStatus", status)

    def _fact(self, parent: Element, category: str, text: str) -> None:
        carrier, module = _CATEGORIES[category]
        if text and self.style == "dct":
            append(parent, f"{{{_MODULES[module]}}}{category}", text)
        elif text:
            self._add(parent, carrier, text, type=category)

    def _add(self, parent: Element, name: str, text: str = "", **attributes: str) -> Element:
        return append(parent, name if self.style == "martif" else f"{{{_CORE}}}{name}", text, **attributes)
