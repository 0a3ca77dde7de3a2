"""Takes off what is not article text (dateline, byline, end mark, page furniture) and records it.

Pieces are cut only from the head or the tail of a paragraph, so that a cleaned paragraph is one stretch of
the read one and `restore` is exact. A paragraph taken off whole has its line break ("\\n") in `Removal.text`.
In doubt text stays: clutter that is translated does less harm than a sentence that is lost.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from vn_summarize.bylines import SITE, Byline, find_dateline, find_inline_byline, is_labelled, read_byline
from vn_summarize.document import TITLE, Article, Removal
from vn_summarize.errors import EmptyArticle

# Old placement of the tone mark in an open syllable (hoà, khoẻ, thuỷ) and the new one (hòa, khỏe, thủy).
_TONES = "\u0300\u0301\u0309\u0303\u0323"
_TONE_MOVED = {
    unicodedata.normalize("NFC", first + second + tone): unicodedata.normalize("NFC", first + tone) + second
    for vowels, seconds in (("oO", "aAeE"), ("uU", "yY"))
    for first in vowels
    for second in seconds
    for tone in _TONES
}
_OPEN_SYLLABLE = re.compile(
    "[oO][" + unicodedata.normalize("NFC", "".join(v + t for v in "aAeE" for t in _TONES)) + "]"
    "|(?<![qQ])[uU][" + unicodedata.normalize("NFC", "".join(v + t for v in "yY" for t in _TONES)) + "]"
)  # fmt: skip

_END_MARK = re.compile(r"(?<=[!?…])\s*\.\s*/\s*\.?\s*$|(?<=[.!?…])\s*/\s*\.?\s*$|\s*/\s*\.\s*$")
_TITLE_SITE = re.compile(rf"\s+\|\s+[^|]{{2,60}}$|\s+[-–—]\s+(?:(?:Báo|Đài|Cổng|Trang|Tạp chí)\s.{{2,60}}|{SITE})$")

_NETWORKS = r"(?:chia sẻ|share|tweet|facebook|twitter|zalo|pinterest|linkedin|messenger|copy link|sao chép liên kết)"
# Whole paragraphs, folded, that are page furniture wherever they stand.
_LINES: tuple[tuple[str, str], ...] = (
    ("blank", r""),
    ("comment-form", r"email của bạn sẽ không được hiển thị.*|các trường bắt buộc được đánh dấu ?\*?"),
    ("comment-form", r"lưu tên (?:của )?tôi.*trình duyệt.*|đăng nhập để (?:gửi )?bình luận|hủy trả lời"),
    ("comment-form", r"(?:để lại|viết|gửi|thêm) (?:một )?bình luận(?: của bạn)?|\d+ bình luận|ý kiến bạn đọc"),
    ("comment-form", r"(?:tên|email|trang web|bình luận|họ (?:và )?tên|nội dung) ?\*"),
    ("share", rf"{_NETWORKS}(?:[\s,|/:·•\d]+(?:(?:bài viết|lên|qua|trên) )?{_NETWORKS})*:?"),
    ("print", r"in bài(?: viết| này)?|bản in|gửi (?:bài|email)(?: cho bạn bè)?|lưu bài(?: viết)?|cỡ chữ[\s:a+-]*"),
    ("counter", r"(?:(?:số )?lượt (?:xem|đọc|truy cập)|đã xem) ?:? ?[\d.,]+(?: lần| lượt)?"),
    ("counter", r"[\d.,]+ (?:lượt xem|lượt đọc|views?)"),
    ("keywords", r"(?:từ khóa|tags?) ?:.*|từ khóa|tags"),
    ("breadcrumb", r"trang chủ(?: ?[>»›/|].*)?"),
    ("related", r">>.{0,200}|(?:xem|đọc) thêm ?:.{1,200}"),
    ("caption", r"\(?ảnh minh họa\)?\.?"),
)
# Lines that are furniture only at the end of the page: an interview may have "Trả lời" as a heading.
_LAST_LINES: tuple[tuple[str, str], ...] = (
    ("comment-form", r"trả lời|bình luận(?: \(\d+\))?|phản hồi|gửi|hủy|trang web|email|tên"),
    ("related", r"(?:các )?(?:tin|bài)(?: viết)? (?:liên quan|khác|cùng chuyên mục|cùng chủ đề|nổi bật|mới nhất):?"),
    ("related", r"(?:xem|đọc) thêm:?|có thể bạn quan tâm:?"),
)
_WEEKDAY = r"thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật"
_PRINTED_DATE = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2} tháng \d{1,2} năm \d{4}|\d{4}-\d{2}-\d{2}"
_META = re.compile(  # Thứ Tư, 08/06/2022 | 16:30 GMT+7
    rf"(?:(?:{_WEEKDAY}|cập nhật|ngày đăng|đăng lúc|đăng ngày|xuất bản|ngày|lúc|gmt ?\+?7|(?P<date>{_PRINTED_DATE})"
    r"|\d{1,2}[:h]\d{2}(?::\d{2})?|[ap]m)[\s,;:|()•–-]*)+"
)
_META_REACH = 5  # paragraphs from either end in which a line that is only a date is page furniture
_META_LONGEST = 100

_CREDIT = re.compile(r"(?:^|[\s(.])(?:Ảnh|Clip|Video)\s*:\s*\S+(?:\s+\S+){0,5}\s*$")
_CAPTION_WORDS = 30  # a longer paragraph with a photo credit at its end is text
_HEADLINE_WORDS = 30
_SENTENCE_END = re.compile(r"[.!?…]/?\.?[\"”’)\]]*\s*$")


def clean(article: Article) -> Article:
    """Give the article text of `article`, with each piece taken off in `removed`.

    Source, date and authors are filled from those pieces where the article has none. Cleaning a cleaned
    article changes nothing. Raises EmptyArticle when no paragraph is left.
    """
    read = restore(article)
    page = _Page(read.paragraphs)
    title, site = _split_title(read.title)
    when = _take_lines(page, title)
    _take_last_lines(page)
    authors, outlet = _take_bylines(page, bool(title))
    source, place_date = _take_dateline(page)
    for index in page.kept():
        if mark := _END_MARK.search(page.text(index), max(0, len(page.text(index)) - 16)):
            page.take_tail(index, mark.start(), "end-mark")
    paragraphs, removed = page.result()
    if not paragraphs:
        raise EmptyArticle(
            f"{article.origin}: no article text is left after cleaning; check that the file holds an article"
        )
    if site:
        removed = (Removal("site", TITLE, len(title), site), *removed)
    return replace(
        read,
        title=title,
        paragraphs=paragraphs,
        source=article.source or source or outlet or site.strip(" |-–—"),
        date=article.date or when or place_date,
        authors=article.authors or authors,
        removed=removed,
    )


def restore(article: Article) -> Article:
    """Put every removal back: the title and paragraphs as read, in NFC."""
    pieces: dict[int, list[Removal]] = defaultdict(list)
    for removal in sorted(article.removed, key=lambda r: (r.paragraph, r.offset)):
        pieces[removal.paragraph].append(removal)
    title = _put_back(unicodedata.normalize("NFC", article.title), pieces.pop(TITLE, []))
    paragraphs: list[str] = []
    for paragraph in article.paragraphs:
        _append_whole(paragraphs, pieces)
        paragraphs.append(_put_back(unicodedata.normalize("NFC", paragraph), pieces.pop(len(paragraphs), [])))
    _append_whole(paragraphs, pieces)
    return replace(article, title=title, paragraphs=tuple(paragraphs), removed=())


def normalise_tones(text: str) -> str:
    """Move tone marks to the first vowel of an open oa, oe, uy: hoà -> hòa, khoẻ -> khỏe, uỷ -> ủy.

    Letter for letter in NFC text; `quý` and closed syllables (hoàn, khoảng, khuỷu) have one form only.
    """

    def moved(match: re.Match[str]) -> str:
        following = text[match.end() : match.end() + 1]
        if following.isalpha() or unicodedata.combining(following or " "):
            return match.group()
        return _TONE_MOVED[match.group()]

    return _OPEN_SYLLABLE.sub(moved, text)


def fold(text: str) -> str:
    """Give the form in which terms are matched: NFC, tones normalised, lower case; as long as the NFC text."""
    folded = normalise_tones(unicodedata.normalize("NFC", text))
    lowered = folded.lower()
    if len(lowered) == len(folded) and "Σ" not in folded:  # which depends on what stands behind it
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in folded)


def parse_date(text: str) -> str:
    """Give the first complete date of `text` (day first, or ISO) as ISO 8601, "" when there is none."""
    for match in re.finditer(rf"(?<!\d)(?:{_PRINTED_DATE})(?!\d)", text, re.IGNORECASE):
        numbers = [int(number) for number in re.findall(r"\d+", match.group())]
        year, month, day = numbers if numbers[0] > 31 else reversed(numbers)
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            continue
    return ""


def line_kind(text: str) -> str:
    """Name the page furniture that a whole paragraph is (share, print, related, ...), "" for text."""
    return _match_kind(text, _LINES)


class _Page:
    """The paragraphs being cleaned: a window on each, and the pieces outside the windows."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self._read = paragraphs
        self._windows: list[tuple[int, int]] = [(0, len(text)) for text in paragraphs]
        self._pieces: dict[int, list[Removal]] = defaultdict(list)

    def kept(self) -> list[int]:
        """Give the numbers of the paragraphs that still have text."""
        return [index for index in range(len(self._read)) if self.text(index).strip()]

    def text(self, index: int) -> str:
        start, end = self._windows[index]
        return self._read[index][start:end]

    def take(self, index: int, kind: str) -> None:
        self.take_tail(index, 0, kind)

    def take_head(self, index: int, length: int, kind: str) -> None:
        start, end = self._windows[index]
        self._pieces[index].append(Removal(kind, index, start, self._read[index][start : start + length]))
        self._windows[index] = (start + length, end)

    def take_tail(self, index: int, offset: int, kind: str) -> None:
        start, end = self._windows[index]
        self._pieces[index].append(Removal(kind, index, start + offset, self._read[index][start + offset : end]))
        self._windows[index] = (start, start + offset)

    def result(self) -> tuple[tuple[str, ...], tuple[Removal, ...]]:
        """Give the paragraphs with text, and the removals in reading order; an empty window is a whole removal."""
        removed: list[Removal] = []
        kept = self.kept()
        for index, text in enumerate(self._read):
            pieces = sorted(self._pieces[index], key=lambda r: r.offset)
            if index in kept:
                removed += pieces
            else:
                removed.append(Removal(pieces[0].kind if pieces else "blank", index, 0, text + "\n"))
        return tuple(self.text(index) for index in kept), tuple(removed)


