"""Models side by side: every measure with its interval, how far each is ahead of the first, where they differ most.

Intervals are paired bootstrap resampling (Koehn 2004, "Statistical significance tests for machine translation
evaluation"): all models are scored anew on the same SAMPLES draws of sentences, with replacement; 95 % of the scores
lie in the interval.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vn_summarize.evaluation import Pair, Share, count_names, count_numbers, count_terms, is_half, is_loop
from vn_summarize.glossary.terms import TermMatch

SAMPLES = 1000
SEED = 2004
_LIMITS = (2.5, 97.5)

Array = NDArray[np.float64]
Matches = Sequence[Sequence[TermMatch]]


@dataclass(frozen=True, slots=True)
class Trial:
    """What a model made of the sources, in their order; `seconds` without loading, peak of its process, MB."""

    model: str
    fingerprint: str
    texts: tuple[str, ...]
    load_seconds: float
    seconds: float
    peak_mb: float | None  # None: the system does not say

    @property
    def speed(self) -> float:
        """Give the sentences a second."""
        return len(self.texts) / max(self.seconds, 1e-9)


@dataclass(frozen=True, slots=True)
class Statistics:
    """A measure as counts that add up: a row for each sentence, and the score of a sum of rows."""

    rows: Array
    score: Callable[[Array], float]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value, and the interval of its resamples."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Row:
    """A measure of each model, and of each but the first how far it is ahead of the first; of `cases` cases."""

    measure: str
    cases: int
    values: tuple[Estimate, ...]
    ahead: tuple[Estimate, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with its translations and their chrF, in the order of the models"""

    line: int
    source: str
    reference: str
    texts: tuple[str, ...]
    chrf: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that was measured; the signatures are sacrebleu's."""

    trials: tuple[Trial, ...]
    rows: tuple[Row, ...]
    examples: tuple[Example, ...]
    signatures: tuple[str, ...]


def compare(
    pairs: Sequence[Pair], trials: Sequence[Trial], asked: Mapping[str, Matches], examples: int = 0
) -> Comparison:
    """Compare trials with each other, at least one, on at least one pair.

    `asked`: the terms that count in each sentence, under the name of their measure. A measure without cases is
    left out. Raises ModuleNotFoundError without sacrebleu.
    """
    measured = [gather(pairs, trial.texts, asked) for trial in trials]
    samples = resample([[s for s, _ in systems.values()] for systems in measured])
    rows = []
    for i, name in enumerate(measured[0]):
        wholes = [statistics.score(statistics.rows.sum(axis=0)) for statistics, _ in (m[name] for m in measured)]
        values = [_estimate(whole, drawn[i]) for whole, drawn in zip(wholes, samples, strict=True)]
        ahead = [_estimate(w - wholes[0], drawn[i] - samples[0][i]) for w, drawn in zip(wholes, samples, strict=True)]
        rows.append(Row(name, measured[0][name][1], tuple(values), tuple(ahead[1:])))
    chrf = [[m["chrF"][0].score(row) for row in m["chrF"][0].rows] for m in measured]
    return Comparison(tuple(trials), tuple(rows), choose_examples(pairs, trials, chrf, examples), _signatures())


def gather(
    pairs: Sequence[Pair], texts: Sequence[str], asked: Mapping[str, Matches]
) -> dict[str, tuple[Statistics, int]]:
    """Give each measure's statistics of a set of translations, and how many cases it has."""
    triples = [(pair.source, text, pair.target) for pair, text in zip(pairs, texts, strict=True)]
    shares = {
        "numbers": [count_numbers(text, reference) for _, text, reference in triples],
        "names": [count_names(*triple) for triple in triples],
        **{name: [count_terms([m], [t]) for m, t in zip(found, texts, strict=True)] for name, found in asked.items()},
        "whole": [Share(int(_is_whole(text, reference)), 1) for _, text, reference in triples],
    }
    measures = {name: (likeness(name, texts, [p.target for p in pairs]), len(pairs)) for name in ("BLEU", "chrF")}
    for name, counted in shares.items():
        if cases := sum(share.total for share in counted):
            rows = np.array([(share.hits, share.total) for share in counted], dtype=np.float64)
            measures[name] = (Statistics(rows, _percent), cases)
    return measures


