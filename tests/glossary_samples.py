"""Terms for the tests of glossary files, made up or drawn."""

import string

from hypothesis import strategies as st

from vn_summarize.glossary.surfaces import canonical
from vn_summarize.glossary.terms import CASES, POLICIES, Term, TermMatch

TERMS = [
    Term(
        "hợp tác xã",
        "cooperative",
        aliases=("HTX", "hợp tác"),
        alternatives=("co-op", "farm co-op"),
        forbidden=("kolkhoz",),
        pos="noun",
        domain="agriculture",
        note="one word",
        provenance="Law 17/2023/QH15",
        origin="x",
    ),
    Term("nhà rông", "", policy="keep", origin="x"),
    Term("dân tộc", "ethnic group", forbidden=("tribe", "hill people"), policy="forbid", origin="x"),
    Term("Dao", "Dao people", policy="prefer", case="exact", origin="x"),
]

CELLS = st.text(string.ascii_letters + "àđờ 0;,|\\\"'\t#=&<>]", max_size=12).map(lambda t: " ".join(t.split()))
LISTS = st.lists(CELLS.filter(bool), max_size=3).map(tuple)


@st.composite
def a_term(draw: st.DrawFn) -> Term:
    policy = draw(st.sampled_from(POLICIES))
    needs_target = policy in ("force", "prefer")
    return Term(
        draw(CELLS.filter(canonical)),
        draw(CELLS.filter(bool) if needs_target else CELLS),
        aliases=draw(LISTS),
        alternatives=draw(LISTS),
        forbidden=draw(LISTS.filter(bool)) if policy == "forbid" else draw(LISTS),
        policy=policy,
        case=draw(st.sampled_from(CASES)),
        pos=draw(CELLS),
        domain=draw(CELLS),
        note=draw(CELLS),
        provenance=draw(CELLS),
        origin="x",
    )


def _apart(terms: list[Term]) -> list[Term]:
    """Leave out the terms whose source an earlier term has: a glossary would report them."""
    seen: set[str] = set()
    kept = []
    for term in terms:
        if canonical(term.source) not in seen:
            kept.append(term)
            seen |= {canonical(surface) for surface in (term.source, *term.aliases)}
    return kept


GLOSSARIES = st.lists(a_term(), min_size=1, max_size=6).map(_apart)


def matches(*terms: Term) -> tuple[TermMatch, ...]:
    """Matches in a text that has the terms one after the other."""
    at = 0
    found = []
    for term in terms:
        found.append(TermMatch(term, at, at + len(term.source), term.source))
        at += len(term.source) + 2
    return tuple(found)
