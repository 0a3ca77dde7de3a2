"""Lists of files: a path a line (.lst), or a sitemap (.xml, sitemaps.org) whose addresses are files."""

from urllib.parse import urlsplit
from urllib.request import url2pathname

from vn_summarize.errors import ArticleError, ConfigError
from vn_summarize.parsing.decoding import decode
from vn_summarize.parsing.packages import local_name, reading

LISTS = (".lst", ".xml")
"""The suffixes of lists; in a folder none is looked for."""


def parse_listing(data: bytes, name: str) -> list[str]:
    """Give the paths in a list, as they stand there; `name` stands in messages.

    Raises ConfigError for a list that cannot be read, and for an address on the network.
    """
    try:
        entries = _locations(data, name) if name.lower().endswith(".xml") else decode(data, name)[0].split("\n")
    except ArticleError as error:
        raise ConfigError(str(error)) from error
    kept = [entry.strip() for entry in entries if entry.strip() and not entry.lstrip().startswith("#")]
    return [_local(entry, name) for entry in kept]


def _locations(data: bytes, name: str) -> list[str]:
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415  few runs need it

    with reading(name, "a sitemap"):
        return [element.text or "" for element in fromstring(data).iter() if local_name(element) == "loc"]


def _local(entry: str, name: str) -> str:
    parts = urlsplit(entry)
    if parts.scheme == "file":
        return url2pathname(parts.path)
    if "://" in entry or "\0" in entry:
        raise ConfigError(f"{name}: {entry!r} is no file of this machine; save the page and list its file")
    return entry
