"""The one form that all spellings of a term share, and the automaton that finds it in a text."""

import re
from collections.abc import Iterable
from typing import NamedTuple

import ahocorasick

from vn_summarize.cleaning import fold

WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_HYPHENS = re.compile(r"[\s\u00ad‐‑‒–—―−-]*")
QUOTES = str.maketrans("“”„«»’‘ʼ", '"""""\'\'\'')


class SourceWord(NamedTuple):
    """A word of a source text, folded, and where it stands in the text and in its canonical line."""

    folded: str
    start: int  # in the text
    end: int
    at: int  # in the canonical line


def canonical(text: str) -> str:
    """Give the one form that all spellings of a term share: folded, one space, no hyphens."""
    return key_of(fold(text))


def key_of(folded: str) -> str:
    """Give the canonical form of a folded text, from its first word to its last."""
    simple = folded.split()
    if "".join(simple).isalnum():
        return " ".join(simple)
    line, words = canonical_line(folded)
    return line[words[0].at : -1] if words else ""


def canonical_line(folded: str) -> tuple[str, list[SourceWord]]:
    """Join the words by one space; between them other signs than hyphens are kept."""
    line = ""
    words: list[SourceWord] = []
    end = 0
    for found in WORD.finditer(folded):
        gap = folded[end : found.start()]
        line += " " if _HYPHENS.fullmatch(gap) else f" {''.join(gap.translate(QUOTES).split())} "
        words.append(SourceWord(found.group().translate(QUOTES), found.start(), found.end(), len(line)))
        line += words[-1].folded
        end = found.end()
    return line + " ", words


def build_automaton(items: Iterable[tuple[str, object]]) -> "ahocorasick.Automaton | None":
    """Build an automaton that gives the value of each key that stands in a canonical line; None without keys."""
    automaton = ahocorasick.Automaton()
    for key, value in items:
        automaton.add_word(f" {key} ", value)  # the spaces make it match whole words only
    if not len(automaton):
        return None
    automaton.make_automaton()
    return automaton
