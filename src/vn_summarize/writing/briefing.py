"""The briefing as JSON and as one page of Markdown; nothing of the articles' text acts as markup."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from itertools import groupby
from urllib.parse import quote

from vn_summarize.briefing.contents import Briefing, Event, FigureRow, Frequent, Group, Passage, Report, Story
from vn_summarize.briefing.grouping import week_of
from vn_summarize.verification.english_dates import MONTHS
from vn_summarize.writing.markdown import escape, render_table

BRIEFING_SCHEMA = 1
"""The version of the briefing's form (data/briefing.schema.json)."""

_LEGEND = (
    "Machine translation. Each line names its article and, behind the colon, the numbers of its sentences there; "
    "⚠ marks a line in doubt, with the number of the doubt on the article's page."
)
_DATED = {"article": "", "text": " (by its text)", "": ""}


def render_briefing_json(briefing: Briefing, indent: int | None = 1) -> str:
    """Give the briefing as JSON, on one line with `indent` None: the same results always give the same bytes."""
    record = {"schema": BRIEFING_SCHEMA, **asdict(briefing)}
    return json.dumps(record, ensure_ascii=False, allow_nan=False, indent=indent) + "\n"


def render_briefing_markdown(briefing: Briefing, base: str = "") -> str:
    """Give the briefing as a page; `base` is the way from the page to the results' folder, "" or with a final "/"."""
    sections = (
        ("What happened", _stories(briefing, base)),
        ("Programs and campaigns", _groups("Program", briefing.programs, escape)),
        ("Weeks", _groups("Week", sorted(briefing.weeks, key=lambda week: week.name or "9999"), _week)),
        ("Figures", _figures(briefing.stories, base)),
        ("Most frequent terms", _frequent(briefing.terms, base)),
        ("Most frequent bodies", _frequent(briefing.bodies, base)),
        ("Timeline", _timeline(briefing.timeline, base)),
    )
    blocks = ["# Briefing", _opening(briefing), *_notes(briefing, base), _LEGEND]
    blocks += [f"## {heading}\n\n{body}" for heading, body in sections if body]
    return "\n\n".join(blocks) + "\n"


def _opening(briefing: Briefing) -> str:
    line = f"{_count(briefing.articles, 'article')}, {_count(briefing.story_count, 'story')}"
    if briefing.first:
        line += f", {_day(briefing.first)} to {_day(briefing.last)}"
    if briefing.since or briefing.until:
        bounds = (("from", briefing.since), ("until", briefing.until))
        line += "; asked for: " + " ".join(f"{word} {_day(day)}" for word, day in bounds if day)
    return f"{line}."


def _notes(briefing: Briefing, base: str) -> Iterator[str]:
    told = len(briefing.stories)
    if told < briefing.story_count:
        index = f"[index.md]({_href('index.md', base)})"
        yield f"The {told} stories of most articles, then the latest, are told here; {index} has all articles."
    if briefing.undated:
        yield f"Articles without a date: {briefing.undated}."
    if briefing.left_out:
        yield f"Articles outside of the dates asked for, or without a date: {briefing.left_out}."
    if briefing.versions > 1:
        yield f"⚠ {briefing.versions} versions of vn-summarize, or models, made these results."
    if briefing.unreadable:
        paths = ", ".join(map(escape, briefing.unreadable))
        yield f"⚠ {_count(len(briefing.unreadable), 'record')} could not be used: {paths}."


def _stories(briefing: Briefing, base: str) -> str:
    numbers = {place.name: place for place in briefing.places}
    blocks = []
    for place, stories in groupby(briefing.stories, key=lambda story: story.place):
        whole = numbers[place]
        count = f"{_count(whole.articles, 'article')}, {_count(whole.story_count, 'story')}"
        blocks.append(f"### {escape(place) or 'No place named'} ({count})")
        for week, these in groupby(stories, key=lambda story: week_of(story.date)):
            blocks.append(f"#### {_week(week)}")
            for story in these:
                blocks += _story(story, base)
    return "\n\n".join(blocks)


def _story(story: Story, base: str) -> Iterator[str]:
    day = f" · {_day(story.date)}{_DATED[story.dated]}" if story.date else ""
    programs = "".join(f" · {escape(name)}" for name in story.programs)
    headline = f"**{story.number}. {escape(story.headline.text)}** {_where([story.headline], base)}{day}{programs}"
    yield f'<a id="story-{story.number}"></a>{headline}'
    if story.summary:
        yield " ".join(f"{escape(passage.text)} {_where([passage], base)}" for passage in story.summary)
    if len(story.reports) > 1:
        yield f"{len(story.reports)} articles: " + "; ".join(_report(report, base) for report in story.reports)
        if table := _side_by_side(story, base):
            yield table


