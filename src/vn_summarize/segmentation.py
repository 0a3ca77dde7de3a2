"""Articles to sentences, and sentences that are too long to clauses.

A cut never stands inside a quotation or bracket of at most `QUOTE_LIMIT` characters, in a site or
address, after an initial, a list head or a short form of data/no_break.txt. A longer quotation is cut at
its own sentence ends: a speech of a whole paragraph is too much for one segment. A line break ends a
sentence. A chain of more than `CHAIN_WORDS` words is cut at `;` into pieces of about that size, since
translators drop parts of longer ones.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from importlib import resources
from itertools import pairwise

from vn_summarize.cleaning import normalise_tones
from vn_summarize.document import TITLE, Article, Sentence
from vn_summarize.glossary.syllables import is_syllable

QUOTE_LIMIT = 400
"""Characters up to which a quotation or bracket stays whole."""

CHAIN_WORDS = 60
"""Syllables above which a sentence may be cut at `;`."""

CHAIN_MINIMUM = 15
"""Syllables that each side of such a cut has at least: shorter pieces lack the context to translate."""

_CLOSERS = '"”’»)]'
_END = re.compile(rf"(?P<mark>\./\.|[.!?…]+)(?P<closers>[{re.escape(_CLOSERS)}]*)")
_WHOLE = re.compile(
    r"“(?:[^“”]|“[^“”]*”)*”"
    r'|(?<![^\s(\[“,;:])"(?=\S)[^"]*(?<=\S)"(?!\w)'
    r"|«[^«»]*»"
    r"|\([^()]*\)"
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.-])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*\.(?:vn|com|net|org|info|gov|edu)\b(?:/\S*)?",
    re.IGNORECASE,
)
_BEFORE_NEXT = ' \t\xa0"“‘«([-–—•*+'  # may stand between a full stop and the capital of the next sentence
_HEAD = re.compile(
    r"(?:\n|[:;]\s+)[-–+*•“\"(]?\s*(?:(?:điều|khoản|mục|chương|phần|bài|câu|bước|phụ lục)\s+)?"
    r"(?:\d{1,2}(?:\.\d{1,2})*|[ivxl]+|[a-zđ])$",
    re.IGNORECASE,
)
# Words after which a single capital is a label, not the initial of a name ("vitamin A.", "khóa X.", "35 độ C.").
_LABELS = "vitamin nhóm hạng loại khối lớp gan cúm khu lô tổ dãy mục bảng án khóa khoá quý kỳ lần thứ đợt điểm tuýp độ"
_CONJUNCTIONS = ("và", "nhưng", "đồng thời", "để", "trong đó", "qua đó", "nhằm")
_UNITS = frozenset({"tỷ", "tỉ", "triệu", "nghìn", "ngàn", "trăm", "vạn", "đồng", "USD", "ha", "km", "m", "kg", "tấn"})
_DASHES = frozenset("-–—")
_DROPPED = frozenset(
    {"Cc", "Cf", "Cs", "Co"}
)  # control, zero-width, surrogate, private use (bullets of word processors)
_SPACED_HYPHEN = re.compile(
    r"\b([^\W\d_]+)\s*[-–]\s*(\d{1,3})\b"
    r"(?!\s*(?:%|[.,/]?\d|(?:năm|tháng|ngày|giờ|phút|tuổi|tỷ|tỉ|triệu|nghìn|đồng|người|hộ|km|m|ha|kg)\b))"
)

_GLUED = re.compile(r"(?<!\w)(ngày|tháng|năm)(?=\d)", re.IGNORECASE)

# "05 xã": the zero of official style, which a translator copies; the number of a document keeps it ("Chỉ thị 05 của").
_LEADING_ZERO = re.compile(
    r"(?<![Ss]ố )(?<![\w/.,:–-])0(?=[1-9] (?!(?:của|ngày|về|do|và|đến|tới|năm \d+)(?!\w))[^\W\d_])"
)


def split_article(article: Article) -> tuple[Sentence, ...]:
    """Cut an article into sentences, the title's first; what has no visible character is left out."""
    paragraphs = [(TITLE, article.title), *enumerate(article.paragraphs)]
    pieces = [
        (number, original, text)
        for number, paragraph in paragraphs
        for original in split_sentences(paragraph)
        if (text := tidy(original))
    ]
    return tuple(Sentence(index, *piece) for index, piece in enumerate(pieces))


