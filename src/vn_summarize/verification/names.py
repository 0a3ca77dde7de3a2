"""Proper names of the Vietnamese and whether the English copies them, diacritics and all."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vn_summarize.cleaning import normalise_tones
from vn_summarize.document import Check

from .bodies import HEADS, LANDMARKS, OPENERS, PAIRS, PHRASES, PLACES
from .exonyms import EXONYMS

_LOWER = "a-zàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_WORD = re.compile(rf"[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*(?:-[{_LOWER}]+)*")
_PERSON = frozenset(["ông", "bà", "anh", "chị", "em", "cháu", "cô", "chú", "bác", "cụ", "bé"])
_PLACE = frozenset(["tỉnh", "huyện", "xã", "thôn", "làng", "buôn", "bản", "ấp", "phường", "quận", "xóm", "trấn", "phố"])
_ONSET = "ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|b|c|d|đ|g|h|k|l|m|n|p|q|r|s|t|v|x|"
_RHYME = "[aeiouy]{1,3}(?:ch|nh|ng|c|m|n|p|t)?"
_SYLLABLE = re.compile(rf"(?:{_ONSET}){_RHYME}")
_LUNAR_YEAR = re.compile(
    r"(?:Giáp|Ất|Bính|Đinh|Mậu|Kỷ|Canh|Tân|Nhâm|Quý) (?:Tý|Tí|Sửu|Dần|Mão|Mẹo|Thìn|Tỵ|Tị|Ngọ|Mùi|Thân|Dậu|Tuất|Hợi)"
)
_SIDES = frozenset(["bắc", "nam", "đông", "tây"])  # "Bắc Lào": northern Laos
_OPENING = re.compile(r"(?:^|[.!?:…\"“”‘>»(\[•*+]|\s[-–—])\s*$")


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name in the source, as one or more tokens; a place and a person may follow each other."""

    start: int
    end: int
    tokens: tuple[str, ...]
    opens: bool  # its first token may be capitalised only because it opens a sentence
    person: bool  # it follows "ông", "bà" or the like


def normalise(text: str) -> str:
    """Bring apostrophes, composition and tone placement ("uỷ", "hoà") to one form."""
    return normalise_tones(re.sub("[’ʼ`‘]", "'", unicodedata.normalize("NFC", text)))


