"""Measure the choice of sentences against editors' abstracts, and fit its weights.

    python evaluation/summaries.py vietnews-dev.jsonl.xz [--fit]

Rows have title, abstract and paragraphs (the first is the body). Even rows are for fitting, odd rows for testing.
ROUGE is F1 over lower-case Vietnamese syllables, in percent; compare only within this script. The terms are the
built-in ones. LexRank, TextRank and LSA are sumy's (pip install sumy), over the same sentences and syllables.
"""

import argparse
import json
import lzma
import math
import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, fields
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.models.dom import Sentence as SumySentence
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from vn_summarize.document import TITLE, Sentence
from vn_summarize.glossary.formats import load_builtin
from vn_summarize.glossary.place_terms import PlaceTerms
from vn_summarize.segmentation import split_sentences
from vn_summarize.summarization.features import (
    WEIGHTS,
    Features,
    count_figures,
    falls_short,
    measure,
    points_back,
    score,
)
from vn_summarize.summarization.selection import Candidate, choose

Array = NDArray[np.float64]
NAMES = tuple(field.name for field in fields(Features))


@dataclass(frozen=True, slots=True)
class Example:
    """An article ready for choosing: its sentences as text and syllables, and its editor's abstract."""

    number: int
    texts: tuple[str, ...]
    tokens: tuple[tuple[str, ...], ...]
    reference: tuple[str, ...]
    features: tuple[Features, ...]
    vectors: tuple[dict[str, float], ...]


class SumyRank(Protocol):
    """A sentence as sumy ranks it."""

    order: int  # its place in the text


class Syllables:
    """The tokenizer that sumy's documents ask for, so that all systems see the same sentences and syllables."""

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """Split a sentence as ROUGE does."""
        return tokenize(sentence)


def tokenize(text: str) -> tuple[str, ...]:
    """Split a text into lower-case syllables and numbers."""
    return tuple(re.findall(r"\w+", text.lower()))


def load_examples(path: Path) -> list[Example]:
    """Read the corpus and measure each article; a row without an abstract has it as its first paragraph."""
    terms = PlaceTerms(load_builtin())
    opener = lzma.open if path.suffix == ".xz" else open
    examples = []
    with opener(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            paragraphs = [row["abstract"], *row["paragraphs"]] if "abstract" in row else row["paragraphs"]
            texts = tuple(s for s in split_sentences(paragraphs[1]) if tokenize(s)) if len(paragraphs) > 1 else ()
            if not texts or not (reference := tokenize(paragraphs[0])):
                continue
            sentences = [Sentence(0, TITLE, row["title"], row["title"])]
            sentences += [Sentence(i, 0, text, text) for i, text in enumerate(texts, start=1)]
            features, vectors = measure(sentences, terms)
            tokens = tuple(map(tokenize, texts))
            examples.append(Example(number, texts, tokens, reference, tuple(features), tuple(vectors)))
    return examples


def f1(candidate: Sequence[object], reference: Sequence[object]) -> float:
    """Return the F1 of two bags."""
    hits = (Counter(candidate) & Counter(reference)).total()
    return 2 * hits / max(1, len(candidate) + len(reference))


def rouge(candidate: Sequence[str], reference: Sequence[str]) -> tuple[float, float, float]:
    """Return ROUGE-1, ROUGE-2 and (summary-level) ROUGE-L in percent."""
    row = [0] * (len(reference) + 1)
    for token in candidate:
        before, row = row, [0]
        for j, other in enumerate(reference):
            row.append(before[j] + 1 if token == other else max(before[j + 1], row[j]))
    longest = 2 * row[-1] / max(1, len(candidate) + len(reference))
    return (
        100 * f1(candidate, reference),
        100 * f1(list(pairwise(candidate)), list(pairwise(reference))),
        100 * longest,
    )


Ranking = Callable[[Example], Sequence[int]]


def rank_lead(example: Example) -> Sequence[int]:
    """Rank sentences as they stand."""
    return range(len(example.texts))


def rank_randomly(example: Example) -> Sequence[int]:
    """Shuffle the sentences; seeded by the article's number."""
    return random.Random(example.number).sample(range(len(example.texts)), len(example.texts))


def rank_by_sumy(example: Example, summarizer: Callable[..., object]) -> Sequence[int]:
    """Rank with one of sumy's summarizers, which hands its ranked sentences to whoever cuts them off.

    A sentence that stands twice counts once, as there.
    """
    tokenizer = Syllables()
    body = Paragraph([SumySentence(text, tokenizer) for text in example.texts])
    ranking: list[int] = []

    def note(infos: Sequence[SumyRank]) -> Sequence[SumyRank]:
        ranking.extend(info.order for info in infos)
        return infos

    summarizer(ObjectDocumentModel([body]), note)
    return ranking or range(len(example.texts))


def rank_oracle(example: Example) -> Sequence[int]:
    """Rank greedily by what each sentence adds to ROUGE-1 + ROUGE-2 against the abstract itself."""
    pairs = list(pairwise(example.reference))
    chosen: list[int] = []
    while len(chosen) < min(4, len(example.texts)):

        def worth(i: int) -> float:
            tokens = [t for j in sorted((*chosen, i)) for t in example.tokens[j]]
            return f1(tokens, example.reference) + f1(list(pairwise(tokens)), pairs)

        chosen.append(max((i for i in range(len(example.texts)) if i not in chosen), key=worth))
    return chosen


def rank_ours(example: Example, weights: Features = WEIGHTS) -> Sequence[int]:
    """Rank as `summarize` chooses, with every sentence fitting."""
    candidates = [
        Candidate(
            i, score(features, weights), vector, points_back(text), lambda _: 1, count_figures(text), falls_short(text)
        )
        for i, (features, vector, text) in enumerate(zip(example.features, example.vectors, example.texts, strict=True))
    ]
    return tuple(choose(candidates, 8, 8))


def take(example: Example, ranking: Sequence[int], sentences: int | None, syllables: int | None) -> list[str]:
    """Take the first sentences of a ranking, or as many as fill the syllables (the last one cut), in text order."""
    parts: dict[int, tuple[str, ...]] = {}
    left = math.inf if syllables is None else syllables
    for i in ranking[:sentences]:
        parts[i] = example.tokens[i][: int(min(left, len(example.tokens[i])))]
        left -= len(parts[i])
    return [token for i in sorted(parts) for token in parts[i]]


def fit(examples: Sequence[Example], sharpness: float = 20.0, ridge: float = 1e-3, steps: int = 500) -> Features:
    """Fit the weights by Adam: each article's softmax of scores to the softmax of its sentences' ROUGE-1 and -2."""
    x = np.array([astuple(f) for e in examples for f in e.features])
    goal = np.array([sum(rouge(t, e.reference)[:2]) / 200 for e in examples for t in e.tokens]) * sharpness
    sizes = [len(e.texts) for e in examples]
    starts, owner = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(sizes)), sizes)

    def softmax(z: Array) -> Array:
        e = np.exp(z - np.maximum.reduceat(z, starts)[owner])
        return np.asarray(e / np.add.reduceat(e, starts)[owner])

    target, weights = softmax(goal), np.zeros(len(NAMES))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        slope = x.T @ (softmax(x @ weights) - target) / len(examples) + ridge * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights -= 0.03 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return Features(*(round(float(w), 2) for w in weights))


