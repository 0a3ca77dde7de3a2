"""The gate: whether a summary sentence that a model wrote says only what the article's sentences say.

Each English sentence is held against the sentences of the article that support it. Every number, date and name
must stand there, on both sides, and in the same role: no other one of the article may fit its surroundings much
better. What is denied, grows, shrinks or is bounded ("nearly") there must be so here. Cheap rules: who did what to
whom is seen only as far as the words that stand near.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vn_summarize.document import TITLE, TranslatedDocument
from vn_summarize.summarization.roles import find_misplaced, level, may_be_exchanged, office
from vn_summarize.summarization.statements import Item, Passage, Statement, name_forms, parse_statement
from vn_summarize.verification.checks import extra_facts
from vn_summarize.verification.names import find_names, normalise
from vn_summarize.verification.wording import (
    FUNCTION_WORDS,
    OPPOSITES,
    canonical,
    direction,
    is_negative,
    is_negative_source,
)

_MOST_SUPPORT = 3
_FURTHER = 0.12
"""What part of a statement a further sentence must add to count as its support."""

_REACH = 3
"""How many sentences before its support a name may stand that the support refers to."""

_COVERED = 0.5
"""What part of a statement its support must have, by weight: less is no paraphrase but something else."""

_NAME_WEIGHT = 0.5
"""A name says less about what a sentence is about than a word does: it stands in many."""

_NEARER, _NEARER_BY = 1.25, 0.08
"""How much better a rival must fit the surroundings, in proportion and in all, to show that two were exchanged."""

_BOUNDARY = 1.5
_BOUNDARIES = re.compile(r"[,;:]|\b(?:and|or|but|while)\b")
"""Signs and words between two items that part them, each as much as so many words."""

_SIDED = 0.4
"""What part of a word's weight lies in the side on which it stands: "A beat B" is not "B beat A"."""

_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s(?:\w+ly\s)?\w+\b[^,;]*\bby\b")

_AS_LIKE = 0.9
"""Clauses this near to the likest one count as much as it."""

_IN_CLAUSE = {False: (1.0, 0.4), True: (1.5, 1.2)}
"""What a word, or a name, weighs that a clause has itself, and one that only the rest of its sentence has."""

_LEAST_WORDS = 3

_LEVELS_AND_UNITS = "province district commune town city ward village vnd kg km ha percent ton"
_UNTOLD = frozenset(map(canonical, _LEVELS_AND_UNITS.split()))
"""Levels and units, which stand beside every name or number and tell none from another."""

_PLACE_CUE = re.compile(r"\b(?:tỉnh|huyện|xã|thôn|làng|trấn|thị xã|thành phố|phường|buôn|bản|ấp|quận) $", re.IGNORECASE)
_REPORT = re.compile(r"\b(?:said|says|reported|reports|told|stressed|noted|added|stated|according to|announced)\b")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What supports a statement, as Sentence.index, and the reasons to doubt it; none: it passes."""

    support: tuple[int, ...]
    doubts: tuple[str, ...] = ()

    @property
    def faithful(self) -> bool:
        """Say whether nothing speaks against the statement."""
        return not self.doubts


def _fit(context: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Give how much of one's surroundings the other has, 0 to 1."""
    common = math.fsum(min(weight, other.get(key, 0.0)) for key, weight in context.items())
    return common / (math.fsum(context.values()) or 1.0)


@dataclass(frozen=True, slots=True)
class _Clause:
    text: str
    denied: bool
    sentence: str


