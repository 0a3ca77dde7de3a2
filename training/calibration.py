"""What the matrices of a Gemma-3 checkpoint are multiplied by: the largest inputs, which fix the steps of 8 bits."""

import random
from pathlib import Path
from typing import Any

import torch
from sentencepiece import SentencePieceProcessor

from decoder_graph import TINY, Array
from train_decoder import encode

PAIRS = 150
"""Pairs to look at; 8,000 tokens."""
SEED = 7
NAMES = {
    "self_attn.q_proj": "qkv",
    "self_attn.o_proj": "o",
    "mlp.gate_proj": "gate_up",
    "mlp.down_proj": "down",
}


def largest_inputs(model: Any, spm: SentencePieceProcessor, pairs: Path) -> dict[str, Array]:
    """Give the largest absolute value of each column of each matrix's normed input, by decoder_graph's names."""
    largest: dict[str, torch.Tensor] = {}

    def watch(module: torch.nn.Module, name: str, normed: bool) -> Any:
        def look(_: torch.nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
            x = inputs[0].reshape(-1, inputs[0].shape[-1])
            if not normed:
                x = x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + TINY)
            here = x.abs().amax(0)
            largest[name] = torch.maximum(largest.get(name, here), here)

        return module.register_forward_pre_hook(look)

    hooks = [watch(model.lm_head, "embedding", normed=True)]
    for i, layer in enumerate(model.model.layers):
        for path, name in NAMES.items():
            hooks.append(watch(layer.get_submodule(path), f"{i}.{name}", normed=name in ("qkv", "gate_up")))
    with torch.no_grad():
        for ids, _ in random.Random(SEED).sample(encode(spm, pairs), PAIRS):
            model(torch.tensor([ids]))
    for hook in hooks:
        hook.remove()
    return {name: values.numpy() for name, values in largest.items()}
