"""The ways to enforce a term, each by itself, and the guard that they share."""

import re
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.backends import DEFAULT_DECODING, Decoding, Translation
from vn_summarize.document import Article, Document, Sentence, TranslatedDocument, TranslatedSentence
from vn_summarize.glossary.replacement import PLACEHOLDERS
from vn_summarize.glossary.terms import Term, TermBase
from vn_summarize.retries import TERM_STEPS
from vn_summarize.translation import translate_documents


class Scripted:
    """Answers from a function of the text; of a wide search it also gives the alternatives."""

    fingerprint = "scripted"
    unsure_below = -1.0

    def __init__(
        self, answer: Callable[[str], str], *, alternatives: tuple[str, ...] = (), knows_terms: bool = False
    ) -> None:
        self.answer, self.alternatives, self.knows_terms = answer, alternatives, knows_terms
        self.asked: list[str] = []

    def fits(self, text: str) -> bool:
        return len(text) < 300

    def translate(self, texts: Sequence[str], decoding: Decoding = DEFAULT_DECODING) -> list[Translation]:
        self.asked += texts
        others = self.alternatives if decoding.alternatives > 1 else ()
        return [Translation(self.answer(t), -0.3, alternatives=others) for t in texts]


def document(*texts: str) -> Document:
    return Document(Article("a", "a.txt", "", texts), tuple(Sentence(i, i, t, t) for i, t in enumerate(texts)))


def translate(text: str, translator: Scripted, *terms: Term, steps: Sequence[str] = TERM_STEPS) -> TranslatedSentence:
    (done,) = translate_documents([document(text)], translator, TermBase(terms), steps)
    return done.sentences[0]


POST = Term("trạm y tế", "health post", origin="mine")
SOURCE = "Xã có 3 trạm y tế mới."
PLAIN = "The commune has 3 new medical stations."


def test_the_target_is_written_into_the_source_in_the_place_of_the_term() -> None:
    switched = "Xã có 3 health post mới."
    translator = Scripted(lambda t: "The commune has 3 new health posts." if t == switched else PLAIN)
    done = translate(SOURCE, translator, POST)
    assert (done.text, done.terms[0].how) == ("The commune has 3 new health posts.", "code-switched")


@pytest.mark.parametrize(
    ("answer", "score", "taken"),
    [
        ("The commune now has 3 new medical stations.", -0.8, True),
        ("The commune now has 3 new medical stations.", -1.3, False),
        ("The commune has 3 new medical.", -0.8, False),  # surer, but "trạm" is lost
    ],
)
def test_a_wider_search_is_made_where_the_model_is_unsure(answer: str, score: float, taken: bool) -> None:
    class Unsure(Scripted):
        def translate(self, texts: Sequence[str], decoding: Decoding = DEFAULT_DECODING) -> list[Translation]:
            given = Translation(answer, score) if decoding.beam > 1 else Translation(PLAIN, -1.2)
            return [given for _ in texts]

    assert translate(SOURCE, Unsure(lambda _: PLAIN)).text == (answer if taken else PLAIN)


def test_of_two_answers_the_one_that_loses_less_is_taken_though_the_model_is_less_sure_of_it() -> None:
    class Wide(Scripted):
        def translate(self, texts: Sequence[str], decoding: Decoding = DEFAULT_DECODING) -> list[Translation]:
            first = Translation("The commune has 3 new ones.", -1.2)
            wide = Translation("The commune has 3 more.", -0.9, alternatives=(PLAIN,))
            return [wide if decoding.beam > 1 else first for _ in texts]

    assert translate(SOURCE, Wide(lambda _: PLAIN)).text == PLAIN


