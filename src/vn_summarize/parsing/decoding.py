"""Bytes to text, or the reason why they are none. What was no plain UTF-8 or UTF-16 is told as a Finding."""

import html
import re
from collections.abc import Sequence

from vn_summarize.document import Finding
from vn_summarize.errors import EmptyArticle, UnreadableArticle
from vn_summarize.parsing.encodings import DECODERS, as_bytes, decode_utf8
from vn_summarize.parsing.encodings_evidence import (
    FEW_WORDS,
    Evidence,
    accented_words,
    choose,
    is_plain_vietnamese,
    is_vietnamese,
    weigh,
)

ARTICLE_LIMIT = 20_000_000
"""Bytes of the largest article file: some five hundred times the longest newspaper report."""

LEAST_WORDS = 3
LEAST_SHARE = 0.6
REPAIR_SHARE = 0.8
"""Accented words, and the share of them that must be Vietnamese, to take an encoding; more, to convert text.

French under windows-1258 has a third at most.
"""

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),  # before UTF-16, whose mark it begins with
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_BINARY = "binary data, not text; give a document of another kind the suffix of its kind (.docx, .pdf, ...)"
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TAG = re.compile(r"</\w+>")
_ENTITY = re.compile(r"&(?:#\d{3,5}|#[xX][0-9a-fA-F]{2,4}|[a-zA-Z]{2,8});")
_UNICODE_LETTER = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")  # Vietnamese letters that are no byte characters


def decode(data: bytes, origin: str, encoding: str = "") -> tuple[str, tuple[Finding, ...]]:
    """Decode as `encoding` (of config.ENCODINGS) or as the bytes show; give the text with plain line ends.

    Without a name: by byte-order mark, then as UTF-8, as UTF-16 where the zero bytes show it, else in the
    encoding under which the words are Vietnamese.
    """
    if len(data) > ARTICLE_LIMIT:
        raise UnreadableArticle(f"{origin}: larger than {ARTICLE_LIMIT // 10**6} MB; an article is text of a few pages")
    text, findings = _decode_named(data, origin, encoding) if encoding else _decode_unnamed(data, origin)
    if _is_binary(text):
        raise UnreadableArticle(f"{origin}: {_BINARY}")
    if not text.strip():
        raise EmptyArticle(f"{origin}: it is empty")
    return _plain_ends(text), findings


def _lines(text: str) -> list[str]:
    """Split into lines; in a page, letters that are written as entities become letters (pages of old editors)."""
    if _TAG.search(text):
        text = _ENTITY.sub(lambda match: letter if (letter := html.unescape(match[0])) > "\x80" else match[0], text)
    return _plain_ends(text).split("\n")


def repair(lines: Sequence[str]) -> tuple[list[str], tuple[Finding, ...]]:
    """Convert lines that were saved as Unicode letter by letter, out of an old encoding or of UTF-8 itself.

    Lines in proper Unicode, in Vietnamese or another language, stay as they are.
    """
    words = [as_bytes(word) for word in accented_words(lines) if not is_vietnamese(word)]
    strange = [word for word in words if max(word) <= "\xff"]
    if len(strange) < LEAST_WORDS:
        return list(lines), ()
    decoders = {"utf-8": decode_utf8, **DECODERS}
    best = choose(strange, decoders)
    if best.fitting < LEAST_WORDS or best.share < REPAIR_SHARE:
        return list(lines), ()
    every = not any(map(_UNICODE_LETTER.search, lines))
    converted = [decoders[best.name](as_bytes(line)) for line in lines]
    kept = [new if _is_better(new, old, every) else old for old, new in zip(lines, converted, strict=True)]
    told = f"saved as Unicode without conversion from {best.name.upper()}, and converted"
    return kept, (_report(best, told),)


def _is_better(new: str, old: str, every: bool) -> bool:
    """Say whether a converted line has fewer wrong words, or no more where no line is in proper Unicode."""
    before, after = (weigh("", accented_words([line])) for line in (old, new))
    return after.words - after.fitting < before.words - before.fitting + every


def _decode_named(data: bytes, origin: str, encoding: str) -> tuple[str, tuple[Finding, ...]]:
    if encoding not in DECODERS:
        return _strictly(data, origin, encoding).removeprefix("\ufeff"), ()
    text = DECODERS[encoding](_plain_ends(data.decode("latin-1")))
    evidence = weigh(encoding, accented_words(text.split("\n")))
    return text, (_report(evidence, f"read as {encoding.upper()}, as asked", evidence.share >= LEAST_SHARE),)


def _decode_unnamed(data: bytes, origin: str) -> tuple[str, tuple[Finding, ...]]:
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "") or _guess_encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        lines = _lines(data.decode("latin-1"))
        best = choose(accented_words(lines), DECODERS)
        few = best.words < FEW_WORDS and not is_plain_vietnamese(lines)
        if encoding != "utf-8" or few or best.fitting < LEAST_WORDS or best.share < LEAST_SHARE:
            raise _refusal(data, origin, encoding, error) from None
        return DECODERS[best.name]("\n".join(lines)), (_report(best, f"read as {best.name.upper()}"),)
    lines, findings = repair(_lines(text))
    return "\n".join(lines), findings


def _report(evidence: Evidence, told: str, sure: bool | None = None) -> Finding:
    good, words = evidence.fitting, evidence.words
    message = f"{told}: {good} of {words} different accented words are Vietnamese so"
    if evidence.sure if sure is None else sure:
        return Finding("encoding", "info", message)
    return Finding("encoding", "warning", f"{message}; check the Vietnamese, --encoding names another")


def _strictly(data: bytes, origin: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _refusal(data, origin, encoding, error) from None


def _refusal(data: bytes, origin: str, encoding: str, error: UnicodeDecodeError) -> UnreadableArticle:
    """Say where the bytes stop being text of the encoding, or that they are no text at all."""
    if encoding == "utf-8" and _is_binary(data[:4000].decode("latin-1")):
        return UnreadableArticle(f"{origin}: {_BINARY}")
    return UnreadableArticle(
        f"{origin}: not {encoding.upper()} text (byte {error.start}), nor Vietnamese in an older encoding that is "
        "known; save it as UTF-8, or name its encoding with --encoding"
    )


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


def _plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
