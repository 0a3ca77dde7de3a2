"""The models that are known to fit, and what their licences ask; data/models.toml holds them."""

import sys
from dataclasses import dataclass
from functools import cache
from importlib import resources

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FREE = frozenset(
    ("apache-2.0", "mit", "bsd", "bsd-2-clause", "bsd-3-clause", "cc0-1.0", "cc-by-4.0", "isc", "unlicense", "zlib")
)
"""Licences of the hub's list ("Licenses", Hub documentation) that ask for no more than naming the authors."""


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model of the catalogue; `parameters` in millions, `size` in megabytes. data/models.toml explains the rest."""

    name: str
    repository: str
    family: str
    task: str
    licence: str
    parameters: int
    size: int
    languages: str
    note: str
    revision: str = ""


@cache
def load_catalogue() -> tuple[KnownModel, ...]:
    """Read the models that are known, in the file's order."""
    text = (resources.files("vn_summarize") / "data" / "models.toml").read_text(encoding="utf-8")
    return tuple(KnownModel(**entry) for entry in tomllib.loads(text)["model"])


def find_known(name: str) -> KnownModel | None:
    """Find a model by its name or by its repository, whatever the case."""
    wanted = name.casefold()
    for known in load_catalogue():
        if wanted in (known.name.casefold(), known.repository.casefold()):
            return known
    return None


def restriction(licence: str) -> str:
    """Say what about a licence has to be accepted by the user; "" for a free one.

    Whatever is not known to be free counts as restricted: no licence means no right to use.
    """
    name = licence.strip().casefold()
    if name in FREE:
        return ""
    if not name or name == "unknown":
        return "its card states no licence: nothing allows you to use it"
    if "-nc" in name:
        return f"its licence, {licence}, forbids commercial use"
    if name.startswith("agpl"):
        return f"its licence, {licence}, asks you to publish the source of what serves it to others"
    return f"its licence, {licence}, restricts what it may be used for"
