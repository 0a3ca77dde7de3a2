"""Fine-tune a decoder-only start (the trimmed Gemma) as a translator. CPU or CUDA, bf16, EMA, resumable.

    python training/train_decoder.py --pairs pairs.tsv --start START --out RUN --minutes 150

`pairs.tsv` is `source<TAB>target` a line, sampled and marked with inline terms by prepare.py. The prompt is
PROMPT below; the loss is on the English only. RUN/ holds the averaged weights as a transformers checkpoint,
RUN/state.pt what --resume needs, RUN/log.tsv the curves: losses, and chrF of the averaged weights on the first
--dev-segments of --dev, greedily translated (plot.py draws them). On CPU set LD_PRELOAD to libtcmalloc_minimal.
"""

import argparse
import random
import shutil
import time
from pathlib import Path

import sacrebleu
import torch
from sentencepiece import SentencePieceProcessor
from transformers import AutoModelForCausalLM

from fused_loss import FusedLinearCE
from masters import Masters, endless, rate_at

PROMPT = "\nEnglish:"
EOS, BOS = 1, 2
Pair = tuple[list[int], int]  # the whole sequence, and where its target begins


def options() -> argparse.Namespace:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--pairs", type=Path, required=True)
    p.add_argument("--dev", type=Path, help="pairs whose loss is logged every --save-minutes")
    p.add_argument("--start", type=Path, required=True, help="checkpoint folder with source.spm")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--minutes", type=float, default=150, help="also the length of the learning-rate schedule")
    p.add_argument("--save-minutes", type=float, default=15)
    p.add_argument("--lr", type=float, default=1e-4)
    p.add_argument("--final", type=float, default=0.1, help="share of --lr left at the end (linear decay)")
    p.add_argument("--warmup", type=int, default=60)
    p.add_argument("--tokens", type=int, default=2560, help="padded tokens of a batch")
    p.add_argument("--ema", type=float, default=0.998)
    p.add_argument("--dev-segments", type=int, default=40, help="of --dev, translated at each checkpoint; 0: none")
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--resume", action="store_true")
    p.add_argument("--no-compile", action="store_true")
    return p.parse_args()


def encode(spm: SentencePieceProcessor, path: Path, longest: int = 320) -> list[Pair]:
    """Read pairs as token ids: <bos> source PROMPT target <eos>."""
    rows = [line.rstrip("\n").split("\t")[:2] for line in path.open(encoding="utf8")]
    prompt = spm.encode(PROMPT)
    sources = spm.encode([s for s, _ in rows])
    targets = spm.encode([" " + t for _, t in rows])
    pairs = [([BOS, *s, *prompt, *t, EOS], len(s) + len(prompt) + 1) for s, t in zip(sources, targets, strict=True)]
    return [p for p in pairs if len(p[0]) <= longest]


def batches(pairs: list[Pair], tokens: int, rng: random.Random) -> list[list[Pair]]:
    """Group one epoch into batches of similar length, in random order; the length is padded to 8s."""
    order = list(pairs)
    rng.shuffle(order)
    done: list[list[Pair]] = []
    for i in range(0, len(order), 4000):
        batch: list[Pair] = []
        for pair in sorted(order[i : i + 4000], key=lambda p: len(p[0])):
            if batch and (len(pair[0]) + 7) // 8 * 8 * (len(batch) + 1) > tokens:
                done.append(batch)
                batch = []
            batch.append(pair)
        done.append(batch)
    rng.shuffle(done)
    return done


