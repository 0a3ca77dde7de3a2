"""What `models list`, `info` and `verify` tell of a model, as records."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vn_summarize.catalogue import KnownModel, find_known
from vn_summarize.checkpoints import read_origin
from vn_summarize.errors import ModelCorrupt
from vn_summarize.inventory import FoundModel, find_models, look, verify_whole
from vn_summarize.models import ModelFolder, resolve


def describe_found(found: FoundModel) -> dict[str, Any]:
    """Describe a model on this machine; `size` in bytes."""
    model, known = found.model, find_known(found.name)
    return {
        "name": found.name,
        "family": model.family if model else "",
        "licence": model.licence if model else "",
        "size": sum(file.size for file in model.files) if model else 0,
        "languages": f"{model.source} -> {model.target}" if model else "",
        "checked": found.state,
        "where": str(found.path.absolute()),
        "note": "hidden by a model of that name in an earlier place" if found.hidden else known.note if known else "",
        "problem": found.problem,
    }


def describe_known(known: KnownModel) -> dict[str, Any]:
    """Describe a model of the catalogue, with the same keys."""
    return {
        "name": known.name,
        "family": known.family,
        "licence": known.licence,
        "size": known.size * 10**6,
        "languages": known.languages,
        "checked": "",
        "where": f"hub: {known.repository}",
        "note": known.note,
        "problem": "",
    }


def describe_folder(name: str, models_dir: Path | None) -> dict[str, Any]:
    """Say all of a model on this machine. Raises as `models.resolve`."""
    folder = resolve(name, models_dir)
    model, origin = folder.model, read_origin(folder.path)
    return describe_found(look(folder.path)) | {
        "engine": model.engine,
        "quantization": model.quantization,
        "source tokens": model.max_source_tokens,
        "knows terms": model.knows_terms,
        "from": origin.source if origin else "",
        "revision": origin.revision if origin else "",
        "files": {file.name: file.sha256 for file in model.files},
    }


def verified(names: list[str] | None, models_dir: Path | None) -> Iterator[dict[str, Any]]:
    """Compare the models' files with their checksums, all models' without names. Raises as `models.resolve`."""
    given = [look(resolve(name, models_dir).path) for name in names or ()]
    for found in given if names else find_models(models_dir):
        record = describe_found(found)
        if found.model and not found.problem:
            try:
                whole = verify_whole(ModelFolder(found.path, found.model))
                record["checked"] = "whole" if whole else "no checksums"
            except ModelCorrupt as error:
                record |= {"checked": "damaged", "problem": str(error)}
        yield record


def render_cell(key: str, value: object) -> str:
    """Write a record's value for a reader."""
    if key == "size" and isinstance(value, int):
        return f"{value / 1e6:,.0f} MB"
    if isinstance(value, dict):
        return "".join(f"\n  {digest or 'no checksum':<64}  {name}" for name, digest in value.items())
    return str(value)