def interval(values: Array, resamples: int) -> tuple[float, float]:
    """Return the 95 % percentile bootstrap interval of the mean."""
    draws = np.random.default_rng(0).integers(0, len(values), (resamples, len(values)))
    low, high = np.percentile(values[draws].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def render_table(examples: Sequence[Example], systems: dict[str, Ranking], resamples: int) -> str:
    """Score every system at each length and render the table in Markdown."""
    lines = ["| length | system | syllables | ROUGE-1 (95 %) | ROUGE-2 | ROUGE-L | ours ahead in ROUGE-1 by (95 %) |"]
    lines.append("|---|---|---|---|---|---|---|")
    rankings = {name: [rank(e) for e in examples] for name, rank in systems.items()}
    for label, sentences, syllables in (
        *((f"{k} sentence{'s' * (k > 1)}", k, None) for k in (1, 2, 3)),
        *((f"{n} syllables", None, n) for n in (40, 60, 80, 100)),
    ):
        taken = {
            name: [take(e, r, sentences, syllables) for e, r in zip(examples, ranked, strict=True)]
            for name, ranked in rankings.items()
        }
        scores = {
            name: np.array([rouge(t, e.reference) for t, e in zip(texts, examples, strict=True)])
            for name, texts in taken.items()
        }
        for name, values in scores.items():
            low, high = interval(values[:, 0], resamples)
            one, two, longest = values.mean(axis=0)
            size = np.mean([len(text) for text in taken[name]])
            ahead = scores["ours"][:, 0] - values[:, 0]
            gap = (
                ""
                if name == "ours"
                else "{:+.1f} ({:+.1f} to {:+.1f})".format(ahead.mean(), *interval(ahead, resamples))
            )
            cells = (
                label,
                name,
                f"{size:.0f}",
                f"{one:.1f} ({low:.1f}–{high:.1f})",
                f"{two:.1f}",
                f"{longest:.1f}",
                gap,
            )
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Fit on the even rows if asked to, and print the table of the odd ones."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("path", type=Path)
    parser.add_argument("--fit", action="store_true", help="fit the weights on the even rows and use those")
    parser.add_argument("--sample", type=int, help="use only the first N articles")
    parser.add_argument("--resamples", type=int, default=500)
    options = parser.parse_args()
    examples = load_examples(options.path)[: options.sample]
    train, test = [e for e in examples if e.number % 2 == 0], [e for e in examples if e.number % 2 == 1]
    weights = fit(train) if options.fit else WEIGHTS
    print(weights)
    systems: dict[str, Ranking] = {
        "LEAD": rank_lead,
        "random": rank_randomly,
        "LexRank": partial(rank_by_sumy, summarizer=LexRankSummarizer()),
        "TextRank": partial(rank_by_sumy, summarizer=TextRankSummarizer()),
        "LSA": partial(rank_by_sumy, summarizer=LsaSummarizer()),
        "ours": partial(rank_ours, weights=weights),
        "oracle": rank_oracle,
    }
    print(render_table(test, systems, options.resamples))


if __name__ == "__main__":
    main()
