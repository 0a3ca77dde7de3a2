"""Bytes to text, or the reason why they are none."""

import re

from vn_summarize.errors import EmptyArticle, UnreadableArticle

ARTICLE_LIMIT = 20_000_000
"""Bytes of the largest article file: some five hundred times the longest newspaper report."""

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),  # before UTF-16, whose mark it begins with
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_BINARY = "binary data, not text; give the article as text, Markdown, HTML or JSON"
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def decode(data: bytes, origin: str) -> str:
    """Decode by byte-order mark, then as UTF-8, then as UTF-16 where the zero bytes show it; tidy line ends."""
    if len(data) > ARTICLE_LIMIT:
        raise UnreadableArticle(f"{origin}: larger than {ARTICLE_LIMIT // 10**6} MB; an article is text of a few pages")
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "") or _guess_encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and _is_binary(data[:4000].decode("latin-1")):
            raise UnreadableArticle(f"{origin}: {_BINARY}") from None
        raise UnreadableArticle(
            f"{origin}: not {encoding.upper()} text (byte {error.start}); save it as UTF-8, for example with "
            "`iconv -f WINDOWS-1258 -t UTF-8`"
        ) from None
    if _is_binary(text):
        raise UnreadableArticle(f"{origin}: {_BINARY}")
    if not text.strip():
        raise EmptyArticle(f"{origin}: it is empty")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _guess_encoding(data: bytes) -> str:
    """Tell UTF-16 without a mark by its zero bytes: every second one where the letters are Latin."""
    sample = data[:4000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 10 <= len(sample) or min(even, odd) * 5 > max(even, odd):
        return "utf-8"
    return "utf-16-le" if odd > even else "utf-16-be"


def _is_binary(text: str) -> bool:
    """Say whether control characters are too many for accidents: one in fifty."""
    return len(CONTROL.findall(text)) * 50 > len(text)
