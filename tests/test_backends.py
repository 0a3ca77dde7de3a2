"""The contract of a Translator, held by every backend, and what is special to each."""

import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_model import make_folder, make_onnx_folder

from vn_summarize.backends import Decoding, Runtime, Translation, Translator
from vn_summarize.backends.generation import group
from vn_summarize.backends.tokenization import Tokenizer, tidy
from vn_summarize.errors import GenerationError
from vn_summarize.models import load, read_model, resolve

TEXT = "xã huyện 214 hộ nghèo Sa Thầy 41,5 % bà con góp công “làm” đường (NTM) ngày 3/9 UBND 12-NQ/HU"
WORDS = TEXT.split()
ODD = [
    "",
    " \t\n",
    "😀👩‍👧 vui",
    "\x00\x07 chuông \x1b[0m",
    "3 214 57",
    unicodedata.normalize("NFD", "Huyện Đăk Tô đạt chuẩn"),
    "một\ndòng\r\nkhác",
    "\ud800 lẻ",
    "\u200b\ufeff",
]


def sentences(count: int, seed: int = 0) -> list[str]:
    draw = random.Random(seed)
    return [" ".join(draw.choices(WORDS, k=draw.randint(1, 25))) for _ in range(count)]


@pytest.fixture(scope="session", params=["marian", "decoder", "onnx", "shipped"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if request.param == "shipped":
        return resolve("vi-en-news").path
    if request.param == "onnx":
        return make_onnx_folder(tmp_path_factory.mktemp("models") / "onnx")
    return make_folder(tmp_path_factory.mktemp("models") / request.param, request.param)


@pytest.fixture(scope="session")
def translator(folder: Path) -> Translator:
    return load(read_model(folder), Runtime(threads=2, jobs=2))


def test_same_length_same_order_whatever_the_text(translator: Translator) -> None:
    together = translator.translate(ODD)
    assert together == [translator.translate([text])[0] for text in ODD]
    assert [answer == Translation("", 0.0) for answer in together] == [not tidy(text) for text in ODD]
    assert all(answer.text == " ".join(answer.text.split()) for answer in together)


def test_nothing_to_translate(translator: Translator) -> None:
    assert translator.translate([]) == []
    assert translator.translate(["", "  "]) == [Translation("", 0.0)] * 2


def test_composed_and_decomposed_letters_are_the_same_text(translator: Translator) -> None:
    text = "Bà con xã Đăk Hà góp công"
    first, second = translator.translate([text, unicodedata.normalize("NFD", text)])
    assert first == second


@pytest.mark.parametrize(
    "decoding", [Decoding(), Decoding(beam=1), Decoding(beam=3, alternatives=3), Decoding(2, 1, 3, 1.2)], ids=str
)
def test_a_result_does_not_depend_on_its_batch(translator: Translator, decoding: Decoding) -> None:
    texts = sentences(12 if translator.fingerprint.startswith("vi-en") else 40)
    alone = [translator.translate([text], decoding)[0] for text in texts]
    order = random.Random(1).sample(range(len(texts)), len(texts))
    shuffled = translator.translate([texts[i] for i in order], decoding)
    assert translator.translate(texts, decoding) == alone
    assert shuffled == [alone[i] for i in order]


def test_a_result_does_not_depend_on_threads(folder: Path, translator: Translator) -> None:
    other = load(read_model(folder), Runtime(threads=2, jobs=1))
    texts = sentences(6)
    assert other.translate(texts) == translator.translate(texts)
    assert other.fingerprint == translator.fingerprint


def test_a_text_that_is_too_long_does_not_fit_and_is_not_cut(translator: Translator) -> None:
    text = ("Xã còn nhiều hộ khó khăn, " * 400)[:10_000]
    assert translator.fits("Xã còn nhiều hộ khó khăn.")
    assert translator.fits("")
    assert not translator.fits(text)
    with pytest.raises(GenerationError, match="longer than"):
        translator.translate(["Xã nghèo", text])


def test_alternatives_are_other_texts(translator: Translator) -> None:
    for answer in translator.translate(sentences(5), Decoding(beam=4, alternatives=4)):
        assert len(answer.alternatives) <= 3
        assert answer.text not in answer.alternatives
        assert answer.score == round(answer.score, 2) <= 0


def test_an_answer_that_the_limit_ends_says_so(tmp_path: Path) -> None:
    # A random network hardly ever ends a sentence itself.
    answers = load(read_model(make_folder(tmp_path / "m", "decoder"))).translate(sentences(8))
    assert not all(answer.complete for answer in answers)


def test_an_answer_does_not_begin_with_the_prompt(tmp_path: Path) -> None:
    translator = load(read_model(make_folder(tmp_path / "m", "decoder")))
    for text in ("x", *sentences(8)):
        [answer] = translator.translate([text])
        assert not answer.text.startswith(text[:12])
        assert "English:" not in answer.text


def test_markers_go_in_as_one_piece_and_never_come_out(tmp_path: Path) -> None:
    folder = read_model(make_folder(tmp_path / "m", "decoder"))
    tokenizer, markers = Tokenizer(folder), folder.model.term_markers
    tokens = tokenizer.encode(
        "Xã <unused0>hộ nghèo<unused1>poor households<unused2> và <unused0><unused1>Town<unused2>"
    )
    assert [tokens.count(marker) for marker in markers] == [2, 2, 2]
    assert tokens[0] == "<bos>"
    assert tokenizer.decode(["<unused0>", "x", "<unused2>", "<eos>", "<pad>"]) == "x"
    translator = load(folder)
    assert translator.knows_terms
    for answer in translator.translate([f"<unused0>{s}<unused1>term<unused2>" for s in sentences(10)]):
        assert not any(marker in answer.text for marker in markers)


@given(st.text())
def test_tidy_gives_one_clean_line_and_stays(text: str) -> None:
    clean = tidy(text)
    assert tidy(clean) == clean == " ".join(clean.split())
    assert unicodedata.is_normalized("NFC", clean)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in clean)


@settings(max_examples=200)
@given(st.lists(st.integers(1, 90), max_size=60), st.sampled_from([1, 8, 16]), st.sampled_from([1, 100, 1000]))
def test_groups_hold_each_index_once_in_its_own_class(lengths: list[int], width: int, budget: int) -> None:
    groups = group(lengths, width, budget)
    assert sorted(i for _, batch in groups for i in batch) == list(range(len(lengths)))
    for size, batch in groups:
        assert len(batch) == 1 or len(batch) * max(lengths[i] for i in batch) <= budget
        assert all(lengths[i] in size and len(size) <= width for i in batch)
        # the class of a length depends on that length alone
        assert all(group([lengths[i]], width, budget) == [(size, [0])] for i in batch)
