"""Gemma's layers on a batch laid out as one row of tokens, for training.

All that looks at one token at a time (norms, projections, the feed-forward part) sees (tokens, width) of one fixed
size, so that `torch.compile` compiles two small functions once, whatever the shape of a batch; only attention sees
rows. The sum that runs through the layers is float32, as it is when the exported graph runs. Same results as
transformers' forward of rows padded on the right, except for the padding.
"""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import dropout, embedding, gelu, linear, pad, scaled_dot_product_attention


class FlatDecoder:
    """Runs the layers of a Gemma 3 text model; `tokens` is the fixed size of a batch, None for the batch's own."""

    def __init__(self, body: nn.Module, tokens: int | None = None, dropout: float = 0.0) -> None:
        self.body, self.tokens, self.dropout = body, tokens, dropout
        self.both_ways: bool = getattr(body.config, "both_ways", False)
        self.before, self.after = (torch.compile(f, dynamic=False) if tokens else f for f in (before, after))

    def __call__(self, ids: Tensor, prompts: Tensor, train: bool = True) -> Tensor:
        """Give the normed last states (tokens, width) of ids (rows, length), padded on the right.

        `prompts` (rows,): the lengths of the prompts, whose tokens see each other where the model looks both ways.
        """
        rows, length = ids.shape
        spare = (self.tokens or rows * length) - rows * length
        flat = pad(ids.reshape(-1), (0, spare))
        config = self.body.config
        weight = self.body.embed_tokens.weight
        x = embedding(flat, weight, padding_idx=0).float() * config.hidden_size**0.5
        steps = pad(torch.arange(length, device=ids.device).repeat(rows), (0, spare))
        turns = {kind: turn(steps, config.rope_parameters[kind]["rope_theta"], config.head_dim) for kind in KINDS}
        drop = self.dropout if train else 0.0
        mask = open_prompts(prompts, length) if self.both_ways else None
        # The compiled functions are for training: another mode would be compiled anew.
        first, second = (self.before, self.after) if train else (before, after)
        for layer, kind in zip(self.body.layers, config.layer_types, strict=True):
            q, k, v = first(x, weight.dtype, *turns[kind], *parts(layer, BEFORE))
            seen = attend(*(part[: rows * length].unflatten(0, (rows, length)) for part in (q, k, v)), mask)
            x = second(x, pad(seen.flatten(0, 1), (0, 0, 0, spare)), drop, *parts(layer, AFTER))
        return norm(x, self.body.norm.weight).to(weight.dtype)


KINDS = ("full_attention", "sliding_attention")  # no segment is as long as the window
BEFORE = (
    "input_layernorm", "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.q_norm",
    "self_attn.k_norm",
)  # fmt: skip
AFTER = (
    "self_attn.o_proj", "post_attention_layernorm", "pre_feedforward_layernorm", "mlp.gate_proj", "mlp.up_proj",
    "mlp.down_proj", "post_feedforward_layernorm",
)  # fmt: skip


def parts(layer: nn.Module, names: tuple[str, ...]) -> list[Any]:
    return [layer.get_submodule(name).weight for name in names]


def norm(x: Tensor, weight: Tensor, epsilon: float = 1e-6) -> Tensor:
    """Gemma's norm: by the root of the mean square, times 1 + weight, in float32."""
    x = x.float()
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + epsilon) * (1 + weight.float())


def turn(steps: Tensor, base: float, width: int) -> tuple[Tensor, Tensor]:
    """Give cosines and sines (tokens, 1, width) of the rotary embedding."""
    frequency = base ** (-torch.arange(0, width, 2, device=steps.device) / width)
    angles = steps[:, None].float() * frequency[None]
    angles = torch.cat((angles, angles), -1)[:, None]
    return angles.cos(), angles.sin()


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    low, high = x.chunk(2, -1)
    return x * cos + torch.cat((-high, low), -1) * sin


def before(
    x: Tensor, dtype: torch.dtype, cos: Tensor, sin: Tensor,
    ahead: Tensor, query: Tensor, key: Tensor, value: Tensor, query_norm: Tensor, key_norm: Tensor,
) -> tuple[Tensor, Tensor, Tensor]:  # fmt: skip
    """Give queries, keys and values (tokens, heads, head width)."""
    width = cos.shape[-1]
    y = norm(x, ahead).to(dtype)
    q, k, v = (linear(y, w).unflatten(-1, (-1, width)) for w in (query, key, value))
    return rotate(norm(q, query_norm), cos, sin).to(dtype), rotate(norm(k, key_norm), cos, sin).to(dtype), v


def open_prompts(prompts: Tensor, length: int) -> Tensor:
    """Say where each token looks, (rows, 1, length, length): to what stands before it, and a prompt's to all of it."""
    steps = torch.arange(length, device=prompts.device)
    return (steps[None] <= steps[:, None]) | (steps < prompts[:, None])[:, None, None]


def attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None) -> Tensor:
    """Attention of (rows, length, heads, width), causal without a mask; gives (rows, length, heads x width)."""
    q, k, v = (part.transpose(1, 2) for part in (q, k, v))
    k, v = k.expand(-1, q.shape[1], -1, -1), v.expand(-1, q.shape[1], -1, -1)
    return scaled_dot_product_attention(q, k, v, mask, is_causal=mask is None).transpose(1, 2).flatten(2)


def after(
    x: Tensor, seen: Tensor, rate: float,
    output: Tensor, behind: Tensor, ahead: Tensor, gate: Tensor, up: Tensor, down: Tensor, last: Tensor,
) -> Tensor:  # fmt: skip
    """Add what attention saw and the feed-forward part to the running sum."""
    drop: Callable[[Tensor], Tensor] = lambda y: dropout(y, rate) if rate else y  # noqa: E731
    x = x + drop(norm(linear(seen, output), behind))
    y = norm(x, ahead).to(seen.dtype)
    y = linear(gelu(linear(y, gate), approximate="tanh") * linear(y, up), down)
    return x + drop(norm(y, last))
