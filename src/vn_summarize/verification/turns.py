"""Words whose loss turns a sentence round: "còn thiếu 2 điều dưỡng" is not "still has two nurses".

Each Vietnamese word has the beginnings of the English that answers it. They were widened on train/provincial.tsv
until good pairs passed: of its 36,063 about thirty are flagged.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vn_summarize.document import Finding


@dataclass(frozen=True, slots=True)
class Turn:
    """A word, where it means what it says, and what answers it in English."""

    meaning: str
    word: re.Pattern[str]
    answers: re.Pattern[str]


def _turn(meaning: str, word: str, answers: str) -> Turn:
    stems = "|".join(answers.split())
    return Turn(meaning, re.compile(rf"(?<!\w)(?:{word})(?!\w)"), re.compile(rf"\b(?:{stems})", re.IGNORECASE))


_TURNS = (
    _turn(
        "a lack",
        r"(?<!tối )(?<!giảm )(?<!không thể )(?<!không )thiếu"
        r"(?! (?:nhi|niên|tá|tướng|úy|uý|nữ|sinh|thời|lâm|gia|soái|hiệp|phụ)(?!\w))",
        r"lack short insuffic deficien miss need absen without scarc inadequa not\b no\b \w*n['’]t\b few under "
        r"fail limit incomplet poor want unable little weak depriv unavail malnut dearth an(?:a)?em hypox owe "
        r"drought starv hung un(?!it|der|til|iv|ion|less|iq)\w{4} "
        r"in(?:cons|coher|accu|adeq|appr|comp|exper|effi|secur|stab)\w* im(?:pro|prec|mat)\w* "
        r"dis(?:hon|unit|org|resp|agr)\w* irresp \w+less vaca",
    ),
    _turn(
        "a decrease",
        r"(?<!suy )(?<!gia )giảm(?! (?:khảo|sát|đốc|trừ|uy tín)(?!\w))",
        r"reduc decreas declin fall fell drop low down cut less fewer alleviat eas[ei] mitigat discount minimi "
        r"weak shr[iau]nk off\b los[ets] lost shed slow deterior limit sav relie dwindl abat light dimin soft "
        r"contract curb narrow plung slump slip streamlin exempt commut negativ wors dip cheap curtail subsid "
        r"moderat scal trim waiv compress slash thin escap povert ero[ds] damag deduct prevent",
    ),
    _turn(
        "a death",
        r"(?<!liều )chết(?! (?:lặng|máy|mê)(?!\w))|tử vong|thiệt mạng|tử nạn|tử trận",
        r"di(?:e|ed|es)\b dying dead death deceas kill fatal los[te] lost lives? life pass victim perish sacrific "
        r"drown casualt lethal toll martyr fall fell mortal surviv wither murder claim bod(?:y|ies) late\b demise "
        r"corpse wilt carcass",
    ),
    _turn("an injury", r"bị thương(?! tật)", r"injur wound hurt casualt harm"),
    _turn(
        "a refusal", r"từ chối", r"refus reject declin turn den(?:y|ied|ies) disclaim not\b \w+n['’]t\b unwilling waiv"
    ),
    _turn(
        "a delay",
        r"chậm(?! (?:rãi|phát triển|mà chắc)(?!\w))",
        r"slow late delay behind lag sluggish overdue defer tard by\b before belated no\b retard linger stunt "
        r"slack stall soon gradual deadline hold",
    ),
    _turn(
        "poverty",
        r"(?<!hiểm )nghèo(?! nàn)",
        r"poor povert need disadvantag impoverish underpriv destitut low-income depriv",
    ),
    _turn(
        "hardship",
        r"khó khăn",
        r"difficult hard troubl disadvantag challeng obstacle strugg problem tough poor plight need advers depriv "
        r"strain constrain afflict underpriv straiten ill\b crisis impoverish suffer limit",
    ),
)


def check_turns(source: str, english: str) -> Iterator[Finding]:
    """Name the words of `source` whose loss turns it round, and that nothing in `english` answers."""
    for turn in _TURNS:
        word = turn.word.search(source)
        if word and not turn.answers.search(english):
            yield Finding("omission", "warning", f'nothing answers "{word.group()}" ({turn.meaning})')
