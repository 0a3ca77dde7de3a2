"""Documents -> TranslatedDocuments: translate, check, retry in other ways, keep the best, report the rest.

Every step takes all sentences of all documents that need it in one call, so that batches are full; what a
sentence becomes depends on its own document only, never on the batch.
"""

from collections.abc import Sequence
from dataclasses import replace

from vn_summarize.abbreviations import check_abbreviations, expand, introduce
from vn_summarize.backends import Translation, Translator
from vn_summarize.candidates import Candidate, Judge, as_printed, findings, writes_decimal_commas
from vn_summarize.consistency import check_successors
from vn_summarize.corrections import NONE, REVIEWED, Corrections
from vn_summarize.document import Abbreviation, Document, Finding, Sentence, TranslatedDocument, TranslatedSentence
from vn_summarize.drafts import draft_sentences, translate_texts
from vn_summarize.errors import GenerationError
from vn_summarize.glossary.enforcement import strip_markers
from vn_summarize.glossary.terms import TermBase
from vn_summarize.retries import TERM_STEPS, Work, retry_facts, retry_terms
from vn_summarize.surface import is_capitals, restore_surface, truecase
from vn_summarize.verification.numbers import doubtful_numbers


def translate_documents(
    documents: Sequence[Document],
    translator: Translator,
    terms: TermBase,
    steps: Sequence[str] = TERM_STEPS,
    corrections: Corrections = NONE,
) -> list[TranslatedDocument]:
    """Translate each document sentence by sentence; the same length and order as `documents`.

    `steps`: the ways to enforce a term, for measurements of a part of them. A sentence that an editor corrected
    is not translated; its English is checked and stays. Raises GenerationError when the model gives nothing usable.
    """
    prepared = [prepare(document) for document in documents]
    prepared = _name_abbreviations(prepared, translator)
    work = draft_sentences(prepared, translator, terms, steps, corrections)
    retry_facts(work, translator)
    retry_terms(work, translator, steps)
    work = _with_reviewed(work, prepared, terms, corrections)
    return [_finish(document, [w for w in work if w.document == d], translator) for d, document in enumerate(prepared)]


def prepare(document: Document) -> Document:
    """Write each sentence's text as the model should read it: short forms in full, no headline in capitals."""
    body = "\n".join(p for p in document.article.paragraphs if not is_capitals(p))

    def text(sentence: Sentence) -> str:
        cased = truecase(sentence.text, body) if is_capitals(sentence.text) else sentence.text
        return expand(cased, document.abbreviations)

    return replace(document, sentences=tuple(replace(s, text=text(s)) for s in document.sentences))


def _name_abbreviations(documents: Sequence[Document], translator: Translator) -> list[Document]:
    """Give the abbreviations that only the article defines the model's English for their long form."""
    unnamed = sorted({a.long for d in documents for a in d.abbreviations if not a.english})
    english = {
        long: answer.text.rstrip(".")
        for long, answer in zip(unnamed, translate_texts(unnamed, translator), strict=True)
    }

    def named(a: Abbreviation) -> Abbreviation:
        return a if a.english else replace(a, english=english[a.long])

    return [replace(d, abbreviations=tuple(named(a) for a in d.abbreviations)) for d in documents]


def _with_reviewed(
    work: list[Work], documents: Sequence[Document], terms: TermBase, corrections: Corrections
) -> list[Work]:
    """Put the sentences that were corrected between the others, judged like them but as they are."""
    reviewed = []
    for d, document in enumerate(documents):
        corrected = [(s, english) for s in document.sentences if (english := corrections.find(s.original))]
        commas = bool(corrected) and writes_decimal_commas(document)
        for sentence, english in corrected:
            judge = Judge(sentence, terms.find(sentence.text), decimal_commas=commas)
            chosen = judge(Translation(english, 0.0), REVIEWED)
            reviewed.append(Work(d, sentence, judge, sentence.text, judge.matches, chosen))
    return sorted((*work, *reviewed), key=lambda w: (w.document, w.sentence.index))


def _unsure(chosen: Candidate, translator: Translator) -> tuple[Finding, ...]:
    if chosen.how == REVIEWED or chosen.score >= translator.unsure_below:
        return ()
    return (Finding("unsure", "warning", f"the model is unsure of this sentence (score {chosen.score:.2f})"),)


def printed(w: Work) -> str:
    """Give a sentence's English with the quotes, capitals and final mark of its source; a correction as it is."""
    text = strip_markers(w.chosen.text)
    return text if w.chosen.how == REVIEWED else restore_surface(w.sentence.original, text)


def _finish(document: Document, work: list[Work], translator: Translator) -> TranslatedDocument:
    if work and not any(w.chosen.text for w in work):
        raise GenerationError("the model gave no text for any sentence")
    english = [printed(w) for w in work]
    introduced = introduce(english, document.abbreviations)
    shown = [e if w.chosen.how == REVIEWED else i for w, e, i in zip(work, english, introduced, strict=True)]
    sentences, doubts = [], []
    for w, text in zip(work, shown, strict=True):
        c = as_printed(w.chosen, w.judge.matches, text)
        sentences.append(TranslatedSentence(w.sentence, text, c.uses, c.checks, round(c.score, 2), c.how))
        found = (
            *findings(c),
            *doubtful_numbers(w.sentence.text, w.judge.decimal_commas),
            *_unsure(w.chosen, translator),
            *check_abbreviations(w.sentence.original, text, document.abbreviations),
        )
        doubts += [replace(f, sentence=w.sentence.index) for f in found]
    doubts += check_successors(sentences)
    return TranslatedDocument(document, tuple(sentences), tuple(dict.fromkeys(doubts)))
