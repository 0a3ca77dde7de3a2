"""Candidates for a sentence's translation: judged alike, so that a retry is taken only when it is better."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from vn_summarize.backends import Translation
from vn_summarize.consistency import check_quotes, unify_quotes
from vn_summarize.document import Check, Document, Finding, Sentence, TermUse
from vn_summarize.glossary.enforcement import check_terms, count_echoes, strip_markers
from vn_summarize.glossary.replacement import respell
from vn_summarize.glossary.terms import TermMatch
from vn_summarize.glossary.units import respell_provinces
from vn_summarize.surface import cut_attribution
from vn_summarize.verification.checks import blank, check_facts, check_form, extra_facts, findings_of
from vn_summarize.verification.coverage import check_coverage, find_losses
from vn_summarize.verification.names import respell_names, strip_marks
from vn_summarize.verification.quantities import has_decimal_commas
from vn_summarize.verification.turns import check_turns

SCORE_SLACK = 0.5
"""How much the mean log-probability of a retry may fall below the first translation's."""

LEAST_LENGTH = 0.8
"""The share of its words that a translation keeps at least when a term is enforced, but for one word."""

LEAST_RATIO = 0.6
"""English words for a Vietnamese syllable: an answer with fewer is held against a plain one."""

SHORT = 20
"""Syllables up to which an answer is always held against a plain one: a word or two that it drops are a fifth of it.
Measured (evaluation/terms.py): 16 leave one sentence of 1,240 shorter for the sake of a term, 20 none."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A hypothesis with everything that the checks say of it."""

    text: str
    score: float
    complete: bool
    how: str
    uses: tuple[TermUse, ...]
    checks: tuple[Check, ...]
    doubts: tuple[Finding, ...]
    echoes: int = 0  # how often a term's English stands there beyond what the source asks for
    lost: float = 0.0  # how much of the source nothing answers (verification/coverage.py)

    @property
    def unmet(self) -> int:
        """Count the required terms that the text lacks; a preferred one is no requirement."""
        return sum(u.status == "unmet" and u.policy != "prefer" for u in self.uses)

    @property
    def met(self) -> int:
        """Count the terms that the text has."""
        return sum(u.status == "met" for u in self.uses)

    @property
    def loops(self) -> bool:
        """Say whether the text repeats itself."""
        return not self.complete or any(d.kind == "repetition" for d in self.doubts)

    @property
    def failures(self) -> Counter[tuple[str, str]]:
        """Count what is wrong but for terms by kind, a failed fact by its source."""
        checks = [(c.kind, c.source) for c in self.checks if not c.ok]
        kinds = [(d.kind, d.severity) for d in self.doubts if d.kind not in ("name", "date", "code")]
        return Counter([*checks, *kinds])

    @property
    def faults(self) -> int:
        """Weigh what is wrong but for terms: a failed fact or an error counts three, a warning one."""
        weights = {"error": 3, "warning": 1, "info": 0}
        return sum(weights[d.severity] for d in self.doubts) + (0 if self.complete else 3)


UNASKED = Candidate("", 0.0, False, "", (), (), ())
"""Stands for the choice before there is an answer."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Makes a Candidate of what the model says for one sentence."""

    sentence: Sentence
    matches: Sequence[TermMatch]
    quotes: Mapping[str, str] = field(default_factory=dict)  # what the article quotes twice or more, with its English
    decimal_commas: bool = False  # the article parts thousands with dots

    def __call__(self, answer: Translation, how: str) -> Candidate:
        """Judge a translation by terms, facts and form."""
        source = self.sentence.text
        text = cut_attribution(source, unify_quotes(source, strip_markers(answer.text), self.quotes).strip())
        text = respell_provinces(respell(self.matches, text))
        checks = check_facts(source, text, self.decimal_commas)
        if (spelt := respell_names(source, text, checks)) != text:
            text, checks = spelt, check_facts(source, spelt, self.decimal_commas)
        uses = tuple(replace(u, how=u.how and how) for u in check_terms(self.matches, text))
        form = check_form(source, _without_marks(text, uses))
        quotes = check_quotes(source, text, self.quotes)
        # The English of a term may be anything: a user's "hộ nghèo" may be "families in our care".
        turns = check_turns(blank(source, ((m.start, m.end) for m in self.matches)), text)
        met = [(m.start, m.end) for m, u in zip(self.matches, uses, strict=True) if u.rendered]
        losses = find_losses(source, text, met)
        lacks = (*turns, *check_coverage(losses))
        doubts = (*findings_of(checks), *extra_facts(source, text, self.decimal_commas), *form, *lacks, *quotes)
        echoes, lost = count_echoes(uses, text), round(sum(loss.weight for loss in losses), 1)
        return Candidate(text, answer.score, answer.complete, how, uses, checks, doubts, echoes, lost)


