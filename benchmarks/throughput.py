"""Measure `vn-summarize run` on many articles, beside the same weights in transformers.

    python benchmarks/throughput.py [--articles 500] [--model DIR] \\
        [--checkpoint DIR --torch-python PATH --sentences 400]

The articles are those of seeds/ again and again, their numbers and places changed (the same way each time); a
sentence without any gets a village in front, so that none comes twice. Every measurement is a process of its own,
in this order: the seed article alone without a translation memory (cold start), all articles with an empty one,
our model on plain sentences, the same sentences in transformers (torch, fp32, batches of like lengths). CHECKPOINT
is what MODEL was exported from: a transformers folder with source.spm. Prints a table, then JSON.
"""

import argparse
import json
import os
import platform
import random
import re
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from vn_summarize import __version__
from vn_summarize.backends import DEFAULT_DECODING
from vn_summarize.cleaning import restore
from vn_summarize.document import Article, Document
from vn_summarize.models import LazyTranslator, resolve
from vn_summarize.pipeline import prepare
from vn_summarize.reading import find_files, read_articles
from vn_summarize.translation import prepare as write_out

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
COLD = SEEDS / "dong-bao-thoat-ngheo.txt"
# Made up: no commune of these names is known to us.
NAMES = tuple(
    f"{first} {second}"
    for second in ("Blâng", "Hrai", "Kơi", "Lumm", "Mrang", "Nhur", "Pnơ", "Rvei", "Sơrk", "Tăngr", "Uyk", "Xơn")
    for first in ("Chư", "Đăk", "Ea", "Ia", "Kon", "Krông", "Măng", "Plei")
)
_NUMBER = re.compile(r"(?<![\w/.,–-])\d+(?:[.,]\d+)*(?![\w/–-]|[.,]\d)")  # no date, no code
_YEAR = re.compile(r"(?:19|20)\d\d")
_PLACE = re.compile(r"\b(?P<kind>xã|huyện|thôn|làng|bản) (?P<name>[A-ZĐ]\w*(?: [A-ZĐ]\w*)*)")


@dataclass(frozen=True, slots=True)
class Measured:
    """A process that ended well: wall seconds from its start to its end, its peak memory, what it printed."""

    seconds: float
    peak_mb: float
    output: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table; `start` is what comes before the first sentence where that is known."""

    what: str
    sentences: int
    start: float | None
    seconds: float
    peak_mb: float

    @property
    def speed(self) -> float:
        return self.sentences / self.seconds


def vary(articles: Sequence[Article], count: int) -> Iterator[tuple[Article, Document]]:
    """Give `count` changed copies of the articles in turn, each with the document that it becomes."""
    seen: set[str] = set()
    for number in range(count):
        article = restore(articles[number % len(articles)])
        chance = random.Random(f"{article.id} {number}")
        names: dict[str, str] = {}
        texts = [_change(text, chance, names) for text in (article.title, *article.paragraphs)]
        title, *paragraphs = texts
        changed = replace(article, id=f"{number:05}", title=title, paragraphs=tuple(paragraphs))
        document, _ = prepare(changed)
        for sentence in document.sentences:
            if sentence.text in seen:
                own = f"Ở thôn {number + 1}: {sentence.original}"
                texts = [text.replace(sentence.original, own, 1) for text in texts]
        changed = replace(changed, title=texts[0], paragraphs=tuple(texts[1:]))
        document, _ = prepare(changed)
        seen.update(sentence.text for sentence in document.sentences)
        yield changed, document


def _change(text: str, chance: random.Random, names: dict[str, str]) -> str:
    """Change the numbers, but for years, and the places, each to the same one throughout `names`."""

    def number(match: re.Match[str]) -> str:
        kept = _YEAR.fullmatch(match[0])
        return match[0] if kept else re.sub(r"(?!^0)\d", lambda _: chance.choice("123456789"), match[0])

    def place(match: re.Match[str]) -> str:
        return f"{match['kind']} {names.setdefault(match['name'], chance.choice(NAMES))}"

    return _PLACE.sub(place, _NUMBER.sub(number, text))


def write_articles(folder: Path, count: int) -> list[str]:
    """Write the copies as JSON files; give the sentences as a model reads them, in order."""
    seeds = [a for file in find_files([SEEDS]) for a in read_articles(file) if isinstance(a, Article)]
    sentences = []
    for article, document in vary(seeds, count):
        record = {"title": article.title, "paragraphs": article.paragraphs}
        (folder / f"{article.id}.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
        sentences += [sentence.text for sentence in write_out(document).sentences]
    return sentences


def measure(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Measured:
    """Run a command to its end. Its peak memory is the largest resident set of that process."""
    with tempfile.TemporaryFile() as output:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, env={**os.environ, **(environment or {})})
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode("utf-8")
    if process.returncode:
        raise SystemExit(f"{shlex.join(command)} ended with {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024  # bytes, kilobytes
    return Measured(seconds, usage.ru_maxrss * unit / 1e6, text)


def run_command(paths: Sequence[Path], out: Path, model: Path, *options: str) -> list[str]:
    """Give the command line of the real command."""
    named = ("-o", str(out), "--model", str(model), "--quiet", *options)
    return [sys.executable, "-m", "vn_summarize", "run", *map(str, paths), *named]


def measure_run(articles: Path, model: Path, scratch: Path) -> tuple[Row, dict[str, Any]]:
    """Measure a run over a folder with an empty translation memory; give its report too."""
    out = scratch / "out"
    measured = measure(run_command([articles], out, model), {"VN_SUMMARIZE_CACHE": str(scratch / "memory")})
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    if report["failures"]:
        raise SystemExit(f"articles failed: {report['failures'][:3]}")
    return Row("run", report["counts"]["sentences"], None, measured.seconds, measured.peak_mb), report


def measure_worker(what: str, python: str, job: Mapping[str, Any], scratch: Path) -> tuple[Row, dict[str, Any]]:
    """Let a process of its own translate the job's sentences; give what it says of itself too."""
    path = scratch / "job.json"
    path.write_text(json.dumps(job), encoding="utf-8")
    measured = measure([python, str(Path(__file__).with_name("sides.py")), what, str(path)])
    said = json.loads(measured.output.splitlines()[-1])
    return Row(what, len(job["sentences"]), said["start"], said["seconds"], measured.peak_mb), said


