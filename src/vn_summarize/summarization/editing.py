"""How an English sentence is shortened without changing what it says.

Every rule only takes words away, so that what is left is a subsequence of the sentence's words: no figure and
no name can come in. Nothing is cut inside quotation marks or brackets, and no stretch that turns or limits
the statement ("but", "not", "except") is ever taken off.
"""

import re
from collections.abc import Callable, Iterator

_ADDITIVE = re.compile(
    r"(?:At the same time|In addition|Besides(?: (?:that|this))?|Additionally|Furthermore|Moreover|Also"
    r"|Accordingly|(?:Along|Together) with (?:that|this)|In parallel),\s+(?=\S)"
)
_LOGICAL = re.compile(
    r"(?:Among them|Of (?:which|these|them)|In which|Through (?:that|this|which)"
    r"|However|Nevertheless|Nonetheless|On the other hand|Meanwhile|Therefore|Thus|Hence|Thereby|Consequently"
    r"|As a result|For (?:that|this) reason),\s+(?=\S)"
)
_ASIDE = re.compile(r"\s+\(([^()]+)\)(?=\s|[,;:.!?\"”’]*(?:\s|$))")
_SHORT_FORM = re.compile(r"[A-ZĐ][\w&-]*[A-ZĐ][\w]*")
_BODY = (
    "Committee|Council|Party|Department|Assembly|Board|Union|Association|Front|Province|District|City|Town|Commune"
    "|Ministry|Government|Delegation|Politburo|Secretariat"
)
_OFFICE = re.compile(
    r"(?:(?:alternate|full|standing|permanent|former|acting|deputy|vice)[ -])*"
    r"(?:member|secretary|chair(?:man|woman|person)?|director|head|minister|president)\b"
    rf"(?: (?-i:of|for|the|in|and|on|[A-ZĐ]\S*))*? (?-i:{_BODY})",
    re.IGNORECASE,
)
_STARTS_WITH_OFFICE = re.compile(r"(?:[A-Z]\w+ )*(?:Member|Secretary|Chair\w*|Director|Head|Minister|President)\b")
_PURPOSE = re.compile(
    r";\s+|,?\s+(?=(?:in order to|so as to)\s)"
    r"|,\s+(?=(?:thereby|thus|helping|contributing|ensuring|aiming|aimed|striving|with the aim|with a view)\s)"
)
_RELATIVE = re.compile(r",\s+(?=(?:which|who|where|including|with|attended by)\s)")
_QUOTED = re.compile(
    r"(?:(?<=campaign)|(?<=movement)|(?<=program)|(?<=project)|(?<=contest)|(?<=theme))\s+(?=[\"“][^\"”]+[\"”]\.?$)"
)
_PURPOSE_OR_RELATIVE = re.compile(f"{_PURPOSE.pattern}|{_RELATIVE.pattern}")
_ANY_TAIL = re.compile(f"{_PURPOSE_OR_RELATIVE.pattern}|{_QUOTED.pattern}")
_PART_OF_DAY = re.compile(r"^On the (?:morning|afternoon|evening) of (?=[A-Z])")
_TURN = re.compile(
    r"\b(?:but|however|although|though|unless|except|excluding|if|only|not|no(?!\.)|nor|never|without|while|whereas|yet"
    r"|despite|expected|planned|estimated|provisional\w*|preliminary|alleged\w*)\b",
    re.IGNORECASE,
)
_LIMIT = re.compile(r"\b(?:mainly|mostly|chiefly|partly|almost|at least|at most|up to|subject to)\b", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|can|must|said|says|held|led|took|made|gave|began|came|went|built|set|saw"
    r"|met|won|rose|fell|grew|told|paid|spent|sent|brought|kept|left|found|got|became|put|\w{2,}(?<!ne)(?<!dr)ed)\b"
)
_CLOSERS = '"”’)'


def drop_connective(text: str, follows: bool) -> str:
    """Take off a leading "In addition,"; a "However," or "Therefore," too unless what it refers to stands before."""
    shorter = _ADDITIVE.sub("", text, count=1) if _ADDITIVE.match(text) else text
    if not follows and _LOGICAL.match(shorter):
        shorter = _LOGICAL.sub("", shorter, count=1)
    return shorter[:1].upper() + shorter[1:] if shorter != text else text


def drop_asides(text: str, used: Callable[[str], bool]) -> str:
    """Take out bracketed asides; a short form stays where it is `used`, and so does an aside that limits a figure."""
    closed = _closed(text)

    def replace(match: re.Match[str]) -> str:
        aside = match[1].strip()
        if _SHORT_FORM.fullmatch(aside):
            return match[0] if used(aside) else ""
        limits = _TURN.search(aside) or _LIMIT.search(aside)
        return "" if len(aside) > 2 and closed[match.start()] and not limits else match[0]

    shorter = _ASIDE.sub(replace, text)
    return shorter if re.search(r"\w", shorter) else text


