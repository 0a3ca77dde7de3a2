"""Measure the checks on sentence pairs whose English is good, and on the same pairs with one fact spoilt.

    python benchmarks/verification.py PAIRS.tsv [--sample 3000] [--seed 1]

PAIRS.tsv (or .tsv.xz) holds "Vietnamese<TAB>English". The first table is the share of fact-bearing
sentences that are flagged though they are right; the second the share of spoilt ones that are caught.
"""

import argparse
import lzma
import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from vn_summarize.verification.checks import check_facts, check_form, extra_facts, findings_of

Pair = tuple[str, str]
_NAME = re.compile(r"(?<![\w-])[A-ZĐ][^\W\d_]*(?: [A-ZĐ][^\W\d_]+)+")


def read_pairs(path: Path) -> list[Pair]:
    data = path.read_bytes()
    text = (lzma.decompress(data) if path.suffix == ".xz" else data).decode("utf-8")
    rows = (line.split("\t") for line in text.split("\n"))
    return [(row[0], row[1]) for row in rows if len(row) == 2]


def false_alarms(pairs: Sequence[Pair]) -> tuple[Counter[str], Counter[str]]:
    bearing: Counter[str] = Counter()
    flagged: Counter[str] = Counter()
    for source, english in pairs:
        checks = check_facts(source, english)
        bearing.update({check.kind for check in checks})
        flagged.update({check.kind for check in checks if not check.ok})
        others = {f"form: {finding.kind}" for finding in check_form(source, english) if finding.severity != "info"}
        others |= {"invented"} if extra_facts(source, english) else set()
        flagged.update(others)
    for kind in flagged:
        bearing.setdefault(kind, len(pairs))
    return bearing, flagged


def change_digit(source: str, english: str, dice: random.Random) -> str | None:
    digits = [m.start() for m in re.finditer(r"\d", english)]
    if not digits:
        return None
    at = dice.choice(digits)
    return english[:at] + dice.choice([d for d in "0123456789" if d != english[at]]) + english[at + 1 :]


def drop_name(source: str, english: str, dice: random.Random) -> str | None:
    """Drop a copied name of two words or more; which those are is found here, not by the code under test."""
    names = [m.group() for m in _NAME.finditer(english) if m.group() in source and not m.group().isascii()]
    return english.replace(dice.choice(names), "") if names else None


def change_mark(source: str, english: str, dice: random.Random) -> str | None:
    """Strip the diacritics of one copied name."""
    names = [m.group() for m in _NAME.finditer(english) if m.group() in source and not m.group().isascii()]
    if not names:
        return None
    name = dice.choice(names)
    return english.replace(name, re.sub(r"[^\x00-\x7f]", "e", name))


def caught(pairs: Sequence[Pair], spoil: Callable[[str, str, random.Random], str | None], seed: int) -> tuple[int, int]:
    dice = random.Random(seed)
    total = hits = 0
    for source, english in pairs:
        spoilt = spoil(source, english, dice)
        if spoilt is not None:
            total += 1
            hits += bool(_messages(source, spoilt) - _messages(source, english))
    return total, hits


def _messages(source: str, english: str) -> set[str]:
    return {f.message for f in (*findings_of(check_facts(source, english)), *extra_facts(source, english))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--sample", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    pairs = read_pairs(options.pairs)
    pairs = random.Random(options.seed).sample(pairs, min(options.sample, len(pairs)))
    print(f"{len(pairs)} pairs of {options.pairs.name}, seed {options.seed}")
    print("\n| right, but flagged | sentences | flagged | % |\n|---|--:|--:|--:|")
    bearing, flagged = false_alarms(pairs)
    for kind in sorted(bearing):
        print(f"| {kind} | {bearing[kind]} | {flagged[kind]} | {100 * flagged[kind] / bearing[kind]:.2f} |")
    print("\n| spoilt | sentences | caught | % |\n|---|--:|--:|--:|")
    for title, spoil in (
        ("one digit changed", change_digit),
        ("one name dropped", drop_name),
        ("one name misspelt", change_mark),
    ):
        total, hits = caught(pairs, spoil, options.seed)
        print(f"| {title} | {total} | {hits} | {100 * hits / max(total, 1):.2f} |")


if __name__ == "__main__":
    main()
