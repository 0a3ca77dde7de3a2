"""The surface of a translation: quotes, capitals and the final mark come out as in the source."""

import re

END_MARKS = ".!?…"
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'"})
_CLOSERS = "\"')]”’"


def is_capitals(text: str) -> bool:
    """Say whether a text of three words or more is set in capitals, as many headlines are."""
    letters = [c for c in text if c.isalpha()]
    return len(text.split()) >= 3 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def truecase(text: str, body: str) -> str:
    """Write a text in capitals as the body writes the same words, in lower case where the body has none.

    Each longest run of words that stands in the body takes its letters from there, so that names keep
    their capitals: "TỈNH KON TUM" becomes "tỉnh Kon Tum" when the body speaks of Kon Tum.
    """
    folded = body.lower()
    if len(folded) != len(body):  # a letter whose lower case is longer: offsets would not hold
        return text.lower()
    words = re.findall(r"\S+", text)
    done: list[str] = []
    while len(done) < len(words):
        rest = words[len(done) :]
        runs = (_as_in(rest[:n], folded, body) for n in range(min(6, len(rest)), 0, -1))
        done += next((run for run in runs if run), [rest[0].lower()])
    joined = " ".join(done)
    return joined[:1].upper() + joined[1:]


def _as_in(words: list[str], folded: str, body: str) -> list[str]:
    """Give the words as they stand inside a sentence of the body, none where they do not."""
    phrase = " ".join(words).lower()
    places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", folded)]
    # A capital at a sentence's beginning proves nothing: prefer an occurrence inside one.
    inside = [p for p in places if p > 1 and body[p - 2] not in END_MARKS + "\n"]
    return body[inside[0] : inside[0] + len(phrase)].split(" ") if inside else []


def restore_surface(original: str, english: str) -> str:
    """Give the translation the source's capitals, outer quotes and final mark; its words stay."""
    text = " ".join(english.translate(_QUOTES).split())
    source = original.translate(_QUOTES).strip()
    if not text or not source:
        return text
    text = _outer_quotes(source, text)
    text = _final_mark(source, text)
    if is_capitals(original):
        return text.upper()
    first = re.match(r"\W*\w", original)
    if first and first.group()[-1].isupper():
        return re.sub(r"^(\W*)(\w)", lambda m: m[1] + m[2].upper(), text, count=1)
    return text


def _outer_quotes(source: str, text: str) -> str:
    inner = source.rstrip(END_MARKS + ",;:")
    if inner[:1] == inner[-1:] == '"' and inner.count('"') == 2 and '"' not in text:
        return f'"{text}"'
    return text


def _final_mark(source: str, text: str) -> str:
    mark = source.rstrip(_CLOSERS)[-1:]
    body = text.rstrip(_CLOSERS)
    tail = text[len(body) :]
    if mark in (":", ";", *END_MARKS):
        wanted = "..." if mark == "…" else mark
        if body.endswith(("...", wanted)) and mark != ".":
            return text
        return body.rstrip(".;:,") + wanted + tail if not body.endswith(("!", "?", wanted)) else text
    if body.endswith(".") and not re.search(r"\b(?:[A-Z]|[ap]\.m|Mr|Ms|Dr|No|etc|Inc|Co)\.$", body):
        return body.rstrip(".") + tail
    return text


def join_clauses(sources: list[str], translations: list[str]) -> str:
    """Join the translations of a sentence's clauses into one sentence again."""
    joined = ""
    for source, english in zip(sources, translations, strict=True):
        piece = english.strip()
        last = source is sources[-1]
        mark = source.rstrip()[-1:]
        if not last:
            piece = piece.rstrip(" .") + (mark if mark in ",;:" and not piece.endswith(mark) else "")
        if joined and not source[:1].isupper():
            piece = piece[:1].lower() + piece[1:] if not re.match(r"[A-Z]{2}|I\b|\w*[^\W\d_A-Za-z]", piece) else piece
        joined = f"{joined} {piece}".strip()
    return joined
