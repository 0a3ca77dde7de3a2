"""Documents -> TranslatedDocuments: translate, check, retry in other ways, keep the best, report the rest.

Every step takes all sentences of all documents that need it in one call, so that batches are full; what a
sentence becomes depends on its own document only, never on the batch.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from vn_summarize.abbreviations import check_abbreviations, expand, introduce
from vn_summarize.backends import DEFAULT_DECODING, Decoding, Translation, Translator
from vn_summarize.candidates import Candidate, Judge, best, findings, improves_facts, improves_terms
from vn_summarize.consistency import check_quotes, quoted_phrases, unify_quotes
from vn_summarize.document import Abbreviation, Document, Sentence, TranslatedDocument, TranslatedSentence
from vn_summarize.errors import GenerationError
from vn_summarize.glossary.enforcement import mark_inline, replace_renderings, strip_markers
from vn_summarize.glossary.terms import TermBase
from vn_summarize.segmentation import split_clauses
from vn_summarize.surface import is_capitals, join_clauses, restore_surface, truecase

WIDE = Decoding(beam=4, alternatives=4)
"""The search for a sentence whose first translation has faults."""
NO_LOOPS = Decoding(beam=2, no_repeat_ngram=4, repetition_penalty=1.1)
SPLIT_WORDS = 25
"""A shorter sentence is not cut into clauses for another try."""


@dataclass(slots=True)
class _Work:
    """A sentence on its way: what is translated, how candidates are judged, and the best so far."""

    document: int
    sentence: Sentence
    judge: Judge
    chosen: Candidate
    quotes: dict[str, str]  # what the article quotes twice or more, with its English


def translate_documents(
    documents: Sequence[Document], translator: Translator, terms: TermBase
) -> list[TranslatedDocument]:
    """Translate each document sentence by sentence; the same length and order as `documents`.

    Raises GenerationError when the model gives nothing usable.
    """
    prepared = [prepare(document) for document in documents]
    prepared = _name_abbreviations(prepared, translator)
    work = _first_round(prepared, translator, terms)
    _retry_terms(work, translator)
    _retry_facts(work, translator)
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
        joined.append(answers[0] if len(parts) == 1 else _joined(parts, answers))
    return joined


def _joined(parts: list[str], answers: list[Translation]) -> Translation:
    text = join_clauses(parts, [a.text for a in answers])
    return Translation(text, min(a.score for a in answers), all(a.complete for a in answers))


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


def _first_round(documents: Sequence[Document], translator: Translator, terms: TermBase) -> list[_Work]:
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
        work.append(_Work(d, sentence, judge, judge(answer, "plain"), quotes))
    return work


def _retry(
    work: list[_Work], translator: Translator, text: Callable[[_Work], str], decoding: Decoding, how: str
) -> list[list[Candidate]]:
    """Give the candidates that another way of translating yields for each sentence of `work`."""
    fitting = [w for w in work if translator.fits(text(w))]
    answers = dict(
        zip(
            map(id, fitting), translator.translate([text(w) for w in fitting], decoding) if fitting else [], strict=True
        )
    )
    found = []
    for w in work:
        answer = answers.get(id(w))
        texts = (answer.text, *answer.alternatives) if answer else ()
        found.append([w.judge(replace(answer, text=t), how) for t in dict.fromkeys(texts)] if answer else [])
    return found


def _retry_terms(work: list[_Work], translator: Translator) -> None:
    """Ask again for the sentences with an unmet term, the term written into the source if the model knows how."""
    unmet = [w for w in work if w.chosen.unmet]
    if translator.knows_terms:

        def marked(w: _Work) -> str:
            return mark_inline(
                w.sentence.text, [m for m, u in zip(w.judge.matches, w.chosen.uses, strict=True) if u.status == "unmet"]
            )

        for w, candidates in zip(unmet, _retry(unmet, translator, marked, DEFAULT_DECODING, "inline"), strict=True):
            _take(w, candidates, improves_terms)
    for w in unmet:
        replaced = replace_renderings(w.judge.matches, w.chosen.uses, w.chosen.text)
        if replaced != w.chosen.text:
            _take(w, [w.judge(Translation(replaced, w.chosen.score, w.chosen.complete), "replaced")], improves_terms)


def _retry_facts(work: list[_Work], translator: Translator) -> None:
    """Ask again where facts or form are at fault: with a wider beam, without loops, clause by clause."""
    faulty = [w for w in work if w.chosen.faults]
    _retry_decoding(faulty, translator, WIDE, "beam")
    _retry_decoding([w for w in faulty if w.chosen.loops], translator, NO_LOOPS, "no-repeat")
    _retry_split([w for w in faulty if w.chosen.faults and len(w.sentence.text.split()) > SPLIT_WORDS], translator)


def _retry_decoding(work: list[_Work], translator: Translator, decoding: Decoding, how: str) -> None:
    for w, found in zip(work, _retry(work, translator, lambda w: w.sentence.text, decoding, how), strict=True):
        _take(w, found, improves_facts)


def _retry_split(work: list[_Work], translator: Translator) -> None:
    """Translate the clauses of long sentences by themselves; a part has at most 0.6 of the words."""

    def halves(text: str) -> list[str]:
        most = 0.6 * len(text.split())
        return split_clauses(text, lambda part: len(part.split()) <= most)

    cut = [(w, parts) for w in work if len(parts := halves(w.sentence.text)) > 1 and all(map(translator.fits, parts))]
    answers = iter(translator.translate([part for _, parts in cut for part in parts]) if cut else [])
    for w, parts in cut:
        _take(w, [w.judge(_joined(parts, [next(answers) for _ in parts]), "split")], improves_facts)


def _take(w: _Work, candidates: list[Candidate], improves: Callable[[Candidate, Candidate], bool]) -> None:
    better = [c for c in candidates if improves(c, w.chosen)]
    if better:
        chosen = best(better)
        pairs = zip(w.chosen.uses, chosen.uses, strict=True)
        uses = tuple(replace(new, how=old.how) if old.how and new.how else new for old, new in pairs)
        w.chosen = replace(chosen, uses=uses)


def _finish(document: Document, work: list[_Work], translator: Translator) -> TranslatedDocument:
    if work and not any(w.chosen.text for w in work):
        raise GenerationError("the model gave no text for any sentence")
    english = [restore_surface(w.sentence.original, strip_markers(w.chosen.text)) for w in work]
    shown = introduce(english, document.abbreviations)
    sentences, doubts = [], []
    for w, text in zip(work, shown, strict=True):
        c = w.chosen
        sentences.append(TranslatedSentence(w.sentence, text, c.uses, c.checks, round(c.score, 2), c.how))
        found = (
            *findings(c),
            *check_quotes(w.sentence.text, c.text, w.quotes),
            *check_abbreviations(w.sentence.original, text, document.abbreviations),
        )
        doubts += [replace(f, sentence=w.sentence.index) for f in found]
    return TranslatedDocument(document, tuple(sentences), tuple(dict.fromkeys(doubts)))
