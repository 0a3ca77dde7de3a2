"""Where outputs go on disk, and how they get there: whole or not at all."""

import hashlib
import os
import re
import secrets
from collections.abc import Iterable
from pathlib import Path

from vn_summarize.errors import ArticleError, OutputError

_TEMPORARY = ".vn-summarize-{}.tmp"

_DEVICES = frozenset(
    [
        "CON",
        "PRN",
        "AUX",
        "NUL",
        "CONIN$",
        "CONOUT$",
        *(f"{port}{n}" for port in ("COM", "LPT") for n in "123456789¹²³"),
    ]
)
"""Names that Windows keeps for devices, with any suffix ("Naming Files, Paths, and Namespaces", Win32)."""

_RUN_FILES = frozenset(["INDEX", "REPORT", "TERMS", "BRIEFING", "PROPOSED-TERMS"])
"""The run's own files stand at the top of the output folder; an article `index.html` must not replace them."""

_LONGEST = 240
"""Bytes of a name before its suffix: common file systems take 255 in all."""


def output_name(id: str, suffix: str) -> str:
    """Give the POSIX path, below the output folder, of an article's output: `suffix` is ".json" or the like.

    Different ids give different names. A name that Windows keeps for a device, or that the run's own
    files have, gets a "_"; a name too long for a file system is shortened and gets a hash.
    Raises ArticleError for an id that is no plain relative path: an output never leaves its folder.
    """
    if not _is_plain(id):
        raise ArticleError(f"{id!r} cannot be the name of an output: rename the file or folder it comes from")
    parts = id.split("/")
    reserved = _DEVICES | _RUN_FILES if len(parts) == 1 else _DEVICES
    return "/".join(_shorten(_unreserve(part, reserved)) for part in parts) + suffix


def output_path(root: Path, id: str, suffix: str) -> Path:
    """Give the path of an article's output in the folder `root`; ArticleError as in `output_name`."""
    return root / output_name(id, suffix)


def write_text(path: Path, text: str) -> None:
    """Write the text as UTF-8 with plain newlines; a reader sees the old file or the new one, never a part.

    Missing folders are made. A lone surrogate (from a file name that is no UTF-8) is written as "?".
    Raises OutputError.
    """
    write_lines(path, (text,))


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines, each with its line end, one after the other as they come; else the same as `write_text`."""
    _write(path, (line.encode("utf-8", "replace") for line in lines))


def write_bytes(path: Path, data: bytes) -> None:
    """Write the bytes; else the same as `write_text`."""
    _write(path, (data,))


def _write(path: Path, chunks: Iterable[bytes]) -> None:
    temporary = path.with_name(_TEMPORARY.format(secrets.token_hex(8)))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("xb") as file:
                file.writelines(chunks)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"cannot write {path}: {reason}; make room there or choose another folder") from error


def remove_leftovers(root: Path) -> int:
    """Remove the temporary files that a killed run left under `root` and say how many there were.

    Two runs must not write into one folder at the same time. Raises OutputError.
    """
    leftovers = list(root.rglob(_TEMPORARY.format("*")))
    for leftover in leftovers:
        try:
            leftover.unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(f"cannot remove {leftover}: {error.strerror or error}") from error
    return len(leftovers)


def _is_plain(id: str) -> bool:
    # A part of dots and blanks is "." or ".." on Windows, whichever slash stands around it.
    if "\0" in id or re.match("[A-Za-z]:", id) or not all(part.strip(" .") for part in re.split(r"[/\\]", id)):
        return False
    try:
        return bool(id.encode("utf-8", "surrogateescape"))
    except UnicodeError:
        return False


def _unreserve(part: str, reserved: frozenset[str]) -> str:
    # "con_" gets a second "_", so that it stays apart from "con".
    base, dot, rest = part.partition(".")
    return f"{base}_{dot}{rest}" if base.rstrip(" _").upper() in reserved else part


def _shorten(part: str) -> str:
    data = part.encode("utf-8", "surrogateescape")
    if len(data) <= _LONGEST:
        return part
    digest = hashlib.sha256(data).hexdigest()[:12]
    return data[: _LONGEST - 13].decode("utf-8", "ignore") + "-" + digest
