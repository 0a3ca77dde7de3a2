"""Average the weights of checkpoints of one start: a soup (Wortsman et al. 2022), often better than each.

    python training/average.py OUT CHECKPOINT=0.5 CHECKPOINT=0.5

The shares are weights of a mean. OUT is a transformers checkpoint in float32 with the first one's source.spm.
"""

import argparse
import shutil
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("out", type=Path)
    p.add_argument("checkpoints", nargs="+", help="FOLDER=SHARE")
    o = p.parse_args()
    shares = {Path(folder): float(share) for folder, share in (c.rsplit("=", 1) for c in o.checkpoints)}
    models = [AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32) for folder in shares]
    total = sum(shares.values())
    with torch.no_grad():
        for weights in zip(*(model.parameters() for model in models), strict=True):
            mean = sum(w * (share / total) for w, share in zip(weights, shares.values(), strict=True))
            weights[0].copy_(mean)
    models[0].save_pretrained(o.out)
    shutil.copy(next(iter(shares)) / "source.spm", o.out / "source.spm")


if __name__ == "__main__":
    main()
