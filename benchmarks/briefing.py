"""Measure the briefing over a large folder: the time of the processor, and the peak of memory.

    python benchmarks/briefing.py [--articles 10000] [--seed 1]

The records are made of syllables that mean nothing together, as long as those of real articles (24 sentences),
from five papers in ninety days. One article in three tells what another told: with changed figures, some
sentences left out and others of its own. How many of these come together again is counted too. Times are processor
time of one process, so that other work on the machine counts little; making the records is not measured.
"""

import argparse
import platform
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from vn_summarize.briefing import Gathering, make_briefing
from vn_summarize.briefing.folder import find_pages, read_again, read_records
from vn_summarize.briefing.stories import fold_stories
from vn_summarize.document import (
    TITLE,
    Article,
    ArticleResult,
    Check,
    Document,
    Fact,
    Place,
    Sentence,
    Summary,
    TermUse,
    TranslatedDocument,
    TranslatedSentence,
)
from vn_summarize.writing import Hashes, output_path, render_json
from vn_summarize.writing.briefing import render_briefing_json, render_briefing_markdown

SENTENCES = 24
WORDS = 28
PAPERS = ("bao-a.example", "bao-b.example", "bao-c.example", "dai-d.example", "mttq.example")
PLACES = tuple(f"Mẫu {number}" for number in range(1, 40))
SYLLABLES = tuple(
    onset + rhyme
    for onset in ("b", "ch", "đ", "g", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "r", "s", "t", "th", "tr", "v", "x")
    for rhyme in (
        "an",
        "ánh",
        "ào",
        "ây",
        "ậu",
        "ong",
        "ố",
        "ơi",
        "ùng",
        "uôi",
        "ương",
        "ía",
        "iên",
        "iều",
        "inh",
        "oan",
    )
)
TERMS = tuple((f"thuật ngữ {number}", f"term {number}") for number in range(400))


@dataclass(frozen=True, slots=True)
class Told:
    """What an article tells: the sentences with a gap for the figure, the figures, the place, the day."""

    event: int
    sentences: tuple[str, ...]
    figures: tuple[int, ...]
    place: str
    day: date  # of the event
    later: int = 0  # days until the paper tells it


def make_event(event: int, dice: random.Random) -> Told:
    # Some syllables are frequent, as in a language.
    weights = [1 / (rank + 2) for rank in range(len(SYLLABLES))]
    sentences = tuple(
        " ".join(dice.choices(SYLLABLES, weights, k=WORDS)).capitalize() + " {} hộ." for _ in range(SENTENCES)
    )
    figures = tuple(dice.randint(11, 9000) for _ in sentences)
    return Told(event, sentences, figures, dice.choice(PLACES), date(2022, 1, 1) + timedelta(dice.randrange(90)))


def retell(told: Told, dice: random.Random) -> Told:
    """Leave sentences out, change figures, and add sentences of one's own."""
    kept = [i for i in range(SENTENCES) if i < 2 or dice.random() < 0.7]
    own = make_event(told.event, dice).sentences[: SENTENCES - len(kept)]
    figures = [told.figures[i] if dice.random() < 0.8 else dice.randint(11, 9000) for i in kept]
    return replace(
        told,
        sentences=(*(told.sentences[i] for i in kept), *own),
        figures=(*figures, *(dice.randint(11, 9000) for _ in own)),
        later=dice.randrange(3),
    )


