"""The models on this machine: where they are, whether they are whole; take one in, take one off."""

import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from vn_summarize.checkpoints import Origin, check_whole, choose_files, describe, find_pickled, has_weights, is_pickle
from vn_summarize.descriptions import CONFIG, DESCRIPTION, Model
from vn_summarize.errors import ConfigError, ModelCorrupt, ModelError, ModelNotFound, OutputError
from vn_summarize.models import ENVIRONMENT, ModelFolder, find_places, read_model, verify


@dataclass(frozen=True, slots=True)
class FoundModel:
    """A folder that has, or should have, a model; `problem` says why it cannot be used."""

    name: str
    path: Path
    model: Model | None
    state: str  # recorded: every file is there with its size; no checksums; damaged
    problem: str = ""
    hidden: bool = False  # a model of that name in an earlier place is used instead


def own_place(models_dir: Path | None = None) -> Path:
    """Give the folder into which models are put: --models-dir, VN_SUMMARIZE_MODELS' first, the user's data folder."""
    named = [Path(p) for p in os.environ.get(ENVIRONMENT, "").split(os.pathsep) if p]
    own = platformdirs.user_data_path("vn-summarize", appauthor=False) / "models"
    return models_dir or (named[0] if named else own)


def find_models(models_dir: Path | None = None) -> list[FoundModel]:
    """Find the models of every place, in the order in which a name is looked up; the files are not read whole."""
    found: list[FoundModel] = []
    seen: set[Path] = set()
    for place in find_places(models_dir):
        if not place.is_dir() or place.resolve() in seen:
            continue
        seen.add(place.resolve())
        for folder in sorted(place.iterdir()):
            if is_candidate(folder):
                found.append(look(folder, folder.name in {f.name for f in found}))
    return found


def is_candidate(folder: Path) -> bool:
    """Say whether a folder may hold a model; a hidden one is a pull or an import that was stopped."""
    has = folder.is_dir() and not folder.name.startswith(".")
    return has and any((folder / name).is_file() for name in (DESCRIPTION, CONFIG))


def look(folder: Path, hidden: bool = False) -> FoundModel:
    """Describe a folder by its record and the sizes of its files."""
    try:
        model = read_model(folder).model
    except ModelError as error:
        return FoundModel(folder.name, folder, None, "damaged", str(error), hidden)
    for file in model.files:
        path = folder / file.name
        if not path.is_file() or path.stat().st_size != file.size:
            problem = f"{path} is missing or not of the recorded size"
            return FoundModel(folder.name, folder, model, "damaged", problem, hidden)
    state = "recorded" if all(file.sha256 for file in model.files) else "no checksums"
    return FoundModel(folder.name, folder, model, state, hidden=hidden)


def verify_whole(folder: ModelFolder) -> bool:
    """Compare every file with its checksum, and weights with their own headers; say whether there were checksums.

    Raises ModelCorrupt.
    """
    verify(folder)
    names = [file.name for file in folder.model.files]
    check_whole(folder.path, names)
    for name in names:
        if name.startswith("model.") and is_pickle(folder.path / name):
            raise ModelCorrupt(f"{folder.path / name} is a pickle, which is never read")
    return all(file.sha256 for file in folder.model.files)


def check_free(place: Path, name: str) -> None:
    """Raise ConfigError where `name` is no plain name, or the place has something of that name already."""
    if name in ("", ".", "..") or name.startswith(".") or Path(name).name != name or "\\" in name or ":" in name:
        raise ConfigError(f"{name!r} cannot be a model's name: it is the name of a folder, without a path")
    if (place / name).exists():
        raise ConfigError(f"{place / name} is there already: models remove {name}, or give --name another one")


@contextmanager
def staging(place: Path, name: str) -> Iterator[Path]:
    """Give a hidden folder that becomes the model `name` of `place` when the block ends well; else it is removed.

    Raises ConfigError where the name is taken, OutputError where the disk refuses.
    """
    check_free(place, name)
    folder = place / f".{name}.{secrets.token_hex(4)}.partial"
    try:
        folder.mkdir(parents=True)
        try:
            yield folder
            folder.rename(place / name)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise OutputError(f"cannot write {place / name}: {error.strerror or error}") from error


def import_model(source: Path, name: str, family: str, licence: str, place: Path) -> tuple[Path, tuple[str, ...]]:
    """Copy a model into `place`, with a record of its checksums; give its folder and the pickles left behind.

    The source is a folder of the project's own format, which must be whole, or a checkpoint of transformers with
    weights in safetensors. Raises ModelNotFound, ModelError, ModelCorrupt, ConfigError and OutputError.
    """
    if not is_candidate(source):
        raise ModelNotFound(f"no model in {source}: it has neither {DESCRIPTION} nor {CONFIG}")
    names = [path.name for path in source.iterdir() if path.is_file()]
    own = DESCRIPTION in names
    if own:
        folder = read_model(source)
        verify_whole(folder)
        chosen = (*(file.name for file in folder.model.files), DESCRIPTION)
    else:
        chosen = choose_files(names)
        if not has_weights(chosen):
            raise ModelError(_without_weights(source, find_pickled(names)))
    with staging(place, name) as new:
        for file in chosen:
            (new / file).parent.mkdir(exist_ok=True)
            shutil.copyfile(source / file, new / file)
        if own:
            verify_whole(read_model(new))
        else:
            check_whole(new, chosen)
            describe(new, name, family, licence, Origin("import"))
    return place / name, find_pickled(names) if not own else ()


def _without_weights(source: Path, pickled: tuple[str, ...]) -> str:
    if not pickled:
        return f"{source} has no weights in safetensors"
    return (
        f"{source} has its weights as {', '.join(pickled)} only, which can run any program when read, so that none "
        "is taken. Convert them where you trust them: load the model with transformers, then save_pretrained(DIR)."
    )


def find_removable(name: str, models_dir: Path | None = None) -> Path:
    """Give the folder of the model `name` that may be removed.

    Raises ModelNotFound; ConfigError for the shipped model, a path, and a link that leads elsewhere.
    """
    if Path(name).name != name or name in ("", ".", ".."):
        raise ConfigError(f"{name!r} is no model's name: only models in our own folders are removed, by their name")
    shipped = {place.resolve() for place in find_places()[-2:]}  # the package and the source checkout
    kept = None
    for place in find_places(models_dir):
        folder = place / name
        if not is_candidate(folder):
            continue
        if folder.is_symlink() or folder.resolve().parent != place.resolve():
            raise ConfigError(f"{folder} is a link to {folder.resolve()}: remove the link yourself")
        if place.resolve() not in shipped:
            return folder
        kept = folder
    if kept:
        raise ConfigError(f"{kept} comes with vn-summarize and is not removed")
    raise ModelNotFound(f"no model {name!r} in " + ", ".join(str(p.absolute()) for p in find_places(models_dir)))


def find_leftovers(name: str, places: Iterable[Path]) -> list[Path]:
    """Give the hidden folders that stopped pulls, imports and removals of the model `name` left in the places."""
    pattern = re.compile(rf"\.{re.escape(name)}\.[0-9a-f]{{8,12}}\.(partial|removed)")
    return [
        path for place in places if place.is_dir() for path in sorted(place.iterdir()) if pattern.fullmatch(path.name)
    ]


def remove_model(folder: Path) -> None:
    """Remove a folder that `find_removable` gave; it is no model from the first moment on. Raises OutputError."""
    hidden = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.removed")
    try:
        folder.rename(hidden)
        shutil.rmtree(hidden)
    except OSError as error:
        raise OutputError(f"cannot remove {folder}: {error.strerror or error}") from error
