"""Make a model folder (docs/model-format.md) of a transformers checkpoint.

    python training/export.py CHECKPOINT models/vi-en-news --name vi-en-news --family decoder --knows-terms

The folder appears whole or not at all: it is written beside OUT and then takes its place. For the decoder
family the vocabulary is taken from source.spm, since a trimmed checkpoint has no other tokenizer.
"""

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import torch
from ctranslate2.converters import TransformersConverter
from ctranslate2.converters.transformers import Gemma3Loader, register_loader
from sentencepiece import SentencePieceProcessor
from transformers import AutoModelForCausalLM, AutoModelForSeq2SeqLM

from calibration import largest_values
from decoder_graph import Sizes, build

SHARD = 90_000_000  # bytes; a file in git stays under 95 MB
MARKERS = ("<unused0>", "<unused1>", "<unused2>")
POSITIONS = 512  # prompt and answer; training cuts at 320
PROMPT_SUFFIX = "\nEnglish:"  # train_decoder.PROMPT


def options() -> argparse.Namespace:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("checkpoint", type=Path)
    p.add_argument("out", type=Path)
    p.add_argument("--name", required=True)
    p.add_argument("--family", choices=("decoder", "marian"), required=True)
    p.add_argument("--engine", choices=("onnxruntime", "ctranslate2"), help="default: onnxruntime for a decoder")
    p.add_argument("--quantization", default="int8", help="CTranslate2's; onnxruntime has 8 bits")
    p.add_argument("--calibrate", type=Path, help="pairs of prepare.py, which fix the steps of onnxruntime's 8 bits")
    p.add_argument("--beam", type=int, default=1, help="the least of every search")
    p.add_argument("--unsure-below", type=float, help="score under which a translation is doubtful")
    p.add_argument("--knows-terms", action="store_true", help="the model was trained with inline terms")
    p.add_argument("--card", type=Path, help="the model card, copied as README.md")
    p.add_argument("--licence", default="Apache-2.0")
    p.add_argument("--max-source", type=int, default=160, help="source tokens (default 160)")
    p.add_argument("--max-target", type=int, default=250, help="target tokens (default 250)")
    o = p.parse_args()
    if both_ways(o.checkpoint) and o.engine == "ctranslate2":
        p.error("CTranslate2 cannot run a decoder whose prompt is seen both ways")
    o.engine = o.engine or ("onnxruntime" if o.family == "decoder" else "ctranslate2")
    if o.engine == "onnxruntime" and not o.calibrate:
        p.error("onnxruntime needs --calibrate PAIRS")
    return o


class Pieces:
    """What CTranslate2's converter asks a tokenizer for, from a SentencePiece model."""

    def __init__(self, path: Path) -> None:
        self._model = SentencePieceProcessor(model_file=str(path))
        ids = self._model.bos_id(), self._model.eos_id(), self._model.unk_id()
        self.bos_token, self.eos_token, self.unk_token = (self._model.id_to_piece(i) if i >= 0 else "" for i in ids)

    def get_vocab(self) -> dict[str, int]:
        return {self._model.id_to_piece(i): i for i in range(len(self._model))}


class DecoderConverter(TransformersConverter):
    """Converts a checkpoint that has source.spm for a tokenizer."""

    def load_tokenizer(self, tokenizer_class: Any, path: str, **kwargs: Any) -> Pieces:
        return Pieces(Path(path) / "source.spm")

    def load_model(self, model_class: Any, path: str, **kwargs: Any) -> Any:
        return model_class.from_pretrained(path, **{**kwargs, "dtype": torch.float32})


@register_loader("Gemma3TextConfig")
class ExactGemma3Loader(Gemma3Loader):
    """CTranslate2's loader, which passes over rope_parameters of transformers 5 and the norms' epsilon."""

    def get_model_spec(self, model: Any) -> Any:
        rope = getattr(model.config, "rope_parameters", None) or {}
        if "full_attention" in rope:
            model.config.rope_theta = rope["full_attention"]["rope_theta"]
            model.config.rope_local_base_freq = rope["sliding_attention"]["rope_theta"]
        return super().get_model_spec(model)

    def set_config(self, config: Any, model: Any, tokenizer: Any) -> None:
        super().set_config(config, model, tokenizer)
        config.layer_norm_epsilon = model.config.rms_norm_eps


def shard(path: Path) -> None:
    """Cut a file into path.00, path.01, ... and remove it."""
    with path.open("rb") as whole:
        number = 0
        while piece := whole.read(SHARD):
            path.with_name(f"{path.name}.{number:02}").write_bytes(piece)
            number += 1
    path.unlink()


def suppressed(pieces: Pieces) -> list[str]:
    """Name the tokens that a decoder must never write."""
    return [t for t in ("<pad>", pieces.bos_token, *MARKERS, "\n") if t in pieces.get_vocab()]


