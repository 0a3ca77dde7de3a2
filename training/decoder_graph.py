"""The ONNX graph of a Gemma-3 decoder with 8-bit weights, for onnxruntime on a CPU.

Matrices are multiplied as whole numbers (`MatMulIntegerToFloat`): the weights of an output share one scale, and the
inputs of a matrix another, which calibration fixes beforehand, so that what a segment becomes does not depend on its
batch. The weights are signed bytes, which a processor with VNNI multiplies by unsigned ones in half the time; one
without adds pairs of such products in 16 bits, where they overflow, so that the weights have to be made unsigned
there when they are loaded (`session.x64quantprecision`, which knows no zero points of weights). Columns with large
inputs are made smaller and their weights larger beforehand (SmoothQuant, Xiao et al. 2023). Attention is
`GroupQueryAttention`, which writes keys and values into the caller's buffers. The graph gives the TOP best next
tokens of the last position, all that a beam search asks for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from onnx import ModelProto, TensorProto, helper, numpy_helper

TOP = 16
SMOOTHING = 0.75
"""How much of the difference between an input's columns the weights take over. Development loss of the shipped model
with 8 bits, against 0.7460 in float32: 0.7718 with none of it, 0.7603 with 0.5, 0.7488 with 0.75, 0.7517 with 0.9."""
TINY = 1e-12
ZERO = 128  # the unsigned byte that stands for nought in a matrix's inputs
BIAS = -1e4  # added to the logit of a token that is never to be written
Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Sizes:
    """What the graph needs to know of a Gemma-3 configuration."""

    width: int
    heads: int
    kv_heads: int
    head: int
    layers: int
    full: tuple[bool, ...]  # of each layer: full attention, with the slow rotary base
    embedding_scale: float
    positions: int
    epsilon: float = 1e-6


def quantise(matrix: Array) -> tuple[Array, Array]:
    """Give (rows, columns) signed bytes and the (rows,) scales of a matrix."""
    scale = np.abs(matrix).max(axis=1) / 127
    safe = np.where(scale == 0, 1, scale)
    return np.rint(matrix / safe[:, None]).astype(np.int8), safe.astype(np.float32)


def dequantise(codes: Array, scale: Array, smooth: Array) -> Array:
    """Give the (rows, columns) matrix that was multiplied by `smooth` and quantised, rounded to 8 bits."""
    matrix: Array = codes.astype(np.float32) * scale[:, None] / smooth
    return matrix


def smoothing(matrix: Array, largest: Array) -> Array:
    """Give the factor of each column of a (rows, columns) matrix, from the largest inputs of the columns."""
    inputs, weights = np.maximum(largest, TINY), np.maximum(np.abs(matrix).max(axis=0), TINY)
    factor = inputs**SMOOTHING / weights ** (1 - SMOOTHING)
    smooth: Array = (factor / np.exp(np.log(factor).mean())).astype(np.float32)
    return smooth


class Graph:
    """Collects nodes and initializers; a value is known by its name."""

    def __init__(self, largest: Mapping[str, Array]) -> None:
        self.largest = largest
        self.nodes: list[Any] = []
        self.weights: dict[str, Array] = {}
        self.zero = self.constant("zero", np.array(ZERO, np.uint8))

    def constant(self, name: str, value: Array) -> str:
        self.weights[name] = value
        return name

    def node(self, kind: str, inputs: list[str], outputs: int | list[str] = 1, **attributes: Any) -> Any:
        contrib = kind in ("MatMulIntegerToFloat", "GroupQueryAttention")
        names = outputs if isinstance(outputs, list) else [f"v{len(self.nodes)}_{i}" for i in range(outputs)]
        domain = "com.microsoft" if contrib else ""
        self.nodes.append(helper.make_node(kind, inputs, names, domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def linear(self, x: str, gamma: str, epsilon: float, name: str, matrix: Array) -> str:
        """Norm `x` and multiply it by a (outputs, inputs) matrix."""
        codes, scale = self.matrix(name, matrix)
        self.constant(f"{name}.codes", np.ascontiguousarray(codes.T))
        self.constant(f"{name}.scale", scale)
        normed = self.norm(x, self.node("Div", [gamma, f"{name}.smooth"]), epsilon)
        return self.multiply(self.quantised(normed, name), name)

    def matrix(self, name: str, matrix: Array) -> tuple[Array, Array]:
        """Smooth and quantise a matrix, and keep by how much its inputs are to be divided and what their step is."""
        matrix = matrix.astype(np.float32)
        smooth = smoothing(matrix, self.largest[name])
        self.constant(f"{name}.smooth", smooth)
        step = np.maximum(self.largest[name] / smooth, TINY).max() / 127
        self.constant(f"{name}.step", np.array(step, np.float32))
        return quantise(matrix * smooth)

    def quantised(self, x: str, name: str) -> str:
        return str(self.node("QuantizeLinear", [x, f"{name}.step", self.zero]))

    def multiply(self, x: str, name: str, codes: str = "") -> str:
        inputs = [x, codes or f"{name}.codes", f"{name}.step", f"{name}.scale", self.zero]
        return str(self.node("MatMulIntegerToFloat", inputs))

    def gamma(self, name: str, weight: Array) -> str:
        return self.constant(name, 1 + weight.astype(np.float32))

    def norm(self, x: str, gamma: str, epsilon: float) -> str:
        return str(self.node("SimplifiedLayerNormalization", [x, gamma], axis=-1, epsilon=epsilon, stash_type=1))


def rotary(base: float, sizes: Sizes) -> tuple[Array, Array]:
    """Give cosines and sines, (positions, head / 2)."""
    frequency = base ** (-np.arange(0, sizes.head, 2) / sizes.head)
    angles = np.arange(sizes.positions)[:, None] * frequency[None]
    return np.cos(angles).astype(np.float32), np.sin(angles).astype(np.float32)


def build(
    weights: Mapping[str, Array], sizes: Sizes, suppressed: list[int], largest: Mapping[str, Array]
) -> tuple[ModelProto, dict[str, Array]]:
    """Build the graph of `weights` (named as transformers names them); its weights come beside it.

    `largest`: for each matrix (`embedding`, `0.qkv`, `0.o`, `0.gate_up`, `0.down`, ...) the largest absolute value
    of each column of its normed input (calibration.py). The norms after `o` and `down` take any factor of a row away
    again, so that their inputs are normed, too.

    Inputs: ids (B, S) int64, lengths (B,) int32 = cached positions - 1 after the run, total () int32 = the longest
    of them + 1, and key_i, value_i (B, kv heads, positions, head). Outputs: scores and tokens (B, TOP) of the last
    position, log-probabilities in falling order, and the caches, which may be the same buffers as the inputs.
    """
    g, s = Graph(largest), sizes
    g.constant("unit", np.ones(1, np.float32))
    for name, base in (("slow", 1e6), ("fast", 1e4)):
        for part, table in zip(("cos", "sin"), rotary(base, s), strict=True):
            g.constant(f"{name}.{part}", table)
    codes, scale = g.matrix("embedding", weights["model.embed_tokens.weight"])
    g.constant("embedding.codes", codes)
    g.constant("embedding.scale", scale)
    x = _embed(g, s)
    for i in range(s.layers):
        x = _layer(g, s, weights, i, x)
    x = g.node("Gather", [x, g.constant("last", np.array([-1], np.int64))], axis=1)
    x = g.node("Squeeze", [x, g.constant("one", np.array([1], np.int64))])
    gamma = g.node("Div", [g.gamma("norm", weights["model.norm.weight"]), "embedding.smooth"])
    x = g.quantised(g.norm(x, gamma, s.epsilon), "embedding")
    bias = np.zeros(len(codes), np.float32)
    bias[suppressed] = BIAS
    logits = g.multiply(x, "embedding", g.node("Transpose", ["embedding.codes"], perm=[1, 0]))
    logits = g.node("Add", [logits, g.constant("bias", bias)])
    scores = g.node("LogSoftmax", [logits], axis=-1)
    g.node("TopK", [scores, g.constant("top", np.array([TOP], np.int64))], ["scores", "tokens"], axis=-1)
    return _model(g, s), g.weights


def _embed(g: Graph, s: Sizes) -> str:
    """Look the tokens up in the quantised matrix that the last layer multiplies by."""
    codes = g.node("Cast", [g.node("Gather", ["embedding.codes", "ids"])], to=TensorProto.FLOAT)
    scale = g.node("Unsqueeze", [g.node("Gather", ["embedding.scale", "ids"]), g.constant("end", np.array([-1]))])
    factor = g.constant("embedding_scale", np.array(s.embedding_scale, np.float32))
    return str(g.node("Mul", [g.node("Mul", [codes, scale]), g.node("Div", [factor, "embedding.smooth"])]))


def _layer(g: Graph, s: Sizes, weights: Mapping[str, Array], i: int, x: str) -> str:
    p = f"model.layers.{i}."

    def weight(name: str) -> Array:
        return weights[f"{p}{name}.weight"]

    def gamma(name: str) -> str:
        return g.gamma(f"{i}.{name}", weight(name))

    qkv = np.concatenate([weight(f"self_attn.{part}_proj") for part in "qkv"])
    y = g.linear(x, gamma("input_layernorm"), s.epsilon, f"{i}.qkv", qkv)
    cuts = g.constant("qkv_sizes", np.array([s.heads * s.head, s.kv_heads * s.head, s.kv_heads * s.head], np.int64))
    q, k, v = g.node("Split", [y, cuts], 3, axis=-1)
    q = _head_norm(g, s, q, gamma("self_attn.q_norm"), s.heads)
    k = _head_norm(g, s, k, gamma("self_attn.k_norm"), s.kv_heads)
    base = "slow" if s.full[i] else "fast"
    y, _, _ = g.node(
        "GroupQueryAttention",
        [q, k, v, f"key_{i}", f"value_{i}", "lengths", "total", f"{base}.cos", f"{base}.sin"],
        [f"attention_{i}", f"new_key_{i}", f"new_value_{i}"],
        num_heads=s.heads, kv_num_heads=s.kv_heads, do_rotary=1, scale=s.head**-0.5,
    )  # fmt: skip
    y = g.linear(y, "unit", TINY, f"{i}.o", weight("self_attn.o_proj"))
    x = g.node("Add", [x, g.norm(y, gamma("post_attention_layernorm"), s.epsilon)])
    both = np.concatenate([weight("mlp.gate_proj"), weight("mlp.up_proj")])
    y = g.linear(x, gamma("pre_feedforward_layernorm"), s.epsilon, f"{i}.gate_up", both)
    gate, up = g.node("Split", [y], 2, axis=-1, num_outputs=2)
    y = g.node("Mul", [g.node("Gelu", [gate], approximate="tanh"), up])
    y = g.linear(y, "unit", TINY, f"{i}.down", weight("mlp.down_proj"))
    return str(g.node("Add", [x, g.norm(y, gamma("post_feedforward_layernorm"), s.epsilon)]))


def _head_norm(g: Graph, s: Sizes, x: str, gamma: str, heads: int) -> str:
    split = g.constant(f"{heads}_heads", np.array([0, 0, heads, s.head], np.int64))
    joined = g.constant(f"{heads}_joined", np.array([0, 0, heads * s.head], np.int64))
    return str(g.node("Reshape", [g.norm(g.node("Reshape", [x, split]), gamma, s.epsilon), joined]))


def _model(g: Graph, s: Sizes) -> ModelProto:
    cache = ["rows", s.kv_heads, "positions", s.head]

    def value(name: str, kind: int, shape: list[Any]) -> Any:
        return helper.make_tensor_value_info(name, kind, shape)

    floats = TensorProto.FLOAT
    inputs = [value("ids", TensorProto.INT64, ["rows", "tokens"]), value("lengths", TensorProto.INT32, ["rows"])]
    inputs += [value("total", TensorProto.INT32, [])]
    inputs += [value(f"{part}_{i}", floats, cache) for i in range(s.layers) for part in ("key", "value")]
    outputs = [value("scores", floats, ["rows", TOP]), value("tokens", TensorProto.INT64, ["rows", TOP])]
    outputs += [value(f"new_{part}_{i}", floats, cache) for i in range(s.layers) for part in ("key", "value")]
    tensors = [numpy_helper.from_array(array, name) for name, array in g.weights.items()]
    graph = helper.make_graph(g.nodes, "decoder", inputs, outputs, tensors)
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=10)
