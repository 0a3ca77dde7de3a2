"""Measures of translations against references: overall likeness, and what a reader of news must be able to trust.

`sacrebleu` (extras evaluate, dev and train) is imported on first use; everything else is the product's own checks.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TypeVar

from vn_summarize.glossary.enforcement import check_terms
from vn_summarize.glossary.formats import BUILTIN
from vn_summarize.glossary.terms import PLACES, Term, TermBase, TermMatch
from vn_summarize.verification.checks import blank_dates
from vn_summarize.verification.english_numbers import find_numbers
from vn_summarize.verification.names import normalise

LOOP_REPEATS = 4
"""So many times in succession is a loop; news repeats a phrase twice, and a list of figures a word thrice."""

HALF_WORDS = 8
"""A reference must be as long as this before an answer of less than half its words counts as half."""

SHOWN = 20
"""Broken lines that are named."""

_EXACT = re.compile(r"\d*(?:\d,\d{3}|\d\.\d)[\d,]*(?!\.?\d)")
_NAME = r"(?=[^\W\d_])[A-ZÀ-ỸĐ](?:['-]?[^\W\d_])*"
_CAPITALISED = re.compile(rf"(?<![\w/-]){_NAME}(?: {_NAME})*(?![\w/-])")
_SIGN = re.compile("[A-ZĐ]{1,3}|Km")
_LOOP = re.compile(rf"(?<!\w)(\w.{{0,80}}?)(?:\W+\1){{{LOOP_REPEATS - 1},}}(?!\w)", re.IGNORECASE)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a number of cases are right."""

    hits: int
    total: int

    @property
    def percent(self) -> float:
        """Give the share in percent; of no cases none is wrong."""
        return 100 * self.hits / self.total if self.total else 100.0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.hits + other.hits, self.total + other.total)


