"""Edited XLIFF 2: the units of `writing.xliff`, whatever an editor has split, marked or added in them."""

from vn_summarize.errors import ConfigError
from vn_summarize.glossary.markup import Element, children, local_name, parse_xml, text_of
from vn_summarize.review.rows import EditedArticle, EditedRow, sentence_number


def parse_xliff(data: bytes, name: str) -> list[EditedArticle]:
    """Read the units of each file in the document. Raises ConfigError."""
    root = parse_xml(data, name)
    if local_name(root) != "xliff" or not root.get("version", "").startswith("2."):
        raise ConfigError(f"{name}: is not XLIFF 2")
    return [
        EditedArticle(file.get("original", ""), tuple(_row(unit) for unit in file.iter("{*}unit")))
        for file in children(root, "file")
    ]


def _row(unit: Element) -> EditedRow:
    id = unit.get("id", "")
    number = sentence_number(id.removeprefix("s")) if id.startswith("s") else None
    problem = "" if number is not None else "is not one of ours"
    return EditedRow(f"unit {id}", _joined(unit, "source"), _joined(unit, "target"), number, problem)


def _joined(unit: Element, name: str) -> str:
    """Join the texts of a unit's segments, and of what stands between them."""
    parts = children(unit, "segment", "ignorable")
    return " ".join(text for part in parts for text in map(text_of, children(part, name)) if text)