def tidy(text: str) -> str:
    """Give a sentence the form that is translated.

    NFC, tone marks in the new placement, white space collapsed, control and zero-width characters
    dropped, "Covid – 19" joined, "ngày13" parted, "01 năm" written "1 năm"; quotation marks stay.
    """
    kept = (" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in _DROPPED)
    plain = normalise_tones(unicodedata.normalize("NFC", " ".join("".join(kept).split())))
    return _LEADING_ZERO.sub("", _SPACED_HYPHEN.sub(_join_number, _GLUED.sub(r"\1 ", plain)))


def _join_number(match: re.Match[str]) -> str:
    # A Vietnamese word before the dash begins a phrase of its own ("Kon Tum – 30 năm"), "Covid" does not.
    word = match[1]
    joins = (len(word) == 1 and word.isupper()) or not is_syllable(word.lower())
    return f"{word}-{match[2]}" if joins else match[0]


def split_sentences(paragraph: str) -> list[str]:
    """Cut a paragraph into sentences as printed; with the white space between them they are the paragraph."""
    return [piece for line in paragraph.splitlines() for whole in _sentences(line) for piece in _chain(whole)]


def _sentences(line: str) -> Iterator[str]:
    whole = _whole_spans(line)
    start = 0
    for match in _END.finditer(line):
        if not whole[match.end()] and _ends_sentence(line, start, match):
            if piece := line[start : match.end()].strip():
                yield piece
            start = match.end()
    if piece := line[start:].strip():
        yield piece


def _whole_spans(text: str) -> bytearray:
    """Mark the offsets at which no cut may stand."""
    inside = bytearray(len(text) + 1)
    spans = [m.span() for m in _WHOLE.finditer(text) if m.end() - m.start() <= QUOTE_LIMIT]
    for start, end in spans + [m.span() for m in _ADDRESS.finditer(text)]:
        inside[start + 1 : end] = b"\1" * (end - start - 1)
    return inside


def _ends_sentence(line: str, start: int, match: re.Match[str]) -> bool:
    window = line[max(start, match.start() - 60) : match.start()]
    before = "\n" + window.lstrip() if start >= match.start() - 60 else window
    after = line[match.end() : match.end() + 60]
    if not after.strip():
        return False
    bare = match["mark"] == "." and not match["closers"]
    if bare and _abbreviates(before, after):
        return False
    if after[0].isspace():
        following = after.lstrip(_BEFORE_NEXT)
        return following[:1].isupper() or following[:1].isdigit()
    return _space_is_missing(before, after)


def _abbreviates(before: str, after: str) -> bool:
    """Say whether the full stop between belongs to a short form, an initial, a list head or a number."""
    words = before.split()
    if not words or _HEAD.search(before):
        return bool(words)
    piece = re.split(r"[.:]", words[-1])[-1].lstrip('"“‘«([')
    if piece in _no_break() or words[-1].lstrip('"“‘«([') in _no_break():
        return True
    if len(piece) == 1 and piece.isupper():
        return len(words) < 2 or words[-2].lower() not in _LABELS.split()
    # "2. 700": a thousands mark with a space typed after it.
    return bool(re.search(r"(?<!\S)\d{1,3}$", before) and re.match(r"\s\d{3}(?!\S)", after))


def _space_is_missing(before: str, after: str) -> bool:
    following = re.match(r"[^\W\d_]+(?=[\s,])", after)
    words = before.split()
    if not following or not words:
        return False
    last = re.split(r"[.(“\"/]", words[-1].rstrip(_CLOSERS + "%"))[-1]  # of "6%", "12/3", "đồng/kg" too
    if following[0].istitle() and is_syllable(following[0].lower()):
        return last.isdigit() or last in _UNITS or is_syllable(last.lower())
    return following[0].isupper() and len(following[0]) > 1 and last.islower() and is_syllable(last.lower())


def _chain(sentence: str) -> Iterator[str]:
    """Cut a sentence of more than CHAIN_WORDS words at `;` into pieces of about that many."""
    if len(sentence.split()) <= CHAIN_WORDS:
        yield sentence
        return
    whole = _whole_spans(sentence)
    cuts = [m.end() for m in re.finditer(r";(?=\s)", sentence) if not whole[m.end()]]
    edges = [0, *cuts, len(sentence)]
    sizes = [len(sentence[a:b].split()) for a, b in pairwise(edges)]
    start, size, rest = 0, 0, sum(sizes)
    for cut, part, following in zip(cuts, sizes, sizes[1:], strict=False):
        size, rest = size + part, rest - part
        if min(size, rest) >= CHAIN_MINIMUM and size + following > CHAIN_WORDS:
            yield sentence[start:cut].strip()
            start, size = cut, 0
    yield sentence[start:].strip()


@lru_cache(maxsize=1)
def _no_break() -> frozenset[str]:
    lines = resources.files("vn_summarize").joinpath("data", "no_break.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def split_clauses(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Cut a text into pieces that fit, at the strongest mark near the end of what fits.

    Marks are `;`, then `:` and dashes, then `,`, then conjunctions, then any space; quotations, brackets
    and numbers with their units stay whole where possible. The pieces joined by a space are the text with
    its white space collapsed, except that a single word which does not fit is cut between characters.
    A character that does not fit alone is a piece of its own.
    """
    words = text.split()
    pieces = []
    while words:
        if count := _fitting(len(words), lambda n: fits(" ".join(words[:n]))):
            if count < len(words):
                count = next(n for n in _breaks(words, count) if fits(" ".join(words[:n])))
            pieces.append(" ".join(words[:count]))
            del words[:count]
        else:
            word = words[0]
            count = _fitting(len(word), lambda n, word=word: fits(word[:n])) or 1  # type: ignore[misc]
            pieces.append(word[:count])
            words[:1] = [word[count:]] if word[count:] else []
    return pieces


def _fitting(size: int, fits: Callable[[int], bool]) -> int:
    """Find how many of `size` fit: a number that fits whose successor does not (or all); 0 when not even one."""
    low, high = 0, 1
    while high <= size and fits(high):
        low, high = high, high * 2
    if low == size or (high > size and fits(size)):
        return size
    high = min(high, size)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def _breaks(words: Sequence[str], count: int) -> Iterator[int]:
    """Give the places to cut after at most `count` words, the best first; the last is `count` itself."""
    whole = _whole_spans(" ".join(words[: count + QUOTE_LIMIT]))
    offset = 0
    ranked: list[tuple[int, int]] = []
    for place in range(1, count + 1):
        offset += len(words[place - 1]) + (place > 1)
        if not whole[offset] and not _tied(words[place - 1], words[place]) and not _joins(words, place):
            ranked.append((_rank(words, place), place))
    # A mark in the first third would leave a scrap ("Tuy nhiên,") and another cut soon after.
    marked = [(rank, -place) for rank, place in ranked if rank < 4 and place * 3 >= count]
    yield from (-place for _, place in sorted(marked))
    yield from (place for _, place in reversed(ranked))
    yield count


def _rank(words: Sequence[str], place: int) -> int:
    last, following = words[place - 1].rstrip(_CLOSERS), " ".join(words[place : place + 2]).lower() + " "
    if last.endswith((";", ".", "!", "?")):
        return 0
    if last.endswith(":") or words[place] in _DASHES:
        return 1
    if last.endswith(","):
        return 2
    return 3 if following.startswith(tuple(f"{c} " for c in _CONJUNCTIONS)) else 4


def _joins(words: Sequence[str], place: int) -> bool:
    """Say whether a dash between two names follows: "Thừa Thiên – Huế"."""
    around = (words[place - 1], *words[place + 1 : place + 2])
    return words[place] in _DASHES and len(around) == 2 and all(word[0].isupper() for word in around)


def _tied(left: str, right: str) -> bool:
    """Say whether a number, its parts or its unit stand on both sides."""
    if left[-1].isdigit():
        return right[0].isalnum() or right[0] in "%-–"
    return (right[0].isdigit() and left[-1] not in ".;:") or (left in _UNITS and right in _UNITS)
