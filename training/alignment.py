"""Word alignments of parallel text by eflomal, symmetrised with grow-diag-final-and."""

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

TOKEN = re.compile(r"\w+(?:[.,/-]\w+)*|[^\w\s]")
MARKER = re.compile(r"<unused\d>")
Links = set[tuple[int, int]]


def words(text: str) -> list[tuple[int, int]]:
    """Give the spans of the tokens that alignments count in; the marks of inline terms are none."""
    return [m.span() for m in TOKEN.finditer(MARKER.sub(lambda mark: " " * len(mark[0]), text))]


def tokenized(text: str) -> str:
    return " ".join(text[a:b].lower() for a, b in words(text))


def parse_links(line: str) -> Links:
    return {(int(a), int(b)) for a, b in (link.split("-") for link in line.split())}


def symmetrise(forward: Links, reverse: Links) -> Links:
    """Join two directions by grow-diag-final-and (Koehn et al. 2005)."""
    union, links = forward | reverse, forward & reverse
    near = [(-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1)]
    rows, columns = {a for a, _ in links}, {b for _, b in links}
    grown = True
    while grown:
        grown = False
        for a, b in sorted(links):
            for da, db in near:
                link = (a + da, b + db)
                if link in union and link not in links and (link[0] not in rows or link[1] not in columns):
                    links.add(link)
                    rows.add(link[0])
                    columns.add(link[1])
                    grown = True
    for one in (forward, reverse):
        for a, b in sorted(one):
            if a not in rows and b not in columns:
                links.add((a, b))
                rows.add(a)
                columns.add(b)
    return links


def align(pairs: Sequence[tuple[str, str]], folder: Path) -> list[Links]:
    """Align all pairs; the token indices are those of `words`. Keeps the result in `folder` to go on from."""
    from eflomal import Aligner  # noqa: PLC0415 - compiled, and needed for nothing else here

    kept = folder / "alignment.txt"
    if not kept.exists():
        with tempfile.TemporaryDirectory() as work:
            forward, reverse = Path(work, "forward"), Path(work, "reverse")
            Aligner().align(
                [tokenized(s) for s, _ in pairs], [tokenized(t) for _, t in pairs],
                links_filename_fwd=str(forward), links_filename_rev=str(reverse), quiet=True,
            )  # fmt: skip
            both = zip(forward.open(), reverse.open(), strict=True)
            lines = [symmetrise(parse_links(f), parse_links(r)) for f, r in both]
        kept.write_text("".join(" ".join(f"{a}-{b}" for a, b in sorted(x)) + "\n" for x in lines))
    links = [parse_links(line) for line in kept.read_text().splitlines()]
    if len(links) != len(pairs):
        raise SystemExit(f"{kept} aligns {len(links)} pairs, not {len(pairs)}: delete it and run again")
    return links
