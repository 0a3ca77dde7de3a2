"""An English sentence as what it says: its names, numbers, dates and words, in order, and clause by clause."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from vn_summarize.facts.people import OFFICE
from vn_summarize.summarization.editing import has_verb
from vn_summarize.verification.checks import blank
from vn_summarize.verification.english_dates import find_mentions, find_times, find_years
from vn_summarize.verification.english_numbers import find_numbers
from vn_summarize.verification.exonyms import EXONYMS
from vn_summarize.verification.names import normalise
from vn_summarize.verification.wording import FUNCTION_WORDS, canonical

Kind = Literal["name", "date", "number", "word"]

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BREAK = re.compile(
    r"[,;:–—]\s+(?!(?:below|without|short|lower|under|up|down|of|an?|the)\s)"
    r"|(?<= said)\s+(?:that\s+)?|(?<= says)\s+(?:that\s+)?|(?<= stressed)\s+(?:that\s+)?|(?<= reported)\s+(?:that\s+)?"
    r"|\s+(?=(?:but|because|while|whereas|which|who|although|though|as|since|after|before)\s)"
    r"|\s+and\s+(?=(?:\w+ )?(?:has|have|had|is|are|was|were|will|did|does|do|\w+ed|\w+ing)\b)",
    re.IGNORECASE,
)

_MODAL = re.compile(r"\b(?:needs?|may|should|cannot|could|would|do|does|did)\b")


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a statement. `key` is the same for what says the same; a number may have two `values`."""

    kind: Kind
    key: str
    start: int
    end: int
    clause: int = 0
    values: frozenset[Fraction] = frozenset()

    def same(self, other: "Item") -> bool:
        """Say whether both are the same name, date, number or word."""
        return self.kind == other.kind and (self.key == other.key or bool(self.values & other.values))


@dataclass(frozen=True, slots=True)
class Statement:
    """An English sentence with its items in order and the texts of its clauses."""

    text: str
    items: tuple[Item, ...]
    clauses: tuple[str, ...]

    def clause(self, number: int) -> tuple[Item, ...]:
        """Give the items of a clause."""
        return tuple(item for item in self.items if item.clause == number)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of the article: its Sentence.index, its Vietnamese and what its translation says."""

    index: int
    source: str
    english: Statement


def parse_statement(text: str, names: Mapping[str, str]) -> Statement:
    """Read an English sentence. `names`: the article's proper names as English may have them, with their keys."""
    text = _with_offices_first(normalise(text), names)
    items = list(_facts(text, names))
    left = blank(text, ((item.start, item.end) for item in items))
    for match in _WORD.finditer(left):
        items += _parts(match)
    ordered = sorted(items, key=lambda item: item.start)
    breaks = _clause_breaks(text, ordered)
    placed = tuple(
        Item(i.kind, i.key, i.start, i.end, sum(b <= i.start for b in breaks[1:]), i.values) for i in ordered
    )
    return Statement(text, placed, tuple(text[a:b] for a, b in pairwise(breaks)))


def _clause_breaks(text: str, items: Sequence[Item]) -> list[int]:
    """Cut a sentence into clauses; a stretch without a word or without a verb goes with its neighbour."""
    breaks = [0]
    for match in _BREAK.finditer(text):
        stretch = text[breaks[-1] : match.end()]
        words = sum(item.kind == "word" and breaks[-1] <= item.start < match.end() for item in items)
        if words and _has_verb(stretch):
            breaks.append(match.end())
        elif len(breaks) > 1 and match.group()[0] in ",;:":
            breaks[-1] = match.end()
    if len(breaks) > 1 and not _has_verb(text[breaks[-1] :]):
        breaks.pop()
    return [*breaks, len(text)]


def _has_verb(text: str) -> bool:
    return has_verb(text) or _MODAL.search(text) is not None


def _with_offices_first(text: str, names: Mapping[str, str]) -> str:
    """Put what stands behind a name between commas, if it is an office, before the name."""
    if not names:
        return text
    forms = "|".join(map(re.escape, names))
    title, office = r"(?:(?:Mr|Mrs|Ms)\.? |Comrade )?", rf"{OFFICE.pattern}[^,;.]*"
    pattern = rf"{title}\b(?P<name>{forms}), (?:the |its )?(?P<office>{office})(?:,|(?=[.;]|$))"
    return re.sub(pattern, lambda m: f"{m['office']} {m['name']}", text, flags=re.IGNORECASE)


def name_forms(names: Sequence[str]) -> dict[str, str]:
    """Give the ways in which English may have proper names, each with the name as its key, longest first."""
    forms: dict[str, str] = {}
    for name in names:
        shorter = name.partition(" ")[2] if name.count(" ") > 1 else name  # "Thầy Trần Quốc Bảo"
        for form in (name, shorter, *EXONYMS.get(name.lower(), ())):
            forms.setdefault(form, name)
    return dict(sorted(forms.items(), key=lambda pair: -len(pair[0])))


def _parts(match: re.Match[str]) -> Iterator[Item]:
    at = match.start()
    for piece in re.split(r"(-)", match.group()):
        word = re.sub(r"['’]s?$", "", piece.lower())
        if word not in FUNCTION_WORDS and len(word) > 1:
            yield Item("word", canonical(piece), at, at + len(piece))
        at += len(piece)


def _facts(text: str, names: Mapping[str, str]) -> Iterator[Item]:
    left = text
    for form, key in names.items():
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", left):
            yield Item("name", key, *match.span())
            left = blank(left, [match.span()])
    mentions = find_mentions(left)
    for mention in mentions:
        yield Item("date", f"{mention.month}/{mention.day}", mention.start, mention.end)
        if mention.year:
            yield Item("date", str(mention.year), mention.start, mention.end)
    left = blank(left, ((mention.start, mention.end) for mention in mentions))
    for time in find_times(left):
        yield Item("date", f"{time.hours[0]}:{time.minute}", time.start, time.end)
        left = blank(left, [(time.start, time.end)])
    for year, shown in find_years(left).items():
        at = left.find(shown)
        if at >= 0:
            yield Item("date", str(year), at, at + len(shown))
            left = blank(left, [(at, at + len(shown))])
    for number in find_numbers(left):
        if number.strong or not re.fullmatch(r"(?i)(?:one|a|an|I|first|once)", text[number.start : number.end]):
            key = "/".join(map(str, sorted(number.values)))
            yield Item("number", key, number.start, number.end, 0, number.values)
