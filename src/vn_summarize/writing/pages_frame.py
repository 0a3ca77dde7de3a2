"""What all HTML pages share: markup that escapes by itself, the frame, and the policy that forbids all else."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files

from vn_summarize.writing.text import one_line

_VOID = frozenset(["input", "meta"])


class Html(str):
    """Text that is HTML already; any other text is escaped where it enters a page."""

    __slots__ = ()


def tag(name: str, /, *children: str, **attributes: str | int | bool) -> Html:
    """Give an element; `class_` is its class, `aria_label` its aria-label; False and "" leave an attribute out."""
    said = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{escape(one_line(str(value)))}"')
        for key, value in attributes.items()
        if value is not False and value != ""
    )
    return Html(f"<{name}{said}>" + ("" if name in _VOID else f"{join(*children)}</{name}>"))


def join(*parts: str, gap: str = "") -> Html:
    """Put parts together; those that are no Html are escaped, each on one line."""
    shown = (part if isinstance(part, Html) else escape(one_line(part)) for part in parts)
    return Html(gap.join(part for part in shown if part))


def count(number: int, noun: str) -> str:
    """Say how many: "1 error", "2,000 errors"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def section(name: str, heading: str, *children: str, class_: str = "") -> Html:
    """Give a part of the page under its heading, "" when nothing is in it."""
    inside = join(*children, gap="\n")
    if not inside:
        return Html("")
    title = tag("h2", heading, id=f"{name}-heading")
    return tag("section", title, Html("\n"), inside, id=name, class_=class_, aria_labelledby=f"{name}-heading")


def table(header: tuple[str, ...], rows: list[tuple[str, ...]], class_: str = "") -> Html:
    """Give a table of which each row begins with its own heading, "" when there are no rows."""
    if not rows:
        return Html("")
    head = tag("tr", *(tag("th", name, scope="col") for name in header))
    lines = (
        tag("tr", *(tag("td" if i else "th", cell, scope="" if i else "row") for i, cell in enumerate(row)))
        for row in rows
    )
    return tag("table", tag("thead", head), tag("tbody", join(*lines, gap="\n")), class_=class_)


def frame(title: str, navigation: str, main: str, *, skip: tuple[str, str]) -> str:
    """Give the whole page; `skip` is the id and the name of what the skip link leads to.

    Style and script stand in the page. The policy allows these two by their hashes and nothing else: no
    picture, no request, no script of the article's.
    """
    style, script = _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src {_source(style)}; script-src {_source(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    head = join(
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", title),
        Html(f"<style>{style}</style>"),
        Html(f"<script>{script}</script>"),
        gap="\n",
    )
    theme = tag("button", "Dark", id="theme", type="button", aria_pressed="false", class_="script-only")
    body = join(
        tag("a", f"Skip to {skip[1]}", href=f"#{skip[0]}", class_="skip"),
        tag("header", navigation, theme),
        tag("main", Html("\n"), main, Html("\n")),
        gap="\n",
    )
    return f'<!doctype html>\n<html lang="en">\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n'


@cache
def _asset(name: str) -> str:
    return (files("vn_summarize") / "data" / name).read_text(encoding="utf-8")


def _source(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
