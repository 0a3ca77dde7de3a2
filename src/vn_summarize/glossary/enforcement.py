"""Whether the English obeys the terms of its sentence, and the two ways of making it.

A term is never met twice by the same words: the longest target chooses first, then the order of the
sentence decides.
"""

import re
from collections.abc import Sequence

from vn_summarize.document import TermUse
from vn_summarize.glossary.inflection import article, bare, head_index, is_plural, possessive, same_word, with_number
from vn_summarize.glossary.renderings import English, Stretch, split_words
from vn_summarize.glossary.terms import TermMatch

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
    return tuple(_use(match, stretch, text) for match, stretch in zip(matches, _allocate(matches, text), strict=True))


def mark_inline(text: str, matches: Sequence[TermMatch]) -> str:
    """Write each match as start mark, source, middle mark, target, end mark; the rest stays.

    The target of a term to keep is its source; a term that only forbids is left unmarked.
    """
    done: list[str] = []
    end = 0
    for match in matches:
        target = required(match)
        if target:
            done += [text[end : match.start], TERM_START, match.text, TERM_MIDDLE, target, TERM_END]
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


def replace_renderings(matches: Sequence[TermMatch], uses: Sequence[TermUse], english: str) -> str:
    """Put the required English where a known wrong rendering of an unmet term stands; else change nothing.

    Number, possessive, article and the capital at a sentence's beginning are carried over. Words that
    meet another term are left alone, and so is a wrong rendering that is inflected as a verb or stands
    there more often than the term is unmet.
    """
    for at, (match, use) in enumerate(zip(matches, uses, strict=True)):
        if use.status == "unmet" and required(match, forbid=True):
            english = _replace(matches, uses, at, english)
    return english


def better(before: Sequence[TermUse], after: Sequence[TermUse]) -> bool:
    """Say whether more terms are met than before and none is lost."""
    pairs = [(b.status == "met", a.status == "met") for b, a in zip(before, after, strict=True)]
    return all(a or not b for b, a in pairs) and any(a and not b for b, a in pairs)


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
        met = not _wrong(match, english)
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


def _allocate(matches: Sequence[TermMatch], english: English) -> list[Stretch | None]:
    """Give each match words of its own: longest target first, of equals the one with fewest choices."""
    choices = [_choices(match, english) for match in matches]
    given: list[Stretch | None] = [None] * len(matches)
    taken: set[int] = set()

    def turn(i: int) -> tuple[int, int, int]:
        return (-len(split_words(required(matches[i], forbid=True))), len(choices[i]), matches[i].start)

    for i in sorted(range(len(matches)), key=turn):
        given[i] = chosen = next((s for s in choices[i] if taken.isdisjoint(s.claimed)), None)
        taken |= chosen.claimed if chosen else frozenset()
    return given


def _choices(match: TermMatch, english: English) -> list[Stretch]:
    term = match.term
    if term.policy == "keep":
        return english.find_verbatim(match.text)
    exact = term.case == "exact"
    return [s for phrase in (term.target, *term.alternatives) for s in english.find(phrase, exact=exact)]


def _wrong(match: TermMatch, english: English) -> list[tuple[str, Stretch]]:
    return [(phrase, s) for phrase in match.term.forbidden for s in english.find(phrase) if s.plain]


def _replace(matches: Sequence[TermMatch], uses: Sequence[TermUse], at: int, text: str) -> str:
    english = English(text)
    taken = frozenset[int]().union(*(s.claimed for s in _allocate(matches, english) if s))
    wrong = [(phrase, s) for phrase, s in _wrong(matches[at], english) if taken.isdisjoint(s.claimed)]
    if not wrong or len({s.first for _, s in wrong}) > _count_unmet(matches, uses, matches[at]):
        return text  # it may well be another word's translation
    phrase, stretch = min(wrong, key=lambda w: (w[1].first, -w[1].last))
    new = _fit(required(matches[at], forbid=True), phrase, english.show(stretch))
    if not new:
        return text
    first, last = english.words[stretch.first].start, english.words[stretch.last].end
    if text[last : last + 1] == "." and (phrase.endswith(".") or new.endswith(".")):
        last += 1  # the mark belongs to the rendering ("Decision No."), or the new one brings its own
    return _put(new, text, first, last)


def _count_unmet(matches: Sequence[TermMatch], uses: Sequence[TermUse], match: TermMatch) -> int:
    return sum(m.term == match.term and u.status == "unmet" for m, u in zip(matches, uses, strict=True))


def _fit(target: str, wrong: str, standing: str) -> str | None:
    """Inflect the target as the wrong rendering stands there; None where it stands as a verb form."""
    old, now = ([w.text for w in split_words(t)] for t in (wrong, standing))
    if not all(same_word(a, b) for a, b in zip(now, old, strict=True)):
        return None
    head = head_index(old)
    many = is_plural(bare(now[head]))
    new = target if many == is_plural(bare(old[head])) else with_number(target, many=many)
    if now[-1].endswith(("'s", "’s")) and not old[-1].endswith(("'s", "’s")):
        new = possessive(new)
    return new.upper() if standing.isupper() and len(now) > 1 else new


def _put(new: str, english: str, first: int, last: int) -> str:
    """Put `new` in the place of english[first:last], with the article before it and its capital right."""
    before, after = english[:first], english[last:]
    found = re.search(r"\b(the|an?) $", before, re.IGNORECASE)
    own = re.match(r"(the|an?) ", new, re.IGNORECASE)
    if found and own:
        before, found = before[: found.start()], None
        capital = english[len(before)].isupper()
        new = new[:1].upper() + new[1:] if capital else new
    if found and found[1].lower() != "the":
        head = new.split(" ")[head_index(new.split(" "))]
        word = "" if is_plural(bare(head)) else article(new) + " "
        word = word.capitalize() if found[1][0].isupper() else word
        before = before[: found.start()] + word
    if not before.strip(" \"'“‘(") or re.search(r"[.!?][\"”’)]*\s+[\"“‘(]*$", before):
        new = new[:1].upper() + new[1:]
    return before + new + after
