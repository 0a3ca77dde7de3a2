"""Where a sentence names provinces, districts and communes, and the type-aware English that they ask for.

A place is a type's word and a known name after it, the longest one: "xã Hơ Moong". Several names may share the
word: "các xã Hơ Moong, Rờ Kơi và Mô Rai". A province needs none where no other unit has its name. So none
of the 10,000 names goes into the automaton of terms, and "xã" before any other word stays what it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from vn_summarize.cleaning import fold
from vn_summarize.document import Place, Sentence
from vn_summarize.glossary import units
from vn_summarize.glossary.inflection import plural
from vn_summarize.glossary.surfaces import WORD, canonical, key_of
from vn_summarize.glossary.syllables import is_syllable
from vn_summarize.glossary.terms import PLACES, Term
from vn_summarize.verification.bodies import HEADS, LANDMARKS, PHRASES, SURNAMES
from vn_summarize.verification.names import find_names, strip_marks

_LEVELS = (units.PROVINCE, units.DISTRICT, units.COMMUNE)
TYPES = {
    "tỉnh": ("T", "Province"),
    "thành phố": ("Ck", "City"),
    "tp": ("Ck", "City"),
    "thị xã": ("s", "Town"),
    "tx": ("s", "Town"),
    "quận": ("q", "District"),
    "huyện": ("h", "District"),
    "huyện đảo": ("h", "Island District"),
    "thị trấn": ("t", "Township"),
    "tt": ("t", "Township"),
    "xã": ("x", "Commune"),
    "xã đảo": ("x", "Island Commune"),
    "phường": ("p", "Ward"),
    "đặc khu": ("d", "Special Zone"),
}
"""A type's word, folded, with the letters of the types that it may be and its English."""
TYPE = re.compile(rf"(?<![\w-])({'|'.join(sorted(TYPES, key=len, reverse=True))})(?:\s*(:)|\.)?\s*(?=\w)")
"""A type's word before a name."""
_SEVERAL = re.compile(r"(?:các|những|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|nhiều|số|\d+)\s+$")
_NEXT = re.compile(r"\s*[,;]\s*(?:và\s+)?|\s+(?:và|hoặc|cùng)\s+")
_INSIDE = re.compile(r"\s*[-–]\s*|\s+")  # between the words of a name
_NUMBER = re.compile(r"\d{1,2}|[IVX]+")
_WORDS = 6  # of the longest name: "Văn Miếu - Quốc Tử Giám"
_CUE_WORDS = "ông bà anh chị em cô chú bác cháu cụ xã huyện phường quận thôn làng buôn bản ấp phố"
_CUES = LANDMARKS.union(_CUE_WORDS.split())
"""Words before a bare name that make it another thing's or a person's."""
# Other English that is as good: VNA writes "Plei Kan town" for a thị trấn.
_SAME = {
    "Province": ("Provincial",),
    "City": ("Municipal", "Municipality"),
    "District": ("Urban District", "Rural District"),
    "Island District": ("District",),
    "Township": ("Town",),
    "Island Commune": ("Commune",),
    "Special Zone": ("Special Administrative Zone", "Special Administrative Region"),
}
_ADJECTIVES = frozenset({"Provincial", "Municipal"})
_CITY_FORMS = {"Hanoi": ("Hanoi City",), "Ho Chi Minh City": ("HCM City", "HCMC")}
_NOUNS = ("Province", "City", "District", "Town", "Township", "Commune", "Ward", "Village", "Hamlet")


@dataclass(frozen=True, slots=True)
class Name:
    """A place's name in a text; `key` is its form in the table of units."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One place, or several that share the word for their type, in a text.

    `start`: where that word stands; `type`: its letter in the table of units; `noun`: its English, "" where the
    text does not say it.
    """

    text: str
    start: int
    end: int
    type: str
    noun: str
    names: tuple[Name, ...]

    @property
    def english(self) -> tuple[str, ...]:
        """The English names, without type; diacritics as printed."""
        return tuple(_english_name(self.text[name.start : name.end], name.key, self.type) for name in self.names)


