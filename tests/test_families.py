"""The table of families, and how a folder is compared with it."""

import json
import math
from pathlib import Path

import pytest

from vn_summarize.backends import Runtime
from vn_summarize.backends.families import FAMILIES, place_new_tones, recognise
from vn_summarize.backends.prompts import INSTRUCTION, split_terms, write_prompt
from vn_summarize.descriptions import parse_model
from vn_summarize.errors import ModelCorrupt, ModelError, ModelNotFound


def folder(path: Path, config: dict, tokenizer: dict | None = None, **files: str) -> Path:
    (path / "config.json").write_text(json.dumps(config))
    if tokenizer is not None:
        (path / "tokenizer_config.json").write_text(json.dumps(tokenizer))
    for name, text in files.items():
        (path / name.replace("__", ".")).write_text(text)
    return path


@pytest.mark.parametrize(
    ("config", "tokenizer", "family"),
    [
        ({"model_type": "marian"}, None, "opus-mt"),
        ({"model_type": "m2m_100"}, {"tokenizer_class": "NllbTokenizer"}, "nllb"),
        ({"model_type": "m2m_100"}, {"tokenizer_class": "NllbTokenizerFast"}, "nllb"),
        ({"model_type": "m2m_100"}, {}, "m2m100"),
        ({"model_type": "mbart", "tokenizer_class": "MBart50Tokenizer"}, {}, "mbart50"),
        ({"model_type": "mbart"}, {"tokenizer_class": "MBartTokenizer"}, "vinai"),
        ({"model_type": "qwen2"}, {"chat_template": "{{ messages }}"}, "chat"),
    ],
)
def test_families_are_told_by_config_and_tokenizer(tmp_path: Path, config: dict, tokenizer: dict, family: str) -> None:
    assert recognise(folder(tmp_path, config, tokenizer)).name == family


def test_a_token_of_the_vocabulary_tells_madlad(tmp_path: Path) -> None:
    assert recognise(folder(tmp_path, {"model_type": "t5"}, {}, tokenizer__json='["<2en>"]')).name == "madlad"


def test_what_nothing_tells_has_to_be_named(tmp_path: Path) -> None:
    path = folder(tmp_path, {"model_type": "t5"}, {}, tokenizer__json="[]")
    with pytest.raises(ModelError, match="name it: madlad, envit5, t5"):
        recognise(path)
    assert recognise(path, "envit5").prefix == "vi: "
    with pytest.raises(ModelError, match="there is no family 'gpt'"):
        recognise(path, "gpt")


def test_other_models_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="none of the families"):
        recognise(folder(tmp_path, {"model_type": "bert"}, {}))
    with pytest.raises(ModelNotFound):
        recognise(tmp_path / "none")
    (tmp_path / "config.json").write_text("[")
    with pytest.raises(ModelCorrupt):
        recognise(tmp_path)


def test_every_family_has_its_codes_or_none() -> None:
    for family in FAMILIES.values():
        assert bool(family.source_code) == bool(family.target_code) == bool(family.target_first)
        assert family.kind == "chat" or family.model_types


@pytest.mark.parametrize(
    ("old", "new"),
    [("hòa", "hoà"), ("Thủy", "Thuỷ"), ("KHỎE", "KHOẺ"), ("hoàn toàn", "hoàn toàn"), ("hoà", "hoà"), ("quý", "quý")],
)
def test_tones_are_placed_as_vinai_trained(old: str, new: str) -> None:
    assert place_new_tones(old) == new
    assert place_new_tones(new) == new


def test_a_prompt_carries_the_terms_of_its_sentence_once() -> None:
    text = "Xã <unused0>hộ nghèo<unused1>poor households<unused2> và <unused0>hộ nghèo<unused1>poor households<unused2>"
    assert split_terms(text) == ("Xã hộ nghèo và hộ nghèo", (("hộ nghèo", "poor households"),))
    assert write_prompt(text).splitlines()[2:] == [
        "- hộ nghèo = poor households",
        "Vietnamese: Xã hộ nghèo và hộ nghèo",
    ]
    assert write_prompt("Xã.") == f"{INSTRUCTION}\nVietnamese: Xã."


def test_a_described_checkpoint_needs_no_tokens_and_an_engine_that_runs_it() -> None:
    data = {
        "format": 1,
        "name": "m",
        "family": "chat",
        "engine": "transformers",
        "languages": {"source": "vi", "target": "en"},
        "limits": {"source_tokens": 10, "target_tokens": 20},
        "licence": "MIT",
        "card": "README.md",
        "files": [],
    }
    assert parse_model(data).knows_terms
    assert not parse_model(data | {"family": "nllb"}).knows_terms
    assert [parse_model(data | more).unsure_below for more in ({}, {"unsure_below": -0.6})] == [-math.inf, -0.6]
    with pytest.raises(ValueError, match="engine 'ctranslate2'"):
        parse_model(data | {"engine": "ctranslate2"})


def test_a_fingerprint_names_what_was_chosen() -> None:
    assert Runtime(threads=2, jobs=3).mark("transformers", 1) == ""
    assert Runtime(device="cpu", beam=2).mark("onnxruntime", 1) == ":beam=2"
    assert Runtime().mark("onnxruntime", 2) == Runtime(beam=2).mark("onnxruntime", 2) == ":beam=2"
    assert Runtime(beam=1).mark("onnxruntime", 2) == ":beam=1"
    assert Runtime(device="cpu", batch_tokens=9).mark("ctranslate2", 1) == ":device=cpu:batch_tokens=9"
