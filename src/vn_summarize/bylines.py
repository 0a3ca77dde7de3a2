"""Reads how an article is signed: the dateline before its first words, the byline after its last."""

import re
import unicodedata

# Newspapers, agencies and stations as they sign reports; BTO, DNO, HNMO: a provincial paper "Online".
_PRESS = (
    r"(?:TTXVN|Vietnam\+|VOV\d?|VTV\d*|VTC|VGP|ĐCSVN|CPV|QĐND|BĐBP|CAND|ANTĐ|ANTT|GD&TĐ|SGGP|KTĐT|VNE|VNN|BNEWS"
    r"|(?!WHO|WTO|FAO|ILO|CEO|NATO)[A-ZĐ]{2,4}O)"
)
SITE = r"(?:[\w-]+\.)+(?:vn|VN|com|net|org|info)"
"""The pattern of a site's name."""
_SIGN = rf"(?:{SITE}|{_PRESS}|Bao[a-z]{{4,}})"
_ONLINE = rf"(?:{_SIGN}(?: (?:Online|điện tử))?|(?:Báo )?[^\W\d_][\w&]*(?: [\w&]+){{0,3}} Online)"
_GAP = r"[^\S\n]*"
_DATELINES = tuple(
    re.compile(_GAP + pattern + _GAP)
    for pattern in (
        rf"\((?P<source>[^\W\d_][^()\d]{{1,40}})\){_GAP}[-–—:]",  # (kontumtv.vn) –
        rf"\((?P<source>{_SIGN})\)",  # (Chinhphu.vn)
        rf"(?P<source>{_ONLINE})(?:(?<=\.vn)|(?<=\.VN)| ){_GAP}[-–—]",  # QĐND Online –
        rf"[^\W\d_][^.()\n]{{1,60}}\((?P<source>{_SIGN})\){_GAP}[-–—:]",  # Tỉnh A, ngày 5/6 (TTXVN) -
    )
)

_WORK = r"(?:tin|bài viết|bài|ảnh|clip|video|nội dung|thực hiện|tác giả|biên tập)"
_LABEL = re.compile(rf"(?P<work>{_WORK}(?:(?:\s*[,/&–-]\s*|\s+và\s+|\s+){_WORK})*)\s*:\s*", re.IGNORECASE)
_PICTURES = re.compile(r"(?:ảnh|clip|video|\W|và)+", re.IGNORECASE)
_ORIGIN = re.compile(
    r"(?:(?:[Tt]ổng hợp )?[Tt]heo|[Nn]guồn(?: tin)?)\s*:?\s+(?P<source>[^\W\d_]\S*(?:\s+\S+){0,3})(?<![.,:;])"
)
_DESK = re.compile(r"(?:nhóm )?(?:pv|p\.v|ctv|btv|bbt|phóng viên)\b\.?", re.IGNORECASE)
_REMARK = re.compile(r"\s*\((?:tổng hợp|t/h|th|ghi|lược ghi|thực hiện)\)\s*", re.IGNORECASE)
_OUTLET = re.compile(rf"\s*(?:/\s*|\()(?P<source>{SITE}|[^\W\d_][\w&/-]*(?: [\w&]+){{0,2}})\)?$")
_JOINT = re.compile(r"\s*[–—,;&-]\s*|\s+và\s+")
_SYLLABLE = re.compile(r"[^\Waeiouy]{0,3}[aeiouy]+[^\Waeiouy]{0,2}")
_SENTENCE_BEFORE = re.compile(r"(?P<word>[^\s.!?…\"”’()]*)[.!?…]+/?\.?[\"”’)]*(?P<gap>\s+)(?=\S)")
# Short forms whose full stop ends no sentence: TP. Hồ Chí Minh, GS.TS. Nguyễn; words in capitals count as well.
_SHORT_FORMS = frozenset({"Tp", "Tx", "Th", "Ths", "ThS", "Bs", "Ts", "Gs", "Ks", "Ls", "Mr", "Ms", "Mrs", "Dr", "St"})
_LONGEST = 80  # characters of a byline: eight syllables of at most seven letters, with a label

Byline = tuple[tuple[str, ...], str]
"""The authors and the paper or agency that a byline names."""


def find_dateline(text: str) -> tuple[int, str]:
    """Give the length of the dateline at the head of a paragraph and the source it names: (0, "") without."""
    for pattern in _DATELINES:
        match = pattern.match(text)
        if match and match.end() < len(text):
            return match.end(), match["source"].strip()
    return 0, ""


def read_byline(text: str) -> Byline | None:
    """Read a byline; None for anything that is not names only: at most eight capitalised syllables."""
    if len(text) > _LONGEST:
        return None
    line = _REMARK.sub(" ", text).strip(" \u00a0*-–—()")
    if origin := _ORIGIN.fullmatch(line):
        named = origin["source"]
        return ((), named) if named[0].isupper() or re.fullmatch(SITE, named) else None
    label = _LABEL.match(line)
    names = line[label.end() :] if label else line
    if re.fullmatch(rf"{SITE}|{_PRESS}(?:/\w+(?: \w+)?)?", names):
        return (), names
    outlet = _OUTLET.search(names)
    people = _split_names(names[: outlet.start()] if outlet else names, least=1 if label or outlet else 2)
    if people is None:
        return None
    return (() if label and _PICTURES.fullmatch(label["work"]) else people), outlet["source"] if outlet else ""


def is_labelled(text: str) -> bool:
    """Say whether a paragraph begins as a byline that says so: "Tin, ảnh:", "Theo", "Nguồn:"."""
    line = text.strip(" \u00a0(*")
    return bool(_LABEL.match(line) or _ORIGIN.match(line))


def find_inline_byline(text: str) -> tuple[int, Byline] | None:
    """Find the byline that stands behind the last sentence of a paragraph: its offset, and what it names."""
    for match in _SENTENCE_BEFORE.finditer(text, max(0, len(text) - _LONGEST - 20)):
        word = match["word"]
        byline = None if word in _SHORT_FORMS or word.isupper() else read_byline(text[match.end() :])
        if byline:
            return match.start("gap"), byline
    return None


def _split_names(text: str, least: int) -> tuple[str, ...] | None:
    """Give the people named; None unless all of `text` is names of together `least` to eight syllables."""
    if _DESK.match(text):
        return (text.strip(),) if len(text.split()) <= 5 else None
    people = [name for name in _JOINT.split(text) if name]
    syllables = [syllable for name in people for syllable in name.split()]
    initials = sum("." in syllable.rstrip(".") for syllable in syllables)  # "D.Ngân" counts twice
    named = least <= len(syllables) + initials <= 8 and all(len(name.split()) <= 5 for name in people)
    return tuple(name.strip() for name in people) if named and all(map(_is_name_syllable, syllables)) else None


def _is_name_syllable(text: str) -> bool:
    """Say whether `text` is a capitalised syllable (Jan, HÀ) or an initial (T.L, Tr.), not an acronym."""
    base = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    parts = [part for part in base.split(".") if part]
    if not text[:1].isupper() or not parts:
        return False
    dotted = len(parts) > 1 or len(base) <= 3  # "Hà." ends a sentence, "Tr." is an initial
    if base.endswith(".") and not dotted:
        return False
    return all(_SYLLABLE.fullmatch(part) or (part.isalpha() and dotted and len(part) <= 2) for part in parts)