def test_a_clause_that_was_left_out_is_asked_for_again() -> None:
    source = "Huyện mở 12 lớp dạy nghề, giúp người dân ổn định cuộc sống và phát triển sản xuất."
    short = "The district opens 12 vocational classes."
    whole = "The district opens 12 vocational classes to help people settle down and develop production."

    class Wide(Scripted):
        def translate(self, texts: Sequence[str], decoding: Decoding = DEFAULT_DECODING) -> list[Translation]:
            return [Translation(whole if decoding.beam > 1 else short, -0.1) for _ in texts]

    done = translate(source, Wide(lambda _: short))
    assert (done.text, done.how) == (whole, "beam")


@pytest.mark.parametrize(("number", "how"), [("", "plain"), ("12 ", "split")])
def test_clauses_by_themselves_are_taken_only_where_a_fault_goes(number: str, how: str) -> None:
    source = (
        "Hôm nay trường học ở trung tâm xã mở 12 lớp học mới cho học sinh của các thôn ở xa, "
        "còn bệnh viện huyện khám bệnh cho người dân của các thôn ở gần."
    )
    school = "Today the school in the commune center opens {}new classes for students of remote villages"
    hospital = "the district hospital examines the people of nearby villages."

    def answer(text: str) -> str:
        if text == source:
            return f"{school.format('')}, while the district hospital examines villagers."
        return school.format(number) if "trường" in text else hospital

    assert translate(source, Scripted(answer)).how == how


def test_a_model_that_never_learned_inline_terms_is_not_shown_them() -> None:
    translator = Scripted(lambda _: PLAIN)
    translate(SOURCE, translator, POST)
    assert not any("<unused" in text for text in translator.asked)


def test_a_made_up_name_stands_for_the_term_while_the_model_translates() -> None:
    held = f"Xã có 3 {PLACEHOLDERS[0]} mới."
    translator = Scripted(lambda t: f"The commune has 3 new {PLACEHOLDERS[0]}." if t == held else PLAIN)
    done = translate(SOURCE, translator, POST)
    assert (done.text, done.terms[0].how) == ("The commune has 3 new health post.", "placeholder")


def test_a_kept_term_is_not_called_left_in_vietnamese() -> None:
    answers = {
        "Làng sửa nhà rông.": "It is repaired.",
        f"Làng sửa {PLACEHOLDERS[0]}.": f"They repair {PLACEHOLDERS[0]}.",
    }
    terms = TermBase([Term("nhà rông", "", policy="keep")])
    (done,) = translate_documents([document("Làng sửa nhà rông.")], Scripted(lambda t: answers.get(t, "House.")), terms)
    assert done.sentences[0].text == "They repair nhà rông."
    assert done.findings == ()


def test_the_alternatives_of_a_wide_search_are_looked_through() -> None:
    translator = Scripted(lambda _: PLAIN, alternatives=("The commune has 3 new health posts.",))
    done = translate(SOURCE, translator, POST, steps=["beam"])
    assert (done.text, done.terms[0].how) == ("The commune has 3 new health posts.", "beam")


def test_what_the_model_says_for_the_term_alone_is_replaced_in_the_sentence() -> None:
    translator = Scripted(lambda t: "Medical station." if t == "trạm y tế" else PLAIN)
    done = translate(SOURCE, translator, POST)
    assert (done.text, done.terms[0].how) == ("The commune has 3 new health posts.", "replaced")


def test_of_an_answer_with_a_wrong_number_only_the_term_is_taken() -> None:
    translator = Scripted(lambda t: "The commune has 8 new health posts." if "health post" in t else PLAIN)
    done = translate(SOURCE, translator, POST)
    assert (done.text, done.terms[0].how) == ("The commune has 3 new health posts.", "grafted")


@pytest.mark.parametrize(
    "answer",
    [
        "The commune has 8 new health posts.",  # a number
        "Health posts.",  # length
        "The health post of the commune has 3 new health posts.",  # the term more often than it is asked for
        "The commune of Ia Blang has 3 new health posts, health posts, health posts, health posts.",  # form
    ],
)
def test_a_term_is_never_bought_with_anything_else(answer: str) -> None:
    translator = Scripted(lambda t: answer if "health post" in t else PLAIN)
    done = translate(SOURCE, translator, POST, steps=["code-switched"])
    assert (done.text, done.terms[0].status) == (PLAIN, "unmet")


