"""Zip archives of articles: which files are read, under which ids."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import IO
from zipfile import ZipFile, ZipInfo

from vn_summarize.document import Article
from vn_summarize.errors import ArticleError, EmptyArticle, UnreadableArticle
from vn_summarize.parsing.packages import UNPACKED_LIMIT, open_package, read_member, unpacked_size

Read = Iterator[Article | ArticleError]

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*]')
"""What a name may not have on one of the common file systems ("Naming Files, Paths, and Namespaces", Win32)."""


def parse_archive(
    stream: IO[bytes],
    origin: str,
    article_id: str,
    suffixes: Sequence[str],
    parse: Callable[[bytes, str, str], Read],
    *,
    limit: int = UNPACKED_LIMIT,
    nested: bool = False,
) -> Read:
    """Read the files of an archive that have one of the suffixes (in lower case), in the order of their paths.

    `parse` reads one of them, given its bytes, origin ("ZIP#PATH") and id ("ZIP/PATH"). Archives in the archive
    are read too, but none in these. What cannot be had comes as the error that says why.
    """
    try:
        package = open_package(stream, origin, limit)
    except ArticleError as error:
        yield error
        return
    with package:
        limit -= unpacked_size(package)
        wanted = list(_wanted(package, suffixes))
        if not wanted:
            yield EmptyArticle(f"{origin}: holds no file that can be read ({' '.join(suffixes)})")
        for (path, member), name in zip(wanted, unique_names([path for path, _ in wanted]), strict=True):
            place, id = f"{origin}#{path}", f"{article_id}/{name}"
            try:
                data = read_member(package, member, place)
            except ArticleError as error:
                yield error
                continue
            if not path.lower().endswith(".zip"):
                yield from parse(data, place, id)
            elif nested:
                yield UnreadableArticle(f"{place}: an archive in an archive in an archive; unpack it")
            else:
                yield from parse_archive(BytesIO(data), place, id, suffixes, parse, limit=limit, nested=True)
                limit -= _size(data)


def _size(data: bytes) -> int:
    """Give the unpacked size of an archive, 0 for what is none."""
    try:
        with ZipFile(BytesIO(data)) as package:
            return unpacked_size(package)
    except Exception:  # `parse_archive` has said what is wrong with it
        return 0


def _wanted(package: ZipFile, suffixes: Sequence[str]) -> Iterator[tuple[str, ZipInfo]]:
    """Give the files to read with their plain paths, sorted; hidden ones are passed over as in folders."""
    members = [(plain_path(_name(member)), member) for member in package.infolist() if not member.is_dir()]
    for path, member in sorted(members, key=lambda pair: (pair[0], pair[1].header_offset)):
        hidden = path.startswith((".", "__MACOSX/")) or "/." in path
        if path.lower().endswith(tuple(suffixes)) and not hidden:
            yield path, member


def _name(member: ZipInfo) -> str:
    """Give a member's name; many programs write UTF-8 without the flag that says so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename


def plain_path(name: str) -> str:
    """Give the relative POSIX path that a name in an archive stands for: no drive, no "..", no unsafe sign."""
    parts = [_UNSAFE.sub("_", part).strip(" ") for part in re.split(r"[/\\]", name)]
    return "/".join(part.rstrip(". ") or "_" for part in parts if part not in ("", ".", ".."))


def unique_names(paths: Sequence[str]) -> list[str]:
    """Name each path by its stem; by its whole where stems are the same, with a number where paths are.

    Names that differ in case only count as one, for file systems that do not tell them apart.
    """
    stems = Counter(_stem(path).casefold() for path in paths)
    taken: set[str] = set()
    names = []
    for path in paths:
        name = path if stems[_stem(path).casefold()] > 1 else _stem(path)
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{path}-{number}"
        taken.add(name.casefold())
        names.append(name)
    return names


def _stem(path: str) -> str:
    folder, slash, name = path.rpartition("/")
    stem = name.rpartition(".")[0]
    return folder + slash + (stem if stem.strip(". ") else name)
