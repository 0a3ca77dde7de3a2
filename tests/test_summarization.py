import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vn_summarize.document import (
    TITLE,
    Article,
    Document,
    Finding,
    Sentence,
    TranslatedDocument,
    TranslatedSentence,
)
from vn_summarize.errors import ConfigError
from vn_summarize.summarization import Form, Length, in_form, summarize
from vn_summarize.summarization.editing import (
    cut_tail,
    drop_asides,
    drop_connective,
    drop_offices,
    finish,
    make_headline,
)
from vn_summarize.summarization.features import WEIGHTS, count_figures, falls_short, measure, points_back, score
from vn_summarize.summarization.selection import Candidate, choose


class Terms:
    def __init__(self, *terms: str) -> None:
        self.terms = terms

    def find(self, text: str, /) -> list[str]:
        return [term for term in self.terms if term in text]


NO_TERMS = Terms()
TITLED = (
    (TITLE, "Huyện Bắc Sơn hỗ trợ 350 hộ nghèo làm nhà", "Bắc Sơn District helps 350 poor households build houses."),
    (
        0,
        "Sáng 12/5, UBND huyện Bắc Sơn tổ chức hội nghị sơ kết một năm hỗ trợ hộ nghèo làm nhà ở.",
        "On the morning of May 12, the Bắc Sơn District People's Committee held a conference to review one year of"
        " helping poor households build houses.",
    ),
    (
        1,
        "Đến nay, toàn huyện đã hỗ trợ 350 hộ nghèo làm nhà với tổng kinh phí 17,5 tỷ đồng.",
        "To date, the district has helped 350 poor households build houses with a total of 17.5 billion VND.",
    ),
    (
        1,
        "Đồng thời, phối hợp với các đoàn thể vận động ngày công.",
        "At the same time, it worked with mass organizations (including the Youth Union) to mobilize workdays.",
    ),
    (
        1,
        "Tuy nhiên, còn 42 hộ chưa được giải ngân vì thiếu đất ở.",
        "However, 42 households have not received the money because they lack residential land.",
    ),
    (
        2,
        "Phát biểu tại hội nghị, lãnh đạo huyện cảm ơn các đơn vị đã đồng hành trong thời gian qua.",
        "Speaking at the conference, district leaders thanked the units for their company in recent times.",
    ),
    (
        2,
        "Các đại biểu cũng tham quan một số mô hình trồng hồi, nuôi ong của bà con trong vùng.",
        "The delegates also visited a number of local models of growing star anise and keeping bees.",
    ),
)


def build(rows=TITLED, findings=()):
    sentences = tuple(
        TranslatedSentence(Sentence(i, paragraph, source, source), english)
        for i, (paragraph, source, english) in enumerate(rows)
    )
    document = Document(Article("a", "a.txt", "", ()), tuple(s.source for s in sentences))
    return TranslatedDocument(document, sentences, tuple(findings))


def words(text: str) -> list[str]:
    return re.findall(r"\w+(?:[.,’'-]\w+)*", text)


def is_subsequence(short: str, long: str) -> bool:
    """Say whether the words of `short` stand in `long` in that order, but for the first letter's case."""
    left = iter(words(long))
    first, *rest = words(short) or [""]
    capital = any(word in (first, first[:1].lower() + first[1:]) for word in left) if first else True
    return capital and all(word in left for word in rest)


# Whole articles


def test_summary_tells_chosen_sentences_in_order_with_their_numbers():
    summary = summarize(build(), NO_TERMS, Length(sentences=3))
    assert len(summary.sentences) == len(summary.sources) == 3
    assert summary.sources == tuple(sorted(summary.sources))
    assert summary.text == " ".join(summary.sentences)
    assert all(is_subsequence(s, TITLED[n][2]) for s, (n,) in zip(summary.sentences, summary.sources, strict=True))


def test_title_is_the_headline_without_its_full_stop_and_never_a_summary_sentence():
    summary = summarize(build(), NO_TERMS, Length(sentences=6))
    assert summary.headline == "Bắc Sơn District helps 350 poor households build houses"
    assert summary.headline_sources == (0,)
    assert (0,) not in summary.sources


def test_sentence_that_answers_the_title_is_preferred_to_the_first():
    title = (
        TITLE,
        "17,5 tỷ đồng giúp 350 hộ nghèo toàn huyện làm nhà",
        "17.5 billion VND for 350 poor households' houses",
    )
    assert summarize(build((title, *TITLED[1:])), NO_TERMS, Length(sentences=1)).sources == ((2,),)


def test_doubtful_sentence_gives_way_to_one_nearly_as_good():
    ((best,),) = summarize(build(), NO_TERMS, Length(sentences=1)).sources
    doubt = Finding("number", "error", "a figure is missing", sentence=best)
    warning = replace(doubt, severity="warning")
    assert summarize(build(findings=[doubt]), NO_TERMS, Length(sentences=1)).sources != ((best,),)
    assert summarize(build(findings=[warning]), NO_TERMS, Length(sentences=1)).sources == ((best,),)


