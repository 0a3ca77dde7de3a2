"""People with their titles: a name that both sides have, with the office that stands beside it on both sides."""

import re
from collections.abc import Iterator, Sequence

from vn_summarize.document import Fact, TranslatedSentence
from vn_summarize.glossary import units
from vn_summarize.glossary.surfaces import canonical
from vn_summarize.verification.bodies import SURNAMES
from vn_summarize.verification.names import Name, find_names
from vn_summarize.verification.wording import FUNCTION_WORDS

_RANKS = (
    r"member|secretary|chair(?:m[ae]n|wom[ae]n|person)?|director|head|chief|minister|president|governor|commander|commissar"
    r"|rector|principal|inspector|judge|delegate|deputy|doctor|professor|elder|captain|major|colonel|lieutenant|general"
)
OFFICE = re.compile(
    rf"(?:(?:alternate|full|standing|permanent|former|acting|deputy|vice|village|party|senior)[ -])*(?:{_RANKS})\b",
    re.IGNORECASE,
)
"""The beginning of an office in English."""

_OFFICE_SOURCE = re.compile(
    r"\b(?:bí thư|chủ tịch|ủy viên|giám đốc|hiệu trưởng|bộ trưởng|thứ trưởng|thủ tướng|trưởng|phó|chánh|chủ nhiệm"
    r"|đại biểu|chỉ huy|chính ủy|tư lệnh|đại tá|thượng tá|trung tá|thiếu tá|đại úy|trung úy|thượng úy|thiếu tướng"
    r"|trung tướng|già làng|bác sĩ|thạc sĩ|tiến sĩ|giáo sư|thẩm phán|viện trưởng|cục trưởng)\b",
    re.IGNORECASE,
)
_CAPITAL = r"[A-ZÀ-ÝĐĂƠƯẠ-Ỹ][^\s,;:()“”\"]*"
_WORD = (
    rf"(?:{_CAPITAL}|of|the|for|and|in|on|at|to"
    rf"|(?i:{_RANKS}|alternate|full|standing|permanent|former|acting|vice|party)"
    r"|delegation|department|division|office|board|committee|council|union|association|branch|school|company|hospital"
    r"|village|hamlet|commune|ward|town|district|city|province)"
)
_TITLE = re.compile(rf"(?i:{OFFICE.pattern})(?: {_WORD})*")
_OPEN = (" of", " the", " for", " and", " in", " on", " at", " to")
_BESIDE = FUNCTION_WORDS | {"comrade", "mr.", "mrs.", "ms.", "dr."}
_NEAR = 90
"""Characters of Vietnamese in which an office belongs to the name behind it: three offices in a row."""


def find_people(sentence: TranslatedSentence) -> Iterator[Fact]:
    """Give the people of a sentence: names with an office on both sides, or with "ông", "bà" and the like."""
    kept = {check.source: check.rendered for check in sentence.checks if check.kind == "name" and check.ok}
    for name in find_names(sentence.source.text):
        text = " ".join(name.tokens)
        english = kept.get(text, "")
        if not english or sentence.text.count(english) != 1 or (_is_place(text) and not name.person):
            continue
        others = [other for other in kept.values() if other and other != english]
        title = title_of(sentence.text, english, others) if _has_office(sentence.source.text, name) else ""
        if title or name.person:
            yield Fact("person", english, text, sentence.source.index, title=title)


def title_of(english: str, name: str, others: Sequence[str] = ()) -> str:
    """Give the offices that stand beside the only mention of a name in an English sentence, "" for none.

    They stand before it ("member of A, Secretary of B Trần Văn C") or behind it between commas, the longer of both
    counts; what stands before one of the other names is theirs.
    """
    before, _, after = english.partition(name)
    for other in others:
        before = before.rpartition(other)[2]
    title, pieces = "", re.split(r"(?<=,)\s+", before)
    for number, piece in enumerate(reversed(pieces)):
        bare = piece.rstrip(", ") if number else piece.rstrip()
        start = next((m.start() for m in OFFICE.finditer(bare) if _TITLE.fullmatch(bare, m.start())), None)
        if start is None or (number and not piece.endswith(",")):
            break
        start = start_of_capitals(bare, start)
        title = f"{bare[start:]}, {title}" if title else bare[start:]
        if start:
            break
    title = "" if title.endswith(_OPEN) else title
    behind = re.match(r", (?:the )?([^,.;]+)(?=[,.;])", after)
    return max(title, behind[1] if behind and _TITLE.fullmatch(behind[1]) else "", key=len)


def start_of_capitals(text: str, start: int) -> int:
    """Give where the capitals before an office or a body begin: "Prime" Minister, "Kon Tum Provincial" Party Committee.

    A word that is capitalised only because it opens the sentence, and "Mr.", are left out.
    """
    run = re.search(rf"(?:{_CAPITAL} )+$", text[:start])
    if not run:
        return start
    for word in re.finditer(r"\S+", run[0]):
        if word.group().casefold() not in _BESIDE:
            return start - len(run[0]) + word.start()
    return start


def _is_place(name: str) -> bool:
    """Say whether a name is a province's, or another unit's that no person would have."""
    surname = name.partition(" ")[0] in SURNAMES
    return units.known(canonical(name), units.PROVINCE + ("" if surname else units.DISTRICT + units.COMMUNE))


def _has_office(source: str, name: Name) -> bool:
    before = re.split(r"[.;:]", source[max(0, name.start - _NEAR) : name.start])[-1]
    behind = re.match(r"\s*[,–(-]\s*([^,.;]+)", source[name.end :])
    return bool(_OFFICE_SOURCE.search(before) or (behind and _OFFICE_SOURCE.match(behind[1])))
