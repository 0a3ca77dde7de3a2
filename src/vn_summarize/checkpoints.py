"""Checkpoints that were made elsewhere: which of their files are taken, whether they are whole, their model.json."""

import fnmatch
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from vn_summarize.descriptions import DESCRIPTION, FORMAT, Model, ModelFile, describe_checkpoint
from vn_summarize.errors import ModelCorrupt
from vn_summarize.writing.files import write_text

_TEXTS = (
    "config.json",
    "generation_config.json",
    "tokenizer*.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "*vocab*.json",
    "*vocabulary.json",
    "*vocabulary.txt",
    "vocab.txt",
    "dict.txt",
    "merges.txt",
    "*.spm",
    "*.model",
    "chat_template.json",
    "chat_template.jinja",
    "README.md",
    "LICENSE.md",
    "LICENSE.txt",
)
"""What transformers and CTranslate2 read beside the weights, and what a reader should have; all at the top."""

_WHOLE = "model.safetensors"
_INDEX = "model.safetensors.index.json"
_SHARD = re.compile(r"model-\d{5}-of-\d{5}\.safetensors", re.ASCII)
_PICKLED = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl", "*.pickle", "*.h5", "*.msgpack", "*.ot")
_PICKLE_STARTS = (b"PK\x03\x04", b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05")
"""How a file of torch.save (a zip), and a pickle of protocol 2 to 5, begins (pickletools, PROTO)."""
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a model folder came from: hub:owner/name with its commit, import, or converted:NAME."""

    source: str
    revision: str = ""


def choose_files(names: Iterable[str]) -> tuple[str, ...]:
    """Choose from a repository's or folder's files those that a model needs; never a pickle, nothing from subfolders.

    Without weights among them the model cannot be used: see `has_weights`.
    """
    names = sorted(set(names))
    texts = [name for name in names if any(fnmatch.fnmatchcase(name, pattern) for pattern in _TEXTS)]
    texts = [name for name in texts if "/" not in name]
    if _WHOLE in names:
        return (*texts, _WHOLE)
    shards = [name for name in names if _SHARD.fullmatch(name)]
    return (*texts, *([_INDEX, *shards] if shards and _INDEX in names else []))


def is_weights(name: str) -> bool:
    """Say whether a file holds weights."""
    return name.endswith(".safetensors")


def has_weights(names: Iterable[str]) -> bool:
    """Say whether weights are among the files."""
    return any(map(is_weights, names))


def find_pickled(names: Iterable[str]) -> tuple[str, ...]:
    """Name the weights that are pickles, or of a kind that cannot be checked; they are never read."""
    return tuple(n for n in sorted(names) if any(fnmatch.fnmatchcase(n, pattern) for pattern in _PICKLED))


def is_pickle(path: Path) -> bool:
    """Say whether a file begins as pickled weights do, whatever its name. Raises OSError."""
    with path.open("rb") as file:
        return file.read(4).startswith(_PICKLE_STARTS)


def check_whole(folder: Path, names: Sequence[str]) -> None:
    """Raise ModelCorrupt where the index names shards that are missing, or a safetensors file is cut or none."""
    if _INDEX in names:
        try:
            named = set(json.loads((folder / _INDEX).read_text(encoding="utf-8"))["weight_map"].values())
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelCorrupt(f"{folder / _INDEX} cannot be read: {error!r}") from error
        if missing := sorted(named - set(names)):
            raise ModelCorrupt(f"{folder / _INDEX} names {missing[0]}, which is not there")
    for name in names:
        if name.endswith(".safetensors"):
            _check_safetensors(folder / name)


def _check_safetensors(path: Path) -> None:
    """Compare the header with the size: 8 bytes of length, JSON with the offsets, the data (safetensors' format)."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            if length > size - 8:
                raise ModelCorrupt(f"{path} is cut off or no safetensors file")
            header = json.loads(file.read(length))
        ends = [entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise ModelCorrupt(f"{path} is no safetensors file: {error}") from error
    if 8 + length + max(ends, default=0) != size:
        raise ModelCorrupt(f"{path} is cut off: its header says {8 + length + max(ends, default=0)} bytes, not {size}")


def digest_file(folder: Path, name: str) -> ModelFile:
    """Give a file's name, SHA-256 and size. Raises ModelCorrupt."""
    digest, size = hashlib.sha256(), 0
    try:
        with (folder / name).open("rb") as file:
            while piece := file.read(_CHUNK):
                digest.update(piece)
                size += len(piece)
    except OSError as error:
        raise ModelCorrupt(f"{folder / name} cannot be read: {error.strerror}") from error
    return ModelFile(name, digest.hexdigest(), size)


def describe(folder: Path, name: str, family: str, licence: str, origin: Origin) -> None:
    """Write model.json for a checkpoint's files, with their checksums; `family` as for `families.recognise`.

    Raises ModelError (no known family, no weights), ModelCorrupt and OutputError.
    """
    model = describe_checkpoint(folder, family)
    files = tuple(digest_file(folder, file.name) for file in model.files)
    model = replace(model, name=name, licence=licence or "not stated", files=files)
    write_text(folder / DESCRIPTION, render_description(model, origin))


def render_description(model: Model, origin: Origin) -> str:
    """Give model.json of a checkpoint or of a conversion (docs/model-format.md)."""
    record: dict[str, Any] = {
        "format": FORMAT,
        "name": model.name,
        "family": model.family,
        "engine": model.engine,
        "languages": {"source": model.source, "target": model.target},
        "quantization": model.quantization,
        "limits": {"source_tokens": model.max_source_tokens, "target_tokens": model.max_target_tokens},
        "licence": model.licence,
        "card": model.card,
        "origin": asdict(origin),
        "files": [asdict(file) for file in model.files],
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def read_origin(folder: Path) -> Origin | None:
    """Read where a model came from; None where its model.json does not say, or there is none."""
    try:
        origin = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))["origin"]
        return Origin(str(origin["source"]), str(origin["revision"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
