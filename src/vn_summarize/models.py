"""Find, verify and load a local model; docs/model-format.md describes the folder. Nothing is ever downloaded."""

import hashlib
import json
import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from vn_summarize.backends import DEFAULT_DECODING, DEFAULT_RUNTIME, Decoding, Runtime, Translation, Translator
from vn_summarize.backends.families import SUMMARY_FAMILIES
from vn_summarize.descriptions import CONFIG, DESCRIPTION, FORMAT, Model, ModelFile, describe_checkpoint, parse_model
from vn_summarize.errors import ModelCorrupt, ModelError, ModelNotFound

if TYPE_CHECKING:
    from vn_summarize.backends.local import SegmentTokenizer

ENVIRONMENT = "VN_SUMMARIZE_MODELS"

CODE_VERSION = 1
"""Raise it when a change to the backends changes translations: cached ones are then not used again."""

SHORT_NAMES = {"quality": "vi-en-news", "fast": "vi-en-small"}
"""What the models that come with the package are also called."""

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A folder with a model, and its description; the weights are not read yet."""

    path: Path
    model: Model

    @property
    def fingerprint(self) -> str:
        """Name everything that a translation depends on: files, prompt, limits, code and engine version."""
        m = self.model
        files = sorted((f.name, f.sha256 or _checksum(self, f)) for f in m.files if f.name != m.card)
        rest = (m.family, m.bos, m.eos, m.prompt_prefix, m.prompt_suffix, m.suppress, m.term_markers)
        limits = (m.max_source_tokens, m.max_target_tokens)
        look = ("both ways",) * m.prompt_both_ways
        facts = [CODE_VERSION, m.engine, _engine_version(m.engine), files, rest, (*limits, *look)]
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


def resolve_translator(name_or_path: str | Path, models_dir: Path | None = None) -> ModelFolder:
    """Do as `resolve`, and raise ModelError for a model that summarises."""
    found = resolve(name_or_path, models_dir)
    if found.model.family in SUMMARY_FAMILIES:
        raise ModelError(f"{found.model.name} summarises and does not translate: it is one for --summarizer")
    return found


def resolve_summarizer(name_or_path: str | Path, models_dir: Path | None = None) -> ModelFolder:
    """Find a model that summarises as `resolve` finds one that translates; a chat model does both."""
    folder = find_folder(name_or_path, models_dir)
    if not (folder / DESCRIPTION).is_file():
        return ModelFolder(folder, describe_checkpoint(folder, families=SUMMARY_FAMILIES))
    found = read_model(folder)
    if found.model.family != "chat":
        return found
    chat = SUMMARY_FAMILIES["chat-summary"]
    model = replace(
        found.model,
        family=chat.name,
        knows_terms=False,
        max_source_tokens=chat.source_tokens,
        max_target_tokens=chat.target_tokens,
    )
    return replace(found, model=model)


def resolve(name_or_path: str | Path, models_dir: Path | None = None) -> ModelFolder:
    """Find a model by its folder or by its name; raise ModelNotFound with every place that was tried."""
    return read_model(find_folder(name_or_path, models_dir))


def find_folder(name_or_path: str | Path, models_dir: Path | None = None) -> Path:
    """Find a model's folder by its path or its name; raise ModelNotFound with every place that was tried."""
    given = Path(name_or_path)
    candidates = [given]
    if len(given.parts) == 1 and not given.is_absolute() and given.name not in ("", ".", ".."):
        candidates += [place / given for place in find_places(models_dir)]
    for folder in candidates:
        if (folder / DESCRIPTION).is_file() or (folder / CONFIG).is_file():
            return folder
    if name_or_path in SHORT_NAMES:
        return find_folder(SHORT_NAMES[str(name_or_path)], models_dir)
    tried = "\n".join(f"  {folder.absolute()}" for folder in candidates)
    raise ModelNotFound(
        f"no model {str(name_or_path)!r}: none of these folders has a {DESCRIPTION} or a {CONFIG}:\n{tried}\n"
        f"Give --model a folder, or name the folder of your models in {ENVIRONMENT} or vn-summarize.toml (models)."
    )


