"""Checkpoints of summarizers with tiny random networks, as `tiny_checkpoints` makes those of translators."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
import transformers
from tiny_checkpoints import BART, WIDTH, dump, mbart50, pieces, qwen, save
from tiny_model import LINES
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers


def bart(path: Path) -> None:
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=500, special_tokens=special, initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator(LINES.split("\n"), trainer)
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    tokenizer.save(str(path / "tokenizer.json"))
    names = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}
    dump(path / "tokenizer_config.json", {"tokenizer_class": "BartTokenizer", **names})
    config = transformers.BartConfig(
        **{**BART, "max_position_embeddings": 1100},
        vocab_size=tokenizer.get_vocab_size(),
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
        decoder_start_token_id=2,
        forced_bos_token_id=0,
    )
    save(path, transformers.BartForConditionalGeneration(config))


def pegasus(path: Path) -> None:
    pieces(path / "spiece.model", {"pad_id": 0, "eos_id": 1, "unk_id": 2, "bos_id": -1})
    dump(path / "tokenizer_config.json", {"tokenizer_class": "PegasusTokenizer", "offset": 0})
    dump(path / "config.json", {"model_type": "pegasus"})
    size = len(transformers.AutoTokenizer.from_pretrained(path))
    config = transformers.PegasusConfig(
        **BART, vocab_size=size + 8, pad_token_id=0, eos_token_id=1, decoder_start_token_id=0
    )
    save(path, transformers.PegasusForConditionalGeneration(config))


def _t5(path: Path, symbols: list[str]) -> None:
    special = {"pad_id": 0, "eos_id": 1, "unk_id": 2, "bos_id": -1, "pad_piece": "<pad>"}
    pieces(path / "spiece.model", special, user_defined_symbols=symbols)
    dump(path / "tokenizer_config.json", {"tokenizer_class": "T5Tokenizer", "extra_ids": 100})
    dump(path / "config.json", {"model_type": "t5"})
    config = transformers.T5Config(
        vocab_size=len(transformers.AutoTokenizer.from_pretrained(path)) + 4,
        d_model=WIDTH,
        d_kv=16,
        d_ff=64,
        num_layers=2,
        num_heads=2,
        dropout_rate=0.0,
        initializer_factor=3.0,
        decoder_start_token_id=0,
    )
    save(path, transformers.T5ForConditionalGeneration(config))


def vit5(path: Path) -> None:
    _t5(path, ["▁của"])


def t5_summary(path: Path) -> None:
    _t5(path, [])


def bartpho(path: Path) -> None:
    source = pieces(path / "sentencepiece.bpe.model", {"bos_id": 1, "eos_id": 2, "unk_id": 0, "pad_id": -1})
    words = [source.id_to_piece(i) for i in range(3, len(source))]
    (path / "dict.txt").write_text("".join(f"{word} 1\n" for word in words), encoding="utf-8")
    dump(path / "tokenizer_config.json", {"tokenizer_class": "BartphoTokenizer"})
    dump(path / "config.json", {"model_type": "mbart"})
    config = transformers.MBartConfig(
        **{**BART, "max_position_embeddings": 1100},
        vocab_size=len(transformers.AutoTokenizer.from_pretrained(path)),
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
        decoder_start_token_id=2,
        tokenizer_class="BartphoTokenizer",
    )
    save(path, transformers.MBartForConditionalGeneration(config))


MAKERS: dict[str, Callable[[Path], Any]] = {
    "bart": bart,
    "pegasus": pegasus,
    "vit5": vit5,
    "t5-summary": t5_summary,
    "bartpho": bartpho,
    "mbart50-summary": mbart50,
    "chat-summary": qwen,
}
"""By the name of the family."""


def make_summarizer(path: Path, family: str, seed: int = 5) -> Path:
    """Write the checkpoint of MAKERS[family] into a new folder."""
    path.mkdir(parents=True)
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        MAKERS[family](path)
    return path