def test_doubts_about_every_sentence_change_nothing():
    doubts = [Finding("number", "error", "", sentence=i) for i in range(len(TITLED))]
    assert summarize(build(findings=doubts), NO_TERMS, Length()) == summarize(build(), NO_TERMS, Length())


@pytest.mark.parametrize("limit", [1, 8, 20, 35, 60, 200])
def test_words_are_kept_to_unless_one_sentence_alone_is_longer(limit):
    summary = summarize(build(), NO_TERMS, Length(words=limit))
    assert len(summary.text.split()) <= limit or len(summary.sentences) == 1
    assert summary.sentences


def test_default_length_is_about_sixty_words_for_a_usual_article_and_a_third_of_a_short_one():
    rows = [
        (i, f"Xã số {i} đã vận động {i} hộ " + f"trồng cây loại{i} " * 8 + ".", f"Commune {i} mobilized {i} of its")
        for i in range(26)
    ]
    rows = [(p, source, f"{english} households to plant trees.") for p, source, english in rows]
    assert 45 <= len(summarize(build(rows), NO_TERMS, Length()).text.split()) <= 75
    short = summarize(build(), NO_TERMS, Length())
    assert len(short.text.split()) <= sum(len(english.split()) for p, _, english in TITLED if p != TITLE) / 3


def test_sentences_and_words_hold_together():
    summary = summarize(build(), NO_TERMS, Length(sentences=2, words=30))
    assert len(summary.sentences) <= 2
    assert len(summary.text.split()) <= 30 or len(summary.sentences) == 1


@pytest.mark.parametrize("length", [{"sentences": 0}, {"words": -1}])
def test_length_below_one_is_a_configuration_error(length):
    with pytest.raises(ConfigError):
        Length(**length)


def test_article_without_sentences_or_with_a_title_only_has_no_summary_sentences():
    empty = summarize(build(()), NO_TERMS, Length())
    assert (empty.headline, empty.sentences, empty.text) == ("", (), "")
    only = summarize(build(TITLED[:1]), NO_TERMS, Length())
    assert (only.headline_sources, only.sentences, only.text) == ((0,), (), "")


def test_article_of_one_sentence_is_told_in_it():
    summary = summarize(build(TITLED[1:2]), NO_TERMS, Length())
    assert summary.sources == ((0,),)
    assert summary.headline_sources == (0,)
    assert not summary.headline.endswith(".")


def test_sentence_without_a_translation_is_never_chosen():
    rows = [*TITLED[:2], (1, TITLED[2][1], "  "), *TITLED[3:]]
    assert (2,) not in summarize(build(rows), NO_TERMS, Length(sentences=6)).sources


def test_glossary_terms_make_a_sentence_weightier():
    body = [Sentence(0, 0, "Hội nghị bàn việc chung.", "Hội nghị bàn việc chung.")]
    plain, _ = measure(body, NO_TERMS)
    hit, _ = measure(body, Terms("Hội nghị"))
    assert score(hit[0], WEIGHTS) > score(plain[0], WEIGHTS)


def test_connective_goes_and_contrast_stays_only_after_what_it_contrasts_with():
    everything = summarize(build(), NO_TERMS, Length(sentences=6))
    assert everything.sentences[2] == "It worked with mass organizations to mobilize workdays."
    assert everything.sentences[3].startswith("However, 42 households")
    without = summarize(build((*TITLED[:3], *TITLED[4:])), NO_TERMS, Length(sentences=2))
    for text, (n,) in zip(without.sentences, without.sources, strict=True):
        assert not text.startswith("However,") or (n - 1,) in without.sources


def test_short_form_is_explained_only_where_the_summary_uses_it():
    rows = [
        (0, "Hội Nông dân (HND) tỉnh phát động phong trào.", "The Farmers' Union (FU) launched a movement."),
        (0, "Các cấp HND đã trồng 900 cây.", "The FU at all levels planted 900 trees."),
    ]
    assert "(FU)" in summarize(build(rows), NO_TERMS, Length(sentences=2)).text
    assert "(FU)" not in summarize(build(rows[:1]), NO_TERMS, Length(sentences=1)).text


vietnamese = st.lists(
    st.sampled_from(
        re.findall(r"\S+", "hộ nghèo tỉnh 350 Đồng thời, hội nghị “Vì người nghèo” 12/5 xã Bắc Sơn . 17,5% (HND)")
    ),
    min_size=1,
    max_size=30,
).map(" ".join)
english = st.lists(
    st.sampled_from(
        re.findall(
            r"\S+",
            'the district held 350 households, in order to help (HND) (the poor) ; however, "For the poor" was Bắc Sơn,'
            " Secretary of the Party Committee, Chairman of the People's Council, thereby helping 17.5% ."
            " However, Besides, In addition, which “ ” ( )",
        )
    ),
    max_size=40,
).map(" ".join)
rows = st.lists(st.tuples(st.integers(TITLE, 3), vietnamese, english), max_size=8)
lengths = st.builds(Length, st.none() | st.integers(1, 5), st.none() | st.integers(1, 60))


