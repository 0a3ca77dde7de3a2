"""Whether glossaries are obeyed, and at what price: the articles of evaluation/terms, translated in three modes.

    python evaluation/terms.py [--model NAME|DIR] [--limit N] [--steps STEP,STEP] [--json FILE] [--memory FILE]

none: no terms at all, the baseline. proper: the house's glossary (proper.tsv), which the references obey.
random: other English for the same terms (random.tsv), put into the references where they have the proper one. Both
stand before the built-in base, as a user's glossary does; only their own occurrences are counted.
"""

import argparse
import collections
import json
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vn_summarize import __version__
from vn_summarize.abbreviations import find_abbreviations
from vn_summarize.backends import Translator
from vn_summarize.cache import CachedTranslator, TranslationMemory
from vn_summarize.candidates import keeps_length
from vn_summarize.document import Article, Document, Sentence, TermUse, TranslatedDocument, TranslatedSentence
from vn_summarize.errors import ModelError
from vn_summarize.evaluation import score
from vn_summarize.glossary.enforcement import check_terms
from vn_summarize.glossary.formats import load_builtin, load_glossary
from vn_summarize.glossary.place_terms import PlaceTerms
from vn_summarize.glossary.renderings import English
from vn_summarize.glossary.replacement import replace_renderings
from vn_summarize.glossary.terms import Term, TermBase, TermMatch
from vn_summarize.models import LazyTranslator, resolve
from vn_summarize.retries import TERM_STEPS
from vn_summarize.translation import translate_documents
from vn_summarize.verification.checks import check_facts, extra_facts

HERE = Path(__file__).parent / "terms"
MODES = ("none", "proper", "random")


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence of an article with its reference, which obeys the proper glossary."""

    article: str
    source: str
    target: str


def parse_segments(text: str) -> tuple[Segment, ...]:
    """Parse lines of article, source and target parted by tabs, under a header. Raises ValueError."""
    rows = [line.split("\t") for line in text.splitlines()[1:]]
    bad = [number for number, cells in enumerate(rows, 2) if len(cells) != 3 or not all(cells)]
    if bad:
        raise ValueError(f"line {bad[0]}: expected article, source and target, parted by tabs")
    return tuple(Segment(*cells) for cells in rows)


def make_documents(segments: Sequence[Segment]) -> list[Document]:
    """Make a document of each article, a sentence of each segment."""
    articles: dict[str, list[Segment]] = {}
    for segment in segments:
        articles.setdefault(segment.article, []).append(segment)
    documents = []
    for name, parts in articles.items():
        article = Article(name, name, "", tuple(s.source for s in parts))
        sentences = tuple(Sentence(i, i, s.source, s.source) for i, s in enumerate(parts))
        documents.append(Document(article, sentences, find_abbreviations(sentences)[0]))
    return documents


def load_modes() -> dict[str, list[Term]]:
    """Load each mode's own terms."""
    return {mode: load_glossary(HERE / f"{mode}.tsv")[0] if mode != "none" else [] for mode in MODES}


