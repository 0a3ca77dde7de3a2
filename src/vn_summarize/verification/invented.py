"""Vietnamese names in the English that its source has nowhere: the model made them up."""

import re
from collections.abc import Iterator

from vn_summarize.document import Finding

from .bodies import SURNAMES
from .names import is_syllable, normalise, strip_marks

_RUN = re.compile(r"[A-ZĐÀ-Ỹ][^\W\d_]*(?: [A-ZĐÀ-Ỹ][^\W\d_]*)+")
_PLAIN = frozenset(strip_marks(name) for name in SURNAMES if len(name) > 1)


def extra_names(source: str, english: str) -> tuple[Finding, ...]:
    """Name the Vietnamese names of `english`, with or without diacritics, of which no syllable is in the source.

    One begins with a surname. Of 34,000 good pairs seven are flagged, six of which do have a name that their source
    lacks. Hồ Chí Minh may stand for "Bác" and "TPHCM".
    """
    have = set(re.findall(r"\w+", strip_marks(normalise(source)).lower()))
    return tuple(
        Finding("name", "error", f'"{name}" is not in the source')
        for name in _names(normalise(english))
        if have.isdisjoint(strip_marks(name).lower().split()) and "Chi Minh" not in strip_marks(name)
    )


def _names(english: str) -> Iterator[str]:
    """Give the runs of Vietnamese syllables that begin with a surname."""
    for run in _RUN.finditer(english):
        words = run.group().split()
        first = next((i for i, word in enumerate(words) if strip_marks(word) in _PLAIN), len(words))
        last = next((i for i in range(first, len(words)) if not is_syllable(words[i])), len(words))
        if last - first > 1:
            yield " ".join(words[first:last])
