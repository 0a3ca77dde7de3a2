"""Rich Text Format, by `striprtf`."""

import re

from vn_summarize.document import Article
from vn_summarize.errors import UnreadableArticle
from vn_summarize.parsing.packages import reading
from vn_summarize.parsing.plain import build_document, split_paragraphs

RTF_LIMIT = 5_000_000
"""Characters of the largest document without its pictures; a second is enough for each million."""

_PICTURE = re.compile(r"[0-9A-Fa-f]{64}[0-9A-Fa-f\s]{400,}")
_FONT_TABLE = re.compile(r"\{\\fonttbl")
_FONT = re.compile(r"\\f(\d{1,5})(?!\d)|\\fcharset(\d{1,3})(?!\d)|([{}])")


def parse_rtf(data: bytes, origin: str, article_id: str) -> Article:
    """Read an article from a Rich Text document; UnreadableArticle for one that is damaged or too large."""
    from striprtf.striprtf import rtf_to_text  # noqa: PLC0415  few articles need it

    if not data.lstrip().startswith(b"{\\rtf"):
        raise UnreadableArticle(f"{origin}: not Rich Text; open and save it again as RTF or DOCX")
    source = _PICTURE.sub("", data.decode("latin-1"))
    if len(source) > RTF_LIMIT:
        raise UnreadableArticle(f"{origin}: more than {RTF_LIMIT // 10**6} MB of text; save the article alone")
    with reading(origin, "Rich Text"):
        text = rtf_to_text(_plain_fonts(_escape(source)), errors="replace")  # type: ignore[no-untyped-call]
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # \u writes some letters in halves
    return build_document(origin, article_id, split_paragraphs(text))


def _escape(source: str) -> str:
    r"""Write bytes beyond ASCII as \'xx, and fields so that striprtf does not look for links in them.

    Its pattern for links takes a time that grows with the square of a line, and puts addresses into the text.
    """
    source = source.replace("\\field{", "\\field {")
    return re.sub("[\x80-\xff]", lambda match: f"\\'{ord(match[0]):02x}", source)


def _plain_fonts(source: str) -> str:
    """Leave of the table of fonts their numbers and character sets: striprtf's pattern for it may take hours."""
    table = _FONT_TABLE.search(source)
    if not table:
        return source
    depth, number, end = 1, "", len(source)
    fonts: dict[str, str] = {}
    for token in _FONT.finditer(source, table.end()):
        depth += {"{": 1, "}": -1}.get(token[3], 0)
        number = token[1] or number
        if token[2] and number:
            fonts.setdefault(number, token[2])
        if not depth:
            end = token.start()
            break
    entries = "".join(f"{{\\f{number}\\fcharset{charset} X;}}" for number, charset in fonts.items())
    return source[: table.end()] + entries + source[end:]
