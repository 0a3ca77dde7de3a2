"""Make the lexicon of `vn_summarize.verification.coverage` from parallel text: what answers a Vietnamese word.

    python training/lexicon.py --corpus CORPUS --work FOLDER --out src/vn_summarize/data/lexicon.tsv [--hold 2000]

The pairs are aligned first (`alignment.py`; kept in FOLDER). Syllables that are aligned to the same English word often
enough are one word. An English word answers a Vietnamese one if it is aligned to it at least twice, and in LEAST of
its places. A word's weight is -log(1 - r), where r is the share of its pairs in which an answer stands anywhere in the
English. Word and weight are written down where r is at least RELIABLE; of others of several syllables only the word,
so that it is parted alike. --hold leaves out that many pairs of the first corpus, and measures on them.
"""

import argparse
import lzma
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from alignment import align, words
from vn_summarize.cleaning import fold
from vn_summarize.verification.coverage import (
    find_words,
    has_answer,
    parse_lexicon,
    split_words,
    stems,
    unanswered,
)

CORPORA = ("provincial", "vlsp20_news", "alt_wikinews", "songngu_news_sent", "evbnews", "xquad")
FIRST = 36_000
"""Pairs of the first corpus; of these some may be left out."""
MOST_WORDS = 90
SEEN = 6
"""Places that a word has at least."""
JOINED = {2: 0.3, 3: 0.4}
"""The share of their places in which two, or the first and the last of three, syllables are aligned to one word."""
LEAST = 0.005
RELIABLE = 0.6
SURE = 0.995
"""No word is answered more reliably than this."""
_FUNCTION_WORDS = """
    a an the this that these those it its of for in on at to from by with as and or but nor so than then there here
    into is are was were be been being am has have had having do does did will would can could may might must shall
    should not no also he she they his her their who which we our i you your s t them him us"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())

Pair = tuple[str, str]


@dataclass(slots=True)
class Aligned:
    """A pair with the English words that each Vietnamese token is aligned to, by the token's beginning."""

    source: str
    target: str
    links: dict[int, list[int]]  # the beginnings of the English tokens
    answers: dict[int, list[str]] = field(default_factory=dict)


def read_pairs(corpus: Path) -> list[Pair]:
    """Read the pairs of all corpora whose sides are not too long."""
    pairs = []
    for name in CORPORA:
        with lzma.open(corpus / f"{name}.tsv.xz", "rt", encoding="utf-8") as lines:
            for line in lines:
                source, target = line.rstrip("\n").split("\t")[:2]
                if all(0 < len(side.split()) <= MOST_WORDS for side in (source, target)):
                    pairs.append((source, target))
    return pairs


def read_aligned(pairs: Sequence[Pair], work: Path) -> list[Aligned]:
    """Align the pairs."""
    aligned = []
    for (source, target), links in zip(pairs, align(pairs, work), strict=True):
        left, right = words(source), words(target)
        one = Aligned(source, target, {})
        for a, b in links:
            start, (first, last) = left[a][0], right[b]
            one.links.setdefault(start, []).append(first)
            one.answers.setdefault(start, []).extend(re.findall(r"[^\W\d_]+", target[first:last].lower()))
        aligned.append(one)
    return aligned


def join_syllables(aligned: Sequence[Aligned]) -> set[str]:
    """Give the words of two and three syllables."""
    seen: Counter[str] = Counter()
    joined: Counter[str] = Counter()
    for one in aligned:
        tokens = words(one.source)
        syllables = [fold(one.source[a:b]) for a, b in tokens]
        for n in JOINED:
            for i in range(len(tokens) - n + 1):
                if all(s[0].isalpha() for s in syllables[i : i + n]):
                    word = " ".join(syllables[i : i + n])
                    first, last = (one.links.get(tokens[j][0], []) for j in (i, i + n - 1))
                    seen[word] += 1
                    joined[word] += not set(first).isdisjoint(last)
    return {w for w, n in seen.items() if n >= SEEN and joined[w] / n >= JOINED[w.count(" ") + 1]}