def strip_marks(text: str) -> str:
    """Take every diacritic off: "Đăk Glei" becomes "Dak Glei"."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return plain.replace("đ", "d").replace("Đ", "D")


def is_copied(name: str) -> bool:
    """Say whether English surely copies a name: two to four words, by their spelling all of this country or none."""
    words = normalise(name).split()
    native = [is_syllable(word) for word in words]
    return 2 <= len(words) <= 4 and (not name.isascii() or all(native) or not any(native))


def find_names(text: str) -> tuple[Name, ...]:
    """Find the names that English copies; those of bodies, titles and programs are translated and left out."""
    text = normalise(text)
    return tuple(name for run in _runs(text) for name in _names(text, run))


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        if run and text[run[-1].end() : match.start()] != " ":
            yield run
            run = []
        if _is_capitalised(match.group()):
            run.append(match)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_capitalised(word: str) -> bool:
    """Say whether a word is capitalised as names are; short forms in capitals are no names."""
    if "-" in word and word.lower() not in EXONYMS and not word.isascii():
        return False  # "Pa-ki-xtan": a foreign name by its sound
    return word[0].isupper() and (len(word) == 1 or not word.isupper() or "'" in word)


def _names(text: str, run: list[re.Match[str]]) -> Iterator[Name]:
    """Take the words of titles and bodies out of a capitalised run; what is left between them are names."""
    opens = _OPENING.search(text[: run[0].start()]) is not None
    before = re.search(r"([^\W\d_]+)\.? $", text[: run[0].start()])
    cue = before.group(1).lower() if before else ""
    following = re.match(r" ([^\W\d_]+)", text[run[-1].end() :])
    words = [match.group().lower() for match in run] + [following.group(1) if following else ""]
    kept: list[re.Match[str]] = []
    body = _body(words, cue, opens)
    for i, match in enumerate([*run, None]):
        if match is not None and not body[i]:
            kept.append(match)
            continue
        name = _name(text, kept, cue, opens)
        if name:
            yield name
        if match is not None:
            kept, cue, opens = [], words[i], False


def _body(words: Sequence[str], cue: str, opens: bool) -> list[bool]:
    """Say of each word of a run, the word that follows the run being the last, whether a body or title has it."""
    body = [False] * (len(words) - 1)
    i = 0
    while i < len(body):
        known = next(
            (n for n in (4, 3, 2) if " ".join(words[i : i + n]) in EXONYMS or " ".join(words[i : i + n]) in PLACES), 0
        )
        if known and i + known <= len(body):
            i += known
        elif _is_person(words[i], words[i + 1], cue) and len(body) > 1:
            body[-1] = len(body) - i > 2 and (words[-2], words[-1]) in PAIRS  # "ông Trần Văn Hải Chủ tịch ..."
            break
        elif i + 2 < len(body) and words[i] in ("hồ", "đoàn") and words[i + 1] in ("thị", "văn"):
            break  # a surname: "Bộ Công Thương Hồ Thị Thoa"
        elif cue in _PLACE and i + 1 < len(body) and _is_place(words[i : i + 3], cue):
            i += 2
        elif (words[i], words[i + 1]) in PAIRS and " ".join(words[i + 1 : i + 3]) not in PLACES:
            body[i : i + 2] = [True, True][: len(body) - i]
            i += 2
        else:
            body[i] = words[i] in ("ông", "bà", "theo") or (
                words[i] in (HEADS if i or opens else HEADS - OPENERS) and (i == 0 or body[i - 1])
            )
            i += 1
        cue = words[i - 1]
    return body


def _is_person(first: str, second: str, cue: str) -> bool:
    """Say whether a capitalised word after "ông" or the like begins a name, no title: "bà Phó Bí thư"."""
    return cue in _PERSON and first != "phó" and second not in HEADS and (first, second) not in PAIRS


def _is_place(words: Sequence[str], cue: str) -> bool:
    """Say whether two capitalised words after "xã" or the like are a place, be they common words ("xã Thống Nhất")."""
    first, second, *rest = words
    if (first, second) not in PAIRS:
        return True
    return cue not in ("tỉnh", "huyện", "phố") and f"{first} {second}" in PHRASES and (second, *rest) not in PAIRS


def _name(text: str, kept: list[re.Match[str]], cue: str, opens: bool) -> Name | None:
    """Make a name of neighbouring words, initials that belong elsewhere left out."""
    while (
        kept and len(kept[-1].group()) == 1 and (len(kept) == 1 or text[kept[-1].end() :][:1] in (".", "-", "/", "&"))
    ):
        kept = kept[:-1]
    if kept and len(kept[0].group()) == 1 and text[: kept[0].start()][-1:] in (".", "-", "/", "_", "&"):
        kept = kept[1:]
    tokens = tuple(match.group() for match in kept)
    if not tokens or _LUNAR_YEAR.fullmatch(" ".join(tokens)):
        return None
    if len(tokens) == 1 and not _stands_alone(tokens[0], cue, opens):
        return None
    return Name(kept[0].start(), kept[-1].end(), tokens, opens and len(tokens) > 1, cue in _PERSON)


def _stands_alone(token: str, cue: str, opens: bool) -> bool:
    """Say whether one capitalised word is a name: after "ông" or "xã", or not Vietnamese by its letters."""
    word = token.lower()
    if cue in _PERSON | _PLACE:
        return word not in HEADS and not opens
    if cue in LANDMARKS and word not in HEADS and word not in ("đông", "tây", "nam", "bắc", "trung"):
        return True
    if word in EXONYMS or len(word) < 4:
        return False
    return word.isascii() and not is_syllable(word)


def check_names(source: str, english: str) -> tuple[Check, ...]:
    """Check each distinct name of `source`; it may be spelt as English does ("Hanoi").

    A name with other diacritics, or only a part of it, is not ok and has that as `rendered`; one that
    is missing has "".
    """
    english = normalise(english)
    checks: dict[str, Check] = {}
    for name in find_names(source):
        text = " ".join(name.tokens)
        if text not in checks:
            rendered, ok = _answer(name, english)
            checks[text] = Check("name", text, _expected(name.tokens), rendered, ok)
    return tuple(checks.values())


def respell_names(source: str, english: str, checks: Sequence[Check]) -> str:
    """Give names that stand in `english` with other diacritics ("Binh Lam") those of `source`; `checks` are of both."""
    for check in checks:
        given, meant = check.rendered, check.source
        misspelt = check.kind == "name" and not check.ok and check.expected == meant and given not in normalise(source)
        if misspelt and strip_marks(given).lower() == strip_marks(meant).lower():
            meant = meant.upper() if given.isupper() else meant
            english = re.sub(rf"(?<!\w){re.escape(given)}(?!\w)", meant, english)
    return english


def _expected(tokens: Sequence[str]) -> str:
    text = " ".join(tokens)
    return EXONYMS.get(text.lower(), (text,))[0]


def _answer(name: Name, english: str) -> tuple[str, bool]:
    pieces, missing = _cover(name.tokens, english)
    if name.opens and missing[:1] == [0] and not _is_foreign(name.tokens[0]):
        missing = missing[1:]
    if pieces:  # a sentence that opens, or a title, without a sign before it: "tại Hà Nội Theo ..."
        lost = OPENERS if name.person else HEADS | _SIDES
        missing = [i for i in missing if name.tokens[i].lower() not in lost and len(name.tokens[i]) > 1]
    if pieces and not missing:
        return " ".join(pieces), True
    plain = strip_marks(english)
    for part in (name.tokens, name.tokens[min(missing, default=0) : max(missing, default=0) + 1]):
        bare = strip_marks(" ".join(part)).lower()
        at = _locate(bare, plain.lower()) if len(plain) == len(english) else -1
        if at >= 0:
            return english[at : at + len(bare)], False
    words = [token for token in name.tokens if _locate(token, english) >= 0]
    return (" ".join(words) if len(words) * 2 >= len(name.tokens) else " ".join(pieces)), False


def _cover(tokens: Sequence[str], english: str) -> tuple[list[str], list[int]]:
    """Cover the tokens with the longest stretches that stand in the English; give the English and what is left.

    A Vietnamese syllable by itself proves nothing about a longer name: "Bình" may come from another one.
    """
    pieces, missing, i = [], [], 0
    while i < len(tokens):
        for j in range(len(tokens), i, -1):
            single = j == i + 1 and len(tokens) > 1 and is_syllable(tokens[i])
            found = "" if single else _find(tokens[i:j], english)
            if found:
                pieces.append(found)
                i = j
                break
        else:
            missing.append(i)
            i += 1
    return pieces, missing


def is_syllable(token: str) -> bool:
    """Say whether a word may be a Vietnamese syllable by its letters, and is no foreign name that we know."""
    word = token.lower()
    return len(word) > 1 and word not in EXONYMS and _SYLLABLE.fullmatch(strip_marks(word)) is not None


def _is_foreign(token: str) -> bool:
    """Say whether no Vietnamese word looks so: "Holly" is part of a name where it opens a sentence, too."""
    return token.lower() not in EXONYMS and not is_syllable(token)


def _find(tokens: Sequence[str], english: str) -> str:
    text = " ".join(tokens)
    at = _locate(text, english.replace("-", " ") if "-" not in text else english)
    if at >= 0:
        return english[at : at + len(text)]
    match = None
    if text.lower() in EXONYMS:
        starts = "|".join(re.escape(start) for start in EXONYMS[text.lower()])
        match = re.search(rf"(?<!\w)(?:{starts})\w*", english, re.IGNORECASE)
    if (
        match is None and text.isascii() and len(text) > 3
    ):  # "Cuba" in "Cuban", "Ukraine" in "Ukrainian", "Jong-un" in "Jong Un"
        stem = re.sub(r"(?<=.{4})(?:istan|ia|[aesy])$", "", text)
        start = re.escape(stem).replace(r"\-", "[- ]")
        match = re.search(rf"(?<!\w){start}\w*", english, re.IGNORECASE)
    if match is None and len(tokens) > 1:  # "Cu Ba" in "Cuban", "Liên Việt" in "LienViet"
        joined = re.escape(strip_marks("".join(tokens)))
        match = re.search(rf"(?<!\w){joined}n?(?!\w)", english, re.IGNORECASE)
    return match.group() if match else ""


def _locate(text: str, english: str) -> int:
    """Find whole words; plain search, since a pattern for each name would have to be compiled."""
    at = english.find(text)
    while at >= 0:
        end = at + len(text)
        if not (english[at - 1 : at].isalnum() or english[end : end + 1].isalnum()):
            return at
        at = english.find(text, at + 1)
    return -1
