"""Settings: vn-summarize.toml < environment < flags; every unknown key or wrong value is named."""

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from vn_summarize.backends import DEVICES
from vn_summarize.errors import ConfigError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

CONFIG_NAME = "vn-summarize.toml"
ENVIRONMENT_PREFIX = "VN_SUMMARIZE_"
FORMATS = ("json", "md", "html", "txt", "tsv", "docx", "tmx", "xliff", "csv", "parquet")
PLACE_NAMES = ("original", "ascii")
SUMMARY_LANGUAGES = ("en", "vi", "both")
STYLES = ("paragraph", "bullets")
ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "tcvn3", "vni", "viscii", "vps", "windows-1258")
BEAM = 8
"""Half of the next tokens that the shipped model's graph gives: each of them may end a hypothesis."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run depends on besides its input. Each field is a key of the configuration file too."""

    model: str = "vi-en-news"  # a name below `models`, or a model folder
    models: Path | None = None  # a folder of model folders; None: those that are installed
    second_opinion: str | None = None  # a model whose reading of each sentence is held against the first one's
    glossary: tuple[Path, ...] = ()  # later files win over earlier ones and over the built-in terms
    output: Path = Path("out")
    format: tuple[str, ...] = ("json", "md", "html")  # in the order of FORMATS; always with json, which resume reads
    summary_sentences: int | None = None
    summary_words: int | None = None  # both None: by the article's length
    summarizer: str | None = None  # a local model that writes summaries; None: sentences are selected
    summary_language: str = "en"  # of SUMMARY_LANGUAGES
    style: str = "paragraph"  # of STYLES: how the summary is shown
    place_names: str = "original"  # of PLACE_NAMES: with their diacritics, or without
    jobs: int | None = None  # batches translated at a time; None: one for each core. Never changes a result
    device: str = "auto"  # of DEVICES
    threads: int | None = None  # cores used; None: all
    beam: int | None = None  # the least beam of every search, at most BEAM
    batch_tokens: int | None = None  # tokens of a batch at most; None: what suits the model and the device
    encoding: str = ""  # of ENCODINGS; "": found by the evidence
    limit: int | None = None
    include: tuple[str, ...] = ()  # glob patterns
    exclude: tuple[str, ...] = ()
    force: bool = False
    strict: bool = False
    strict_glossary: bool = False  # a broken row of a glossary stops the run
    cache: Path | None = None  # the translation memory's folder; None: below the user's cache folder
    no_cache: bool = False
    corrections: Path | None = None  # the file of what editors corrected; None: in the user's data folder


# key -> (kind, what a message says is allowed)
_KINDS: dict[str, tuple[str, str]] = {
    "model": ("text", "a model's name or folder"),
    "models": ("path", "a folder"),
    "second_opinion": ("text", "a model's name or folder"),
    "glossary": ("paths", "a file or a list of files"),
    "output": ("path", "a folder"),
    "format": ("formats", "one or more of " + ", ".join(FORMATS)),
    "summary_sentences": ("count", "a whole number from 1"),
    "summary_words": ("count", "a whole number from 1"),
    "summarizer": ("text", "a model's name or folder"),
    "summary_language": ("summary language", " or ".join(SUMMARY_LANGUAGES)),
    "style": ("style", " or ".join(STYLES)),
    "place_names": ("place names", " or ".join(PLACE_NAMES)),
    "jobs": ("count", "a whole number from 1"),
    "device": ("device", " or ".join(DEVICES)),
    "threads": ("count", "a whole number from 1"),
    "beam": ("beam", f"a whole number from 1 to {BEAM}"),
    "batch_tokens": ("count", "a whole number from 1"),
    "encoding": ("encoding", " or ".join(ENCODINGS)),
    "limit": ("count", "a whole number from 1"),
    "include": ("texts", "a pattern or a list of patterns"),
    "exclude": ("texts", "a pattern or a list of patterns"),
    "force": ("flag", "true or false"),
    "strict": ("flag", "true or false"),
    "strict_glossary": ("flag", "true or false"),
    "cache": ("path", "a folder"),
    "no_cache": ("flag", "true or false"),
    "corrections": ("path", "a file"),
}
_FLAG_WORDS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
_SUMMARY_KEYS = ("summary_sentences", "summary_words")
_MODEL_KEYS = ("summarizer", "second_opinion")
_SHAPE_KEYS = ("format", "summary_language", "style", "place_names", "encoding", *_MODEL_KEYS, *_SUMMARY_KEYS)
_CHOICES: dict[str, tuple[str, ...]] = {
    "place names": PLACE_NAMES,
    "device": DEVICES,
    "summary language": SUMMARY_LANGUAGES,
    "style": STYLES,
    "encoding": ENCODINGS,
}


