"""Cut a fine-tuned decoder down to a small start for distillation: fewer pieces, layers and hidden units.

    python training/prune.py --start START --out SMALL --corpus CORPUS --mono MONO --pairs RUN/pairs.tsv

What is kept: the pieces seen most (`--pieces`, weighted as trim.py weighs them, with those that their merges pass
through); the layers whose loss on `--pairs` is least when one after the other is taken out (greedily); in each of them
the hidden units of the feed-forward part that add most to its output (Muralidharan et al. 2024: activations, no
gradients). With --both-ways the source's tokens are to see each other, earlier and later ones
(flat_decoder.py): that is written into the checkpoint, and distillation makes the weights fit it. OUT/chosen.json says
what was kept; what it says already is followed.
"""

import argparse
import json
import random
from pathlib import Path
from typing import Any

import torch
from sentencepiece import SentencePieceProcessor
from sentencepiece import sentencepiece_model_pb2 as spm_proto
from transformers import AutoModelForCausalLM, Gemma3ForCausalLM

from fused_loss import FusedLinearCE
from train_decoder import Pair, batches, encode, tensors
from trim import SPECIAL, count_pieces, kept_pieces, read_texts, sentencepiece_model

SAMPLE = 48
"""Pairs whose loss chooses the layers, and whose activations the hidden units."""


def read_pieces(path: Path) -> list[tuple[str, float]]:
    """Give each (piece, score) of a SentencePiece model in the order of its ids."""
    proto = spm_proto.ModelProto()
    proto.ParseFromString(path.read_bytes())
    return [(piece.piece, piece.score) for piece in proto.pieces]


def choose_pieces(vocabulary: list[tuple[str, float]], counts: dict[int, float], most: int) -> list[int]:
    """Give the ids of at most `most` pieces, in their order; the specials and bytes come first."""
    head = len(SPECIAL) + 256 + 1

    def seen(least: float) -> list[int]:
        kept = kept_pieces(vocabulary, counts, least)
        return [i for i, (piece, _) in enumerate(vocabulary) if i < head or piece in kept]

    few, many = 0.0, max(counts.values())
    for _ in range(40):
        least = (few + many) / 2
        few, many = (least, many) if len(seen(least)) > most else (few, least)
    return seen(many)


@torch.no_grad()
def loss_of(model: Any, sample: list[Pair]) -> float:
    """Give the negative log-likelihood per target token."""
    total = counted = 0.0
    for batch in batches(sample, 2048, random.Random(0)):
        ids, places, gold, _ = tensors(batch, model.device.type)
        states = model.model(input_ids=ids, use_cache=False).last_hidden_state.flatten(0, 1).index_select(0, places)
        FusedLinearCE.apply(states, model.lm_head.weight, gold, 0.0, 256)
        total, counted = total + FusedLinearCE.nll.item() * len(gold), counted + len(gold)
    return total / counted


def choose_layers(model: Any, sample: list[Pair], number: int) -> list[int]:
    """Take out the layer that is missed least until `number` are left."""
    layers, kinds = list(model.model.layers), list(model.config.layer_types)
    kept = list(range(len(layers)))

    def use(chosen: list[int]) -> None:
        model.model.layers = torch.nn.ModuleList(layers[i] for i in chosen)
        model.model.config.layer_types = [kinds[i] for i in chosen]
        model.config.num_hidden_layers = len(chosen)

    while len(kept) > number:
        found = []
        for out in kept[:-1]:  # the last layer writes for the output
            use([i for i in kept if i != out])
            found.append((loss_of(model, sample), out))
        value, worst = min(found)
        kept.remove(worst)
        print(f"without {worst}: {value:.3f}", flush=True)
    use(kept)
    return kept


@torch.no_grad()
def hidden_units(model: Any, sample: list[Pair], number: int) -> list[list[int]]:
    """Give for each layer the indices of the units with the largest mean |activation| x norm of their output."""
    sums = [torch.zeros(model.config.intermediate_size, device=model.device) for _ in model.model.layers]

    def watch(i: int) -> Any:
        def look(_: torch.nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
            sums[i] += inputs[0].abs().flatten(0, -2).sum(0)

        return look

    hooks = [layer.mlp.down_proj.register_forward_pre_hook(watch(i)) for i, layer in enumerate(model.model.layers)]
    loss_of(model, sample)
    for hook in hooks:
        hook.remove()
    weights = [layer.mlp.down_proj.weight.norm(dim=0) for layer in model.model.layers]
    return [(a * w).topk(number).indices.sort().values.tolist() for a, w in zip(sums, weights, strict=True)]


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--start", type=Path, required=True, help="checkpoint folder with source.spm")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--corpus", type=Path, required=True, help="folder of *.tsv.xz")
    p.add_argument("--mono", type=Path, required=True, help="folder of *.jsonl.xz")
    p.add_argument("--pairs", type=Path, required=True, help="held-out pairs")
    p.add_argument("--pieces", type=int, default=16_000)
    p.add_argument("--layers", type=int, default=8)
    p.add_argument("--units", type=int, default=960)
    p.add_argument("--both-ways", action="store_true")
    o = p.parse_args()
    o.out.mkdir(parents=True, exist_ok=True)
    chosen = o.out / "chosen.json"
    kept = json.loads(chosen.read_text()) if chosen.exists() else {}
    vocabulary = read_pieces(o.start / "source.spm")
    if "pieces" not in kept:
        kept["pieces"] = choose_pieces(vocabulary, count_pieces(vocabulary, read_texts(o.corpus, o.mono)), o.pieces)
        chosen.write_text(json.dumps(kept))
    model = AutoModelForCausalLM.from_pretrained(o.start, dtype=torch.float32)
    if "layers" not in kept:
        sample = encode(SentencePieceProcessor(str(o.start / "source.spm")), o.pairs)[:SAMPLE]
        whole = model.to("cuda" if torch.cuda.is_available() else "cpu")
        kept["layers"] = choose_layers(whole, sample, o.layers)
        kept["units"] = hidden_units(whole, sample, o.units)
        chosen.write_text(json.dumps(kept))
        model = AutoModelForCausalLM.from_pretrained(o.start, dtype=torch.float32)
    small = prune(model, kept, o.both_ways)
    small.save_pretrained(o.out)
    (o.out / "source.spm").write_bytes(sentencepiece_model([vocabulary[i] for i in kept["pieces"]]))
    print(len(kept["pieces"]), "pieces,", sum(x.numel() for x in small.parameters()), "parameters")


def prune(model: Any, kept: dict[str, Any], both_ways: bool) -> Any:
    """Give a model of what is kept."""
    config, state = model.config, model.state_dict()
    config.layer_types = [config.layer_types[i] for i in kept["layers"]]
    config.num_hidden_layers, config.intermediate_size = len(kept["layers"]), len(kept["units"][0])
    config.vocab_size, config.both_ways = len(kept["pieces"]), both_ways
    small = Gemma3ForCausalLM(config)
    cuts = {"gate_proj": 0, "up_proj": 0, "down_proj": 1}
    weights = {}
    for name in small.state_dict():
        parts = name.split(".")
        if parts[1] == "layers":
            layer, module = int(parts[2]), parts[-2]
            weight = state[".".join([*parts[:2], str(kept["layers"][layer]), *parts[3:]])]
            units = torch.tensor(kept["units"][layer])
            weights[name] = weight.index_select(cuts[module], units) if module in cuts else weight
        else:
            weights[name] = state[name] if "norm" in name else state[name][kept["pieces"]]
    small.load_state_dict(weights)
    return small


if __name__ == "__main__":
    main()
