"""Write a decoder's int8 weights back into a transformers checkpoint, to go on training from what is shipped.

    python training/restore.py models/vi-en-news RESTART

CTranslate2 keeps a matrix as int8 rows with one scale a row (weight = int8 / scale), so what is lost is the
rounding to 8 bits; the optimizer begins anew. The sizes are read off the weights, the rest is Gemma-3-270M's.
"""

import argparse
import shutil
import struct
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import Gemma3ForCausalLM, Gemma3TextConfig

DTYPES = ("float32", "int8", "int16", "int32", "float16")  # the order of CTranslate2's DataType
NORMS = {
    "input_layer_norm": "input_layernorm",
    "post_attention_layer_norm": "post_attention_layernorm",
    "pre_feedforward_layer_norm": "pre_feedforward_layernorm",
    "post_feedforward_layer_norm": "post_feedforward_layernorm",
    "self_attention/q_norm": "self_attn.q_norm",
    "self_attention/k_norm": "self_attn.k_norm",
}
MATRICES = {
    "ffn/linear_0": "mlp.gate_proj",
    "ffn/linear_0_noact": "mlp.up_proj",
    "ffn/linear_1": "mlp.down_proj",
    "self_attention/linear_1": "self_attn.o_proj",
}


def read_variables(data: bytes) -> dict[str, np.ndarray[Any, Any]]:
    """Read the named arrays of a CTranslate2 model.bin, version 6 (ctranslate2/specs/model_spec.py)."""
    at = 0

    def number(kind: str) -> int:
        nonlocal at
        (value,) = struct.unpack_from("<" + kind, data, at)
        at += struct.calcsize(kind)
        return int(value)

    def string() -> str:
        nonlocal at
        length = number("H")
        at += length
        return data[at - length : at - 1].decode()

    if number("I") != 6:
        raise SystemExit("model.bin is of another version than 6")
    string(), number("I")
    variables = {}
    for _ in range(number("I")):
        name = string()
        shape = [number("I") for _ in range(number("B"))]
        dtype, size = np.dtype(DTYPES[number("B")]), number("I")
        variables[name] = np.frombuffer(data, dtype, size // dtype.itemsize, at).reshape(shape)
        at += size
    return variables


def matrix(variables: dict[str, np.ndarray[Any, Any]], name: str) -> torch.Tensor:
    rows = variables[f"{name}/weight"].astype(np.float32)
    return torch.from_numpy(rows / variables[f"{name}/weight_scale"][:, None])


def state(variables: dict[str, np.ndarray[Any, Any]], config: Gemma3TextConfig) -> dict[str, torch.Tensor]:
    """Name the weights as transformers does; a Gemma norm is kept as gamma - 1."""
    embeddings = matrix(variables, "decoder/embeddings")
    weights = {"model.embed_tokens.weight": embeddings, "lm_head.weight": embeddings}

    def norm(name: str) -> torch.Tensor:
        return torch.from_numpy(variables[f"{name}/gamma"].astype(np.float32).copy())

    weights["model.norm.weight"] = norm("decoder/layer_norm")
    for i in range(config.num_hidden_layers):
        ours, theirs = f"decoder/layer_{i}/", f"model.layers.{i}."
        for a, b in NORMS.items():
            weights[f"{theirs}{b}.weight"] = norm(ours + a)
        for a, b in MATRICES.items():
            weights[f"{theirs}{b}.weight"] = matrix(variables, ours + a)
        heads = [config.num_attention_heads, config.num_key_value_heads, config.num_key_value_heads]
        fused = matrix(variables, ours + "self_attention/linear_0")
        for part, rows in zip("qkv", fused.split([h * config.head_dim for h in heads]), strict=True):
            weights[f"{theirs}self_attn.{part}_proj.weight"] = rows
    return weights


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("model", type=Path, help="model folder with model.bin.00, ...")
    p.add_argument("out", type=Path)
    o = p.parse_args()
    variables = read_variables(b"".join(part.read_bytes() for part in sorted(o.model.glob("model.bin.*"))))
    config = Gemma3TextConfig(
        vocab_size=variables["decoder/embeddings/weight"].shape[0],
        hidden_size=640, intermediate_size=2048, num_hidden_layers=18, num_attention_heads=4, num_key_value_heads=1,
        head_dim=256, max_position_embeddings=32768, query_pre_attn_scalar=256, sliding_window=512, layer_types=None, tie_word_embeddings=True,
        rope_parameters={
            "full_attention": {"rope_type": "default", "rope_theta": 1e6},
            "sliding_attention": {"rope_type": "default", "rope_theta": 1e4},
        },
    )  # fmt: skip
    model = Gemma3ForCausalLM(config)
    model.load_state_dict(state(variables, config))
    model.to(torch.bfloat16).save_pretrained(o.out)
    shutil.copy(o.model / "source.spm", o.out / "source.spm")


if __name__ == "__main__":
    main()