def export_onnx(checkpoint: Path, pairs: Path, folder: Path) -> None:
    """Write model.onnx.00, ... of a Gemma-3 checkpoint."""
    model = AutoModelForCausalLM.from_pretrained(checkpoint, dtype=torch.float32)
    c, pieces = model.config, Pieces(checkpoint / "source.spm")
    sizes = Sizes(
        width=c.hidden_size, heads=c.num_attention_heads, kv_heads=c.num_key_value_heads, head=c.head_dim,
        layers=c.num_hidden_layers, full=tuple(kind == "full_attention" for kind in c.layer_types),
        embedding_scale=torch.tensor(c.hidden_size**0.5, dtype=torch.bfloat16).item(),  # as in bf16 training
        positions=POSITIONS, epsilon=c.rms_norm_eps,
    )  # fmt: skip
    unknown = [*suppressed(pieces), pieces.unk_token]
    weights = {name: tensor.numpy() for name, tensor in model.state_dict().items()}
    largest = largest_values(model, SentencePieceProcessor(model_file=str(checkpoint / "source.spm")), pairs)
    graph, _ = build(weights, sizes, [pieces.get_vocab()[token] for token in unknown], largest)
    (folder / "model.onnx").write_bytes(graph.SerializeToString())
    shard(folder / "model.onnx")


def check_start(checkpoint: Path) -> None:
    """Refuse a Marian checkpoint whose decoder does not start from zero, as CTranslate2's Marian does."""
    model = AutoModelForSeq2SeqLM.from_pretrained(checkpoint, dtype=torch.float32)
    start = model.get_input_embeddings().weight[model.config.decoder_start_token_id]
    if start.abs().max() > 1e-3:
        raise SystemExit(
            f"{checkpoint}: the embedding of its start token is not zero; CTranslate2 would cut beginnings off"
        )


def both_ways(checkpoint: Path) -> dict[str, bool]:
    """Say for model.json that the prompt's tokens see each other, where they do (prune.py)."""
    config = json.loads((checkpoint / "config.json").read_text(encoding="utf-8"))
    return {"both_ways": True} if config.get("both_ways") else {}


def describe(folder: Path, o: argparse.Namespace) -> dict[str, Any]:
    """Give the content of model.json for the files in `folder`."""
    decoder = o.family == "decoder"
    pieces = Pieces(folder / "source.spm")
    suppress = suppressed(pieces) if decoder else []
    markers = MARKERS if o.knows_terms else ()
    files = [
        {"name": f.name, "sha256": hashlib.sha256(f.read_bytes()).hexdigest(), "size": f.stat().st_size}
        for f in sorted(folder.iterdir())
    ]
    return {
        "format": 1,
        "name": o.name,
        "family": o.family,
        "engine": o.engine,
        "languages": {"source": "vi", "target": "en"},
        "quantization": o.quantization if o.engine == "ctranslate2" else "8 bits",
        "prompt": {"prefix": "", "suffix": PROMPT_SUFFIX if decoder else "", **both_ways(o.checkpoint)},
        "tokens": {"bos": pieces.bos_token if decoder else "", "eos": pieces.eos_token, "suppress": suppress},
        "limits": {"source_tokens": o.max_source, "target_tokens": o.max_target},
        "terms": {"known": o.knows_terms, "markers": markers},
        **({"beam": o.beam} if o.beam > 1 else {}),
        **({"unsure_below": o.unsure_below} if o.unsure_below is not None else {}),
        "licence": o.licence,
        "card": "README.md",
        "files": files,
    }


def export(o: argparse.Namespace, folder: Path) -> None:
    """Write the whole model folder into the empty `folder`."""
    if o.engine == "onnxruntime":
        folder.mkdir()
        export_onnx(o.checkpoint, o.calibrate, folder)
    else:
        if o.family == "marian":
            check_start(o.checkpoint)
        converter = DecoderConverter if o.family == "decoder" else TransformersConverter
        converter(str(o.checkpoint)).convert(str(folder), quantization=o.quantization, force=True)
        shard(folder / "model.bin")
    shutil.copyfile(o.checkpoint / "source.spm", folder / "source.spm")
    target = o.checkpoint / "target.spm"
    if target.exists() and target.read_bytes() != (o.checkpoint / "source.spm").read_bytes():
        shutil.copyfile(target, folder / "target.spm")
    if o.card:
        shutil.copyfile(o.card, folder / "README.md")
    else:
        (folder / "README.md").write_text(f"# {o.name}\n\nNo card was written for this model.\n", encoding="utf-8")
    text = json.dumps(describe(folder, o), ensure_ascii=False, indent=2) + "\n"
    (folder / "model.json").write_text(text, encoding="utf-8")


def main() -> None:
    o = options()
    card = o.out / "README.md"
    if o.card is None and card.exists():
        o.card = card
    o.out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=o.out.parent, prefix=f".{o.out.name}-") as temporary:
        new, old = Path(temporary) / "new", Path(temporary) / "old"
        export(o, new)
        if o.out.exists():
            o.out.rename(old)
        new.rename(o.out)


if __name__ == "__main__":
    main()
