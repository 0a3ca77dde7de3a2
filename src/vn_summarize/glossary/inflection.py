"""The English grammar that checking and replacing terms needs: number, possessive, verb forms, a or an.

Rules for regular words and a list of the irregular ones that provincial news has; no dictionary. A form
that the rules don't know counts as another word, so that a doubt is reported rather than hidden.
"""

import re
from functools import lru_cache

_IRREGULAR_NOUNS = {
    "buses": "bus",
    "children": "child",
    "criteria": "criterion",
    "feet": "foot",
    "lives": "life",
    "people": "person",
    "women": "woman",
}
_IRREGULAR_VERBS = {
    form: verb
    for verb, forms in {
        "become": "became",
        "build": "built",
        "buy": "bought",
        "fight": "fought",
        "find": "found",
        "get": "got",
        "give": "gave given",
        "grow": "grew grown",
        "hold": "held",
        "keep": "kept",
        "lead": "led",
        "leave": "left",
        "make": "made",
        "meet": "met",
        "overcome": "overcame",
        "rise": "rose risen",
        "sell": "sold",
        "send": "sent",
        "spend": "spent",
        "take": "took taken",
        "teach": "taught",
        "win": "won",
        "write": "wrote written",
    }.items()
    for form in forms.split()
}
_PREPOSITIONS = frozenset({"of", "for", "in", "on", "at", "to", "with", "from", "by", "against", "under", "among"})
_PARTICIPLE = re.compile(r"\b(?:have|has|had|having|being|been?|is|are|was|were) (?:\w+ly |also |now )?$")
_SIBILANTS = ("s", "x", "z", "ch", "sh")
_NO_PLURALS = ("ss", "us", "is", "ics", "news", "series")  # endings of words that only look like plurals


def singular(word: str) -> str:
    """Give the singular of a noun; a word that is no plural comes back as it is."""
    low = word.lower()
    if low in _IRREGULAR_NOUNS:
        return _like(word, _IRREGULAR_NOUNS[low])
    if low.endswith("men") and len(low) > 3:
        return word[:-2] + "an"
    if not low.endswith("s") or low.endswith(_NO_PLURALS) or len(low) < 4:
        return word
    if low.endswith("ies") and len(low) > 4:
        return word[:-3] + "y"
    if low.endswith(("sses", "shes", "ches", "xes", "zes", "oes")):
        return word[:-2]
    return word[:-1]


def plural(word: str) -> str:
    """Give the plural of a noun; a plural comes back as it is."""
    low = word.lower()
    if is_plural(word):
        return word
    for many, one in _IRREGULAR_NOUNS.items():
        if low == one:
            return _like(word, many)
    if low.endswith("man"):
        return word[:-2] + "en"
    if low.endswith("y") and low[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if low.endswith(_SIBILANTS) else "s")


def is_plural(word: str) -> bool:
    """Say whether a noun looks like a plural."""
    return singular(word) != word


@lru_cache(maxsize=65536)
def same_word(word: str, wanted: str, *, verb: bool = False) -> bool:
    """Say whether `word` is `wanted` in another number, possessive or, where it may be a verb, another form."""
    one, other = bare(word), bare(wanted)
    if one == other or singular(one) == singular(other):
        return True
    return verb and bool(base_forms(word) & base_forms(wanted))


@lru_cache(maxsize=65536)
def base_forms(word: str) -> frozenset[str]:
    """List the words that a form may belong to: "planned" to "plan", "plann", "planne" and itself."""
    word = bare(word)
    found = {word, singular(word), _IRREGULAR_VERBS.get(word, word)}
    for ending, least in (("ing", 6), ("ed", 5)):
        if word.endswith(ending) and len(word) >= least:
            stem = word[: -len(ending)]
            found |= {stem, stem + "e"}
            if stem[-1] == stem[-2]:
                found.add(stem[:-1])
            if ending == "ed" and stem.endswith("i"):
                found.add(stem[:-1] + "y")
    return frozenset(found)


def article(phrase: str) -> str:
    """Choose "a" or "an" by the sound that the phrase begins with."""
    word = re.split(r"[ -]", phrase, maxsplit=1)[0]
    low = word.lower()
    if len(word) > 1 and word.isupper():  # spelt out letter by letter
        return "an" if word[0] in "AEFHILMNORSX" else "a"
    if low.startswith(("hour", "honest", "honor", "heir")):
        return "an"
    if low.startswith(("uni", "use", "usu", "eu", "one", "once")) and not low.startswith(("unin", "unim")):
        return "a"
    return "an" if low[:1] in tuple("aeiou") else "a"


def possessive(phrase: str) -> str:
    """Put the phrase in the possessive."""
    return phrase + ("'" if phrase.lower().endswith("s") else "'s")


def with_number(phrase: str, *, many: bool) -> str:
    """Put the head noun of a phrase in the plural or the singular: "Secretaries of the ..."."""
    words = phrase.split(" ")
    head = head_index(words)
    words[head] = plural(words[head]) if many else singular(words[head])
    return " ".join(words)


def like_verb(phrase: str, form: str, before: str) -> str | None:
    """Put the first word of a phrase, a verb, into the form ("-ed", "-ing", irregular past) of another verb.

    `before` is the text up to it: after a form of "have" or "be" the past is a participle. None where the rules
    don't know the form.
    """
    verb, _, rest = phrase.partition(" ")
    low, ending = bare(form), ""
    if low.endswith("ing"):
        ending = "ing"
    elif low.endswith("ed") or low in _IRREGULAR_VERBS:
        ending = "ed"
    if not ending or not verb.islower():
        return None
    participle = _PARTICIPLE.search(before) is not None
    new = _past(verb, participle=participle) if ending == "ed" else _joined(verb, "ing")
    return f"{new} {rest}".strip()


def _past(verb: str, *, participle: bool) -> str:
    forms = [form for form, base in _IRREGULAR_VERBS.items() if base == verb]
    if verb.endswith("come"):  # become, overcome: the participle is the verb itself
        forms.append(verb)
    return forms[-1 if participle else 0] if forms else _joined(verb, "ed")


def _joined(verb: str, ending: str) -> str:
    """Join a regular ending: "planned", "carried", "evacuating"."""
    if verb.endswith("e") and not (ending == "ing" and verb.endswith(("ee", "oe", "ye"))):
        return verb[:-1] + ending
    if ending == "ed" and verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ied"
    short = re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb)
    return verb + (verb[-1] if short else "") + ending


def head_index(words: list[str]) -> int:
    """Find the head noun of a phrase: the word before the first preposition, else the last one."""
    return next((i - 1 for i, word in enumerate(words) if i and word.lower() in _PREPOSITIONS), len(words) - 1)


def bare(word: str) -> str:
    """Give the word in lower case, without the sign of the possessive."""
    low = word.lower().replace("’", "'")
    return low[:-2] if low.endswith("'s") else low.rstrip("'")


def _like(model: str, word: str) -> str:
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
