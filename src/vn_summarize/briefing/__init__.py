"""The briefing: what happened, by the results in a folder.

Two readings: of every record the little that grouping needs, then again the records of the stories that are told.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from vn_summarize.briefing.contents import Briefing, Event, Report, Story
from vn_summarize.briefing.entries import Entry, parse_entry
from vn_summarize.briefing.figures import LISTED, compare_figures, list_figures
from vn_summarize.briefing.folder import Unreadable
from vn_summarize.briefing.grouping import Counts, group, week_of
from vn_summarize.briefing.passages import Record, headline, summary
from vn_summarize.briefing.similarity import share_common
from vn_summarize.briefing.stories import SAME_TEXT, fold_stories
from vn_summarize.briefing.timeline import list_events
from vn_summarize.writing.occurrences import distinct

__all__ = ["STORIES", "Briefing", "Gathering", "make_briefing"]

STORIES = 60
"""Stories that a briefing tells when nobody asks for more: about what one sitting reads."""

_COMPARED = 10  # articles of a story whose figures stand side by side


@dataclass(slots=True)
class Gathering:
    """What the first reading finds; the order of the records does not matter."""

    since: str = ""  # ISO 8601, "" without a bound
    until: str = ""
    entries: list[Entry] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    signatures: set[str] = field(default_factory=set)
    left_out: int = 0
    unreadable: list[Unreadable] = field(default_factory=list)

    def add(self, found: tuple[str, Record] | Unreadable) -> Unreadable | None:
        """Take in a record with its page, or one that cannot be read; give it back if it cannot be used."""
        if not isinstance(found, Unreadable):
            page, record = found
            try:
                entry = parse_entry(record, page)
                if not self._wants(entry):
                    self.left_out += 1
                    return None
                self.counts.add(record, page)
                self.signatures.add(record["current"]["signature"])
            except (KeyError, TypeError, IndexError, ValueError, AttributeError) as error:
                found = Unreadable(page, f"is damaged ({type(error).__name__}: {error}); do the run again")
            else:
                self.entries.append(entry)
                return None
        self.unreadable.append(found)
        return found

    def _wants(self, entry: Entry) -> bool:
        if not self.since and not self.until:
            return True
        return bool(entry.date) and self.since <= entry.date <= (self.until or "9999")


def make_briefing(gathering: Gathering, read: Callable[[str], Record], stories: int = STORIES) -> Briefing:
    """Fold what was gathered into stories and tell the largest of them; `read` gives the record of a page again."""
    folded = fold_stories(gathering.entries)
    told = _choose(folded, stories)
    numbers = {id(story): number for number, story in enumerate(told, 1)}
    order = [numbers.get(id(story), 0) for story in folded]
    made: list[Story] = []
    events: list[Event] = []
    for number, story in enumerate(told, 1):
        records = [read(entry.page) for entry in story[:_COMPARED]]
        made.append(_story(number, story, records))
        events += list_events(records[0], story[0].page, number, story[0].date)
    dates = sorted(entry.date for entry in gathering.entries if entry.date)
    english = _program_names(gathering.entries)
    return Briefing(
        since=gathering.since,
        until=gathering.until,
        first=dates[0] if dates else "",
        last=dates[-1] if dates else "",
        articles=len(gathering.entries),
        undated=len(gathering.entries) - len(dates),
        left_out=gathering.left_out,
        unreadable=tuple(sorted(found.path for found in gathering.unreadable)),
        versions=len(gathering.signatures),
        story_count=len(folded),
        stories=tuple(made),
        places=group(folded, lambda story: (_place(story),), order),
        programs=group(folded, lambda story: (english[key] for entry in story for key, _ in entry.programs), order),
        weeks=group(folded, lambda story: (week_of(_dated(story).date),), order),
        terms=gathering.counts.most("term"),
        bodies=gathering.counts.most("body"),
        timeline=tuple(sorted(events, key=lambda event: (event.date, event.story))),
    )


def _choose(stories: Sequence[tuple[Entry, ...]], most: int) -> list[tuple[Entry, ...]]:
    """Choose the stories of most articles, then the latest; give them by place, the busiest first, and date."""
    places = group(stories, lambda story: (_place(story),), [0] * len(stories))
    rank = {place.name: number for number, place in enumerate(places)}
    latest = sorted(sorted(stories, key=lambda s: s[0].id), key=lambda s: _dated(s).date, reverse=True)
    largest = sorted(latest, key=lambda s: -len(s))[:most]
    return sorted(largest, key=lambda s: (rank[_place(s)], _dated(s).date or "9999", s[0].id))


def _story(number: int, entries: Sequence[Entry], records: Sequence[Record]) -> Story:
    first, record = entries[0], records[0]
    figures = compare_figures([list_figures(r, e.page) for r, e in zip(records, entries, strict=False)])
    return Story(
        number=number,
        date=_dated(entries).date,
        dated=_dated(entries).dated,
        place=_place(entries),
        programs=tuple(text for _, text in first.programs),
        headline=headline(record, first.page),
        summary=summary(record, first.page),
        reports=tuple(_report(entry, first) for entry in entries),
        figures=figures[:LISTED],
        figure_count=len(figures),
    )


def _report(entry: Entry, first: Entry) -> Report:
    same = entry is not first and share_common(entry.print, first.print) >= SAME_TEXT
    return Report(entry.id, entry.page, entry.source, entry.date, same, entry.doubts)


def _dated(story: Sequence[Entry]) -> Entry:
    """Give the article that a story has its date from: the earliest."""
    return min(story, key=lambda entry: (entry.date or "9999", entry.id))


def _place(story: Sequence[Entry]) -> str:
    return next((entry.place for entry in story if entry.place), "")


def _program_names(entries: Sequence[Entry]) -> dict[str, str]:
    """Give each program one English name: that of the first article, by id."""
    ordered = sorted(entries, key=lambda entry: entry.id)
    return distinct(program for entry in ordered for program in entry.programs)