def drop_offices(text: str, usual: Callable[[str], int]) -> str:
    """Leave each person one office, the most `usual` one, where several stand between commas."""
    pieces = [text[start:end] for start, end in _segments(text)]
    kept: list[str] = []
    position = 0
    while position < len(pieces):
        run = position
        while run < len(pieces) and _OFFICE.fullmatch(pieces[run].rstrip(".")):
            run += 1
        if run == position:
            kept.append(pieces[position])
            run += 1
        elif run < len(pieces) and _STARTS_WITH_OFFICE.match(pieces[run]):
            pass  # "member of A, Secretary of B Trần Văn C": the last one stands with the name
        elif position and _ends_with_name(pieces[position - 1]):
            kept.append(max(pieces[position:run], key=lambda office: usual(office.rstrip("."))))
        else:
            kept.extend(pieces[position:run])
        position = run
    shorter = ", ".join(kept)
    return shorter[:1].upper() + shorter[1:] if len(kept) < len(pieces) else text


def cut_tail(text: str, limit: int, headline: bool = False) -> str:
    """Cut trailing clauses until `limit` words are left, or as near as the safe places allow."""
    return _cut_behind(_ANY_TAIL if headline else _PURPOSE, text, limit)


def cut_once(text: str) -> str:
    """Cut the last clause that can be spared where room is short: one of purpose, a relative one, a `;` piece."""
    return _cut_behind(_PURPOSE_OR_RELATIVE, text, len(text.split()) - 1)


def drop_part_of_day(text: str) -> str:
    """Make "On the afternoon of June 8" at the beginning "On June 8"."""
    return _PART_OF_DAY.sub("On ", text)


def _cut_behind(pattern: re.Pattern[str], text: str, limit: int) -> str:
    closed = _closed(text)
    best = text
    for match in reversed(list(pattern.finditer(text))):
        head, tail = text[: match.start()], text[match.start() :]
        if len(best.split()) <= limit or _TURN.search(tail):
            break
        if closed[match.start()] and is_statement(head):
            best = head
    return best if best is text else finish(best)


def finish(text: str) -> str:
    """Begin a sentence with a capital and end it with a full stop where it has a comma, a semicolon or nothing."""
    text = text.strip().rstrip(",;:–- ")
    text = text[:1].upper() + text[1:]
    return text if text.rstrip(_CLOSERS).endswith((".", "!", "?", "…")) else text + "."


def is_statement(text: str) -> bool:
    """Say whether a stretch may stand alone: it has some length and a verb."""
    return len(text.split()) >= 5 and has_verb(text)


def has_verb(text: str) -> bool:
    """Say whether a stretch has a finite verb, by its form."""
    return _VERB.search(text) is not None


def turns(text: str) -> bool:
    """Say whether a stretch turns or limits the statement ("but", "not", "except", "planned")."""
    return bool(_TURN.search(text) or _LIMIT.search(text))


def make_headline(text: str, limit: int, usual: Callable[[str], int]) -> str:
    """Make one line of a sentence: no aside, no final stop, about `limit` words where it can be cut safely."""
    bare = drop_asides(drop_connective(text, follows=False), lambda _: False)
    return drop_stop(cut_tail(drop_offices(bare, usual), limit, headline=True))


def drop_stop(text: str) -> str:
    """Take off a final full stop; an ellipsis stays."""
    text = text.strip()
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def _ends_with_name(text: str) -> bool:
    """Say whether a stretch ends with a person's name; a list of offices held ends with bodies."""
    words = text.split()[-2:]
    return len(words) == 2 and all(word[0].isupper() for word in words) and not re.fullmatch(_BODY, words[1])


def _segments(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches between commas that stand outside quotation marks and brackets."""
    closed = _closed(text)
    start = 0
    for match in re.finditer(r",\s+", text):
        if closed[match.start()]:
            yield start, match.start()
            start = match.end()
    yield start, len(text)


def _closed(text: str) -> list[bool]:
    """Say for each character whether it stands outside quotation marks and brackets; all False if they don't pair."""
    closed = []
    depth, straight = 0, False
    for letter in text:
        straight ^= letter == '"'
        depth += (letter in "“([") - (letter in "”)]")
        closed.append(depth == 0 and not straight)
    return closed if not depth and not straight else [False] * len(text)
