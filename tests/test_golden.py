"""Whole articles: what each of seeds/ becomes before a model sees it, and what the shipped model makes of one."""

import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from golden.update import FOLDER, expectation, outline, read_seeds

from vn_summarize.cleaning import clean, restore
from vn_summarize.config import Settings
from vn_summarize.document import ArticleResult, Finding, TranslatedSentence
from vn_summarize.facts.people import title_of
from vn_summarize.loading import load_terms, load_translator
from vn_summarize.pipeline import summary_length, translate_article
from vn_summarize.verification.checks import extra_facts

SEEDS = read_seeds()
SHIPPED = Path(__file__).parent.parent / "models" / "vi-en-news"
SEED = "dong-bao-thoat-ngheo"
QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")


def test_every_article_has_its_expectation_and_nothing_else_has() -> None:
    assert {path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.json")} == set(SEEDS)


@pytest.mark.parametrize("id", SEEDS)
def test_an_article_is_read_cleaned_and_cut_as_expected(id: str) -> None:
    assert outline(SEEDS[id]) == json.loads(expectation(id).read_text(encoding="utf-8"))


@pytest.mark.parametrize("id", SEEDS)
def test_what_is_printed_and_what_is_removed_is_all_that_was_read(id: str) -> None:
    read = restore(SEEDS[id])  # in NFC
    cleaned = clean(SEEDS[id])
    assert restore(cleaned) == replace(read, source=cleaned.source, date=cleaned.date, authors=cleaned.authors)
    printed = "".join(sentence["printed"] for sentence in outline(SEEDS[id])["sentences"])
    assert "".join(printed.split()) == "".join("".join((cleaned.title, *cleaned.paragraphs)).split())


@dataclass(frozen=True, slots=True)
class Fact:
    """What the article prints, what English may make of it, and one way to say it."""

    printed: str
    english: str
    said: str


FACTS = (
    Fact("2.700", r"\b2,700\b", "2,700"),
    Fact("21 tỷ", r"\b21 billion\b|\bVND ?21 billion\b", "21 billion VND"),
    Fact("4/5", r"\b(?:four|4)(?: out)? of (?:the |its |all )?(?:five|5)\b|\b4/5\b", "four of five"),
    Fact("8/6", r"\bJune 8\b", "June 8"),
    Fact("1 năm", r"\b(?:one|1|a|first)[- ]year\b", "one year"),  # printed as "01 năm"
    *(Fact(name, name, name) for name in ("Hơ Moong", "Sa Thầy", "Ngọc Linh", "Đăk Glei")),
    *(Fact(name, name, name) for name in ("Dương Văn Trang", "Lê Ngọc Tuấn")),
)
PAGE = re.compile(r"kontumtv|Hơ Jan|Thanh Hà|e-?mail|\breply\b|required field|\./\.", re.IGNORECASE)


@pytest.fixture(scope="module")
def result(shipped_memory: Path) -> ArticleResult:
    """The seed article, translated by the shipped model."""
    settings = Settings(model=str(SHIPPED), cache=shipped_memory)
    terms, _ = load_terms(settings)
    return translate_article(SEEDS[SEED], load_translator(settings), terms, summary_length(settings))


def named(result: ArticleResult, sentence: TranslatedSentence, kinds: str, text: str) -> bool:
    """Say whether a finding of one of these kinds on this sentence names the text."""
    return any(
        finding.sentence == sentence.source.index and finding.kind in kinds.split() and text in finding.message
        for finding in result.findings
    )


def silent_losses(result: ArticleResult, fact: Fact) -> list[int]:
    """List the sentences whose English lacks a fact that they print, without a finding that names it."""
    return [
        sentence.source.index
        for sentence in result.translated.sentences
        if fact.printed in sentence.source.original
        and not re.search(fact.english, sentence.text)
        and not named(result, sentence, "number date name", fact.printed)
    ]


def silent_acronyms(result: ArticleResult) -> list[str]:
    """List the Vietnamese short forms that the English leaves unexplained, without a finding that names them."""
    shorts = [a.short for a in result.translated.document.abbreviations if a.short != a.english_short]
    return [
        short
        for sentence in result.translated.sentences
        for short in shorts
        if re.search(rf"(?<![\w(/-]){short}(?![\w)/-])", sentence.text)
        and not named(result, sentence, "abbreviation", short)
    ]


def silent_renamings(result: ArticleResult) -> list[str]:
    """List the phrases that the article quotes again and again and the English quotes in several ways, unreported."""
    quoted = {s.source.index: set(QUOTED.findall(s.source.text)) for s in result.translated.sentences}
    counts = Counter(phrase for phrases in quoted.values() for phrase in phrases)
    found = []
    for phrase in (phrase for phrase, count in counts.items() if count > 1):
        renderings = [
            {english.rstrip(".,;") for english in QUOTED.findall(s.text)}
            for s in result.translated.sentences
            if phrase in quoted[s.source.index] and not named(result, s, "quote", phrase)
        ]
        if renderings and not set.intersection(*renderings):
            found.append(phrase)
    return found


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.printed)
def test_a_fact_is_in_the_english_or_a_finding_names_it(result: ArticleResult, fact: Fact) -> None:
    assert any(fact.printed in sentence.source.original for sentence in result.translated.sentences)
    assert silent_losses(result, fact) == []


