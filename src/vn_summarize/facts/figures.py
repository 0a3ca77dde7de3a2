"""Figures with what they count and what was done: only where Vietnamese and English answer each other."""

import re
from collections.abc import Iterator

from vn_summarize.document import Check, Fact, TranslatedSentence
from vn_summarize.verification.english_numbers import ORDINALS

_MODIFIER = re.compile(
    r"\b(?:(?:nearly|almost|more than|over|about|around|approximately|up to|at least|at most|fewer than|less than|under"
    r"|an estimated|a total of|some)\s+)$",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"(?: (?:hundred|thousand|million|billion|trillion))*\s?"
    r"(%|percent\b|VND(?:/\w+(?:/\w+)?)?|USD\b|dong\b|hectares?\b|ha\b|kilometers?\b|km2?\b|meters?\b|m[23]?\b"
    r"|tons?\b|kg\b|kilograms?\b|liters?\b|square (?:kilo)?meters?\b|cubic meters?\b)"
)
_RANK = re.compile(r"\b(?:cấp|loại|hạng|lớp|bậc|khối|khóa|mức|đợt|nhóm|giai đoạn)\s+$", re.IGNORECASE)
"""What a number behind ranks: "đường cấp bốn" is a road of class four."""
_TIME = re.compile(r"\s*(?:năm|tháng|tuần|ngày|giờ|phút|tuổi|lần|thập kỷ|thế kỷ|khóa|nhiệm kỳ)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_END_WORDS = """to for in at on from by with who which that is are was were be been have has had of and or but as than
while when where participating using living being having the a an this these those each per will would can"""
_ENDS = frozenset(_END_WORDS.split())
"""English words that end a noun phrase."""

_SINGULAR = frozenset(("this", "is", "was", "has", "as", "its", "us", "thus", "series", "across", "less", "process"))
_IRREGULAR = frozenset(("people", "children", "criteria", "cattle", "livestock", "poultry", "staff"))
_COUNTERS = {
    "hộ": "households?|famil",
    "người": "people|persons?|workers?|members?",
    "xã": "communes?",
    "phường": "wards?",
    "huyện": "districts?",
    "tỉnh": "provinces?",
    "thôn": "villages?|hamlets?",
    "làng": "villages?",
    "bản": "villages?",
    "buôn": "villages?|hamlets?",
    "nhà": "houses?|homes?",
    "căn nhà": "houses?|homes?",
    "học sinh": "students?|pupils?",
    "sinh viên": "students?",
    "giáo viên": "teachers?",
    "phòng học": "classrooms?",
    "lớp": "class",
    "trường": "schools?",
    "cây": "trees?|plants?|seedlings?",
    "mô hình": "models?",
    "dự án": "projects?",
    "công trình": "works?|projects?|facilit|structures?",
    "ngày công": "workdays?|man-days?|working days?",
    "tiêu chí": "criteri",
    "chỉ tiêu": "targets?",
    "đại biểu": "delegates?|deput",
    "hội viên": "members?",
    "thành viên": "members?",
    "đoàn viên": "members?",
    "đảng viên": "members?",
    "cán bộ": "officials?|cadres?|officers?|staff",
    "suất quà": "gifts?",
    "phần quà": "gifts?",
    "vụ": "cases?",
    "trường hợp": "cases?",
    "cuộc": "sessions?|inspections?|meetings?|campaigns?",
    "buổi": "sessions?|meetings?",
    "hợp tác xã": "cooperatives?",
    "doanh nghiệp": "enterprises?|business|compan",
    "tổ": "groups?|teams?",
    "con bò": "cows?|cattle|oxen",
    "con": "head|animals?|pigs?|cows?|goats?|chickens?",
    "lao động": "workers?|laborers?|jobs?",
    "khẩu": "people|inhabitants?|members?",
    "điểm": "points?|sites?|places?",
    "chi bộ": "cells?",
    "giải": "prizes?|awards?",
    "ý kiến": "opinions?|comments?|petitions?",
}
"""Vietnamese counted nouns with the beginnings of their English; written by us from the grammar of such news."""

_ACTIONS = {
    "tăng": "increas|rose|ris(?:e|ing)|grow|grew",
    "giảm": "decreas|fell|fall|declin|drop|reduc",
    "hỗ trợ": "support|assist|help|aid",
    "giúp đỡ": "help|support|assist",
    "giúp": "help|support|assist",
    "huy động": "mobiliz|rais",
    "vận động": "mobiliz|rais|persuad",
    "xây dựng": "buil|construct",
    "xây": "buil|construct",
    "trồng": "plant|grow|grew",
    "trao tặng": "present|donat|gave|giv|award|hand",
    "trao": "present|donat|gave|giv|award|hand",
    "tặng": "present|donat|gave|giv|award|hand",
    "hiến": "donat|contribut",
    "đóng góp": "contribut|donat",
    "quyên góp": "donat|rais|collect",
    "ủng hộ": "support|donat",
    "giải ngân": "disburs",
    "cho vay": "len[dt]|loan",
    "đầu tư": "invest",
    "sửa chữa": "repair|renovat",
    "đào tạo": "train",
    "tập huấn": "train",
    "kết nạp": "admit",
    "kiểm tra": "inspect|check",
    "xử lý": "handl|deal|dealt|punish",
    "xử phạt": "fin(?:e|ed|ing)\\b|penal|sanction",
    "bắt giữ": "arrest|captur|seiz|detain",
    "bắt": "arrest|captur|seiz|detain",
    "thu giữ": "seiz|confiscat",
    "thu hoạch": "harvest",
    "xuất khẩu": "export",
    "khám": "examin",
    "tiêm": "vaccinat|inject",
    "cấp": "grant|issu|provid|suppl",
    "thành lập": "establish|set up|found",
    "tham gia": "participat|join|took part|tak(?:e|ing) part",
    "thu hút": "attract|draw|drew",
    "tiếp nhận": "receiv",
    "phát": "distribut|hand",
    "ký": "sign",
    "hoàn thành": "complet|finish",
    "khánh thành": "inaugurat|open",
}
"""Vietnamese verbs with the beginnings of their English; written by us."""

_VERBS = re.compile(rf"\b(?:{'|'.join(sorted(_ACTIONS, key=len, reverse=True))})\b", re.IGNORECASE)
_REACH = 45
"""Characters before a figure, or behind what it counts, in which its verb is looked for: about eight words."""


def find_figures(sentence: TranslatedSentence) -> Iterator[Fact]:
    """Give the figures with a unit or with what they count; no times, ordinals or articles ("một")."""
    source, english = sentence.source.text, sentence.text
    at = 0
    for check in sentence.checks:
        if check.kind != "number":
            continue
        start = source.find(check.source, at)
        at = start + len(check.source) if start >= 0 else at
        if not check.ok or start < 0 or _RANK.search(source[:start]) or not _is_amount(check, source[at:]):
            continue
        found = list(re.finditer(rf"(?<![\w.,]){re.escape(check.rendered)}(?![\w]|[.,]\d)", english))
        if len(found) == 1:
            fact = _figure(sentence, check, start, found[0])
            if fact.unit or fact.counted:
                yield fact


def _is_amount(check: Check, behind: str) -> bool:
    rendered = check.rendered.casefold()
    if not rendered or rendered in ("a", "an", "one") or rendered in ORDINALS or re.match(r"thứ\b", check.source, re.I):
        return False
    if re.search(r"\d(?:st|nd|rd|th)$", rendered) or re.fullmatch("[ivx]+", rendered):
        return False
    return not _TIME.match(behind) and not re.search(r"\s(?:năm|tháng|tuần|ngày|giờ|phút|tuổi|lần)$", check.source)


def _figure(sentence: TranslatedSentence, check: Check, start: int, found: re.Match[str]) -> Fact:
    english, behind = sentence.text, sentence.source.text[start + len(check.source) :]
    modifier = _MODIFIER.search(english[: found.start()])
    unit = _UNIT.match(english, found.end())
    end = unit.end() if unit else found.end()
    counted = _counted(sentence, check, start, end, bool(unit))
    begin = modifier.start() if modifier else found.start()
    stretch = english.find(counted, end) + len(counted) if counted else end
    return Fact(
        "figure",
        english[begin:end],
        check.source,
        sentence.source.index,
        unit=unit[1] if unit else "",
        counted=counted,
        action=_action(_clause(sentence.source.text[:start]), behind, english, begin, stretch),
    )


def _counted(sentence: TranslatedSentence, check: Check, start: int, end: int, measured: bool) -> str:
    """Give the English noun phrase behind a figure if it renders the Vietnamese one, else ""."""
    behind = sentence.source.text[start + len(check.source) :]
    noun = check.source.split()[-1] + behind if check.source.split()[-1] in _COUNTERS else behind.lstrip()
    opening = re.match(r" of (?:the )?| " if measured else r" (?:of the )?", sentence.text[end:])
    if not opening or (measured and " of" not in opening.group()):
        return ""
    phrase = _noun_phrase(sentence.text[end + opening.end() :], joined=bool(re.match(r"[^.;:]{0,40}?(?:,| và) ", noun)))
    if not phrase:
        return ""
    offset = start + len(check.source) - (len(noun) - len(behind) if noun.endswith(behind) else 0)
    for use in sentence.terms:
        if use.status == "met" and use.rendered and offset - 1 <= use.start <= offset + 2:
            theirs = use.rendered.casefold()
            if theirs in phrase.casefold() or phrase.casefold() in theirs:
                return phrase
    known = next((k for k in sorted(_COUNTERS, key=len, reverse=True) if re.match(rf"{k}\b", noun, re.I)), "")
    return phrase if known and re.search(rf"\b(?:{_COUNTERS[known]})", phrase, re.I) else ""


def _noun_phrase(text: str, joined: bool) -> str:
    """Give the words up to the first plural noun, or the last one of nouns joined by "and"."""
    end, allowed = 0, True
    for match in _WORD.finditer(text):
        gap = text[end : match.start()] if end else text[: match.start()]
        word = match.group()
        if gap.strip() or len(text[: match.end()].split()) > 8:
            break
        if word == "and" and joined and end:
            allowed = True
            end = match.end()
            continue
        if word.casefold() in _ENDS and not (word == "and" and joined):
            break
        if not allowed:
            break
        end = match.end()
        if _is_plural(word):
            allowed = False
    phrase = text[:end]
    words = phrase.split()
    while words and not _is_plural(words[-1]):
        words.pop()
    return " ".join(words)


def _is_plural(word: str) -> bool:
    lower = word.casefold()
    return (
        lower in _IRREGULAR
        or (lower.endswith("men") and len(lower) > 3)
        or (lower.endswith("s") and lower not in _SINGULAR and not lower.endswith(("ss", "ous")))
    )


def _clause(text: str) -> str:
    return re.split(r"[.;:]|, ", text)[-1][-_REACH:]


def _action(before: str, behind: str, english: str, begin: int, end: int) -> str:
    """Give the English verb of a figure: one that renders the Vietnamese verb of its clause, as it stands."""
    after = re.match(r"[^,.;:]{0,45}?\bđược ([^,.;:]{0,20})", behind)
    verbs = [m.group().lower() for m in reversed(list(_VERBS.finditer(before)))]
    verbs += [m.group().lower() for m in _VERBS.finditer(after[1] if after else "")]
    left, right = _clause(english[:begin]), re.split(r"[.;:,]", english[end:])[0][:_REACH]
    for verb in verbs[:2]:
        pattern = rf"\b(?:{_ACTIONS[verb]})(?:\w*(?<!tion)(?<!ment)(?<!or)(?<!tions)(?<!ments)(?<!ors))\b"
        if found := [*re.finditer(pattern, left, re.I)] or [*re.finditer(pattern, right, re.I)][:1]:
            return found[-1].group()
    return ""
