"""The quality gate: translate evaluation/pairs.tsv and hold what comes out to the floors of floors.json.

    python evaluation/gate.py [--model NAME|DIR]     exit code 1 when a measure is under its floor
    python evaluation/gate.py --update               raise floors to what is measured, less SLACK
    python evaluation/gate.py --update --lower WHY   lower those that are not reached, too; WHY is kept

Each sentence is translated three ways: by the model alone; by the product with the built-in terms, as a document
of its own; and, where it holds a phrase of OWN_TERMS, by the product with these as a user's glossary.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from vn_summarize.abbreviations import find_abbreviations
from vn_summarize.backends import Translator
from vn_summarize.cache import CachedTranslator, TranslationMemory
from vn_summarize.document import Article, Document
from vn_summarize.errors import ModelError
from vn_summarize.evaluation import Pair, Scores, count_terms, parse_pairs, score
from vn_summarize.glossary.formats import load_builtin
from vn_summarize.glossary.place_terms import PlaceTerms
from vn_summarize.glossary.terms import Term, TermBase, TermMatch
from vn_summarize.models import LazyTranslator, resolve
from vn_summarize.segmentation import split_article
from vn_summarize.translation import translate_documents

HERE = Path(__file__).parent
PAIRS, FLOORS = HERE / "pairs.tsv", HERE / "floors.json"

SLACK = {"chrF": 0.5, "BLEU": 0.7}
"""How far below the measured value a floor is set: int8 kernels of other processors answer a little otherwise."""
SLACK_PERCENT = 1.0

OWN_TERMS = tuple(
    Term(source, target, origin="own")
    for source, target in (
        ("hội nghị", "symposium"), ("hộ nghèo", "needy families"), ("hợp tác xã", "co-op"), ("huyện", "county"),
        ("doanh nghiệp", "companies"), ("đảng viên", "members of the Party"), ("cuộc vận động", "drive"),
        ("già làng", "hamlet patriarch"), ("học sinh", "schoolchildren"), ("tiêu chí", "benchmarks"),
    )
)  # fmt: skip
"""A user's wishes that differ from the built-in terms, so that obeying them is no accident."""

Measured = dict[str, float]


def translate_product(sources: Sequence[str], translator: Translator, terms: TermBase) -> list[str]:
    """Translate each source as a document of its own, the way `run` does, and join its sentences."""
    documents = []
    for number, source in enumerate(sources):
        article = Article(str(number), f"line {number + 1}", "", (source,))
        sentences = split_article(article)
        documents.append(Document(article, sentences, find_abbreviations(sentences)[0]))
    return [" ".join(s.text for s in done.sentences) for done in translate_documents(documents, translator, terms)]


def measure(pairs: Sequence[Pair], translator: Translator, builtin: Sequence[Term]) -> Measured:
    """Translate the pairs and give each measure that has a floor, in its order in the table."""
    sources, references = [p.source for p in pairs], [p.target for p in pairs]
    matches = [TermBase(p.terms).find(p.source) if p.terms else () for p in pairs]
    plain = [answer.text for answer in translator.translate(sources)]
    product = translate_product(sources, translator, PlaceTerms(builtin))
    measured = {
        **_named("model", score(sources, plain, references)),
        "model terms": count_terms(matches, plain).percent,
        **_named("product", score(sources, product, references)),
        "product terms": count_terms(matches, product).percent,
    }
    own = [found for source in sources if (found := _own_terms(source))]
    asked = [source for source in sources if _own_terms(source)]
    if asked:
        obeyed = translate_product(asked, translator, PlaceTerms([*OWN_TERMS, *builtin]))
        measured["user's terms"] = count_terms(own, obeyed).percent
    return {name: round(value, 2) for name, value in measured.items()}


def _own_terms(source: str) -> tuple[TermMatch, ...]:
    return TermBase(OWN_TERMS).find(source)


def _named(way: str, scores: Scores) -> Measured:
    return {
        f"{way} chrF": scores.chrf,
        f"{way} BLEU": scores.bleu,
        f"{way} numbers": scores.numbers.percent,
        f"{way} names": scores.names.percent,
        f"{way} whole": scores.whole.percent,
    }


