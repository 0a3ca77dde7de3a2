"""A pruned decoder keeps what is said of it (training/prune.py)."""

import sys
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("gguf")

from tiny_gemma import make_gemma  # noqa: E402

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
from prune import choose_layers, choose_pieces, hidden_units, prune  # noqa: E402
from trim import SPECIAL  # noqa: E402


def tiny() -> "transformers.Gemma3ForCausalLM":
    return make_gemma("sfss")


def sample(model: "transformers.Gemma3ForCausalLM") -> list[tuple["np.ndarray", int]]:
    """Give prompts of 3 tokens with what the model itself answers, so that any change makes it likelier to be wrong."""
    ids = torch.randint(3, 60, (4, 3))
    with torch.no_grad():
        for _ in range(9):
            ids = torch.cat([ids, model(ids).logits[:, -1:].argmax(-1)], 1)
    return [(row.numpy().astype(np.int32), 3) for row in ids]


def test_what_is_kept_has_its_weights_and_the_kinds_of_its_layers() -> None:
    model = tiny()
    units = [[0, 2, 5], [1, 3, 4]]
    small = prune(model, {"layers": [1, 3], "units": units, "pieces": [0, 1, 2, 30, 40]}, both_ways=True)
    assert small.config.layer_types == ["full_attention", "sliding_attention"]
    assert small.config.both_ways
    whole = tiny().state_dict()
    assert torch.equal(small.lm_head.weight, whole["lm_head.weight"][[0, 1, 2, 30, 40]])
    ours, theirs = small.model.layers[1], tiny().model.layers[3]
    assert torch.equal(ours.mlp.down_proj.weight, theirs.mlp.down_proj.weight[:, units[1]])
    assert torch.equal(ours.mlp.gate_proj.weight, theirs.mlp.gate_proj.weight[units[1]])
    assert torch.equal(ours.self_attn.q_proj.weight, theirs.self_attn.q_proj.weight)


def test_the_layer_that_changes_nothing_goes_first() -> None:
    model = tiny()
    for path in ("post_attention_layernorm", "post_feedforward_layernorm"):
        torch.nn.init.constant_(model.model.layers[2].get_submodule(path).weight, -1)  # adds 1 + weight = 0 times
    assert 2 not in choose_layers(model, sample(model), 3)


def test_units_that_write_nothing_are_not_kept() -> None:
    model = tiny()
    with torch.no_grad():
        for layer in model.model.layers:
            layer.mlp.down_proj.weight[:, ::2] = 0
    assert hidden_units(model, sample(model), 24) == [list(range(1, 48, 2))] * 4


def test_pieces_are_kept_with_what_they_are_merged_from() -> None:
    head = [*SPECIAL, *(f"<0x{i:02X}>" for i in range(256)), "\n"]
    vocabulary = [(piece, 0.0) for piece in head]
    vocabulary += [("▁", -9.0), ("x", -8.0), ("y", -7.0), ("z", -6.0), ("xy", -1.0), ("xyz", -2.0), ("zz", -3.0)]
    at = {piece: i for i, (piece, _) in enumerate(vocabulary)}
    kept = choose_pieces(vocabulary, {at["xyz"]: 9.0, at["zz"]: 2.0}, len(head) + 5)
    assert {vocabulary[i][0] for i in kept[len(head) :]} == {"x", "y", "z", "xy", "xyz"}
    assert kept == sorted(kept)