@given(rows, lengths, st.sets(st.integers(0, 7)))
def test_any_summary_is_made_of_its_sources_words_only(rows, length, doubtful):
    translated = build(rows, [Finding("number", "error", "", sentence=i) for i in sorted(doubtful)])
    summary = summarize(translated, NO_TERMS, length)
    assert summary == summarize(translated, NO_TERMS, length)
    assert is_subsequence(summary.headline, " ".join(rows[i][2] for i in summary.headline_sources))
    for text, indexes in zip(summary.sentences, summary.sources, strict=True):
        assert all(rows[n][0] != TITLE for n in indexes)
        sources = [rows[n][2] for n in indexes]
        assert is_subsequence(text, sources[0]) if len(sources) == 1 else True
        assert set(words(text.casefold())) <= set(words(" ".join(sources).casefold()))
    assert len(summary.originals) == len(summary.sentences)
    if length.sentences:
        assert len(summary.sentences) <= length.sentences
    if length.words:
        assert len(summary.text.split()) <= length.words or len(summary.sentences) == 1


# Figures, what fell short, language and style


def test_figures_and_what_fell_short_are_told_beyond_the_usual_length():
    filler = [
        (i, f"Cả xã cùng bàn việc chung lần {i}.", f"The commune spoke of its own affairs again {i}.")
        for i in range(40)
    ]
    rows = [*TITLED, *[(p + 3, source, english) for p, source, english in filler]]
    summary = summarize(build(rows), NO_TERMS, Length())
    assert {(2,), (4,)} <= set(summary.sources)


def test_a_length_that_is_given_is_kept_to_though_figures_are_missing():
    summary = summarize(build(), NO_TERMS, Length(words=25))
    assert len(summary.text.split()) <= 25


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Sáng 12/5/2023, xã họp.", 0),
        ("Giai đoạn 2021 - 2025, xã họp.", 0),
        ("Theo Quyết định số 156/QĐ-UBND, xã họp.", 0),
        ("Xã có 1.200 hộ, trồng 35,5 ha.", 2),
    ],
)
def test_dates_years_and_numbers_of_documents_are_no_figures(text, count):
    assert count_figures(text) == count


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Tuy nhiên, tỷ lệ giải ngân còn thấp.", True),
        ("Hai chỉ tiêu chưa đạt kế hoạch.", True),
        ("Hai chỉ tiêu vượt kế hoạch.", False),
    ],
)
def test_what_fell_short_is_known_by_its_words(text, short):
    assert falls_short(text) is short


def test_vietnamese_is_told_sentence_by_sentence_beside_the_english():
    summary = summarize(build(), NO_TERMS, Length(sentences=6))
    assert summary.originals[2] == "Phối hợp với các đoàn thể vận động ngày công."
    assert summary.headline_original == TITLED[0][1]


def test_text_follows_language_and_style():
    summary = summarize(build(), NO_TERMS, Length(sentences=2))
    one, two = summary.sentences
    vi_one, vi_two = summary.originals
    assert in_form(summary, Form("vi")).text == f"{vi_one} {vi_two}"
    assert in_form(summary, Form("en", "bullets")).text == f"- {one}\n- {two}"
    assert in_form(summary, Form("both")).text == f"{one} {two}\n\n{vi_one} {vi_two}"


# Editing


edits = (
    lambda text: drop_connective(text, follows=False),
    lambda text: drop_asides(text, lambda _: False),
    lambda text: drop_offices(text, len),
    lambda text: cut_tail(text, 5),
    lambda text: make_headline(text, 5, len),
    finish,
)


@given(english | st.text(alphabet="ab ,.;()\"“”19'-", max_size=60), st.sampled_from(edits))
def test_every_edit_leaves_a_subsequence_of_the_words(text, edit):
    assert is_subsequence(edit(text), text)


@pytest.mark.parametrize(
    ("text", "shorter"),
    [
        ("In addition, the town planted trees.", "The town planted trees."),
        ("Accordingly, 40 houses were built.", "40 houses were built."),
        ("Besides the town, the district took part.", "Besides the town, the district took part."),
        ("Therefore, the plan was changed.", "The plan was changed."),
    ],
)
def test_leading_connective_is_dropped(text, shorter):
    assert drop_connective(text, follows=False) == shorter


