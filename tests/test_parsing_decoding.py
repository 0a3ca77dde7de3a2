"""Old encodings are found by what the words are, and told; other languages and noise stay what they are."""

import random
import re
import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from provincial_articles import ARTICLES

from vn_summarize.config import ENCODINGS
from vn_summarize.document import Finding
from vn_summarize.errors import ArticleError, UnreadableArticle
from vn_summarize.parsing import parse_article
from vn_summarize.parsing.decoding import decode, repair
from vn_summarize.parsing.encodings import DECODERS
from vn_summarize.pipeline import prepare
from vn_summarize.writing import result_from_json

VOWELS = "aăâeêioôơuưy"
TONES = "\u0300\u0301\u0303\u0309\u0323"
TONED = "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES)
LETTERS = TONED + TONED.upper() + "ăâêôơưđĂÂÊÔƠƯĐ" + "aeiouybcdghklmnpqrstvxABCDEGHIKLMNOPQRSTUVXY"
LEGACY = tuple(DECODERS)


def _inverse(name: str) -> dict[str, str]:
    """Invert a decoder: letter -> byte characters, from each byte alone and each vowel with a byte behind it."""
    high = [chr(byte) for byte in (*range(0x80, 0x100), *range(1, 9), *range(14, 32))]
    stems = ("aeouyôöAEOUYÔÖ" if name == "vni" else "") + ("aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" if name == "windows-1258" else "")
    stems_in = [stem if ord(stem) < 0x100 and name == "vni" else _one(name, stem) for stem in stems]
    pieces = [*(stem + mark for stem in stems_in for mark in high), *high]
    table: dict[str, str] = {}
    for piece in pieces:
        letter = DECODERS[name]("x" + piece)[1:]  # not as the first of a sentence
        if len(letter) == 1 and letter != "\ufffd":
            table.setdefault(letter, piece)
    return table


def _one(name: str, letter: str) -> str:
    if letter.isascii():
        return letter
    return next(chr(byte) for byte in range(0x80, 0x100) if DECODERS[name](chr(byte)) == letter)


TABLES = {name: _inverse(name) for name in LEGACY}


def encode(text: str, name: str) -> str:
    """Give the byte characters of a text; in TCVN3 a letter with a tone has no capital, as in its fonts."""
    table = TABLES[name]
    small = set(TONED.upper()) if name == "tcvn3" else set()
    return "".join(c if c.isascii() else table[c.lower() if c in small else c] for c in text)


def article(number: int, name: str) -> str:
    """Give an article as it can be written in an encoding: VISCII and VPS have no double quotes of their own."""
    return re.sub("[“”]", '"', ARTICLES[number]) if name in ("viscii", "vps") else ARTICLES[number]


@pytest.mark.parametrize("name", LEGACY)
@pytest.mark.parametrize("number", range(len(ARTICLES)))
def test_an_article_in_an_old_encoding_comes_back_letter_for_letter(number: int, name: str) -> None:
    text, findings = decode(encode(article(number, name), name).encode("latin-1"), "a.txt")
    assert text == article(number, name)
    assert [(f.kind, f.severity, f.sentence) for f in findings] == [("encoding", "info", None)]
    assert findings[0].message.startswith(f"read as {name.upper()}: ")


@pytest.mark.parametrize("name", LEGACY)
@pytest.mark.parametrize("number", range(len(ARTICLES)))
@pytest.mark.parametrize("codec", ["latin-1", "cp1252"])
def test_an_article_saved_as_unicode_without_conversion_comes_back(number: int, name: str, codec: str) -> None:
    shown = read_as(encode(article(number, name), name), codec)
    text, findings = decode(shown.encode(), "a.txt")
    assert text == article(number, name)
    assert [(f.kind, f.severity) for f in findings] == [("encoding", "info")]
    assert f"from {name.upper()}, and converted" in findings[0].message


@pytest.mark.parametrize("written", ARTICLES)
@pytest.mark.parametrize("codec", ["latin-1", "cp1252"])
def test_utf_8_that_was_encoded_twice_comes_back(written: str, codec: str) -> None:
    text, findings = decode(read_as(written.encode().decode("latin-1"), codec).encode(), "a.txt")
    assert text == written
    assert "from UTF-8, and converted" in findings[0].message


