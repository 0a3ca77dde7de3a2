"""The contract of a Translator, held by every backend, and what is special to each."""

import random
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tiny_model import make_folder, make_onnx_folder

from vn_summarize.backends import Decoding, Runtime, Translation, Translator
from vn_summarize.backends.generation import group
from vn_summarize.backends.tokenization import Tokenizer, tidy
from vn_summarize.descriptions import describe_checkpoint
from vn_summarize.errors import GenerationError
from vn_summarize.models import SHORT_NAMES, ModelFolder, load, read_model, resolve

QUICK = ("marian", "decoder", "onnx")
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


OWN = ("marian", "decoder", "onnx", "quality", "fast")
CHECKPOINTS = ("opus_mt", "nllb", "m2m100", "mbart50", "vinai", "envit5", "madlad", "qwen", "gemma", "llama")
CONVERTED = CHECKPOINTS[:7]
BACKENDS = [
    *OWN,
    *(f"{name} transformers float32" for name in CHECKPOINTS),
    *(f"{name} transformers bfloat16" for name in ("opus_mt", "nllb", "qwen")),
    *(f"{name} ctranslate2 float32" for name in CONVERTED),
    *(f"{name} ctranslate2 int8" for name in ("opus_mt", "nllb", "envit5")),
]
"""Each cell of the table in docs/models.md: a family, a backend, a type of numbers."""


@pytest.fixture(scope="session", params=BACKENDS)
def backend(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[ModelFolder, Runtime]:
    name, *rest = request.param.split()
    path = tmp_path_factory.mktemp("models") / name
    if name in SHORT_NAMES:
        return resolve(name), Runtime()
    if name in OWN:
        return read_model(make_onnx_folder(path) if name == "onnx" else make_folder(path, name)), Runtime()
    engine, compute = rest
    make = make_checkpoint if engine == "transformers" else make_converted
    return make(path, name), Runtime(device="cpu", compute=compute)


def make_checkpoint(path: Path, name: str) -> ModelFolder:
    """Make a tiny checkpoint without a description, with short answers; skip the test where torch is missing."""
    pytest.importorskip("torch", reason="torch is not installed: pip install 'vn-summarize[torch]'")
    import tiny_checkpoints

    tiny_checkpoints.make_checkpoint(path, name)
    model = describe_checkpoint(path, tiny_checkpoints.FAMILY[name])
    return ModelFolder(path, replace(model, max_target_tokens=12))


def make_converted(path: Path, name: str) -> ModelFolder:
    folder = make_checkpoint(path / "checkpoint", name)
    from vn_summarize.backends.conversion import convert

    return ModelFolder(path / "converted", convert(folder, path / "converted", "float32"))


@pytest.fixture(scope="session")
def translator(backend: tuple[ModelFolder, Runtime]) -> Translator:
    folder, runtime = backend
    # One thread: two of torch's that wait for each other on a busy machine take ten times as long.
    return load(folder, replace(runtime, threads=1 if folder.model.engine == "transformers" else 2, jobs=2))


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


@pytest.mark.parametrize("decoding", [Decoding(), Decoding(beam=3, alternatives=3), Decoding(2, 1, 3, 1.2)], ids=str)
def test_a_result_does_not_depend_on_its_batch(translator: Translator, decoding: Decoding) -> None:
    texts = sentences(40 if translator.fingerprint.startswith(QUICK) else 8)
    alone = [translator.translate([text], decoding)[0] for text in texts]
    order = random.Random(1).sample(range(len(texts)), len(texts))
    shuffled = translator.translate([texts[i] for i in order], decoding)
    assert translator.translate(texts, decoding) == alone
    assert shuffled == [alone[i] for i in order]


def test_a_result_does_not_depend_on_batches_at_a_time(
    backend: tuple[ModelFolder, Runtime], translator: Translator
) -> None:
    folder, runtime = backend
    other = load(folder, replace(runtime, threads=1 if folder.model.engine == "transformers" else 2, jobs=1))
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
@example("0 \x1b 0")
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