def writes_decimal_commas(document: Document) -> bool:
    """Say whether an article parts thousands with dots, so that a comma in it is a decimal one."""
    return has_decimal_commas("\n".join(document.article.paragraphs))


def improves_terms(new: Candidate, old: Candidate, start: Candidate) -> bool:
    """Accept a retry for the sake of a term: more terms met, and no fact, form, length or score worse.

    `old` is what it would replace, `start` what the sentence was before terms were enforced.
    """
    return (
        new.unmet < old.unmet
        and new.met >= old.met
        and new.faults <= old.faults
        and not new.failures - old.failures
        and new.echoes <= old.echoes
        and keeps_length(new.text, start.text)
        and new.score >= start.score - SCORE_SLACK
    )


def is_sound(candidate: Candidate, source: str) -> bool:
    """Say whether an answer to a sentence with its terms written in would pass the guard whatever the plain one is."""
    syllables = len(source.split())
    whole = syllables > SHORT and len(candidate.text.split()) >= LEAST_RATIO * syllables
    return whole and not candidate.faults and not candidate.echoes and candidate.score >= -SCORE_SLACK


def keeps_length(new: str, old: str) -> bool:
    """Say whether an answer is about as long as the one that it replaces, so that it left nothing out."""
    return len(new.split()) + 1 >= LEAST_LENGTH * len(old.split())


def improves_facts(new: Candidate, old: Candidate) -> bool:
    """Accept a retry for the sake of facts, form and fullness, whatever the terms: these are enforced afterwards."""
    return (new.faults, new.lost) < (old.faults, old.lost)


def best(candidates: Sequence[Candidate]) -> Candidate:
    """Choose among acceptable candidates; the earlier one wins a tie."""
    return min(candidates, key=lambda c: (c.faults, c.unmet, -c.met, c.lost, -c.score))


def as_printed(candidate: Candidate, matches: Sequence[TermMatch], english: str) -> Candidate:
    """Check the terms of the chosen candidate once more, in the English that is printed."""
    pairs = zip(candidate.uses, check_terms(matches, english), strict=True)
    return replace(candidate, uses=tuple(replace(new, how=new.how and (old.how or new.how)) for old, new in pairs))


def findings(candidate: Candidate) -> tuple[Finding, ...]:
    """Say what remains doubtful about the candidate that was chosen."""
    counts = Counter(
        (u.source, u.target, u.origin) for u in candidate.uses if u.status == "unmet" and u.policy != "prefer"
    )
    unmet = tuple(
        Finding("term", "warning", f"UNMET{_times(n)}: “{source}” should be “{target}” ({origin})")
        for (source, target, origin), n in counts.items()
    )
    cut = () if candidate.complete else (Finding("length", "error", "the model did not come to an end"),)
    return (*candidate.doubts, *unmet, *cut)


def _without_marks(text: str, uses: Sequence[TermUse]) -> str:
    """Take the diacritics off what terms ask for, so that a kept "nhà rông" is not called left in Vietnamese."""
    for rendered in {u.rendered for u in uses if u.rendered}:
        text = text.replace(rendered, strip_marks(rendered))
    return text


def _times(n: int) -> str:
    return f" {n} times" if n > 1 else ""
