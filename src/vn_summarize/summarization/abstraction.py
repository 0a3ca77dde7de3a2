"""Summaries that a local model writes: a sentence that does not pass the gate gives way to an extractive one."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from vn_summarize.backends import Summarizer
from vn_summarize.document import TITLE, Finding, Summary, TranslatedDocument
from vn_summarize.errors import GenerationError
from vn_summarize.summarization import DEFAULT_FORM, Length, in_form
from vn_summarize.summarization.faithfulness import Gate

Translate = Callable[[Sequence[str]], Sequence[str]]
"""Vietnamese sentences to checked English ones, in order."""

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”]?\s+(?=(?:(?:[-–•*]|\d+[.)])\s+)?[\"“]?[^\W_a-z])")
_ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|No|St|vs|TP|Th\.S|TS|[A-ZĐ])\.$")


@dataclass(frozen=True, slots=True)
class _Told:
    english: str
    original: str
    sources: tuple[int, ...]


def write_summary(
    translated: TranslatedDocument, extract: Summary, summarizer: Summarizer, translate: Translate, length: Length
) -> tuple[Summary, tuple[Finding, ...]]:
    """Let a model write the summary of an article; `extract` is the one without it, whose headline stays.

    A sentence that the article does not bear out is replaced by the nearest one of `extract`, and a Finding says so.
    """
    text, missing = _readable(translated, summarizer)
    try:
        written = split_written(summarizer.summarize(text) if text else "")
        written = written[: _count_kept(written, length)]
    except GenerationError as error:
        return extract, (_finding(f"the summary is extractive: {error}"),)
    english = translate(written) if summarizer.language == "vi" else written
    originals = written if summarizer.language == "vi" else [""] * len(written)
    summary, findings = compose(translated, extract, list(zip(english, originals, strict=True)), length)
    cut = (_finding(f"the summarizer read all but the last {missing} sentences"),) if missing else ()
    return summary, (*cut, *findings)


def compose(
    translated: TranslatedDocument, extract: Summary, written: Sequence[tuple[str, str]], length: Length
) -> tuple[Summary, tuple[Finding, ...]]:
    """Put the written (English, Vietnamese) sentences that pass the gate, and extractive ones for the rest, together.

    Where there is no Vietnamese, the printed sentences that bear the English out stand for it.
    """
    gate = Gate(translated)
    printed = {s.source.index: s.source.original for s in translated.sentences}
    left = [_Told(*told) for told in zip(extract.sentences, extract.originals, extract.sources, strict=True)]
    told: list[_Told] = []
    findings: list[Finding] = []
    for english, original in dict.fromkeys(written):
        verdict = gate.judge(english)
        if verdict.faithful:
            told.append(_Told(english, original or " ".join(printed[i] for i in verdict.support), verdict.support))
            continue
        nearest = gate.nearest(english, [other.english for other in left])
        if nearest is not None:
            told.append(left.pop(nearest))
        what = "left out" if nearest is None else "replaced by a sentence of the article"
        findings.append(_finding(f"“{english}” is {what}: {'; '.join(verdict.doubts)}", verdict.support))
    if not told:
        return extract, (*findings, _finding("the summary is extractive: no written sentence is borne out"))
    told = told[: _count_kept([t.english for t in told], length)]
    summary = replace(
        extract,
        sentences=tuple(t.english for t in told),
        originals=tuple(t.original for t in told),
        sources=tuple(t.sources for t in told),
    )
    return in_form(summary, DEFAULT_FORM), tuple(findings)


def split_written(text: str) -> list[str]:
    """Cut what a model wrote into sentences, without the signs of a list."""
    pieces: list[str] = []
    for piece in _SENTENCE_END.split(" ".join(text.split())):
        if pieces and _ABBREVIATED.search(pieces[-1]):
            pieces[-1] += f" {piece}"
        else:
            pieces.append(re.sub(r"^(?:[-–•*]|\d+[.)])\s+", "", piece).strip())
    return [piece for piece in pieces if re.search(r"\w", piece)]


def _readable(translated: TranslatedDocument, summarizer: Summarizer) -> tuple[str, int]:
    """Give as much of the article as the model takes, and how many sentences at its end that leaves out."""
    body = [s for s in translated.sentences if s.source.paragraph != TITLE and s.text.strip()]
    texts = [s.source.text if summarizer.language == "vi" else s.text for s in body]
    taken = len(texts)
    while taken and not summarizer.fits(" ".join(texts[:taken])):
        taken -= 1
    return " ".join(texts[:taken]), len(texts) - taken


def _count_kept(sentences: Sequence[str], length: Length) -> int:
    """Say how many sentences are kept: as many as are asked for, or as the words allow, but one at least."""
    kept = min(len(sentences), length.sentences or len(sentences))
    while length.words and kept > 1 and sum(len(s.split()) for s in sentences[:kept]) > length.words:
        kept -= 1
    return kept


def _finding(message: str, support: Sequence[int] = ()) -> Finding:
    return Finding("summary", "info", message, support[0] if support else None)
