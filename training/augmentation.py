"""Changes to training pairs: inline terms on the source, and sources that are typed otherwise."""

import random
import re
import unicodedata
from collections.abc import Sequence

from alignment import Links, words

TERM_START, TERM_MIDDLE, TERM_END = "<unused0>", "<unused1>", "<unused2>"
# A phrase that begins or ends with one of these teaches no term.
WORDS = (
    "và của các những là được cho với trong tại từ đến có đã đang sẽ để này đó về ở theo như không cũng vào ra "
    "the a an of and to in on at for with by from that this is are was were be been has have had will it as its their"
)
STOP_WORDS = frozenset(WORDS.split())
Pair = tuple[str, str]
Span = tuple[int, int]
Phrase = tuple[Span, Span]  # character spans in the source and in the target


def consistent_phrases(source: str, target: str, links: Links, longest: int = 8) -> list[Phrase]:
    """List phrase pairs whose words are aligned with each other only (Och & Ney 2004), without stop-word edges."""
    left, right = words(source), words(target)
    found = []
    for i in range(len(left)):
        for j in range(i, min(i + longest, len(left))):
            hits = [b for a, b in links if i <= a <= j]
            if not hits or len({a for a, _ in links if i <= a <= j}) < (j - i + 1) * 0.75:
                continue
            k, m = min(hits), max(hits)
            if m - k > 6 or any(k <= b <= m and not i <= a <= j for a, b in links):
                continue
            s, t = (left[i][0], left[j][1]), (right[k][0], right[m][1])
            if well_edged(source[s[0] : s[1]]) and well_edged(target[t[0] : t[1]]):
                found.append((s, t))
    return found


def well_edged(phrase: str) -> bool:
    parts = re.findall(r"\S+", phrase.lower())
    whole = re.fullmatch(r"\w.*\w|\w", phrase) is not None and not re.search(r'[,.;:!?"“”()]\s', phrase)
    return whole and parts[0] not in STOP_WORDS and parts[-1] not in STOP_WORDS


def base_form(phrase: str, rng: random.Random) -> str:
    """Give a wanted English as a glossary would print it: often singular or lower case, so inflection is learned."""
    if rng.random() < 0.3 and re.search(r"[a-z]{3}[^s]s$", phrase) and phrase[-3:] not in ("ies", "xes"):
        phrase = phrase[:-1]
    if rng.random() < 0.2 and phrase[0].isupper() and " " not in phrase:
        phrase = phrase[0].lower() + phrase[1:]
    return phrase


class Marker:
    """Marks one to three aligned phrases of a pair with the English that its reference uses."""

    def __init__(self, pairs: Sequence[Pair], links: Sequence[Links], rng: random.Random, wrong: float) -> None:
        self.pairs, self.links, self.rng, self.wrong = pairs, links, rng, wrong
        self.pool: list[str] = []  # recent English phrases, for targets that are wrong on purpose

    def mark(self, i: int) -> Pair:
        """Give pair `i` with inline terms; unchanged when no phrase of it is consistent."""
        rng = self.rng
        source, target = self.pairs[i]
        phrases = consistent_phrases(source, target, self.links[i])
        rng.shuffle(phrases)
        phrases.sort(key=lambda p: rng.random() * (p[0][1] - p[0][0]) ** 0.7, reverse=True)
        chosen: list[Phrase] = []
        wanted_marks = rng.choice((1, 1, 2, 3))
        for phrase in phrases:
            if len(chosen) < wanted_marks and all(apart(phrase[k], other[k]) for other in chosen for k in (0, 1)):
                chosen.append(phrase)
        for s, t in sorted(chosen, reverse=True):
            wanted = target[t[0] : t[1]]
            self.pool.append(wanted)
            if rng.random() < self.wrong and len(self.pool) > 50 and len(chosen) == 1:
                wanted = self.pool.pop(rng.randrange(len(self.pool)))
                target = target[: t[0]] + wanted + target[t[1] :]
            shown = "" if rng.random() < 0.1 else source[s[0] : s[1]]
            marked = TERM_START + shown + TERM_MIDDLE + base_form(wanted, rng) + TERM_END
            source = source[: s[0]] + marked + source[s[1] :]
        return source, target


def apart(a: Span, b: Span) -> bool:
    return a[1] <= b[0] or b[1] <= a[0]


