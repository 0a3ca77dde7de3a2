"""Glossaries as files: which format a file has, and the built-in base.

An entry that cannot be used becomes a Finding that names file, line, column and reason, and the rest
loads. A file that cannot be used at all raises GlossaryError.
"""

import codecs
import re
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path

from vn_summarize.document import Finding
from vn_summarize.errors import GlossaryError
from vn_summarize.glossary.delimited import decode, parse_glossary, render_glossary
from vn_summarize.glossary.rows import COLUMNS, term_from, tidy_term
from vn_summarize.glossary.services import SERVICES, render_pairs
from vn_summarize.glossary.tables import REMARKS
from vn_summarize.glossary.terms import Term
from vn_summarize.writing.files import write_bytes

__all__ = [
    "BUILTIN",
    "COLUMNS",
    "FORMATS",
    "REMARKS",
    "builtin_rows",
    "format_of",
    "load_builtin",
    "load_glossary",
    "parse_glossary",
    "read_glossary",
    "render_as",
    "render_glossary",
    "write_glossary",
]

BUILTIN = "built-in"
"""The origin of the terms that come with the package."""
FORMATS: dict[str, tuple[str, ...]] = {
    "csv": (".csv",),
    "tsv": (".tsv", ".tab", ".txt"),
    "xlsx": (".xlsx",),
    "tbx": (".tbx",),
    "tbx-dct": (".tbx",),
    "martif": (".tbx",),
    "tmx": (".tmx",),
    "deepl": (".csv", ".tsv"),
    "google": (".csv", ".tsv", ".tmx"),
    "google-set": (".csv",),
    "aws": (".csv", ".tsv", ".tmx"),
}
"""The formats that can be written, each with the suffixes of its files; a suffix alone names the first that has it."""

_TBX_STYLES = {"tbx": "dca", "tbx-dct": "dct", "martif": "martif"}


def load_glossary(path: Path) -> tuple[list[Term], list[Finding]]:
    """Read a glossary of any format, those of services too; the terms' origin is the file's name.

    The format is found by the suffix, else by the content. Raises GlossaryError when the file is not
    there, is not of its format, or has no usable entry.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise GlossaryError(f"{path}:1: cannot be read: {error.strerror or error}") from error
    return read_glossary(data, path.name)


def read_glossary(data: bytes, name: str) -> tuple[list[Term], list[Finding]]:
    """Read a glossary's bytes; `name` is its file's: the origin of its terms, its suffix the format."""
    suffix = Path(name).suffix.lower()
    kind = suffix if suffix in (".csv", ".tsv", ".tab", ".tbx", ".tmx", ".xlsx") else _kind(data)
    if kind in _PARSERS:
        return _PARSERS[kind](data, name)
    return parse_glossary(decode(data, name), name, delimiter="\t" if kind in (".tsv", ".tab") else "")


def write_glossary(path: Path, terms: Sequence[Term], *, format: str = "") -> list[Finding]:
    """Write terms in the format of that name (FORMATS), else in the one of the file's suffix; say what is lost.

    The file is written whole or not at all; its suffix decides between CSV, TSV and TMX where a service
    takes several. Raises GlossaryError for a format that is not known or another suffix, OutputError.
    """
    name = format_of(path, format)
    data, findings = render_as([tidy_term(term) for term in terms], name, path.suffix.lower())
    write_bytes(path, data)
    return findings


def format_of(path: Path, format: str = "") -> str:
    """Give the name of the format that a file is to be written in. Raises GlossaryError."""
    suffix = path.suffix.lower()
    name = format or next((n for n, suffixes in FORMATS.items() if suffix in suffixes), "")
    if name not in FORMATS:
        raise GlossaryError(f"{path}:1: no glossary format {name or suffix!r}; there are {', '.join(FORMATS)}")
    if suffix not in FORMATS[name]:
        raise GlossaryError(f"{path}:1: {name}: the suffix is {' or '.join(FORMATS[name])}")
    return name


def load_builtin() -> list[Term]:
    """Give the terms of Vietnamese public life that come with the package."""
    return [term_from(row, BUILTIN) for row in builtin_rows()]


def builtin_rows() -> list[dict[str, str]]:
    """Give the rows of the built-in terms, their filled cells by column."""
    text = resources.files("vn_summarize").joinpath("data/terms.tsv").read_text(encoding="utf-8")
    header, *rows = (line.split("\t") for line in text.splitlines())
    return [{c: cell for c, cell in zip(header, row, strict=True) if cell} for row in rows]


def render_as(terms: Sequence[Term], name: str, suffix: str) -> tuple[bytes, list[Finding]]:
    """Give the bytes of a glossary of the format `name` in a file with that suffix, and what is lost."""
    if name in SERVICES:
        return render_pairs(terms, name, suffix)
    if name in _TBX_STYLES:
        from vn_summarize.glossary.tbx import render_tbx  # noqa: PLC0415 (lxml waits for its first use)

        return render_tbx(terms, _TBX_STYLES[name]), []
    if name == "tmx":
        from vn_summarize.glossary.tmx import render_tmx  # noqa: PLC0415 (as above)

        return render_tmx(terms), []
    if name == "xlsx":
        from vn_summarize.glossary.xlsx import render_xlsx  # noqa: PLC0415 (as above)

        return render_xlsx(terms)
    return render_glossary(terms, "\t" if name == "tsv" else ",").encode(), []


def _parse_tbx(data: bytes, name: str) -> tuple[list[Term], list[Finding]]:
    from vn_summarize.glossary.tbx import parse_tbx  # noqa: PLC0415 (lxml waits for its first use)

    return parse_tbx(data, name)


def _parse_tmx(data: bytes, name: str) -> tuple[list[Term], list[Finding]]:
    from vn_summarize.glossary.tmx import parse_tmx  # noqa: PLC0415 (as above)

    return parse_tmx(data, name)


def _parse_xlsx(data: bytes, name: str) -> tuple[list[Term], list[Finding]]:
    from vn_summarize.glossary.xlsx import parse_xlsx  # noqa: PLC0415 (as above)

    return parse_xlsx(data, name)


_PARSERS: dict[str, Callable[[bytes, str], tuple[list[Term], list[Finding]]]] = {
    ".tbx": _parse_tbx,
    ".tmx": _parse_tmx,
    ".xlsx": _parse_xlsx,
}


def _kind(data: bytes) -> str:
    """Find the format in a file's first bytes; "" for text in lines."""
    if data.startswith(b"PK\x03\x04"):
        return ".xlsx"
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    start = data[:4096].decode(encoding, "replace").lstrip()
    root = re.search(r"<(?:\w+:)?(tbx|martif|tmx)\b", start) if start.startswith("<") else None
    return {"tbx": ".tbx", "martif": ".tbx", "tmx": ".tmx"}[root[1]] if root else ""