def test_two_steps_together_may_not_shorten_a_sentence_more_than_one() -> None:
    source = "Hội nghị bàn về trạm y tế, về trường học và về đường giao thông của xã."
    plain = "The conference discussed medical stations, schools and the roads of the commune today."
    answers = {
        "symposium bàn về trạm y tế, về trường học và về đường giao thông của xã.": (
            "The symposium discussed medical stations, schools and the roads there."
        ),
        "symposium bàn về health post, về trường học và về đường giao thông của xã.": (
            "The symposium discussed health posts and schools there."
        ),
    }
    translator = Scripted(lambda t: answers.get(t, plain))
    done = translate(source, translator, Term("hội nghị", "symposium"), POST, steps=["code-switched"])
    assert [u.status for u in done.terms] == ["met", "unmet"]


def test_terms_are_written_in_one_by_one_where_all_at_once_fail() -> None:
    source = "Hội nghị bàn về trạm y tế."
    answers = {
        "symposium bàn về health post.": "It was discussed.",
        "symposium bàn về trạm y tế.": "The symposium discussed stations.",
    }
    translator = Scripted(lambda t: answers.get(t, "The conference discussed stations."))
    done = translate(source, translator, Term("hội nghị", "symposium"), POST, steps=["code-switched"])
    assert done.text == "The symposium discussed stations."
    assert [(u.status, u.how) for u in done.terms] == [("met", "code-switched"), ("unmet", "")]


def test_a_preferred_term_costs_no_retry() -> None:
    translator = Scripted(lambda _: PLAIN)
    translate(SOURCE, translator, Term("trạm y tế", "health post", policy="prefer"))
    assert translator.asked == [SOURCE]


# Every occurrence is accounted for, whatever the terms, the text and the model.

SYLLABLES = ["xã", "hộ nghèo", "trạm y tế", "hội nghị", "nhà rông", "và", "có", "3", "bàn", ",", "mới"]
ENGLISH = ["the", "a", "health", "post", "posts", "poor", "households", "nhà", "rông", "and", "3", "tribe", ",", "met"]
TERMS = st.lists(
    st.builds(
        Term,
        source=st.sampled_from(["hộ nghèo", "trạm y tế", "hội nghị", "nhà rông", "xã"]),
        target=st.sampled_from(["poor household", "health post", "meeting", "the post", "No. 1 post"]),
        alternatives=st.sampled_from([(), ("poor",), ("tribe",)]),
        forbidden=st.sampled_from([(), ("tribe",), ("households", "poor")]),
        policy=st.sampled_from(["force", "force", "prefer", "keep", "forbid"]),
        case=st.sampled_from(["auto", "exact"]),
        origin=st.sampled_from(["mine", "yours"]),
    ),
    max_size=4,
)


def sentence(words: list[str]) -> st.SearchStrategy[str]:
    text = st.lists(st.sampled_from(words), min_size=1, max_size=9).map(" ".join)
    return text.flatmap(lambda t: st.sampled_from([t, f"{t}.", t.upper(), f'"{t}"', f"{t}?", t.capitalize()]))


