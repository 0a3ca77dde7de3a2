"""When it happened: the days that a story's sentences name."""

from collections.abc import Iterator

from vn_summarize.briefing.contents import Event
from vn_summarize.briefing.passages import Record, find_days, headline, lead, resolve, sentence


def list_events(record: Record, page: str, story: int, published: str) -> Iterator[Event]:
    """Yield the days that the first sentences and the summary's name, each once, by the first sentence that does.

    `published`: the article's date, by which a day gets its year. An article that names none of its days has
    the date itself.
    """
    told = {index for s in record["summary"]["sentences"] for index in s["sources"]}
    told.update(s["index"] for s in lead(record))
    seen: set[str] = set()
    for source in record["sentences"]:
        for day in find_days(source) if source["index"] in told else ():
            when = resolve(day, published)
            if when and when not in seen:
                seen.add(when)
                yield Event(when, "stated", story, sentence(record, page, source["index"]))
    if published and not seen:
        yield Event(published, "published", story, headline(record, page))
