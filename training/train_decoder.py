"""Fine-tune a decoder-only start (the trimmed Gemma) as a translator. CPU or CUDA, bf16, EMA, resumable.

    python training/train_decoder.py --pairs pairs.tsv --start START --out RUN --minutes 150

`pairs.tsv` is `source<TAB>target` a line, sampled and marked with inline terms by prepare.py; with --last the end
of the run sees other pairs, those that count most. The prompt is PROMPT below; the loss is on the English only.
On a GPU the layers are compiled for one size of batch (flat_decoder.py): take --tokens 32768. With --teacher a start
that prune.py made learns the likelihoods of a larger model beside the labels; with --only some of the weights are
trained. RUN/ holds the averaged
weights as a transformers checkpoint, RUN/state.pt what --resume needs, RUN/log.tsv the curves: losses, and chrF of
the averaged weights on the first --dev-segments of --dev, greedily translated (plot.py draws them). On CPU set
LD_PRELOAD to libtcmalloc_minimal.
"""

import argparse
import json
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import sacrebleu
import torch
from sentencepiece import SentencePieceProcessor
from transformers import AutoModelForCausalLM

from flat_decoder import FlatDecoder
from fused_loss import FusedLinearCE, Teacher
from masters import Masters, endless, rate_at

PROMPT = "\nEnglish:"
EOS, BOS = 1, 2
Pair = tuple[np.ndarray, int]  # the whole sequence, and where its target begins


def options() -> argparse.Namespace:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--pairs", type=Path, required=True)
    p.add_argument("--dev", type=Path, help="pairs whose loss is logged every --save-minutes")
    p.add_argument("--last", type=Path, help="pairs for the end of the run")
    p.add_argument("--last-share", type=float, default=0.3, help="how much of the run --last is")
    p.add_argument("--start", type=Path, required=True, help="checkpoint folder with source.spm")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--only", default="", help="train the weights with this in their names")
    p.add_argument("--teacher", type=Path, help="checkpoint that --start was pruned from")
    p.add_argument("--taught", type=float, default=0.5, help="share of the teacher in what is learned")
    p.add_argument("--minutes", type=float, default=150, help="also the length of the learning-rate schedule")
    p.add_argument("--save-minutes", type=float, default=15)
    p.add_argument("--lr", type=float, default=1e-4)
    p.add_argument("--final", type=float, default=0.1, help="share of --lr left at the end (linear decay)")
    p.add_argument("--warmup", type=int, default=60)
    p.add_argument("--tokens", type=int, default=2560, help="padded tokens of a batch")
    p.add_argument("--dropout", type=float, default=0.0, help="of what each half of a layer adds")
    p.add_argument("--smoothing", type=float, default=0.05, help="of the labels")
    p.add_argument("--ema", type=float, default=0.998)
    p.add_argument("--dev-segments", type=int, default=40, help="of --dev, translated at each checkpoint; 0: none")
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--resume", action="store_true")
    return p.parse_args()


def encode(spm: SentencePieceProcessor, path: Path, longest: int = 320) -> list[Pair]:
    """Read pairs as token ids: <bos> source PROMPT target <eos>."""
    rows = [line.rstrip("\n").split("\t")[:2] for line in path.open(encoding="utf8")]
    prompt = spm.encode(PROMPT)
    sources = spm.encode([s for s, _ in rows])
    targets = spm.encode([" " + t for _, t in rows])
    pairs = [
        (np.array([BOS, *s, *prompt, *t, EOS], np.int32), len(s) + len(prompt) + 1)
        for s, t in zip(sources, targets, strict=True)
    ]
    return [p for p in pairs if len(p[0]) <= longest]