def make_result(id: str, told: Told, paper: str, dice: random.Random) -> ArticleResult:
    day = f"{told.day.day}/{told.day.month}"
    texts = [told.sentences[0].format(told.figures[0])[:60]]
    texts += [
        f"Ngày {day}, {s.format(f)}" if i == 0 else s.format(f)
        for i, (s, f) in enumerate(zip(told.sentences, told.figures, strict=True))
    ]
    sentences = tuple(Sentence(i, i // 4 if i else TITLE, text, text) for i, text in enumerate(texts))
    translated = tuple(_translate(sentence, told, dice) for sentence in sentences)
    facts = tuple(
        Fact("figure", f"{figure:,}", f"{figure} hộ", index, counted="households")
        for index, figure in enumerate(told.figures, 1)
    )
    facts += (Fact("body", "Provincial People's Committee", "Ủy ban nhân dân tỉnh", 1),)
    facts += (Fact("program", f"Program {told.event % 30}", f"Chương trình {told.event % 30}", 2),)
    place = Place(f"huyện {told.place}", "district", f"{told.place} District", f"{told.place} District", (0, 1))
    article = Article(
        id, f"{id}.txt", texts[0], tuple(texts[1:]), paper, (told.day + timedelta(told.later)).isoformat()
    )
    document = TranslatedDocument(Document(article, sentences), translated)
    summary = Summary(translated[0].text, (0,), (translated[1].text, translated[3].text), ((1,), (3,)), "")
    return ArticleResult(document, summary, (), (place,), facts)


def _translate(sentence: Sentence, told: Told, dice: random.Random) -> TranslatedSentence:
    uses = tuple(TermUse(vi, en, 0, en, "met", "plain", "force", "built-in", vi) for vi, en in dice.sample(TERMS, 4))
    month = ("January", "February", "March", "April")[told.day.month - 1]
    checks: tuple[Check, ...] = ()
    if sentence.index:
        figure = str(told.figures[sentence.index - 1])
        checks += (Check("number", f"{figure} hộ", f"{figure} households", figure, True),)
    if sentence.index == 1:
        expected = f"{month} {told.day.day}"
        checks += (Check("date", f"{told.day.day}/{told.day.month}", expected, expected, True),)
    return TranslatedSentence(sentence, f"English of {sentence.text}", uses, checks)


def write_folder(folder: Path, count: int, dice: random.Random) -> dict[str, int]:
    """Write the records; give the event that each article tells."""
    latest: list[Told] = []
    events: dict[str, int] = {}
    for number in range(count):
        if latest and dice.random() < 1 / 3:
            told = retell(dice.choice(latest), dice)
        else:
            told = make_event(number, dice)
            latest = [*latest[-199:], told]
        id = f"{number % 100:02}/{number:06}"
        result = make_result(id, told, PAPERS[number % len(PAPERS)], dice)
        path = output_path(folder, id, ".json")
        path.parent.mkdir(exist_ok=True)
        path.write_text(render_json(result, Hashes("made", "up", "by", "us")), encoding="utf-8")
        events[id] = told.event
    return events


def measure(folder: Path) -> tuple[list[tuple[str, str]], Gathering]:
    rows = []
    start = time.process_time()
    gathering = Gathering()
    for found in read_records(folder, iter(find_pages(folder))):
        gathering.add(found)
    read = time.process_time()
    made = make_briefing(gathering, lambda page: read_again(folder, page))
    grouped = time.process_time()
    sizes = [len(text) for text in (render_briefing_markdown(made), render_briefing_json(made))]
    end = time.process_time()
    rows.append(("reading the records", f"{read - start:.1f} s"))
    rows.append(("stories, groups, figures, timeline", f"{grouped - read:.1f} s"))
    rows.append(("rendering", f"{end - grouped:.1f} s ({sizes[0]:,} and {sizes[1]:,} characters)"))
    rows.append(("in all, of the processor", f"{end - start:.1f} s"))
    rows.append(("peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"))
    rows.append(("articles, stories", f"{made.articles:,}, {made.story_count:,}"))
    return rows, gathering


def count_pairs(gathering: Gathering, events: dict[str, int]) -> tuple[str, str]:
    """Say how many of the pairs of articles about one event stand in one story, and how many pairs are wrong."""
    together = right = 0
    for story in fold_stories(gathering.entries):
        together += len(story) * (len(story) - 1) // 2
        right += sum(n * (n - 1) // 2 for n in Counter(events[entry.id] for entry in story).values())
    wanted = sum(n * (n - 1) // 2 for n in Counter(events.values()).values())
    return "pairs of one event: all, together; pairs put together wrongly", f"{wanted}, {right}; {together - right}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        events = write_folder(Path(folder), options.articles, random.Random(options.seed))
        rows, gathering = measure(Path(folder))
    rows.append(count_pairs(gathering, events))
    print(f"`python {' '.join(sys.argv)}`, Python {platform.python_version()}, {platform.machine()}\n")
    print("| | |\n|---|---|")
    for title, value in rows:
        print(f"| {title} | {value} |")


if __name__ == "__main__":
    main()