def read_model(folder: Path) -> ModelFolder:
    """Read and check model.json; a checkpoint of transformers that has none is described by what is in it.

    Raises ModelNotFound where there is neither, ModelCorrupt where it is not usable, ModelError where the family
    is not known.
    """
    path = folder / DESCRIPTION
    if not path.exists() and (folder / CONFIG).exists():
        return ModelFolder(folder, describe_checkpoint(folder))
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


def _engine_version(engine: str) -> str:
    try:
        return metadata.version(engine)
    except metadata.PackageNotFoundError as e:
        raise ModelError(f"{engine} is not installed: pip install 'vn-summarize[torch]'") from e


def _checksum(folder: "ModelFolder", file: ModelFile) -> str:
    digest = hashlib.sha256()
    for piece in read_checked(folder, file):
        digest.update(piece)
    return digest.hexdigest()


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
    if file.sha256 and (size, digest.hexdigest()) != (file.size, file.sha256):
        raise ModelCorrupt(
            f"{path} is not the file that {DESCRIPTION} describes: expected {file.size} bytes with SHA-256 "
            f"{file.sha256}, found {size} bytes with {digest.hexdigest()}. {_advice(path)}"
        )


def _advice(path: Path) -> str:
    return f"Restore {path.name} (git checkout, or install vn-summarize again) or choose another --model."


def load(folder: ModelFolder, runtime: Runtime = DEFAULT_RUNTIME) -> Translator:
    """Verify and load the weights.

    Raises ModelCorrupt, and ModelError for a device that is not there or that the engine cannot use.
    """
    engine, family = folder.model.engine, folder.model.family
    if engine == "onnxruntime":
        from vn_summarize.backends.onnx_decoder import OnnxDecoderTranslator  # noqa: PLC0415 - imports onnxruntime

        return OnnxDecoderTranslator(folder, runtime)
    if engine == "transformers":
        try:
            from vn_summarize.backends.checkpoint import open_checkpoint  # noqa: PLC0415 - imports torch
        except ImportError as e:
            raise ModelError(f"{folder.model.name} needs torch: pip install 'vn-summarize[torch]'") from e
        return open_checkpoint(folder, runtime)
    if family == "decoder":
        from vn_summarize.backends.decoder import DecoderTranslator  # noqa: PLC0415 - imports ctranslate2

        return DecoderTranslator(folder, runtime)
    from vn_summarize.backends.encoder_decoder import EncoderDecoderTranslator  # noqa: PLC0415 - imports ctranslate2

    return EncoderDecoderTranslator(folder, runtime)


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

    def __init__(self, folder: ModelFolder, runtime: Runtime = DEFAULT_RUNTIME) -> None:
        self._folder, self._runtime = folder, runtime
        self._lock = threading.Lock()
        self._loaded: Translator | None = None

    @cached_property
    def fingerprint(self) -> str:
        """Name everything that a translation depends on."""
        return self._folder.fingerprint + self._runtime.mark(self._folder.model.engine, self._folder.model.beam)

    @property
    def knows_terms(self) -> bool:
        """Say whether the model was trained with inline terms."""
        return self._folder.model.knows_terms

    @property
    def unsure_below(self) -> float:
        """The score under which a translation is doubtful."""
        return self._folder.model.unsure_below

    @property
    def loaded(self) -> bool:
        """Say whether the weights are in memory."""
        return self._loaded is not None

    @cached_property
    def _tokenizer(self) -> "SegmentTokenizer":
        from vn_summarize.backends.local import open_tokenizer  # noqa: PLC0415 - imports sentencepiece

        return open_tokenizer(self._folder)

    def fits(self, text: str) -> bool:
        """Say whether the model can take `text` whole."""
        return self._tokenizer.fits(text)

    def translate(self, texts: Sequence[str], decoding: Decoding = DEFAULT_DECODING) -> list[Translation]:
        """Translate each text; raise ModelCorrupt at the first use of bad weights."""
        if not any(text.strip() for text in texts):
            return [Translation("", 0.0) for _ in texts]
        with self._lock:
            if self._loaded is None:
                self._loaded = load(self._folder, self._runtime)
        return self._loaded.translate(texts, decoding)
