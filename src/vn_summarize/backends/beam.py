"""Beam search for one segment, over the best next tokens that an engine gives; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from vn_summarize.backends import Decoding

Tokens = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Tokens without the end token, with the mean log-probability of a token, the end token counted."""

    tokens: Tokens
    score: float
    complete: bool


class Beam:
    """The unfinished hypotheses of a segment, one for each row of the engine's batch.

    The search ends when `decoding.beam` hypotheses are finished and no live one is likelier for each token than
    the best of them, or when `limit` tokens are written. A repetition
    penalty multiplies the log-probability of a token that was written before; with `no_repeat_ngram` n,
    a token that would complete an n-gram again is not taken. Equal scores are settled by row, then by rank.
    """

    def __init__(self, decoding: Decoding, end: int, limit: int) -> None:
        self._decoding, self._end, self._limit = decoding, end, limit
        self._live: list[tuple[float, Tokens]] = [(0.0, ())]
        self._finished: list[Hypothesis] = []

    @property
    def done(self) -> bool:
        """Say whether the search has come to its end."""
        if not self._live or len(self._live[0][1]) >= self._limit:
            return True
        total, written = self._live[0]
        enough = len(self._finished) >= self._decoding.beam
        return enough and max(h.score for h in self._finished) >= total / max(1, len(written))

    @property
    def last(self) -> list[int]:
        """Give the last token of each live hypothesis."""
        return [tokens[-1] for _, tokens in self._live]

    def advance(self, scores: Sequence[Sequence[float]], tokens: Sequence[Sequence[int]]) -> list[int]:
        """Take the log-probabilities of each row's best next tokens; give the row that each new row continues."""
        width = self._decoding.beam
        candidates = [
            (-(total + self._penalised(written, token, score)), row, rank, token)
            for row, (total, written) in enumerate(self._live)
            for rank, (score, token) in enumerate(zip(scores[row], tokens[row], strict=True))
            if not self._repeats(written, token)
        ]
        parents: list[int] = []
        live: list[tuple[float, Tokens]] = []
        for place, (negative, row, _, token) in enumerate(sorted(candidates)):
            written = self._live[row][1]
            if token == self._end:
                if place < width:
                    self._finished.append(Hypothesis(written, -negative / (len(written) + 1), complete=True))
            elif len(live) < width:
                live.append((-negative, (*written, token)))
                parents.append(row)
        self._live = live
        return parents

    def best(self) -> list[Hypothesis]:
        """Give the hypotheses, best first: finished ones, else what there is when the limit ended the search."""
        if self._finished:
            return sorted(self._finished, key=lambda h: -h.score)
        total, tokens = self._live[0] if self._live else (0.0, ())
        return [Hypothesis(tokens, total / max(1, len(tokens)), complete=False)]

    def _penalised(self, written: Tokens, token: int, score: float) -> float:
        penalty = self._decoding.repetition_penalty
        return score * penalty if penalty != 1 and token in written else score

    def _repeats(self, written: Tokens, token: int) -> bool:
        n = self._decoding.no_repeat_ngram
        if n == 0 or len(written) < n:
            return False
        gram = (*written[len(written) - n + 1 :], token)
        return any(written[i : i + n] == gram for i in range(len(written) - n + 1))