def check_floors(measured: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """Name each measure that is under its floor, or that has a floor and was not taken."""
    if not floors:
        return ["no floors are pinned: run with --update"]
    return [
        f"{name} is {measured[name]:.2f}, under its floor {floor:.2f}"
        if name in measured
        else f"{name} is not measured"
        for name, floor in floors.items()
        if measured.get(name, -1.0) < floor
    ]


def check_history(data: Mapping[str, Any]) -> list[str]:
    """Name each floor that was lowered or dropped without a reason, by hand or in the history itself."""
    history, floors = [*data.get("history", ())], data.get("floors", {})
    if floors and not history:
        return ["floors are pinned without a history: use --update"]
    problems = []
    steps = [*history, {"floors": floors, "reason": ""}]
    for i, (before, after) in enumerate(pairwise(steps)):
        for name in [] if after.get("reason", "").strip() else lowered(before["floors"], after["floors"]):
            where = f"entry {i + 2} of the history" if i + 1 < len(history) else "the file"
            problems.append(f"{where} lowers {name!r} without a reason: use --update --lower WHY")
    return problems


def lowered(before: Mapping[str, float], after: Mapping[str, float]) -> list[str]:
    """Name the floors of `before` that are lower in `after`, or gone."""
    return [name for name, floor in before.items() if after.get(name, -1.0) < floor]


def update_floors(data: Mapping[str, Any], measured: Mapping[str, float], model: str, reason: str) -> dict[str, Any]:
    """Raise the floors to what is measured less the slack; with a reason, lower those that are not reached."""
    floors: Measured = {}
    old = data.get("floors", {})
    for name, value in measured.items():
        new = round(max(0.0, value if value == 100 and "whole" in name else value - _slack(name)), 2)
        fails = value < old.get(name, -1.0)
        floors[name] = new if fails and reason else max(new, old.get(name, new))
    floors = {**({} if reason else {n: f for n, f in old.items() if n not in floors}), **floors}
    if floors == old:
        return dict(data)
    entry = {"model": model, "reason": reason if lowered(old, floors) else "", "floors": floors}
    return {"floors": floors, "history": [*data.get("history", ()), entry]}


def _slack(name: str) -> float:
    return SLACK.get(name.rsplit(maxsplit=1)[-1], SLACK_PERCENT)


def render_table(measured: Mapping[str, float], floors: Mapping[str, float]) -> str:
    """Write the measures beside their floors."""
    rows = [f"{'measure':<18}{'now':>8}{'floor':>8}"]
    for name in dict.fromkeys((*measured, *floors)):
        now, floor = measured.get(name), floors.get(name)
        cells = ["-" if value is None else f"{value:.2f}" for value in (now, floor)]
        under = floor is not None and (now is None or now < floor)
        rows.append(f"{name:<18}{cells[0]:>8}{cells[1]:>8}{'  UNDER' if under else ''}")
    return "\n".join(rows)


def run(options: argparse.Namespace) -> int:
    """Measure, compare, and write the floors where asked to; give the exit code."""
    data = json.loads(options.floors.read_text(encoding="utf-8")) if options.floors.exists() else {}
    pairs = parse_pairs(options.pairs.read_text(encoding="utf-8"), options.pairs.name)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:  # what the three ways share is translated once
        memory = TranslationMemory(Path(folder, "memory.sqlite"))
        translator = CachedTranslator(LazyTranslator(resolve(options.model)), memory)
        measured = measure(pairs, translator, load_builtin())
        memory.close()
    print(render_table(measured, data.get("floors", {})))
    print(f"{len(pairs)} pairs, {translator.fingerprint}, {time.monotonic() - started:.0f} s")
    problems = check_history(data)
    if options.update and not problems:
        data = update_floors(data, measured, translator.fingerprint, options.lower)
        options.floors.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    problems += check_floors(measured, data.get("floors", {}))
    for problem in problems:
        print(f"gate: {problem}", file=sys.stderr)
    return 1 if problems else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="vi-en-news")
    parser.add_argument("--pairs", type=Path, default=PAIRS)
    parser.add_argument("--floors", type=Path, default=FLOORS)
    parser.add_argument("--update", action="store_true", help="raise the floors to what is measured")
    parser.add_argument("--lower", metavar="WHY", default="", help="with --update: lower floors too, for this reason")
    options = parser.parse_args(arguments)
    if options.lower and not options.update:
        parser.error("--lower goes with --update")
    try:
        return run(options)
    except ModelError as error:
        print(f"gate: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