def load_settings(
    flags: Mapping[str, object],
    inputs: Sequence[Path] = (),
    config: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """Merge the configuration file, the environment and the flags; later ones win.

    `flags` holds values of the fields' types; None, False and () mean "not given". The file is
    `config`, else vn-summarize.toml beside the first input that has one. Raises ConfigError.
    """
    path = config if config is not None else find_config(inputs)
    given = {key: value for key, value in flags.items() if value not in (None, False, ())}
    layers = (
        {} if path is None else read_config(path),
        parse_environment(os.environ if environment is None else environment),
        {key: _checked(key, value, Path(), f"--{key.replace('_', '-')}") for key, value in given.items()},
    )
    merged: dict[str, Any] = {}
    for layer in layers:
        if any(key in layer for key in _SUMMARY_KEYS):  # a length given here replaces one of either kind from before
            merged = {key: value for key, value in merged.items() if key not in _SUMMARY_KEYS}
        merged |= layer
    if all(key in merged for key in _SUMMARY_KEYS):
        raise ConfigError("summary_sentences and summary_words are both given: give one of them")
    return Settings(**merged)


def render_shape(settings: Settings) -> str:
    """Name the settings that an article's outputs depend on: "format=json,md|summary_words=40"."""
    values = {key: getattr(settings, key) for key in _SHAPE_KEYS} | {"format": ",".join(settings.format)}
    return "|".join(f"{key}={value}" for key, value in values.items() if value)


def with_shape(settings: Settings, shape: str) -> Settings:
    """Give the settings with what `render_shape` wrote in place of their own. Raises ConfigError."""
    written = dict(part.partition("=")[::2] for part in shape.split("|"))
    values = {key: _checked(key, _from_text(key, written[key]), Path(), shape) for key in _SHAPE_KEYS if key in written}
    return replace(settings, **(dict.fromkeys((*_SUMMARY_KEYS, *_MODEL_KEYS)) | values))  # type: ignore[arg-type]


def find_config(inputs: Iterable[Path]) -> Path | None:
    """Find vn-summarize.toml beside an input: in an input folder, else in the folder that holds the input."""
    for path in inputs:
        for folder in (path, path.absolute().parent):
            candidate = folder / CONFIG_NAME
            if candidate.is_file():
                return candidate
    return None


def read_config(path: Path) -> dict[str, Any]:
    """Read a configuration file; its relative paths start from its own folder. Raises ConfigError."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
    return {
        key.replace("-", "_"): _checked(key.replace("-", "_"), value, path.parent, f"{path}: {key}")
        for key, value in table.items()
    }


def parse_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """Take the settings from VN_SUMMARIZE_* variables; an empty one counts as not set. Raises ConfigError."""
    found = {}
    for name, text in sorted(environment.items()):
        if name.startswith(ENVIRONMENT_PREFIX) and text:
            key = name.removeprefix(ENVIRONMENT_PREFIX).lower()
            found[key] = _checked(key, _from_text(key, text), Path(), f"environment variable {name}")
    return found


def split_formats(text: str) -> tuple[str, ...]:
    """Split "json,md" as flags and the environment give it."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _from_text(key: str, text: str) -> object:
    """Give an environment variable's text the type that the key has in a configuration file, where it can."""
    kind = _KINDS.get(key, ("", ""))[0]
    if kind in ("count", "beam"):
        return int(text) if text.isdecimal() else text
    if kind == "flag":
        return _FLAG_WORDS.get(text.lower(), text)
    if kind == "paths":
        return text.split(os.pathsep)
    return split_formats(text) if kind in ("formats", "texts") else text


def _checked(key: str, value: object, folder: Path, where: str) -> object:
    """Return the field's value, or raise ConfigError that names where it stands and what is allowed."""
    if key not in _KINDS:
        raise ConfigError(
            f"{where}: unknown setting; allowed are {', '.join(field.name for field in fields(Settings))}"
        )
    kind, allowed = _KINDS[key]
    items = tuple(value) if isinstance(value, (list, tuple)) else (value,)
    texts = tuple(str(item) for item in items if isinstance(item, (str, Path)) and str(item))
    whole = len(texts) == len(items) > 0
    if (kind == "flag" and isinstance(value, bool)) or value in _CHOICES.get(kind, ()):
        return value
    most = {"count": sys.maxsize, "beam": BEAM}.get(kind, 0)
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most:
        return value
    if kind == "formats" and whole and set(texts) <= set(FORMATS):
        return tuple(name for name in FORMATS if name in texts or name == "json")
    if kind == "texts" and whole:
        return texts
    if kind == "paths" and whole:
        return tuple(folder / Path(text).expanduser() for text in texts)
    if kind in ("text", "path") and whole and items == (value,):
        return value if kind == "text" else folder / Path(texts[0]).expanduser()
    raise ConfigError(f"{where}: {value!r} is not allowed; give {allowed}")