def measure(
    segments: Sequence[Segment], translator: Translator, modes: dict[str, list[Term]], steps: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """Translate the segments in each mode and measure what comes out."""
    documents, builtin = make_documents(segments), load_builtin()
    proper = {t.source: t for t in modes["proper"]}
    results: dict[str, dict[str, Any]] = {}
    baseline: list[TranslatedSentence] = []
    for mode, own in modes.items():
        terms = PlaceTerms([*own, *builtin]) if own else TermBase(())
        done = translate_documents(documents, translator, terms, steps)
        baseline = baseline or _sentences(done)
        asked = TermBase(replace(t, forbidden=_english(proper[t.source])) for t in own)
        references = [adapt(s.target, asked.find(s.source)) for s in segments]
        results[mode] = _measure_mode(segments, references, done, baseline, own)
    return results


def adapt(reference: str, matches: Sequence[TermMatch]) -> str:
    """Put into a reference the English that is asked for where it has what the terms forbid."""
    return replace_renderings(matches, check_terms(matches, reference), reference)


def _english(term: Term) -> tuple[str, ...]:
    return (term.target or term.source, *term.alternatives)


def _measure_mode(
    segments: Sequence[Segment],
    references: Sequence[str],
    done: Sequence[TranslatedDocument],
    baseline: Sequence[TranslatedSentence],
    own: Sequence[Term],
) -> dict[str, Any]:
    sentences = _sentences(done)
    texts = [s.text for s in sentences]
    scores = score([s.source for s in segments], texts, references)
    origins = {t.origin for t in own}
    uses = [(s, u) for s in sentences for u in s.terms if u.origin in origins]
    met = [u for _, u in uses if u.status == "met"]
    worse = collections.Counter(
        kind for before, after in zip(baseline, sentences, strict=True) for kind in compare(before, after)
    )
    reported = sum(f.kind == "term" for document in done for f in document.findings)
    return {
        "occurrences": len(uses),
        "met": round(100 * len(met) / len(uses), 2) if uses else 100.0,
        "how": dict(collections.Counter(u.how for u in met).most_common()),
        "chrF": round(scores.chrf, 2),
        "BLEU": round(scores.bleu, 2),
        "worse": {kind: worse[kind] for kind in ("numbers", "names", "length")},
        "consistency": round(consistency(met, own), 2),
        "reported": reported,
        "signature": f"{scores.chrf_signature} {scores.bleu_signature}",
        "unmet": [[s.source.text, u.source, u.target, s.text] for s, u in uses if u.status == "unmet"],
    }


def _sentences(done: Sequence[TranslatedDocument]) -> list[TranslatedSentence]:
    return [s for document in done for s in document.sentences]


def compare(before: TranslatedSentence, after: TranslatedSentence) -> set[str]:
    """Name what a sentence lost against its baseline: numbers (with dates and codes), names, length."""
    if before.text == after.text:
        return set()
    lost = _faults(after) - _faults(before)
    kinds = {"names" if kind == "name" else "numbers" for kind, _ in lost}
    return kinds | (set() if keeps_length(after.text, before.text) else {"length"})


def _faults(sentence: TranslatedSentence) -> collections.Counter[tuple[str, str]]:
    source, english = sentence.source.text, sentence.text
    failed = [(c.kind, c.source) for c in check_facts(source, english) if not c.ok]
    return collections.Counter([*failed, *((f.kind, "") for f in extra_facts(source, english))])


def consistency(met: Iterable[TermUse], own: Iterable[Term]) -> float:
    """Give the percentage of the met occurrences that have the rendering which is commonest for their term."""
    phrases = {t.target: (t.target, *t.alternatives) for t in own if t.target}
    renderings: dict[str, collections.Counter[str]] = {}
    for use in met:
        english = English(use.rendered)
        said = next((p for p in phrases.get(use.target, ()) if english.find(p)), use.rendered.lower())
        renderings.setdefault(use.target.lower(), collections.Counter())[said] += 1
    total = sum(c.total() for c in renderings.values())
    return 100 * sum(max(c.values()) for c in renderings.values()) / total if total else 100.0


def render_table(results: dict[str, dict[str, Any]]) -> str:
    """Write the measures of each mode in a line, and how its terms were met."""
    rows = [f"{'mode':<8}{'terms':>7}{'met %':>8}{'chrF':>8}{'BLEU':>8}{'same':>8}  worse: numbers names length"]
    for mode, r in results.items():
        worse = " ".join(str(n) for n in r["worse"].values())
        rows.append(
            f"{mode:<8}{r['occurrences']:>7}{r['met']:>8.2f}{r['chrF']:>8.2f}{r['BLEU']:>8.2f}"
            f"{r['consistency']:>8.2f}  {worse}"
        )
    rows += [f"{mode}: " + ", ".join(f"{how} {n}" for how, n in r["how"].items()) for mode, r in results.items()]
    return "\n".join(rows)


def run(options: argparse.Namespace) -> int:
    """Measure and print; give the exit code."""
    segments = parse_segments((HERE / "segments.tsv").read_text(encoding="utf-8"))[: options.limit]
    steps = TERM_STEPS if options.steps is None else [step for step in options.steps.split(",") if step]
    with tempfile.TemporaryDirectory() as folder:  # what the modes share is translated once
        memory = TranslationMemory(options.memory or Path(folder, "memory.sqlite"))
        translator = CachedTranslator(LazyTranslator(resolve(options.model)), memory)
        results = measure(segments, translator, load_modes(), steps)
        memory.close()
    print(render_table(results))
    for mode, result in results.items() if options.unmet else ():
        for source, term, target, english in result["unmet"]:
            print(f"{mode}: {term} -> {target}\n    {source}\n    {english}")
    signature = f"segments:{len(segments)}|steps:{'+'.join(steps)}|{translator.fingerprint}|version:{__version__}"
    print(f"{signature}|{results['none']['signature']}")
    if options.json:
        options.json.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="vi-en-news")
    parser.add_argument("--limit", type=int, help="take the first N segments")
    parser.add_argument("--steps", help=f"ways to enforce a term, of {','.join(TERM_STEPS)} (default: all)")
    parser.add_argument("--json", type=Path, help="write the measures to a file, too")
    parser.add_argument("--memory", type=Path, help="keep the translations in a file for the next run")
    parser.add_argument("--unmet", action="store_true", help="print each occurrence that is unmet")
    try:
        return run(parser.parse_args(arguments))
    except ModelError as error:
        print(f"terms: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
