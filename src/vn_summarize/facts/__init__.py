"""Key facts: who, where, when, under which program, by which document, how much; each with its sentence.

All English is taken from the checked translation: the words that answer the Vietnamese fact. What cannot be
aligned is left out.
"""

from collections.abc import Iterator
from typing import get_args

from vn_summarize.document import Fact, FactKind, TranslatedDocument, TranslatedSentence
from vn_summarize.facts.consolidation import consolidate
from vn_summarize.facts.figures import find_figures
from vn_summarize.facts.mentions import find_bodies, find_dates, find_documents, find_places, find_programs
from vn_summarize.facts.people import find_people

__all__ = ["find_facts", "show_fact"]

_KINDS: tuple[FactKind, ...] = get_args(FactKind)


def find_facts(translated: TranslatedDocument) -> tuple[Fact, ...]:
    """List the key facts by kind, then in reading order, each once, as `consolidate` chooses."""
    found = consolidate([fact for sentence in translated.sentences for fact in _facts_of(sentence)])
    return tuple(sorted(found, key=lambda fact: (_KINDS.index(fact.kind), fact.sentence)))


def show_fact(fact: Fact) -> str:
    """Give a fact on one line: "more than 2,700 · poor households · support"; a person's title stands first."""
    return " · ".join(part for part in (fact.title, fact.text, fact.counted, fact.action) if part)


def _facts_of(sentence: TranslatedSentence) -> Iterator[Fact]:
    for find in (find_dates, find_places, find_bodies, find_people, find_programs, find_documents, find_figures):
        yield from find(sentence)