@dataclass(frozen=True, slots=True)
class Scores:
    """What was measured of one set of translations."""

    sentences: int
    bleu: float
    chrf: float
    numbers: Share  # thousands and decimals of the references
    names: Share
    loops: int
    empty: int
    halves: int
    bleu_signature: str
    chrf_signature: str

    @property
    def whole(self) -> Share:
        """Give the share of the translations that neither loop nor are empty or half."""
        return Share(self.sentences - self.loops - self.empty - self.halves, self.sentences)


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence, its reference, the terms that the English must have, and its line in its file."""

    source: str
    target: str
    terms: tuple[Term, ...] = ()
    line: int = field(default=0, compare=False)


def parse_pairs(text: str, name: str) -> tuple[Pair, ...]:
    """Parse lines of source, target and, optionally, `vi=en|vi=en` parted by tabs; a header line is passed over.

    Raises ValueError, naming file and line, where lines have no such form, and where there is none.
    """
    pairs, problems = [], []
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        cells = line.split("\t")
        terms = [term.split("=") for term in "".join(cells[2:]).split("|") if term]
        if number == 1 and cells[0] == "source":
            continue
        if len(cells) not in (2, 3) or not all(cell.strip() for cell in cells[:2]):
            problems.append(f"{name}:{number}: expected source, target and, optionally, terms, parted by tabs")
        elif not all(len(term) == 2 and all(term) for term in terms):
            problems.append(f"{name}:{number}: terms are not vi=en|vi=en")
        else:
            pairs.append(Pair(cells[0], cells[1], tuple(Term(source, target) for source, target in terms), number))
    if problems:
        raise ValueError(
            "\n".join((*problems[:SHOWN], *([f"and {len(problems) - SHOWN} more"] if problems[SHOWN:] else [])))
        )
    if not pairs:
        raise ValueError(f"{name}: no sentences")
    return tuple(pairs)


def take_evenly(items: Sequence[T], limit: int | None) -> list[T]:
    """Give at most `limit` of the items (None or 0: all), spread over the whole."""
    count = min(limit or len(items), len(items))
    return [items[i * len(items) // count] for i in range(count)]


def score(sources: Sequence[str], hypotheses: Sequence[str], references: Sequence[str]) -> Scores:
    """Measure translations, one reference each; all three of one length, and at least one."""
    from sacrebleu.metrics.bleu import BLEU  # noqa: PLC0415 - an extra, and slow to import
    from sacrebleu.metrics.chrf import CHRF  # noqa: PLC0415

    bleu, chrf = BLEU(), CHRF()
    texts, answers = list(hypotheses), [list(references)]
    bleu_score = bleu.corpus_score(texts, answers)
    chrf_score = chrf.corpus_score(texts, answers)
    pairs = list(zip(hypotheses, references, strict=True))
    triples = list(zip(sources, hypotheses, references, strict=True))
    return Scores(
        sentences=len(pairs),
        bleu=float(bleu_score.score),
        chrf=float(chrf_score.score),
        numbers=sum((count_numbers(h, r) for h, r in pairs), Share(0, 0)),
        names=sum((count_names(s, h, r) for s, h, r in triples), Share(0, 0)),
        loops=sum(is_loop(h, r) for h, r in pairs),
        empty=sum(not h.strip() for h in hypotheses),
        halves=sum(is_half(h, r) and not is_loop(h, r) for h, r in pairs),
        bleu_signature=str(bleu.get_signature()),
        chrf_signature=str(chrf.get_signature()),
    )


def count_numbers(hypothesis: str, reference: str) -> Share:
    """Count the thousands and decimals of the reference whose value the hypothesis has, each with its own.

    Values decide: 1,500,000 answers 1.5 million. "9.30 a.m." and "9.3.2014" are none.
    """
    hypothesis, reference = blank_dates(hypothesis), blank_dates(reference)
    wanted = [n.values for n in find_numbers(reference) if _EXACT.match(reference, n.start)]
    given: list[frozenset[Fraction]] = [n.values for n in find_numbers(hypothesis)]
    hits = 0
    for values in wanted:
        answer = next((i for i, found in enumerate(given) if found & values), None)
        if answer is not None:
            given.pop(answer)
            hits += 1
    return Share(hits, len(wanted))


def count_names(source: str, hypothesis: str, reference: str) -> Share:
    """Count the names of the source which the reference copies and the hypothesis does too, letter for letter."""
    names = shared_names(source, reference)
    hypothesis = normalise(hypothesis)
    return Share(sum(_stands(name, hypothesis) for name in names), len(names))


def shared_names(source: str, reference: str) -> tuple[str, ...]:
    """Find the longest runs of capitalised words of the source that stand in the reference as they are.

    So "Tỉnh ủy Bình Lâm" gives "Bình Lâm", and a name which English spells otherwise gives nothing. One word
    that opens the source is left out, since it may be capitalised for that alone, and so are short signs ("MW").
    """
    source, reference = normalise(source), normalise(reference)
    names: dict[str, None] = {}
    for run in _CAPITALISED.finditer(source):
        words = run.group().split(" ")
        while words:
            stretches = (" ".join(words[:n]) for n in range(len(words), 0, -1))
            name = next((stretch for stretch in stretches if _stands(stretch, reference)), "")
            if " " in name or "'" in name or (name == run.group() and run.start() and not _SIGN.fullmatch(name)):
                names[name] = None
            words = words[max(1, len(name.split(" "))) :]
    return tuple(names)


def _stands(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def proper_terms(source: str, reference: str, terms: TermBase) -> tuple[TermMatch, ...]:
    """Find the terms of the source whose target stands in the reference; no other English counts for them."""
    found = [
        replace(match, term=replace(match.term, alternatives=()))
        for match in terms.find(source)
        if match.term.policy in ("force", "prefer") and match.term.target
    ]
    uses = check_terms(found, reference)
    return tuple(match for match, use in zip(found, uses, strict=True) if use.status == "met")


def count_terms(matches: Sequence[Sequence[TermMatch]], hypotheses: Sequence[str]) -> Share:
    """Count the terms that each hypothesis obeys, inflected as need be, none answered twice by the same words."""
    uses = [use for found, text in zip(matches, hypotheses, strict=True) for use in check_terms(found, text)]
    return Share(sum(use.status == "met" for use in uses), len(uses))


def terms_to_count(pairs: Sequence[Pair], terms: TermBase) -> dict[str, list[tuple[TermMatch, ...]]]:
    """Give the terms that each translation is held to, under the names of their measures.

    All of the user's glossaries, those of the package that the reference has, all of the pair's own.
    """
    ours = (BUILTIN, PLACES)
    return {
        "glossary terms": [tuple(m for m in terms.find(p.source) if m.term.origin not in ours) for p in pairs],
        "built-in terms": [
            tuple(m for m in proper_terms(p.source, p.target, terms) if m.term.origin in ours) for p in pairs
        ],
        "terms of the lines": [TermBase(p.terms).find(p.source) if p.terms else () for p in pairs],
    }


def is_loop(hypothesis: str, reference: str) -> bool:
    """Say whether the same words stand LOOP_REPEATS times in succession, and not in the reference too."""
    return _LOOP.search(hypothesis) is not None and _LOOP.search(reference) is None


def is_half(hypothesis: str, reference: str) -> bool:
    """Say whether a translation that is not empty lacks more than half the words of a reference of some length."""
    said, wanted = len(hypothesis.split()), len(reference.split())
    return wanted >= HALF_WORDS and 0 < said < wanted / 2