def places(one: Aligned, known: set[str]) -> Iterator[tuple[str, list[str]]]:
    """Give the words of a source that have answers, each with the English that it is aligned to."""
    for start, end in split_words(one.source, known):
        if has_answer(one.source, start):
            english = [e for at in range(start, end) for e in one.answers.get(at, ())]
            yield fold(one.source[start:end]), english


def find_answers(aligned: Sequence[Aligned], known: set[str]) -> dict[str, dict[str, str]]:
    """Give the answers of each word: their stems with their commonest forms."""
    seen: Counter[str] = Counter()
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in aligned:
        for word, english in places(one, known):
            seen[word] += 1
            found = {stem: e for e in english if e not in FUNCTION_WORDS for stem in stems(e)}
            counts[word].update(found.keys())
            for stem, form in found.items():
                forms[stem][form] += 1
    return {
        word: {s: forms[s].most_common(1)[0][0] for s, n in counts[word].items() if n >= 2 and n / times >= LEAST}
        for word, times in seen.items()
        if times >= SEEN
    }


def weigh(aligned: Sequence[Aligned], known: set[str], answers: Mapping[str, dict[str, str]]) -> dict[str, float]:
    """Give the weight of each word that is answered reliably."""
    seen: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    for one in aligned:
        said = stems(one.target)
        for word, _ in places(one, known):
            if answers.get(word):
                seen[word] += 1
                answered[word] += not said.isdisjoint(answers[word])
    shares = {word: answered[word] / (n + 1) for word, n in seen.items()}
    return {word: -math.log(1 - min(share, SURE)) for word, share in shares.items() if share >= RELIABLE}


def make(aligned: Sequence[Aligned]) -> list[str]:
    """Give the lines of the lexicon."""
    known = join_syllables(aligned)
    answers = find_answers(aligned, known)
    weights = weigh(aligned, known, answers)
    rows = [f"{word}\t{weights[word]:.1f} {' '.join(sorted(answers[word].values()))}" for word in weights]
    return sorted(rows + [word for word in known if word not in weights])


def measure(held: Sequence[Pair], text: str) -> None:
    """Print how many good pairs have a stretch of each weight, and how many that have lost a piece of the English."""
    dice = random.Random(5)
    piece = re.compile(r"(?:^|, | and | that | to | for )((?:[a-z][\w-]*(?: |(?=[,.;]))){4,9})")
    lexicon = parse_lexicon(text)
    good = [heaviest(source, target, lexicon) for source, target in held]
    spoilt = []
    for source, target in held:
        if found := list(piece.finditer(target)):
            cut = dice.choice(found)
            spoilt.append(heaviest(source, target[: cut.start(1)] + target[cut.end(1) :], lexicon))
    for bound in (4, 4.5, 5, 5.5, 6, 6.5, 7, 8):
        alarms, caught = (100 * sum(w >= bound for w in weights) / len(weights) for weights in (good, spoilt))
        print(f"{bound}: {alarms:.2f} % of {len(good)} good pairs, {caught:.1f} % of {len(spoilt)} spoilt ones")


def heaviest(source: str, target: str, lexicon: Mapping[str, str]) -> float:
    """Give the weight of the heaviest stretch that nothing answers."""
    stretches = unanswered(find_words(source, lexicon), target)
    return max((sum(word.weight for word in stretch) for stretch in stretches), default=0.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--hold", type=int, default=0)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    aligned = read_aligned(read_pairs(options.corpus), options.work)
    held = set(random.Random(1).sample(range(FIRST), options.hold))
    lines = make([one for i, one in enumerate(aligned) if i not in held])
    head = f"# made by training/lexicon.py from {', '.join(CORPORA)}: word, weight, answers"
    text = "\n".join((head, *lines)) + "\n"
    options.out.write_text(text, encoding="utf-8")
    print(f"{options.out}: {len(lines)} words")
    if held:
        measure([(aligned[i].source, aligned[i].target) for i in sorted(held)], text)


if __name__ == "__main__":
    main()
