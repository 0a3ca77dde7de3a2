"""Which encoding a text is in, by what its words are under each: Vietnamese syllables, or none.

A word counts once however often it stands there, and only if it has a byte character above ASCII.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from vn_summarize.cleaning import fold
from vn_summarize.glossary.syllables import is_syllable

SAMPLE = 3000
"""Different words that are looked at: a newspaper's whole page has fewer."""

SURE_WORDS, SURE_SHARE, SURE_LEAD = 5, 0.9, 0.4
"""To be sure: so many words, such a share of them Vietnamese, the score so far ahead of the second's.

On our articles the right encoding has 0.98 or more, the second 0.8 at most, and the scores are 0.8 apart.
"""

FEW_WORDS = 20
"""With fewer accented words two thirds of the plain ones have to be Vietnamese too: "à" and "là" are French."""

# Words that any report has, of our own choosing.
_WORDS = (
    "là và của các được đã với để có người những một không này về đến từ ở tại tỉnh huyện xã thôn làng hội nghị "
    "đảng ủy bộ bí thư chủ tịch phó đồng chí ông bà nhân dân năm tháng ngày giờ số hộ nghèo thực hiện phát triển "
    "tế chính sách công tác tổ chức nhiệm vụ kết quả đạt tỷ lệ triệu nghìn cán đại biểu đơn vị cơ sở địa phương "
    "quốc nông mới xây dựng đầu tư hỗ trợ giáo dục văn hóa đời sống sản xuất rừng đất nước nhà trường học cũng "
    "còn nhiều tiếp tục đó đây sẽ vào trên dưới cả lại phải đang bị vì nên tuyên truyền vận động quản lý bảo vệ "
    "kiểm giám sát lãnh đạo chỉ đề thời trình"
)
_COMMON = frozenset(_WORDS.split())
_CHUNK = re.compile(r"[^ \t\r\n]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SIGNS = frozenset("“”‘’„‚–—…•«»°²³×½¼¾§©®™€·\xa0")
_SIGN_INSIDE = re.compile(r"[^\W\d_][°²³×½¼¾§©®™€«»•][^\W\d_]")
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Evidence:
    """How a text's words are under one encoding; `lead`: its score less that of the second, of 3 at most."""

    name: str
    words: int  # different words with an accent
    fitting: int  # of these, Vietnamese syllables
    common: int  # of these, among the commonest
    lead: float = 0.0

    @property
    def share(self) -> float:
        """The share of the words that are Vietnamese."""
        return self.fitting / self.words if self.words else 0.0

    @property
    def score(self) -> float:
        """What encodings are ranked by: common words are better evidence than syllables that may be."""
        return (2 * self.fitting + self.common) / self.words if self.words else 0.0

    @property
    def sure(self) -> bool:
        """Whether nothing else is likely."""
        return self.words >= SURE_WORDS and self.share >= SURE_SHARE and self.lead >= SURE_LEAD


def accented_words(lines: Iterable[str]) -> list[str]:
    """List the different words that have a character above ASCII, in order, SAMPLE at most."""
    chunks = (chunk for line in lines for chunk in _CHUNK.findall(line) if not chunk.isascii())
    return list(islice(dict.fromkeys(chunks), SAMPLE))


def is_plain_vietnamese(lines: Iterable[str]) -> bool:
    """Say whether two thirds of the different words without any accent, outside of tags, are Vietnamese syllables."""
    chunks = (chunk for line in lines for chunk in _CHUNK.findall(_TAG.sub(" ", line)) if chunk.isascii())
    words = {word for chunk in chunks for word in _LETTERS.findall(chunk.lower())}
    return 3 * sum(map(is_syllable, words)) >= 2 * len(words)


def is_vietnamese(word: str) -> bool:
    """Say whether all accented letters of a word stand in Vietnamese syllables, and no stray sign beside them."""
    return _judge(word) != "wrong"


def _judge(word: str) -> str:
    folded = fold(word)
    pieces = [piece for piece in _LETTERS.findall(folded) if not piece.isascii()]
    strays = (c for c in _LETTERS.sub("", folded) if not c.isascii() and c not in _SIGNS)
    if any(strays) or _SIGN_INSIDE.search(folded) or not all(map(is_syllable, pieces)):
        return "wrong"
    return ("common" if _COMMON.issuperset(pieces) else "syllable") if pieces else ""


def choose(words: Sequence[str], decoders: Mapping[str, Callable[[str], str]]) -> Evidence:
    """Find the encoding under which most of the words, of byte characters, are Vietnamese."""
    joined = "\n".join(words)
    found = [weigh(name, decode(joined).split("\n")) for name, decode in decoders.items()]
    best, second = sorted(found, key=lambda evidence: -evidence.score)[:2]
    return replace(best, lead=best.score - second.score)


def weigh(name: str, words: Iterable[str]) -> Evidence:
    """Count what decoded words are; one without an accented letter says nothing."""
    counted = Counter(map(_judge, words))
    good = counted["common"] + counted["syllable"]
    return Evidence(name, good + counted["wrong"], good, counted["common"])
