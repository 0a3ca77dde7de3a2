"""The briefing tells what its records say, in an order of its own."""

import json
from collections.abc import Sequence

import pytest
from briefing_articles import ARTICLES, plain_record, write_results
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.briefing import Briefing, Gathering, make_briefing
from vn_summarize.briefing.folder import Unreadable, find_pages, read_again, read_records


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("results")
    write_results(folder)
    return folder


def brief(records: Sequence[tuple[str, dict]], since: str = "", until: str = "", **more: int) -> Briefing:
    gathering = Gathering(since, until)
    for found in records:
        gathering.add(found)
    return make_briefing(gathering, dict(records).__getitem__, **more)


def read(folder) -> list[tuple[str, dict]]:
    return list(read_records(folder, iter(find_pages(folder))))


def ids(story) -> set[str]:
    return {report.article for report in story.reports}


def test_three_papers_about_one_conference_are_one_story_and_their_figures_stand_side_by_side(results):
    story = next(story for story in brief(read(results)).stories if len(story.reports) > 1)
    assert ids(story) == {"kontum/tong-ket", "mttq/phong-trao", "bao/bieu-duong"}
    row = story.figures[0]
    assert row.differs
    assert (row.counted, {v.article: v.text for v in row.values}) == (
        "poor households",
        {"kontum/tong-ket": "2,700", "mttq/phong-trao": "2,650", "bao/bieu-duong": "2,650"},
    )
    same = next(row for row in story.figures if "21 billion" in row.values[0].text)
    assert not same.differs
    assert len(same.values) == 2


def test_the_same_words_about_another_day_are_another_story(results):
    stories = [story for story in brief(read(results)).stories if "bao/tiem-phong" in ids(story)]
    assert [ids(story) for story in stories] == [{"bao/tiem-phong"}]


def test_all_english_is_the_record_s_and_every_line_names_its_sentence(results):
    made = brief(read(results))
    passages = [p for s in made.stories for p in (s.headline, *s.summary)]
    passages += [p for s in made.stories for row in s.figures for p in (row.sentence, *row.values)]
    passages += [t.example for t in (*made.terms, *made.bodies)] + [e.passage for e in made.timeline]
    for passage in passages:
        record = read_again(results, passage.page)
        assert record["article"]["id"] == passage.article
        assert passage.sentences
        said = [record["sentences"][i]["translation"] for i in passage.sentences]
        said += [s["text"] for s in record["summary"]["sentences"] if s["sources"] == list(passage.sentences)]
        said.append(record["summary"]["headline"]["text"])
        assert any(passage.text in text for text in said)


def test_a_line_in_doubt_has_the_numbers_of_its_doubts(results):
    records = read(results)
    page, record = next(found for found in records if found[1]["article"]["id"] == "kontum/tong-ket")
    doubtful = {f["sentence"]: f["number"] for f in record["findings"] if f["severity"] == "error"}
    lost = next(s["index"] for s in record["sentences"] if "640" in s["source"])
    assert lost in doubtful
    record["summary"]["sentences"] = [{"text": record["sentences"][lost]["translation"], "sources": [lost]}]
    (story,) = brief([(page, record)]).stories
    assert doubtful[lost] in story.summary[0].doubts
    assert not next(row for row in story.figures if "2,700" in row.values[0].text).values[0].doubts


def test_stories_are_grouped_by_place_program_and_week(results):
    made = brief(read(results))
    story = next(story.number for story in made.stories if len(story.reports) == 3)
    places = {group.name: (group.articles, group.story_count) for group in made.places}
    assert places == {"Kon Tum Province": (3, 1), "Ngọc Hồi District": (2, 2), "": (1, 1)}
    assert [(g.name, g.articles, g.stories) for g in made.programs] == [("Join hands for the poor", 3, (story,))]
    assert {g.name for g in made.weeks} == {"2022-06-06", "2022-06-20", "2022-06-27", ""}


