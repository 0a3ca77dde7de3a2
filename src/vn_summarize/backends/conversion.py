"""A checkpoint's weights in CTranslate2's form; needs torch."""

import json
import shutil
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

from vn_summarize.backends.families import FAMILIES
from vn_summarize.backends.vocabulary import TOKENIZER_FOLDER, CheckpointTokenizer
from vn_summarize.descriptions import Model, ModelFile
from vn_summarize.errors import ModelCorrupt, ModelError
from vn_summarize.models import ModelFolder, verify

_SAFE = {"local_files_only": True, "trust_remote_code": False}

_DEFAULTS = {"mbart": {"normalize_before": True, "normalize_embedding": True}}
"""What the converter asks a configuration for; mBART has one value only (transformers' MBartEncoderLayer)."""


QUANTIZATIONS = ("int8", "int8_float32", "int8_float16", "int8_bfloat16", "bfloat16", "float16", "float32")


def convert(folder: ModelFolder, output: Path, quantization: str = "int8") -> Model:
    """Write a checkpoint's weights and tokenizer into `output`, a new folder; describe what is there.

    The checksums are left out of the description. Raises ModelError for a model that CTranslate2 does not run or
    would run otherwise, ModelCorrupt for a folder that is not whole, OSError.
    """
    family = FAMILIES.get(folder.model.family)
    if family is None or folder.model.engine != "transformers" or not family.ctranslate2:
        raise ModelError(f"{folder.model.name} ({folder.model.family}) cannot be converted for CTranslate2")
    verify(folder)
    _write_weights(folder, output, quantization)
    (output / "model.bin").rename(output / "model.bin.00")
    beside = output / TOKENIZER_FOLDER
    beside.mkdir()
    for file in folder.model.files:
        if file.name == folder.model.card:
            shutil.copyfile(folder.path / file.name, output / file.name)
        elif not file.name.endswith((".safetensors", ".index.json", ".md")):
            shutil.copyfile(folder.path / file.name, beside / file.name)
    names = sorted(p.relative_to(output).as_posix() for p in output.rglob("*") if p.is_file())
    files = tuple(ModelFile(name, "", (output / name).stat().st_size) for name in names)
    return replace(folder.model, engine="ctranslate2", quantization=quantization, files=files)


def _write_weights(folder: ModelFolder, output: Path, quantization: str) -> None:
    """Write model.bin, config.json and the vocabulary."""
    try:
        from ctranslate2.converters import TransformersConverter  # noqa: PLC0415 - imports torch
    except ImportError as e:
        raise ModelError("converting needs torch: pip install 'vn-summarize[torch]'") from e

    class Converter(TransformersConverter):  # type: ignore[misc]
        """Reads safetensors only, and configurations of transformers 5, which leave defaults out."""

        def load_model(self, model_class: Any, path: str, *, config: Any, **options: Any) -> Any:
            for key, value in _DEFAULTS.get(config.model_type, {}).items():
                if not hasattr(config, key):
                    setattr(config, key, value)
            model = model_class.from_pretrained(path, config=config, use_safetensors=True, **options, **_SAFE)
            # transformers 5 says so whether T5 scales its outputs; the converter goes by the tie, which is always said
            model.config.tie_word_embeddings = getattr(config, "scale_decoder_outputs", config.tie_word_embeddings)
            _check_start(model, path)
            return model

        def load_tokenizer(self, tokenizer_class: Any, path: str, **options: Any) -> Any:
            return tokenizer_class.from_pretrained(path, **options, **_SAFE)

    tokenizer = CheckpointTokenizer(folder)
    try:
        with warnings.catch_warnings():  # as in `vocabulary`
            warnings.simplefilter("ignore")
            Converter(str(folder.path)).convert(str(output), quantization=quantization, force=True)
    except ModelError:
        raise
    except Exception as e:  # transformers and CTranslate2 raise whatever the checkpoint leads to
        raise ModelCorrupt(f"{folder.path} cannot be converted: {e}") from e
    _settle_tokens(output / "config.json", tokenizer.end, FAMILIES[folder.model.family].target_first)
    _name_spares(output / "shared_vocabulary.json")


def _check_start(model: Any, path: str) -> None:
    """Refuse a Marian whose start token has an embedding: CTranslate2 starts from zero and would cut beginnings off."""
    if model.config.model_type == "marian":
        start = model.get_input_embeddings().weight[model.config.decoder_start_token_id]
        if float(start.abs().max()) > 1e-3:
            raise ModelError(f"{path}: the embedding of its start token is not zero, which CTranslate2 takes it for")


def _settle_tokens(path: Path, end: str, target_first: str) -> None:
    """Write with what an answer begins: the converter guesses it for mBART, by a key that newer checkpoints lack."""
    config = json.loads(path.read_text(encoding="utf-8"))
    if target_first:
        config["decoder_start_token"] = end if target_first == "forced" else None
    config["bos_token"] = config.get("bos_token") or end  # not used, but the engine wants one
    path.write_text(json.dumps(config, indent=2), encoding="utf-8")


def _name_spares(path: Path) -> None:
    """Give the spare rows of T5's vocabulary names of their own: the converter repeats those of real tokens."""
    if not path.exists():
        return
    tokens, seen = json.loads(path.read_text(encoding="utf-8")), set[str]()
    for number, token in enumerate(tokens):
        if token in seen:
            tokens[number] = f"<spare_{number}>"
        seen.add(token)
    path.write_text(json.dumps(tokens, ensure_ascii=False, indent=0), encoding="utf-8")
