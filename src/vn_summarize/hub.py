"""Fetch a model from the Hugging Face Hub: the only module that opens a connection, and only for `models pull`.

`huggingface_hub` (extra `hub`) speaks the protocol: HF_ENDPOINT, HF_TOKEN, the proxies' variables, redirects,
checksums in the ETag. Files land in a hidden folder beside the model's, which gets its name when all of them
are there and right; what a stopped pull has fetched is kept, and the next one goes on after the last byte.
"""

import errno
import hashlib
import importlib
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from vn_summarize.backends.families import recognise
from vn_summarize.checkpoints import (
    Origin,
    check_whole,
    choose_files,
    describe,
    digest_file,
    find_pickled,
    has_weights,
    is_weights,
)
from vn_summarize.errors import ConfigError, ModelCorrupt, ModelError, OutputError
from vn_summarize.inventory import find_leftovers

T = TypeVar("T")

PAUSES = (1.0, 2.0, 4.0, 8.0)
"""Seconds before each new try of a request that failed for a while: four times, each pause twice the one before."""

_TRANSIENT = frozenset((408, 425, 429, 500, 502, 503, 504))
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS, errno.EPERM)
_PART = ".part"


@dataclass(frozen=True, slots=True)
class Offer:
    """What the hub has under a repository's name: the commit, the licence of its card, the files that are needed."""

    repository: str
    revision: str
    licence: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Remote:
    """A file as the server describes it: its ETag is the SHA-256 of a large file, the git blob's SHA-1 of a small."""

    name: str
    url: str
    size: int
    etag: str


def look_up(repository: str, revision: str = "") -> Offer:
    """Ask the hub for a repository's commit, licence and files.

    Raises ModelError where it cannot be had, or has weights as pickles only.
    """
    library = _library()
    api = library.HfApi(endpoint=_endpoint(library))
    what = f"{repository} at {revision}" if revision else repository
    info = _persistent(lambda: api.model_info(repository, revision=revision or None), what)
    names = [sibling.rfilename for sibling in info.siblings or ()]
    files = choose_files(names)
    if not has_weights(files):
        raise ModelError(_without_weights(repository, find_pickled(names)))
    if "config.json" not in files:
        raise ModelError(f"{repository} has no config.json: it is no model that transformers can load")
    return Offer(repository, info.sha, _licence(info.card_data), files)


def fetch(offer: Offer, name: str, family: str, place: Path, say: Callable[[str], None]) -> Path:
    """Fetch the offered files into the folder `name` of `place`; it appears whole or not at all.

    `family` as for `families.recognise`. Raises ModelError, ModelCorrupt (a wrong checksum), OutputError (no room).
    """
    target = place / name
    staging = place / f".{name}.{offer.revision[:12]}.partial"
    library = _library()
    try:
        staging.mkdir(parents=True, exist_ok=True)
        remotes = [_describe(library, offer, file) for file in offer.files]
        size = sum(remote.size for remote in remotes)
        say(f"{len(remotes)} files, {size / 1e6:,.0f} MB, into {target}")
        missing = size - sum(path.stat().st_size for path in staging.iterdir())
        if missing > (free := shutil.disk_usage(place).free):
            raise OutputError(f"{place} has room for {free / 1e6:,.0f} MB, and {missing / 1e6:,.0f} MB are missing")
        for remote in remotes:
            if is_weights(remote.name):  # they come last: a family that is not known is told before them
                recognise(staging, family)
            _fetch_file(library, remote, staging)
        check_whole(staging, offer.files)
        describe(staging, name, family, offer.licence, Origin(f"hub:{offer.repository}", offer.revision))
        staging.rename(target)
    except OSError as error:
        raise OutputError(f"cannot write {target}: {error.strerror or error}") from error
    for leftover in find_leftovers(name, [place]):
        shutil.rmtree(leftover, ignore_errors=True)
    return target


def _library() -> Any:
    """Import huggingface_hub; its own rule finds a token: HF_TOKEN, else what `hf auth login` saved, else none."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")  # read at import; nobody is told what is fetched
    try:
        library: Any = importlib.import_module("huggingface_hub")
        for part in ("constants", "errors", "file_download", "utils"):
            importlib.import_module(f"huggingface_hub.{part}")
    except ImportError as error:
        raise ConfigError(
            'models pull needs huggingface_hub: pip install "vn-summarize[hub]". Without a network, carry a '
            "model over with models bundle and models unbundle, or take a folder in with models import."
        ) from error
    library.utils.logging.set_verbosity_error()  # errors are told below
    return library


def _endpoint(library: Any) -> str:
    return os.environ.get("HF_ENDPOINT", "").rstrip("/") or str(library.constants.ENDPOINT)


def _describe(library: Any, offer: Offer, file: str) -> _Remote:
    """Ask for a file's size and ETag. Raises ModelError where the server gives no checksum."""
    url = library.hf_hub_url(offer.repository, file, revision=offer.revision, endpoint=_endpoint(library))
    found = _persistent(lambda: library.get_hf_file_metadata(url, endpoint=_endpoint(library)), file)
    if found.size is None or len(found.etag or "") not in (40, 64):
        raise ModelError(f"{url}: the server gives no checksum for it, so that it cannot be checked")
    return _Remote(file, url, found.size, found.etag)


