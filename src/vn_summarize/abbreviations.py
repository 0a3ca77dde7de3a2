"""Short forms: what the article defines, the known ones (data/abbreviations.tsv), and what the English may keep."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from vn_summarize.cleaning import fold
from vn_summarize.definitions import Definition, canonical, find_definitions, find_english, one_letter_off
from vn_summarize.document import Abbreviation, Finding, Sentence
from vn_summarize.glossary.syllables import is_syllable

# Kinds of document (Decree 30/2020/NĐ-CP, Appendix III) and offices: next to a number they are a code.
_CODE_PARTS = frozenset(
    {"NQ", "QĐ", "CT", "KH", "TB", "NĐ", "HD", "CTr", "TTr", "BC", "TT", "TTLT", "CV", "KL", "QC"}
    | {"TW", "TƯ", "TU", "HU", "CP", "TTg"}
)
# Read as a document only before its number ("CT 12"): alone they have too many other meanings.
_NUMBERED = frozenset({"CT", "KH", "TB", "HD", "BC"})
# Written with a full stop before a name: "TP. Kon Tum".
_DOTTED = frozenset({"TP", "Tp", "TX", "TT"})
# Acronyms that English-language news prints without explanation, beside the table's English short forms.
_USUAL = """
VND USD EUR COVID HIV AIDS ASEAN APEC UNESCO UNICEF UNDP UNFPA WTO IMF FAO NATO CPTPP EVFTA USAID JICA ISO GAP IUU
LED ATM USB SMS PCR DNA GPS QR AI IT TV ID CEO SARS LPG US UK AM PM OK
"""
_NUMBER_FOLLOWS = re.compile(r"\s+(?:số\s+)?\d")
_STOP = re.compile(r"\.\s?(?=[^\W\d_])")
_WORDS = re.compile(r"\w+")
_ROMAN = re.compile(r"[IVXLC]+")
_CAPITALS = re.compile(r"(?<![\w/.&–-])[^\W\d_]+(?:[&-][^\W\d_]+)*(?![\w/&]|[-–.]\w)")
_SENTENCE_START = re.compile(r"(?:^|[.!?…][\"”’)]*\s)[\s\"“‘(*•–-]*$")


class _Forms(NamedTuple):
    """What `expand` writes: long forms without short forms in them, and the pattern that finds the short ones."""

    longs: Mapping[str, str]
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def known_abbreviations() -> tuple[Abbreviation, ...]:
    """Load the built-in table; `origin` is the source of the row."""
    table = resources.files("vn_summarize").joinpath("data", "abbreviations.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines()[1:]]
    return tuple(Abbreviation(short, long, english, usual, origin) for short, long, english, usual, origin in rows)


def find_abbreviations(sentences: Sequence[Sentence]) -> tuple[tuple[Abbreviation, ...], tuple[Finding, ...]]:
    """Find the short forms that hold in an article: its own definitions, then the known ones that it uses.

    A definition of the article wins over the table. Its English is the table's where the long forms agree,
    else "": how the model renders the long form decides. Where the article gives the English itself, that is it, and
    the long form may be "". Findings name typing errors in long forms.
    """
    by_short = {known.short: known for known in known_abbreviations()}
    pairs = tuple((known.short, known.long) for known in known_abbreviations())
    found: dict[str, Abbreviation] = {}
    findings: list[Finding] = []
    for sentence in sentences:
        for definition in find_definitions(sentence.text, pairs):
            if definition.short not in found:
                found[definition.short] = _defined(definition, sentence, sentences, by_short.get(definition.short))
                findings.extend(_typos(definition, sentence.index, found[definition.short]))
        for short, english in find_english(sentence.text):
            found.setdefault(short, _given(short, english, sentence, by_short.get(short)))
    several = [short for short in found if " " in short]  # where the article defines "TNCS HCM", HCM is a part of it
    pattern, shorts = _pattern((*by_short, *several)), by_short | found
    for sentence in sentences:
        for match in pattern.finditer(sentence.text):
            for short in _parts(match, sentence.text, shorts):
                found.setdefault(short, shorts[short])
    return tuple(found.values()), tuple(findings)


def _defined(
    definition: Definition, sentence: Sentence, sentences: Sequence[Sentence], known: Abbreviation | None
) -> Abbreviation:
    long, run = definition.long, fold(definition.long)
    if known and (run == fold(known.long) or one_letter_off(run, fold(known.long))):
        return Abbreviation(known.short, known.long, known.english, known.english_short, "article", sentence.index)
    lower = long[0].lower() + long[1:]
    if lower != long and any(lower in other.text for other in sentences):
        long = lower  # a capital of the sentence's beginning only
    same = _same_long(fold(expand(long, known_abbreviations())))
    english, usual = (same.english, same.english_short) if same else ("", "")
    return Abbreviation(definition.short, long, english, usual, "article", sentence.index)


def _given(short: str, english: str, sentence: Sentence, known: Abbreviation | None) -> Abbreviation:
    if known and known.english.casefold() == english.casefold():
        return known
    return Abbreviation(short, "", english, short, "article", sentence.index)


def _same_long(run: str) -> Abbreviation | None:
    """Find the row with this long form, or with it but for "Việt Nam" where the English names Vietnam anyway."""
    rows = known_abbreviations()
    exact = (row for row in rows if fold(row.long) == run)
    short = run.removesuffix(" việt nam")
    near = (row for row in rows if "Vietnam" in row.english and fold(row.long).removesuffix(" việt nam") == short)
    return next(exact, None) or next(near, None)


def _typos(definition: Definition, sentence: int, abbreviation: Abbreviation) -> list[Finding]:
    printed, meant = definition.long, abbreviation.long
    if one_letter_off(fold(printed), fold(meant)):
        return [Finding("typo", "info", f"“{printed}” ({definition.short}) is read as “{meant}”", sentence)]
    # Seven letters: the longest syllable ("nghiêng"); capitals begin names, of which many are not Vietnamese.
    odd = [w for w in re.findall(r"[^\W\d_]+", printed) if w.islower() and len(w) <= 7 and not is_syllable(w)]
    return [Finding("typo", "info", f"“{w}” in “{printed}” ({definition.short}) is no syllable", sentence) for w in odd]


@lru_cache(maxsize=64)
def _pattern(shorts: tuple[str, ...]) -> re.Pattern[str]:
    """Match short forms as whole tokens, also several joined by hyphens ("HĐND-UBND"); never inside a code."""
    spelled = [re.sub(r"\\?([&-])", r"\\s?[\1]\\s?", re.escape(s)).replace("[-]", "[-–]") for s in shorts]
    either = "|".join(sorted(spelled, key=len, reverse=True)) or r"(?!)"
    undotted = "".join(f"(?<!{short})" for short in sorted(_DOTTED))
    return re.compile(
        rf"(?<![\w&/])(?<!\w[-–.])(?:{either})(?:[-–/](?:{either}))*"
        rf"(?![\w&/]|[-–]\w)(?!{undotted}\.\w)"
    )


def _parts(match: re.Match[str], text: str, longs: Mapping[str, object]) -> list[str]:
    """Give the short forms of a match; none where it is a code, or a title in capitals holds a plain word."""
    whole = canonical(match[0])
    parts = [whole] if whole in longs else [canonical(part) for part in re.split(r"[-–/]", match[0])]
    if any(part not in longs for part in parts):
        return []
    coded = any(part in _CODE_PARTS for part in parts)
    if coded and (len(parts) > 1 or re.search(r"\d\s*[-–/]\s*$", text[max(0, match.start() - 20) : match.start()])):
        return []
    if whole in _NUMBERED and not _NUMBER_FOLLOWS.match(text, match.end()):
        return []
    if is_syllable(whole.lower()) and text.isupper():
        return []
    return parts


_TOKEN = re.compile(r"[\w&-]+")


@lru_cache(maxsize=64)
def _forms(abbreviations: tuple[Abbreviation, ...]) -> _Forms:
    """Write out the short forms inside long forms; those that hold themselves, however deep, are left out.

    So are the ones that are English already (GDP): a translator copies them better than it names them.
    """
    useless = {a for a in abbreviations if not a.long or a.short in (a.english_short, *_TOKEN.findall(a.long))}
    waiting = {a.short: a.long for a in reversed(abbreviations) if a not in useless}
    pattern = _pattern(tuple(waiting))
    longs: dict[str, str] = {}
    while True:
        forms = _Forms(longs, pattern)
        # The comma: a long form does not begin a sentence.
        ready = {short: _expand_once(long, forms, ",")[1:] for short, long in waiting.items() if short not in longs}
        done = {
            short: long
            for short, long in ready.items()
            if not any(_parts(match, long, waiting) for match in pattern.finditer(long))
        }
        if not done:
            return _Forms(longs, _pattern(tuple(longs)))
        longs = longs | done


def expand(text: str, abbreviations: Sequence[Abbreviation]) -> str:
    """Write the short forms out in Vietnamese, for the model: "long (SHORT)" becomes "long".

    Codes stay ("181-QĐ/TW"), English acronyms too. Expanding again changes nothing.
    """
    forms = _forms(tuple(abbreviations))
    # A definition taken away can uncover another one; a few rounds settle any real text.
    for _ in range(10):
        once = _expand_once(_without_definitions(text, forms), forms)
        if once == text:
            break
        text = once
    return text


def _without_definitions(text: str, forms: _Forms) -> str:
    written, at = "", 0
    for definition in find_definitions(text, tuple(forms.longs.items())):
        if long := forms.longs.get(definition.short):
            written += text[at : definition.start]
            printed, meant = definition.long, definition.long
            if one_letter_off(fold(printed), fold(long)):
                meant = (long[0].upper() if printed[0].isupper() else long[0]) + long[1:]
            written += definition.kept.replace(printed, meant)
            gap, at = text[definition.start + len(definition.kept) : definition.end], definition.end
            if gap.startswith(",") and text[at : at + 1] == ",":
                at += 1  # ", gọi tắt là X," goes with both its commas
    return written + text[at:]


def _expand_once(text: str, forms: _Forms, written: str = "") -> str:
    at, capitals = 0, text.isupper()
    for match in forms.pattern.finditer(text):
        if match.start() < at or not (parts := _parts(match, text, forms.longs)):
            continue
        written += text[at : match.start()]
        at = match.end()
        long = " - ".join(forms.longs[part] for part in parts)
        if parts[-1] in _DOTTED and (stop := _STOP.match(text, at)):
            at, long = stop.end(), long + " "
        if capitals:
            long = long.upper()
        # "Ủy ban UBMTTQ", "UBMTTQVN Việt Nam": words that stand beside the short form are not said twice.
        at += _overlap(long, text[at : at + 100])
        said = _overlap(written, long)
        written = written.rstrip(" ") + long[said:] if said else written + _cased(long, written)
    return written + text[at:]


def _overlap(left: str, right: str) -> int:
    """Give how many characters of `right` repeat the end of `left`: two words or more, else 0."""
    folded = fold(right[:100])  # as long as `right`
    ends = [match.end() for match in _WORDS.finditer(folded)]
    tail = " " + fold(left[-100:].rstrip(" "))
    return next((end for end in reversed(ends[1:]) if tail.endswith(" " + folded[:end].strip())), 0)


def _cased(long: str, before: str) -> str:
    """Begin with a capital where a sentence begins."""
    return long[:1].upper() + long[1:] if _SENTENCE_START.search(before[-20:]) else long


def check_abbreviations(text: str, english: str, abbreviations: Sequence[Abbreviation]) -> tuple[Finding, ...]:
    """Report the short forms of Vietnamese that the English leaves unexplained; `sentence` stays None.

    Unexplained: no long form stands before it in the same sentence as "long form (SHORT)". Vietnamese: defined
    by the article or in the table, holding a Vietnamese letter, or copied from the source and not usual in
    English. Codes, roman numerals and names printed in capitals are none.
    """
    usual = {a.english_short for a in (*known_abbreviations(), *abbreviations)} | set(_USUAL.split())
    shorts = {a.short for a in abbreviations} - usual
    left = {}
    for match in _pattern(tuple(sorted(shorts))).finditer(english):
        left.update(dict.fromkeys(_parts(match, english, dict.fromkeys(shorts)), match))
    in_source = set(_CAPITALS.findall(text))
    for match in _CAPITALS.finditer(english):
        token = match[0]
        word = len(token) < 2 or not token.isupper() or is_syllable(token.lower()) or _ROMAN.fullmatch(token)
        if word or token in usual or _in_capitals(english, match):
            continue
        if token in in_source or not token.isascii():
            left.setdefault(canonical(token), match)
    return tuple(
        Finding("abbreviation", "warning", f"“{short}” is left unexplained in the English")
        for short, match in left.items()
        if not re.search(rf"\w[\"”’']? \({re.escape(match[0])}\)", english)
    )


def _in_capitals(text: str, match: re.Match[str]) -> bool:
    """Say whether a neighbour is in capitals too: a headline or a name ("ĐĂK GLEI"), not a short form."""
    before = text[: match.start()].split(" ")[-2:-1] if text[: match.start()].endswith(" ") else []
    after = text[match.end() :].split(" ")[1:2] if text[match.end() :].startswith(" ") else []
    return any(len(word) > 1 and word.isupper() for word in (*before, *after))


def introduce(english_sentences: Sequence[str], abbreviations: Iterable[Abbreviation]) -> tuple[str, ...]:
    """Put the usual English short form in brackets after the first long form, where that occurs three times or more.

    Nothing else changes: taking the inserted " (SHORT)" away gives back the input. Left alone are a long form
    whose short form the text introduces itself, and a first use that a genitive, a bracket or a further
    capitalised word follows (it is part of a longer name there).
    """
    wanted = {a.english.lower(): a for a in reversed(tuple(abbreviations)) if a.english and a.english_short}
    places: list[tuple[int, int, str]] = []
    for item in wanted.values():
        if item.english == item.english_short or any(f"({item.english_short})" in s for s in english_sentences):
            continue
        pattern = re.compile(rf"(?<![\w-]){re.escape(item.english)}(?![\w-])", re.IGNORECASE)
        uses = [(number, match) for number, s in enumerate(english_sentences) for match in pattern.finditer(s)]
        if len(uses) > 2:
            number, first = uses[0]
            if not re.match(r"['’]|\s*\(|\s+[^\W\d_a-z]", english_sentences[number][first.end() :]):
                places.append((number, first.end(), f" ({item.english_short})"))
    sentences = list(english_sentences)
    for number, at, addition in sorted(places, reverse=True):
        sentences[number] = sentences[number][:at] + addition + sentences[number][at:]
    return tuple(sentences)
