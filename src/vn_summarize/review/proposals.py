"""Terms that editors' corrections suggest: what was changed the same way in two sentences or more."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from vn_summarize.glossary.delimited import render_glossary
from vn_summarize.glossary.extraction import LONGEST, phrase_runs
from vn_summarize.glossary.surfaces import canonical
from vn_summarize.glossary.terms import Term
from vn_summarize.review.store import Correction

LEAST = 2
"""Sentences in which a change is made the same way before it is proposed."""
EXAMPLES = 3
_MOST_WORDS = 6  # of a phrase that was replaced: a longer one is a sentence written anew
_TOKEN = re.compile(r"\w+(?:['’-]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A term that may deserve a row of a glossary."""

    source: str
    target: str
    before: str  # the English that editors replaced
    count: int  # sentences
    examples: tuple[str, ...]  # "article#sentence"


@dataclass(frozen=True, slots=True)
class _Change:
    """A phrase replaced in one sentence; `term` is its Vietnamese where a glossary knows it."""

    before: str
    after: str
    correction: Correction
    term: str = ""


def propose_terms(corrections: Iterable[Correction]) -> list[Proposal]:
    """Propose one row for each Vietnamese phrase, the most frequent change first.

    The Vietnamese is the glossary's term whose English was replaced, else the longest phrase that all the
    sentences share.
    """
    groups: dict[tuple[str, ...], list[_Change]] = {}
    for correction in corrections:
        for change in _changes(correction):
            key = (canonical(change.term),) if change.term else (change.before.casefold(), "")
            groups.setdefault((*key, change.after.casefold()), []).append(change)
    found: dict[str, Proposal] = {}
    for group in sorted(groups.values(), key=len, reverse=True):
        sources = {change.correction.source for change in group}
        source = group[0].term or _shared_phrase(sources)
        if len(sources) >= LEAST and source:
            places = dict.fromkeys(f"{c.correction.article}#{c.correction.sentence}" for c in group)
            proposal = Proposal(source, group[0].after, group[0].before, len(sources), tuple(places)[:EXAMPLES])
            found.setdefault(canonical(source), proposal)
    return list(found.values())


def render_proposals(proposals: Sequence[Proposal]) -> str:
    """Give the proposals as CSV, ready for --glossary; the note of each says how often and where."""
    return render_glossary(
        [
            Term(p.source, p.target, note=f"in {p.count} sentences in place of “{p.before}”: {', '.join(p.examples)}")
            for p in proposals
        ]
    )


def _changes(correction: Correction) -> Iterator[_Change]:
    """Yield the phrases replaced in a sentence: whole terms first, then what touches none."""
    before, after = list(_TOKEN.finditer(correction.before)), list(_TOKEN.finditer(correction.english))
    words, new = [t.group().casefold() for t in before], [t.group().casefold() for t in after]
    codes = SequenceMatcher(None, words, new, autojunk=False).get_opcodes()
    spans = [(span, term) for term, english in correction.terms for span in _find(words, english)]
    for (start, end), term in spans:
        place = _image(codes, start, end)
        if place and words[start:end] != new[slice(*place)]:
            yield _Change(_slice(before, start, end), _slice(after, *place), correction, term)
    for tag, i1, i2, j1, j2 in codes:
        free = not any(i1 < end and start < i2 for (start, end), _ in spans)
        if tag == "replace" and free and max(i2 - i1, j2 - j1) <= _MOST_WORDS:
            yield _Change(_slice(before, i1, i2), _slice(after, j1, j2), correction)


def _find(words: Sequence[str], english: str) -> list[tuple[int, int]]:
    """Give the first place, in tokens, where a term's English stands, or nothing."""
    term = [token.casefold() for token in _TOKEN.findall(english)]
    starts = (i for i in range(len(words) - len(term) + 1) if term and list(words[i : i + len(term)]) == term)
    return [(start, start + len(term)) for start in starts][:1]


def _image(codes: Iterable[tuple[str, int, int, int, int]], start: int, end: int) -> tuple[int, int] | None:
    """Give what became of tokens start .. end; None where they went, or changed together with their neighbours."""
    pieces = []
    for tag, i1, i2, j1, j2 in codes:
        if tag == "equal":
            if i1 < end and start < i2:
                pieces.append((j1 + max(0, start - i1), j1 + min(i2, end) - i1))
        elif (i1 < end and start < i2) or start < i1 == i2 < end:
            if i1 < start or end < i2:
                return None
            pieces.append((j1, j2))
    place = (pieces[0][0], pieces[-1][1]) if pieces else (0, 0)
    return place if place[0] < place[1] else None


def _slice(tokens: Sequence[re.Match[str]], start: int, end: int) -> str:
    return tokens[0].string[tokens[start].start() : tokens[end - 1].end()]


def _shared_phrase(sources: Iterable[str]) -> str:
    """Give the longest phrase that all the sentences have, as the first of them writes it; "" for none."""
    first, *others = (_phrases(source) for source in sorted(sources))
    shared = set(first).intersection(*others)
    longest = max(shared, key=lambda phrase: (phrase.count(" "), phrase), default="")
    return first.get(longest, "")


def _phrases(source: str) -> dict[str, str]:
    """Give the phrases of two syllables or more, folded, with each as the sentence has it."""
    found = {}
    for run in phrase_runs(source):
        for i in range(len(run)):
            for j in range(i + 2, min(len(run), i + LONGEST) + 1):
                found[" ".join(word.folded for word in run[i:j])] = source[run[i].start : run[j - 1].end]
    return found
