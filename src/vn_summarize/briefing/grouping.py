"""Stories by place, program and week; the terms and bodies that most articles have."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeAlias

from vn_summarize.briefing.contents import Frequent, Group
from vn_summarize.briefing.entries import Entry
from vn_summarize.briefing.passages import Record, quote
from vn_summarize.glossary.surfaces import canonical
from vn_summarize.glossary.terms import PLACES

FREQUENT = 20
"""Terms, and bodies, that a briefing lists."""

_Key: TypeAlias = tuple[str, str]  # "term" or "body", and its name


def week_of(day: str) -> str:
    """Give the Monday of a day's week, "" for no day."""
    if not day:
        return ""
    found = date.fromisoformat(day)
    return (found - timedelta(days=found.weekday())).isoformat()


def group(
    stories: Sequence[tuple[Entry, ...]],
    names: Callable[[Sequence[Entry]], Iterable[str]],
    told: Sequence[int],
) -> tuple[Group, ...]:
    """Group stories by what `names` says of each: the groups with most articles first, what has no name last.

    `told`: the numbers of the stories, 0 for those that the briefing has no room for.
    """
    articles: Counter[str] = Counter()
    members: dict[str, list[int]] = {}
    for number, story in zip(told, stories, strict=True):
        for name in dict.fromkeys(names(story)):
            articles[name] += len(story)
            members.setdefault(name, []).append(number)
    order = sorted(members, key=lambda name: (not name, -articles[name], name))
    return tuple(
        Group(name, articles[name], len(members[name]), tuple(sorted(n for n in members[name] if n))) for name in order
    )


class Counts:
    """How many articles have which binding term and which body; the order in which they come does not matter."""

    def __init__(self) -> None:
        self._articles: Counter[_Key] = Counter()
        self._first: dict[_Key, Frequent] = {}

    def add(self, record: Record, page: str) -> None:
        """Count the terms of an article that its translation has, and its bodies; preferred words are no news."""
        id = record["article"]["id"]
        seen: set[_Key] = set()
        for key, source, english, shown, sentence in _mentions(record):
            if key in seen:
                continue
            seen.add(key)
            self._articles[key] += 1
            if key not in self._first or id < self._first[key].example.article:
                self._first[key] = Frequent(source, english, 0, quote(record, page, shown, (sentence,)))

    def most(self, kind: str) -> tuple[Frequent, ...]:
        """Give the terms ("term") or bodies ("body") that most articles have."""
        keys = (key for key in self._articles if key[0] == kind)
        order = sorted(keys, key=lambda key: (-self._articles[key], key))
        return tuple(replace(self._first[key], articles=self._articles[key]) for key in order[:FREQUENT])


def _mentions(record: Record) -> Iterator[tuple[_Key, str, str, str, int]]:
    """Yield key, Vietnamese, English, the English as it stands there, and the sentence of what is counted."""
    bodies = [fact for fact in record["key_facts"] if fact["kind"] == "body"]
    named = {fact["source"] for fact in bodies}
    for sentence in record["sentences"]:
        for use in sentence["terms"]:
            wanted = use["status"] == "met" and use["policy"] != "prefer" and use["origin"] != PLACES
            if wanted and use["source"] not in named:
                name = use["term"] or canonical(use["source"])
                yield ("term", name), name, use["target"] or use["rendered"], use["rendered"], sentence["index"]
    for fact in bodies:
        key = fact["text"].casefold().removeprefix("the ")
        yield ("body", key), fact["source"], fact["text"], fact["text"], fact["sentence"]