def read_as(byte_characters: str, codec: str) -> str:
    """Read bytes as Latin-1, or as windows-1252 with Latin-1 for the five that it lacks, as browsers do."""
    if codec == "latin-1":
        return byte_characters
    shown = (bytes([ord(c)]).decode(codec, "ignore") or c for c in byte_characters)
    return "".join(shown)


@pytest.mark.parametrize("text", ARTICLES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_is_read_as_it_stands_and_nothing_is_said(text: str, encoding: str, form: str) -> None:
    written = unicodedata.normalize(form, text)
    assert decode(written.encode(encoding), "a.txt") == (written, ())


def test_composed_and_decomposed_letters_in_one_text_become_one() -> None:
    head, _, rest = ARTICLES[0].partition("\n\n")
    mixed = head + "\n\n" + unicodedata.normalize("NFD", rest)
    sentences = prepare(parse_article(mixed.encode(), "a.txt"))[0].sentences
    assert sentences == prepare(parse_article(ARTICLES[0].encode(), "a.txt"))[0].sentences


@pytest.mark.parametrize("name", LEGACY)
def test_every_letter_has_a_place_in_every_old_encoding(name: str) -> None:
    lacking = set(LETTERS) - set(TABLES[name]) - {c for c in LETTERS if c.isascii()}
    assert lacking <= (set(TONED.upper()) if name == "tcvn3" else set())


words = st.lists(st.text(LETTERS, min_size=1, max_size=7), min_size=1, max_size=12).map(" ".join)


@pytest.mark.parametrize("name", LEGACY)
@given(text=words)
def test_a_named_encoding_gives_back_any_letters(name: str, text: str) -> None:
    found = decode(encode(text, name).encode("latin-1"), "a.txt", name)[0]
    if name == "tcvn3":  # which has no capitals with a tone
        found, text = found.lower(), text.lower()
    assert found == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
@given(text=words)
def test_a_named_unicode_encoding_gives_back_any_letters(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), "a.txt", encoding) == (text, ())


def test_a_named_encoding_that_does_not_fit_is_used_and_doubted() -> None:
    text, (finding,) = decode(encode(ARTICLES[1], "vni").encode("latin-1"), "a.txt", "tcvn3")
    assert text != ARTICLES[1]
    assert (finding.kind, finding.severity) == ("encoding", "warning")
    assert "--encoding" in finding.message
    with pytest.raises(UnreadableArticle, match="not UTF-8 text"):
        decode(encode(ARTICLES[1], "vni").encode("latin-1"), "a.txt", "utf-8")


def test_the_names_are_those_of_the_settings() -> None:
    assert {name for name in ENCODINGS if not name.startswith("utf-")} == set(LEGACY)


def test_a_few_words_are_read_and_doubted() -> None:
    text, (finding,) = decode(encode("Tỉnh ủy họp", "viscii").encode("latin-1"), "a.txt")
    assert (text, finding.severity) == ("Tỉnh ủy họp", "warning")


FRENCH = (
    "Le préfet a inauguré l'école élémentaire où les élèves étaient déjà réunis. À la fête, le maire a remercié les "
    "bénévoles : « c'est une journée très réussie », a-t-il déclaré. Né à Nîmes, le député a voté là-bas."
)
ENGLISH = "The café’s owner said “no” – it was, in his résumé, a naïve façade. Anything else is fine."
GERMAN = "Die Bürger möchten für die Straße über die Brücke größere Mittel; natürlich müssen Häuser geschützt werden."


@pytest.mark.parametrize("text", [FRENCH, ENGLISH, GERMAN, "Il va à la mer, là-bas, né à Hué.", "Plain English only."])
def test_other_languages_stay_what_they_are(text: str) -> None:
    assert decode(text.encode(), "a.txt") == (text, ())
    if not text.isascii():
        with pytest.raises(UnreadableArticle, match=r"nor Vietnamese in an older encoding .* --encoding"):
            decode(text.encode("cp1252"), "a.txt")