def _put_back(text: str, pieces: Sequence[Removal]) -> str:
    for piece in pieces:
        text = text[: piece.offset] + piece.text + text[piece.offset :]
    return text


def _append_whole(paragraphs: list[str], pieces: dict[int, list[Removal]]) -> None:
    while any(p.offset == 0 and p.text.endswith("\n") for p in pieces.get(len(paragraphs), [])):
        paragraphs.append(pieces.pop(len(paragraphs))[0].text[:-1])


def _match_kind(text: str, rules: Sequence[tuple[str, str]]) -> str:
    line = " ".join(fold(text).split())
    return next((kind for kind, pattern in rules if re.fullmatch(pattern, line)), "")


def _split_title(title: str) -> tuple[str, str]:
    site = _TITLE_SITE.search(title)
    cut = site.start() if site and title[: site.start()].strip() else len(title)
    return title[:cut], title[cut:]


def _take_lines(page: _Page, title: str) -> str:
    """Take the paragraphs that are page furniture wherever they stand; give the date that one of them tells."""
    when = ""
    kept = page.kept()
    for place, index in enumerate(kept):
        text = page.text(index)
        meta = _META.fullmatch(fold(text).strip()) if len(text) < _META_LONGEST else None
        if kind := line_kind(text) or ("caption" if _is_caption(text) else ""):
            page.take(index, kind)
        elif meta and meta["date"] and min(place, len(kept) - 1 - place) < _META_REACH:
            page.take(index, "meta")
            when = when or parse_date(text)
        elif place == 0 and title and fold(text).split() == fold(title).split():
            page.take(index, "title")
    return when


