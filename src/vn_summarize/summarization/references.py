"""What a told sentence refers to, put in where the sentence that says it is not told.

A person's first mention carries the title, "he" becomes the name, "the conference" the conference that was meant.
All that is put in stands in the checked translation of another sentence, which becomes a source of this one.
"""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from vn_summarize.document import TITLE, Fact, TranslatedDocument, TranslatedSentence
from vn_summarize.facts.people import OFFICE, find_people, title_of
from vn_summarize.summarization.pairs import Pair

_EVENTS = {
    "conference": "hội nghị",
    "meeting": "cuộc họp|buổi họp|buổi làm việc|kỳ họp|cuộc gặp|buổi gặp",
    "session": "kỳ họp|phiên họp|buổi làm việc",
    "ceremony": "buổi lễ|lễ",
    "workshop": "hội thảo",
    "contest": "hội thi|cuộc thi",
    "congress": "đại hội",
}
"""English events with their Vietnamese; written by us."""

_THE_EVENT = re.compile(rf"\b(the) ({'|'.join(_EVENTS)})\b(?! (?:to|on|of|for)\b)", re.IGNORECASE)
_LONGEST = 16  # words of the event's name
_PRONOUN = re.compile(r"(?:He|She)(?= )")
_PRONOUN_SOURCE = re.compile(r"(?:Ông|Bà|Anh|Chị|Cô|Đồng chí)(?= [a-zđà-ỹ])")
_REACH = 3
"""Sentences before a pronoun in which the person is looked for: the nearest that names one, and only one."""


@dataclass(frozen=True, slots=True)
class Told:
    """A told sentence and the sentences that it comes from, in order."""

    index: int
    pair: Pair
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class People:
    """The people of an article: who stands in which sentence, and the mention of each with the fullest title."""

    mentions: Mapping[int, tuple[Fact, ...]]
    titled: Mapping[str, Fact]


def list_people(translated: TranslatedDocument) -> People:
    """List the people of an article with their titles."""
    mentions = {s.source.index: tuple(find_people(s)) for s in translated.sentences}
    titled: dict[str, Fact] = {}
    for fact in (fact for facts in mentions.values() for fact in facts if fact.title):
        if len(fact.title) > len(titled.get(fact.text, fact).title) or fact.text not in titled:
            titled[fact.text] = fact
    return People(mentions, titled)


def offices(title: str) -> list[str]:
    """Split a title: "member of A, Secretary of B and Head of C" holds three offices."""
    return re.split(rf",\s+(?:and\s+)?| and (?={OFFICE.pattern})", title, flags=re.IGNORECASE)


def resolve(
    told: Sequence[Told], translated: TranslatedDocument, people: People, usual: Mapping[str, str], spare: int
) -> list[Told]:
    """Resolve the references of the told sentences, in order, as long as `spare` words are left for it.

    `usual`: the one office that stands for each person's title.
    """
    done: list[Told] = []
    introduced: set[str] = set()
    for original in told:
        sentence = original
        indexes = {other.index for other in told} | {i for other in done for i in other.sources}
        spare, sentence = _afford(spare, sentence, _name_pronoun(sentence, people, indexes))
        spare, sentence = _afford(spare, sentence, _name_event(sentence, translated, indexes))
        for name in people.titled:
            if name in sentence.pair.english and name not in introduced:
                introduced.add(name)
                spare, sentence = _afford(spare, sentence, _introduce(sentence, people.titled[name], usual[name]))
        done.append(sentence)
    return done


def _afford(spare: int, before: Told, after: Told) -> tuple[int, Told]:
    cost = len(after.pair.english.split()) - len(before.pair.english.split())
    return (spare - cost, after) if cost <= spare else (spare, before)


def _add(told: Told, english: str, vietnamese: str, source: int) -> Told:
    return replace(told, pair=Pair(english, vietnamese), sources=tuple(sorted({*told.sources, source})))


def _introduce(told: Told, fact: Fact, office: str) -> Told:
    """Put a person's office before the name, unless an office stands there already."""
    name = re.escape(fact.text)
    found = re.search(
        rf"(?:\b(?:Mr|Mrs|Ms|Miss)\.? |\bComrade )?(?<![\w-]){name}(?![\w-]| [A-ZĐ]|['’])", told.pair.english
    )
    english = told.pair.english
    if not found or english.count(fact.text) > 1 or title_of(english, fact.text) or fact.sentence == told.index:
        return told
    before = english[: found.start()]
    if before and not re.search(r"(?:^|\s)[a-z]+,? $", before):
        return told
    office = office if before else office[:1].upper() + office[1:]
    return _add(told, f"{before}{office} {fact.text}{english[found.end() :]}", told.pair.vietnamese, fact.sentence)


def _name_pronoun(told: Told, people: People, indexes: Set[int]) -> Told:
    """Put the name for a "He" that opens a sentence, if the nearest sentence with a person is not told and has one."""
    english, source = _PRONOUN.match(told.pair.english), _PRONOUN_SOURCE.match(told.pair.vietnamese)
    nearest = next((i for i in range(told.index - 1, told.index - 1 - _REACH, -1) if people.mentions.get(i)), None)
    if not english or not source or nearest is None or nearest in indexes or len(people.mentions[nearest]) != 1:
        return told
    (person,) = people.mentions[nearest]
    return _add(
        told,
        person.text + told.pair.english[english.end() :],
        f"{source.group()} {person.source}{told.pair.vietnamese[source.end() :]}",
        nearest,
    )


def _name_event(told: Told, translated: TranslatedDocument, indexes: Set[int]) -> Told:
    """Put the event's purpose behind "the conference", from the nearest sentence before that has it on both sides."""
    english = _THE_EVENT.search(told.pair.english)
    if not english:
        return told
    nouns = _EVENTS[english[2].lower()]
    source = re.search(rf"\b(?:{nouns})\b", told.pair.vietnamese, re.IGNORECASE)
    first = re.compile(rf"\b(?:a|an)(?: [a-z-]+){{0,3}} {english[2].lower()}((?: to| on| of| for) [^,.;:“”\"]+)")
    for other in reversed([s for s in translated.sentences if s.source.index < told.index]):
        found, theirs = first.search(other.text), _event_source(other, nouns)
        if not found:
            continue
        if other.source.index in indexes or other.source.paragraph == TITLE or not source or not theirs:
            return told
        if len(found[1].split()) > _LONGEST:
            return told
        at, end = source.end(), english.end()
        vietnamese = f"{told.pair.vietnamese[:at]} {theirs}{told.pair.vietnamese[at:]}"
        text = told.pair.english[:end] + found[1].rstrip() + told.pair.english[end:]
        return _add(told, text, vietnamese, other.source.index)
    return told


def _event_source(sentence: TranslatedSentence, nouns: str) -> str:
    found = re.search(rf"\b(?:{nouns})\s+([^,.;:“”\"]+)", sentence.source.original, re.IGNORECASE)
    return found[1].strip() if found else ""
