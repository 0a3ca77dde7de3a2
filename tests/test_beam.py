import itertools

from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.backends import Decoding
from vn_summarize.backends.beam import Beam

END = 0


def search(decoding: Decoding, limit: int, table: dict[tuple[int, ...], list[tuple[float, int]]]) -> Beam:
    """Search with the next tokens that `table` gives for what was written; by default the end."""
    beam, rows = Beam(decoding, END, limit), [()]
    while True:
        best = [table.get(row, [(0.0, END), (-9.0, 9)]) for row in rows]
        parents = beam.advance([[s for s, _ in row] for row in best], [[t for _, t in row] for row in best])
        if beam.done:
            return beam
        rows = [(*rows[parent], token) for parent, token in zip(parents, beam.last, strict=True)]


def test_the_likelier_whole_beats_the_likelier_beginning() -> None:
    table = {(): [(-0.1, 1), (-0.3, 2)], (1,): [(-5.0, 3), (-6.0, END)], (2,): [(-0.1, 4), (-6.0, END)]}
    assert search(Decoding(beam=1), 10, table).best()[0].tokens == (1, 3)
    assert search(Decoding(beam=2), 10, table).best()[0].tokens == (2, 4)


def test_the_score_is_the_mean_over_the_tokens_and_the_end() -> None:
    (best,) = search(Decoding(beam=1), 10, {(): [(-0.5, 1)], (1,): [(-0.7, END)]}).best()
    assert (best.tokens, best.complete) == ((1,), True)
    assert abs(best.score + 0.6) < 1e-9


def test_the_limit_leaves_the_answer_incomplete() -> None:
    table = {tuple([1] * n): [(-0.1, 1)] for n in range(5)}
    (best,) = search(Decoding(beam=1), 3, table).best()
    assert (best.tokens, best.complete) == ((1, 1, 1), False)


def test_no_ngram_comes_twice() -> None:
    always = [(-0.1, 1), (-0.2, 2), (-0.9, END)]
    beam = search(Decoding(beam=1, no_repeat_ngram=2), 8, {**dict.fromkeys(prefixes(6), always)})
    tokens = beam.best()[0].tokens
    pairs = list(itertools.pairwise(tokens))
    assert len(pairs) == len(set(pairs))


def prefixes(longest: int) -> list[tuple[int, ...]]:
    done: list[tuple[int, ...]] = [()]
    for prefix in done:
        if len(prefix) < longest:
            done += [(*prefix, 1), (*prefix, 2)]
    return done


def test_a_penalty_makes_room_for_new_tokens() -> None:
    table = {(): [(-0.1, 1)], (1,): [(-1.0, 1), (-1.2, 2)]}
    assert search(Decoding(beam=1), 10, table).best()[0].tokens == (1, 1)
    assert search(Decoding(beam=1, repetition_penalty=1.5), 10, table).best()[0].tokens == (1, 2)


@given(st.integers(1, 4), st.lists(st.integers(1, 5), max_size=6))
def test_what_is_certain_is_found_with_any_width(width: int, wanted: list[int]) -> None:
    table = {
        tuple(wanted[:n]): [(0.0, token), (-50.0, END), (-60.0, 7), (-61.0, 8), (-62.0, 6)]
        for n, token in enumerate(wanted)
    }
    assert search(Decoding(beam=width), 20, table).best()[0].tokens == tuple(wanted)
