"""Documents -> TranslatedDocuments: translate, check, retry in other ways, keep the best, report the rest.

Every step takes all sentences of all documents that need it in one call, so that batches are full; what a
sentence becomes depends on its own document only, never on the batch.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from vn_summarize.abbreviations import check_abbreviations, expand, introduce
from vn_summarize.backends import DEFAULT_DECODING, Decoding, Translation, Translator
from vn_summarize.candidates import Judge, as_printed, findings, is_sound
from vn_summarize.consistency import check_quotes, check_successors, quoted_phrases, unify_quotes
from vn_summarize.corrections import NONE, REVIEWED, Corrections
from vn_summarize.document import Abbreviation, Document, Sentence, TranslatedDocument, TranslatedSentence
from vn_summarize.errors import GenerationError
from vn_summarize.glossary.enforcement import mark_inline, strip_markers
from vn_summarize.glossary.terms import TermBase
from vn_summarize.retries import TERM_STEPS, Work, join_answers, retry_facts, retry_terms, to_tell
from vn_summarize.segmentation import split_clauses
from vn_summarize.surface import is_capitals, restore_surface, truecase


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
    told = translator.knows_terms and "inline" in steps
    work = _first_round(prepared, translator, terms, told, corrections)
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


def _first_round(
    documents: Sequence[Document], translator: Translator, terms: TermBase, told: bool, corrections: Corrections
) -> list[Work]:
    """Translate each sentence that nobody corrected, with its terms written into it where the model was `told` of such.

    Where that leaves anything to wish, the sentence is translated as it is, too, for the guard to compare.
    """
    renderings = _translate_quotes(documents, translator)
    every = [(d, s) for d, document in enumerate(documents) for s in document.sentences]
    sentences = [(d, s) for d, s in every if not corrections.find(s.original)]
    judges = [
        Judge(s, terms.find(s.text), partial(unify_quotes, s.text, renderings=renderings[d])) for d, s in sentences
    ]
    texts = [_first_text(judge, translator, told) for judge in judges]
    answers = translate_texts(texts, translator)
    first = [
        judge(answer, "plain" if text == judge.sentence.text else "inline")
        for judge, text, answer in zip(judges, texts, answers, strict=True)
    ]
    doubted = [i for i, c in enumerate(first) if c.how == "inline" and not is_sound(c, judges[i].sentence.text)]
    plain = dict(zip(doubted, translate_texts([judges[i].sentence.text for i in doubted], translator), strict=True))
    work = []
    for i, ((d, sentence), judge, text, candidate) in enumerate(zip(sentences, judges, texts, first, strict=True)):
        chosen = judge(plain[i], "plain") if i in plain else candidate
        refused = [candidate] if i in plain else []
        work.append(Work(d, sentence, judge, chosen, renderings[d], asked={(text, DEFAULT_DECODING)}, refused=refused))
    return work


def _with_reviewed(
    work: list[Work], documents: Sequence[Document], terms: TermBase, corrections: Corrections
) -> list[Work]:
    """Put the sentences that were corrected between the others, judged like them but as they are."""
    quotes = {w.document: w.quotes for w in work}
    reviewed = []
    for d, document in enumerate(documents):
        for sentence in document.sentences:
            if english := corrections.find(sentence.original):
                judge = Judge(sentence, terms.find(sentence.text), str)
                chosen = judge(Translation(english, 0.0), REVIEWED)
                reviewed.append(Work(d, sentence, judge, chosen, quotes.get(d, {})))
    return sorted((*work, *reviewed), key=lambda w: (w.document, w.sentence.index))


def _translate_quotes(documents: Sequence[Document], translator: Translator) -> list[dict[str, str]]:
    """Give, for each document, what it quotes twice or more with its English."""
    phrases = [quoted_phrases(document) for document in documents]
    flat = sorted({p for found in phrases for p in found})
    english = dict(zip(flat, translate_texts(flat, translator), strict=True))
    return [{p: english[p].text.strip(' ."') for p in found} for found in phrases]


def _first_text(judge: Judge, translator: Translator, told: bool) -> str:
    text = mark_inline(judge.sentence.text, to_tell(judge.matches)) if told else judge.sentence.text
    return text if translator.fits(text) else judge.sentence.text


def _printed(w: Work) -> str:
    text = strip_markers(w.chosen.text)
    return text if w.chosen.how == REVIEWED else restore_surface(w.sentence.original, text)


def _finish(document: Document, work: list[Work], translator: Translator) -> TranslatedDocument:
    if work and not any(w.chosen.text for w in work):
        raise GenerationError("the model gave no text for any sentence")
    english = [_printed(w) for w in work]
    introduced = introduce(english, document.abbreviations)
    shown = [e if w.chosen.how == REVIEWED else i for w, e, i in zip(work, english, introduced, strict=True)]
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
