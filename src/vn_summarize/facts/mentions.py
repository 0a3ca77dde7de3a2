"""Dates, places, bodies, programs and documents of a sentence that its checked translation renders."""

import calendar
import re
from collections.abc import Iterator
from itertools import groupby

from vn_summarize.document import Fact, TranslatedSentence
from vn_summarize.facts.people import OFFICE, start_of_capitals
from vn_summarize.glossary.terms import PLACES

_BODY = re.compile(
    r"\b(?:Committee|Council|Assembly|Department|Division|Board|Union|Association|Front|Ministry|Government|Police"
    r"|Delegation|Secretariat|Politburo|Court|Procuracy|Office|Command|Inspectorate|Guard|Army|Bank|Agency)s?\b"
)
_PROGRAM = re.compile(r"\b(?:program|campaign|movement|project|contest|drive|fund)s?\b", re.IGNORECASE)
_PROGRAM_CUE = (
    r"(?:cuộc vận động|phong trào|chương trình|đề án|dự án|mô hình|cuộc thi|hội thi|chiến dịch|chủ đề|quỹ|kế hoạch)"
)
_QUOTED_SOURCE = re.compile(rf"\b{_PROGRAM_CUE}(?: [^\W\d_]+){{0,4}}\s*[“\"]([^”\"]{{6,}})[”\"]", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"]([^”“\"]+)[”\"]")
_DOCUMENT_SOURCE = (
    r"(?:nghị quyết|chỉ thị|nghị định|thông tư|công điện|quyết định|kết luận|kế hoạch|công văn|thông báo|hướng dẫn"
    r"|quy định|chương trình|đề án|luật|pháp lệnh|tờ trình|báo cáo|văn bản|thông tri)(?: liên tịch)?(?: số)?"
)
_DOCUMENT = (
    r"(?:Joint )?(?:Resolution|Directive|Decree|Circular|Decision|Conclusion|Plan|Dispatch|Telegram|Notice|Announcement"
    r"|Guideline|Guidance|Instruction|Regulation|Program|Project|Law|Ordinance|Proposal|Report|Document)s?"
)
_DATE = re.compile(r"\b(?:1[89]|20)\d\d\b|quarter|" + "|".join(calendar.month_name[1:]))
_CAPITAL = r"[A-ZÀ-ÝĐĂƠƯẠ-Ỹ][^\s,.;:()“”\"]*"
_NAMED = re.compile(rf"{_CAPITAL}(?:,? (?:{_CAPITAL}|of|the|for|and|on|in|to|at|at all levels))*")
_HOLDER = re.compile(
    r"\b(?:deput(?:y|ies)|delegates?|members?|chair(?:man|men|woman|person)|leaders?|officials?)$", re.I
)
"""One who sits in a body, who is none: "National Assembly deputies"."""

_BEHIND = re.compile(rf" of (?:the )?{_CAPITAL}(?: {_CAPITAL})*")


def find_dates(sentence: TranslatedSentence) -> Iterator[Fact]:
    """Give the dates as the English has them: those with a month, a quarter or a year; both ends of a span in one."""
    dates = [check for check in sentence.checks if check.kind == "date" and check.ok]
    for source, group in groupby(dates, key=lambda check: check.source):
        ends = [check.rendered.strip() for check in group]
        span = re.search(r"(?:\b.{1,9}?\b)".join(map(re.escape, ends)), sentence.text) if len(ends) == 2 else None
        for text in [span.group()] if span else ends:
            if _DATE.search(text):
                yield Fact("date", text, source, sentence.source.index)


def find_places(sentence: TranslatedSentence) -> Iterator[Fact]:
    """Give the provinces, districts and communes as the English has them."""
    for use in sentence.terms:
        if use.origin == PLACES and use.status == "met" and use.rendered:
            yield Fact("place", use.rendered, use.source, sentence.source.index)


def find_bodies(sentence: TranslatedSentence) -> Iterator[Fact]:
    """Give committees, departments, unions and the like: glossary terms whose English is the name of one."""
    for use in sentence.terms:
        name = use.rendered
        named = use.status == "met" and use.origin != PLACES and _NAMED.fullmatch(name) and _BODY.search(name)
        if named and not OFFICE.match(name) and not _HOLDER.search(name) and sentence.text.count(name) == 1:
            start = sentence.text.index(name)
            behind = _BEHIND.match(sentence.text, start + len(name))
            end = behind.end() if behind else start + len(name)
            full = sentence.text[start_of_capitals(sentence.text, start) : end]
            yield Fact("body", re.sub(r"['’]s?$", "", full), use.source, sentence.source.index)


def find_programs(sentence: TranslatedSentence) -> Iterator[Fact]:
    """Give campaigns and programs: quoted names that both sides have in the same number, and glossary terms."""
    quoted = list(_QUOTED_SOURCE.finditer(sentence.source.text))
    theirs = _QUOTED.findall(sentence.text)
    if len(theirs) == len(_QUOTED.findall(sentence.source.text)):
        order = [match.group(1) for match in _QUOTED.finditer(sentence.source.text)]
        for match in quoted:
            english = theirs[order.index(match[1])].strip(" .,;")
            yield Fact("program", english, match[1], sentence.source.index)
    for use in sentence.terms:
        words = use.rendered.split()
        if use.status == "met" and len(words) >= 3 and _PROGRAM.search(use.rendered):
            yield Fact("program", use.rendered, use.source, sentence.source.index)


def find_documents(sentence: TranslatedSentence) -> Iterator[Fact]:
    """Give the documents with their numbers: "Directive No. 12", "Decision No. 1564/QĐ-UBND"."""
    for check in sentence.checks:
        if check.kind != "code" or not check.ok:
            continue
        source = re.search(rf"{_DOCUMENT_SOURCE} {re.escape(check.source)}", sentence.source.text, re.IGNORECASE)
        number = r"\s?[-–/:]\s?".join(map(re.escape, re.split(r"\s*[-–—−‑/:]\s*", check.rendered)))
        english = re.search(rf"\b{_DOCUMENT}(?: No\.?| number)? ?{number}(?!\w)", sentence.text)
        if source and english:
            yield Fact("document", english.group(), source.group(), sentence.source.index)