def test_only_the_lines_that_were_not_converted_are_converted() -> None:
    title, _, *rest = ARTICLES[3].split("\n")
    proper = [title, "Nhà xuất bản", "à, là, cà phê", *ARTICLES[5].split("\n")]
    assert repair([*proper, *(encode(line, "tcvn3") for line in rest)])[0] == [*proper, *rest]


def test_the_article_and_its_document_tell_how_it_was_read() -> None:
    article = parse_article(encode(ARTICLES[8], "vni").encode("latin-1"), "a.txt")
    assert article.title == ARTICLES[8].split("\n")[0]
    (finding,) = article.findings
    assert isinstance(finding, Finding)
    assert finding in prepare(article)[1]


def test_a_page_whose_letters_are_entities_is_converted_too() -> None:
    _, _, body, *_ = ARTICLES[4].split("\n")
    written = "".join(c if c.isascii() else f"&#{ord(c)};" for c in encode(body, "tcvn3"))
    page = f"<html><head><title>Bai</title></head><body><article><p>{written}</p></article></body></html>"
    article = parse_article(page.encode(), "a.html")
    assert body in article.paragraphs
    assert [finding.kind for finding in article.findings] == ["encoding"]


@pytest.mark.parametrize("line", ["UBND, HĐND xã Hà Lý", "ông Đỗ Văn Sáu ở TP. HCM có 35 hộ", "Lê Thị Hà"])
def test_short_forms_make_no_capitals_of_their_neighbours(line: str) -> None:
    assert DECODERS["tcvn3"](encode(line, "tcvn3")) == line


@pytest.mark.parametrize(
    "line", ["Lễ phát động “HÀ NỘI XANH” tại xã", "XÃ Ở ĐÂY CÓ GÌ MỚI", "HỘI CỰU CHIẾN BINH ký kết"]
)
def test_capitals_of_the_capital_font_are_told_by_those_around(line: str) -> None:
    assert DECODERS["tcvn3"](encode(line, "tcvn3")) == line


def test_random_bytes_are_refused_or_text_and_never_a_crash() -> None:
    chance = random.Random(20)
    for _ in range(500):
        data = chance.randbytes(chance.randint(1, 400))
        for encoding in ("", *ENCODINGS):
            with suppress(ArticleError):
                assert decode(data, "a.txt", encoding)[0].strip()


def test_noise_is_refused_by_its_name() -> None:
    with pytest.raises(UnreadableArticle, match=r"^a\.txt: binary data"):
        decode(random.Random(3).randbytes(4000), "a.txt")


def test_a_run_tells_the_encoding_in_the_record_and_a_named_one_makes_it_anew(command, tmp_path) -> None:
    (tmp_path / "a.txt").write_bytes(encode(ARTICLES[5], "tcvn3").encode("latin-1"))
    assert command("run", "a.txt", "-o", "out", "--format", "json")[0] == 0
    record = tmp_path / "out" / "a.json"
    found = result_from_json(record.read_text(encoding="utf-8"))
    assert found.translated.document.article.findings == found.findings[:1]
    assert found.findings[0].message.startswith("read as TCVN3: ")

    assert command("run", "a.txt", "-o", "out", "--format", "json", "--encoding", "vni")[0] == 0
    forced = result_from_json(record.read_text(encoding="utf-8")).findings[0]
    assert (forced.severity, forced.message.split(":")[0]) == ("warning", "read as VNI, as asked")


@pytest.mark.parametrize("name", ["vni", "utf-16", "utf-8"])
def test_lines_in_a_named_encoding_are_translated_one_by_one(command, name: str) -> None:
    text = "Trời mưa.\n\nLúa đã chín vàng.\n"
    data = encode(text, name).encode("latin-1") if name in LEGACY else text.encode(name)
    code, out, _ = command("translate", "--lines", "--encoding", name, stdin=data)
    assert (code, out) == (0, "English of Trời mưa.\n\nEnglish of Lúa đã chín vàng.\n")


def test_an_unknown_encoding_is_named_with_those_that_are_known(command) -> None:
    code, _, err = command("translate", "--encoding", "koi8-r", stdin=b"a")
    assert code == 2
    assert "koi8-r" in err
    assert "tcvn3" in err
