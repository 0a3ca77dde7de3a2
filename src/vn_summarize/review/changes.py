"""Edited rows against the record: what an editor changed, and which rows cannot be used."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from vn_summarize.corrections import sentence_key
from vn_summarize.document import ArticleResult, TranslatedSentence
from vn_summarize.glossary.rows import tidy
from vn_summarize.review.rows import EditedArticle, EditedRow, Readings
from vn_summarize.review.store import Correction


def choose_reading(readings: Readings, result: ArticleResult) -> EditedArticle:
    """Take the reading of a file that agrees with the record in most cells; the first wins a tie."""
    known = {tidy(text) for s in result.translated.sentences for text in (s.source.original, s.text)}
    return max(readings, key=lambda r: sum(text in known for row in r.rows for text in (row.vietnamese, row.english)))


def find_changes(edited: EditedArticle, result: ArticleResult) -> tuple[list[Correction], list[str]]:
    """Give the corrections of the rows that can be used, and what is wrong with the others, by place."""
    sentences = {s.source.index: s for s in result.translated.sentences}
    corrections: dict[str, Correction] = {}
    problems: list[str] = []
    seen: set[int] = set()
    for row in _numbered(edited.rows, result.translated.sentences):
        problem = row.problem or _problem(row, sentences, seen)
        if row.sentence is not None:
            seen.add(row.sentence)
        if problem or row.sentence is None:
            problems.append(f"{row.place}: {problem or 'its Vietnamese stands nowhere in the record'}")
            continue
        sentence, english = sentences[row.sentence], tidy(row.english)
        if english == tidy(sentence.text):
            continue
        made = _correction(sentence, english, result.translated.document.article.id)
        kept = corrections.setdefault(sentence_key(made.source), made)
        if kept.english != english:
            problems.append(f"{row.place}: its Vietnamese is that of sentence {kept.sentence}, whose correction counts")
    problems += [f"sentence {index}: its row is missing" for index in sentences if index not in seen]
    return list(corrections.values()), problems


def _problem(row: EditedRow, sentences: dict[int, TranslatedSentence], seen: set[int]) -> str:
    """Say why a row with a number cannot be used, "" where it can."""
    if row.sentence is None:
        return ""
    if row.sentence in seen:
        return f"sentence {row.sentence} has a row before"
    if row.sentence not in sentences:
        return f"the record has no sentence {row.sentence}"
    if sentence_key(row.vietnamese) != sentence_key(sentences[row.sentence].source.original):
        return f"the Vietnamese is not that of sentence {row.sentence} in the record"
    return "" if tidy(row.english) else "the English is empty"


def _numbered(rows: Sequence[EditedRow], sentences: Sequence[TranslatedSentence]) -> Iterator[EditedRow]:
    """Give the rows, those without a number with that of the sentence whose Vietnamese they have, in order."""
    bare = [row for row in rows if row.sentence is None and not row.problem]
    mine, theirs = [sentence_key(r.vietnamese) for r in bare], [sentence_key(s.source.original) for s in sentences]
    blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()
    pairs = {id(bare[b.a + i]): sentences[b.b + i].source.index for b in blocks for i in range(b.size)}
    for row in rows:
        yield replace(row, sentence=pairs.get(id(row), row.sentence))


def _correction(sentence: TranslatedSentence, english: str, article: str) -> Correction:
    terms = tuple((use.term or use.source, use.rendered) for use in sentence.terms if use.rendered)
    before = tidy(sentence.text)
    return Correction(sentence.source.original, english, before, article, sentence.source.index, terms)
