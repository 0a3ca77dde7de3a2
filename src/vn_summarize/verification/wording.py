"""English wording that says the same or the opposite: stems, synonyms, negation, direction; written by us."""

import re
from functools import cache, lru_cache
from typing import Any

_FUNCTION_WORDS = """a an the this that these those it its he she his her they their them we our who whom which whose
of for in on at to from by with as and or but nor so than then there here into onto over under about around between
among during since until till before after while when where because although though if is are was were be been being
am has have had having do does did done will would can could may might must shall should not no never also too very
just now today yet still already only even such each every all both some any more most less least much many few other
another own same own mr mrs ms miss comrade said says say saying according including up down out off per s t"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Words, in lower case, that say little alone."""

_SYNONYMS = """
household family; people person resident inhabitant citizen folk; student pupil; village hamlet; house home;
get receive obtain; help support assist aid; build construct; begin start open launch commence;
end finish complete conclude; ask request order demand urge require propose want suggest;
promise commit pledge vow; give present donate grant award hand; sick ill; soldier troop;
fall drop decline decrease reduce shrink; rise increase grow climb; reach hit attain total achieve meet fulfill fulfil;
lend loan credit; release discharge; evacuate move; revive restore; lead head direct chair ringleader leader chief;
excavate excavation dig; yearly annual; doctor physician; responsible charge; discover find detect uncover;
official cadre; garden orchard; farmer grower; woman female; man male; money fund funding capital;
teacher instructor; kill die dead; hold organize; approve pass adopt ratify; spend expenditure; income earnings;
inspect check inspection; meeting conference session; remote far distant; seedling seed; bicycle bike;
wage pay salary repay; join take participate attend participation; recognize recognise recognition;
confess confession; arrest capture; flower floral; disaster calamity; cut isolate; collapse break bring;
hurt casualty injure injury; worker laborer labourer employee; job employment; company firm enterprise business;
medicine drug; advise instruct advice instruction; hospital clinic; protect protection; forest forestry;
military army; compete competition contest; beat defeat win; display exhibit show; item artifact object;
border frontier; poverty poor; target goal; standard norm; live reside; thank thanks grateful; train training;
product goods; sell sale; export exportation; extend expand replicate; remove replace eliminate
"""

