"""Whether the English obeys the terms of its sentence, and the ways of writing a term into the source.

A term is never met twice by the same words: the longest target chooses first, then the order of the
sentence decides.
"""

import re
from collections.abc import Callable, Sequence

from vn_summarize.document import TermUse
from vn_summarize.glossary.renderings import English, Stretch, split_words
from vn_summarize.glossary.terms import PLACES, TermMatch
from vn_summarize.surface import is_capitals

_TWICE = re.compile(r"\b(\w+)[ -]\1\b", re.IGNORECASE)

TERM_START = "<unused0>"
TERM_MIDDLE = "<unused1>"
TERM_END = "<unused2>"
"""The marks of an inline term, as the shipped model was trained with them (docs/model-format.md)."""


def check_terms(matches: Sequence[TermMatch], english: str) -> tuple[TermUse, ...]:
    """Say of each match, in the order given, whether the English meets it, and with which words.

    force and prefer: the target or an alternative stands there, inflected as the sentence needs, once for
    each match. keep: the source stands there. forbid: none of the forbidden renderings does; `rendered`
    is then the target, where it is found.
    """
    text = English(english)
    return tuple(_use(match, stretch, text) for match, stretch in zip(matches, allocate(matches, text), strict=True))


def count_echoes(uses: Sequence[TermUse], english: str) -> int:
    """Count how often the English of the terms stands there beyond what they ask for: "the Union and the Union".

    A word that is said twice running counts too: "provincial-level level".
    """
    text, wanted = English(english), [English(u.target) for u in uses]
    echoes = len(_TWICE.findall(english))
    for target in {u.target for u in uses if u.status == "met"}:
        asked = sum(bool(other.find_any([target])) for other in wanted)
        echoes += max(0, len(text.find_any([target])) - asked)
    return echoes


def mark_inline(text: str, matches: Sequence[TermMatch]) -> str:
    """Write each match as start mark, source, middle mark, target, end mark; the rest stays.

    The target of a term to keep is its source; a term that only forbids is left unmarked.
    """
    return _write(text, matches, lambda m: f"{TERM_START}{m.text}{TERM_MIDDLE}{required(m)}{TERM_END}")


def switch_code(text: str, matches: Sequence[TermMatch]) -> str:
    """Write the English that each match asks for in its place; the rest stays Vietnamese."""
    return _write(text, matches, required)


def _write(text: str, matches: Sequence[TermMatch], form: Callable[[TermMatch], str]) -> str:
    done: list[str] = []
    end = 0
    for match in matches:
        if required(match):
            done += [text[end : match.start], form(match)]
            end = match.end
    return "".join(done) + text[end:]


def strip_markers(english: str) -> str:
    """Remove the marks that a model left in its answer; of a whole inline term the target stays."""
    if "<unused" not in english:
        return english
    whole = rf"{TERM_START}[^<]*{TERM_MIDDLE}([^<]*){TERM_END}"
    text = re.sub(whole, r" \1 ", english)
    text = re.sub(r"<unused[012]>", " ", text)
    return re.sub(r"\s+([,.;:!?)])", r"\1", " ".join(text.split()))


def required(match: TermMatch, *, forbid: bool = False) -> str:
    """Give the English that a match asks for, "" where its policy only forbids (unless `forbid`)."""
    if match.term.policy == "keep":
        return match.text
    return match.term.target if forbid or match.term.policy != "forbid" else ""


def _use(match: TermMatch, stretch: Stretch | None, english: English) -> TermUse:
    term = match.term
    rendered = english.show(stretch) if stretch else ""
    met = bool(stretch)
    if term.policy == "forbid":
        met = not english.find_any(match.term.forbidden)
        rendered = rendered if met else ""
    return TermUse(
        source=match.text,
        target=required(match, forbid=True),
        start=match.start,
        rendered=rendered,
        status="met" if met else "unmet",
        how="plain" if met else "",
        policy=term.policy,
        origin=term.origin,
        term=term.source,
    )


def allocate(matches: Sequence[TermMatch], english: English) -> list[Stretch | None]:
    """Give each match words of its own: longest target first, of equals the one with fewest choices."""
    choices = [_choices(match, english) for match in matches]
    given: list[Stretch | None] = [None] * len(matches)
    taken: dict[bool, set[int]] = {True: set(), False: set()}  # a place may stand inside a body's name

    def turn(i: int) -> tuple[int, int, int]:
        return (-len(split_words(required(matches[i], forbid=True))), len(choices[i]), matches[i].start)

    for i in sorted(range(len(matches)), key=turn):
        own = taken[matches[i].term.origin == PLACES]
        given[i] = chosen = next((s for s in choices[i] if own.isdisjoint(s.claimed)), None)
        own |= chosen.claimed if chosen else frozenset()
    return given


def _choices(match: TermMatch, english: English) -> list[Stretch]:
    term = match.term
    if term.policy == "keep":
        return english.find_verbatim(match.text)
    exact = term.case == "exact" and not is_capitals(english.text)
    return [s for phrase in (term.target, *term.alternatives) for s in english.find(phrase, exact=exact)]