def test_terms_bodies_and_the_timeline(results):
    made = brief(read(results))
    counts = {term.source: term.articles for term in made.terms}
    assert counts["hộ nghèo"] == 3
    assert any("People's Committee" in body.english for body in made.bodies)
    assert [event.date for event in made.timeline] == sorted(event.date for event in made.timeline)
    assert {"2022-06-08", "2022-06-20", "2022-06-27"} <= {event.date for event in made.timeline}


def test_bounds_leave_out_what_lies_outside_and_what_has_no_date(results):
    made = brief(read(results), since="2022-06-09", until="2022-06-20")
    assert {id for story in made.stories for id in ids(story)} == {
        "mttq/phong-trao",
        "bao/bieu-duong",
        "bao/tiem-phong",
    }
    assert (made.articles, made.left_out) == (3, 3)


def test_only_the_largest_stories_are_told_but_all_are_counted(results):
    made = brief(read(results), stories=1)
    assert [len(story.reports) for story in made.stories] == [3]
    assert (made.story_count, made.articles) == (4, len(ARTICLES))
    assert {group.name: group.stories for group in made.places}["Ngọc Hồi District"] == ()


@given(st.permutations(range(len(ARTICLES))))
def test_the_outcome_does_not_depend_on_the_order_of_the_files(results, order):
    records = read(results)
    assert brief([records[i] for i in order]) == brief(records)


WORDS = ("thôn", "xã", "hộ", "nghèo", "đường", "rẫy", "mưa", "lũ", "cầu", "trường", "lớp", "bò", "dê", "lúa")
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=3, max_size=9).map(" ".join)
RECORDS = st.lists(
    st.tuples(
        st.lists(SENTENCES, min_size=1, max_size=3),
        st.sampled_from(("", "2022-06-08", "2022-06-10", "2022-07-01")),
        st.lists(st.sampled_from(("June 8", "June 9", "June 8, 2022")), max_size=1),
    ),
    max_size=7,
)


@given(RECORDS, st.randoms())
def test_no_article_is_lost_or_told_twice_and_the_order_never_matters(drawn, dice):
    records = [(f"{i}.md", plain_record(str(i), *parts)) for i, parts in enumerate(drawn)]
    made = brief(records)
    told = [report.article for story in made.stories for report in story.reports]
    assert sorted(told) == sorted(record["article"]["id"] for _, record in records)
    dice.shuffle(records)
    assert brief(records) == made


@pytest.mark.parametrize(
    "broken",
    [
        {"sentences": [{"index": 1}]},
        {"sentences": "none"},
        {"key_facts": [{"kind": "figure", "text": "2", "sentence": 7, "counted": "", "action": ""}]},
        {"key_facts": [{"kind": "number", "text": "2", "sentence": 0}, {}]},
        {"summary": None},
        {"article": {"id": "a", "date": 7, "source": ""}},
    ],
)
def test_a_damaged_record_is_given_back_and_the_others_are_used(broken):
    gathering = Gathering()
    good = plain_record("good", ["Thôn 2 có 14 hộ nghèo."])
    assert isinstance(gathering.add(("bad.md", plain_record("bad", ["Một câu."]) | broken)), Unreadable)
    assert gathering.add(("good.md", good)) is None
    made = make_briefing(gathering, lambda page: good)
    assert (made.articles, made.unreadable) == (1, ("bad.md",))


def test_records_of_two_versions_are_noticed():
    records = [(f"{i}.md", plain_record(str(i), ["Một câu."], current={"signature": str(i)})) for i in range(2)]
    assert brief(records).versions == 2


def test_files_that_are_no_records_are_passed_over_and_broken_ones_named(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(plain_record("a", ["Một câu."])), encoding="utf-8")
    (tmp_path / "other.json").write_text('{"name": "no record"}', encoding="utf-8")
    (tmp_path / "cut.json").write_text('{"schema": 1, "current"', encoding="utf-8")
    (tmp_path / "new.json").write_text(json.dumps(plain_record("n", ["x"], schema=2)), encoding="utf-8")
    found = read(tmp_path)
    assert [f.path for f in found if isinstance(f, Unreadable)] == ["cut.json", "new.json"]
    assert [f[0] for f in found if not isinstance(f, Unreadable)] == ["a.json"]  # it has no page beside it