def account(done: TranslatedDocument, terms: TermBase) -> None:
    """Hold what is reported of a document's terms to what is printed."""
    for s in done.sentences:
        matches = terms.find(s.source.text)
        assert [(u.source, u.start, u.policy) for u in s.terms] == [(m.text, m.start, m.term.policy) for m in matches]
        for use, match in zip(s.terms, matches, strict=True):
            words = [phrase for phrase in (match.term.target, *match.term.alternatives) if phrase]
            if use.status == "met" and use.policy in ("force", "prefer"):
                assert use.rendered
                assert use.rendered in s.text
                assert any(has_words(use.rendered, phrase) for phrase in words)
            if use.status == "met" and use.policy == "keep":
                assert use.rendered in s.text
                assert use.rendered.lower() == match.text.lower()
            assert (use.how != "") == (use.status == "met")
        unmet = [u for u in s.terms if u.status == "unmet" and u.policy != "prefer"]
        said = [f.message for f in done.findings if f.kind == "term" and f.sentence == s.source.index]
        assert {m.partition(": ")[2] for m in said} == {
            f"“{u.source}” should be “{u.target}” ({u.origin})" for u in unmet
        }
        assert sum(times(m) for m in said) == len(unmet)


def has_words(rendered: str, phrase: str) -> bool:
    """Say whether the words of a phrase stand in the rendering in their order, number aside."""
    words = iter(re.findall(r"\w+", rendered.lower()))
    return all(any(word.rstrip("s") == wanted.rstrip("s") for word in words) for wanted in content(phrase))


def content(phrase: str) -> list[str]:
    return [word for word in re.findall(r"\w+", phrase.lower()) if word not in ("the", "a", "an")]


def times(message: str) -> int:
    return int(message.split()[1]) if message.startswith("UNMET ") else 1


@given(st.data(), TERMS, st.lists(sentence(SYLLABLES), min_size=1, max_size=3), st.booleans())
def test_no_unmet_term_can_be_missed(data: st.DataObject, terms: list[Term], texts: list[str], knows: bool) -> None:
    said: dict[str, str] = {}

    def answer(text: str) -> str:
        return said.setdefault(text, data.draw(sentence(ENGLISH)))

    base = TermBase(terms)
    (done,) = translate_documents([document(*texts)], Scripted(answer, knows_terms=knows), base)
    account(done, base)


@given(TERMS, st.lists(sentence(SYLLABLES), min_size=2, max_size=4), st.integers(0, 9))
def test_a_document_is_the_same_alone_and_in_company(terms: list[Term], texts: list[str], seed: int) -> None:
    def answer(text: str) -> str:
        at = sum(map(ord, text)) + seed
        return " ".join(ENGLISH[(at * (k + 3)) % len(ENGLISH)] for k in range(6))

    base = TermBase(terms)
    documents = [document(t) for t in texts]
    together = translate_documents(documents, Scripted(answer), base)
    assert together == [translate_documents([d], Scripted(answer), base)[0] for d in documents]


def test_a_fact_that_was_lost_is_told_in_the_sentence_before_any_wider_search() -> None:
    told = "Xã có <unused0>12 hộ<unused1>12 households<unused2>."
    translator = Scripted(lambda t: "The commune has 12 households." if t == told else "It has some.", knows_terms=True)
    done = translate("Xã có 12 hộ.", translator)
    assert (done.text, done.how) == ("The commune has 12 households.", "inline")
    assert translator.asked == ["Xã có 12 hộ.", told]


def test_a_model_that_knows_no_inline_terms_is_not_told_facts() -> None:
    translator = Scripted(lambda _: "It has some.")
    translate("Xã có 12 hộ.", translator)
    assert not any("<unused0>" in text for text in translator.asked)


def test_a_word_whose_loss_turns_the_sentence_is_doubted_unless_a_term_says_its_english() -> None:
    has = "The station has two nurses more."
    (done,) = translate_documents([document("Trạm còn thiếu 2 y tá.")], Scripted(lambda _: has), TermBase([]))
    assert [(f.kind, f.severity, f.sentence) for f in done.findings] == [("omission", "warning", 0)]
    told = TermBase([Term("còn thiếu", "has more", alternatives=("has two nurses more",), origin="mine")])
    (done,) = translate_documents([document("Trạm còn thiếu 2 y tá.")], Scripted(lambda _: has), told)
    assert done.findings == ()