def likeness(name: str, texts: Sequence[str], references: Sequence[str]) -> Statistics:
    """Give the statistics of sacrebleu's BLEU or chrF."""
    metric = _metrics()[name]
    # Not sacrebleu's interface, but what its own significance tests call; it has no interval of a difference.
    rows = np.array(metric._extract_corpus_statistics(list(texts), [list(references)]), dtype=np.float64)
    return Statistics(rows, lambda row: float(metric._compute_score_from_stats([int(n) for n in row]).score))


def resample(systems: Sequence[Sequence[Statistics]]) -> Array:
    """Score every measure of every system on the same draws: systems x measures x SAMPLES, the same on every call."""
    random, sentences = np.random.default_rng(SEED), len(systems[0][0].rows)
    scores = np.empty((len(systems), len(systems[0]), SAMPLES))
    for sample in range(SAMPLES):
        times = np.bincount(random.integers(sentences, size=sentences), minlength=sentences).astype(np.float64)
        for i, measures in enumerate(systems):
            scores[i, :, sample] = [statistics.score(times @ statistics.rows) for statistics in measures]
    return scores


def chrf_interval(texts: Sequence[str], references: Sequence[str]) -> Estimate:
    """Give chrF of one set of translations with its interval."""
    statistics = likeness("chrF", texts, references)
    return _estimate(statistics.score(statistics.rows.sum(axis=0)), resample([[statistics]])[0, 0])


def choose_examples(
    pairs: Sequence[Pair], trials: Sequence[Trial], chrf: Sequence[Sequence[float]], count: int
) -> tuple[Example, ...]:
    """Give the sentences on which the models' chrF is farthest apart, of a single model those it does worst."""
    scores = list(zip(*chrf, strict=True))
    best = 100.0 if len(trials) == 1 else 0.0
    order = sorted(range(len(pairs)), key=lambda i: min(scores[i]) - max(*scores[i], best))
    return tuple(
        Example(pairs[i].line, pairs[i].source, pairs[i].target, tuple(t.texts[i] for t in trials), scores[i])
        for i in order[:count]
        if len(trials) == 1 or max(scores[i]) > min(scores[i])
    )


def table(comparison: Comparison) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Give the header and the rows of the table: a column for each model, then one for each but the first."""
    first, *others = comparison.trials
    header = ("", *(t.model for t in comparison.trials), *(f"{t.model} − {first.model}" for t in others))
    rows = [
        (
            f"{row.measure}{'' if row.measure in ('BLEU', 'chrF') else f', % of {row.cases}'}",
            *(f"{e.value:.1f} ({e.low:.1f}–{e.high:.1f})" for e in row.values),
            *(f"{e.value:+.1f} ({e.low:+.1f} to {e.high:+.1f}){' *' if e.low * e.high > 0 else ''}" for e in row.ahead),
        )
        for row in comparison.rows
    ]
    speeds = ("sentences/s", *(f"{t.speed:.2f}" for t in comparison.trials))
    loads = ("loading, s", *(f"{t.load_seconds:.1f}" for t in comparison.trials))
    peaks = ("peak memory, MB", *(f"{t.peak_mb:.0f}" if t.peak_mb else "–" for t in comparison.trials))
    ratios = tuple(f"× {t.speed / first.speed:.2f}" for t in others)
    return header, [*rows, (*speeds, *ratios), *((*cells, *("" for _ in others)) for cells in (loads, peaks))]


def legend(comparison: Comparison) -> list[str]:
    """Say what the table's numbers are, in lines."""
    star = "; *: zero lies outside" if len(comparison.trials) > 1 else ""
    return [
        f"In parentheses 95 % of {SAMPLES:,} paired bootstrap samples (Koehn 2004), seed {SEED}{star}.",
        *comparison.signatures,
        *(f"{trial.model}: {trial.fingerprint}" for trial in comparison.trials),
    ]