class Gate:
    """The gate for one article; its sentences are read once."""

    def __init__(self, translated: TranslatedDocument) -> None:
        names = [" ".join(name.tokens) for s in translated.sentences for name in find_names(s.source.text)]
        self._names = name_forms(sorted(set(names)))
        self._passages = [
            Passage(s.source.index, normalise(s.source.text), parse_statement(s.text, self._names))
            for s in sorted(translated.sentences, key=lambda s: s.source.paragraph == TITLE)
            if s.text.strip()
        ]
        self._places = frozenset(
            item.key for p in self._passages for item in p.english.items if item.kind == "name" and _is_place(p, item)
        )
        seen = Counter(key for p in self._passages for key in {item.key for item in p.english.items})
        self._weights = {key: math.log(1 + len(self._passages) / n) for key, n in seen.items()}
        self._most = math.log(1 + len(self._passages))

    def judge(self, text: str) -> Verdict:
        """Find what supports a summary sentence, and what speaks against it."""
        claim = parse_statement(text, self._names)
        support, covered = self._support(claim)
        if covered < _COVERED:
            return Verdict(tuple(sorted(p.index for p in support)), ("no sentence of the article says so",))
        doubts = [
            *_missing(claim, support),
            *self._exchanged(claim),
            *find_misplaced(claim, support),
            *self._turned(claim, support),
        ]
        return Verdict(tuple(sorted(p.index for p in support)), tuple(dict.fromkeys(doubts)))

    def nearest(self, text: str, others: Sequence[str]) -> int | None:
        """Give the position of the one of `others` that has most of a sentence, None where none has any."""
        claim = parse_statement(text, self._names)
        scores = [self._share(claim, parse_statement(other, self._names).items) for other in others]
        return max(range(len(scores)), key=lambda i: scores[i]) if any(scores) else None

    def _weight(self, item: Item) -> float:
        weight = self._weights.get(item.key, self._most)
        return weight * (_NAME_WEIGHT if item.kind == "name" else 1.0)

    def _share(self, claim: Statement, items: Sequence[Item]) -> float:
        total = math.fsum(map(self._weight, claim.items))
        found = math.fsum(self._weight(i) for i in claim.items if any(i.same(other) for other in items))
        return found / total if total else 0.0

    def _support(self, claim: Statement) -> tuple[list[Passage], float]:
        """Choose the sentences that have most of a statement, each further one for what it adds."""
        chosen: list[Passage] = []
        covered = 0.0
        while len(chosen) < _MOST_SUPPORT:
            items = [item for p in chosen for item in p.english.items]
            rest = [p for p in self._passages if p not in chosen]
            shares = [self._share(claim, [*items, *p.english.items]) for p in rest]
            if not rest or max(shares) < covered + _FURTHER:
                break
            covered = max(shares)
            chosen.append(rest[shares.index(covered)])
        return [*chosen, *self._antecedents(claim, chosen)], covered

    def _antecedents(self, claim: Statement, support: Sequence[Passage]) -> Iterator[Passage]:
        """Give the sentence before the support that names what the support calls "the district" or "he"."""
        theirs = [item for p in support for item in p.english.items]
        first = min((p.index for p in support), default=0)
        for item in claim.items:
            if item.kind == "name" and not any(item.same(other) for other in theirs):
                near = [p for p in self._passages if first - _REACH <= p.index < first]
                yield from [p for p in near if any(item.same(other) for other in p.english.items)][-1:]

    def _exchanged(self, claim: Statement) -> Iterator[str]:
        """Name the facts whose surroundings belong to another fact of the article."""
        for item in claim.items:
            if item.kind == "word":
                continue
            context = self._context(claim, item)
            own = rival = 0.0
            for passage in self._passages:
                for other in passage.english.items:
                    if other.same(item):
                        own = max(own, _fit(context, self._context(passage.english, other)))
                    elif self._is_rival(claim, item, passage.english, other):
                        rival = max(rival, _fit(context, self._context(passage.english, other)))
            if rival > own * _NEARER + _NEARER_BY:
                yield f"“{claim.text[item.start : item.end]}” stands where the article has another {item.kind}"

    def _is_rival(self, claim: Statement, item: Item, statement: Statement, other: Item) -> bool:
        places = (item.key in self._places) == (other.key in self._places)
        return places and may_be_exchanged(claim, item, statement, other)

    def _context(self, statement: Statement, item: Item) -> dict[str, float]:
        """Weigh what stands around an item: the nearer, and the rarer in the article, the more."""
        context: dict[str, float] = {}
        at, passive = statement.items.index(item), bool(_PASSIVE.search(statement.text))
        for i, other in enumerate(statement.items):
            if other.same(item) or other.key in _UNTOLD:
                continue
            between = statement.text[min(item.end, other.end) : max(item.start, other.start)]
            distance = abs(i - at) + _BOUNDARY * len(_BOUNDARIES.findall(between))
            weight = self._weights.get(other.key, self._most) / (1 + 0.5 * (distance - 1))
            side = "<" if (i < at) != passive else ">"
            for key, part in ((other.key, 1 - _SIDED), (side + other.key, _SIDED)):
                context[key] = max(context.get(key, 0.0), part * weight)
        return context

    def _turned(self, claim: Statement, support: Sequence[Passage]) -> Iterator[str]:
        """Compare each clause with the clauses of the support that are about the same; "he said" has none."""
        for number, text in enumerate(claim.clauses):
            items = claim.clause(number)
            words = sum(item.kind == "word" for item in items)
            if not words or (words < _LEAST_WORDS and _REPORT.search(text)):
                continue
            if alike := self._alike(items, support):
                shown = text.strip()
                yield from (f"“{shown}” {doubt}" for doubt in _compare_clauses(text, items, alike, support))

    def _alike(self, items: Sequence[Item], support: Sequence[Passage]) -> list[_Clause]:
        """Give the clauses that share most with `items`."""
        scored = []
        for passage in support:
            statement = passage.english
            lost = is_negative_source(passage.source) and not any(map(is_negative, statement.clauses))
            for number, clause in enumerate(statement.clauses):
                score = math.fsum(self._likeness(item, statement, number) for item in items)
                scored.append((score, _Clause(clause, lost or is_negative(clause), statement.text)))
        best = max((score for score, _ in scored), default=0.0)
        return [clause for score, clause in scored if score and score >= _AS_LIKE * best]

    def _likeness(self, item: Item, statement: Statement, clause: int) -> float:
        """Weigh an item that a clause has; what only the rest of its sentence has counts in part, a name in most."""
        named = item.kind == "name"
        whole, elsewhere = _IN_CLAUSE[named]
        found = [other.clause == clause for other in statement.items if other.same(item)]
        if not found or item.key in _UNTOLD:
            return 0.0
        return self._weights.get(item.key, self._most) * (whole if any(found) else elsewhere)


