"""Train a small Marian model with guided alignment, from scratch or from a checkpoint. CPU or CUDA, bf16, EMA.

    python training/vocabulary.py --pairs RUN/pairs.tsv --out START
    python training/train_marian.py --pairs RUN/pairs.tsv --dev RUN/dev.tsv --start START --out MARIAN --from-scratch

The first head of the last decoder layer learns the word alignments of eflomal from the first step on (Chen et
al. 2016; Garg et al. 2019): without that a small model on little data learns English before it learns to look at
the Vietnamese, and CTranslate2's `return_attention` gives that very head. MARIAN/ holds the averaged weights as a
transformers checkpoint, MARIAN/state.pt what --resume needs, MARIAN/log.tsv the curves (plot.py).
"""

import argparse
import json
import random
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sacrebleu
import torch
from sentencepiece import SentencePieceProcessor
from transformers import MarianConfig, MarianMTModel

from alignment import align, words
from fused_loss import FusedLinearCE
from masters import Masters, endless, rate_at

FILES = ("source.spm", "target.spm", "vocab.json", "tokenizer_config.json")


@dataclass(frozen=True, slots=True)
class Pair:
    """Ids with </s>, and the links (target position, source position) between pieces."""

    source: list[int]
    target: list[int]
    links: list[tuple[int, int]]

    @property
    def length(self) -> int:
        return max(len(self.source), len(self.target))


def options() -> argparse.Namespace:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--pairs", type=Path, required=True)
    p.add_argument("--dev", type=Path, required=True)
    p.add_argument("--start", type=Path, required=True, help="vocabulary, and the weights without --from-scratch")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--from-scratch", action="store_true", help="new weights with the sizes below")
    p.add_argument("--width", type=int, default=256)
    p.add_argument("--ffn", type=int, default=1024)
    p.add_argument("--encoder", type=int, default=6)
    p.add_argument("--decoder", type=int, default=2)
    p.add_argument("--guided", type=float, default=0.5, help="weight of the alignment loss; 0 for none")
    p.add_argument("--minutes", type=float, default=150, help="also the length of the learning-rate schedule")
    p.add_argument("--save-minutes", type=float, default=15)
    p.add_argument("--lr", type=float, default=7e-4)
    p.add_argument("--final", type=float, default=0.05)
    p.add_argument("--warmup", type=int, default=400)
    p.add_argument("--tokens", type=int, default=2560, help="padded tokens of a batch (GPU: 30,000)")
    p.add_argument("--ema", type=float, default=0.999)
    p.add_argument("--dev-segments", type=int, default=100)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--resume", action="store_true")
    return p.parse_args()


