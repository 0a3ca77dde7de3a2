"""What the model is told inside a sentence: the English that terms require, and facts that an answer lost."""

from collections.abc import Iterator, Sequence

from vn_summarize.document import Check
from vn_summarize.glossary.enforcement import mark_inline, required
from vn_summarize.glossary.terms import PLACES, Term, TermMatch
from vn_summarize.verification.names import is_vietnamese


def to_tell(matches: Sequence[TermMatch | None], places: Sequence[TermMatch] = ()) -> list[TermMatch]:
    """Give the matches that a model is told of: required ones, of places only those named; it knows a commune."""
    asked = [m for m in matches if m and m.term.policy != "prefer" and required(m)]
    return [m for m in asked if m.term.origin != PLACES or m in places]


def tell_facts(text: str, placed: Sequence[TermMatch | None], checks: Sequence[Check]) -> str:
    """Write into a text the English of the facts that failed a check, beside its terms; "" where none stands there.

    A fact inside a term's place is told by the term: "xã Hơ Moong" says "Hơ Moong" too.
    """
    lost = list(_find(text, checks))
    terms = to_tell(placed, [m for m in placed if m and any(_overlap(m, fact) for fact in lost)])
    facts = [fact for fact in lost if not any(_overlap(m, fact) for m in terms)]
    told = sorted((*terms, *facts), key=lambda m: m.start)
    return mark_inline(text, told) if lost else ""


def _find(text: str, checks: Sequence[Check]) -> Iterator[TermMatch]:
    """Find the facts that failed, each at its first place that no other has.

    A name that English may say otherwise ("Litva", "Cha Johnson") is none to be copied.
    """
    end: dict[str, int] = {}
    for check in checks:
        start = text.find(check.source, end.get(check.source, 0))
        surely = check.kind != "name" or check.expected != check.source or is_vietnamese(check.source)
        if not check.ok and start >= 0 and surely:
            end[check.source] = start + len(check.source)
            yield TermMatch(Term(check.source, check.expected), start, end[check.source], check.source)


def _overlap(one: TermMatch, other: TermMatch) -> bool:
    return one.start < other.end and other.start < one.end
