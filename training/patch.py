"""Put the attention weights of a checkpoint into an exported graph; every other matrix keeps its bytes.

    python training/patch.py models/vi-en-news CHECKPOINT --calibrate RUN/pairs.tsv

For a run of `train_decoder.py --only self_attn` from the weights that restore.py reads out of that very graph: a new
export would round and even out all of them anew, and a repository would keep another 115 MB. The steps of what
attention works on are calibrated again. model.json gets the new checksums.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from sentencepiece import SentencePieceProcessor
from transformers import AutoModelForCausalLM

from calibration import largest_values
from decoder_graph import TINY, Array, quantise
from export import SHARD


def patched(kept: dict[str, Array], weights: dict[str, Array], largest: dict[str, Array]) -> dict[str, Array]:
    """Give the initializers that change: codes and scales of attention, its norms, and the steps of its inputs."""
    changed: dict[str, Array] = {}
    layers = sum(name.endswith(".qkv.codes") for name in kept)
    for i in range(layers):
        p = f"model.layers.{i}.self_attn."
        joined = np.concatenate([weights[f"{p}{part}_proj.weight"] for part in "qkv"])
        for name, matrix in ((f"{i}.qkv", joined), (f"{i}.o", weights[f"{p}o_proj.weight"])):
            codes, scale = quantise(matrix * kept[f"{name}.smooth"])
            changed |= {f"{name}.codes": np.ascontiguousarray(codes.T), f"{name}.scale": scale}
        for norm in ("q_norm", "k_norm"):
            changed[f"{i}.self_attn.{norm}"] = 1 + weights[f"{p}{norm}.weight"]
        for part in "qkv":
            changed[f"{i}.{part}.step"] = np.array(largest[f"{i}.{part}"].max() / 127, np.float32)
        step = np.maximum(largest[f"{i}.o"] / kept[f"{i}.o.smooth"], TINY).max() / 127
        changed[f"{i}.o.step"] = np.array(step, np.float32)
        before = kept[f"{i}.q.scale"] / kept[f"{i}.q.step"]  # of the width of a head
        changed[f"{i}.q.scale"] = np.array(changed[f"{i}.q.step"] * before, np.float32)
    return changed


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("model", type=Path, help="model folder with model.onnx.00, ...")
    p.add_argument("checkpoint", type=Path)
    p.add_argument("--calibrate", type=Path, required=True, help="pairs of prepare.py")
    o = p.parse_args()
    shards = sorted(o.model.glob("model.onnx.*"))
    graph = onnx.load_from_string(b"".join(shard.read_bytes() for shard in shards))
    kept = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.graph.initializer}
    model = AutoModelForCausalLM.from_pretrained(o.checkpoint, dtype=torch.float32)
    spm = SentencePieceProcessor(model_file=str(o.checkpoint / "source.spm"))
    weights = {name: tensor.numpy() for name, tensor in model.state_dict().items()}
    changed = patched(kept, weights, largest_values(model, spm, o.calibrate))
    for tensor in graph.graph.initializer:
        if tensor.name in changed:
            value = changed.pop(tensor.name)
            if value.shape != kept[tensor.name].shape or value.dtype != kept[tensor.name].dtype:
                raise SystemExit(f"{tensor.name}: {value.shape} {value.dtype}, not {kept[tensor.name].shape}")
            tensor.CopyFrom(numpy_helper.from_array(value, tensor.name))
    if changed:
        raise SystemExit(f"the graph has no {', '.join(changed)}")
    whole = graph.SerializeToString()
    for number, shard in enumerate(shards):
        shard.write_bytes(whole[number * SHARD : (number + 1) * SHARD])
    path = o.model / "model.json"
    description = json.loads(path.read_text(encoding="utf-8"))
    for file in description["files"]:
        content = (o.model / file["name"]).read_bytes()
        file |= {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    path.write_text(json.dumps(description, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
