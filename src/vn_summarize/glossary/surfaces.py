"""The one form that all spellings of a term share, and the table that finds it in a text."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from vn_summarize.cleaning import fold

WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_HYPHENS = re.compile(r"[\s\u00ad‐‑‒–—―−-]*")
_FINAL_Y = re.compile("[yýỳỷỹỵ](?<=(?<![^\\W_])[hklmst].)(?![^\\W_])")  # the rare letter first: twice as fast
_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")
QUOTES = str.maketrans("“”„«»’‘ʼ", '"""""\'\'\'')


class SourceWord(NamedTuple):
    """A word of a source text, folded, and where it stands in the text and in its canonical line."""

    folded: str
    start: int  # in the text
    end: int
    at: int  # in the canonical line


def canonical(text: str) -> str:
    """Give the one form that all spellings of a term share: folded, one space, no hyphens."""
    return key_of(fold_source(text))


def fold_source(text: str) -> str:
    """Fold a text of any length, and write i for y in tỷ lệ, kỹ thuật, bác sỹ, as some do; as long as the NFC text."""
    return _FINAL_Y.sub(lambda found: found[0].translate(_I), fold(text))


def keys_of(surfaces: Sequence[str]) -> list[str]:
    """Give the canonical form of each; all are folded at once, which is many times as fast."""
    lines = "\n".join(surfaces)
    if lines.count("\n") != len(surfaces) - 1:
        lines = "\n".join(surface.replace("\n", " ") for surface in surfaces)
    return [key_of(line) for line in fold_source(lines).split("\n")] if surfaces else []


def key_of(folded: str) -> str:
    """Give the canonical form of a folded text, from its first word to its last."""
    if folded.replace(" ", "").isalnum():
        return " ".join(folded.split()) if "  " in f" {folded} " else folded
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


class PhraseTable:
    """Finds which of many canonical phrases stand in a canonical line.

    A token of the line is looked up once for each length that a phrase beginning with it has. That costs
    no more than an automaton when searching, and next to nothing to build.
    """

    def __init__(self, phrases: Collection[str]) -> None:
        """Keep the phrases, a set or a dictionary."""
        self._phrases = phrases
        self._lengths: dict[str, list[int]] = {}
        for first, more in sorted({(phrase.split(" ", 1)[0], phrase.count(" ")) for phrase in phrases}):
            self._lengths.setdefault(first, []).append(more)

    def find(self, line: str) -> Iterator[tuple[int, int]]:
        """Give the start and the end of each phrase in the line."""
        tokens = line.split(" ")
        ends = token_ends(tokens)
        for i, token in enumerate(tokens):
            start = ends[i] - len(token)
            for more in self._lengths.get(token, ()):
                if i + more >= len(tokens):
                    break
                if line[start : ends[i + more]] in self._phrases:
                    yield start, ends[i + more]


def token_ends(tokens: list[str]) -> list[int]:
    """Give the place behind each token of a line that was split at its spaces."""
    return [end - 1 for end in accumulate(len(token) + 1 for token in tokens)]
