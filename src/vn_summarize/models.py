"""Find, verify and load a local model; docs/model-format.md describes the folder. Nothing is ever downloaded."""

import hashlib
import json
import os
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import platformdirs

from vn_summarize.backends import DEFAULT_DECODING, Decoding, Translation, Translator
from vn_summarize.errors import ModelCorrupt, ModelError, ModelNotFound

if TYPE_CHECKING:
    from vn_summarize.backends.tokenization import Tokenizer

FORMAT = 1
DESCRIPTION = "model.json"
ENVIRONMENT = "VN_SUMMARIZE_MODELS"

CODE_VERSION = 1
"""Raise it when a change to the backends changes translations: cached ones are then not used again."""

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of the folder with its checksum; size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Model:
    """What model.json says; docs/model-format.md explains each field."""

    name: str
    family: Literal["marian", "decoder"]
    engine: Literal["ctranslate2", "onnxruntime"]
    source: str
    target: str
    bos: str
    eos: str
    prompt_prefix: str
    prompt_suffix: str
    suppress: tuple[str, ...]
    max_source_tokens: int
    max_target_tokens: int
    knows_terms: bool
    term_markers: tuple[str, ...]
    licence: str
    card: str
    files: tuple[ModelFile, ...]


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A folder with a model, and its description; the weights are not read yet."""

    path: Path
    model: Model

    @property
    def fingerprint(self) -> str:
        """Name everything that a translation depends on: files, prompt, limits, code and engine version."""
        m = self.model
        files = sorted((f.name, f.sha256) for f in m.files if f.name != m.card)
        rest = (m.family, m.bos, m.eos, m.prompt_prefix, m.prompt_suffix, m.suppress, m.term_markers)
        limits = (m.max_source_tokens, m.max_target_tokens)
        facts = [CODE_VERSION, m.engine, metadata.version(m.engine), files, rest, limits]
        return f"{m.name}:{hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]}"


def find_places(models_dir: Path | None = None) -> list[Path]:
    """Give the folders in which a model name is looked up, in order.

    These are `models` of the configuration file, VN_SUMMARIZE_MODELS (several may be joined as in PATH), ./models, the
    user's data folder, the package (a wheel carries its model there) and the source checkout.
    """
    here = Path(__file__).parent
    places = [models_dir] if models_dir else []
    places += [Path(p) for p in os.environ.get(ENVIRONMENT, "").split(os.pathsep) if p]
    places += [Path("models"), platformdirs.user_data_path("vn-summarize", appauthor=False) / "models"]
    return [*places, here / "shipped", here.parents[1] / "models"]


def resolve(name_or_path: str | Path, models_dir: Path | None = None) -> ModelFolder:
    """Find a model by its folder or by its name; raise ModelNotFound with every place that was tried."""
    given = Path(name_or_path)
    candidates = [given]
    if len(given.parts) == 1 and not given.is_absolute() and given.name not in ("", ".", ".."):
        candidates += [place / given for place in find_places(models_dir)]
    for folder in candidates:
        if (folder / DESCRIPTION).is_file():
            return read_model(folder)
    tried = "\n".join(f"  {folder.absolute()}" for folder in candidates)
    raise ModelNotFound(
        f"no model {str(name_or_path)!r}: none of these folders has a {DESCRIPTION}:\n{tried}\n"
        f"Give --model a folder, or name the folder of your models in {ENVIRONMENT} or vn-summarize.toml (models)."
    )


def read_model(folder: Path) -> ModelFolder:
    """Read and check model.json; raise ModelNotFound where there is none, ModelCorrupt where it is not usable."""
    path = folder / DESCRIPTION
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as e:
        raise ModelNotFound(f"no model in {folder}: it has no {DESCRIPTION}") from e
    except (OSError, ValueError) as e:
        raise ModelCorrupt(f"{path} cannot be read: {e}. Restore the model's folder.") from e
    version = data.get("format") if isinstance(data, dict) else None
    if isinstance(version, int) and version > FORMAT:
        raise ModelError(f"{path} has format {version}, this version knows up to {FORMAT}: update vn-summarize.")
    try:
        return ModelFolder(folder, parse_model(data))
    except (KeyError, TypeError, ValueError) as e:
        raise ModelCorrupt(f"{path} is not a model description ({e!r}). Restore the model's folder.") from e


def parse_model(data: dict[str, Any]) -> Model:
    """Turn the content of model.json into a Model; raise KeyError, TypeError or ValueError where it is wrong."""
    if data["format"] != FORMAT or data["family"] not in ("marian", "decoder"):
        raise ValueError(f"format {data['format']!r}, family {data['family']!r}")
    engine = data.get("engine", "ctranslate2")
    if engine not in ("ctranslate2", "onnxruntime") or (engine, data["family"]) == ("onnxruntime", "marian"):
        raise ValueError(f"engine {engine!r} for family {data['family']!r}")
    files = tuple(ModelFile(f["name"], f["sha256"], int(f["size"])) for f in data["files"])
    for file in files:
        _check_name(file.name)
    tokens, prompt, limits, terms = data["tokens"], data["prompt"], data["limits"], data["terms"]
    return Model(
        name=data["name"],
        family=data["family"],
        engine=engine,
        source=data["languages"]["source"],
        target=data["languages"]["target"],
        bos=tokens["bos"],
        eos=tokens["eos"],
        prompt_prefix=prompt["prefix"],
        prompt_suffix=prompt["suffix"],
        suppress=tuple(tokens["suppress"]),
        max_source_tokens=int(limits["source_tokens"]),
        max_target_tokens=int(limits["target_tokens"]),
        knows_terms=bool(terms["known"]),
        term_markers=tuple(terms["markers"]),
        licence=data["licence"],
        card=data["card"],
        files=files,
    )


def _check_name(name: str) -> None:
    """Refuse a file outside the folder and every kind that is not plain data: a pickle would run code."""
    shard = re.fullmatch(r"model\.(bin|onnx)\.\d+", name, re.ASCII)
    if Path(name).name != name or not (shard or name.endswith((".json", ".spm", ".md"))):
        raise ValueError(f"unexpected file {name!r}")


def verify(folder: ModelFolder) -> None:
    """Compare every file with its checksum; raise ModelCorrupt naming the first that differs."""
    for file in folder.model.files:
        for _ in read_checked(folder, file):
            pass


def read_checked(folder: ModelFolder, file: ModelFile) -> Iterator[bytes]:
    """Yield a file in pieces and raise ModelCorrupt at its end when size or checksum is not the recorded one."""
    digest, size, path = hashlib.sha256(), 0, folder.path / file.name
    try:
        with path.open("rb") as stream:
            while piece := stream.read(_CHUNK):
                digest.update(piece)
                size += len(piece)
                yield piece
    except OSError as e:
        raise ModelCorrupt(f"{path} cannot be read: {e.strerror}. {_advice(path)}") from e
    if (size, digest.hexdigest()) != (file.size, file.sha256):
        raise ModelCorrupt(
            f"{path} is not the file that {DESCRIPTION} describes: expected {file.size} bytes with SHA-256 "
            f"{file.sha256}, found {size} bytes with {digest.hexdigest()}. {_advice(path)}"
        )


def _advice(path: Path) -> str:
    return f"Restore {path.name} (git checkout, or install vn-summarize again) or choose another --model."


def load(folder: ModelFolder, threads: int = 0, inter: int = 0) -> Translator:
    """Verify and load the weights: `inter` batches at a time, `threads` cores each; 0: what suits the model.

    A Marian batch is too small to gain from a second core; a decoder's is large, and keeps about 150 MB, so
    that up to four cores share one. onnxruntime has one batch, which all cores share. Raises ModelCorrupt.
    """
    cores = usable_cores()
    if folder.model.engine == "onnxruntime":
        from vn_summarize.backends.onnx_decoder import OnnxDecoderTranslator  # noqa: PLC0415 - imports onnxruntime

        return OnnxDecoderTranslator(folder, (threads * inter) or inter or cores)
    threads = threads or (1 if folder.model.family == "marian" else min(4, cores))
    inter = inter or max(1, cores // threads)
    if folder.model.family == "marian":
        from vn_summarize.backends.marian import MarianTranslator  # noqa: PLC0415 - imports ctranslate2

        return MarianTranslator(folder, threads, inter)
    from vn_summarize.backends.decoder import DecoderTranslator  # noqa: PLC0415 - imports ctranslate2

    return DecoderTranslator(folder, threads, inter)


def usable_cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class LazyTranslator:
    """A Translator that loads (and verifies) its weights at the first text to translate.

    Fingerprint and `fits` need the description and the tokenizer only, so a run whose every sentence
    is in the translation memory never loads the weights. Safe to use from several threads.
    """

    def __init__(self, folder: ModelFolder, threads: int = 0, inter: int = 0) -> None:
        self._folder, self._threads, self._inter = folder, threads, inter
        self._lock = threading.Lock()
        self._loaded: Translator | None = None

    @cached_property
    def fingerprint(self) -> str:
        """Name everything that a translation depends on."""
        return self._folder.fingerprint

    @property
    def knows_terms(self) -> bool:
        """Say whether the model was trained with inline terms."""
        return self._folder.model.knows_terms

    @property
    def loaded(self) -> bool:
        """Say whether the weights are in memory."""
        return self._loaded is not None

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from vn_summarize.backends.tokenization import Tokenizer  # noqa: PLC0415 - imports sentencepiece

        return Tokenizer(self._folder)

    def fits(self, text: str) -> bool:
        """Say whether the model can take `text` whole."""
        return self._tokenizer.fits(text)

    def translate(self, texts: Sequence[str], decoding: Decoding = DEFAULT_DECODING) -> list[Translation]:
        """Translate each text; raise ModelCorrupt at the first use of bad weights."""
        if not any(text.strip() for text in texts):
            return [Translation("", 0.0) for _ in texts]
        with self._lock:
            if self._loaded is None:
                self._loaded = load(self._folder, self._threads, self._inter)
        return self._loaded.translate(texts, decoding)