def render_markdown(comparison: Comparison, title: str) -> str:
    """Write the table, what it means, and the examples in Markdown."""
    header, rows = table(comparison)
    lines = [f"| {' | '.join(map(_cell, cells))} |" for cells in (header, *rows)]
    lines.insert(1, "|---" + "|--:" * (len(header) - 1) + "|")
    parts = [f"# {_line(title)}", "\n".join(lines), "\n".join(f"- {_line(text)}" for text in legend(comparison))]
    if comparison.examples:
        parts.append(f"## {examples_title(comparison)}")
    for example in comparison.examples:
        texts = (("Vietnamese", example.source), ("reference", example.reference), *_answers(comparison, example))
        parts.append(f"### Line {example.line}")
        parts.append("\n".join(f"- **{_line(who)}**: {_line(text)}" for who, text in texts))
    return "\n\n".join(parts) + "\n"


def render_examples(comparison: Comparison) -> list[str]:
    """Write the examples in lines of plain text."""
    lines = [examples_title(comparison)] if comparison.examples else []
    for example in comparison.examples:
        lines += ["", f"line {example.line}: {example.source}", f"  reference: {example.reference}"]
        lines += [f"  {who}: {text}" for who, text in _answers(comparison, example)]
    return lines


def examples_title(comparison: Comparison) -> str:
    """Say which sentences the examples are."""
    return "Where they differ most" if len(comparison.trials) > 1 else "Where it does worst"


def record(comparison: Comparison) -> dict[str, Any]:
    """Give everything but the translations as plain JSON values."""
    models = [
        {
            "model": trial.model,
            "fingerprint": trial.fingerprint,
            "sentences_per_second": trial.speed,
            "load_seconds": trial.load_seconds,
            "peak_mb": trial.peak_mb,
            "measures": {row.measure: asdict(row.values[i]) | {"cases": row.cases} for row in comparison.rows},
            "ahead_of_first": {row.measure: asdict(row.ahead[i - 1]) for row in comparison.rows} if i else None,
        }
        for i, trial in enumerate(comparison.trials)
    ]
    return {
        "sentences": len(comparison.trials[0].texts),
        "bootstrap": {"samples": SAMPLES, "seed": SEED, "percent": 95},
        "signatures": list(comparison.signatures),
        "models": models,
        "examples": [asdict(example) for example in comparison.examples],
    }


def _answers(comparison: Comparison, example: Example) -> list[tuple[str, str]]:
    texts = zip(comparison.trials, example.texts, example.chrf, strict=True)
    return [(f"{trial.model} (chrF {chrf:.0f})", text) for trial, text, chrf in texts]


def _metrics() -> dict[str, Any]:
    from sacrebleu.metrics.bleu import BLEU  # noqa: PLC0415 - an extra, and slow to import
    from sacrebleu.metrics.chrf import CHRF  # noqa: PLC0415

    return {"BLEU": BLEU(), "chrF": CHRF()}


def _signatures() -> tuple[str, ...]:
    """Give sacrebleu's signatures of one reference for each sentence."""
    metrics = _metrics()
    for metric in metrics.values():
        metric.corpus_score(["a"], [["a"]])  # the number of references is known after a score only
    return tuple(f"{name}: {metric.get_signature()}" for name, metric in metrics.items())


def _estimate(value: float, samples: Array) -> Estimate:
    low, high = np.percentile(samples, _LIMITS)
    return Estimate(value, float(low), float(high))


def _percent(row: Array) -> float:
    return Share(int(row[0]), int(row[1])).percent


def _is_whole(text: str, reference: str) -> bool:
    return bool(text.strip()) and not is_loop(text, reference) and not is_half(text, reference)


def _line(text: str) -> str:
    return " ".join(text.split())


def _cell(text: str) -> str:
    return _line(text).replace("|", "\\|")