class Varier:
    """Changes pairs: other digits or names on both sides, the source typed otherwise, two pairs joined."""

    def __init__(self, pairs: Sequence[Pair], rng: random.Random) -> None:
        self.rng = rng
        self.short = [pair for pair in pairs if 4 < len(pair[0].split()) < 25]
        self.names = sorted({name for source, target in pairs for name in copied_names(source, target)})
        self.kinds = (self.digits, self.digits, self.name, self.name, self.name, self.typo, self.tones, self.join)

    def vary(self, pair: Pair) -> Pair:
        """Give `pair` changed in one way drawn by lot; unchanged where that way has nothing to change."""
        return self.rng.choice(self.kinds)(*pair)

    def digits(self, source: str, target: str) -> Pair:
        """Put other digits into one number that stands once on both sides (2.700 and 2,700 become 8.413 and 8,413)."""
        rng = self.rng
        numbers = [n for n in re.findall(r"(?<![\d/.,-])\d[\d.,]*\d(?![\d/-])", source) if source.count(n) == 1]
        rng.shuffle(numbers)
        for number in numbers:
            english = number.translate(str.maketrans(".,", ",."))
            if target.count(english) != 1 or re.fullmatch(r"(19|20)\d\d", number):
                continue
            new = "".join(
                rng.choice("123456789" if i == 0 else "0123456789") if c.isdigit() else c for i, c in enumerate(number)
            )
            return source.replace(number, new), target.replace(english, new.translate(str.maketrans(".,", ",.")))
        return source, target

    def name(self, source: str, target: str) -> Pair:
        """Put another name in the place of one that the English copies, so that names are copied, not known."""
        names = copied_names(source, target)
        if not names or not self.names:
            return source, target
        old, new = self.rng.choice(names), self.rng.choice(self.names)
        return source.replace(old, new), target.replace(old, new)

    def typo(self, source: str, target: str) -> Pair:
        """Leave a letter of the source out."""
        letters = [m.start() for m in re.finditer(r"(?<=[^\W\d_])[^\W\d_](?=[a-zà-ỹ])", source)]
        if not letters or TERM_START in source:
            return source, target
        at = self.rng.choice(letters)
        return source[:at] + source[at + 1 :], target

    def tones(self, source: str, target: str) -> Pair:
        return source.replace("ủy", "uỷ").replace("òa", "oà"), target

    def join(self, source: str, target: str) -> Pair:
        """Let a short sentence follow, so that an answer does not end with the first full stop."""
        if not self.short or len(source.split()) > 40 or not source.endswith((".", "?", "!")):
            return source, target
        more = self.rng.choice(self.short)
        return f"{source} {more[0]}", f"{target} {more[1]}"


def restore_names(source: str, target: str) -> str:
    """Give the English with the diacritics of the Vietnamese names that it copies without them (Nguyen Van Hung)."""
    for run in capitalised(source, longest=6):
        words_of_run = run.split()
        for name in (" ".join(words_of_run[i:]) for i in range(len(words_of_run) - 1)):  # "Ông" begins a sentence
            plain = ascii_letters(name)
            if plain != name and not any(plain in exonym or exonym in plain for exonym in EXONYMS):
                target = re.sub(rf"(?<![\w-]){re.escape(plain)}(?![\w-])", name, target)
    return target.replace("Thừa Thiên - Hue", "Thừa Thiên - Huế")


EXONYMS = ("Viet Nam", "Ha Noi", "Ho Chi Minh", "Da Nang", "Hai Phong", "Can Tho", "Hong Kong")
"""Names that English news writes its own way."""


def ascii_letters(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in letters if not unicodedata.combining(c))


def copied_names(source: str, target: str) -> list[str]:
    """List the runs of two to four capitalised words that stand on both sides, letter for letter."""
    names = capitalised(source, longest=4)
    return [name for name in names if name in target and source.count(name) == target.count(name)]


def capitalised(source: str, longest: int) -> list[str]:
    """List the runs of two to `longest` capitalised words."""
    runs: list[list[str]] = [[]]
    for word in re.findall(r"\w+|[^\w ]", source):
        if (word[0].isupper() and word[1:].islower()) or word in "UYI":
            runs[-1].append(word)
        else:
            runs.append([])
    return list(dict.fromkeys(" ".join(run) for run in runs if 2 <= len(run) <= longest))
