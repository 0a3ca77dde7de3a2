"""Measure a large term base: loading it, and finding its terms.

    python benchmarks/terms.py [--terms 100000] [--sentences 400] [--seed 1]

The terms are made of syllables and names that mean nothing together, of one to nine syllables as in real
glossaries, written to a CSV file and read back. The sentences are made of patterns, some with a typing
error. All times are processor time of one process, so that other work on the machine counts little.
"""

import argparse
import csv
import platform
import random
import resource
import statistics
import sys
import tempfile
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vn_summarize.config import Settings
from vn_summarize.glossary.formats import load_builtin
from vn_summarize.glossary.terms import Term, TermBase
from vn_summarize.loading import load_terms

_ONSETS = ("b", "ch", "đ", "g", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "r", "s", "t", "th", "tr", "v", "x")
_RHYMES = ("an", "anh", "ao", "ây", "âu", "ong", "ô", "ơi", "ung", "uôi", "ương", "ia", "iên", "iêu", "inh", "oan")
_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0323")
_NAMES = (
    "Đăk",
    "Ya",
    "Mơ",
    "Rơ",
    "Kon",
    "Ia",
    "Plei",
    "Tơ",
    "Hring",
    "Long",
    "Măng",
    "Ngọc",
    "Sa",
    "Xốp",
    "Hơ",
    "Glei",
)
_HEADS = ("xã", "thôn", "huyện", "chương trình", "ban quản lý", "trung tâm", "hội", "đồng bào dân tộc", "kế hoạch")
_LENGTHS = (1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6, 7, 9)
_FRAMES = (
    "Sáng ngày {d}/{m}, UBND xã {name} tổ chức hội nghị triển khai {a} và {b}.",
    "Đến nay, {name} có {d} hộ được hỗ trợ {a}, {m} hộ tham gia {b}; không còn {c}.",
    "“{a}” là nhiệm vụ của {b} và của đồng bào dân tộc thiểu số ở {name}, ông A Bril cho biết.",
    "Kế hoạch số {d}/KH-UBND giao {a} phối hợp với {b}, {c} kiểm tra việc thực hiện tại {name} trong quý {m}.",
    "Bà con thôn {name} đã góp {d} ngày công, hiến {m} m2 đất để làm đường; nhờ đó {a} và {b} đều vượt chỉ tiêu.",
)


def make_syllables(dice: random.Random) -> list[str]:
    made = {o + r[0] + t + r[1:] for o in _ONSETS for r in _RHYMES for t in _TONES}
    return dice.sample(sorted(unicodedata.normalize("NFC", s) for s in made), 1200)


def make_terms(count: int, dice: random.Random) -> list[Term]:
    """Make terms with distinct sources; one in five is a place's name, one in three begins like many others."""
    syllables = make_syllables(dice)
    sources: dict[str, None] = {}
    while len(sources) < count:
        words = dice.choices(syllables, k=dice.choice(_LENGTHS))
        kind = dice.random()
        if kind < 0.2:
            words = [dice.choice(_HEADS[:3]), dice.choice(_NAMES), dice.choice(words).title(), dice.choice(_NAMES)]
        elif kind < 0.5:
            words[:1] = [dice.choice(_HEADS)]
        sources[" ".join(words)] = None
    return [Term(source, f"target {i}", alternatives=(f"other {i}",)) for i, source in enumerate(sources)]


def make_sentences(terms: list[Term], count: int, dice: random.Random) -> list[str]:
    made = []
    for i in range(count):
        a, b, c = (term.source for term in dice.sample(terms, 3))
        if i % 5 == 0:  # a letter too many, somewhere
            at = dice.randrange(len(a))
            a = a[:at] + dice.choice("nghw") + a[at:]
        name = f"{dice.choice(_NAMES)} {dice.choice(_NAMES)}"
        made.append(_FRAMES[i % len(_FRAMES)].format(a=a, b=b, c=c, name=name, d=dice.randint(1, 28), m=i % 12 + 1))
    return made


def write_csv(path: Path, terms: list[Term]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("source", "target", "alternatives"))
        rows.writerows((term.source, term.target, term.alternatives[0]) for term in terms)


@contextmanager
def clock(title: str, rows: list[tuple[str, str]]) -> Iterator[None]:
    start = time.process_time()
    yield
    rows.append((title, f"{time.process_time() - start:.3f} s"))


def time_each(base: TermBase, sentences: list[str]) -> tuple[list[float], int]:
    """Give the milliseconds of each sentence, and the number of matches."""
    times, matches = [], 0
    for sentence in sentences:
        start = time.process_time_ns()
        matches += len(base.find(sentence))
        times.append((time.process_time_ns() - start) / 1e6)
    return times, matches


def measure(count: int, sentence_count: int, seed: int) -> list[tuple[str, str]]:
    dice = random.Random(seed)
    rows: list[tuple[str, str]] = []
    made = make_terms(count, dice)
    sentences = make_sentences(made, sentence_count, dice)
    with clock("built-in base, read", rows):
        builtin = load_builtin()
    with clock("built-in base, ready", rows):
        TermBase(builtin)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "terms.csv")
        write_csv(path, made)
        with clock(f"{count} terms from CSV, with the built-in base and the places, as a run loads them", rows):
            base, _ = load_terms(Settings(glossary=(path,)))
    for title in ("first time", "again"):
        times, matches = time_each(base, sentences)
        middle, most = statistics.median(times), max(times)
        rows.append(
            (f"a sentence, {title}", f"mean {statistics.mean(times):.3f}, median {middle:.3f}, most {most:.3f} ms")
        )
    rows.append(("sentences, their mean length, matches", f"{len(sentences)}, {_mean_length(sentences)}, {matches}"))
    rows.append(("peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"))
    return rows


def _mean_length(sentences: list[str]) -> str:
    return f"{statistics.mean(len(s.split()) for s in sentences):.0f} words"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--terms", type=int, default=100_000)
    parser.add_argument("--sentences", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rows = measure(options.terms, options.sentences, options.seed)
    print(f"`python {' '.join(sys.argv)}`, Python {platform.python_version()}, {platform.machine()}\n")
    print("| | |\n|---|---|")
    for title, value in rows:
        print(f"| {title} | {value} |")


if __name__ == "__main__":
    main()
