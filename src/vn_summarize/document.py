"""The values that flow through the stages: frozen, slotted, holding tuples only."""

from dataclasses import dataclass
from typing import Literal

TITLE = -1
"""The paragraph number of the title's sentence(s)."""


Severity = Literal["info", "warning", "error"]
"""How much a Finding matters: an error means that the English may mislead the reader."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubt about content. `sentence` is a Sentence.index, None when it concerns the whole article."""

    kind: str  # number, date, name, code, term, abbreviation, repetition, length, untranslated, typo, ...
    severity: Severity
    message: str
    sentence: int | None = None


@dataclass(frozen=True, slots=True)
class Removal:
    """A piece of the article as read that is not article text; paragraph and offset say where it stood.

    `offset` is the place, in characters, in the read paragraph (TITLE for the title). Putting every
    removal back gives the read article (see `cleaning.restore`).
    """

    kind: str  # dateline, byline, end-mark, comment-form, share, related, caption, ...
    paragraph: int
    offset: int
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article. As read: raw title and paragraphs. As cleaned: article text only, with the removals."""

    id: str  # POSIX path below the output folder, without suffix: "2022/hoi-nghi"
    origin: str  # where it was read: the path, with "#3" for a row of a JSON Lines file
    title: str
    paragraphs: tuple[str, ...]
    source: str = ""  # the site or paper: "kontumtv.vn"
    date: str = ""  # ISO 8601 where known
    authors: tuple[str, ...] = ()
    removed: tuple[Removal, ...] = ()
    findings: tuple[Finding, ...] = ()  # doubts about how it was read, all of kind "encoding"
    section: str = ""  # of the site or paper: "Xã hội"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. `original` is as printed; `text` is what is translated (tones and typos normalised)."""

    index: int  # from 0 over the whole document
    paragraph: int  # index of its paragraph; TITLE for the title
    original: str
    text: str


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form with its Vietnamese long form and the English that stands for it.

    `english_short` is the usual English short form ("UN") or "" where there is none; `origin` is
    "article" when the article defines it, else the source of the built-in entry.
    """

    short: str
    long: str
    english: str
    english_short: str = ""
    origin: str = "article"
    sentence: int | None = None  # where the article defines it


@dataclass(frozen=True, slots=True)
class Document:
    """An article cut into sentences, with the abbreviations that hold in it."""

    article: Article
    sentences: tuple[Sentence, ...]
    abbreviations: tuple[Abbreviation, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One fact of a source sentence and whether its translation keeps it."""

    kind: Literal["number", "date", "name", "code"]
    source: str  # as the source sentence has it: "gần 21 tỷ đồng"
    expected: str  # one good English form: "nearly 21 billion VND"
    rendered: str  # the piece of the translation that answers it, "" when none does
    ok: bool


@dataclass(frozen=True, slots=True)
class TermUse:
    """One occurrence of a glossary term in a sentence and what became of it."""

    source: str  # as the source sentence has it
    target: str  # the required English
    start: int  # character offset in Sentence.text
    rendered: str  # as the translation has it, "" when UNMET
    status: Literal["met", "unmet"]
    how: str  # plain, inline, replaced, ...: the step that met it
    policy: str  # force, prefer, keep, forbid
    origin: str  # the glossary it comes from
    term: str = ""  # the glossary's own spelling of the source: one term, however the sentence writes it


@dataclass(frozen=True, slots=True)
class Place:
    """A province, district or commune that an article names."""

    source: str  # as the first sentence that names it has it: "xã Hơ Moong"
    type: str  # in English: "commune"
    english: str  # with its type: "Hơ Moong Commune"
    ascii: str  # the same without diacritics
    sentences: tuple[int, ...]  # Sentence.index
    today: str = ""  # what it is or belongs to since the reform of 2025, "" where unchanged or not known


FactKind = Literal["date", "place", "body", "person", "program", "document", "figure"]
"""What a key fact is about; in the order in which they are listed."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A key fact of an article; all its English stands in the translation of its sentence."""

    kind: FactKind
    text: str  # "June 8", "Hơ Moong Commune", "more than 2,700", "nearly 21 billion VND"
    source: str  # as the Vietnamese sentence has it
    sentence: int  # Sentence.index
    title: str = ""  # a person's
    unit: str = ""  # a figure's, where it is one of measure: "VND", "%"
    counted: str = ""  # what a figure counts: "poor and near-poor households"
    action: str = ""  # what was done with it: "support"


@dataclass(frozen=True, slots=True)
class TranslatedSentence:
    """A sentence with its translation and the evidence for it."""

    source: Sentence
    text: str
    terms: tuple[TermUse, ...] = ()
    checks: tuple[Check, ...] = ()
    score: float = 0.0  # mean log-probability per target token, rounded to two decimals
    how: str = "plain"  # the candidate that won: plain, beam, split, terms, ...


@dataclass(frozen=True, slots=True)
class TranslatedDocument:
    """A document with its translation, sentence by sentence, and the doubts about it."""

    document: Document
    sentences: tuple[TranslatedSentence, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """A short summary; every sentence names the source sentences that it comes from."""

    headline: str
    headline_sources: tuple[int, ...]
    sentences: tuple[str, ...]  # in English
    sources: tuple[tuple[int, ...], ...]  # Sentence.index values, one tuple a summary sentence
    text: str  # the sentences as `language` and `style` ask for
    originals: tuple[str, ...] = ()  # the same sentences in Vietnamese
    headline_original: str = ""
    language: Literal["en", "vi", "both"] = "en"  # what `text` and the pages show
    style: Literal["paragraph", "bullets"] = "paragraph"


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """Everything known about one article that was translated."""

    translated: TranslatedDocument
    summary: Summary
    findings: tuple[Finding, ...]
    places: tuple[Place, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that gave no result, and what to do about it."""

    origin: str
    stage: str  # read, clean, translate, write, ...
    error: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did: one line for each article, in the order of their ids."""

    written: tuple[str, ...]  # ids
    skipped: tuple[str, ...]  # ids whose output was current
    failures: tuple[Failure, ...]
    findings: tuple[tuple[str, str, int], ...]  # (kind, severity, count)
    sentences: int
    seconds: float
    signature: str
