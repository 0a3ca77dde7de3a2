"""A model as one file to carry to a machine without a network: a plain .tar.

model.json is first and names every other file with size and SHA-256; SHA256SUMS is last and has the checksums of
all, model.json's too, as `sha256sum -c` reads them. The same model gives the same bytes.
"""

import hashlib
import io
import json
import re
import secrets
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

from vn_summarize.checkpoints import Origin, check_whole, digest_file, read_origin, render_description
from vn_summarize.descriptions import DESCRIPTION, ModelFile
from vn_summarize.errors import ModelCorrupt, ModelError, OutputError
from vn_summarize.inventory import staging, verify_whole
from vn_summarize.models import ModelFolder, read_model

SUMS = "SHA256SUMS"
LONGEST_DESCRIPTION = 1 << 20
"""Bytes of a model.json at most: one with a thousand files has some 150 kB."""
_NAME = re.compile(r"(tokenizer/)?\w[\w+-]*(\.[\w+-]+)*", re.ASCII)
_LONGEST_NAME = 100  # bytes, of a tar header's field
_CHUNK = 1 << 20


def write_bundle(folder: ModelFolder, target: Path) -> None:
    """Write the model's files into `target`, which appears whole or not at all.

    Every file is compared with its checksum first. Raises ModelCorrupt, ModelError for a file whose name a bundle
    cannot have, and OutputError, also where `target` is there already.
    """
    verify_whole(folder)
    description, files = _describe(folder)
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    if target.exists():
        raise OutputError(f"{target} is there already")
    try:
        try:
            with tarfile.open(temporary, "x", format=tarfile.GNU_FORMAT) as tar:  # its sizes have no limit
                _add(tar, DESCRIPTION, len(description), io.BytesIO(description))
                for file in sorted(files, key=lambda f: f.name):
                    with (folder.path / file.name).open("rb") as data:
                        _add(tar, file.name, file.size, data)
                sums = _render_sums(description, files)
                _add(tar, SUMS, len(sums), io.BytesIO(sums))
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"cannot write {target}: {error.strerror or error}") from error


def _describe(folder: ModelFolder) -> tuple[bytes, tuple[ModelFile, ...]]:
    """Give model.json as it is, or one with checksums where there is none, and the files."""
    files = folder.model.files
    for file in files:
        if not _NAME.fullmatch(file.name) or len(file.name) > _LONGEST_NAME:
            raise ModelError(f"{folder.path / file.name}: a bundle cannot have a file of that name")
    if all(file.sha256 for file in files):
        return (folder.path / DESCRIPTION).read_bytes(), files
    files = tuple(digest_file(folder.path, file.name) for file in files)
    origin = read_origin(folder.path) or Origin("bundle")
    return render_description(replace(folder.model, files=files), origin).encode(), files


def _render_sums(description: bytes, files: tuple[ModelFile, ...]) -> bytes:
    own = ModelFile(DESCRIPTION, hashlib.sha256(description).hexdigest(), len(description))
    return "".join(f"{file.sha256}  {file.name}\n" for file in sorted((own, *files), key=lambda f: f.name)).encode()


def _add(tar: tarfile.TarFile, name: str, size: int, data: IO[bytes]) -> None:
    member = tarfile.TarInfo(name)  # no time, owner or rights of this machine
    member.size = size
    tar.addfile(member, data)


def read_bundle(source: Path, name: str, place: Path) -> Path:
    """Take a bundle's model into `place` under its own name, or `name`; whole or not at all.

    Raises ModelCorrupt for whatever is not exactly the files that its model.json describes, ModelError for a
    model that this version does not know, ConfigError where the name is taken, and OutputError.
    """
    try:
        stream = source.open("rb")
    except OSError as error:
        raise ModelCorrupt(f"{source} cannot be read: {error.strerror}") from error
    with stream:
        members = _read_members(stream, source)
        first, size = next(members, ("", 0))
        if first != DESCRIPTION or size > LONGEST_DESCRIPTION:
            raise ModelCorrupt(f"{source} is no bundle of a model: it does not begin with {DESCRIPTION}")
        description = b"".join(_read_content(stream, size, source))
        name = name or _name_of(description, source)
        with staging(place, name) as new:
            (new / DESCRIPTION).write_bytes(description)
            files = read_model(new).model.files
            sums = _render_sums(description, files)
            wanted = {file.name: file for file in files}
            wanted[SUMS] = ModelFile(SUMS, hashlib.sha256(sums).hexdigest(), len(sums))
            for member, size in members:
                _extract(stream, wanted.pop(member, ModelFile(member, "", 0)), size, new, source)
            if wanted:
                raise ModelCorrupt(f"{source} is not whole: {min(wanted)} is missing")
            (new / SUMS).unlink()
            check_whole(new, [file.name for file in files])
    return place / name


def _read_members(stream: IO[bytes], source: Path) -> Iterator[tuple[str, int]]:
    """Give name and size of each member; its content has to be read before the next one is asked for.

    Only plain files are read: links, devices, folders, long names and sparse files have kinds of their own (POSIX
    1003.1, "ustar Interchange Format"), and no bundle has any. Raises ModelCorrupt.
    """
    while True:
        block = stream.read(tarfile.BLOCKSIZE)
        if block == bytes(tarfile.BLOCKSIZE):  # the end
            return
        try:
            member = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
        except (tarfile.TarError, ValueError) as error:
            raise ModelCorrupt(f"{source} is cut off or no .tar file ({error})") from error
        if member.type != tarfile.REGTYPE or member.size < 0:
            raise ModelCorrupt(f"{source}: {member.name!r} is no plain file; nothing is taken from it")
        if not _NAME.fullmatch(member.name):
            raise ModelCorrupt(f"{source}: {member.name!r} is no file of a model; nothing is taken from it")
        yield member.name, member.size


def _read_content(stream: IO[bytes], size: int, source: Path) -> Iterator[bytes]:
    """Give a member's content in pieces, and read what fills its last block. Raises ModelCorrupt."""
    left = size
    while left:
        piece = stream.read(min(left, _CHUNK))
        if not piece:
            raise ModelCorrupt(f"{source} is cut off")
        left -= len(piece)
        yield piece
    stream.read(-size % tarfile.BLOCKSIZE)


def _extract(stream: IO[bytes], file: ModelFile, size: int, folder: Path, source: Path) -> None:
    """Write a member into `folder` and compare it with its record. Raises ModelCorrupt."""
    if not file.sha256:
        raise ModelCorrupt(f"{source}: {file.name} is there twice, or {DESCRIPTION} has no checksum for it")
    digest, path = hashlib.sha256(), folder / file.name
    if size == file.size:
        path.parent.mkdir(exist_ok=True)
        with path.open("xb") as target:
            for piece in _read_content(stream, size, source):
                digest.update(piece)
                target.write(piece)
    if size != file.size or digest.hexdigest() != file.sha256:
        raise ModelCorrupt(f"{source}: {file.name} does not have the size and checksum that {DESCRIPTION} gives")


def _name_of(description: bytes, source: Path) -> str:
    try:
        return str(json.loads(description)["name"])
    except (ValueError, KeyError, TypeError) as error:
        raise ModelCorrupt(f"{source}: its {DESCRIPTION} cannot be read: {error}") from error
