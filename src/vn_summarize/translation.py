"""Documents -> TranslatedDocuments: translate, check, retry in other ways, keep the best, report the rest.

Every step takes all sentences of all documents that need it in one call, so that batches are full; what a
sentence becomes depends on its own document only, never on the batch.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from vn_summarize.abbreviations import check_abbreviations, expand, introduce
from vn_summarize.backends import DEFAULT_DECODING, Decoding, Translation, Translator
from vn_summarize.candidates import Judge, as_printed, findings
from vn_summarize.consistency import check_quotes, check_successors, quoted_phrases, unify_quotes
from vn_summarize.document import Abbreviation, Document, Sentence, TranslatedDocument, TranslatedSentence
from vn_summarize.errors import GenerationError
from vn_summarize.glossary.enforcement import strip_markers
from vn_summarize.glossary.terms import TermBase
from vn_summarize.retries import TERM_STEPS, Work, join_answers, retry_facts, retry_terms
from vn_summarize.segmentation import split_clauses
from vn_summarize.surface import is_capitals, restore_surface, truecase


def translate_documents(
    documents: Sequence[Document], translator: Translator, terms: TermBase, steps: Sequence[str] = TERM_STEPS
) -> list[TranslatedDocument]:
    """Translate each document sentence by sentence; the same length and order as `documents`.

    `steps`: the ways to enforce a term, for measurements of a part of them. Raises GenerationError when the
    model gives nothing usable.
    """
    prepared = [prepare(document) for document in documents]
    prepared = _name_abbreviations(prepared, translator)
    work = _first_round(prepared, translator, terms)
    retry_facts(work, translator)
    retry_terms(work, translator, steps)
    return [_finish(document, [w for w in work if w.document == d], translator) for d, document in enumerate(prepared)]


def prepare(document: Document) -> Document:
    """Write each sentence's text as the model should read it: short forms in full, no headline in capitals."""
    body = "\n".join(p for p in document.article.paragraphs if not is_capitals(p))

    def text(sentence: Sentence) -> str:
        cased = truecase(sentence.text, body) if is_capitals(sentence.text) else sentence.text
        return expand(cased, document.abbreviations)

    return replace(document, sentences=tuple(replace(s, text=text(s)) for s in document.sentences))


def translate_texts(
    texts: Sequence[str], translator: Translator, decoding: Decoding = DEFAULT_DECODING
) -> list[Translation]:
    """Translate texts of any length: one that does not fit goes clause by clause and is joined again."""
    pieces = [[t] if translator.fits(t) else split_clauses(t, translator.fits) for t in texts]
    flat = [piece for parts in pieces for piece in parts]
    done = iter(translator.translate(flat, decoding))
    joined = []
    for parts in pieces:
        answers = [next(done) for _ in parts]
        joined.append(answers[0] if len(parts) == 1 else join_answers(parts, answers))
    return joined


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


def _first_round(documents: Sequence[Document], translator: Translator, terms: TermBase) -> list[Work]:
    sentences = [(d, s) for d, document in enumerate(documents) for s in document.sentences]
    answers = translate_texts([s.text for _, s in sentences], translator)
    phrases = [quoted_phrases(document) for document in documents]
    flat = sorted({p for found in phrases for p in found})
    english = dict(zip(flat, translate_texts(flat, translator), strict=True))
    work = []
    for (d, sentence), answer in zip(sentences, answers, strict=True):
        quotes = {p: english[p].text.strip(' ."') for p in phrases[d]}
        settle = partial(unify_quotes, sentence.text, renderings=quotes)
        judge = Judge(sentence, terms.find(sentence.text), settle)
        work.append(Work(d, sentence, judge, judge(answer, "plain"), quotes))
    return work


def _finish(document: Document, work: list[Work], translator: Translator) -> TranslatedDocument:
    if work and not any(w.chosen.text for w in work):
        raise GenerationError("the model gave no text for any sentence")
    english = [restore_surface(w.sentence.original, strip_markers(w.chosen.text)) for w in work]
    shown = introduce(english, document.abbreviations)
    sentences, doubts = [], []
    for w, text in zip(work, shown, strict=True):
        c = as_printed(w.chosen, w.judge.matches, text)
        sentences.append(TranslatedSentence(w.sentence, text, c.uses, c.checks, round(c.score, 2), c.how))
        found = (
            *findings(c),
            *check_quotes(w.sentence.text, c.text, w.quotes),
            *check_abbreviations(w.sentence.original, text, document.abbreviations),
        )
        doubts += [replace(f, sentence=w.sentence.index) for f in found]
    doubts += check_successors(sentences)
    return TranslatedDocument(document, tuple(sentences), tuple(dict.fromkeys(doubts)))
