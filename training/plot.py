"""Draw the curves of a run: RUN/log.tsv -> RUN/curves.png.

    python training/plot.py RUN [RUN ...]

Minutes to the right; the losses of each run on the left scale, its chrF (where measured) on the right one.
"""

import argparse
import re
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt

POINT = re.compile(r"(\d+)\t([\d.]+)\tdev nll ([\d.]+)(?:\tdev chrF ([\d.]+))?")
TRAINED = re.compile(r"^\d+\t([\d.]+)\tnll ([\d.]+)", re.MULTILINE)


def read_curve(log: str) -> list[tuple[float, float, float]]:
    """Give (minutes, loss, chrF) of each checkpoint; chrF is 0 where it was not measured."""
    return [(float(minutes), float(loss), float(chrf or 0)) for _, minutes, loss, chrf in POINT.findall(log)]


def draw(runs: list[Path], out: Path) -> None:
    figure, left = plt.subplots(figsize=(8, 4.5))
    right = left.twinx()
    for run in runs:
        log = (run / "log.tsv").read_text(encoding="utf-8")
        curve = read_curve(log)
        (line,) = left.plot([m for m, _, _ in curve], [loss for _, loss, _ in curve], "o-", label=f"{run.name}: loss")
        trained = [(float(m), float(loss)) for m, loss in TRAINED.findall(log)]
        left.plot([m for m, _ in trained], [loss for _, loss in trained], color=line.get_color(), alpha=0.4)
        scored = [(m, chrf) for m, _, chrf in curve if chrf]
        if scored:
            right.plot([m for m, _ in scored], [chrf for _, chrf in scored], "s--", label=f"{run.name}: chrF")
    left.set(xlabel="minutes", ylabel="loss per token; pale: on the training pairs")
    right.set_ylabel("development chrF")
    figure.legend(loc="upper center", ncols=2, frameon=False)
    figure.savefig(out, dpi=110)


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("runs", type=Path, nargs="+")
    o = p.parse_args()
    draw(o.runs, o.runs[0] / "curves.png")


if __name__ == "__main__":
    main()