def _report(report: Report, base: str) -> str:
    notes = [
        escape(report.source),
        _day(report.date) if report.date else "",
        "nearly the same text" if report.same_text else "",
    ]
    doubts = f"⚠ {_count(report.doubts, 'doubt')}" if report.doubts else ""
    said = ", ".join(note for note in (*notes, doubts) if note)
    return f"[{escape(report.article)}]({_href(report.page, base)})" + (f" ({said})" if said else "")


def _side_by_side(story: Story, base: str) -> str:
    """Give the figures in which the articles differ, an article a column."""
    rows = [row for row in story.figures if row.differs]
    told = [r for r in story.reports if any(value.article == r.article for row in rows for value in row.values)]
    header = ("Figures that differ", *(escape(report.source or report.article) for report in told))
    cells = []
    for row in rows:
        values = {value.article: f"{escape(value.text)} {_where([value], base)}" for value in row.values}
        cells.append((_what(row), *(values.get(report.article, "") for report in told)))
    return render_table(header, cells)


def _what(row: FigureRow) -> str:
    return _parts(row.counted, row.action) or escape(row.sentence.text)


def _figures(stories: Sequence[Story], base: str) -> str:
    """Give a row for each figure that several articles have, and one for each other sentence with all its figures."""
    rows = []
    for story in stories:
        number = _numbers([story.number])
        alone: dict[Passage, list[str]] = {}
        for row in story.figures:
            if len(row.values) > 1:
                rows.append((number, _figure(row), escape(row.sentence.text), _where(row.values, base)))
            else:
                alone.setdefault(row.sentence, []).append(_figure(row))
        for sentence, figures in alone.items():
            rows.append((number, "; ".join(figures), escape(sentence.text), _where([sentence], base)))
    missing = sum(story.figure_count - len(story.figures) for story in stories)
    table = render_table(("Story", "Figures", "The sentence", "Where"), rows)
    return table + (
        f"\n\n{_count(missing, 'more figure')} of these stories: on the articles' pages." if missing else ""
    )


def _figure(row: FigureRow) -> str:
    texts = " / ".join(dict.fromkeys(value.text for value in row.values))
    return _parts(texts, row.counted, row.action) + (" **differs**" if row.differs else "")


def _parts(*texts: str) -> str:
    return " · ".join(escape(text) for text in texts if text)


def _groups(title: str, groups: Sequence[Group], name: Callable[[str], str]) -> str:
    rows = [
        (name(group.name), str(group.articles), str(group.story_count), _numbers(group.stories)) for group in groups
    ]
    return render_table((title, "Articles", "Stories", "Told as"), rows)


def _frequent(terms: Sequence[Frequent], base: str) -> str:
    rows = [
        (escape(term.english), escape(term.source), str(term.articles), _where([term.example], base)) for term in terms
    ]
    return render_table(("English", "Vietnamese", "Articles", "First in"), rows)


def _timeline(events: Sequence[Event], base: str) -> str:
    rows = [
        (
            _day(event.date) + (" (published)" if event.kind == "published" else ""),
            escape(event.passage.text),
            _numbers([event.story]),
            _where([event.passage], base),
        )
        for event in events
    ]
    return render_table(("Day", "What", "Story", "Where"), rows)


def _numbers(numbers: Iterable[int]) -> str:
    return ", ".join(f"[{number}](#story-{number})" for number in numbers)


def _where(passages: Sequence[Passage], base: str) -> str:
    """Link to each article, with the sentences and the doubts about them."""
    links = []
    for passage in passages:
        sentences = ", ".join(map(str, passage.sentences))
        doubts = f" ⚠{', '.join(map(str, passage.doubts))}" if passage.doubts else ""
        links.append(f"[{escape(passage.article)}: {sentences}]({_href(passage.page, base)}){doubts}")
    return f"({'; '.join(links)})"


def _href(page: str, base: str) -> str:
    return quote(base + page, errors="surrogateescape")


def _week(monday: str) -> str:
    if not monday:
        return "Date unknown"
    first = date.fromisoformat(monday)
    last = first + timedelta(days=6)
    end = f"{last.day}" if last.month == first.month else f"{MONTHS[last.month - 1]} {last.day}"
    return f"{MONTHS[first.month - 1]} {first.day} to {end}, {last.year}"


def _day(iso: str) -> str:
    """Write a date as American news does: "June 8, 2022"; "June 8" where the year is not known."""
    year, month, day = iso[:-6].strip("-"), int(iso[-5:-3]), int(iso[-2:])
    return f"{MONTHS[month - 1]} {day}" + (f", {year}" if year else "")


def _count(number: int, noun: str) -> str:
    many = noun.removesuffix("y") + "ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else many}"
