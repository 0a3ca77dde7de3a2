"""Putting the required English where a wrong rendering of a term stands, with its grammar."""

import difflib
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from vn_summarize.document import TermUse
from vn_summarize.glossary.enforcement import allocate, required
from vn_summarize.glossary.inflection import (
    article,
    bare,
    head_index,
    is_plural,
    like_verb,
    possessive,
    same_word,
    with_number,
)
from vn_summarize.glossary.renderings import English, split_words
from vn_summarize.glossary.terms import Term, TermMatch

GRAFT = 4
"""Words by which a stretch that is taken out may be longer than the one that is put in."""

PLACEHOLDERS = ("Zorvex", "Quintar", "Belmundo", "Farwick")
"""Names that no language has: a model copies them, as it does a foreign person's."""

_HALF = 4
"""Letters of half a compound at least: "mind" and "sets", but not "in" and "come"."""

_ONE = re.compile(r"\b(?:an?|another|each|every|one|this) $", re.IGNORECASE)

Learned = Mapping[str, Sequence[str]]
"""What a model says for a term's text alone."""


def replace_renderings(
    matches: Sequence[TermMatch], uses: Sequence[TermUse], english: str, learned: Learned | None = None
) -> str:
    """Put the required English where a known wrong rendering of an unmet term stands; else change nothing.

    Known are a term's forbidden renderings and what `learned` has for the match's text. Number, possessive,
    verb form, article and the capital at a sentence's beginning are carried over. Words that meet another
    term are left alone, and so is a wrong rendering that stands there more often than the term is unmet.
    """
    for at, (match, use) in enumerate(zip(matches, uses, strict=True)):
        if use.status == "unmet" and required(match, forbid=True):
            wrong = (*match.term.forbidden, *_useful((learned or {}).get(match.text, ()), match.term))
            english = _replace(matches, uses, at, english, wrong)
    return english


def graft_rendering(english: str, answer: str, use: TermUse) -> str:
    """Take the words that meet a term from another answer into `english`, where the two differ there.

    Nothing is changed where the other answer has the term in a place at which `english` says nothing, or
    says much more.
    """
    ours, theirs = english.split(), answer.split()
    at = answer.find(use.rendered)
    first = len(answer[:at].split())
    last = first + len(use.rendered.split())  # exclusive
    codes = difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    hunks = [c for c in codes if c[0] != "equal" and c[3] < last and c[4] > first]
    if at < 0 or not hunks:
        return english
    i1, i2, j1, j2 = hunks[0][1], hunks[-1][2], hunks[0][3], hunks[-1][4]
    if i1 == i2 or i2 - i1 > j2 - j1 + GRAFT:
        return english
    return " ".join((*ours[:i1], *theirs[j1:j2], *ours[i2:]))


def hold_place(text: str, matches: Sequence[TermMatch]) -> str:
    """Write a made-up name in the place of each match, of as many as there are names."""
    for match, name in reversed(list(zip(matches, PLACEHOLDERS, strict=False))):
        text = text[: match.start] + name + text[match.end :]
    return text


def fill_place(english: str, matches: Sequence[TermMatch]) -> str:
    """Put the English that each match asks for in the place of its made-up name; "" where such a name is left."""
    for match, name in zip(matches, PLACEHOLDERS, strict=False):
        at = english.find(name)
        if at >= 0:
            english = _put(required(match), english, at, at + len(name))
    return "" if any(name.lower() in english.lower() for name in PLACEHOLDERS) else english


def agree_articles(matches: Sequence[TermMatch], text: str) -> str:
    """Let the words that meet a term agree with "a", "an", "each" or the like before them: "each Party member"."""
    english = English(text)
    met = [s for m, s in zip(matches, allocate(matches, english), strict=True) if s and m.term.policy == "force"]
    for stretch in sorted(met, key=lambda s: -s.first):
        first, last = english.words[stretch.first].start, english.words[stretch.last].end
        if _ONE.search(text[:first]):
            text = _put(with_number(text[first:last], many=False), text, first, last)
    return text