def find_mentions(text: str) -> tuple[Mention, ...]:
    """Find the places of a text (NFC) in their order."""
    folded = fold(text)
    typed = [mention for mention in (_typed(text, folded, m) for m in TYPE.finditer(folded)) if mention]
    taken = {i for mention in typed for i in range(mention.start, mention.end)}
    bare = [m for m in (_bare(text) if _provinces().search(folded) else ()) if taken.isdisjoint(range(m.start, m.end))]
    return tuple(sorted((*typed, *bare), key=lambda mention: mention.start))


def find_name(text: str, at: int, letters: str) -> tuple[str, int] | None:
    """Give the English of a place's name of the types `letters` that begins at `at`, without type, and its end."""
    name = _name(text, fold(text), at, letters)
    return (_english_name(text[at : name.end], name.key, letters[0]), name.end) if name else None


def _typed(text: str, folded: str, word: re.Match[str]) -> Mention | None:
    """Read the names after a type's word."""
    letters, noun = TYPES[word[1]]
    several = bool(_SEVERAL.search(folded[: word.start()]))
    if word[2] and not several:
        return None
    names: list[Name] = []
    at = word.end()
    while name := _name(text, folded, at, letters):
        names.append(name)
        following = _NEXT.match(folded, name.end)
        if not several or not following:
            break
        at = following.end()
    if not names:
        return None
    letter = letters if letters != "Ck" else "C" if units.known(names[0].key, "C") else "k"
    return Mention(text, word.start(), names[-1].end, letter, noun, tuple(names))


def _name(text: str, folded: str, at: int, letters: str) -> Name | None:
    """Take the longest known name that begins at `at`; one with other marks than the table's is known too."""
    ends = list(_ends(text, at))
    if not ends:
        return None
    # A town may be a city by now, a commune a ward: any type of the level will do.
    types = "C" + units.DISTRICT if letters == "Ck" else next(level for level in _LEVELS if letters in level)
    if letters in "qp" and _NUMBER.fullmatch(text[at : ends[0]]):
        return Name(at, ends[0], folded[at : ends[0]].lstrip("0") or "0")
    keys = [(end, key_of(folded[at:end])) for end in reversed(ends)]
    found = next(((end, key) for end, key in keys if units.known(key, types)), None)
    if not found:
        odd = ((end, key) for end, key in keys if not all(map(is_syllable, key.split())))
        found = next(((end, known) for end, key in odd if (known := units.variant_of(key, types))), None)
    if not found or not _closes(text, found[0]):
        return None
    return Name(at, *found)


def _ends(text: str, at: int) -> Iterator[int]:
    """Give the ends of the first, the first two ... of the capitalised words that stand here."""
    for _ in range(_WORDS):
        word = WORD.match(text, at)
        if not word or not (word[0][0].isupper() or word[0][0].isdigit()):
            return
        yield word.end()
        gap = _INSIDE.match(text, word.end())
        if not gap:
            return
        at = gap.end()


def _closes(text: str, end: int) -> bool:
    """Say whether a name ends here: another capital follows only where it begins a person's name or a title."""
    following = re.match(r" ((?=[^\W\d_])[\w'’]+)( \w+)?", text[end:])
    if not following or not following[1][0].isupper():
        return True
    return following[1] in SURNAMES or following[1].lower() in HEADS or following.group().strip().lower() in PHRASES


def _bare(text: str) -> Iterator[Mention]:
    """Find the provinces, and the cities under the state, whose type the text does not say."""
    for name in find_names(text):
        printed = text[name.start : name.end]
        key = canonical(printed)
        before = re.search(r"([^\W\d_]+) $", text[: name.start])
        if name.person or (before and before[1].lower() in _CUES) or key == "hồ chí minh":  # mostly the person
            continue
        types = {unit.type for unit in units.units_of(key)}
        if types == {"T"} or "C" in types:
            letter = "C" if "C" in types else "T"
            yield Mention(text, name.start, name.end, letter, "", (Name(name.start, name.end, key),))


@cache
def _provinces() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(name) for name in units.provinces()))


def _english_name(printed: str, key: str, letter: str) -> str:
    if _NUMBER.fullmatch(printed):
        return printed.lstrip("0")
    if letter in units.PROVINCE and key in units.ENGLISH_NAMES:
        return units.ENGLISH_NAMES[key]
    return units.title(printed.lower()) if len(printed) > 3 and printed.isupper() else " ".join(printed.split())


