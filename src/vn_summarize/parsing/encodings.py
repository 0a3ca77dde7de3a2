"""The encodings of Vietnamese from before Unicode: each turns byte characters into letters.

A byte character is one of U+0000 to U+00FF and stands for a byte. So one decoder serves bytes (as Latin-1) and
text that was saved as Unicode without being converted (see `as_bytes`).

Sources: TCVN 5712:1993 for TCVN3, RFC 1456 for VISCII, the code chart of VPSKeys for VPS, the VNI fonts of
Windows for VNI, Python's codec for windows-1258.
"""

import re
import unicodedata
from collections.abc import Callable

from vn_summarize.glossary.syllables import TONE_MARKS, is_syllable

_C1 = "".join(bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0xA0))  # quotes, dashes: of all fonts
_TCVN3 = _C1 + (
    "\xa0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽ"
    "éẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
_VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_VISCII_LOW = dict(zip("\x02\x05\x06\x14\x19\x1e", "ẲẴẪỶỸỴ", strict=True))
_VPS = (
    "ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ‘’ỀỂỄỐỒỔỖýỷỵỚỜỞ\xa0ắằẳẵặỠớÙờởỡŨỨợỪổỬỲỸÍÌộỈĨÓửữÒỎÕự"
    "ầÁÂấẩẫậđẻÉÊẹỉễịỹƯỦồốÔỏơÈừứÚũưÝẺßàáâãảạăçèéêẽìíîĩẴĐòóôõöƠụùúủüỶẼỳ"
)
_VPS_LOW = dict(zip("\x02\x03\x04\x05\x06\x10\x11\x12\x13\x14\x15\x19\x1c\x1d", "ẠẬẶẸỆỊỌỘỢỤỰỴẪỮ", strict=True))
_WINDOWS_1258 = "".join(bytes([byte]).decode("cp1258", "replace") for byte in range(0x80, 0x100))

# VNI writes a vowel and, behind it, its marks as one letter: "aù" is á, "aá" is ấ, "ôù" is ớ.
_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300\u0301\u0309\u0303\u0323"
_VNI_TONES = {"ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_VNI_HATS = {
    "â": "\u0302", "á": "\u0302" + _ACUTE, "à": "\u0302" + _GRAVE, "å": "\u0302" + _HOOK,
    "ã": "\u0302" + _TILDE, "ä": "\u0302" + _DOT,
}  # fmt: skip
_VNI_BREVES = {
    "ê": "\u0306", "é": "\u0306" + _ACUTE, "è": "\u0306" + _GRAVE, "ú": "\u0306" + _HOOK,
    "ü": "\u0306" + _TILDE, "ë": "\u0306" + _DOT,
}  # fmt: skip
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    marks = dict.fromkeys("uyôö", _VNI_TONES) | {"a": _VNI_TONES | _VNI_HATS | _VNI_BREVES}
    marks |= dict.fromkeys("eo", _VNI_TONES | _VNI_HATS)
    table = dict(_VNI_LETTERS)
    for vowel, follow in marks.items():
        base = _VNI_LETTERS.get(vowel, vowel)
        table |= {vowel + mark: unicodedata.normalize("NFC", base + accents) for mark, accents in follow.items()}
    upper = {key.upper(): letter.upper() for key, letter in table.items()}
    mixed = {key[0].upper() + key[1:]: letter.upper() for key, letter in table.items()}  # a capital, its mark not
    return mixed | upper | table


_VNI = _vni_table()
_VNI_LETTER = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_UTF8_LETTER = re.compile("[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_WORD = re.compile(r"[^\W\d_]+")
_FIRST_LETTER = re.compile(r"(?:^[\s“\"(]*|[.!?…][”\")]*\s+[“\"(]?)[^\W\d_]")
_TO_BYTES = {ord(character): 0x80 + place for place, character in enumerate(_C1) if character != "\ufffd"}


def as_bytes(text: str) -> str:
    """Give the byte characters of a text that was read as windows-1252 or Latin-1; what is neither stays."""
    return text.translate(_TO_BYTES)


def _decode_table(high: str, low: dict[str, str] | None = None) -> Callable[[str], str]:
    table = {0x80 + place: character for place, character in enumerate(high)}
    table |= {ord(byte): letter for byte, letter in (low or {}).items()}
    return lambda text: unicodedata.normalize("NFC", text.translate(table))


_decode_tcvn3 = _decode_table(_TCVN3)


def decode_tcvn3(text: str) -> str:
    """Decode TCVN3. A letter with a tone has no capital in it: an all-capital font shows one.

    That font is told by the letters around that do have capitals ("HéI NGHÞ" is HỘI NGHỊ); a sentence begins
    with one.
    """
    return "\n".join(_with_capitals(line) for line in _decode_tcvn3(text).split("\n"))


def _with_capitals(line: str) -> str:
    spans = list(_WORD.finditer(line))
    own = ["".join(c for c in span[0] if c.isupper() or not _has_tone(c)) for span in spans]  # whose case is told
    sure = [
        len(letters) > 1 and letters.isupper() and is_syllable(span[0].lower())
        for span, letters in zip(spans, own, strict=True)
    ]
    small = [letters != letters.upper() for letters in own]
    if sum(sure) > 1 and sum(sure) > 3 * sum(small):
        return line.upper()
    for place, span in enumerate(spans):
        beside = sum(sure[max(0, place - 1) : place + 2]) - sure[place]
        if sure[place] or (not small[place] and beside > (not own[place])):
            line = line[: span.start()] + span[0].upper() + line[span.end() :]
    return _FIRST_LETTER.sub(lambda match: match[0].upper() if _has_tone(match[0][-1]) else match[0], line)


def _has_tone(letter: str) -> bool:
    return not TONE_MARKS.isdisjoint(unicodedata.normalize("NFD", letter))


def decode_vni(text: str) -> str:
    """Decode VNI for Windows: a vowel and the letter behind it that stands for its marks are one."""
    letters = _VNI_LETTER.sub(lambda match: _VNI[match[0]], text)
    return letters.translate({0x80 + place: character for place, character in enumerate(_C1)})


def decode_utf8(text: str) -> str:
    """Decode UTF-8 that was read as windows-1252 or Latin-1 and saved again; what is no UTF-8 stays."""
    return _UTF8_LETTER.sub(_decode_letter, text)


def _decode_letter(match: re.Match[str]) -> str:
    try:
        return match[0].encode("latin-1").decode()
    except UnicodeDecodeError:
        return match[0]


DECODERS: dict[str, Callable[[str], str]] = {
    "tcvn3": decode_tcvn3,
    "vni": decode_vni,
    "viscii": _decode_table(_VISCII, _VISCII_LOW),
    "vps": _decode_table(_VPS, _VPS_LOW),
    "windows-1258": _decode_table(_WINDOWS_1258),
}
"""By the names of config.ENCODINGS: byte characters to text in NFC; U+FFFD stands for a byte that is none."""