def _take_last_lines(page: _Page) -> None:
    """Take the comment form and the list of related headlines with which a page ends."""
    headlines: list[int] = []
    for index in reversed(page.kept()):
        line = page.text(index)
        kind = _match_kind(line, _LAST_LINES)
        if kind == "related" or (kind and not headlines):
            for taken in (index, *headlines):
                page.take(taken, kind)
            headlines.clear()
        elif _SENTENCE_END.search(line) or len(line.split()) > _HEADLINE_WORDS:
            return
        else:
            headlines.append(index)


def _take_bylines(page: _Page, has_title: bool) -> Byline:
    """Take the bylines that close the article, alone or behind its last sentence, and the one that opens it."""
    authors: list[str] = []
    source = ""
    while len(kept := page.kept()) > 1:
        text = page.text(kept[-1])
        byline = read_byline(text) if is_labelled(text) or _SENTENCE_END.search(page.text(kept[-2])) else None
        if not byline:
            break
        page.take(kept[-1], "byline")
        authors[:0], source = byline[0], source or byline[1]
    if kept and not authors and (inline := find_inline_byline(page.text(kept[-1]))):
        offset, byline = inline
        page.take_tail(kept[-1], offset, "byline")
        authors, source = list(byline[0]), source or byline[1]
    first = page.text(kept[0]) if has_title and len(kept) > 1 else ""
    if not first.isupper() and (byline := read_byline(first)):  # in capitals it is rather a rubric
        page.take(kept[0], "byline")
        authors, source = [*byline[0], *authors], source or byline[1]
    return tuple(dict.fromkeys(authors)), source


def _take_dateline(page: _Page) -> tuple[str, str]:
    """Take the dateline of the first paragraph, or of the second where a lead comes first."""
    for index in page.kept()[:2]:
        length, source = find_dateline(page.text(index))
        if length:
            when = parse_date(page.text(index)[:length])
            page.take_head(index, length, "dateline")
            return source, when
    return "", ""


def _is_caption(text: str) -> bool:
    """Say whether a paragraph is a photo's caption: short, with a credit at its end, and no byline's label."""
    short = len(text.split()) <= _CAPTION_WORDS
    return short and bool(_CREDIT.search(text.strip(" ()."))) and not (read_byline(text) or ((), ""))[0]
