"""Which strings of letters can be a Vietnamese syllable at all.

The table is the national orthography (quốc ngữ): an onset, a rhyme and a tone. It is a little wide
(it does not know which of the possible syllables are words), never narrow.
"""

import unicodedata
from functools import lru_cache

TONE_MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323")  # huyền, sắc, ngã, hỏi, nặng
SHARP_TONES = frozenset("\u0301\u0323")  # the only tones before a final p, t, c, ch

_LETTERS = "ngh ng nh gh gi kh ph qu th tr ch b c d đ g h k l m n p r s t v x"  # longest first
_ONSETS = tuple(_LETTERS.split())
_TABLE = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc "
    "oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uê uêch uênh uơ uy uya uych uynh uyên "
    "uyêt uyn uyt uyu uc ui um un ung uôc uôi uôm uôn uông uôt up ut ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu "
    "ưt ưu y yêm yên yêng yêt yêu yn ynh yt"
)
_RHYMES = frozenset(_TABLE.split())
_BEFORE_FRONT = frozenset({"k", "gh", "ngh"})  # spelt so before i, e, ê, y only
_BEFORE_OTHERS = frozenset({"c", "g", "ng"})
_STOPS = ("p", "t", "c", "ch")


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """Say whether a folded word (NFC, lower case) can be spelt in Vietnamese: "đồng" yes, "đồg" no."""
    letters = unicodedata.normalize("NFD", word)
    tones = [c for c in letters if c in TONE_MARKS]
    bare = unicodedata.normalize("NFC", "".join(c for c in letters if c not in TONE_MARKS))
    if len(tones) > 1 or (bare.endswith(_STOPS) and not SHARP_TONES.issuperset(tones or " ")):
        return False
    return bare in _RHYMES or any(bare.startswith(onset) and _joins(onset, bare[len(onset) :]) for onset in _ONSETS)


def _joins(onset: str, rhyme: str) -> bool:
    if rhyme not in _RHYMES:
        return False
    front = rhyme[0] in "ieêy"
    if onset == "qu":
        return rhyme[0] not in "uưoô" or rhyme == "ôc"
    if onset == "g" and rhyme[0] == "i":
        return True  # gì, gìn, giếng: the i of "gi" is the rhyme's own
    if onset in _BEFORE_FRONT:
        return front
    return not (front and onset in _BEFORE_OTHERS)