def batches(pairs: list[Pair], tokens: int, rng: random.Random) -> list[list[Pair]]:
    """Group one epoch into batches of similar length, in random order; the length is padded to 8s."""
    order = list(pairs)
    rng.shuffle(order)
    done: list[list[Pair]] = []
    window = max(4000, tokens // 2)  # pairs that are sorted together
    for i in range(0, len(order), window):
        batch: list[Pair] = []
        for pair in sorted(order[i : i + window], key=lambda p: len(p[0])):
            if batch and (len(pair[0]) + 7) // 8 * 8 * (len(batch) + 1) > tokens:
                done.append(batch)
                batch = []
            batch.append(pair)
        done.append(batch)
    rng.shuffle(done)
    return done


def tensors(batch: list[Pair], device: str) -> tuple[torch.Tensor, ...]:
    """Give ids (B, T), the flat positions that predict a target token, those tokens, and the prompts' lengths (B,)."""
    width = (max(len(ids) for ids, _ in batch) + 7) // 8 * 8
    ids = np.zeros((len(batch), width), np.int64)
    for r, (row, _) in enumerate(batch):
        ids[r, : len(row)] = row
    places = [np.arange(r * width + begin - 1, r * width + len(row) - 1) for r, (row, begin) in enumerate(batch)]
    gold = np.concatenate([row[begin:] for row, begin in batch]).astype(np.int64)
    prompts = np.array([begin for _, begin in batch])
    parts = (torch.from_numpy(part) for part in (ids, np.concatenate(places), gold, prompts))
    return tuple(part.to(device, non_blocking=True) for part in parts)


class DecoderTeacher:
    """A larger decoder whose pieces are a superset of the student's: `chosen` (prune.py) has its ids of theirs."""

    def __init__(self, folder: Path, chosen: Path, tokens: int | None, device: str) -> None:
        dtype = torch.float32 if device == "cpu" else torch.bfloat16
        model = AutoModelForCausalLM.from_pretrained(folder, dtype=dtype).to(device).requires_grad_(False)
        self.kept = torch.tensor(json.loads(chosen.read_text())["pieces"], device=device)
        self.weight = model.lm_head.weight[self.kept]
        self.body = FlatDecoder(model.model, tokens)

    @torch.no_grad()
    def __call__(self, ids: torch.Tensor, places: torch.Tensor, prompts: torch.Tensor, share: float) -> Teacher:
        return Teacher(self.body(self.kept[ids], prompts).index_select(0, places), self.weight, share)


class Trainer:
    """The model with its masters, and what is measured of it."""

    def __init__(self, o: argparse.Namespace, device: str) -> None:
        self.o, self.device = o, device
        self.model = AutoModelForCausalLM.from_pretrained(o.start, dtype=torch.float32)
        for name, weight in self.model.named_parameters():
            weight.requires_grad = o.only in name
        self.masters = Masters(self.model, o.ema, device)
        size = None if device == "cpu" else o.tokens
        self.body = FlatDecoder(self.model.model, size, o.dropout)
        self.teacher = DecoderTeacher(o.teacher, o.start / "chosen.json", size, device) if o.teacher else None
        self.state = o.out / "state.pt"
        if o.resume and self.state.exists():
            self.masters.load(self.state)

    def save(self) -> None:
        """Write the averaged weights and the state."""
        self.masters.write(self.model, self.o.out)
        shutil.copy(self.o.start / "source.spm", self.o.out / "source.spm")
        self.masters.save(self.state)

    def loss(self, batch: list[Pair], backward: bool) -> tuple[torch.Tensor, int]:
        """Give the plain negative log-likelihood per target token and the number of those."""
        ids, places, gold, prompts = tensors(batch, self.device)
        rows = self.body(ids, prompts, backward).index_select(0, places)
        chunk = 256 if self.device == "cpu" else 4096
        teacher = self.teacher(ids, places, prompts, self.o.taught) if self.teacher and backward else None
        value = FusedLinearCE.apply(rows, self.model.lm_head.weight, gold, self.o.smoothing, chunk, teacher)
        if backward:
            value.backward()
        return FusedLinearCE.nll, len(gold)

    def update(self) -> None:
        m, o = self.masters, self.o
        m.update(rate_at(m.step + 1, m.elapsed / (o.minutes * 60), o.lr, o.warmup, o.final))

    @torch.no_grad()
    def dev_scores(self, pairs: list[Pair], spm: SentencePieceProcessor) -> tuple[float, float]:
        """Give the loss per target token on all pairs and the chrF of the first --dev-segments (0 for none).

        transformers writes the answers, which cannot look both ways.
        """
        chosen = [] if self.body.both_ways else pairs[: self.o.dev_segments]
        with self.masters.averaged():
            scored = [self.loss(b, backward=False) for b in batches(pairs, self.o.tokens, random.Random(0))]
            written = [spm.decode(self.write(ids[:begin].tolist())) for ids, begin in chosen]
        references = [spm.decode(ids[begin:-1].tolist()) for ids, begin in chosen]
        chrf = sacrebleu.corpus_chrf(written, [references]).score if chosen else 0.0
        return float(sum(nll * n for nll, n in scored)) / sum(n for _, n in scored), chrf

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
    torch.backends.cuda.enable_cudnn_sdp(False)  # plans anew for each shape of a batch
    spm = SentencePieceProcessor(str(o.start / "source.spm"))
    pairs = encode(spm, o.pairs)
    last = encode(spm, o.last) if o.last else []
    dev = encode(spm, o.dev) if o.dev else []
    print(len(pairs), "pairs,", sum(len(p[0]) for p in pairs), "tokens")
    ids, begin = pairs[7]
    print("sample:", spm.decode(ids[:begin].tolist()), "=>", spm.decode(ids[begin:].tolist()), flush=True)
    o.out.mkdir(parents=True, exist_ok=True)
    t = Trainer(o, "cuda" if torch.cuda.is_available() else "cpu")

    def epoch(rng: random.Random) -> Iterator[list[Pair]]:
        """Give the batches of one pass, or of what is left of it when --last begins."""
        ending = bool(last) and t.masters.elapsed > o.minutes * 60 * (1 - o.last_share)
        for batch in batches(last if ending else pairs, o.tokens, rng):
            yield batch
            if last and not ending and t.masters.elapsed > o.minutes * 60 * (1 - o.last_share):
                return

    train(t, endless(epoch, o.seed), dev, spm)


def train(t: Trainer, stream: Iterator[list[Pair]], dev: list[Pair], spm: SentencePieceProcessor) -> None:
    """Train until the minutes are over, with a line every tenth step and a checkpoint now and then."""
    o, m = t.o, t.masters

    def note(line: str) -> None:
        with (o.out / "log.tsv").open("a") as log:
            log.write(f"{line}\n")

    for _ in range(m.step):
        next(stream)
    began = saved_at = logged = time.time()
    began -= m.elapsed
    nll = counted = seen = 0
    for batch in stream:
        value, n = t.loss(batch, backward=True)
        t.update()
        nll, counted, seen = nll + value * n, counted + n, seen + sum(len(ids) for ids, _ in batch)
        if m.step == 1:  # compiling is no training
            float(value)
            began = saved_at = logged = time.time()
        now = time.time()
        m.elapsed = now - began
        if m.step % 10 == 0:
            curve = f"nll {nll / counted:.3f}"  # waits for the GPU
            now = time.time()
            print(f"{m.step}\t{m.elapsed / 60:.1f} min\t{curve}\ttok/s {seen / (now - logged):.0f}", flush=True)
            note(f"{m.step}\t{m.elapsed / 60:.2f}\t{curve}")
            nll = counted = seen = 0
            logged = now
        finished = m.elapsed > o.minutes * 60
        if finished or now - saved_at > o.save_minutes * 60:
            t.save()
            score = "\tdev nll {:.3f}\tdev chrF {:.2f}".format(*t.dev_scores(dev, spm)) if dev else ""
            note(f"{m.step}\t{m.elapsed / 60:.1f}{score}")
            print("saved at step", m.step, score, flush=True)
            saved_at = logged = time.time()
        if finished:
            return


if __name__ == "__main__":
    main()
