"""How alike two articles are, by their Vietnamese: MinHash for copies, TF-IDF for other words about the same event.

Both are a few lines of numpy here. `datasketch` would bring scipy with it, a hundred megabytes for one function.
All that decides anything is exact (integers) or rounded, so that no platform's last bit moves an article.
"""

import hashlib
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray[Any, Any]

HASHES = 128
"""Of a MinHash: the standard error of the share of common shingles is at most 0.044 (Broder 1997)."""
WIDTH = 256
"""Of a sketch: the error of a cosine is about 1/16 (Charikar 2002), so that a sketch only proposes."""
SCALE = 4000
"""Length of a sketch. Products of integer vectors of this length stay below 2**24, where float32 is exact."""

_TOKENS = 1200  # of an article: news says what happened at its beginning, and memory stays flat
_LEAD = 120  # tokens that count twice: the title and the first paragraph
_BUCKETS = 1 << 20
_USUAL = 200  # articles: in a small folder two that share what no other has would seem less alike
_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, eq=False)
class Print:
    """What is kept of an article's text: its MinHash, and its pairs of syllables, hashed."""

    minima: Array  # uint32[HASHES]; the largest value in all for a text of under three syllables
    features: Array  # uint32, sorted, each once
    counts: Array  # uint8, how often each stands


def take_print(sentences: Sequence[str]) -> Print:
    """Give the print of an article: its sentences in Vietnamese, the title first."""
    tokens: list[str] = []
    for sentence in sentences:
        tokens += _WORD.findall(sentence.lower())
        if len(tokens) >= _TOKENS:
            break
    tokens = tokens[:_TOKENS]
    ids = np.fromiter(map(_token_id, tokens), dtype=np.uint64, count=len(tokens))
    # A copy with other figures is a copy: all numbers are one here.
    plain = np.fromiter(
        (_token_id(t if t.isalpha() else _DIGITS.sub("0", t)) for t in tokens), dtype=np.uint64, count=len(tokens)
    )
    features, counts = np.unique(_features(ids), return_counts=True)
    return Print(_minima(plain), features, np.minimum(counts, 255).astype(np.uint8))


def share_common(a: Print, b: Print) -> float:
    """Estimate the share of three-syllable shingles that two articles have in common, from 0 to 1."""
    return int(np.count_nonzero(a.minima == b.minima)) / HASHES


class Weights:
    """TF-IDF of a collection of articles."""

    def __init__(self) -> None:
        self._seen = np.zeros(_BUCKETS, dtype=np.int32)
        self._articles = 0

    def add(self, print_: Print) -> None:
        """Count an article of the collection."""
        self._articles += 1
        self._seen[np.unique(print_.features % _BUCKETS)] += 1

    def vector(self, print_: Print) -> Array:
        """Give the weights of an article's features as float64, the vector's length 1 (0 without features)."""
        seen = np.maximum(self._seen[print_.features % _BUCKETS], 1)
        raw = (1 + np.log(print_.counts)) * np.log(1 + max(self._articles, _USUAL) / seen)
        length = float(np.sqrt(np.sum(raw * raw)))
        return np.asarray(raw / length if length else raw)

    def sketch(self, print_: Print) -> Array:
        """Give an article's vector in WIDTH whole numbers, as int16: signed feature hashing (Weinberger 2009)."""
        hashed = _mix(print_.features.astype(np.uint64))
        signed = self.vector(print_) * np.where(hashed >> np.uint64(63), 1.0, -1.0)
        slots = (hashed % np.uint64(WIDTH)).astype(np.int64)
        sums = np.bincount(slots, weights=signed, minlength=WIDTH)
        length = float(np.sqrt(np.sum(sums * sums)))
        # Cut toward zero: rounding up might push the length beyond SCALE.
        return np.asarray(np.trunc(sums * (SCALE / length if length else 0.0)), dtype=np.int16)

    def compare(self, a: Print, b: Print) -> float:
        """Give the cosine of two articles, rounded."""
        common, left, right = np.intersect1d(a.features, b.features, assume_unique=True, return_indices=True)
        if not len(common):
            return 0.0
        return round(float(np.sum(self.vector(a)[left] * self.vector(b)[right])), 6)


@lru_cache(maxsize=1 << 17)
def _token_id(token: str) -> int:
    return zlib.crc32(token.encode("utf-8", "surrogatepass"))


def _mix(values: Array) -> Array:
    """Scatter 64-bit values: the finaliser of SplitMix64 (Steele, Lea and Flood 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(values ^ (values >> np.uint64(31)))


def _join(*parts: Array) -> Array:
    """Give one value for the tokens that stand side by side."""
    joined = parts[0]
    for part in parts[1:]:
        joined = _mix(joined * np.uint64(0x9E3779B97F4A7C15) + part)
    return joined


def _features(ids: Array) -> Array:
    """Give the pairs of tokens: most Vietnamese words are two syllables, and no list of stop words is needed."""
    pairs = _join(ids[:-1], ids[1:])
    return np.asarray(np.concatenate([pairs, pairs[:_LEAD]]) >> np.uint64(32), dtype=np.uint32)


def _minima(ids: Array) -> Array:
    if len(ids) < 3:
        return np.full(HASHES, 0xFFFFFFFF, dtype=np.uint32)
    shingles = np.unique(_join(ids[:-2], ids[1:-1], ids[2:]))
    factors, shifts = _permutations()
    # Multiply-shift hashing (Dietzfelbinger 1997): the upper half of a*x + b.
    hashed = factors[:, None] * shingles[None, :]
    hashed += shifts[:, None]
    return np.asarray(hashed.min(axis=1) >> np.uint64(32), dtype=np.uint32)


@lru_cache(maxsize=1)
def _permutations() -> tuple[Array, Array]:
    drawn = [
        int.from_bytes(hashlib.blake2b(f"{kind}{i}".encode(), digest_size=8).digest(), "little")
        for kind in "ab"
        for i in range(HASHES)
    ]
    values = np.array(drawn, dtype=np.uint64)
    return values[:HASHES] | np.uint64(1), values[HASHES:]