def required_term(mention: Mention) -> Term:
    """Make the term that a mention is: the English it asks for, other good English, and known wrong English."""
    names, noun = mention.english, mention.noun
    source = mention.text[mention.start : mention.end]
    target = _full(names, noun)
    nouns = (noun, *_SAME.get(noun, ())) if noun else ()
    worded = not any(map(_NUMBER.fullmatch, names))
    good = [_full(names, other) for other in nouns]
    good += [f"{_many(other, names)} of {_join(names)}" for other in nouns if worded and other not in _ADJECTIVES]
    if len(names) > 1:
        good.append(_join([_full([name], noun) for name in names]))
    elif mention.type in units.PROVINCE:
        good += _CITY_FORMS.get(names[0], (names[0],))
    good = [form for form in dict.fromkeys(good) if form != target]
    printed = [" ".join(mention.text[name.start : name.end].split()) for name in mention.names]
    spellings = [names, printed, [strip_marks(name) for name in names]]
    wrong = [_full(spelt, other) for spelt in spellings for other in ((*nouns, *_NOUNS) if noun else ("",))]
    if mention.type == "C":
        wrong += [printed[0], strip_marks(printed[0])]
    allowed = {form.lower() for form in (target, *good)}
    forbidden = [form for form in dict.fromkeys(wrong) if form.lower() not in allowed]
    return Term(source, target, alternatives=tuple(good), forbidden=tuple(forbidden), origin=PLACES)


def _full(names: Sequence[str], noun: str) -> str:
    """Give names their type: "Sa Thầy District", "Sa Thầy and Đăk Glei Districts", "District 3", "Hanoi"."""
    joined = _join(names)
    if not noun or joined == "Hanoi" or joined.endswith(" City"):
        return joined
    if all(_NUMBER.fullmatch(name) for name in names):
        return f"{_many(noun, names)} {joined}"
    return f"{joined} {_many(noun, names)}"


def _many(noun: str, names: Sequence[str]) -> str:
    return plural(noun) if len(names) > 1 and noun not in _ADJECTIVES else noun


def _join(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def list_places(sentences: Sequence[Sentence]) -> tuple[Place, ...]:
    """List the places that sentences name, each once, with their English and what they are today."""
    found: dict[tuple[str, str], list[tuple[Mention, int, int]]] = {}
    parents: dict[tuple[str, str], set[str]] = {}
    for sentence in sentences:
        mentions = find_mentions(sentence.text)
        for mention, following in zip(mentions, (*mentions[1:], None), strict=False):
            parent = following.names[0].key if following and _belongs(mention, following) else ""
            for i, name in enumerate(mention.names):
                place = (mention.type, name.key)
                found.setdefault(place, []).append((mention, i, sentence.index))
                parents.setdefault(place, set()).update({parent} - {""})
    return tuple(_place(*place, uses, parents[place]) for place, uses in found.items())


def _belongs(mention: Mention, following: Mention) -> bool:
    """Say whether the place behind is the one that a place belongs to: "xã Hơ Moong, huyện Sa Thầy"."""
    between = mention.text[mention.end : following.start]
    ranks = [next(rank for rank, level in enumerate(_LEVELS) if m.type in level) for m in (mention, following)]
    return ranks[0] > ranks[1] and re.fullmatch(r"\s*[,(]?\s*(?:(?:thuộc|của|ở)\s+)?", between) is not None


def _place(letter: str, key: str, uses: Sequence[tuple[Mention, int, int]], parents: set[str]) -> Place:
    mention, i, _ = next((use for use in uses if use[0].noun), uses[0])
    first, at, _ = uses[0]
    noun = mention.noun or units.NOUNS[letter]
    english = _full([mention.english[i]], noun)
    source = first.text[first.start : first.names[at].end]
    return Place(
        source=source if at == 0 and ":" not in source else first.text[first.names[at].start : first.names[at].end],
        type=noun.lower(),
        english=english,
        ascii=strip_marks(english),
        sentences=tuple(dict.fromkeys(index for *_, index in uses)),
        today=units.today(key, letter, parents),
    )
