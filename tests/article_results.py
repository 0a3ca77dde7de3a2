"""Results of articles for the tests of the writers: an example, one full of markup, random ones."""

import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from vn_summarize.document import (
    TITLE,
    Abbreviation,
    Article,
    ArticleResult,
    Check,
    Document,
    Fact,
    Finding,
    Place,
    Removal,
    Sentence,
    Summary,
    TermUse,
    TranslatedDocument,
    TranslatedSentence,
)
from vn_summarize.writing import Hashes, render_json

NASTY = (
    "# <b>x</b> | `a|b` [t](javascript:1) ![i](u) *e* _e_ ~~s~~ &amp; \\| $m$ <!-- --> ***\n- a\n> q\n\t1. b\n===\n```"
)
FACTS = (
    Fact("date", "March 5", "5/3", 1),
    Fact("figure", "more than 1,300", "hơn 1.300", 1, counted="households", action="helped"),
)


def example() -> ArticleResult:
    sentences = (
        Sentence(0, TITLE, "Tổng kết phong trào trồng rừng", "Tổng kết phong trào trồng rừng"),
        Sentence(1, 0, "Ngày 5/3, HTX Măng Bút giúp hơn 1.300 hộ.", "Ngày 5/3, HTX Măng Bút giúp hơn 1.300 hộ."),
        Sentence(2, 0, "Bà con phấn khỏi.", "Bà con phấn khởi."),
        Sentence(3, 1, "Hội nghị bế mạc.", "Hội nghị bế mạc."),
    )
    term = TermUse("phong trào", "movement", 9, "movement", "met", "plain", "force", "built-in")
    unmet = TermUse("Hội nghị", "conference", 0, "", "unmet", "plain", "force", "mine.csv")
    translated = (
        TranslatedSentence(sentences[0], "Final review of the afforestation movement", (term,)),
        TranslatedSentence(
            sentences[1],
            "On March 5, the Măng Bút cooperative helped households.",
            checks=(
                Check("number", "hơn 1.300", "more than 1,300", "", False),
                Check("date", "5/3", "March 5", "March 5", True),
            ),
            score=-0.41,
            how="beam",
        ),
        TranslatedSentence(sentences[2], "People were happy.", score=-0.2),
        TranslatedSentence(sentences[3], "The meeting closed.", (unmet,), score=-0.3),
    )
    lost = Finding("number", "error", 'no "1,300" in the translation', 1)
    typo = Finding("typo", "info", "read phấn khởi", 2)
    article = Article(
        "2023/trong-rung",
        "in/2023/trong-rung.txt",
        "Tổng kết phong trào trồng rừng",
        ("Ngày 5/3, HTX Măng Bút giúp hơn 1.300 hộ. Bà con phấn khỏi.", "Hội nghị bế mạc."),
        "bao.example",
        "2023-03-05",
        ("Y Lan",),
        (Removal("dateline", 0, 0, "(bao.example) – "), Removal("end-mark", 1, 16, "./.")),
    )
    abbreviations = (
        Abbreviation("HTX", "hợp tác xã", "cooperative"),
        Abbreviation("LHQ", "Liên hợp quốc", "x", "UN", "t", 1),
    )
    return ArticleResult(
        TranslatedDocument(Document(article, sentences, abbreviations), translated, (lost, typo)),
        Summary("Movement reviewed", (0, 1), ("People were happy.",), ((2,),), "People were happy."),
        (Finding("abbreviation", "warning", "LHQ stands for two things"), lost, typo),
        facts=FACTS,
    )


def render(result: ArticleResult) -> str:
    return render_json(result, Hashes("sig", "s1", "i1", "t1"))


def nasty() -> ArticleResult:
    """The example with every text of the article and its translation full of markup."""
    result = example()
    article = replace(result.translated.document.article, title=NASTY, source=NASTY, authors=(NASTY,), origin=NASTY)
    article = replace(article, removed=(Removal(NASTY, 0, 0, NASTY),))
    sentences = tuple(
        replace(
            s,
            source=replace(s.source, original=NASTY, text=NASTY),
            text=NASTY,
            terms=(TermUse(NASTY, NASTY, 0, NASTY, "met", "plain", "force", "x"),),
            checks=(Check("name", NASTY, NASTY, NASTY, False),),
        )
        for s in result.translated.sentences
    )
    document = Document(article, tuple(s.source for s in sentences), (Abbreviation(NASTY, NASTY, NASTY, NASTY, NASTY),))
    summary = Summary(NASTY, (0,), (NASTY, NASTY), ((1,), (2,)), NASTY, (NASTY, NASTY), NASTY, "both")
    findings = (Finding("name", "error", NASTY, 1), Finding(NASTY, "warning", NASTY))
    fact = Fact("figure", NASTY, NASTY, 1, NASTY, NASTY, NASTY, NASTY)
    return ArticleResult(TranslatedDocument(document, sentences, ()), summary, findings, facts=(fact,))