def respell(matches: Sequence[TermMatch], text: str) -> str:
    """Write the words of terms as their targets do: "mindsets", not "mind sets", "Changeing" or "minDsets"."""
    for target in dict.fromkeys(required(m) for m in matches):
        pattern = _misspelt(target)
        text = pattern.sub(_respelt, text) if pattern else text
        if target.islower() and target not in text and target in text.lower():
            text = re.sub(rf"(?<!\w){re.escape(target)}(?!\w)", _recased, text, flags=re.IGNORECASE)
    return text


def _recased(found: re.Match[str]) -> str:
    """Take out a capital that stands inside a word, or behind a word without: "stem Borers"."""
    text = found.group()
    return text[0] + text[1:].lower() if re.search(r"[a-z][A-Z]|^[a-z].* [A-Z]", text) else text


@lru_cache(maxsize=4096)
def _misspelt(target: str) -> re.Pattern[str] | None:
    """Find the words of a target that stand in two halves, or with an "-ing" after their final e."""
    words = [w for w in re.findall(r"[a-z]+", target) if len(w) > 3]
    halves = [f"{w[:k]}[ -]{w[k:]}" for w in words if len(w) >= 2 * _HALF for k in range(_HALF, len(w) - _HALF + 1)]
    gerunds = [f"{w}ing" for w in words if w.endswith("e") and not w.endswith(("ee", "oe", "ye"))]
    return re.compile(rf"\b(?:{'|'.join(halves + gerunds)})\b", re.IGNORECASE) if halves or gerunds else None


def _respelt(found: re.Match[str]) -> str:
    word = re.sub("[ -]", "", found.group())
    return word if word != found.group() else word[: -len("eing")] + "ing"


def _useful(renderings: Sequence[str], term: Term) -> list[str]:
    """Leave out what the term allows, and single short words, which stand for other things too."""
    good = [w.strip(" .,;:") for w in renderings]
    return [w for w in good if len(w) > 3 and not any(English(w).find(t) for t in (term.target, *term.alternatives))]


def _replace(
    matches: Sequence[TermMatch], uses: Sequence[TermUse], at: int, text: str, renderings: Sequence[str]
) -> str:
    english = English(text)
    taken = frozenset[int]().union(*(s.claimed for s in allocate(matches, english) if s))
    wrong = [(phrase, s) for phrase, s in english.find_any(renderings) if taken.isdisjoint(s.claimed)]
    if not wrong or len({s.first for _, s in wrong}) > _count_unmet(matches, uses, matches[at]):
        return text  # it may well be another word's translation
    phrase, stretch = min(wrong, key=lambda w: (w[1].first, -w[1].last))
    first, last = english.words[stretch.first].start, english.words[stretch.last].end
    target, standing, verb = required(matches[at], forbid=True), english.show(stretch), matches[at].term.pos == "verb"
    new = _fit(target, phrase, standing, text[:first], verb=verb)
    if not new:
        return text
    if text[last : last + 1] == "." and (phrase.endswith(".") or new.endswith(".")):
        last += 1  # the mark belongs to the rendering ("Decision No."), or the new one brings its own
    return _put(new, text, first, last)


def _count_unmet(matches: Sequence[TermMatch], uses: Sequence[TermUse], match: TermMatch) -> int:
    return sum(m.term == match.term and u.status == "unmet" for m, u in zip(matches, uses, strict=True))


def _fit(target: str, wrong: str, standing: str, before: str, *, verb: bool) -> str | None:
    """Inflect the target as the wrong rendering stands there; None where the rules don't know how."""
    old, now = ([w.text for w in split_words(t)] for t in (wrong, standing))
    if not same_word(now[0], old[0]):  # "escaped poverty"; one word may as well be a noun's
        return like_verb(target, now[0], before) if len(old) > 1 or verb else None
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
