from vn_summarize.document import Article, Document, Sentence, TranslatedDocument, TranslatedSentence
from vn_summarize.summarization.pairs import Pair
from vn_summarize.summarization.references import Told, list_people, offices, resolve
from vn_summarize.verification.checks import check_facts

EVENT = (
    "Sáng 12/5, Bí thư Huyện ủy Trần Văn Bền chủ trì hội nghị sơ kết một năm làm nhà cho hộ nghèo.",
    "On the morning of May 12, Secretary of the District Party Committee Trần Văn Bền chaired a conference to review"
    " one year of building houses for the poor.",
)
ASKED = ("Ông đề nghị các xã làm nhanh hơn.", "He asked the communes to work faster.")
NAMED = ("Ông Trần Văn Bền đề nghị các xã làm nhanh hơn.", "Mr. Trần Văn Bền asked the communes to work faster.")
REPORTED = ("Tại hội nghị, ba xã nêu cách làm hay.", "At the conference, three communes told how they did it.")


def build(*pairs: tuple[str, str]) -> TranslatedDocument:
    sentences = tuple(
        TranslatedSentence(Sentence(i, 0, source, source), english, checks=check_facts(source, english))
        for i, (source, english) in enumerate(pairs)
    )
    return TranslatedDocument(Document(Article("a", "a.txt", "", ()), tuple(s.source for s in sentences)), sentences)


def tell(translated: TranslatedDocument, *indexes: int, spare: int = 100) -> list[Told]:
    told = [Told(i, Pair(translated.sentences[i].text, translated.sentences[i].source.text), (i,)) for i in indexes]
    people = list_people(translated)
    usual = {name: offices(fact.title)[0] for name, fact in people.titled.items()}
    return resolve(told, translated, people, usual, spare)


def test_the_conference_is_named_where_its_sentence_is_not_told() -> None:
    (told,) = tell(build(EVENT, REPORTED), 1)
    assert told.pair == Pair(
        "At the conference to review one year of building houses for the poor, three communes told how they did it.",
        "Tại hội nghị sơ kết một năm làm nhà cho hộ nghèo, ba xã nêu cách làm hay.",
    )
    assert told.sources == (0, 1)


def test_the_conference_stays_where_its_sentence_is_told_or_no_side_explains_it() -> None:
    assert tell(build(EVENT, REPORTED), 0, 1)[1].sources == (1,)
    bare = ("Huyện họp bàn.", "The district held a conference to review its work.")
    assert tell(build(bare, REPORTED), 1)[0].pair.english == REPORTED[1]


def test_a_pronoun_becomes_the_person_of_the_nearest_sentence_with_one() -> None:
    (told,) = tell(build(EVENT, ASKED), 1)
    assert told.pair.english == (
        "Secretary of the District Party Committee Trần Văn Bền asked the communes to work faster."
    )
    assert told.pair.vietnamese == "Ông Trần Văn Bền đề nghị các xã làm nhanh hơn."
    assert told.sources == (0, 1)


def test_a_pronoun_stays_where_two_people_may_be_meant_or_the_person_is_told_of() -> None:
    two = (
        "Ông Trần Văn Bền và bà Lê Thị Na đến thăm xã.",
        "Mr. Trần Văn Bền and Ms. Lê Thị Na visited the commune.",
    )
    assert tell(build(two, ASKED), 1)[0].pair.english == ASKED[1]
    assert tell(build(EVENT, ASKED), 0, 1)[1].pair.english == ASKED[1]


def test_the_first_mention_of_a_person_carries_the_title_and_its_sentence() -> None:
    (told,) = tell(build(EVENT, NAMED), 1)
    assert told.pair.english == (
        "Secretary of the District Party Committee Trần Văn Bền asked the communes to work faster."
    )
    assert told.sources == (0, 1)
    assert tell(build(EVENT, NAMED), 0, 1)[1].pair.english == NAMED[1]


def test_nothing_is_put_in_that_has_no_room() -> None:
    assert tell(build(EVENT, REPORTED), 1, spare=3)[0].pair.english == REPORTED[1]


def test_a_name_inside_another_name_gets_no_title() -> None:
    school = ("Trường Trần Văn Bền có 40 lớp.", "The school has 40 classes at Trần Văn Bền Street.")
    translated = build(EVENT, school)
    assert tell(translated, 1)[0].pair.english == school[1]


def test_offices_of_a_title_are_told_apart() -> None:
    assert offices("member of the Board, Secretary of the Party Committee and Head of the Bank") == [
        "member of the Board",
        "Secretary of the Party Committee",
        "Head of the Bank",
    ]
    assert offices("Head of the Department of Science and Technology") == [
        "Head of the Department of Science and Technology"
    ]