@pytest.mark.parametrize(
    ("text", "shorter"),
    [
        ("The road (built in 2019) is 3 km long.", "The road is 3 km long."),
        ("It spent 3 billion VND (not counting land).", "It spent 3 billion VND (not counting land)."),
        (
            'The motto "Houses (big and small) for all" was chosen.',
            'The motto "Houses (big and small) for all" was chosen.',
        ),
        ("They grow fruit (mainly plums).", "They grow fruit (mainly plums)."),
        ("Article 5(2) applies to (a) and (b).", "Article 5(2) applies to (a) and (b)."),
        ("(Bắc Sơn)", "(Bắc Sơn)"),
    ],
)
def test_aside_is_dropped_unless_it_limits_or_is_quoted(text, shorter):
    assert drop_asides(text, lambda _: False) == shorter


@pytest.mark.parametrize(
    ("text", "shorter"),
    [
        (
            "Trần Văn Bền, member of the Party Central Committee, Secretary of the District Party Committee, spoke.",
            "Trần Văn Bền, Secretary of the District Party Committee, spoke.",
        ),
        (
            "On May 2, Member of the Party Committee, Chairman of the People's Council Trần Văn Bền spoke.",
            "On May 2, Chairman of the People's Council Trần Văn Bền spoke.",
        ),
        (
            "With Lê Thị Na, Head of the Party Committee, and Secretary of the District Trần Văn Bền, he spoke.",
            "With Lê Thị Na, Head of the Party Committee, and Secretary of the District Trần Văn Bền, he spoke.",
        ),
        (
            "He was Head of the People's Council, Secretary of the District Party Committee, Head of the Board.",
            "He was Head of the People's Council, Secretary of the District Party Committee, Head of the Board.",
        ),
        ("The road, the bridge, and the dam were built.", "The road, the bridge, and the dam were built."),
    ],
)
def test_of_several_offices_the_usual_one_stays_and_no_person_goes(text, shorter):
    assert drop_offices(text, lambda office: int("District" in office)) == shorter


@pytest.mark.parametrize(
    ("text", "limit", "shorter"),
    [
        (
            "The district has built 40 houses, contributing to poverty reduction.",
            6,
            "The district has built 40 houses.",
        ),
        ("The district has built 40 houses, contributing to poverty reduction.", 20, None),
        ("The district built 40 houses in order to help, but 3 collapsed.", 6, None),
        ("The province, aiming to cut poverty, has built roads.", 4, None),
        ('They launched the campaign "Houses; in order to live" last year.', 4, None),
    ],
)
def test_trailing_clause_is_cut_only_when_too_long_and_safe(text, limit, shorter):
    assert cut_tail(text, limit) == (shorter or text)


def test_headline_is_cut_before_the_quoted_name_that_follows_its_kind():
    text = (
        "On the afternoon of May 2, Trần Văn Bền, member of the Provincial Party Committee, Secretary of the District"
        ' Party Committee, opened a conference to launch the campaign "Clean villages, green hills and bright roads".'
    )
    assert make_headline(text, 25, lambda _: 0).endswith("opened a conference to launch the campaign")


def test_piece_of_a_chain_is_told_as_a_sentence():
    assert finish("nearly 900 trees were planted;") == "Nearly 900 trees were planted."


# Choosing


def candidate(index, score, points_back=False, words=10, gram=None):
    return Candidate(index, score, {gram or str(index): 1.0}, points_back, lambda _: words)


def test_ties_go_to_the_earlier_sentence():
    assert list(choose([candidate(1, 1.0), candidate(2, 1.0)], 1, 50)) == [1]


def test_repetition_gives_way_to_something_new():
    same = [candidate(0, 3.0, gram="x"), candidate(1, 2.0, gram="x"), candidate(2, 0.5)]
    assert list(choose(same, 2, 100)) == [0, 2]


def test_sentence_that_points_back_brings_the_one_before_it():
    pair = [candidate(0, 3.0), candidate(1, 0.0), candidate(2, 1.2, points_back=True), candidate(3, 0.55)]
    assert sorted(choose(pair, 3, 100)) == [0, 1, 2]


def test_filler_is_not_told_just_because_it_fits():
    assert list(choose([candidate(0, 3.0), candidate(1, 2.5, words=30), candidate(2, 0.1, words=3)], 5, 20)) == [0]


@pytest.mark.parametrize(
    "text", ["Đồng thời, đề ra giải pháp.", "Qua đó, thu hút đầu tư.", "Bên cạnh đó, xã làm đường."]
)
def test_back_reference_is_seen(text):
    assert points_back(text)
    assert not points_back("Xã " + text)


@pytest.mark.parametrize("row", ["- Huyện Đăk Mây: 214 hộ", "+ Xã Ia Lưm: 36 hộ", "• Thôn 2: 14 hộ"])
def test_a_row_of_a_list_leans_on_what_stands_before(row: str) -> None:
    assert points_back(row)