def _compare_clauses(
    text: str, items: Sequence[Item], alike: Sequence[_Clause], support: Sequence[Passage]
) -> Iterator[str]:
    """Say what a clause denies, raises or turns otherwise than the clauses that are like it."""
    denies, ours = is_negative(text), direction(text)
    if all(denies != other.denied for other in alike) or (not denies and _stands_denied(items, support)):
        yield "denies what its source says" if denies else "says what its source denies"
    theirs = frozenset(d for other in alike for d in direction(other.text))
    theirs = theirs or frozenset(d for other in alike for d in direction(other.sentence))
    if len(ours) == 1 and theirs and not ours & theirs:
        yield f"goes {min(ours)}, its source goes {min(theirs)}"
    whole = " ".join(p.english.text for p in support)
    for side, opposite in (both for pair in OPPOSITES for both in (pair, pair[::-1])):
        if side.search(text) and not side.search(whole) and any(opposite.search(other.text) for other in alike):
            yield "says the opposite of its source"


def _stands_denied(items: Sequence[Item], support: Sequence[Passage]) -> bool:
    """Say whether a word stands in the support in denied clauses only."""
    for item in items:
        where = [p.english.clauses[o.clause] for p in support for o in p.english.items if o.same(item)]
        if item.kind == "word" and where and all(map(is_negative, where)):
            return True
    return False


def _missing(claim: Statement, support: Sequence[Passage]) -> Iterator[str]:
    """Name the facts and capitalised words that do not stand in the support."""
    source, english = " ".join(p.source for p in support), " ".join(p.english.text for p in support)
    yield from (finding.message for finding in extra_facts(source, claim.text))
    theirs = [item for p in support for item in p.english.items]
    for item in claim.items:
        if item.kind != "word" and not any(item.same(other) for other in theirs):
            yield f"“{claim.text[item.start : item.end]}” is not in the sentences that support it"
    known = {canonical(word) for word in re.findall(r"[^\W\d_]+", f"{english} {source}")}
    facts = [(item.start, item.end) for item in claim.items if item.kind != "word"]
    for match in re.finditer(r"(?<=[^.?!\s“\"]\s)[^\W\d_a-z][^\W\d_]*", claim.text):
        inside = any(start <= match.start() < end for start, end in facts)
        word = match.group()
        if not inside and word[0].isupper() and word.lower() not in FUNCTION_WORDS and canonical(word) not in known:
            yield f"“{word}” is not in the sentences that support it"


def _is_place(passage: Passage, item: Item) -> bool:
    """Say whether a name is a place's: its level stands with it, on either side."""
    before = passage.source[: max(0, passage.source.find(item.key))]
    return bool(level(passage.english, item) or (_PLACE_CUE.search(before) and not office(passage.english, item)))
