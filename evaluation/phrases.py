"""Draw a random phrase of each development sentence with its English in the reference: terms that nobody chose.

    python evaluation/phrases.py --dev FOLDER --more provincial.tsv.xz --out phrases.tsv

Needs the extra [train]. Words are aligned by eflomal over all sets of FOLDER, and the pairs of --more for better
links. A phrase is two to five successive syllables of the source, linked with one to four successive words of the
reference, none of these with others; the English neither begins nor ends with a function word. `score.py --phrases`
reads the file: set, sentence (from 0), phrase, English.
"""

import argparse
import importlib
import lzma
import random
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

TRAINING = Path(__file__).parents[1] / "training"
LONGEST_SOURCE, LONGEST_TARGET = 5, 4
FUNCTION_WORD = re.compile(
    "the|a|an|of|and|or|to|in|on|at|by|for|from|with|as|that|this|these|those|it|its|is|are|was|were|be|been|has|have|"
    "had|will|would|not|no|their|his|her|he|she|they|we|i|you|who|which|also|than|then|s|t"
)

Row = tuple[str, str]
Phrase = tuple[str, str]
Spans = Sequence[tuple[int, int]]


def read_sets(folder: Path) -> dict[str, list[Row]]:
    """Read every set below `folder` by its name: NAME.tsv, or a folder of NN.vi and NN.en (`number<TAB>segment`)."""
    sets = {}
    for path in sorted(folder.glob("*.tsv")):
        lines = path.read_text(encoding="utf-8").splitlines()
        sets[path.stem] = [(cells[0], cells[1]) for line in lines if len(cells := line.split("\t")) > 1]
    for inner in sorted({path.parent for path in folder.rglob("*.vi")}):
        sets[inner.name] = [row for path in sorted(inner.glob("*.vi")) for row in _read_article(path)]
    if not sets:
        raise SystemExit(f"{folder} holds neither NAME.tsv nor NN.vi and NN.en")
    return sets


def _read_article(path: Path) -> Iterator[Row]:
    sides = [p.read_text(encoding="utf-8").splitlines() for p in (path, path.with_suffix(".en"))]
    for source, target in zip(*sides, strict=True):
        yield source.split("\t", 1)[1], target.split("\t", 1)[1]


def find_phrases(row: Row, spans: tuple[Spans, Spans], links: set[tuple[int, int]]) -> Iterator[Phrase]:
    """Find the phrases of a pair whose words all have links, with each other only; `spans` are those of its tokens."""
    source, target = row
    first, second = spans
    for i in range(len(first)):
        for j in range(i + 1, min(i + LONGEST_SOURCE, len(first))):
            inside = {(a, b) for a, b in links if i <= a <= j}
            ends = {b for _, b in inside}
            if len({a for a, _ in inside}) <= j - i or len(ends) > LONGEST_TARGET:
                continue
            low, high = min(ends), max(ends)
            if high - low >= len(ends) or any(b in ends for _, b in links - inside):
                continue
            phrase = source[first[i][0] : first[j][1]]
            english = target[second[low][0] : second[high][1]]
            if _is_fit(phrase, english):
                yield phrase, english


def _is_fit(phrase: str, english: str) -> bool:
    """Take plain words which are no copy, and English that neither begins nor ends with a function word."""
    words = english.split()
    plain = all(word.isalpha() for word in (*phrase.split(), *words))
    edges = (words[0].lower(), words[-1].lower())
    return plain and phrase.lower() != english.lower() and not any(map(FUNCTION_WORD.fullmatch, edges))


def draw_phrases(sets: dict[str, list[Row]], more: Sequence[Row], seed: int) -> Iterator[str]:
    """Align everything and give a line for each sentence that has a phrase."""
    sys.path.insert(0, str(TRAINING))
    alignment = importlib.import_module("alignment")
    rows = [(name, i, row) for name, found in sets.items() for i, row in enumerate(found)]
    pairs = [*(row for *_, row in rows), *more]
    with tempfile.TemporaryDirectory() as folder:
        links = alignment.align(pairs, Path(folder))[: len(rows)]
    chooser = random.Random(seed)
    for (name, i, row), linked in zip(rows, links, strict=True):
        spans = (alignment.words(row[0]), alignment.words(row[1]))
        phrases = list(find_phrases(row, spans, linked))
        if phrases:
            yield "\t".join((name, str(i), *chooser.choice(phrases)))


def main() -> None:
    """Read the command line and write the phrases."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--more", type=Path, help="further pairs (.tsv.xz) that make the alignments better")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    more: list[Row] = []
    if options.more:
        with lzma.open(options.more, "rt", encoding="utf-8") as lines:
            more = [(cells[0], cells[1]) for line in lines if len(cells := line.rstrip("\n").split("\t")) > 1]
    lines_out = draw_phrases(read_sets(options.dev), more, options.seed)
    options.out.write_text("".join(f"{line}\n" for line in lines_out), encoding="utf-8")


if __name__ == "__main__":
    main()
