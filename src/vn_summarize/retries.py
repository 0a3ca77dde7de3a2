"""Other ways of translating a sentence whose first translation has faults or lacks terms.

First the facts, without regard to terms, so that terms change nothing else; then the terms, step by step.
Every step takes all sentences that need it in one call; what a sentence becomes depends on itself only.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from vn_summarize.backends import DEFAULT_DECODING, Decoding, Translation, Translator
from vn_summarize.candidates import Candidate, Judge, best, improves_facts, improves_terms
from vn_summarize.document import Sentence
from vn_summarize.glossary.enforcement import mark_inline, switch_code
from vn_summarize.glossary.replacement import (
    agree_articles,
    fill_place,
    graft_rendering,
    hold_place,
    replace_renderings,
)
from vn_summarize.glossary.terms import TermMatch
from vn_summarize.segmentation import split_clauses
from vn_summarize.surface import join_clauses
from vn_summarize.telling import tell_facts, to_tell

WIDE = Decoding(beam=4, alternatives=4)
"""The search for a sentence whose first translation has faults, or of which the model is unsure. Of 286 of the latter
greedy search has 47.4 chrF, the first of these four hypotheses 48.8, the one that answers most of the source 49.5, the
best one 51.5."""
NO_LOOPS = Decoding(beam=2, no_repeat_ngram=4, repetition_penalty=1.1)
SPLIT_WORDS = 25
"""A shorter sentence is not cut into clauses for another try."""
TERM_STEPS = ("inline", "replaced", "code-switched", "placeholder", "grafted", "beam")
"""The ways to enforce a term, in the order in which they are tried."""

Writer = Callable[[str, Sequence[TermMatch]], str]


@dataclass(slots=True)
class Work:
    """A sentence on its way: what is translated, how candidates are judged, and the best so far."""

    document: int
    sentence: Sentence
    judge: Judge
    text: str  # what the model reads: quoted names are in English already
    placed: Sequence[TermMatch | None]  # the judge's matches where they stand in `text`
    chosen: Candidate
    said: str = ""  # the text that the chosen one first answered
    start: Candidate | None = None  # the best before terms are enforced
    asked: set[tuple[str, Decoding]] = field(default_factory=set)  # what the model was asked already
    refused: list[Candidate] = field(default_factory=list)  # what it answered and was not taken: it may have a term

    def take_better(self, candidates: Sequence[Candidate]) -> None:
        """Take the best of the candidates that have fewer faults than the chosen one; remember the rest."""
        self._take([c for c in candidates if improves_facts(c, self.chosen)])
        self.refused += candidates

    def take_fuller(self, candidates: Sequence[Candidate]) -> None:
        """Take the best of the candidates that answer more of the source, and have no more against them."""
        chosen = self.chosen
        fuller = [c for c in candidates if (c.lost, -c.score) < (chosen.lost, -chosen.score)]
        self._take([c for c in fuller if c.faults <= chosen.faults and c.unmet <= chosen.unmet])
        self.refused += candidates

    def take_obedient(self, candidates: Sequence[Candidate]) -> None:
        """Take the best of the candidates that meet more terms, and are no worse otherwise; remember the rest."""
        self.start = start = self.start or self.chosen
        self._take([c for c in candidates if improves_terms(c, self.chosen, start)])
        self.refused += candidates

    def look_back(self) -> None:
        """Take the best of what was refused before terms counted."""
        if self.unmet:
            heard, self.refused = self.refused, []
            self.take_obedient([self.polish(c) for c in heard])

    def _take(self, better: Sequence[Candidate]) -> None:
        if better:
            chosen = best(better)
            pairs = zip(self.chosen.uses, chosen.uses, strict=True)
            uses = tuple(replace(new, how=old.how) if old.how and new.how else new for old, new in pairs)
            self.chosen = replace(chosen, uses=uses)

    def polish(self, candidate: Candidate) -> Candidate:
        """Make the articles before terms agree with them."""
        text = agree_articles(self.judge.matches, candidate.text)
        if text == candidate.text:
            return candidate
        return self.judge(Translation(text, candidate.score, candidate.complete), candidate.how)

    @property
    def unmet(self) -> list[TermMatch]:
        """The matches of required terms that the chosen candidate lacks."""
        pairs = zip(self.judge.matches, self.chosen.uses, strict=True)
        return [m for m, u in pairs if u.status == "unmet" and u.policy != "prefer"]

    @property
    def askable(self) -> list[TermMatch]:
        """The unmet ones that stand in the text that the model reads, with their places there."""
        unmet = self.unmet
        return [p for m, p in zip(self.judge.matches, self.placed, strict=True) if p and m in unmet]


Way = Callable[[Work], list[list[TermMatch]]]
"""Gives the groups of terms to write into a sentence."""


def retry_facts(work: Sequence[Work], translator: Translator) -> None:
    """Ask again where facts or form are at fault, or the model is unsure: told, wider, without loops, by clauses."""
    if translator.knows_terms:
        _retry([w for w in work if w.chosen.faults], translator, _told, DEFAULT_DECODING, "inline")
    faulty = [w for w in work if w.chosen.faults]
    _retry(faulty, translator, _plain, WIDE, "beam")
    _retry([w for w in faulty if w.chosen.loops], translator, _plain, NO_LOOPS, "no-repeat")
    _retry_unsure([w for w in work if w.chosen.score < translator.unsure_below and not w.chosen.faults], translator)
    _retry_split([w for w in faulty if w.chosen.faults and len(w.text.split()) > SPLIT_WORDS], translator)


def retry_terms(work: Sequence[Work], translator: Translator, steps: Sequence[str] = TERM_STEPS) -> None:
    """Try one way after the other to meet the terms that are unmet; `steps` is a part of TERM_STEPS."""
    ways: dict[str, Callable[[Sequence[Work], Translator], None]] = {
        "inline": _inline,
        "code-switched": _switch_code,
        "placeholder": _hold_place,
        "beam": _widen,
        "replaced": _replace,
        "grafted": _graft,
    }
    for w in work:
        w.look_back()
    for step in steps:
        ways[step](work, translator)


def join_answers(parts: Sequence[str], answers: Sequence[Translation]) -> Translation:
    """Join the answers for the clauses of a sentence."""
    text = join_clauses(list(parts), [a.text for a in answers])
    return Translation(text, min(a.score for a in answers), all(a.complete for a in answers))


def ask(
    work: Sequence[Work], translator: Translator, texts: Callable[[Work], list[str]], decoding: Decoding, how: str
) -> list[list[Candidate]]:
    """Give the candidates of each sentence for each of its texts that fits."""
    wanted = [[t for t in dict.fromkeys(texts(w)) if (t, decoding) not in w.asked and translator.fits(t)] for w in work]
    for w, some in zip(work, wanted, strict=True):
        w.asked.update((t, decoding) for t in some)
    flat = [text for some in wanted for text in some]
    answers = iter(translator.translate(flat, decoding) if flat else [])
    found = []
    for w, some in zip(work, wanted, strict=True):
        own = [next(answers) for _ in some]
        said = [replace(a, text=t) for a in own for t in dict.fromkeys((a.text, *a.alternatives))]
        found.append([w.judge(answer, how) for answer in said])
    return found


def _inline(work: Sequence[Work], translator: Translator) -> None:
    if translator.knows_terms:
        _rewrite(work, translator, mark_inline, "inline", (_unmet, _every))


def _switch_code(work: Sequence[Work], translator: Translator) -> None:
    """Write English into the source; the first and the last way met nothing more after inline terms (measured)."""
    _rewrite(work, translator, switch_code, "code-switched", (_every,) if translator.knows_terms else _WAYS)


def _unmet(w: Work) -> list[list[TermMatch]]:
    return [w.askable]


def _every(w: Work) -> list[list[TermMatch]]:
    return [to_tell(w.text, w.placed, w.askable)]


def _single(w: Work) -> list[list[TermMatch]]:
    return [[m] for m in w.askable] if len(w.askable) > 1 else []


_WAYS = (_unmet, _every, _single)
"""Which terms are written into a sentence: all that are unmet, then all that it has, then one at a time."""


def _rewrite(work: Sequence[Work], translator: Translator, write: Writer, how: str, ways: Sequence[Way]) -> None:
    for way in ways:
        _try(work, translator, partial(_written, write=write, way=way), DEFAULT_DECODING, how)


def _written(w: Work, write: Writer, way: Way) -> list[str]:
    return [write(w.text, some) for some in way(w)]


def _hold_place(work: Sequence[Work], translator: Translator) -> None:
    """Let a made-up name stand for each unmet term while the model translates."""
    unmet = [w for w in work if w.askable]
    answers = ask(unmet, translator, lambda w: [hold_place(w.text, w.askable)], DEFAULT_DECODING, "placeholder")
    for w, candidates in zip(unmet, answers, strict=True):
        for c in candidates:
            if text := fill_place(c.text, w.askable):
                w.take_obedient([w.judge(Translation(text, c.score, c.complete), "placeholder")])


def _widen(work: Sequence[Work], translator: Translator) -> None:
    """Look through more hypotheses of the sentence with its unmet terms written into it."""
    write = mark_inline if translator.knows_terms else switch_code
    _try(work, translator, lambda w: [write(w.text, w.askable)], WIDE, "beam")


def _try(
    work: Sequence[Work], translator: Translator, texts: Callable[[Work], list[str]], decoding: Decoding, how: str
) -> None:
    unmet = [w for w in work if w.askable]
    for w, answers in zip(unmet, ask(unmet, translator, texts, decoding, how), strict=True):
        w.take_obedient([w.polish(c) for c in answers])


def _replace(work: Sequence[Work], translator: Translator) -> None:
    """Replace what is known to be said in a term's place; the model says it when it is asked for the term alone."""
    unmet = [w for w in work if w.unmet]
    alone = sorted({m.text for w in unmet for m in w.unmet if translator.fits(m.text)})
    answers = translator.translate(alone, WIDE) if alone else []
    learned = {t: (a.text, *a.alternatives) for t, a in zip(alone, answers, strict=True)}
    for w in unmet:
        text = replace_renderings(w.judge.matches, w.chosen.uses, w.chosen.text, learned)
        _edit(w, text, "replaced")


