"""Zip packages and the XML in them: opened without trust, within bounds."""

import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, TypeAlias
from zipfile import ZipFile, ZipInfo

from vn_summarize.errors import ArticleError, UnreadableArticle
from vn_summarize.parsing.decoding import ARTICLE_LIMIT

MEMBER_LIMIT = 10_000
"""Files of the largest package: a year of a provincial paper."""

UNPACKED_LIMIT = 1_000_000_000
"""Bytes that a package may have when unpacked."""

RATIO_LIMIT = 200
"""Times that a file may grow when unpacked; text grows some ten times, a zip bomb a thousand times."""

_SMALL = 1_000_000  # bytes below which the ratio says nothing: blank forms shrink well

Element: TypeAlias = Any  # defusedxml gives the standard library's elements, and has no types of its own


@contextmanager
def reading(origin: str, what: str, advice: str = "open and save it again") -> Iterator[None]:
    """Turn whatever a library raises for a damaged file into UnreadableArticle."""
    try:
        yield
    except ArticleError:
        raise
    except Exception as error:  # of any kind: parsers of old formats break in many ways
        reason = str(error) or type(error).__name__
        raise UnreadableArticle(f"{origin}: cannot be read as {what} ({reason[:200]}); {advice}") from error


def open_package(stream: IO[bytes], origin: str, limit: int = UNPACKED_LIMIT) -> ZipFile:
    """Open a zip package; UnreadableArticle for one that is none, or of more than `limit` bytes when unpacked."""
    with reading(origin, "a zip archive"):
        package = ZipFile(stream)
    members = package.infolist()
    if len(members) > MEMBER_LIMIT:
        raise UnreadableArticle(f"{origin}: holds more than {MEMBER_LIMIT:,} files; split it")
    if unpacked_size(package) > limit:
        raise UnreadableArticle(f"{origin}: more than {UNPACKED_LIMIT // 10**6:,} MB when unpacked; split it")
    return package


def unpacked_size(package: ZipFile) -> int:
    """Give the bytes that a package's files have when unpacked, as it says; more are never read."""
    return sum(member.file_size for member in package.infolist())


def read_member(package: ZipFile, member: ZipInfo, origin: str) -> bytes:
    """Unpack one file of a package, which `origin` names; UnreadableArticle for one locked, huge or damaged."""
    if member.flag_bits & 1:
        raise UnreadableArticle(f"{origin}: encrypted; unpack it with its password first")
    if member.file_size > ARTICLE_LIMIT:
        raise UnreadableArticle(f"{origin}: larger than {ARTICLE_LIMIT // 10**6} MB; an article is text of a few pages")
    if member.file_size > max(_SMALL, RATIO_LIMIT * member.compress_size):
        raise UnreadableArticle(f"{origin}: grows more than {RATIO_LIMIT} times when unpacked; such files are refused")
    with reading(origin, "part of a zip archive", "pack it again"), package.open(member) as stream:
        return stream.read(ARTICLE_LIMIT)


def read_part(package: ZipFile, name: str, origin: str) -> bytes:
    """Unpack the part of that name; UnreadableArticle where there is none."""
    try:
        member = package.getinfo(posixpath.normpath(name))
    except KeyError:
        raise UnreadableArticle(f"{origin}: has no part {name[:200]!r}; open and save it again") from None
    return read_member(package, member, f"{origin} ({member.filename})")


def read_xml(package: ZipFile, name: str, origin: str) -> Element:
    """Parse the XML part of that name; one that declares entities is refused."""
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415  few articles need it

    data = read_part(package, name, origin)
    with reading(origin, f"XML in its part {name[:200]}"):
        return fromstring(data)


def local_name(element: Element) -> str:
    """Give an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """Give an attribute by its name without its namespace, "" where it is missing."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")