def _fetch_file(library: Any, remote: _Remote, folder: Path) -> None:
    """Fetch one file, or the rest of it, and compare it with its checksum. Raises ModelError and ModelCorrupt."""
    path, part = folder / remote.name, folder / (remote.name + _PART)
    if path.exists() and _is_right(path, remote):
        return
    headers = library.utils.build_hf_headers()

    def action() -> None:
        if part.exists() and part.stat().st_size > remote.size:
            part.unlink()
        with part.open("ab") as file:
            library.file_download.http_get(
                remote.url,
                file,
                resume_size=file.tell(),
                headers=headers,
                expected_size=remote.size,
                displayed_filename=remote.name,
            )

    _persistent(action, remote.name)
    if not _is_right(part, remote):
        part.unlink()
        raise ModelCorrupt(
            f"{remote.name}: what came from {remote.url} does not have the checksum that the server gives, "
            f"{remote.etag}. It is thrown away: pull again, or set HF_ENDPOINT to another server."
        )
    part.replace(path)


def _is_right(path: Path, remote: _Remote) -> bool:
    """Compare a file with its ETag: SHA-256, or git's SHA-1 over "blob SIZE", a zero byte and the content."""
    if path.stat().st_size != remote.size:
        return False
    if len(remote.etag) == 64:
        return digest_file(path.parent, path.name).sha256 == remote.etag
    digest = hashlib.sha1(b"blob %d\0" % remote.size, usedforsecurity=False)
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest() == remote.etag


def _persistent(action: Callable[[], T], what: str) -> T:
    """Do a request, again after a pause while the server or the network has trouble.

    Raises ModelError with what to do, OutputError where the disk refuses.
    """
    errors = _library().errors
    for pause in (*PAUSES, None):
        try:
            return action()
        except errors.OfflineModeIsEnabled as error:
            raise ConfigError("HF_HUB_OFFLINE is set: models pull may not use the network") from error
        except errors.HFValidationError as error:
            raise ConfigError(f"{what}: no repository has such a name: {error}") from error
        except errors.HfHubHTTPError as error:
            if pause is None or error.response.status_code not in _TRANSIENT:
                raise ModelError(_refusal(error, what)) from error
        except (errors.HTTPError, OSError) as error:  # no connection, it broke off, or the body was too short
            if isinstance(error, OSError) and error.errno in _FULL:
                raise OutputError(f"cannot write {what}: {error.strerror}") from error
            if pause is None:
                raise ModelError(
                    f"{what}: no answer from the hub ({error}). What is fetched is kept: pull again to go on. "
                    "HTTPS_PROXY names a proxy, HF_ENDPOINT another server."
                ) from error
        time.sleep(pause)
    raise AssertionError("the last try returns or raises")


def _refusal(error: Any, what: str) -> str:
    """Say what an HTTP error of the hub means and what to do."""
    status = error.response.status_code
    code = error.response.headers.get("X-Error-Code", "")
    if code == "GatedRepo" or status == 403:
        return f"{what}: the hub asks you to accept its terms on the model's page first, and to set HF_TOKEN ({status})"
    if status == 401:
        return f"{what}: the hub has no such repository, or you may not see it: check the name, or set HF_TOKEN (401)"
    if status == 404:
        return f"{what}: not found on the hub: check the name and --revision (404)"
    kept = "; what is fetched is kept: pull again to go on" if status in _TRANSIENT else ""
    return f"{what}: the hub answers {status}{kept}"


def _licence(card: Any) -> str:
    """Read the licence of a model card; "other" is followed by its own name."""
    licence = getattr(card, "license", None) or ""
    names = [str(name) for name in (licence if isinstance(licence, list) else [licence])]
    own = getattr(card, "license_name", None)
    return ", ".join([*names, str(own)] if own else names)


def _without_weights(repository: str, pickled: tuple[str, ...]) -> str:
    if not pickled:
        return f"{repository} has no safetensors weights: only those are read"
    return (
        f"{repository} has its weights as {', '.join(pickled)} only. A pickle can run any program when it is read, "
        "so that none is taken. Look on the model's page for a revision with model.safetensors (often "
        "--revision refs/pr/N, by the hub's own converter), or convert it where you trust it, with transformers: "
        "AutoModelForSeq2SeqLM.from_pretrained(...).save_pretrained(DIR), the tokenizer too, and models import DIR."
    )