def _graft(work: Sequence[Work], _: Translator) -> None:
    """Take from a refused candidate no more than the words around a term that it has."""
    for w in work:
        for c in tuple(w.refused) if w.unmet else ():
            for old, new in zip(w.chosen.uses, c.uses, strict=True):
                if old.status == "unmet" and new.rendered and old.policy in ("force", "keep"):
                    _edit(w, graft_rendering(w.chosen.text, c.text, new), "grafted")


def _edit(w: Work, text: str, how: str) -> None:
    if text != w.chosen.text:
        w.take_obedient([w.judge(Translation(text, w.chosen.score, w.chosen.complete), how)])


def _retry(
    work: Sequence[Work], translator: Translator, texts: Callable[[Work], list[str]], decoding: Decoding, how: str
) -> None:
    for w, found in zip(work, ask(work, translator, texts, decoding, how), strict=True):
        w.take_better(found)


def _plain(w: Work) -> list[str]:
    return [w.text]


def _told(w: Work) -> list[str]:
    """Write the English of the names, numbers, dates and codes that were lost into the sentence."""
    text = tell_facts(w.text, w.placed, w.chosen.checks)
    return [text] if text else []


def _retry_unsure(work: Sequence[Work], translator: Translator) -> None:
    """Search wider where the model is unsure, with the words in which the sentence was asked for."""
    for w, found in zip(work, ask(work, translator, lambda w: [w.said], WIDE, "beam"), strict=True):
        w.take_fuller(found)


def _retry_split(work: Sequence[Work], translator: Translator) -> None:
    """Translate the clauses of long sentences by themselves; a part has at most 0.6 of the words."""

    def halves(text: str) -> list[str]:
        most = 0.6 * len(text.split())
        return split_clauses(text, lambda part: len(part.split()) <= most)

    cut = [(w, parts) for w in work if len(parts := halves(w.text)) > 1 and all(map(translator.fits, parts))]
    answers = iter(translator.translate([part for _, parts in cut for part in parts]) if cut else [])
    for w, parts in cut:
        joined = w.judge(join_answers(parts, [next(answers) for _ in parts]), "split")
        if joined.faults < w.chosen.faults:  # clauses by themselves are fuller, and worse English
            w.take_better([joined])
