"""The families of checkpoints that can be used, as one table; nothing heavy is imported.

A checkpoint is a folder as transformers writes it: config.json, weights in safetensors, the tokenizer's files.
The two families of the project's own models (docs/model-format.md) are not in the table.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from vn_summarize.errors import ModelCorrupt, ModelError, ModelNotFound


@dataclass(frozen=True, slots=True)
class Family:
    """What the checkpoints of a family expect. Codes and `prefix` are for Vietnamese to English, or a summary."""

    name: str
    kind: Literal["seq2seq", "chat"]
    model_types: tuple[str, ...]  # config.json's model_type; (): any with a chat template
    tokenizers: tuple[str, ...] = ()  # tokenizer_class, where model_type does not tell alone
    token: str = ""  # a token that the vocabulary has, where neither tells
    named: bool = False  # True: nothing in the folder tells, the user has to name it
    source_code: str = ""  # the tokenizer's name for the source language
    target_code: str = ""
    code_token: str = "{}"  # how a code stands in the vocabulary
    target_first: Literal["", "start", "forced"] = ""  # target_code begins the answer: as start token, or after it
    prefix: str = ""  # before the source
    answer_prefix: str = ""  # taken off the answer
    normalise: Callable[[str], str] = str
    source_tokens: int = 256  # without prefix and special tokens; a longer text does not fit
    target_tokens: int = 512
    ctranslate2: bool = True  # CTranslate2 can run it
    language: Literal["", "en", "vi"] = ""  # a summarizer's: of what it reads and writes; "": it translates


def place_new_tones(text: str) -> str:
    """Move tone marks to the second vowel of oa, oe, uy: hòa -> hoà, thủy -> thuỷ.

    VinAI trained its translators and BARTpho on text in this form: the table is that of
    github.com/VinAIResearch/BARTpho, VietnameseToneNormalization.md, which asks for no end of the syllable.
    """
    return _OLD_TONES.sub(lambda m: _NEW_TONES[m.group()], unicodedata.normalize("NFC", text))


def _new_tones() -> dict[str, str]:
    pairs = {}
    for first, second in ("oa", "oe", "uy"):
        for a, b in ((first, second), (first.upper(), second), (first.upper(), second.upper())):
            for tone in "\u0300\u0301\u0309\u0303\u0323":
                old, new = (unicodedata.normalize("NFC", t) for t in (a + tone + b, a + b + tone))
                pairs[old] = new
    return pairs


_NEW_TONES = _new_tones()
_OLD_TONES = re.compile("|".join(_NEW_TONES))

FAMILIES: Mapping[str, Family] = {
    f.name: f
    for f in (
        # Helsinki-NLP/opus-mt-vi-en
        Family("opus-mt", "seq2seq", ("marian",)),
        # facebook/nllb-200-*: FLORES-200 codes
        Family(
            "nllb",
            "seq2seq",
            ("m2m_100",),
            ("NllbTokenizer",),
            source_code="vie_Latn",
            target_code="eng_Latn",
            target_first="forced",
        ),
        # facebook/m2m100_*
        Family(
            "m2m100",
            "seq2seq",
            ("m2m_100",),
            ("M2M100Tokenizer",),
            source_code="vi",
            target_code="en",
            code_token="__{}__",
            target_first="forced",
        ),
        # facebook/mbart-large-50-many-to-one-mmt and its kin
        Family(
            "mbart50",
            "seq2seq",
            ("mbart",),
            ("MBart50Tokenizer",),
            source_code="vi_VN",
            target_code="en_XX",
            target_first="forced",
        ),
        # vinai/vinai-translate-vi2en-v2: an mBART whose answer starts with the code, as its model card does it
        Family(
            "vinai",
            "seq2seq",
            ("mbart",),
            ("MBartTokenizer",),
            source_code="vi_VN",
            target_code="en_XX",
            target_first="start",
            normalise=place_new_tones,
        ),
        # google/madlad400-*-mt
        Family("madlad", "seq2seq", ("t5",), token="<2en>", prefix="<2en> "),
        # VietAI/envit5-translation: answers "en: ..."
        Family("envit5", "seq2seq", ("t5",), named=True, prefix="vi: ", answer_prefix="en: "),
        # a T5 that was fine-tuned from Vietnamese to English without a prefix
        Family("t5", "seq2seq", ("t5", "mt5", "umt5"), named=True),
        # Qwen, Gemma, Llama and other instruction models with a chat template
        Family("chat", "chat", (), source_tokens=400, target_tokens=800, ctranslate2=False),
    )
}
"""By name, in the order in which a folder is compared with them."""

SUMMARY_FAMILIES: Mapping[str, Family] = {
    f.name: f
    for f in (
        # facebook/bart-large-cnn and its kin
        Family("bart", "seq2seq", ("bart",), source_tokens=1000, target_tokens=160, ctranslate2=False, language="en"),
        # google/pegasus-*: those for single documents read 512 tokens
        Family(
            "pegasus", "seq2seq", ("pegasus",), source_tokens=500, target_tokens=160, ctranslate2=False, language="en"
        ),
        # VietAI/vit5-*-vietnews-summarization, as its model card does it; its vocabulary has Vietnamese words
        Family(
            "vit5",
            "seq2seq",
            ("t5",),
            token="▁của",
            prefix="vietnews: ",
            source_tokens=1000,
            target_tokens=256,
            ctranslate2=False,
            language="vi",
        ),
        # the T5 of google-t5: "summarize: " is of its own training
        Family(
            "t5-summary",
            "seq2seq",
            ("t5",),
            prefix="summarize: ",
            source_tokens=500,
            target_tokens=160,
            ctranslate2=False,
            language="en",
        ),
        # vinai/bartpho-syllable, fine-tuned on summaries
        Family(
            "bartpho",
            "seq2seq",
            ("mbart",),
            ("BartphoTokenizer",),
            normalise=place_new_tones,
            source_tokens=1000,
            target_tokens=256,
            ctranslate2=False,
            language="vi",
        ),
        # facebook/mbart-large-50, fine-tuned on Vietnamese summaries
        Family(
            "mbart50-summary",
            "seq2seq",
            ("mbart",),
            ("MBart50Tokenizer",),
            source_code="vi_VN",
            target_code="vi_VN",
            target_first="forced",
            source_tokens=1000,
            target_tokens=256,
            ctranslate2=False,
            language="vi",
        ),
        # Qwen, Gemma, Llama and other instruction models
        Family("chat-summary", "chat", (), source_tokens=3000, target_tokens=300, ctranslate2=False, language="en"),
    )
}
"""The families that summarise, over torch only."""

ALL_FAMILIES: Mapping[str, Family] = {**FAMILIES, **SUMMARY_FAMILIES}


def recognise(folder: Path, name: str = "", families: Mapping[str, Family] = FAMILIES) -> Family:
    """Give the family of a checkpoint folder, one of `families`; `name` decides where it is given.

    Raises ModelNotFound where there is no config.json, ModelCorrupt where a file cannot be read, ModelError for
    an unknown name and for a checkpoint whose family nothing tells: the user has to name it.
    """
    config, tokenizer = _read_json(folder / "config.json"), _read_json(folder / "tokenizer_config.json", {})
    if name:
        if name not in ALL_FAMILIES:
            raise ModelError(f"there is no family {name!r}; there are {', '.join(ALL_FAMILIES)}")
        return ALL_FAMILIES[name]
    model_type = str(config.get("model_type", ""))
    fitting = [f for f in families.values() if model_type in f.model_types]
    if not fitting and _has_chat_template(folder, tokenizer):
        return next(f for f in families.values() if f.kind == "chat")
    # Older folders name the tokenizer in config.json, some nowhere: transformers then goes by model_type.
    given = tokenizer.get("tokenizer_class") or config.get("tokenizer_class") or _DEFAULT_TOKENIZER.get(model_type, "")
    for family in fitting:
        told = not family.tokenizers or given.removesuffix("Fast") in family.tokenizers
        if told and not family.named and (not family.token or _has_token(folder, family.token)):
            return family
    if fitting:
        choice = ", ".join(f.name for f in fitting)
        raise ModelError(f"{folder}: nothing tells which family this {model_type} model is of; name it: {choice}")
    raise ModelError(
        f"{folder}: a model of type {model_type!r} without a chat template is none of the families that can be used: "
        + ", ".join(families)
    )


_DEFAULT_TOKENIZER = {"m2m_100": "M2M100Tokenizer", "mbart": "MBartTokenizer"}


def _read_json(path: Path, default: dict[str, Any] | None = None) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as e:
        if default is None:
            raise ModelNotFound(f"no model in {path.parent}: it has no {path.name}") from e
        return default
    except (OSError, ValueError) as e:
        raise ModelCorrupt(f"{path} cannot be read: {e}") from e
    if not isinstance(data, dict):
        raise ModelCorrupt(f"{path} is no JSON object")
    return data


def _has_chat_template(folder: Path, tokenizer: Mapping[str, Any]) -> bool:
    files = ("chat_template.jinja", "chat_template.json")
    return bool(tokenizer.get("chat_template")) or any((folder / name).is_file() for name in files)


def _has_token(folder: Path, token: str) -> bool:
    """Look for a token in the tokenizer's files, as they are."""
    names = ("tokenizer.json", "spiece.model", "added_tokens.json", "tokenizer_config.json")
    return any(token.encode() in path.read_bytes() for name in names if (path := folder / name).is_file())
