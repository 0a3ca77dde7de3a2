"""The ONNX graph of a Gemma-3 decoder with 8-bit weights, for onnxruntime on a CPU.

Matrices are multiplied as whole numbers (`MatMulIntegerToFloat`): the weights of an output share one scale, and the
inputs of a matrix another, which calibration fixes beforehand, so that what a segment becomes does not depend on its
batch. The weights are signed bytes, which a processor with VNNI multiplies by unsigned ones in half the time; one
without adds pairs of such products in 16 bits, where they overflow, so that the weights have to be made unsigned
there when they are loaded (`session.x64quantprecision`, which knows no zero points of weights). Columns with large
inputs are made smaller and their weights larger beforehand (SmoothQuant, Xiao et al. 2023).

Attention multiplies bytes, too: queries, keys, values and what the softmax makes of their products, which is divided
by its own sum at the end. Keys and values are written into the caller's buffers, a quarter as large as in floats.
Their products are sums of whole numbers, so that the length of the buffers changes no bit. Development loss: 1.0796
in float, 1.0806 with attention in bytes. The graph gives the TOP best next tokens of the last position, all that a
beam search asks for.
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
ZERO = 128  # the unsigned byte that stands for nought in a matrix's inputs, in queries, keys and values
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


def balance(queries: Array, keys: Array) -> Array:
    """Give the factor of each column of the queries, to be taken from the keys, that makes their largest alike.

    Both columns of a rotated pair have one factor, so that it may stand before the rotation.
    """
    pairs = np.sqrt(np.maximum(keys, TINY) / np.maximum(queries, TINY))
    factor: Array = np.concatenate((pairs, pairs)).astype(np.float32)
    return factor


class Graph:
    """Collects nodes and initializers; a value is known by its name."""

    def __init__(self, largest: Mapping[str, Array]) -> None:
        self.largest = largest
        self.nodes: list[Any] = []
        self.weights: dict[str, Array] = {}
        self.zero = self.constant("zero", np.array(ZERO, np.uint8))
        self.one = self.constant("unit_step", np.array(1, np.float32))

    def constant(self, name: str, value: Array) -> str:
        self.weights[name] = value
        return name

    def whole(self, name: str, *values: int) -> str:
        return self.constant(name, np.array(values, np.int64))

    def node(self, kind: str, inputs: list[str], outputs: int | list[str] = 1, **attributes: Any) -> Any:
        contrib = kind in ("MatMulIntegerToFloat", "RotaryEmbedding")
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

    def bytes_of(self, x: str, name: str, factor: Array | float = 1.0) -> str:
        """Quantise queries, keys or values by the largest that calibration has seen, times `factor`."""
        self.constant(f"{name}.step", ((self.largest[name] * factor).max() / 127).astype(np.float32))
        return self.quantised(x, name)

    def multiply(self, x: str, name: str, codes: str = "") -> str:
        inputs = [x, codes or f"{name}.codes", f"{name}.step", f"{name}.scale", self.zero]
        return str(self.node("MatMulIntegerToFloat", inputs))

    def gamma(self, name: str, weight: Array, factor: Array | float = 1.0) -> str:
        return self.constant(name, (1 + weight.astype(np.float32)) * factor)

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
    of each column of its normed input, for `0.q`, `0.k` and `0.v` of queries, keys and values (calibration.py). The
    norms after `o` and `down` take any factor of a row away again, so that their inputs are normed, too.

    Inputs: ids and positions (B, S) int64, places (B, S, 2) int64 = row and position to write each token's key and
    value to, mask (B, S, P) = 0 where a token looks at a position of the caches (its own among them), far below 0
    where it does not, and key_i, value_i (B, P, head) uint8. Outputs: scores and tokens (B, TOP) of the last position,
    log-probabilities, and the caches, which may be the same buffers as the inputs. One key and value head.
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
    _mask_heads(g, s)
    for i in range(s.layers):
        x = _layer(g, s, weights, i, x)
    x = g.node("Gather", [x, g.whole("last", -1)], axis=1)
    x = g.node("Squeeze", [x, g.whole("one", 1)])
    gamma = g.node("Div", [g.gamma("norm", weights["model.norm.weight"]), "embedding.smooth"])
    x = g.quantised(g.norm(x, gamma, s.epsilon), "embedding")
    bias = np.zeros(len(codes), np.float32)
    bias[suppressed] = BIAS
    logits = g.multiply(x, "embedding", g.node("Transpose", ["embedding.codes"], perm=[1, 0]))
    scores = g.node("LogSoftmax", [logits], axis=-1)
    best = g.node("TopK", [scores, g.whole("top", TOP)], ["best", "tokens"], axis=-1)[0]
    g.node("Add", [best, g.node("Gather", [g.constant("bias", bias), "tokens"])], ["scores"])
    return _model(g, s), g.weights


def _embed(g: Graph, s: Sizes) -> str:
    """Look the tokens up in the quantised matrix that the last layer multiplies by."""
    codes = g.node("Cast", [g.node("Gather", ["embedding.codes", "ids"])], to=TensorProto.FLOAT)
    scale = g.node("Unsqueeze", [g.node("Gather", ["embedding.scale", "ids"]), g.whole("end", -1)])
    factor = g.constant("embedding_scale", np.array(s.embedding_scale, np.float32))
    return str(g.node("Mul", [g.node("Mul", [codes, scale]), g.node("Div", [factor, "embedding.smooth"])]))


def _mask_heads(g: Graph, s: Sizes) -> None:
    """Repeat each token's mask for its heads: (B, heads x S, P), once for all layers."""
    one = g.node("Unsqueeze", ["mask", g.whole("two", 2)])
    cached = g.node("Concat", [g.whole("by_token", 0, -1), g.node("Shape", ["mask"], start=2)], axis=0)
    g.node("Reshape", [g.node("Concat", [one] * s.heads, axis=2), cached], ["head_mask"])


