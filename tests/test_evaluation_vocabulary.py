"""What a model knows of the built-in terms, and what the program makes of it."""

from collections.abc import Sequence

from test_evaluation_terms import script

from vn_summarize.backends import DEFAULT_DECODING, Decoding, Translation
from vn_summarize.glossary.formats import load_builtin
from vn_summarize.glossary.terms import Term

vocabulary = script("vocabulary")

DUCKS, PIGS = Term("con ngan", "Muscovy ducks"), Term("lợn nái", "sows")


class Obedient:
    """Knows pigs only, and says what it is told."""

    fingerprint = "obedient"
    unsure_below = -9.0
    knows_terms = True

    def fits(self, text: str) -> bool:
        return True

    def translate(self, texts: Sequence[str], decoding: Decoding = DEFAULT_DECODING) -> list[Translation]:
        return [Translation(self.answer(text), -0.1) for text in texts]

    def answer(self, text: str) -> str:
        told = next((t.target for t in (DUCKS, PIGS) if f"{t.target}<unused2>" in text), "")
        return f"In this commune, many people talk about {told or ('sows' if 'lợn' in text else 'tigers')}."


def test_what_is_known_alone_and_what_only_when_told_are_counted_apart() -> None:
    known = vocabulary.measure([DUCKS, PIGS], [DUCKS, PIGS], Obedient())
    assert [(k.alone.hits, k.told.hits) for k in known] == [(0, 1), (1, 1)]
    table = vocabulary.render_table(known, {"con ngan": "agriculture", "lợn nái": "agriculture"})
    assert "| agriculture | 2 | 50.0 % | 100.0 % |" in table


def test_each_built_in_term_has_a_domain() -> None:
    assert {term.source for term in load_builtin()} <= set(vocabulary.domains())
