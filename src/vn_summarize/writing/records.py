"""The record of an article: everything known about it as JSON (data/article.schema.json, docs/output.md)."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from vn_summarize.document import (
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
from vn_summarize.writing.text import english_title

SCHEMA = 1
"""The version of the record's form; it rises when a field changes its meaning or goes away."""

_HEAD = 8192
"""Bytes that `read_hashes` reads: `current` stands first in a record and is far shorter."""


@dataclass(frozen=True, slots=True)
class Hashes:
    """What an output was made from; an output is current while all are what this run would write."""

    signature: str  # code, model, decoding
    settings: str  # what the outputs' form depends on, in plain words
    input: str
    terms: str  # the glossary terms that stand in the article
    corrections: str = ""  # what editors corrected in it


def render_json(result: ArticleResult, hashes: Hashes) -> str:
    """Give the record: the same values always give the same bytes (no time, no duration, fixed key order).

    Raises ValueError for a result that contradicts itself (translated sentences that are not the
    document's, a summary sentence without its sources) or holds a score that is not a number.
    """
    translated, article = result.translated, result.translated.document.article
    if tuple(s.source for s in translated.sentences) != translated.document.sentences:
        raise ValueError(f"{article.id}: the translated sentences are not those of the document")
    settled = [finding for finding in translated.findings if finding not in result.findings]
    numbered = [*result.findings, *settled]
    record = {
        "schema": SCHEMA,
        "current": asdict(hashes),
        "article": _article(article, english_title(translated)),
        "summary": _summary(result.summary),
        "key_facts": [asdict(fact) for fact in result.facts],
        "sentences": [_sentence(sentence, result.findings) for sentence in translated.sentences],
        "abbreviations": [asdict(abbreviation) for abbreviation in translated.document.abbreviations],
        "places": [asdict(place) for place in result.places],
        "findings": [_finding(number, finding) for number, finding in enumerate(result.findings, 1)],
        "settled_findings": [_finding(n, f) for n, f in enumerate(settled, len(result.findings) + 1)],
        "translation_findings": [numbered.index(finding) + 1 for finding in translated.findings],
        "counts": _counts(result),
    }
    return json.dumps(record, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def parse_record(text: str) -> dict[str, Any]:
    """Give the record as read from JSON; ValueError for anything that is no record of this version."""
    record = json.loads(text)
    if not isinstance(record, dict) or record.get("schema") != SCHEMA:
        raise ValueError(f"not a record of schema {SCHEMA}")
    return record


def read_hashes(path: Path) -> Hashes | None:
    """Read what the record at `path` was made from, without reading the whole file.

    None when there is no file, or no record of this version in it: the output must be made again.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD).decode("utf-8", "ignore")
        before, mark, after = head.partition('"current":')
        if not mark or json.loads(before.rstrip().rstrip(",") + "}") != {"schema": SCHEMA}:
            return None
        return Hashes(**json.JSONDecoder().raw_decode(after.lstrip())[0])
    except (OSError, ValueError, TypeError):
        return None


def result_from_json(text: str) -> ArticleResult:
    """Give back the result that `render_json` wrote; ValueError when it is not one."""
    record = parse_record(text)
    try:
        return _load_result(record)
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError(f"a damaged record: {type(error).__name__}: {error}") from error


def _article(article: Article, title: str) -> dict[str, Any]:
    return {
        "id": article.id,
        "origin": article.origin,
        "title": {"source": article.title, "translation": title},
        "source": article.source,
        "date": article.date,
        "authors": list(article.authors),
        "section": article.section,
        "paragraphs": list(article.paragraphs),
        "removed": [asdict(removal) for removal in article.removed],
    }


def _summary(summary: Summary) -> dict[str, Any]:
    triples = zip(summary.sentences, _originals(summary), summary.sources, strict=True)
    return {
        "headline": {
            "text": summary.headline,
            "original": summary.headline_original,
            "sources": list(summary.headline_sources),
        },
        "sentences": [{"text": text, "original": vi, "sources": list(sources)} for text, vi, sources in triples],
        "language": summary.language,
        "style": summary.style,
        "text": summary.text,
    }


def _originals(summary: Summary) -> tuple[str, ...]:
    """Give the Vietnamese sentences, "" for each where the summary has none."""
    return summary.originals or ("",) * len(summary.sentences)


def _sentence(sentence: TranslatedSentence, findings: Sequence[Finding]) -> dict[str, Any]:
    return {
        "index": sentence.source.index,
        "paragraph": sentence.source.paragraph,
        "original": sentence.source.original,
        "source": sentence.source.text,
        "translation": sentence.text,
        "score": sentence.score,
        "how": sentence.how,
        "terms": [asdict(use) for use in sentence.terms],
        "checks": [asdict(check) for check in sentence.checks],
        "findings": [number for number, f in enumerate(findings, 1) if f.sentence == sentence.source.index],
    }


def _finding(number: int, finding: Finding) -> dict[str, Any]:
    return {"number": number, **asdict(finding)}


def _counts(result: ArticleResult) -> dict[str, Any]:
    translated = result.translated
    severities = [finding.severity for finding in result.findings]
    uses = [use.status for sentence in translated.sentences for use in sentence.terms]
    checks = [check.ok for sentence in translated.sentences for check in sentence.checks]
    return {
        "paragraphs": len(translated.document.article.paragraphs),
        "sentences": len(translated.sentences),
        "findings": {severity: severities.count(severity) for severity in ("error", "warning", "info")},
        "terms": {status: uses.count(status) for status in ("met", "unmet")},
        "checks": {"kept": checks.count(True), "lost": checks.count(False)},
        "removed": len(translated.document.article.removed),
    }


def _load_result(record: dict[str, Any]) -> ArticleResult:
    sentences = tuple(_load_sentence(value) for value in record["sentences"])
    abbreviations = tuple(Abbreviation(**value) for value in record["abbreviations"])
    findings = tuple(_load_finding(value) for value in record["findings"])
    article = _load_article(record["article"], tuple(f for f in findings if f.kind == "encoding"))
    document = Document(article, tuple(s.source for s in sentences), abbreviations)
    numbered = findings + tuple(_load_finding(value) for value in record["settled_findings"])
    doubts = tuple(numbered[number - 1] for number in record["translation_findings"])
    places = tuple(Place(**{**value, "sentences": tuple(value["sentences"])}) for value in record["places"])
    translated = TranslatedDocument(document, sentences, doubts)
    facts = tuple(Fact(**value) for value in record["key_facts"])
    return ArticleResult(translated, _load_summary(record["summary"]), findings, places, facts)


def _load_article(value: dict[str, Any], findings: tuple[Finding, ...]) -> Article:
    return Article(
        id=value["id"],
        origin=value["origin"],
        title=value["title"]["source"],
        paragraphs=tuple(value["paragraphs"]),
        source=value["source"],
        date=value["date"],
        authors=tuple(value["authors"]),
        section=value["section"],
        removed=tuple(Removal(**removal) for removal in value["removed"]),
        findings=findings,
    )


def _load_sentence(value: dict[str, Any]) -> TranslatedSentence:
    return TranslatedSentence(
        source=Sentence(value["index"], value["paragraph"], value["original"], value["source"]),
        text=value["translation"],
        terms=tuple(TermUse(**use) for use in value["terms"]),
        checks=tuple(Check(**check) for check in value["checks"]),
        score=value["score"],
        how=value["how"],
    )


def _load_finding(value: dict[str, Any]) -> Finding:
    return Finding(value["kind"], value["severity"], value["message"], value["sentence"])


def _load_summary(value: dict[str, Any]) -> Summary:
    return Summary(
        headline=value["headline"]["text"],
        headline_sources=tuple(value["headline"]["sources"]),
        sentences=tuple(sentence["text"] for sentence in value["sentences"]),
        sources=tuple(tuple(sentence["sources"]) for sentence in value["sentences"]),
        text=value["text"],
        originals=_unless_blank(tuple(sentence["original"] for sentence in value["sentences"])),
        headline_original=value["headline"]["original"],
        language=value["language"],
        style=value["style"],
    )


def _unless_blank(originals: tuple[str, ...]) -> tuple[str, ...]:
    return originals if any(originals) else ()