def _layer(g: Graph, s: Sizes, weights: Mapping[str, Array], i: int, x: str) -> str:
    p = f"model.layers.{i}."

    def weight(name: str) -> Array:
        return weights[f"{p}{name}.weight"]

    def gamma(name: str, factor: Array | float = 1.0) -> str:
        return g.gamma(f"{i}.{name}", weight(name), factor)

    qkv = np.concatenate([weight(f"self_attn.{part}_proj") for part in "qkv"])
    y = g.linear(x, gamma("input_layernorm"), s.epsilon, f"{i}.qkv", qkv)
    cuts = g.whole("qkv_sizes", s.heads * s.head, s.kv_heads * s.head, s.kv_heads * s.head)
    q, k, v = g.node("Split", [y, cuts], 3, axis=-1)
    factor = balance(g.largest[f"{i}.q"], g.largest[f"{i}.k"])
    q = _head_norm(g, s, q, gamma("self_attn.q_norm", factor), s.heads)
    k = _head_norm(g, s, k, gamma("self_attn.k_norm", 1 / factor), s.kv_heads)
    y = _attention(g, s, i, q, k, v, factor[: s.head // 2])
    y = g.linear(y, "unit", TINY, f"{i}.o", weight("self_attn.o_proj"))
    x = g.node("Add", [x, g.norm(y, gamma("post_attention_layernorm"), s.epsilon)])
    both = np.concatenate([weight("mlp.gate_proj"), weight("mlp.up_proj")])
    y = g.linear(x, gamma("pre_feedforward_layernorm"), s.epsilon, f"{i}.gate_up", both)
    gate, up = g.node("Split", [y], 2, axis=-1, num_outputs=2)
    y = g.node("Mul", [g.node("Gelu", [gate], approximate="tanh"), up])
    y = g.linear(y, "unit", TINY, f"{i}.down", weight("mlp.down_proj"))
    return str(g.node("Add", [x, g.norm(y, gamma("post_feedforward_layernorm"), s.epsilon)]))


def _attention(g: Graph, s: Sizes, i: int, q: str, k: str, v: str, factor: Array) -> str:
    """Let each token look at the positions that its mask leaves open; the heads of a token stand behind each other.

    `factor`: by what each rotated pair of the queries was multiplied and of the keys divided.
    """
    base = "slow" if s.full[i] else "fast"
    turned = ["positions", f"{base}.cos", f"{base}.sin"]
    q = g.node("RotaryEmbedding", [q, *turned], num_heads=s.heads)
    k = g.node("RotaryEmbedding", [k, *turned], num_heads=s.kv_heads)
    q = g.bytes_of(g.node("Reshape", [q, g.whole("by_head", 0, -1, s.head)]), f"{i}.q", factor)
    key = g.node("ScatterND", [f"key_{i}", "places", g.bytes_of(k, f"{i}.k", 1 / factor)], [f"new_key_{i}"])[0]
    value = g.node("ScatterND", [f"value_{i}", "places", g.bytes_of(v, f"{i}.v")], [f"new_value_{i}"])[0]
    scale = g.constant(f"{i}.q.scale", np.array(g.weights[f"{i}.q.step"] * s.head**-0.5, np.float32))
    q = g.node("Transpose", [q], perm=[0, 2, 1])
    products = g.node("MatMulIntegerToFloat", [key, q, f"{i}.k.step", scale, g.zero, g.zero])
    products = g.node("Add", [g.node("Transpose", [products], perm=[0, 2, 1]), "head_mask"])
    last = g.whole("end", -1)
    most = g.node("ReduceMax", [products, last], keepdims=1)
    step = g.constant("share_step", np.array(1 / 255, np.float32))
    shares = g.node("Exp", [g.node("Sub", [products, most])])
    shares = g.node("QuantizeLinear", [shares, step, g.constant("nought", np.array(0, np.uint8))])
    total = g.node("ReduceSum", [g.node("Cast", [shares], to=TensorProto.FLOAT), last], keepdims=1)
    y = g.node("MatMulIntegerToFloat", [shares, value, g.one, f"{i}.v.step", "nought", g.zero])
    y = g.node("Mul", [y, g.node("Reciprocal", [total])])
    return str(g.node("Reshape", [y, g.whole("joined", 0, -1, s.heads * s.head)]))


def _head_norm(g: Graph, s: Sizes, x: str, gamma: str, heads: int) -> str:
    split = g.whole(f"{heads}_heads", 0, 0, heads, s.head)
    joined = g.whole(f"{heads}_joined", 0, 0, heads * s.head)
    return str(g.node("Reshape", [g.norm(g.node("Reshape", [x, split]), gamma, s.epsilon), joined]))


def _model(g: Graph, s: Sizes) -> ModelProto:
    cache = ["rows", "cached", s.head]

    def value(name: str, kind: int, shape: list[Any]) -> Any:
        return helper.make_tensor_value_info(name, kind, shape)

    whole, floats, codes = TensorProto.INT64, TensorProto.FLOAT, TensorProto.UINT8
    inputs = [value(name, whole, ["rows", "tokens"]) for name in ("ids", "positions")]
    inputs += [value("places", whole, ["rows", "tokens", 2]), value("mask", floats, ["rows", "tokens", "cached"])]
    inputs += [value(f"{part}_{i}", codes, cache) for i in range(s.layers) for part in ("key", "value")]
    outputs = [value("scores", floats, ["rows", TOP]), value("tokens", whole, ["rows", TOP])]
    outputs += [value(f"new_{part}_{i}", codes, cache) for i in range(s.layers) for part in ("key", "value")]
    tensors = [numpy_helper.from_array(array, name) for name, array in g.weights.items()]
    graph = helper.make_graph(g.nodes, "decoder", inputs, outputs, tensors)
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=10)
