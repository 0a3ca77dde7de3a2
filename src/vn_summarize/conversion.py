"""Make a CTranslate2 model of a checkpoint, smaller and quicker on a CPU; a sentence shows what it costs."""

from dataclasses import dataclass, replace
from pathlib import Path

from vn_summarize.backends import conversion as engine
from vn_summarize.backends.families import FAMILIES
from vn_summarize.checkpoints import Origin, digest_file, read_origin, render_description
from vn_summarize.descriptions import DESCRIPTION, Model
from vn_summarize.doctor import CANARY
from vn_summarize.errors import ConfigError, ModelError
from vn_summarize.inventory import check_free, staging, verify_whole
from vn_summarize.models import ModelFolder, load, read_model
from vn_summarize.writing.files import write_text


@dataclass(frozen=True, slots=True)
class Conversion:
    """What came out: the canary's English, and the bytes of all files, before and after."""

    path: Path
    before: str
    after: str
    size_before: int
    size_after: int


def check_convertible(folder: ModelFolder, quantization: str) -> None:
    """Raise ConfigError where the model or the quantization cannot be converted, or an extra is not installed."""
    model = folder.model
    if quantization not in engine.QUANTIZATIONS:
        raise ConfigError(f"there is no quantization {quantization!r}; there are {', '.join(engine.QUANTIZATIONS)}")
    if model.engine != "transformers":
        raise ConfigError(f"{model.name} runs on {model.engine} already: only checkpoints are converted")
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

    Raises ConfigError as `check_convertible` and where the name is taken, ModelCorrupt, OutputError, and ModelError
    where the conversion fails or the converted model has no answer for a sentence that the checkpoint has one for.
    """
    check_convertible(folder, quantization)
    check_free(place, name)
    verify_whole(folder)
    before = load(folder).translate([CANARY])[0].text
    with staging(place, name) as new:
        model = engine.convert(folder, new, quantization)
        files = tuple(digest_file(new, file.name) for file in model.files)
        model = replace(model, name=name, files=files)
        origin = read_origin(folder.path)
        source = Origin(f"converted:{folder.model.name}", origin.revision if origin else "")
        write_text(new / DESCRIPTION, render_description(model, source))
        after = load(read_model(new)).translate([CANARY])[0].text
        if before and not after:
            raise ModelError(f"the converted model has no English for {CANARY!r}: it is thrown away")
    return Conversion(place / name, before, after, _size(folder.model), _size(model))


def _size(model: Model) -> int:
    return sum(file.size for file in model.files)
