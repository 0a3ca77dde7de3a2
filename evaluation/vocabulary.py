"""Which built-in terms a model knows by itself, and which the program makes it say: each in a sentence of its own.

    python evaluation/vocabulary.py [--model NAME|DIR] [--domain DOMAIN ...] [--missed]

The sentence is the same for all, so that nothing in it helps. Counted are the required terms (`force`). A term counts
as known where its English or an alternative stands in the answer. --missed lists those that the model does not know.
"""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vn_summarize.backends import Translator
from vn_summarize.drafts import translate_texts
from vn_summarize.evaluation import Share, count_terms
from vn_summarize.glossary.formats import builtin_rows, load_builtin
from vn_summarize.glossary.place_terms import PlaceTerms
from vn_summarize.glossary.terms import Term, TermBase
from vn_summarize.models import load, resolve
from vn_summarize.pipeline import translate_segments

CARRIER = "Ở xã này, nhiều người nói về {}."
"""In this commune, many people talk about {}."""


@dataclass(frozen=True, slots=True)
class Known:
    """A term in its sentence: what the model answers, what the program does, and whether the term is in either."""

    term: Term
    model: str
    program: str
    alone: Share
    told: Share


def measure(terms: Sequence[Term], base: Iterable[Term], translator: Translator) -> list[Known]:
    """Translate each term's sentence by the model alone and as `translate` does with the terms of `base`."""
    sources = [CARRIER.format(term.source) for term in terms]
    answers = [answer.text for answer in translate_texts(sources, translator)]
    documents = translate_segments(sources, translator, PlaceTerms(base))
    program = [" ".join(s.text for s in document.sentences) for document in documents]
    known = []
    for term, source, alone, told in zip(terms, sources, answers, program, strict=True):
        found = [TermBase([term]).find(source)]
        known.append(Known(term, alone, told, count_terms(found, [alone]), count_terms(found, [told])))
    return known


def domains() -> dict[str, str]:
    """Give the domain of each built-in term by its source."""
    return {row["source"]: row["domain"] for row in builtin_rows()}


def render_table(known: Sequence[Known], named: dict[str, str]) -> str:
    """Write a row for each domain, most terms first, and one for all."""
    lines = ["| domain | terms | the model knows | the program says |", "|---|--:|--:|--:|"]
    groups = {name: [k for k in known if named[k.term.source] == name] for name in set(named.values())}
    for name, group in [*sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0])), ("all", list(known))]:
        if group:
            alone, told = (sum(shares, Share(0, 0)) for shares in zip(*((k.alone, k.told) for k in group), strict=True))
            lines.append(f"| {name} | {len(group)} | {alone.percent:.1f} % | {told.percent:.1f} % |")
    return "\n".join(lines)


def main() -> None:
    """Read the command line, translate, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="vi-en-news", help="a model's name or folder")
    parser.add_argument("--domain", nargs="*", help="only the terms of these domains")
    parser.add_argument("--missed", action="store_true", help="list what the model does not know")
    options = parser.parse_args()
    base, named = load_builtin(), domains()
    chosen = [t for t in base if t.policy == "force" and (not options.domain or named[t.source] in options.domain)]
    folder = resolve(options.model)
    known = measure(chosen, base, load(folder))
    print(render_table(known, named))
    for k in known if options.missed else ():
        if not k.alone.hits:
            print(f"{k.term.source}\t{k.term.target}\t{k.model}\t{k.program}")
    print(f"\n{len(known)} terms, {folder.fingerprint}")


if __name__ == "__main__":
    main()
