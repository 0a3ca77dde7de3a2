"""The form of a translation: loops, length, Vietnamese left in it, quotes and brackets, negation.

Every bound below was set on train/provincial.tsv (36,063 pairs whose English is good) so that fewer
than 0.5 % of them are flagged, negation apart (its rule says how many).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from vn_summarize.document import Finding, Severity

_LETTERS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_ACCENTED = "résumé résumés café cafés fiancé fiancée cliché clichés décor exposé à protégé communiqué naïve"
_FRENCH = frozenset(_ACCENTED.split())
_VIETNAMESE = re.compile(f"[{_LETTERS}]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_QUOTED = re.compile(r'"[^"]*"|\([^()]*\)|\'[^\']{3,}\'')
_CAPITAL = "A-ZĐÀ-ÝĂÂÊÔƠƯ"
_TITLE = re.compile(  # "Tri thức trực tuyến", "Người lao động": a name that is left as it is
    rf"(?<!\w)[{_CAPITAL}][^\W\d_]*[ -](?=[^\W\d_A-Z]*[{_LETTERS}])(?:[^\W\d_]*[{_LETTERS}][^\W\d_]*[ -]?"
    rf"|[a-z]{{1,5}} (?=[^\W\d_]*[{_LETTERS}]))*"
    rf"|(?<!\w)(?=[^\W\d_]*[{_LETTERS}])[{_CAPITAL}][^\W\d_]*[ -](?:[^\W\d_]*[{_LETTERS}][^\W\d_]*[ -]?"
    rf"|[a-z]{{1,5}} (?=[^\W\d_]*[{_LETTERS}]))*"
)
_DOUBLE = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_NO_NEGATION = re.compile(
    r"không (?:chỉ|những|kích|hổ|bao lâu|quá|kỳ hạn|thể thiếu|khí|gian|quân|trung|ngừng|tặc|ít|riêng|kể|"
    r"thể không|tránh khỏi|khỏi|may|lâu|kém|đồng|ai không|biết|phận|chuyên trách|yên|còn|đáng|nhiều|tốt|lực)"
    r"|(?:hàng|trên|đường|số|chân|hay|có|nếu|hoặc|phòng) không|(?:không|chưa)(?=[^\w\s]*[?.!,;:…]|$)|hay chưa"
    r"|\bchẳng (?:hạn|may|đáng|qua)|chưa (?:đầy|kể|tới|đến|bao giờ)|(?:không|chưa) (?:\w+ ){1,6}(?:không|chưa)\b"
    r"|\b(?:có|đã|xem|liệu|gì|được) (?:\w+ ){0,9}(?:không|chưa)\b(?=\W|$)",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"\b(?:không|chưa|chẳng)\b", re.IGNORECASE)
_NEGATIVE = re.compile(
    r"n['’]t\b|\b(?:not|no|never|none|nor|neither|nobody|nothing|nowhere|without|cannot|hardly|rarely|barely|scarcely|"
    r"seldom|fail\w*|lack\w*|refus\w*|free|avoid\w*|den(?:y|ied|ies|ying)|prevent\w*|stop\w*|ceas\w*|absen\w+|"
    r"missing|miss(?:ed|es)?|instead|"
    r"rather|few|fewer|little|less|exclu\w+|prohibit\w*|ban(?:s|ned|ning)?|forbid\w*|regardless|except|pending|"
    r"reject\w*|declin\w*|beyond|yet to|unless|otherwise|still to|poor|impossible|against|correctly|"
    r"independent\w*|from \w+ing|"
    r"below|short of|in vain|out of|barred|block\w*|far from|contrary|contravention|in violation|wrong\w*|bad|zero|"
    r"negligible|substandard|weak|difficult|incapable|loss|lost|neglect\w*|empty|vacant|anonymous|"
    r"\w{3,}less(?:ly|ness)?|(?:un(?!der|i[ftov]|til|less)|mis(?!sion)|"
    r"dis(?!trict|cipl|ease|cuss|tribut|patch|play|cover|pute|burs|charg|tanc|aster|tinct|solv|cern|seas|posal|sem))"
    r"[a-z]{4,}|non-?\w+|(?:ill?eg|illog|illit|immatur|immobil|imposs|imperf|improper|impract|irreg|irresp|irrev|irrat)[a-z]*|"
    r"in(?:ability|active|tangible|visible|experienced|distinct|(?:adequa|accura|appropriat|capab|complet|consisten|"
    r"convenien|correct|effective|efficien|eligib|flexib|formal|human|just|salubr|secur|separab|significant|stab|sufficien|"
    r"valid(?!s)|voluntar|hygien|compatib|comprehen|definite|direct|evitab)\w*))\b",
    re.IGNORECASE,
)

_DENIAL = re.compile(r"n['’]t\b|\b(?:not|cannot|never|neither|nor)\b", re.IGNORECASE)
_MAY_DENY = re.compile(
    r"\b(?:không|ko|chưa|chẳng|chả|đừng|chớ|khỏi|cấm|thiếu|hết|bỏ|mới|mãi|đâu|mà|chứ|dù|ngoài|vô|sai|bất|hay|khác|trái|"
    r"tránh|nào|kể|phi|mất|trừ|dừng|ngừng)\b",
    re.IGNORECASE,
)


def check_form(source: str, english: str) -> tuple[Finding, ...]:
    """Name what is wrong with the shape of `english` as a translation of `source`; sentences are not numbered."""
    if not english.strip():
        return (Finding("length", "error", "the translation is empty"),) if source.strip() else ()
    return tuple(
        finding
        for check in (_repetition, _length, _untranslated, _marks, _negation)
        for finding in check(source, english)
    )


def _repetition(source: str, english: str) -> Iterator[Finding]:
    """Find loops that the source lacks.

    A stretch said three times on end (a word four times, eight words or more twice), or six words in a
    row that come three times anywhere.
    """
    words, ours = ([w.lower() for w in re.findall(r"\w+", text)] for text in (english, source))
    loop = _loop(words)
    if loop and not _loop(ours):
        yield Finding("repetition", "error", f'"{" ".join(loop)}" is repeated')
        return
    grams = Counter(tuple(words[i : i + 6]) for i in range(len(words) - 5))
    most, times = max(grams.items(), key=lambda item: item[1], default=((), 0))
    theirs = Counter(tuple(ours[i : i + 3]) for i in range(len(ours) - 2))
    if times >= 3 and max(theirs.values(), default=0) < times:
        yield Finding("repetition", "error", f'"{" ".join(most)}" comes {times} times')


def _loop(words: Sequence[str]) -> Sequence[str]:
    """Give the first stretch that follows itself too often."""
    for size in range(1, min(20, len(words) // 2) + 1):
        needed = 4 if size == 1 else 3 if size < 8 else 2
        for i in range(len(words) - size * needed + 1):
            stretch = words[i : i + size]
            if all(words[i + size * n : i + size * (n + 1)] == stretch for n in range(1, needed)):
                return stretch
    return ()


def _length(source: str, english: str) -> Iterator[Finding]:
    """Compare the English words with the Vietnamese syllables; 99 % of good pairs lie between 0.56 and 1.4."""
    ours, theirs = len(source.split()), len(english.split())
    if theirs < 0.5 * ours - 2:
        severity: Severity = "error" if theirs < 0.3 * ours else "warning"
        yield Finding("length", severity, f"{theirs} English words for {ours} syllables: something may be left out")
    if theirs > 1.25 * ours + 6:
        severity = "error" if theirs > 2 * ours + 6 else "warning"
        yield Finding("length", severity, f"{theirs} English words for {ours} syllables: something may be added")


def _untranslated(source: str, english: str) -> Iterator[Finding]:
    """Find Vietnamese words in lower case, outside of quotes, brackets and names."""
    text = _QUOTED.sub(" ", english.translate(_DOUBLE))
    words = _WORD.findall(text)
    left = [w for w in _WORD.findall(_TITLE.sub(" ", text)) if is_vietnamese(w)]
    everywhere = [w for w in words if is_vietnamese(w)]
    if len(everywhere) > 2 and len(everywhere) > 0.25 * len(words):
        yield Finding("untranslated", "error", f'left in Vietnamese: "{" ".join(everywhere[:8])}"')
    elif left:
        yield Finding("untranslated", "warning", f'left in Vietnamese: "{" ".join(left[:8])}"')


def is_vietnamese(word: str) -> bool:
    """Say whether a word in lower case has a letter of Vietnamese, and is none that English has taken from French."""
    return word.islower() and _VIETNAMESE.search(word) is not None and word not in _FRENCH


def _marks(source: str, english: str) -> Iterator[Finding]:
    """Compare quotes and brackets: lost altogether, or left open where the source closes them."""
    ours, theirs = (text.translate(_DOUBLE) for text in (source, english))
    if ours.count('"') % 2 == 0:
        if theirs.count('"') % 2:
            yield Finding("quote", "warning", "a quotation mark is left open")
        elif ours.count('"') and not re.search(r"\"|(?<!\w)['‘]\w", theirs):  # a genitive's apostrophe is no quote
            yield Finding("quote", "warning", "the quotation marks are missing")
        elif not ours.count('"') and theirs.count('"') and not re.search("['‘’]", ours):
            yield Finding("quote", "info", "quotation marks are added")
    for opening, closing in ("()", "[]"):
        if ours.count(opening) != ours.count(closing):
            continue
        if theirs.count(opening) != theirs.count(closing):
            yield Finding("bracket", "warning", f'"{opening}" and "{closing}" do not match')
        elif ours.count(opening) > 1 and not theirs.count(opening):
            yield Finding("bracket", "warning", f'"{opening}{closing}" is missing')


def _negation(source: str, english: str) -> Iterator[Finding]:
    """Look for a negative word where the source has "không", "chưa" or "chẳng", and for "not" where it has none.

    Of good pairs with such a word about one in fifty is flagged: English says it in too many ways. A "not" of its
    own have 4 of all 36,063.
    """
    denial = _DENIAL.search(english)
    if denial and not _MAY_DENY.search(source):
        yield Finding("negation", "error", f'"{denial.group()}" denies what the source does not')
    match = _NEGATION.search(_NO_NEGATION.sub(" ", source))
    if match is None or (match.group().lower() == "chưa" and re.search(r"\bbefore\b", english, re.IGNORECASE)):
        return
    if not _NEGATIVE.search(english):
        yield Finding("negation", "warning", f'no negative answers "{match.group()}"')
