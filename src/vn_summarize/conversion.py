"""Turn a checkpoint into a CTranslate2 model, smaller and quicker on a CPU; a sentence shows what it costs."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vn_summarize.backends.families import FAMILIES
from vn_summarize.checkpoints import Origin, choose_files, digest_file, is_weights, read_origin, render_description
from vn_summarize.doctor import CANARY
from vn_summarize.errors import ConfigError, ModelCorrupt, ModelError
from vn_summarize.inventory import check_free, staging, verify_whole
from vn_summarize.models import DESCRIPTION, ModelFolder, load, read_model
from vn_summarize.writing.files import write_text

QUANTIZATIONS = ("int8", "int8_float32", "int8_float16", "int8_bfloat16", "int16", "float16", "bfloat16", "float32")
"""What CTranslate2 can store ("Quantization", its documentation)."""

SHARD = 90_000_000
"""Bytes of a piece of model.bin at most (docs/model-format.md)."""
_TOKENIZER = "tokenizer"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Conversion:
    """What came out: the canary's English and the bytes of weights, before and after."""

    path: Path
    before: str
    after: str
    size_before: int
    size_after: int


def check_convertible(folder: ModelFolder, quantization: str) -> None:
    """Raise ConfigError where the model or the quantization cannot be converted, or an extra is not installed."""
    model = folder.model
    if quantization not in QUANTIZATIONS:
        raise ConfigError(f"there is no quantization {quantization!r}; there are {', '.join(QUANTIZATIONS)}")
    if model.engine != "transformers":
        raise ConfigError(
            f"{model.name} runs on {model.engine} as it is: only checkpoints of transformers are converted"
        )
    if not FAMILIES[model.family].ctranslate2:
        able = ", ".join(family.name for family in FAMILIES.values() if family.ctranslate2)
        raise ConfigError(f"CTranslate2 does not run {model.family} models here; it runs {able}")
    try:
        import torch  # noqa: F401, PLC0415 - an extra
        import transformers  # noqa: F401, PLC0415
    except ImportError as error:
        raise ConfigError('models convert needs torch and transformers: pip install "vn-summarize[torch]"') from error


def convert(folder: ModelFolder, name: str, quantization: str, place: Path) -> Conversion:
    """Write the model `name` of `place`, a CTranslate2 model of the checkpoint in `folder`; whole or not at all.

    Raises ConfigError as `check_convertible` and where the name is taken, ModelCorrupt, and ModelError where the
    conversion fails or the converted model has no answer for a sentence that the checkpoint has one for.
    """
    check_convertible(folder, quantization)
    check_free(place, name)
    verify_whole(folder)
    before = load(folder).translate([CANARY])[0].text
    with staging(place, name) as new:
        _run_converter(folder, new, quantization)
        _copy_texts(folder, new)
        names = sorted(p.relative_to(new).as_posix() for p in new.rglob("*") if p.is_file())
        files = tuple(digest_file(new, file) for file in names)
        model = replace(folder.model, name=name, engine="ctranslate2", quantization=quantization, files=files)
        origin = read_origin(folder.path)
        source = Origin(f"converted:{folder.model.name}", origin.revision if origin else "")
        write_text(new / DESCRIPTION, render_description(model, source))
        after = load(read_model(new)).translate([CANARY])[0].text
        if before and not after:
            raise ModelError(f"the converted model has no English for {CANARY!r}: it is thrown away")
    sizes = (sum(f.size for f in m.files if is_weights(f.name) or ".bin." in f.name) for m in (folder.model, model))
    return Conversion(place / name, before, after, *sizes)


def _run_converter(folder: ModelFolder, target: Path, quantization: str) -> None:
    from ctranslate2.converters import TransformersConverter  # noqa: PLC0415 - imports torch

    class Converter(TransformersConverter):  # type: ignore[misc]
        """Reads safetensors only, and nothing but the folder."""

        def load_model(self, model_class: Any, path: str, **kwargs: Any) -> Any:
            model = model_class.from_pretrained(path, **{**kwargs, **_SAFE, "use_safetensors": True})
            _check_start(model, path)
            return model

        def load_tokenizer(self, tokenizer_class: Any, path: str, **kwargs: Any) -> Any:
            return tokenizer_class.from_pretrained(path, **{**kwargs, **_SAFE})

    try:
        Converter(str(folder.path)).convert(str(target), quantization=quantization, force=True)
    except ModelError:
        raise
    except Exception as error:  # transformers and CTranslate2 raise whatever the checkpoint leads to
        raise ModelCorrupt(f"{folder.path} cannot be converted: {error}") from error
    _cut(target / "model.bin")


_SAFE = {"local_files_only": True, "trust_remote_code": False}


def _check_start(model: Any, path: str) -> None:
    """Refuse a Marian whose start token has an embedding: CTranslate2 starts from zero and would cut beginnings off."""
    if model.config.model_type == "marian":
        start = model.get_input_embeddings().weight[model.config.decoder_start_token_id]
        if float(start.abs().max()) > 1e-3:
            raise ModelError(f"{path}: the embedding of its start token is not zero, which CTranslate2 takes it for")


def _cut(path: Path) -> None:
    """Cut a file into PATH.00, PATH.01, ... and remove it."""
    with path.open("rb") as whole:
        for number in range(-(-path.stat().st_size // SHARD)):
            with path.with_name(f"{path.name}.{number:02}").open("wb") as piece:
                piece.writelines(_pieces(whole, SHARD))
    path.unlink()


def _pieces(file: Any, limit: int) -> Iterator[bytes]:
    while limit and (piece := file.read(min(_CHUNK, limit))):
        limit -= len(piece)
        yield piece


def _copy_texts(folder: ModelFolder, target: Path) -> None:
    """Copy the tokenizer with the checkpoint's config.json into a folder of its own, and the card."""
    (target / _TOKENIZER).mkdir()
    for name in choose_files(file.name for file in folder.model.files):
        if name.endswith(".md"):
            shutil.copyfile(folder.path / name, target / name)
        elif not is_weights(name) and not name.startswith("model."):
            shutil.copyfile(folder.path / name, target / _TOKENIZER / name)
