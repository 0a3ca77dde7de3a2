"""What makes a Vietnamese sentence worth telling: measured features and their fitted weights.

Everything here sees the source only, so a choice never depends on the noise of a translation.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import pairwise
from typing import Protocol

from vn_summarize.document import TITLE, Sentence


class TermFinder(Protocol):
    """Finds glossary terms in a sentence: a `TermBase`, or anything else with its `find`."""

    def find(self, text: str, /) -> Sequence[object]:
        """Return the matches in `text`."""
        ...


@dataclass(frozen=True, slots=True)
class Features:
    """The features of one sentence, each about 0 to 1; also the shape of the weights."""

    position: float  # 1 for the first body sentence, then 1/√n
    late: float  # 0 at the beginning, 1 at the end
    centrality: float  # cosine with the whole body, against the article's most central sentence
    title: float  # share of the title's words and word pairs, against the article's best
    title_words: float  # share of the title's words
    title_cosine: float  # cosine of the two sets of words
    quoted_name: float  # a quoted campaign, movement or program
    terms: float  # glossary terms: bodies, offices, programs
    figures: float  # numbers that are no dates
    length: float  # syllables, up to 25: headings, captions, fragments are short
    speech: float  # direct speech, or an "I" or "we"
    unfinished: float  # no full stop: a list's head, a heading, a question


WEIGHTS = Features(
    position=0.5,
    late=-0.48,
    centrality=0.84,
    title=0.74,
    title_words=0.69,
    title_cosine=1.91,
    quoted_name=0.66,
    terms=0.02,
    figures=-0.26,
    length=0.58,
    speech=-0.11,
    unfinished=-0.47,
)
"""Fitted by evaluation/summaries.py --fit; docs/summaries.md has the table that they give."""

_BACK_REFERENCE = re.compile(
    r"\W*(?:đồng thời|(?:bên )?cạnh (?:đó|đấy)|(?:qua|từ|nhờ|trong|theo|do|tại|sau|trước|khi|lúc|cùng với) đó"
    r"|trên cơ sở đó|(?:nhờ|do|vì|bởi) vậy|vì thế|song song (?:đó|với đó)|tại đây|đó là|đây là|điều (?:này|đó)"
    r"|việc này|cũng theo)\b",
    re.IGNORECASE,
)
"""Openings that lean on the sentence before, often for the subject; written by us from the grammar of such news.

"Tuy nhiên" and "Ngoài ra" are not among them: what follows them stands alone once the connective is dropped.
"""

_SHORTFALL = re.compile(
    r"\bchưa (?:đạt|hoàn thành|đáp ứng|cao|đồng đều|đồng bộ|được|thực sự|kịp|thể)\b"
    r"|\b(?:không|khó) (?:đạt|hoàn thành)\b"
    r"|\b(?:còn|vẫn) (?:\S+ )?(?:thấp|chậm|thiếu|yếu|hạn chế|khó khăn|lúng túng|bất cập|vướng mắc)\b"
    r"|\b(?:hạn chế|tồn tại|khó khăn|vướng mắc|bất cập)(?: \S+){0,2} (?:là|như|do)\b|^tuy nhiên,? còn\b",
    re.IGNORECASE,
)
"""What reports of such papers say did not go well; written by us."""

_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d[\d.,/]*")
_DATE = re.compile(
    r"\b(?:ngày|tháng|năm|quý)\s+(?:\d[\d/.-]*|[IVX]+\b)|\b\d{1,2}[/-]\d{1,2}[/-]\d{4}|\b\d{1,2}[/-]20\d\d\b"
    r"|\b(?:sáng|trưa|chiều|tối|hôm)\s+\d{1,2}[/.-]\d{1,2}\b|(?<![\d.,])(?:19|20)\d\d(?![\d.,]\d)\b"
    r"|\bsố\s+\d+[\w/.-]*|\d+[/-](?:\d{4}/)?(?-i:[A-ZĐ])[\w/-]*",
    re.IGNORECASE,
)
_QUOTED_NAME = re.compile(r"(?<=[^\W\d_] )[“\"](?=(\w))[^”\"]{8,}[”\"]")
_SPEECH = re.compile(r"[:,]\s*[“\"]|^\s*[“\"]|[”\"]\s*[,-]|\b(?:tôi|chúng tôi|chúng ta)\b", re.IGNORECASE)
_STOP = frozenset(
    re.findall(
        r"\w+",
        "và của các có là được cho trong với đã những để này một người khi từ đến không ra về vào tại cũng trên ở bị do"
        " theo đó sẽ như nhiều phải rằng nên thì mà lại còn vì đang ông bà anh chị",
    )
)
"""Syllables that say little alone; written by us."""


def points_back(text: str) -> bool:
    """Say whether a Vietnamese sentence leans on the one before it, is a later piece of a long one or a list's row."""
    return text[:1].islower() or text.startswith(("-", "–", "+", "•", "*")) or bool(_BACK_REFERENCE.match(text))


