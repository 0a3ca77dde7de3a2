"""Measure a model on development sets: likeness to the references, facts kept, terms obeyed, speed, memory.

    python evaluation/score.py --model DIR --dev FOLDER [--limit N] [--beam N] [--phrases FILE] [--product] [--json]

FOLDER holds NAME.tsv files (source, reference) and folders of NN.vi and NN.en files (`number<TAB>segment`), a set
each. --limit takes sentences evenly from each set. The model translates alone; --product adds the product's checks,
retries and built-in terms. A model that knows terms is told them inline in two further runs:

  proper   the built-in terms of a source whose target stands in its reference
  random   the phrases that phrases.py drew
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from gate import translate_product
from phrases import Row, read_sets

from vn_summarize.backends import Runtime, Translator
from vn_summarize.comparison import Estimate, chrf_interval
from vn_summarize.drafts import translate_texts
from vn_summarize.evaluation import Scores, Share, count_terms, proper_terms, score, take_evenly
from vn_summarize.glossary.enforcement import mark_inline, strip_markers
from vn_summarize.glossary.formats import load_builtin
from vn_summarize.glossary.place_terms import PlaceTerms
from vn_summarize.glossary.terms import Term, TermBase, TermMatch
from vn_summarize.models import load, resolve
from vn_summarize.trials import peak_megabytes

Matches = list[tuple[TermMatch, ...]]


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured on one development set. Proper and random: without the terms told, and with them."""

    name: str
    scores: Scores
    chrf: Estimate
    speed: float  # sentences a second
    proper: tuple[Share, Share]
    proper_chrf: float
    random: tuple[Share, Share]


def read_phrases(path: Path | None, name: str, rows: Sequence[Row]) -> Matches:
    """Read the phrases of a set as matches in its sources; sentences without one have none."""
    found: Matches = [()] * len(rows)
    lines = path.read_text(encoding="utf-8").splitlines() if path else []
    for cells in (line.split("\t") for line in lines):
        if cells[0] == name:
            i, phrase, english = int(cells[1]), cells[2], cells[3]
            start = rows[i][0].index(phrase)
            found[i] = (TermMatch(Term(phrase, english), start, start + len(phrase), phrase),)
    return found


def measure(
    name: str, rows: Sequence[Row], phrases: Matches, translator: Translator, options: argparse.Namespace
) -> Result:
    """Translate one set plainly and, where the model knows terms, with them told inline."""
    sources, references = [source for source, _ in rows], [reference for _, reference in rows]
    terms = TermBase(load_builtin())
    started = time.monotonic()
    if options.product:
        plain = translate_product(sources, translator, PlaceTerms(load_builtin()))
    else:
        plain = [answer.text for answer in translate_texts(sources, translator)]
    speed = len(sources) / (time.monotonic() - started)
    proper = [proper_terms(source, reference, terms) for source, reference in rows]
    told = plain
    shares = []
    for matches in (phrases, proper):
        told = _tell(sources, matches, plain, translator)
        shares.append((count_terms(matches, plain), count_terms(matches, told)))
    chrf = score(sources, told, references).chrf
    return Result(
        name, score(sources, plain, references), chrf_interval(plain, references), speed, shares[1], chrf, shares[0]
    )


def _tell(sources: Sequence[str], matches: Matches, plain: Sequence[str], translator: Translator) -> list[str]:
    """Translate again the sources that have matches, these written into them; the others stay as they are."""
    if not translator.knows_terms:
        return list(plain)
    marked = {
        i: mark_inline(source, found) for i, (source, found) in enumerate(zip(sources, matches, strict=True)) if found
    }
    fitting = [i for i, text in marked.items() if translator.fits(text)]
    answers = translator.translate([marked[i] for i in fitting])
    told = dict(zip(fitting, (strip_markers(answer.text) for answer in answers), strict=True))
    return [told.get(i, text) for i, text in enumerate(plain)]


def render_table(results: Sequence[Result]) -> str:
    """Write the results as a Markdown table."""
    head: tuple[str, ...] = ("set", "sentences", "BLEU", "chrF (95 %)", "numbers", "names", "loops/empty/half")
    head += ("proper terms", "chrF with them", "random terms", "sentences/s")
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for r in results:
        s = r.scores
        cells = (
            r.name, str(s.sentences), f"{s.bleu:.1f}", f"{r.chrf.value:.1f} ({r.chrf.low:.1f}–{r.chrf.high:.1f})",
            _percent(s.numbers), _percent(s.names), f"{s.loops}/{s.empty}/{s.halves}",
            f"{_percent(r.proper[0])} → {_percent(r.proper[1])}", f"{r.proper_chrf:.1f}",
            f"{_percent(r.random[0])} → {_percent(r.random[1])}", f"{r.speed:.1f}",
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _percent(share: Share) -> str:
    return f"{share.percent:.1f} % of {share.total}" if share.total else "–"


def main() -> None:
    """Read the command line, measure each set, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="vi-en-news", help="a model's name or folder")
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--sets", nargs="*", help="only the sets of these names")
    parser.add_argument("--limit", type=int, default=0, help="so many sentences of each set")
    parser.add_argument("--beam", type=int, default=0, help="another than the model's own")
    parser.add_argument("--phrases", type=Path, help="random terms, drawn by phrases.py")
    parser.add_argument("--product", action="store_true", help="translate as `run` does")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    folder = resolve(options.model)
    translator = load(folder, Runtime(beam=options.beam))
    results = []
    for name, rows in read_sets(options.dev).items():
        if not options.sets or name in options.sets:
            phrases = read_phrases(options.phrases, name, rows)
            places = take_evenly(range(len(rows)), options.limit)
            print(f"{name}: {len(places)} sentences", file=sys.stderr)
            chosen = [rows[i] for i in places]
            results.append(measure(name, chosen, [phrases[i] for i in places], translator, options))
    if options.json:
        sets = [asdict(result) for result in results]
        print(json.dumps({"model": folder.fingerprint, "peak_mb": peak_megabytes(), "sets": sets}, ensure_ascii=False))
        return
    print(render_table(results))
    beam = options.beam or folder.model.beam
    print(f"\n{folder.fingerprint}, beam {beam}, peak memory {peak_megabytes() or 0:.0f} MB")
    for result in results[:1]:
        print(f"{result.scores.bleu_signature}\n{result.scores.chrf_signature}")


if __name__ == "__main__":
    main()
