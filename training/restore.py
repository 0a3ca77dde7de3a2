"""Write a decoder's 8-bit weights back into a transformers checkpoint, to go on training from what is shipped.

    python training/restore.py models/vi-en-news RESTART

A matrix is kept as bytes with a scale for each output and a factor for each input (decoder_graph.quantise), so what
is lost is the rounding to 8 bits; the optimizer begins anew. The sizes that no weight shows are Gemma-3-270M's.
"""

import argparse
import shutil
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from transformers import Gemma3ForCausalLM, Gemma3TextConfig

from decoder_graph import Array, dequantise


def read_weights(folder: Path) -> dict[str, Array]:
    """Read the initializers of the graph, its shards joined."""
    model = onnx.load_from_string(b"".join(part.read_bytes() for part in sorted(folder.glob("model.onnx.*"))))
    return {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}


def state(kept: dict[str, Array], config: Gemma3TextConfig) -> dict[str, torch.Tensor]:
    """Name the weights as transformers does; a Gemma norm is kept as 1 + weight."""

    def matrix(name: str) -> torch.Tensor:
        codes = kept[f"{name}.codes"]
        codes = codes if name == "embedding" else codes.T
        return torch.from_numpy(dequantise(codes, kept[f"{name}.scale"], kept[f"{name}.smooth"]))

    embeddings = matrix("embedding")
    weights = {"model.embed_tokens.weight": embeddings, "lm_head.weight": embeddings}
    weights["model.norm.weight"] = torch.from_numpy(kept["norm"] - 1)
    heads = [config.num_attention_heads, config.num_key_value_heads, config.num_key_value_heads]
    for i in range(config.num_hidden_layers):
        layer = f"model.layers.{i}."
        rows = matrix(f"{i}.qkv").split([h * config.head_dim for h in heads])
        for part, values in zip("qkv", rows, strict=True):
            weights[f"{layer}self_attn.{part}_proj.weight"] = values
        weights[f"{layer}self_attn.o_proj.weight"] = matrix(f"{i}.o")
        gate, up = matrix(f"{i}.gate_up").chunk(2)
        weights |= {f"{layer}mlp.gate_proj.weight": gate, f"{layer}mlp.up_proj.weight": up}
        weights[f"{layer}mlp.down_proj.weight"] = matrix(f"{i}.down")
        for name, value in kept.items():
            if name.startswith(f"{i}.") and name.endswith("norm"):
                weights[f"{layer}{name.removeprefix(f'{i}.')}.weight"] = torch.from_numpy(value - 1)
    return weights


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("model", type=Path, help="model folder with model.onnx.00, ...")
    p.add_argument("out", type=Path)
    o = p.parse_args()
    kept = read_weights(o.model)
    config = Gemma3TextConfig(
        vocab_size=len(kept["embedding.codes"]),
        hidden_size=640,
        intermediate_size=2048,
        num_hidden_layers=18,
        num_attention_heads=4,
        num_key_value_heads=1,
        head_dim=256,
        query_pre_attn_scalar=256,
        sliding_window=512,
        max_position_embeddings=32768,
        tie_word_embeddings=True,
        rope_parameters={
            "full_attention": {"rope_type": "default", "rope_theta": 1e6},
            "sliding_attention": {"rope_type": "default", "rope_theta": 1e4},
        },
    )
    model = Gemma3ForCausalLM(config)
    model.load_state_dict(state(kept, config))
    model.save_pretrained(o.out)
    shutil.copy(o.model / "source.spm", o.out / "source.spm")


if __name__ == "__main__":
    main()