def describe_machine() -> dict[str, Any]:
    """Say what was measured on; `load` is the mean number of running processes of the last minute."""
    name = platform.processor()
    if Path("/proc/cpuinfo").exists():
        models = re.findall(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
        name = models[0] if models else name
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = round(os.getloadavg()[0], 2)
    return {
        "cpu": name,
        "cores": cores,
        "load": load,
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def render(rows: Sequence[Row], cold: Sequence[float], articles: int) -> str:
    """Give the table in Markdown."""
    titles = {
        "run": f"`vn-summarize run`, {articles} articles: everything, whole process",
        "plain": "our model alone, plain sentences",
        "transformers": "the same sentences in transformers, fp32",
    }
    lines = ["| | sentences | start, s | s | sentences/s | peak memory, MB |", "|---|--:|--:|--:|--:|--:|"]
    for row in rows:
        start = "" if row.start is None else f"{row.start:.1f}"
        numbers = f"{row.sentences} | {start} | {row.seconds:.1f} | {row.speed:.2f} | {row.peak_mb:.0f}"
        lines.append(f"| {titles[row.what]} | {numbers} |")
    lines += ["", f"Cold start, the seed article: {statistics.median(cold):.1f} s (median of {len(cold)})."]
    speeds = {row.what: row.speed for row in rows}
    if "transformers" in speeds:
        ratios = " and ".join(f"{what} {speeds[what] / speeds['transformers']:.1f} times" for what in ("plain", "run"))
        lines.append(f"As fast as transformers: {ratios}.")
    return "\n".join(lines)


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--cold", type=int, default=3, help="cold starts; the median counts")
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "vi-en-news")
    parser.add_argument("--checkpoint", type=Path, help="the same weights for transformers")
    parser.add_argument("--torch-python", default=sys.executable, help="an interpreter with torch and transformers")
    parser.add_argument("--sentences", type=int, default=400, help="plain sentences, evenly from all; 0: all")
    parser.add_argument("--batch", type=int, default=16, help="sentences of a batch in transformers")
    return parser.parse_args()


def choose(sentences: Sequence[str], count: int, model: Path) -> list[str]:
    """Take `count` of the sentences that the model takes whole, evenly from all."""
    translator = LazyTranslator(resolve(model))
    fitting = [sentence for sentence in sentences if translator.fits(sentence)]
    count = min(count or len(fitting), len(fitting))
    return [fitting[i * len(fitting) // count] for i in range(count)]


def measure_all(options: argparse.Namespace, scratch: Path) -> dict[str, Any]:
    """Measure everything, in the fixed order."""
    articles = scratch / "articles"
    articles.mkdir()
    job = {
        "sentences": choose(write_articles(articles, options.articles), options.sentences, options.model),
        "model": str(options.model),
        "checkpoint": str(options.checkpoint),
        "description": json.loads((options.model / "model.json").read_text(encoding="utf-8")),
        "beam": DEFAULT_DECODING.beam,
        "batch": options.batch,
    }
    colds = (run_command([COLD], scratch / f"cold{i}", options.model, "--no-cache") for i in range(options.cold))
    cold = [measure(command) for command in colds]
    run, report = measure_run(articles, options.model, scratch)
    plain, ours = measure_worker("plain", sys.executable, job, scratch)
    result = {
        "model": report["signature"],
        "rows": [run, plain],
        "timings": report["timings"],
        "cold_seconds": [measured.seconds for measured in cold],
        "cold_peak_mb": max(measured.peak_mb for measured in cold),
    }
    if options.checkpoint:
        row, theirs = measure_worker("transformers", options.torch_python, job, scratch)
        same = sum(a == b for a, b in zip(ours["texts"], theirs["texts"], strict=True))
        result |= {"rows": [run, plain, row], "same_translations": same}
        result |= {"versions": theirs["versions"], "torch_threads": theirs["threads"]}
    return result


def main() -> None:
    options = parse_options()
    asked = {"command": shlex.join(["python", *sys.argv]), "machine": describe_machine()}
    with tempfile.TemporaryDirectory(prefix="vn-summarize-") as folder:
        result = measure_all(options, Path(folder))
    rows: list[Row] = result.pop("rows")
    own = {"vn-summarize": __version__, "ctranslate2": version("ctranslate2")}
    versions = {"versions": own | result.pop("versions", {})}
    speeds = {"rows": [asdict(row) | {"sentences_per_second": row.speed} for row in rows]}
    print(render(rows, result["cold_seconds"], options.articles))
    print("\n" + json.dumps(asked | versions | speeds | result, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
