"""Candidate terms of a collection of articles: repeated phrases, quoted names, short forms with their long forms.

Phrases are n-grams of syllables between stop syllables and signs, ranked by their C-value (Frantzi,
Ananiadou and Mima, "Automatic recognition of multi-word terms", 2000): log2 of the length, times the
frequency less the mean frequency of the longer candidates that hold the phrase. The tables stay small
by lossy counting (Manku and Motwani, "Approximate frequency counts over data streams", 2002), so that
memory does not grow with the number of articles.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from vn_summarize.abbreviations import known_abbreviations
from vn_summarize.cleaning import fold
from vn_summarize.consistency import QUOTED
from vn_summarize.definitions import canonical as canonical_short
from vn_summarize.definitions import find_definitions
from vn_summarize.glossary.surfaces import WORD, canonical
from vn_summarize.glossary.tables import REMARKS
from vn_summarize.glossary.terms import TermBase
from vn_summarize.writing.spreadsheets import csv_lines

LONGEST = 8
"""Syllables of a phrase at most; one more is counted, to know what is a piece of something longer."""
CONTEXTS = 3
"""Sentences kept for each candidate, each from another article."""
TABLE = 400_000
"""Entries of a table at most: 10,000 articles took 220 MB in all."""
COLUMNS = ("source", "target", "aliases", "policy", "note", *REMARKS)
"""The columns of `render_candidates`; a glossary's reader passes over the last ones."""
KINDS = ("abbreviation", "campaign", "quoted", "phrase")
"""The kinds of candidates, the surest first."""

_NESTED = 0.85  # a phrase that stands so often inside one longer phrase is a piece of it
_QUOTED_SYLLABLES = range(2, 17)  # longer ones are speech
_JOINS = re.compile(r"\s+|\s*[-–]\s*")
# Function words: prepositions, conjunctions, pronouns, auxiliaries, classifiers of number, forms of address.
_STOP_SYLLABLES = """
    và hoặc hay của các những mọi mỗi từng là đã đang sẽ được bị cho với tại ở trong ngoài trên dưới từ đến tới khi nếu
    thì mà để do vì nên nhưng cũng rất còn này đó đây kia ấy nay theo về như bằng qua vào ra lên xuống không chưa có
    cùng giữa sau trước vừa nhiều ít một hai ba bốn sáu bảy tám chín mươi trăm nghìn triệu tỷ tỉ phải cần nhằm rồi lại
    chỉ đều luôn vẫn tuy song bởi đối gồm hơn nhất gần khoảng ngày tháng năm sáng chiều tối hôm ông bà anh chị em tôi
    chúng họ mình bạn ai gì nào đâu sao thế vậy thêm nữa cả mấy bao dù
    """
