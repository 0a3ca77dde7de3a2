"""Clean, deduplicate, filter, sample and mark parallel text: from *.tsv.xz to one pairs.tsv.

    python training/prepare.py --corpus CORPUS --dev DEV --out RUN [--terms 0.33]

A pair is dropped when a side is too short, too long or of unlike length, when a side is in the wrong
language, when a number of three digits or more is not on both sides (unless the English has a scale word), when
the pair was there before, or when it shares eight successive words with a development set. SHARES says how often
a corpus is seen in each of the --passes; every pass draws, marks and varies its pairs anew.
With --terms a third of the pairs carry inline terms (docs/model-format.md), found by eflomal.
RUN/pairs.tsv, RUN/dev.tsv (200 held-out pairs for the loss curve) and RUN/prepare.json (counts) are written.
"""

import argparse
import collections
import json
import lzma
import random
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from alignment import align
from augmentation import Marker, Varier, restore_names

SHARES = {
    "provincial": 1.0, "vlsp20_news": 0.5, "songngu_news_sent": 0.5, "alt_wikinews": 0.25, "evbnews": 0.12,
}  # fmt: skip
VIETNAMESE = re.compile(r"[ăâđêôơưạảãàáằắẳẵặầấẩẫậẻẽẹèéềếểễệỉĩịìíỏõọòóồốổỗộờớởỡợủũụùúừứửữựỷỹỵỳý]", re.I)
NUMBER = re.compile(r"\d[\d.,]*\d")
SCALE = re.compile(r"thousand|million|billion|trillion", re.I)  # "1.500 tỷ" is 1.5 trillion: other digits
Pair = tuple[str, str]


def read_pairs(path: Path) -> Iterator[Pair]:
    """Yield the NFC pairs of one corpus file, whitespace collapsed."""
    with lzma.open(path, "rt", encoding="utf8") as lines:
        for line in lines:
            source, target = line.rstrip("\n").split("\t")[:2]
            source, target = tidy(source), tidy(target)
            yield source, restore_names(source, target)


def tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def long_numbers(text: str) -> set[str]:
    """Give the digits of each number with three digits or more, separators dropped."""
    found = (re.sub(r"\D", "", n) for n in NUMBER.findall(text))
    return {digits for digits in found if len(digits) > 2}


def fault(source: str, target: str) -> str:
    """Name the first reason to drop a pair, "" when it is good."""
    words = len(source.split()), len(target.split())
    if min(words) < 2 or max(words) > 130:
        return "length"
    if not 0.35 < words[1] / words[0] < 1.7:  # 99.5 % of provincial's pairs lie inside
        return "ratio"
    if not VIETNAMESE.search(source) or len(VIETNAMESE.findall(target)) > len(target) / 8:
        return "language"
    if long_numbers(source) != long_numbers(target) and not SCALE.search(target):
        return "numbers"
    return ""


def word_grams(text: str, n: int = 8) -> Iterator[int]:
    words = re.findall(r"\w+", text.lower())
    yield from (hash(tuple(words[i : i + n])) for i in range(len(words) - n + 1))


def read_dev(folder: Path) -> set[int]:
    """Give the hashes of all 8-grams of the development sets, both languages."""
    grams: set[int] = set()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        for line in path.read_text(encoding="utf8").splitlines():
            for part in line.split("\t"):
                grams.update(word_grams(tidy(part)))
    return grams


def clean(pairs: Iterable[Pair], dev: set[int], seen: set[int], counts: collections.Counter[str]) -> list[Pair]:
    kept = []
    for source, target in pairs:
        reason = fault(source, target)
        key = hash((source.lower(), target.lower()))
        if not reason and key in seen:
            reason = "duplicate"
        if not reason and any(g in dev for side in (source, target) for g in word_grams(side)):
            reason = "dev"
        counts[reason or "kept"] += 1
        if not reason:
            seen.add(key)
            kept.append((source, target))
    return kept


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--corpus", type=Path, required=True)
    p.add_argument("--dev", type=Path, required=True, help="folder of development sets, never trained on")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--terms", type=float, default=0.33, help="share of the pairs that carry inline terms")
    p.add_argument("--wrong", type=float, default=0.06, help="share of the lone terms whose English is another's")
    p.add_argument("--variants", type=float, default=0.15, help="share that Varier changes")
    p.add_argument("--passes", type=int, default=1)
    p.add_argument("--shares", help="other shares than SHARES: NAME=0.7,NAME=1")
    p.add_argument("--seed", type=int, default=1)
    o = p.parse_args()
    rng = random.Random(o.seed)
    shares = {
        **SHARES,
        **{name: float(x) for name, x in (part.split("=") for part in (o.shares or "").split(",") if part)},
    }
    dev, seen = read_dev(o.dev), set[int]()
    report: dict[str, dict[str, int]] = {}
    pairs: list[Pair] = []
    passes: list[list[int]] = [[] for _ in range(o.passes)]
    o.out.mkdir(parents=True, exist_ok=True)
    for name, share in shares.items():
        counts: collections.Counter[str] = collections.Counter()
        kept = clean(read_pairs(o.corpus / f"{name}.tsv.xz"), dev, seen, counts)
        rng.shuffle(kept)
        if name == "provincial":
            (o.out / "dev.tsv").write_text("".join(f"{s}\t{t}\n" for s, t in kept[:200]), encoding="utf8")
            kept = kept[200:]
        each = min(len(kept), round(share * len(kept)))  # pairs of a pass
        pool = range(len(pairs), len(pairs) + min(len(kept), each * o.passes))
        pairs += kept[: len(pool)]
        for drawn in passes:
            drawn.extend(rng.sample(pool, each))
        report[name] = {**counts, "pool": len(pool), "each pass": each}
        print(name, report[name], flush=True)
    marker = Marker(pairs, align(pairs, o.out), rng, o.wrong) if o.terms else None
    varier = Varier(pairs, rng)
    with (o.out / "pairs.tsv").open("w", encoding="utf8") as out:
        for drawn in passes:
            rng.shuffle(drawn)
            for i in drawn:
                pair = marker.mark(i) if marker and rng.random() < o.terms else pairs[i]
                if rng.random() < o.variants:
                    pair = varier.vary(pair)
                out.write("\t".join(pair) + "\n")
    (o.out / "prepare.json").write_text(json.dumps(report, indent=1), encoding="utf8")


if __name__ == "__main__":
    main()