class Vocabulary:
    """Pieces with their places in the text, as ids of vocab.json."""

    def __init__(self, folder: Path) -> None:
        self.spm = SentencePieceProcessor(str(folder / "source.spm"))
        self.ids: dict[str, int] = json.loads((folder / "vocab.json").read_text(encoding="utf8"))
        self.pieces = {i: piece for piece, i in self.ids.items()}
        self.eos, self.unk, self.pad = (self.ids[token] for token in ("</s>", "<unk>", "<pad>"))

    def encode(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        found = self.spm.encode(text, return_type="proto").pieces
        letter = [i for i, c in enumerate(text) for _ in c.encode()] + [len(text)]  # of each byte
        spans = [(letter[p.begin], letter[p.end]) for p in found]
        return [self.ids.get(p.piece, self.unk) for p in found] + [self.eos], spans

    def decode(self, ids: list[int]) -> str:
        special = {self.eos, self.pad}
        return str(self.spm.decode([self.pieces[i] for i in ids if i not in special]))


def read_pairs(path: Path) -> list[tuple[str, str]]:
    rows = (line.rstrip("\n").split("\t")[:2] for line in path.open(encoding="utf8"))
    return [(s, t) for s, t in rows]


def encode(rows: list[tuple[str, str]], vocabulary: Vocabulary, folder: Path | None, longest: int = 200) -> list[Pair]:
    """Read pairs as ids; with a folder for eflomal's result, with the links of their pieces."""
    links = align(rows, folder) if folder else [set[tuple[int, int]]() for _ in rows]
    pairs = []
    for (source, target), linked in zip(rows, links, strict=True):
        (left, left_spans), (right, right_spans) = vocabulary.encode(source), vocabulary.encode(target)
        if len(left) > longest or len(right) > longest:
            continue
        s, t = owners(words(source), left_spans), owners(words(target), right_spans)
        pairs.append(Pair(left, right, [(j, i) for a, b in linked for j in t[b] for i in s[a]]))
    return pairs


def owners(tokens: list[tuple[int, int]], pieces: list[tuple[int, int]]) -> list[list[int]]:
    """List for each word the pieces that share a letter with it."""
    found: list[list[int]] = [[] for _ in tokens]
    first = 0
    for word, (begin, end) in enumerate(tokens):
        while first < len(pieces) and pieces[first][1] <= begin:
            first += 1
        at = first
        while at < len(pieces) and pieces[at][0] < end:
            found[word].append(at)
            at += 1
    return found


def batches(pairs: list[Pair], tokens: int, rng: random.Random) -> Iterator[list[Pair]]:
    """Give one epoch in batches of similar length, in random order."""
    order = list(pairs)
    rng.shuffle(order)
    done: list[list[Pair]] = []
    for i in range(0, len(order), 20_000):
        batch: list[Pair] = []
        for pair in sorted(order[i : i + 20_000], key=lambda p: p.length):
            if batch and pair.length * (len(batch) + 1) > tokens:
                done.append(batch)
                batch = []
            batch.append(pair)
        done.append(batch)
    rng.shuffle(done)
    yield from done


def padded(rows: list[list[int]], pad: int, device: str) -> torch.Tensor:
    out = torch.full((len(rows), max(map(len, rows))), pad, dtype=torch.long)
    for r, row in enumerate(rows):
        out[r, : len(row)] = torch.tensor(row)
    return out.to(device)


def alignment_loss(attention: torch.Tensor, batch: list[Pair]) -> torch.Tensor:
    """Give the mean of -log of the attention (B, T, S) that a target piece pays to the pieces it is linked to."""
    rows, targets, sources = [], [], []
    for b, pair in enumerate(batch):
        rows += [b] * len(pair.links)
        targets += [j for j, _ in pair.links]
        sources += [i for _, i in pair.links]
    if not rows:
        return attention.sum() * 0
    linked = torch.zeros_like(attention)
    linked[rows, targets, sources] = 1
    paid = (attention * linked).sum(-1)[linked.sum(-1) > 0]
    return -paid.clamp_min(1e-6).log().mean()


class Trainer:
    """The model with its masters, and what is measured of it."""

    def __init__(self, o: argparse.Namespace, vocabulary: Vocabulary, device: str) -> None:
        self.o, self.vocabulary, self.device = o, vocabulary, device
        self.model = new_model(o, vocabulary) if o.from_scratch else load_model(o.start)
        for name, p in self.model.named_parameters():
            p.requires_grad = "embed_positions" not in name
        self.masters = Masters(self.model, o.ema, device)
        self.state = o.out / "state.pt"
        if o.resume and self.state.exists():
            self.masters.load(self.state)

    def loss(self, batch: list[Pair], backward: bool) -> tuple[float, float, int]:
        """Give the negative log-likelihood per target token, the alignment loss, and the number of tokens."""
        pad, o = self.vocabulary.pad, self.o
        x = padded([p.source for p in batch], pad, self.device)
        y = padded([p.target for p in batch], pad, self.device)
        begun = torch.full_like(y, pad)
        begun[:, 1:] = y[:, :-1]
        guided = o.guided > 0 and backward
        out = self.model.model(
            input_ids=x, attention_mask=(x != pad).long(), decoder_input_ids=begun, output_attentions=guided,
            use_cache=False,
        )  # fmt: skip
        keep = (y != pad).view(-1)
        rows, gold = out.last_hidden_state.reshape(-1, out.last_hidden_state.shape[-1])[keep], y.view(-1)[keep]
        chunk = 256 if self.device == "cpu" else 8192
        value = FusedLinearCE.apply(rows, self.model.lm_head.weight, gold, 0.1 if backward else 0.0, chunk)
        aligned = alignment_loss(out.cross_attentions[-1][:, 0].float(), batch) if guided else torch.zeros(())
        if backward:
            (value + o.guided * aligned).backward()
        return FusedLinearCE.nll.item(), aligned.item(), len(gold)

    def update(self) -> None:
        m, o = self.masters, self.o
        m.update(rate_at(m.step + 1, m.elapsed / (o.minutes * 60), o.lr, o.warmup, o.final))
        shared = next(i for i, p in enumerate(m.live) if p is self.model.get_input_embeddings().weight)
        with torch.no_grad():  # CTranslate2 begins an answer from zero: export.check_start
            for weights in (m.live[shared], m.master[shared], m.ema[shared]):
                weights[self.vocabulary.pad] = 0

    def save(self) -> None:
        """Write the averaged weights and the state."""
        self.masters.write(self.model, self.o.out)
        for name in FILES:
            shutil.copy(self.o.start / name, self.o.out / name)
        self.masters.save(self.state)

    @torch.no_grad()
    def dev_scores(self, pairs: list[Pair]) -> tuple[float, float]:
        """Give the loss per target token on all pairs and the chrF of the first --dev-segments, greedily."""
        v, chosen, written = self.vocabulary, pairs[: self.o.dev_segments], list[str]()
        with self.masters.averaged():
            self.model.eval()
            scored = [self.loss(b, backward=False) for b in batches(pairs, self.o.tokens, random.Random(0))]
            for i in range(0, len(chosen), 25):
                x = padded([p.source for p in chosen[i : i + 25]], v.pad, self.device)
                out = self.model.generate(
                    input_ids=x, attention_mask=(x != v.pad).long(), max_new_tokens=200, num_beams=1, do_sample=False
                )
                written += [v.decode(row) for row in out.tolist()]
            self.model.train()
        references = [v.decode(p.target) for p in chosen]
        nll = sum(value * n for value, _, n in scored) / sum(n for *_, n in scored)
        return nll, sacrebleu.corpus_chrf(written, [references]).score


def new_model(o: argparse.Namespace, vocabulary: Vocabulary) -> MarianMTModel:
    size = len(vocabulary.ids)
    heads = o.width // 32
    config = MarianConfig(
        vocab_size=size, decoder_vocab_size=size, d_model=o.width, encoder_layers=o.encoder, decoder_layers=o.decoder,
        encoder_ffn_dim=o.ffn, decoder_ffn_dim=o.ffn, encoder_attention_heads=heads, decoder_attention_heads=heads,
        activation_function="relu", dropout=0.0, attention_dropout=0.0, max_position_embeddings=256,
        scale_embedding=True,
        pad_token_id=vocabulary.pad, eos_token_id=vocabulary.eos, bos_token_id=vocabulary.eos,
        forced_eos_token_id=vocabulary.eos, decoder_start_token_id=vocabulary.pad, attn_implementation="eager",
    )  # fmt: skip
    model = MarianMTModel(config)
    for p in model.parameters():
        if p.dim() > 1 and p.requires_grad:
            torch.nn.init.xavier_uniform_(p)
    torch.nn.init.normal_(model.get_input_embeddings().weight, 0, o.width**-0.5)
    model.generation_config.bad_words_ids = [[vocabulary.pad]]
    return model


def load_model(folder: Path) -> MarianMTModel:
    model = MarianMTModel.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager")
    model.config.dropout = model.config.attention_dropout = 0.0
    return model


def main() -> None:
    o = options()
    torch.set_num_threads(o.threads)
    torch.manual_seed(o.seed)
    o.out.mkdir(parents=True, exist_ok=True)
    vocabulary = Vocabulary(o.start)
    pairs = encode(read_pairs(o.pairs), vocabulary, o.out if o.guided else None)
    dev = encode(read_pairs(o.dev), vocabulary, None)
    print(len(pairs), "pairs,", sum(len(p.source) for p in pairs), "source tokens")
    print("sample:", vocabulary.decode(pairs[7].source), "=>", vocabulary.decode(pairs[7].target), flush=True)
    t = Trainer(o, vocabulary, "cuda" if torch.cuda.is_available() else "cpu")
    m, done = t.masters, t.masters.step
    began, saved_at, logged = time.time() - m.elapsed, time.time(), time.time()
    sums, seen = [0.0, 0.0, 0.0], 0
    for skip, batch in enumerate(endless(lambda rng: batches(pairs, o.tokens, rng), o.seed)):
        if skip < done:
            continue
        nll, aligned, n = t.loss(batch, backward=True)
        t.update()
        sums, seen = [a + b for a, b in zip(sums, (nll * n, aligned * n, n), strict=True)], seen + n
        now = time.time()
        m.elapsed = now - began
        if m.step % 100 == 0:
            curve = f"nll {sums[0] / sums[2]:.3f}\talignment {sums[1] / sums[2]:.3f}\ttok/s {seen / (now - logged):.0f}"
            print(f"{m.step}\t{m.elapsed / 60:.1f} min\t{curve}", flush=True)
            sums, seen, logged = [0.0, 0.0, 0.0], 0, now
        finished = m.elapsed > o.minutes * 60
        if finished or now - saved_at > o.save_minutes * 60:
            t.save()
            score = "dev nll {:.3f}\tdev chrF {:.2f}".format(*t.dev_scores(dev))
            with (o.out / "log.tsv").open("a") as log:
                log.write(f"{m.step}\t{m.elapsed / 60:.1f}\t{score}\n")
            print("saved at step", m.step, score, flush=True)
            saved_at = logged = time.time()
        if finished:
            return


if __name__ == "__main__":
    main()