def count_grams(text: str) -> Counter[str]:
    """Count the syllables (common ones left out) and syllable pairs of a text."""
    words = _WORD.findall(text.lower())
    pairs = (f"{a} {b}" for a, b in pairwise(words) if not (a in _STOP and b in _STOP))
    return Counter([word for word in words if word not in _STOP]) + Counter(pairs)


def weigh_grams(counts: Sequence[Counter[str]]) -> list[dict[str, float]]:
    """Turn each sentence's counts into a TF-IDF vector of length 1; the article is the collection."""
    seen = Counter(gram for count in counts for gram in count)
    vectors = []
    for count in counts:
        raw = {g: (1 + math.log(n)) * math.log(1 + len(counts) / seen[g]) for g, n in count.items()}
        norm = math.sqrt(math.fsum(v * v for v in raw.values())) or 1.0
        vectors.append({g: v / norm for g, v in raw.items()})
    return vectors


def compare(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Return the cosine of two vectors of length 1."""
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return math.fsum(v * large[g] for g, v in small.items() if g in large)


@dataclass(frozen=True, slots=True)
class _Title:
    """An article's title, ready for comparing."""

    grams: Counter[str]
    words: frozenset[str]


def measure(sentences: Sequence[Sentence], terms: TermFinder) -> tuple[list[Features], list[dict[str, float]]]:
    """Measure each body sentence; returns the features with the vectors that novelty is judged by."""
    body = [s for s in sentences if s.paragraph != TITLE]
    counts = [count_grams(s.text) for s in body]
    line = " ".join(s.text for s in sentences if s.paragraph == TITLE)
    title = _Title(count_grams(line), frozenset(_WORD.findall(line.lower())) - _STOP)
    vectors = weigh_grams(counts)
    centrality = _relative(_centralities(vectors))
    overlap = _relative([_covered(title.grams, count) for count in counts])
    return [
        _measure_one(
            s.text,
            (i, len(body)),
            title,
            centrality=centrality[i],
            overlap=overlap[i],
            terms=len(terms.find(s.text)),
        )
        for i, s in enumerate(body)
    ], vectors


def score(features: Features, weights: Features) -> float:
    """Return the weighted sum, rounded so that no platform's last bit decides a choice."""
    return round(math.fsum(a * b for a, b in zip(astuple(features), astuple(weights), strict=True)), 9)


def _measure_one(
    text: str, place: tuple[int, int], title: _Title, *, centrality: float, overlap: float, terms: int
) -> Features:
    i, length = place
    words = _WORD.findall(text.lower())
    common = len(title.words.intersection(words))
    return Features(
        position=1 / math.sqrt(1 + i),
        late=i / max(1, length - 1),
        centrality=centrality,
        title=overlap,
        title_words=common / max(1, len(title.words)),
        title_cosine=common / math.sqrt(max(1, len(set(words)) * len(title.words))),
        quoted_name=float(any(m[1].isupper() for m in _QUOTED_NAME.finditer(text))),
        terms=min(1.0, terms / 4),
        figures=count_figures(text) / 4,
        length=min(1.0, len(words) / 25),
        speech=float(bool(_SPEECH.search(text))),
        unfinished=float(not text.rstrip(' ”"’)').endswith(".")),
    )


def count_figures(text: str) -> int:
    """Count the numbers of a Vietnamese sentence that are no dates, up to 4."""
    return min(4, len(_FIGURE.findall(_DATE.sub("", text))))


def falls_short(text: str) -> bool:
    """Say whether a Vietnamese sentence tells what was not reached, is lacking or goes wrong."""
    return bool(_SHORTFALL.search(text))


def _centralities(vectors: Sequence[Mapping[str, float]]) -> list[float]:
    total: Counter[str] = Counter()
    for vector in vectors:
        total.update(vector)
    return [math.fsum(v * (total[g] - v) for g, v in vector.items()) for vector in vectors]


def _covered(title: Counter[str], count: Counter[str]) -> float:
    return sum(min(n, count[g]) for g, n in title.items()) / max(1, title.total())


def _relative(values: Sequence[float]) -> list[float]:
    best = max(values, default=0.0)
    return [v / best if best > 0 else 0.0 for v in values]