def tensors(batch: list[Pair], device: str) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Give ids (B, T), the flat positions that predict a target token, and those tokens."""
    width = (max(len(ids) for ids, _ in batch) + 7) // 8 * 8
    ids = torch.zeros(len(batch), width, dtype=torch.long)
    places, gold = [], []
    for r, (row, begin) in enumerate(batch):
        ids[r, : len(row)] = torch.tensor(row)
        places += range(r * width + begin - 1, r * width + len(row) - 1)
        gold += row[begin:]
    return ids.to(device), torch.tensor(places, device=device), torch.tensor(gold, device=device)


class Trainer:
    """The model with its masters, and what is measured of it."""

    def __init__(self, o: argparse.Namespace, device: str) -> None:
        self.o, self.device = o, device
        attention = "eager" if device == "cpu" else "sdpa"
        self.model = AutoModelForCausalLM.from_pretrained(o.start, dtype=torch.float32, attn_implementation=attention)
        self.masters = Masters(self.model, o.ema, device)
        self.body = self.model.model if o.no_compile else torch.compile(self.model.model, dynamic=True)
        self.state = o.out / "state.pt"
        if o.resume and self.state.exists():
            self.masters.load(self.state)

    def save(self) -> None:
        """Write the averaged weights and the state."""
        with self.masters.averaged():
            self.model.save_pretrained(self.o.out)
        shutil.copy(self.o.start / "source.spm", self.o.out / "source.spm")
        self.masters.save(self.state)

    def loss(self, batch: list[Pair], backward: bool) -> tuple[float, int]:
        """Give the plain negative log-likelihood per target token and the number of those."""
        ids, places, gold = tensors(batch, self.device)
        positions = torch.arange(ids.shape[1], device=self.device)[None]
        hidden = self.body(input_ids=ids, position_ids=positions, use_cache=False).last_hidden_state
        rows = hidden.reshape(-1, hidden.shape[-1])[places]
        chunk = 256 if self.device == "cpu" else 8192
        value = FusedLinearCE.apply(rows, self.model.lm_head.weight, gold, 0.05 if backward else 0.0, chunk)
        if backward:
            value.backward()
        return FusedLinearCE.nll, len(gold)

    def update(self) -> None:
        m, o = self.masters, self.o
        m.update(rate_at(m.step + 1, m.elapsed / (o.minutes * 60), o.lr, o.warmup, o.final))

    @torch.no_grad()
    def dev_scores(self, pairs: list[Pair], spm: SentencePieceProcessor) -> tuple[float, float]:
        """Give the loss per target token on all pairs and the chrF of the first --dev-segments (0 for none)."""
        chosen = pairs[: self.o.dev_segments]
        with self.masters.averaged():
            scored = [self.loss(b, backward=False) for b in batches(pairs, self.o.tokens, random.Random(0))]
            written = [spm.decode(self.write(ids[:begin])) for ids, begin in chosen]
        references = [spm.decode(ids[begin:-1]) for ids, begin in chosen]
        chrf = sacrebleu.corpus_chrf(written, [references]).score if chosen else 0.0
        return sum(nll * n for nll, n in scored) / sum(n for _, n in scored), chrf

    def write(self, prompt: list[int]) -> list[int]:
        ids = torch.tensor([prompt], device=self.device)
        limit = 2 * len(prompt) + 20
        out = self.model.generate(
            ids, attention_mask=torch.ones_like(ids), max_new_tokens=limit, do_sample=False, eos_token_id=EOS,
            pad_token_id=0,
        )  # fmt: skip
        return [i for i in out[0, len(prompt) :].tolist() if i != EOS]


def main() -> None:
    o = options()
    torch.set_num_threads(o.threads)
    torch.manual_seed(o.seed)
    torch._dynamo.config.cache_size_limit = 64
    spm = SentencePieceProcessor(str(o.start / "source.spm"))
    pairs = encode(spm, o.pairs)
    dev = encode(spm, o.dev) if o.dev else []
    print(len(pairs), "pairs,", sum(len(p[0]) for p in pairs), "tokens")
    print("sample:", spm.decode(pairs[7][0][: pairs[7][1]]), "=>", spm.decode(pairs[7][0][pairs[7][1] :]), flush=True)
    o.out.mkdir(parents=True, exist_ok=True)
    t = Trainer(o, "cuda" if torch.cuda.is_available() else "cpu")
    done = t.masters.step
    began, saved_at, logged = time.time() - t.masters.elapsed, time.time(), time.time()
    nll = counted = seen = 0.0
    for skip, batch in enumerate(endless(lambda rng: batches(pairs, o.tokens, rng), o.seed)):
        if skip < done:
            continue
        value, n = t.loss(batch, backward=True)
        t.update()
        nll, counted, seen = nll + value * n, counted + n, seen + sum(len(ids) for ids, _ in batch)
        now = time.time()
        t.masters.elapsed = now - began
        if t.masters.step % 10 == 0:
            curve = f"nll {nll / counted:.3f}\ttok/s {seen / (now - logged):.0f}"
            print(f"{t.masters.step}\t{t.masters.elapsed / 60:.1f} min\t{curve}", flush=True)
            nll = counted = seen = 0.0
            logged = now
        finished = t.masters.elapsed > o.minutes * 60
        if finished or now - saved_at > o.save_minutes * 60:
            t.save()
            score = "\tdev nll {:.3f}\tdev chrF {:.2f}".format(*t.dev_scores(dev, spm)) if dev else ""
            with (o.out / "log.tsv").open("a") as log:
                log.write(f"{t.masters.step}\t{t.masters.elapsed / 60:.1f}{score}\n")
            print("saved at step", t.masters.step, score, flush=True)
            saved_at = logged = time.time()
        if finished:
            return


if __name__ == "__main__":
    main()