_NEGATION = re.compile(
    r"\b(?:not|no(?!\.)|never|none|nobody|nothing|neither|nor|cannot|without|unable|lack(?:s|ed|ing)?|lack|short of"
    r"|shortages?|fail(?:s|ed|ing)?|failures?|fell short|falls? short|falling short|refus(?:e|es|ed|ing)|yet to"
    r"|miss(?:es|ed|ing)?|below (?:the |its |their )?(?:\w+ )?(?:target|plan|goal|requirement)s?|lower than the target"
    r"|need not|absence|absent|insufficient|inadequate|prevent(?:s|ed|ing)?|prohibit\w*|forbid\w*(?! zone)|ban(?:s|ned)"
    r"|against (?=\w+ing)|avoid(?:s|ed|ing)?|unmet|unfinished|incomplete|undone|free of(?! charge)|hardly|barely)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_NOT_ONLY = re.compile(r"\b(?:not only|no (?:fewer|less|later|more) than|not just|no longer than)\b", re.IGNORECASE)
_SOURCE_NEGATION = re.compile(
    r"\b(?:chưa|chẳng|chả|thiếu(?! (?:nhi|niên|số|tá|tướng|úy|nữ))"
    r"|không(?! (?:gian|khí|quân|chỉ|những|ngừng|ít|lực|lưu|tặc|dưng))|kém|hụt|trượt)\b"
    r"|\bthấp hơn (?:\S+ ){0,2}(?:mục tiêu|chỉ tiêu|kế hoạch)",
    re.IGNORECASE,
)
_AVIATION = re.compile(r"\b(?:hàng|trên|phòng|bưu chính hàng) không\b|\bdân tộc thiểu\b", re.IGNORECASE)
_UP = re.compile(
    r"\b(?:ris(?:e|es|en|ing)|rose|increas\w+|gr(?:ow|ows|ew|own|owth)(?= (?:by|to|from|\d|over|sharply|markedly)|\b$)"
    r"|climb\w*|doubl\w+|tripl\w+|up (?:by )?\d[\d.,]*|higher|upward\w*|jump\w*|surg\w+|expand\w*|gain\w*"
    r"|more \w+(?: \w+)? than (?:in|the (?:previous|year))|improv\w+)\b",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:fall(?:s|en|ing)?(?! short)|fell(?! short)|decreas\w+|declin\w+|drop(?:s|ped|ping)?|reduc\w+|shr[aiu]nk\w*"
    r"|down (?:by |to |from )?\d[\d.,]*|lower(?:ed|ing|s)?|downward\w*|halv\w+|fewer|less than in|plung\w+|lost"
    r"|los(?:e|s|ses)|worsen\w*)\b",
    re.IGNORECASE,
)
OPPOSITES = tuple(
    (re.compile(rf"\b(?:{a})\b", re.IGNORECASE), re.compile(rf"\b(?:{b})\b", re.IGNORECASE))
    for a, b in (
        (r"beg[aiu]n\w*|start\w*|launch\w*|open(?:s|ed|ing)?", r"end(?:s|ed|ing)?|finish\w*|conclud\w+|clos(?:es?|ed)"),
        (r"w[io]n(?:s|ning)?|beat(?:s|en)?|defeat(?:s|ed)", r"los(?:e|es|t|ing)"),
        (r"approv\w+|adopt\w*|pass(?:es|ed)|accept\w*", r"reject\w*|refus\w+|cancel\w*"),
        (r"before|by", r"after"),
        (r"import(?:s|ed|ing)?", r"export(?:s|ed|ing)?"),
        (r"lend(?:s|ing)?|lent", r"borrow\w*"),
        (r"b(?:uy|uys|ought|uying)", r"s(?:ell|ells|old|elling)"),
        (r"morning", r"afternoon|evening"),
        (r"afternoon", r"evening|morning"),
        (r"urban", r"rural"),
        (r"north\w*", r"south\w*"),
        (r"east\w*", r"west\w*"),
        (r"revenue|income|took in|takes in", r"expenditure|spending|spent|spend"),
        (r"praised?|commend\w+|reward\w*", r"disciplin\w+|criticiz\w+|fined|warn(?:ed|s)"),
        (r"support(?:s|ed)|agree(?:s|d)?", r"oppos(?:e|es|ed)|object(?:s|ed)|disagree\w*"),
        (r"men|male|boys", r"women|female|girls"),
        (r"highest|most|largest|biggest", r"lowest|least|smallest"),
        (r"exceed\w*|surpass\w*|above", r"below|missed|short of|under"),
    )
)  # fmt: skip
"""Pairs of words of which a statement has one side: the other one is the opposite."""

_LESS = re.compile(
    r"\b(?:nearly|almost|under|less than|fewer than|close to|below|up to|at most|not quite|just short of|no more than)"
    r"\s+(?:the |its |an? |\$)?$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:more than|over|above|at least|exceed(?:s|ed|ing)?|in excess of|beyond|no fewer than|no less than|upwards of)"
    r"\s+(?:the |its |an? |\$)?$",
    re.IGNORECASE,
)


@cache
def _stemmer() -> Any:
    import snowballstemmer  # noqa: PLC0415 - not before there is English to be judged

    return snowballstemmer.stemmer("english")


_IRREGULAR_FORMS = """women=woman men=man children=child people=person gave=give given=give got=get gotten=get fell=fall
    fallen=fall rose=rise risen=rise grew=grow grown=grow built=build held=hold led=lead found=find met=meet paid=pay
    sent=send spent=spend took=take taken=take won=win went=go gone=go began=begin begun=begin lent=lend brought=bring
    made=make ran=run run=run told=tell saw=see seen=see sold=sell bought=buy kept=keep left=leave became=become
    asked=ask criteria=criterion families=family died=die dead=die death=die provincial=province"""
_IRREGULAR = dict(pair.split("=") for pair in _IRREGULAR_FORMS.split())


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """Give what a word in lower case has in common with its inflections."""
    found: str = _stemmer().stemWord(_IRREGULAR.get(word, word))
    return _IRREGULAR.get(found, found)


@cache
def _groups() -> dict[str, str]:
    """Map each stem that has synonyms to the first of them."""
    groups: dict[str, str] = {}
    for group in _SYNONYMS.replace("\n", " ").split(";"):
        words = [stem(word) for word in group.split()]
        groups = dict.fromkeys(words, next((groups[word] for word in words if word in groups), words[0])) | groups
    return groups


@cache
def canonical(word: str) -> str:
    """Give what a word has in common with its inflections and synonyms: "households" and "family" are one."""
    found = stem(re.sub(r"['’]s?$", "", word.lower()))
    return _groups().get(found, found)


def is_negative(text: str) -> bool:
    """Say whether an English clause denies: "not", "without", "lacks", "fell short", "refused"."""
    return bool(_NEGATION.search(_NOT_ONLY.sub(" ", text)))


def is_negative_source(text: str) -> bool:
    """Say whether a Vietnamese sentence denies: "không", "chưa", "chẳng", "thiếu"."""
    return bool(_SOURCE_NEGATION.search(_AVIATION.sub(" ", text)))


def direction(text: str) -> frozenset[str]:
    """Give "up", "down" or both, as an English clause says that something grows or shrinks."""
    return frozenset(name for name, found in (("up", _UP.search(text)), ("down", _DOWN.search(text))) if found)


def bound(before: str) -> str:
    """Give "less" or "more" where the words before a number say so ("nearly", "more than"), else ""."""
    return find_bound(before)[0]


def find_bound(before: str) -> tuple[str, str]:
    """Give what `bound` does, and the words that say so."""
    for name, pattern in (("less", _LESS), ("more", _MORE)):
        if found := pattern.search(before):
            return name, found.group()
    return "", ""
