"""Model folders with a tiny random network of either family, made without torch."""

import hashlib
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2.specs import LayerSpec, common_spec, transformer_spec
from sentencepiece import SentencePieceProcessor, SentencePieceTrainer

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
from decoder_graph import Sizes, build

MARKERS = ["<unused0>", "<unused1>", "<unused2>"]
WIDTH, HIDDEN, HEADS = 32, 64, 2
LINES = """Sáng nay, huyện tổ chức hội nghị sơ kết công tác giảm nghèo sáu tháng đầu năm.
Toàn xã còn 214 hộ nghèo, giảm 36 hộ so với năm trước; thu nhập bình quân đạt 41,5 triệu đồng.
Bà con trong làng góp công làm đường, hiến hơn 1.200 m2 đất để xây nhà văn hóa.
The district held a conference this morning to review its work on poverty reduction.
The Commune still has 214 poor households, 36 fewer than a year earlier.
Villagers gave their labor and more than 1,200 square meters of land for a cultural house."""


def make_folder(path: Path, family: str, seed: int = 3, source_tokens: int = 120) -> Path:
    """Write a model folder as docs/model-format.md describes it, with two shards."""
    path.mkdir(parents=True)
    pieces = _train_pieces(path / "source.spm", family)
    random = np.random.default_rng(seed)
    spec = _marian_spec() if family == "marian" else _decoder_spec()
    if family == "marian":
        spec.register_source_vocabulary(pieces)
        spec.register_target_vocabulary(pieces)
        spec.config.decoder_start_token, spec.config.bos_token = "</s>", ""
    else:
        spec.register_vocabulary(pieces)
        spec.config.bos_token, spec.config.eos_token = "<bos>", "<eos>"
    _fill(spec, random, len(pieces), 3 * WIDTH if family == "marian" else WIDTH + 2 * 16)
    spec.validate()
    spec.optimize("int8")
    spec.save(str(path))
    whole = (path / "model.bin").read_bytes()
    for number, part in enumerate((whole[:5000], whole[5000:])):
        (path / f"model.bin.{number:02}").write_bytes(part)
    (path / "model.bin").unlink()
    (path / "README.md").write_text("# A tiny random model\n", encoding="utf-8")
    describe(path, family, source_tokens)
    return path


def describe(path: Path, family: str, source_tokens: int = 120, **changes: Any) -> None:
    """Write model.json for the files in the folder."""
    decoder = family == "decoder"
    files = [p for p in sorted(path.iterdir()) if p.name != "model.json"]
    data = {
        "format": 1,
        "name": path.name,
        "family": family,
        "languages": {"source": "vi", "target": "en"},
        "prompt": {"prefix": "", "suffix": "\nEnglish:" if decoder else ""},
        "tokens": {
            "bos": "<bos>" if decoder else "",
            "eos": "<eos>" if decoder else "</s>",
            "suppress": ["<pad>", "<bos>", *MARKERS, "\n"] if decoder else [],
        },
        "limits": {"source_tokens": source_tokens, "target_tokens": 40},
        "terms": {"known": decoder, "markers": MARKERS if decoder else []},
        "licence": "Apache-2.0",
        "card": "README.md",
        "files": [
            {"name": p.name, "sha256": hashlib.sha256(p.read_bytes()).hexdigest(), "size": p.stat().st_size}
            for p in files
        ],
    }
    (path / "model.json").write_text(json.dumps(data | changes), encoding="utf-8")


def _train_pieces(path: Path, family: str) -> list[str]:
    decoder = family == "decoder"
    special: dict[str, Any] = {"pad_id": -1, "bos_id": -1, "eos_id": 0, "unk_id": 1, "eos_piece": "</s>"}
    if decoder:
        special = {"pad_id": 0, "eos_id": 1, "bos_id": 2, "unk_id": 3, "eos_piece": "<eos>", "bos_piece": "<bos>"}
        special |= {"user_defined_symbols": [*MARKERS, "\n"], "remove_extra_whitespaces": False}
    model = io.BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=iter(LINES.split("\n") * 4),
        model_writer=model,
        model_type="bpe",
        vocab_size=450,
        byte_fallback=True,
        split_digits=True,
        add_dummy_prefix=not decoder,
        normalization_rule_name="identity",
        minloglevel=2,
        **special,
    )
    path.write_bytes(model.getvalue())
    processor = SentencePieceProcessor(model_proto=model.getvalue())
    return [processor.id_to_piece(i) for i in range(len(processor))]


def _marian_spec() -> Any:
    spec = transformer_spec.TransformerSpec.from_config(1, HEADS, pre_norm=False)
    spec.decoder.start_from_zero_embedding = True
    return spec


