"""What a briefing holds: frozen values, each line with the article and the sentences that it comes from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """English out of an article's record, and where it stands."""

    text: str
    article: str  # Article.id
    page: str  # POSIX path below the results' folder
    sentences: tuple[int, ...]  # Sentence.index
    doubts: tuple[int, ...] = ()  # numbers of the findings, of severity error or warning, about these sentences


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of a story, as each article has it."""

    counted: str  # what the figure counts, "" where that is not known
    action: str  # what was done with it, "" where that is not known
    sentence: Passage  # that states it: of the first article in `values`
    values: tuple[Passage, ...]  # the figure's English, at most one for each article
    differs: bool  # two articles give different values


@dataclass(frozen=True, slots=True)
class Report:
    """One article of a story."""

    article: str
    page: str
    source: str  # the site or paper, "" when unknown
    date: str  # ISO 8601, "" when unknown
    same_text: bool  # nearly the text of the story's first article
    doubts: int  # findings of severity error or warning in all of it


@dataclass(frozen=True, slots=True)
class Story:
    """One event, as one or several articles tell it.

    Headline, summary and programs are those of the first report, date and place those of the first that has one.
    """

    number: int  # from 1, in the order of the page
    date: str  # ISO 8601, "" when unknown
    dated: str  # what the date comes from: "article", "text" (a date in its first sentences), ""
    place: str  # in English, "" when none is named
    programs: tuple[str, ...]  # in English
    headline: Passage
    summary: tuple[Passage, ...]
    reports: tuple[Report, ...]
    figures: tuple[FigureRow, ...]  # those that differ first
    figure_count: int  # of all: `figures` may be the first of them only


@dataclass(frozen=True, slots=True)
class Group:
    """The stories of one place, program or week (its Monday; "" when the date is unknown)."""

    name: str
    articles: int
    story_count: int
    stories: tuple[int, ...]  # Story.number of those that are told


@dataclass(frozen=True, slots=True)
class Frequent:
    """A glossary term or a body, and how many articles have it."""

    source: str  # in Vietnamese
    english: str
    articles: int
    example: Passage  # where the first article has it


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the timeline."""

    date: str  # ISO 8601; "--06-08" where no year is known
    kind: str  # "stated" by the sentence, or "published": the article's own date
    story: int
    passage: Passage


@dataclass(frozen=True, slots=True)
class Briefing:
    """What happened, by the results in a folder."""

    since: str  # ISO 8601, "" without a bound
    until: str
    first: str  # date of the first and the last article, "" when no date is known
    last: str
    articles: int
    undated: int  # of them
    left_out: int  # articles outside the bounds, or undated while there are bounds
    unreadable: tuple[str, ...]  # records that cannot be read
    versions: int  # versions or models that made the records
    story_count: int  # `stories` may be the largest of them only
    stories: tuple[Story, ...]
    places: tuple[Group, ...]
    programs: tuple[Group, ...]
    weeks: tuple[Group, ...]
    terms: tuple[Frequent, ...]
    bodies: tuple[Frequent, ...]
    timeline: tuple[Event, ...]
