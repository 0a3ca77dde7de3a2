"""What a Gemma-3 checkpoint multiplies: the largest inputs of its matrices, its largest queries, keys and values.

They fix the steps of 8 bits.
"""

import random
from pathlib import Path
from typing import Any

import torch
from sentencepiece import SentencePieceProcessor

from decoder_graph import TINY, Array
from flat_decoder import KINDS, open_prompts
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


def attention_masks(config: Any, prompt: int, length: int) -> dict[str, torch.Tensor] | None:
    """Give what transformers adds to attention for a row whose prompt is seen both ways; None for its own."""
    if not getattr(config, "both_ways", False):
        return None
    looks = open_prompts(torch.tensor([prompt]), length)
    return dict.fromkeys(KINDS, torch.where(looks, 0.0, torch.finfo(torch.float32).min))


def largest_values(model: Any, spm: SentencePieceProcessor, pairs: Path) -> dict[str, Array]:
    """Give the largest absolute values by decoder_graph's names: of each column of a matrix's normed input, of
    queries, keys and values by column, whatever angle their positions turn them by.
    """
    largest: dict[str, torch.Tensor] = {}

    def note(name: str, x: torch.Tensor) -> None:
        here = x.reshape(-1, x.shape[-1]).abs().amax(0)
        largest[name] = torch.maximum(largest.get(name, here), here)

    def watch(module: torch.nn.Module, name: str, normed: bool) -> Any:
        def look(_: torch.nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
            x = inputs[0]
            note(name, x if normed else x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + TINY))

        return module.register_forward_pre_hook(look)

    def watch_output(module: torch.nn.Module, name: str, turned: bool) -> Any:
        def look(_: torch.nn.Module, __: Any, x: torch.Tensor) -> None:
            note(name, torch.hypot(*x.chunk(2, dim=-1)) if turned else x)

        return module.register_forward_hook(look)

    hooks = [watch(model.lm_head, "embedding", normed=True)]
    for i, layer in enumerate(model.model.layers):
        for path, name in NAMES.items():
            hooks.append(watch(layer.get_submodule(path), f"{i}.{name}", normed=name in ("qkv", "gate_up")))
        for path, name in (("q_norm", "q"), ("k_norm", "k"), ("v_proj", "v")):
            hooks.append(watch_output(layer.self_attn.get_submodule(path), f"{i}.{name}", turned=name != "v"))
    with torch.no_grad():
        for ids, prompt in random.Random(SEED).sample(encode(spm, pairs), PAIRS):
            looks = attention_masks(model.config, prompt, len(ids))
            model(torch.from_numpy(ids).long()[None], attention_mask=looks)
    for hook in hooks:
        hook.remove()
    return {name: values.numpy() for name, values in largest.items()}