def _decoder_spec() -> Any:
    """A network with the parts that Gemma 3 has."""
    return transformer_spec.TransformerDecoderModelSpec.from_config(
        1,
        HEADS,
        activation=common_spec.Activation.GELUTanh,
        ffn_glu=True,
        rms_norm=True,
        rotary_dim=16,
        rotary_interleave=False,
        num_heads_kv=1,
        head_dim=16,
        pre_post_layer_norm=True,
        qk_norm=True,
    )


def _fill(spec: Any, random: Any, vocabulary: int, attention: int) -> None:
    """Give each weight random values; its shape follows from its name."""

    def visit(layer: Any, scope: str) -> None:
        for name, value in list(vars(layer).items()):
            here = f"{scope}/{name}"
            if name.startswith("_"):
                continue
            if isinstance(value, LayerSpec):
                visit(value, here)
            elif isinstance(value, list):
                for i, item in enumerate(value):
                    visit(item, f"{here}_{i}")
            elif name == "encodings" and value is None:
                layer.encodings = random.normal(0, 0.3, (400, WIDTH)).astype("float32")
            elif name in ("gamma", "beta"):
                size = 16 if scope.endswith(("q_norm", "k_norm")) else WIDTH
                setattr(layer, name, random.normal(0, 0.5, size).astype("float32") + (name == "gamma"))
            elif name == "weight":
                shape = _shape(scope, vocabulary, attention)
                layer.weight = random.normal(0, 0.2, shape).astype("float32")

    visit(spec, "")


def _shape(scope: str, vocabulary: int, attention: int) -> tuple[int, int]:
    """Give (outputs, inputs) of a linear layer.

    `attention`: the outputs for queries, keys and values together.
    """
    if "embeddings" in scope or scope.endswith("projection"):
        return (vocabulary, WIDTH)
    if "/ffn/" in scope:
        return (WIDTH, HIDDEN) if scope.endswith("linear_1") else (HIDDEN, WIDTH)
    if scope.endswith("/self_attention/linear_0"):
        return (attention, WIDTH)
    if scope.endswith("/attention/linear_1"):
        return (2 * WIDTH, WIDTH)
    return (WIDTH, WIDTH)


_INPUTS = {"qkv": WIDTH, "o": 16 * HEADS, "gate_up": WIDTH, "down": HIDDEN, "q": 8, "k": 8, "v": 16}
"""The width of what each matrix of a layer multiplies, rotated pairs of queries and of keys, and values."""


def make_onnx_folder(path: Path, seed: int = 3, source_tokens: int = 120) -> Path:
    """Write a decoder's folder over onnxruntime, with a random network of two layers."""
    path.mkdir(parents=True)
    pieces = _train_pieces(path / "source.spm", "decoder")
    sizes = Sizes(WIDTH, HEADS, 1, 16, 2, (False, True), WIDTH**0.5, positions=400)
    random = np.random.default_rng(seed)
    suppressed = [pieces.index(token) for token in ("<pad>", "<bos>", "<unk>", *MARKERS, "\n")]
    weights = {name: random.normal(0, 0.3, shape) for name, shape in _shapes(len(pieces))}
    inputs = {"embedding": WIDTH} | {f"{i}.{name}": size for i in range(2) for name, size in _INPUTS.items()}
    largest = {name: random.uniform(2, 5, size) for name, size in inputs.items()}
    graph, _ = build(weights, sizes, suppressed, largest)
    whole = graph.SerializeToString()
    for number, part in enumerate((whole[:9000], whole[9000:])):
        (path / f"model.onnx.{number:02}").write_bytes(part)
    (path / "README.md").write_text("# A tiny random model\n", encoding="utf-8")
    describe(path, "decoder", source_tokens, engine="onnxruntime")
    return path


def _shapes(vocabulary: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Name the weights of a Gemma-3 network of two layers as transformers does, with their shapes."""
    yield "model.embed_tokens.weight", (vocabulary, WIDTH)
    yield "model.norm.weight", (WIDTH,)
    matrices = {
        "self_attn.q_proj": (16 * HEADS, WIDTH),
        "self_attn.k_proj": (16, WIDTH),
        "self_attn.v_proj": (16, WIDTH),
        "self_attn.o_proj": (WIDTH, 16 * HEADS),
        "mlp.gate_proj": (HIDDEN, WIDTH),
        "mlp.up_proj": (HIDDEN, WIDTH),
        "mlp.down_proj": (WIDTH, HIDDEN),
    }
    norms = ("input_layernorm", "post_attention_layernorm", "pre_feedforward_layernorm", "post_feedforward_layernorm")
    for i in range(2):
        for name, shape in matrices.items():
            yield f"model.layers.{i}.{name}.weight", shape
        for name in norms:
            yield f"model.layers.{i}.{name}.weight", (WIDTH,)
        for name in ("self_attn.q_norm", "self_attn.k_norm"):
            yield f"model.layers.{i}.{name}.weight", (16,)