def with_terms(id: str, *sentences: tuple[TermUse, ...]) -> ArticleResult:
    """A result with these uses of terms, sentence by sentence."""
    sources = tuple(Sentence(index, 0, "Câu.", "Câu.") for index in range(len(sentences)))
    translated = tuple(TranslatedSentence(s, "A sentence.", uses) for s, uses in zip(sources, sentences, strict=True))
    document = Document(Article(id, f"{id}.txt", "", ("Câu.",)), sources)
    return ArticleResult(TranslatedDocument(document, translated), Summary("", (), (), (), ""), ())


def validator(name: str) -> Draft202012Validator:
    schema = json.loads((files("vn_summarize") / "data" / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


# Random results

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
INDEXES = st.lists(st.integers(0, 9), max_size=3).map(tuple)


def tuples_of(strategy: st.SearchStrategy[Any], longest: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=longest).map(tuple)


FINDINGS = tuples_of(
    st.builds(
        Finding,
        st.sampled_from(("number", "term")),
        st.sampled_from(("info", "warning", "error")),
        st.sampled_from(("a", "b")),
        st.none() | st.integers(0, 3),
    ),
    6,
)
REMOVAL = st.builds(Removal, TEXT, st.integers(TITLE, 5), st.integers(0, 9), TEXT)
ARTICLE = st.builds(
    Article,
    id=TEXT.filter(bool),
    origin=TEXT,
    title=TEXT,
    paragraphs=tuples_of(TEXT),
    source=TEXT,
    date=TEXT,
    authors=tuples_of(TEXT),
    section=TEXT,
    removed=tuples_of(REMOVAL),
)
ABBREVIATION = st.builds(Abbreviation, TEXT, TEXT, TEXT, TEXT, TEXT, st.none() | st.integers(0, 9))
PLACE = st.builds(Place, TEXT, TEXT, TEXT, TEXT, INDEXES, TEXT)
FACT = st.builds(
    Fact,
    st.sampled_from(("date", "place", "body", "person", "program", "document", "figure")),
    TEXT,
    TEXT,
    st.integers(0, 9),
    TEXT,
    TEXT,
    TEXT,
    TEXT,
)
CHECK = st.builds(Check, st.sampled_from(("number", "date", "name", "code")), TEXT, TEXT, TEXT, st.booleans())
USE = st.builds(
    TermUse, TEXT, TEXT, st.integers(0, 99), TEXT, st.sampled_from(("met", "unmet")), TEXT, TEXT, TEXT, TEXT
)
SENTENCE = st.builds(
    TranslatedSentence,
    st.builds(Sentence, st.integers(0, 9), st.integers(TITLE, 5), TEXT, TEXT),
    TEXT,
    tuples_of(USE),
    tuples_of(CHECK),
    st.floats(-20, 0),
    TEXT,
)


@st.composite
def results(draw: st.DrawFn) -> ArticleResult:
    sentences = tuple(
        replace(s, source=replace(s.source, index=i)) for i, s in enumerate(draw(st.lists(SENTENCE, max_size=4)))
    )
    document = Document(draw(ARTICLE), tuple(s.source for s in sentences), draw(tuples_of(ABBREVIATION)))
    told = draw(st.lists(st.tuples(TEXT, INDEXES, TEXT.filter(bool)), max_size=3))
    texts, sources, originals = (tuple(item[i] for item in told) for i in range(3))
    language, style = draw(st.sampled_from(("en", "vi", "both"))), draw(st.sampled_from(("paragraph", "bullets")))
    summary = Summary(draw(TEXT), draw(INDEXES), texts, sources, draw(TEXT), originals, draw(TEXT), language, style)
    translated = TranslatedDocument(document, sentences, draw(FINDINGS))
    return ArticleResult(translated, summary, draw(FINDINGS), draw(tuples_of(PLACE)), draw(tuples_of(FACT)))
