"""Word documents (Office Open XML, ECMA-376 part 1): the text of the body as it shows, changes accepted."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from vn_summarize.document import Article
from vn_summarize.errors import UnreadableArticle
from vn_summarize.parsing.packages import Element, attribute, local_name, open_package, read_xml, reading
from vn_summarize.parsing.plain import LIST_MARK, build_document, join_continued

_TEXTS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LEFT_OUT = frozenset(["del", "moveFrom", "Fallback", "pPr", "rPr", "sdtPr"])
"""What does not show: text deleted or moved away, the second form of a drawing, properties."""


def parse_word(data: bytes, origin: str, article_id: str) -> Article:
    """Read an article from a .docx file; UnreadableArticle for one that is damaged."""
    with open_package(BytesIO(data), origin) as package, reading(origin, "a Word document"):
        names = package.namelist()
        if "word/document.xml" not in names:
            raise UnreadableArticle(f"{origin}: not a Word document; open and save it again as DOCX")
        root = read_xml(package, "word/document.xml", origin)
        styles = _style_names(package, origin) if "word/styles.xml" in names else {}
        title = _property_title(package, origin) if "docProps/core.xml" in names else ""
        blocks = [(text, style) for text, style in _blocks(root, styles) if text.strip()]
    headings = [text for text, style in blocks[:5] if style in ("title", "heading 1")]
    return build_document(origin, article_id, [text for text, _ in blocks], " ".join(headings[:1]) or title)


def _blocks(element: Element, styles: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Give each paragraph's text and the name of its style; a table's row is one paragraph."""
    for child in element:
        name = local_name(child)
        if name == "p":
            yield from _paragraph(child, styles)
        elif name == "tr":
            yield from _row(child, styles)
        elif name not in _LEFT_OUT:
            yield from _blocks(child, styles)


def _paragraph(element: Element, styles: dict[str, str]) -> Iterator[tuple[str, str]]:
    properties = {local_name(part): part for parent in element if local_name(parent) == "pPr" for part in parent}
    style = styles.get(attribute(properties["pStyle"], "val"), "") if "pStyle" in properties else ""
    lines = join_continued([line.strip() for line in "".join(_texts(element)).split("\n")])
    listed = ("numPr" in properties and "heading" not in style) or style.startswith(("list bullet", "list number"))
    for number, line in enumerate(lines):
        yield ("- " + line if listed and not number and not LIST_MARK.match(line) else line), style
    for frame in _descend(element, "txbxContent"):
        yield from _blocks(frame, styles)


def _row(element: Element, styles: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Give a row as one paragraph; a row of one filled cell lays out a page, and its paragraphs stand alone."""
    cells = [list(_blocks(cell, styles)) for cell in _descend(element, "tc")]
    filled = [cell for cell in cells if any(text.strip() for text, _ in cell)]
    if len(filled) == 1:
        yield from filled[0]
    elif filled:
        yield " | ".join(" ".join(text for text, _ in cell) for cell in filled), ""


def _texts(element: Element) -> Iterator[str]:
    for child in element:
        name = local_name(child)
        if name == "t":
            yield child.text or ""
        elif name in _TEXTS:
            yield _TEXTS[name]
        elif name not in _LEFT_OUT and name != "txbxContent":
            yield from _texts(child)


def _descend(element: Element, wanted: str) -> Iterator[Element]:
    """Give the elements of that name that show, the outermost only."""
    for child in element:
        name = local_name(child)
        if name == wanted:
            yield child
        elif name not in _LEFT_OUT:
            yield from _descend(child, wanted)


def _style_names(package: ZipFile, origin: str) -> dict[str, str]:
    """Give the names of the styles by their ids: the ids are translated in a Vietnamese Word, the names never."""
    return {
        attribute(style, "styleId"): attribute(name, "val").lower()
        for style in _descend(read_xml(package, "word/styles.xml", origin), "style")
        for name in style
        if local_name(name) == "name"
    }


def _property_title(package: ZipFile, origin: str) -> str:
    titles = _descend(read_xml(package, "docProps/core.xml", origin), "title")
    return next((title.text or "" for title in titles), "")
