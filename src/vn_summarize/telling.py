"""What the model is told inside a sentence: the English that terms require, and facts that an answer lost."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from vn_summarize.document import Check
from vn_summarize.glossary.enforcement import mark_inline, required
from vn_summarize.glossary.terms import PLACES, Term, TermMatch
from vn_summarize.verification.names import is_copied


def to_tell(matches: Sequence[TermMatch | None], places: Sequence[TermMatch] = ()) -> list[TermMatch]:
    """Give the matches that a model is told of: required ones, of places only those named; it knows a commune."""
    asked = [m for m in matches if m and m.term.policy != "prefer" and required(m)]
    return [m for m in asked if m.term.origin != PLACES or m in places]


def tell_facts(text: str, placed: Sequence[TermMatch | None], checks: Sequence[Check]) -> str:
    """Write into a text the English of the facts that failed a check, beside its terms; "" where none stands there.

    A fact inside a term's place is told by the term: "xã Hơ Moong" says "Hơ Moong" too.
    """
    lost = list(_find(text, checks))
    terms = to_tell(placed, [m for m in placed if m and any(m.overlaps(fact.start, fact.end) for fact in lost)])
    told = list(terms)
    for fact in lost:
        if not any(other.overlaps(fact.start, fact.end) for other in told):
            told.append(fact)
    return mark_inline(text, sorted(told, key=lambda m: m.start)) if lost else ""


def _find(text: str, checks: Sequence[Check]) -> Iterator[TermMatch]:
    """Find the facts that failed, each at the first place that no check before it has.

    A name that English may say otherwise ("Litva", "Cha Johnson") is none to be copied; the English of one date of a
    span ("8/6 - 10/6") is none of the span.
    """
    end: dict[str, int] = {}
    written = Counter(check.source for check in checks)
    for check in checks:
        if written[check.source] > text.count(check.source):
            continue
        pattern = re.compile(rf"(?<![\w/.,-]){re.escape(check.source)}(?![\w/-]|[.,]\d)")
        found = pattern.search(text, end.get(check.source, 0))
        if not found:
            continue
        end[check.source] = found.end()
        surely = check.kind != "name" or check.expected != check.source or is_copied(check.source)
        if surely and not check.ok:
            yield TermMatch(Term(check.source, check.expected), *found.span(), check.source)
