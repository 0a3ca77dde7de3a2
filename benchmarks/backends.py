"""Measure the engines that run a model: tokens a second and peak memory, each in a process of its own.

    python benchmarks/backends.py [--torch-python PATH] [--sentences 32] [--tokens 32] [--cores 2]

Two architectures: opus-mt-vi-en (Marian, with random weights) and the shipped decoder (its own weights, written
back for transformers by training/restore.py). Prompts are random token ids of four lengths, so that no batch is
padded; each is answered with exactly --tokens tokens, because random weights never stop. Order: transformers in fp32
and bf16, CTranslate2 in fp32 and int8, onnxruntime as shipped. Prints the table and the machine in Markdown.
"""

import argparse
import json
import random
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from throughput import describe_machine, measure

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "models" / "vi-en-news"
LENGTHS = (15, 30, 46, 62)  # tokens of a prompt: the middle of each quarter of the sentences in seeds/
VOCABULARY = {"opus-mt-vi-en": 53_000, "vi-en-news": 29_000}
SPECIAL = 300  # ids below may be special tokens
RUNS = (("transformers", "float32"), ("transformers", "bfloat16"), ("ctranslate2", "float32"), ("ctranslate2", "int8"))


@dataclass(frozen=True, slots=True)
class Row:
    """An engine's measurement; `start` is the time until the first answer, loading included."""

    architecture: str
    engine: str
    kind: str
    tokens: int
    start: float
    seconds: float
    peak_mb: float

    @property
    def speed(self) -> float:
        return self.tokens / self.seconds


def draw_prompts(architecture: str, count: int) -> list[list[int]]:
    """Draw random prompts, the same ones each time."""
    chance, most = random.Random(3), VOCABULARY[architecture]
    ends = [0] if architecture.startswith("opus") else []
    starts = [] if ends else [2]
    return [[*starts, *(chance.randrange(SPECIAL, most) for _ in range(LENGTHS[i % 4])), *ends] for i in range(count)]


def run(engine: str, python: str, job: Mapping[str, Any], scratch: Path) -> tuple[dict[str, Any], float]:
    """Let a process of its own do the job; give what it says and its peak memory in MB."""
    path = scratch / "job.json"
    path.write_text(json.dumps(job), encoding="utf-8")
    measured = measure([python, str(Path(__file__).with_name("engines.py")), engine, str(path)])
    return json.loads(measured.output.splitlines()[-1]), measured.peak_mb


def measure_all(options: argparse.Namespace, scratch: Path) -> tuple[list[Row], dict[str, int]]:
    """Measure every engine on both architectures, in the fixed order; give the parameters of each, too."""
    restored = scratch / "restored"
    restore = [options.torch_python, str(ROOT / "training" / "restore.py"), str(SHIPPED), str(restored)]
    subprocess.run(restore, check=True, stdout=subprocess.DEVNULL)
    sources = {"opus-mt-vi-en": "", "vi-en-news": str(restored)}
    asked = {"architectures": sources, "folder": str(scratch), "cores": options.cores}
    sizes = run("prepare", options.torch_python, asked, scratch)[0]["sizes"]
    rows = []
    for architecture, source in sources.items():
        runs = [(engine, kind, scratch / architecture / f"{engine}-{kind}") for engine, kind in RUNS]
        for engine, kind, model in (*runs, *([("onnxruntime", "int8", SHIPPED)] if source else [])):
            job = {
                "prompts": draw_prompts(architecture, options.sentences),
                "tokens": options.tokens,
                "cores": options.cores,
                "batch": options.batch,
                "decoder": bool(source),
                "model": str(model),
                "kind": kind,
            }
            python = options.torch_python if engine == "transformers" else sys.executable
            said, peak = run(engine, python, job, scratch)
            tokens = options.sentences * options.tokens
            rows.append(Row(architecture, engine, kind, tokens, said["start"], said["seconds"], peak))
            print(f"{architecture} {engine} {kind}: {rows[-1].speed:.0f} tokens/s", file=sys.stderr)
    return rows, sizes


def render(rows: Sequence[Row], sizes: Mapping[str, int]) -> str:
    """Give the table in Markdown; the first row of an architecture is what its others are compared with."""
    lines = ["| architecture | engine | numbers | tokens/s | | start, s | peak memory, MB |"]
    lines.append("|---|---|---|--:|--:|--:|--:|")
    for row in rows:
        first = next(r for r in rows if r.architecture == row.architecture)
        name = f"{row.architecture}, {sizes[row.architecture] / 1e6:.0f}M"
        numbers = f"{row.speed:.0f} | × {row.speed / first.speed:.1f} | {row.start:.1f} | {row.peak_mb:.0f}"
        lines.append(f"| {name} | {row.engine} | {row.kind} | {numbers} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--torch-python", default=sys.executable, help="an interpreter with torch and transformers")
    parser.add_argument("--sentences", type=int, default=32)
    parser.add_argument("--tokens", type=int, default=32, help="tokens of each answer")
    parser.add_argument("--batch", type=int, default=16, help="sentences of a batch at most, but for onnxruntime")
    parser.add_argument("--cores", type=int, default=2)
    options = parser.parse_args()
    machine = describe_machine()
    with tempfile.TemporaryDirectory(prefix="vn-summarize-") as folder:
        rows, sizes = measure_all(options, Path(folder))
    print(render(rows, sizes))
    told = f"{machine['cpu']}, {options.cores} of {machine['cores']} cores, load before {machine['load']}"
    print(f"\n{told}; {machine['system']}, Python {machine['python']}")
    print(f"`{shlex.join(['python', *sys.argv])}`")


if __name__ == "__main__":
    main()
