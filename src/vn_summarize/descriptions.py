"""What a model folder holds: model.json as a value, and the description of a checkpoint that has none."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from vn_summarize.backends.families import ALL_FAMILIES, FAMILIES, Family, recognise
from vn_summarize.errors import ModelError

FORMAT = 1
DESCRIPTION = "model.json"
CONFIG = "config.json"
"""What a checkpoint of transformers has in place of a description."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of the folder with its checksum, "" where none is recorded; size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Model:
    """What model.json says; docs/model-format.md explains each field."""

    name: str
    family: str  # "marian" or "decoder", the project's own; else a name of families.FAMILIES
    engine: Literal["ctranslate2", "onnxruntime", "transformers"]
    source: str
    target: str
    max_source_tokens: int
    max_target_tokens: int
    knows_terms: bool
    licence: str
    card: str
    files: tuple[ModelFile, ...]
    quantization: str = ""
    bos: str = ""
    eos: str = ""
    prompt_prefix: str = ""
    prompt_suffix: str = ""
    prompt_both_ways: bool = False  # its tokens see those after them, too
    suppress: tuple[str, ...] = ()
    term_markers: tuple[str, ...] = ()
    beam: int = 1  # the least of every search, where nothing else is asked for
    unsure_below: float = -math.inf  # a translation of a lower score is doubtful

    @property
    def own(self) -> bool:
        """Say whether it is of one of the project's own families, whose tokenizer is plain SentencePiece."""
        return self.family not in ALL_FAMILIES


def parse_model(data: dict[str, Any]) -> Model:
    """Turn the content of model.json into a Model; raise KeyError, TypeError or ValueError where it is wrong."""
    family, engine = data["family"], data.get("engine", "ctranslate2")
    if data["format"] != FORMAT or engine not in _ENGINES.get(family, ()):
        raise ValueError(f"format {data['format']!r}, family {family!r}, engine {engine!r}")
    files = tuple(ModelFile(f["name"], f["sha256"], int(f["size"])) for f in data["files"])
    for file in files:
        _check_name(file.name)
    limits = data["limits"]
    common: dict[str, Any] = {
        "name": data["name"],
        "family": family,
        "engine": engine,
        "source": data["languages"]["source"],
        "target": data["languages"]["target"],
        "max_source_tokens": int(limits["source_tokens"]),
        "max_target_tokens": int(limits["target_tokens"]),
        "licence": data["licence"],
        "card": data["card"],
        "files": files,
        "quantization": data.get("quantization", ""),
        "beam": int(data.get("beam", 1)),
        "unsure_below": float(data.get("unsure_below", -math.inf)),
    }
    if family in ALL_FAMILIES:  # prompt, tokens and terms are the family's
        return Model(knows_terms=_knows_terms(ALL_FAMILIES[family]), **common)
    tokens, prompt, terms = data["tokens"], data["prompt"], data["terms"]
    return Model(
        bos=tokens["bos"],
        eos=tokens["eos"],
        suppress=tuple(tokens["suppress"]),
        prompt_prefix=prompt["prefix"],
        prompt_suffix=prompt["suffix"],
        prompt_both_ways=bool(prompt.get("both_ways", False)),
        knows_terms=bool(terms["known"]),
        term_markers=tuple(terms["markers"]),
        **common,
    )


_ENGINES: dict[str, tuple[str, ...]] = {
    "marian": ("ctranslate2",),
    "decoder": ("ctranslate2", "onnxruntime"),
    **{f.name: ("transformers", "ctranslate2") if f.ctranslate2 else ("transformers",) for f in ALL_FAMILIES.values()},
}
"""The engines that run each family."""


def _knows_terms(family: Family) -> bool:
    return family.kind == "chat" and not family.language


def describe_checkpoint(folder: Path, family: str = "", families: Mapping[str, Family] = FAMILIES) -> Model:
    """Describe a checkpoint of transformers that has no model.json; `family` names it where the folder does not tell.

    No checksum is recorded. Raises as `families.recognise`, and ModelError where there are no weights in safetensors.
    """
    known = recognise(folder, family, families)
    files = [p for p in sorted(folder.iterdir()) if p.is_file() and _PLAIN_DATA.fullmatch(p.name)]
    if not any(p.suffix == ".safetensors" for p in files):
        raise ModelError(
            f"{folder} has no weights in safetensors. Pickled weights (pytorch_model.bin and the like) can run code "
            "and are never loaded: get the model in safetensors, or have its owner convert it."
        )
    return Model(
        name=folder.absolute().name,
        family=known.name,
        engine="transformers",
        source="vi",
        target="en",
        max_source_tokens=known.source_tokens,
        max_target_tokens=known.target_tokens,
        knows_terms=_knows_terms(known),
        licence="not recorded",
        card="README.md",
        files=tuple(ModelFile(p.name, "", p.stat().st_size) for p in files if p.name != DESCRIPTION),
    )


_PLAIN_DATA = re.compile(r"(tokenizer/)?[^/\\]+\.(json|spm|model|txt|jinja|safetensors|md)|model\.(bin|onnx)\.[0-9]+")


def _check_name(name: str) -> None:
    """Refuse a file outside the folder and every kind that is not plain data: a pickle would run code."""
    if not _PLAIN_DATA.fullmatch(name):
        raise ValueError(f"unexpected file {name!r}")