_STOPS = frozenset(_STOP_SYLLABLES.split())
_CAMPAIGN = re.compile(
    r"(?:phong trào|cuộc vận động|chương trình|chiến dịch|đề án|dự án|mô hình|cuộc thi|hội thi|hội diễn|liên hoan|"
    r"ngày hội|lễ hội|tuần lễ|tháng|đợt|câu lạc bộ|chủ đề|khẩu hiệu|danh hiệu|quỹ|giải|sáng kiến)"
    r"(?:\s+(?:thi đua|quốc gia|toàn dân|về|với|mang tên|cao điểm))*\s*:?\s*$"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that may deserve a term, with where it stands."""

    source: str
    kind: str  # abbreviation, campaign, quoted, phrase
    count: int
    articles: int
    score: float  # the C-value; for the other kinds log2 of the length, times the count
    contexts: tuple[str, ...]  # sentences, each of another article
    aliases: tuple[str, ...] = ()  # an abbreviation's short form


class _Word(NamedTuple):
    folded: str
    capital: bool
    start: int
    end: int


@dataclass(slots=True)
class _Entry:
    surface: str
    count: int = 0
    whole: int = 0  # how often it was no piece of a name, nor all of one
    articles: int = 0
    last: int = -1  # the article that counted last
    contexts: tuple[str, ...] = ()


@dataclass(slots=True)
class _Table:
    """Counts by key, the rare ones dropped whenever there are too many."""

    limit: int
    entries: dict[str, _Entry] = field(default_factory=dict)
    floor: int = 0  # a count may be too low by this

    def add(self, key: str, surface: str, whole: bool, article: int, text: str) -> None:
        entry = self.entries.get(key)
        if entry is None:  # most stand once only: they share their strings, and hold no sentence
            self.entries[key] = _Entry(key if surface == key else surface, 1, int(whole), 1, article)
            return
        if surface != entry.surface and entry.surface[0].isupper() and surface[0].islower():
            entry.surface = surface  # a capital of the sentence's beginning only
        entry.count += 1
        entry.whole += whole
        if entry.last != article:
            entry.last = article
            entry.articles += 1
        elif entry.contexts:
            return
        if len(entry.contexts) < CONTEXTS and text not in entry.contexts:
            entry.contexts += (text,)

    def prune(self) -> None:
        while len(self.entries) > self.limit:
            self.floor += 1
            self.entries = {key: entry for key, entry in self.entries.items() if entry.count > self.floor}


class Extraction:
    """Counts the candidates of articles that are added one by one; the order of the articles may matter little.

    `limit` bounds each table; when it was reached, counts may be too low by `missed`.
    """

    def __init__(self, limit: int = TABLE) -> None:
        self._phrases, self._quotes, self._shorts = (_Table(limit) for _ in range(3))
        self._campaigns: set[str] = set()
        self._longs: dict[str, Counter[str]] = {}
        self._articles = 0

    @property
    def missed(self) -> int:
        """Say by how much a count may be too low."""
        return max(table.floor for table in (self._phrases, self._quotes, self._shorts))

    def add(self, texts: Iterable[str]) -> None:
        """Count what an article's sentences (NFC) hold."""
        for text in texts:
            self._add_phrases(text)
            self._add_quotes(text)
            self._add_shorts(text)
        self._articles += 1
        for table in (self._phrases, self._quotes, self._shorts):
            table.prune()

    def candidates(self, least: int = 3, most: int | None = None) -> list[Candidate]:
        """Give the candidates by kind, the best score first; phrases stand at least `least` times.

        `most`: how many phrases there are at most.

        Quotations stand in two articles or more, campaigns and defined short forms need not.
        """
        found: dict[str, Candidate] = {}
        for candidate in (*self._abbreviations(), *self._quotations(), *self._nested(least)):
            found.setdefault(canonical(candidate.source), candidate)
        ordered = sorted(found.values(), key=lambda c: (KINDS.index(c.kind), -c.score, -c.count, c.source))
        phrases = [c for c in ordered if c.kind == "phrase"]
        return [c for c in ordered if c.kind != "phrase"] + phrases[:most]

    def _add_phrases(self, text: str) -> None:
        for words in phrase_runs(text):
            folded, capitals = [word.folded for word in words], [word.capital for word in words]
            # A phrase that begins or ends between two capitals would cut a name in two.
            breaks = [False, *(a and b for a, b in pairwise(capitals)), False]
            for first in range(len(words)):
                for last in range(first + 2, min(first + LONGEST + 1, len(words)) + 1):
                    key = " ".join(folded[first:last])
                    cut = breaks[first] or breaks[last]
                    whole = not cut and not all(capitals[first:last])
                    self._phrases.add(key, text[words[first].start : words[last - 1].end], whole, self._articles, text)

    def _add_quotes(self, text: str) -> None:
        for quote in QUOTED.finditer(text):
            inner = quote[1].strip(" .,;:!?…")
            key = canonical(inner)
            if len(WORD.findall(inner)) not in _QUOTED_SYLLABLES or re.search(r"[.!?…]\s", inner):
                continue
            if _CAMPAIGN.search(fold(text[max(0, quote.start() - 60) : quote.start()])):
                self._campaigns.add(key)
            elif not inner[0].isupper():
                continue
            self._quotes.add(key, inner, True, self._articles, text)

    def _add_shorts(self, text: str) -> None:
        for definition in find_definitions(text, _known_pairs()):
            self._longs.setdefault(definition.short, Counter())[definition.long] += 1
        if not text.isupper():
            for word in WORD.findall(text):
                if word.isupper() and len(word) > 1:
                    short = canonical_short(word)
                    self._shorts.add(short, short, True, self._articles, text)

    def _abbreviations(self) -> Iterator[Candidate]:
        for short, longs in self._longs.items():
            entry = self._shorts.entries.get(short)
            long = min(longs, key=lambda text: (-longs[text], text))
            if entry:
                size = math.log2(len(long.split()) + 1)
                yield Candidate(long, "abbreviation", *_numbers(entry, size), aliases=(short,))

    def _quotations(self) -> Iterator[Candidate]:
        for key, entry in self._quotes.entries.items():
            campaign = key in self._campaigns
            if campaign or entry.articles > 1:
                size = math.log2(len(key.split()))
                yield Candidate(entry.surface, "campaign" if campaign else "quoted", *_numbers(entry, size))

    def _nested(self, least: int) -> Iterator[Candidate]:
        """Give the phrases whose C-value is worth `least` independent uses, but for names and mere pieces."""
        often = {key: entry for key, entry in self._phrases.entries.items() if entry.count >= least}
        longer: dict[str, list[int]] = {}  # sum, number and largest of the counts of the phrases that hold a key
        for key, entry in often.items():
            for part in _parts(key.split(" ")):
                if part in often:
                    held = longer.setdefault(part, [0, 0, 0])
                    held[:] = held[0] + entry.count, held[1] + 1, max(held[2], entry.count)
        for key, entry in often.items():
            size = key.count(" ") + 1
            total, number, largest = longer.get(key, (0, 0, 0))
            alone = entry.count - (total / number if number else 0)
            if (
                size <= LONGEST
                and alone >= least
                and largest <= _NESTED * entry.count
                and 2 * entry.whole > entry.count
            ):
                numbers = (entry.count, entry.articles, round(math.log2(size) * alone, 1), entry.contexts)
                yield Candidate(entry.surface, "phrase", *numbers)


def render_candidates(candidates: Iterable[Candidate], terms: TermBase, english: Mapping[str, str]) -> Iterator[str]:
    """Give the lines of a CSV file that is a glossary: `load_glossary` reads it once targets are filled in.

    What the terms have for a candidate already is its target; `english` is the model's, by source.
    """
    return csv_lines(COLUMNS, (_row(candidate, terms, english) for candidate in candidates))


def render_json_lines(candidates: Iterable[Candidate], terms: TermBase, english: Mapping[str, str]) -> Iterator[str]:
    """Give the same as JSON Lines."""
    for candidate in candidates:
        record: dict[str, object] = dict(zip(COLUMNS, _row(candidate, terms, english), strict=True))
        record |= {"contexts": candidate.contexts, "aliases": candidate.aliases, "score": candidate.score}
        yield json.dumps(record, ensure_ascii=False) + "\n"


def _row(candidate: Candidate, terms: TermBase, english: Mapping[str, str]) -> list[str | int]:
    known = next((m.term for m in terms.find(candidate.source) if m.text == candidate.source), None)
    return [
        candidate.source,
        known.target if known else "",
        "|".join(candidate.aliases),
        known.policy if known else "",
        "",
        candidate.kind,
        candidate.count,
        candidate.articles,
        str(candidate.score),
        english.get(candidate.source, ""),
        " | ".join(candidate.contexts),
    ]


def phrase_runs(text: str) -> Iterator[list[_Word]]:
    """Give the stretches of two syllables or more that no sign, figure or stop syllable parts."""
    folded = fold(text)  # as long as `text`
    run: list[_Word] = []
    for match in WORD.finditer(text):
        start, end = match.span()
        word = _Word(folded[start:end], text[start].isupper(), start, end)
        joined = bool(run) and _JOINS.fullmatch(text, run[-1].end, start)
        stop = word.folded in _STOPS or not word.folded.isalpha()
        if run and (stop or not joined):
            yield from (run,) if len(run) > 1 else ()
            run = []
        if not stop:
            run.append(word)
    yield from (run,) if len(run) > 1 else ()


def _parts(syllables: list[str]) -> set[str]:
    size = len(syllables)
    spans = ((i, j) for i in range(size) for j in range(i + 2, size + 1) if j - i < size)
    return {" ".join(syllables[i:j]) for i, j in spans}


def _numbers(entry: _Entry, size: float) -> tuple[int, int, float, tuple[str, ...]]:
    return entry.count, entry.articles, round(size * entry.count, 1), entry.contexts


@lru_cache(maxsize=1)
def _known_pairs() -> tuple[tuple[str, str], ...]:
    return tuple((known.short, known.long) for known in known_abbreviations())
