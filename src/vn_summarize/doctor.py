"""What is installed and whether it works: versions, the model's weights, the memory, one sentence translated."""

import platform
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import metadata

from vn_summarize import __version__
from vn_summarize.backends import Runtime
from vn_summarize.cache import LIMIT, file_size
from vn_summarize.config import Settings
from vn_summarize.errors import VnSummarizeError
from vn_summarize.glossary.formats import load_builtin
from vn_summarize.loading import memory_path, runtime_of
from vn_summarize.models import LazyTranslator, ModelFolder, resolve, verify

PACKAGES = ("onnxruntime", "ctranslate2", "sentencepiece", "trafilatura")
CANARY = "Hội nghị đã thông qua 3 nghị quyết."
"""A sentence that any model of this pair can translate; its English has to keep the number."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing that was looked at; `value` is what it is, or what is wrong with it."""

    name: str
    ok: bool
    value: str


def examine(settings: Settings) -> Iterator[Diagnosis]:
    """Look at each part in turn; a part that is broken does not keep the others from being looked at."""
    yield Diagnosis("version", True, f"vn-summarize {__version__}")
    yield Diagnosis("python", True, f"{platform.python_version()} ({sys.executable}, {platform.platform()})")
    for name in PACKAGES:
        yield _look(name, partial(metadata.version, name))
    yield _look("terms", lambda: f"{len(load_builtin())} built in")
    yield Diagnosis("memory", True, _memory(settings))
    yield (model := _look("model", lambda: _describe(resolve(settings.model, settings.models))))
    if model.ok:
        folder = resolve(settings.model, settings.models)
        yield _look("checksums", lambda: _verified(folder))
        yield _canary(folder, runtime_of(settings))


def _look(name: str, look: Callable[[], str]) -> Diagnosis:
    try:
        return Diagnosis(name, True, look())
    except metadata.PackageNotFoundError:
        return Diagnosis(name, False, "not installed: install vn-summarize again")
    except (VnSummarizeError, OSError, RuntimeError, ImportError) as error:
        return Diagnosis(name, False, str(error))


def _memory(settings: Settings) -> str:
    path = memory_path(settings)
    if not path.exists():
        return f"{path} (not there yet)"
    return f"{path} ({file_size(path) / 1e6:.1f} MB; it keeps the {LIMIT:,} translations used last)"


def _describe(folder: ModelFolder) -> str:
    model = folder.model
    return f"{model.name} ({model.family}, {model.licence}) in {folder.path.absolute()}"


def _verified(folder: ModelFolder) -> str:
    verify(folder)
    size = sum(file.size for file in folder.model.files)
    return f"{len(folder.model.files)} files, {size / 1e6:.0f} MB, as model.json says"


def _canary(folder: ModelFolder, runtime: Runtime) -> Diagnosis:
    began = time.monotonic()
    answer = _look("canary", lambda: LazyTranslator(folder, runtime).translate([CANARY])[0].text)
    if not answer.ok:
        return answer
    seconds = time.monotonic() - began
    kept = any(number in answer.value.lower() for number in ("3", "three"))
    return Diagnosis("canary", kept, f"{CANARY} -> {answer.value} ({seconds:.1f} s with loading)")