def test_a_quoted_name_is_the_same_wherever_it_is_quoted_or_a_finding_names_it(result: ArticleResult) -> None:
    assert silent_renamings(result) == []


def test_no_acronym_is_left_unexplained_or_a_finding_names_it(result: ArticleResult) -> None:
    assert silent_acronyms(result) == []


def test_each_sentence_has_a_translation_and_nothing_of_the_page_is_in_it(result: ArticleResult) -> None:
    expected = json.loads(expectation(SEED).read_text(encoding="utf-8"))["sentences"]
    sentences = result.translated.sentences
    assert [sentence.source.original for sentence in sentences] == [sentence["printed"] for sentence in expected]
    assert all(re.search(r"[A-Za-z]{2}", sentence.text) for sentence in sentences)
    english = " ".join((result.summary.headline, result.summary.text, *(sentence.text for sentence in sentences)))
    assert not PAGE.search(english)


def test_the_summary_says_only_what_its_sentences_say(result: ArticleResult) -> None:
    by_index = {sentence.source.index: sentence for sentence in result.translated.sentences}
    summary = result.summary
    told = [(summary.headline, summary.headline_sources), *zip(summary.sentences, summary.sources, strict=True)]
    assert len(told) > 1
    for text, sources in told:
        cited = [by_index[index] for index in sources]
        assert cited
        assert words(text) <= words(" ".join(sentence.text for sentence in cited))
        for extra in extra_facts(" ".join(sentence.source.text for sentence in cited), text):
            assert any(named(result, sentence, extra.kind, extra.message) for sentence in cited)


def test_the_summary_has_the_campaign_the_day_the_person_with_the_office_the_figures_and_what_fell_short(
    result: ArticleResult,
) -> None:
    summary = result.summary
    assert re.search(r'campaign "[^"]{40,}"', summary.text)
    assert all(fact in summary.text for fact in ("June 8", "Dương Văn Trang", "2,700", "21 billion"))
    first = next(text for text in summary.sentences if "Dương Văn Trang" in text)
    assert "Secretary of the Provincial Party Committee" in title_of(first, "Dương Văn Trang")
    sources = {s.source.index: s.source.text for s in result.translated.sentences}
    assert any("chưa đạt chỉ tiêu" in sources[index] for indexes in summary.sources for index in indexes)


def words(text: str) -> set[str]:
    return set(re.findall(r"\d[\d.,]*\d|\w+", text.casefold()))


# The checks above have to be able to fail: the same article with an English of ours.


def doctored(result: ArticleResult, english: str, *findings: Finding) -> ArticleResult:
    sentences = tuple(replace(sentence, text=english) for sentence in result.translated.sentences)
    return replace(result, translated=replace(result.translated, sentences=sentences), findings=findings)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.printed)
def test_a_lost_fact_is_seen_until_a_finding_of_its_sentence_names_it(result: ArticleResult, fact: Fact) -> None:
    lacking = doctored(result, "; ".join(other.said for other in FACTS if other is not fact))
    lost = silent_losses(lacking, fact)
    assert lost == [s.source.index for s in result.translated.sentences if fact.printed in s.source.original] != []
    assert all(silent_losses(lacking, other) == [] for other in FACTS if other is not fact)

    message = f'"{fact.printed}" is not in the translation'
    named_there = tuple(Finding("number", "error", message, index) for index in lost)
    assert silent_losses(replace(lacking, findings=named_there), fact) == []
    elsewhere = tuple(replace(finding, sentence=finding.sentence + 1) for finding in named_there)
    assert silent_losses(replace(lacking, findings=elsewhere), fact) == lost
    typo = tuple(replace(finding, kind="typo") for finding in named_there)
    assert silent_losses(replace(lacking, findings=typo), fact) == lost


def test_a_changed_quotation_and_an_acronym_are_seen(result: ArticleResult) -> None:
    assert silent_renamings(doctored(result, 'The "good name" campaign')) == []
    first, *rest = doctored(result, 'The "good name" campaign of the DTTS').translated.sentences
    changed = replace(result.translated, sentences=(replace(first, text='The "other name" campaign'), *rest))
    bad = replace(result, translated=changed, findings=())
    (phrase,) = silent_renamings(bad)
    assert phrase in first.source.text
    assert silent_acronyms(bad) == ["DTTS"] * len(rest)
    doubts = (Finding("quote", "warning", f"“{phrase}” is not quoted alike", first.source.index),)
    assert silent_renamings(replace(bad, findings=doubts)) == []
