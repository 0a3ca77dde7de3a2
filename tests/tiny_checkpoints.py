"""Checkpoints with tiny random networks, made with transformers' own classes in the file layout of the hub.

Needs torch. The tokenizers are trained on a few sentences; the weights are random.
"""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
import transformers
from sentencepiece import SentencePieceProcessor, SentencePieceTrainer
from tiny_model import LINES
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers.models.m2m_100.tokenization_m2m_100 import FAIRSEQ_LANGUAGE_CODES

WIDTH = 32
CHAT = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
BART = {
    "d_model": WIDTH,
    "encoder_layers": 2,
    "decoder_layers": 2,
    "encoder_attention_heads": 2,
    "decoder_attention_heads": 2,
    "encoder_ffn_dim": 64,
    "decoder_ffn_dim": 64,
    "init_std": 0.4,
    "dropout": 0.0,
    "max_position_embeddings": 600,
}


def pieces(path: Path, special: dict[str, Any] | None = None, **options: Any) -> SentencePieceProcessor:
    """Train a SentencePiece model as the published ones are: unigram, with fairseq's or T5's special pieces."""
    model = io.BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=iter(LINES.split("\n") * 4),
        model_writer=model,
        vocab_size=300,
        hard_vocab_limit=False,
        character_coverage=1.0,
        minloglevel=2,
        **(special or {}),
        **options,
    )
    path.write_bytes(model.getvalue())
    return SentencePieceProcessor(model_proto=model.getvalue())


def dump(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def save(path: Path, network: Any) -> None:
    """Save as safetensors with config.json."""
    network.save_pretrained(path)


def opus_mt(path: Path) -> None:
    names = {"eos_id": 0, "unk_id": 1, "bos_id": -1, "pad_id": -1}
    source = pieces(path / "source.spm", names)
    (path / "target.spm").write_bytes((path / "source.spm").read_bytes())
    vocabulary = {source.id_to_piece(i): i for i in range(len(source))} | {"<pad>": len(source)}
    dump(path / "vocab.json", vocabulary)
    dump(
        path / "tokenizer_config.json",
        {"source_lang": "vie", "target_lang": "eng", "tokenizer_class": "MarianTokenizer"},
    )
    pad = vocabulary["<pad>"]
    config = transformers.MarianConfig(
        **BART,
        vocab_size=pad + 1,
        pad_token_id=pad,
        eos_token_id=0,
        forced_eos_token_id=0,
        decoder_start_token_id=pad,
        scale_embedding=True,
        static_position_embeddings=True,
        activation_function="swish",
    )
    save(path, transformers.MarianMTModel(config))


def _m2m_network(path: Path, size: int) -> None:
    config = transformers.M2M100Config(
        **BART, vocab_size=size, pad_token_id=1, bos_token_id=0, eos_token_id=2, decoder_start_token_id=2
    )
    save(path, transformers.M2M100ForConditionalGeneration(config))


def m2m100(path: Path) -> None:
    source = pieces(path / "sentencepiece.bpe.model", {"bos_id": 0, "eos_id": 1, "unk_id": 2, "pad_id": -1})
    words = ["<s>", "<pad>", "</s>", "<unk>", *(source.id_to_piece(i) for i in range(3, len(source)))]
    dump(path / "vocab.json", {word: i for i, word in enumerate(words)})
    codes = [f"__{code}__" for code in FAIRSEQ_LANGUAGE_CODES["m2m100"]]
    dump(
        path / "tokenizer_config.json",
        {"tokenizer_class": "M2M100Tokenizer", "num_madeup_words": 8, "additional_special_tokens": codes},
    )
    _m2m_network(path, len(words) + 100 + 8)  # 100 languages, 8 spare rows


def nllb(path: Path) -> None:
    pieces(path / "sentencepiece.bpe.model", {"bos_id": 1, "eos_id": 2, "unk_id": 0, "pad_id": -1})
    codes = ["ace_Arab", "eng_Latn", "lao_Laoo", "vie_Latn", "zul_Latn"]
    dump(path / "tokenizer_config.json", {"tokenizer_class": "NllbTokenizer", "additional_special_tokens": codes})
    dump(path / "config.json", {"model_type": "m2m_100"})
    tokenizer = transformers.AutoTokenizer.from_pretrained(path)
    tokenizer.save_pretrained(path)
    _m2m_network(path, len(tokenizer))


def _mbart(path: Path, kind: str, **config: Any) -> None:
    pieces(path / "sentencepiece.bpe.model", {"bos_id": 1, "eos_id": 2, "unk_id": 0, "pad_id": -1})
    dump(path / "tokenizer_config.json", {"tokenizer_class": kind})
    dump(path / "config.json", {"model_type": "mbart"})
    tokenizer = transformers.AutoTokenizer.from_pretrained(path)
    made = transformers.MBartConfig(
        **BART,
        vocab_size=len(tokenizer),
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
        forced_eos_token_id=2,
        scale_embedding=True,
        **config,
    )
    save(path, transformers.MBartForConditionalGeneration(made))


def mbart50(path: Path) -> None:
    _mbart(path, "MBart50Tokenizer", decoder_start_token_id=2, tokenizer_class="MBart50Tokenizer")


def vinai(path: Path) -> None:
    _mbart(path, "MBartTokenizer", tokenizer_class="MBartTokenizer")


def _t5(path: Path, symbols: list[str], **config: Any) -> None:
    special = {"pad_id": 0, "eos_id": 1, "unk_id": 2, "bos_id": -1, "pad_piece": "<pad>"}
    pieces(path / "spiece.model", special, user_defined_symbols=symbols)
    dump(path / "tokenizer_config.json", {"tokenizer_class": "T5Tokenizer", "extra_ids": 0 if symbols else 100})
    dump(path / "config.json", {"model_type": "t5"})
    tokenizer = transformers.AutoTokenizer.from_pretrained(path)
    made = transformers.T5Config(
        vocab_size=len(tokenizer) + 4,
        d_model=WIDTH,
        d_kv=16,
        d_ff=64,
        num_layers=2,
        num_heads=2,
        dropout_rate=0.0,
        initializer_factor=3.0,
        decoder_start_token_id=0,
        **config,
    )
    save(path, transformers.T5ForConditionalGeneration(made))


def envit5(path: Path) -> None:
    _t5(path, [])


def madlad(path: Path) -> None:
    _t5(path, ["<2en>", "<2vi>"], feed_forward_proj="gated-gelu", tie_word_embeddings=False)


def _chat(path: Path, network: Callable[[int], Any], end: str, kind: str) -> None:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=500,
        special_tokens=["<|endoftext|>", "<|im_start|>", "<|im_end|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(LINES.split("\n"), trainer)
    tokenizer.save(str(path / "tokenizer.json"))
    dump(
        path / "tokenizer_config.json",
        {"tokenizer_class": kind, "eos_token": end, "pad_token": "<|endoftext|>", "chat_template": CHAT},
    )
    made = network(tokenizer.get_vocab_size())
    made.generation_config.eos_token_id = [tokenizer.token_to_id("<|im_end|>"), tokenizer.token_to_id("<|endoftext|>")]
    made.generation_config.do_sample, made.generation_config.repetition_penalty = True, 1.3
    save(path, made)


_DECODER = {
    "hidden_size": WIDTH,
    "intermediate_size": 64,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "num_key_value_heads": 1,
    "head_dim": 16,
    "initializer_range": 0.4,
    "pad_token_id": 0,
    "bos_token_id": 0,
    "eos_token_id": 2,
    "max_position_embeddings": 4000,
}


def qwen(path: Path) -> None:
    _chat(
        path,
        lambda n: transformers.Qwen3ForCausalLM(transformers.Qwen3Config(vocab_size=n, **_DECODER)),
        "<|im_end|>",
        "Qwen2Tokenizer",
    )


def gemma(path: Path) -> None:
    config = {"initializer_range": 0.1, "sliding_window": 64, "layer_types": ["sliding_attention", "full_attention"]}
    _chat(
        path,
        lambda n: transformers.Gemma3ForCausalLM(transformers.Gemma3TextConfig(vocab_size=n, **(_DECODER | config))),
        "<|im_end|>",
        "PreTrainedTokenizerFast",
    )


def llama(path: Path) -> None:
    _chat(
        path,
        lambda n: transformers.LlamaForCausalLM(transformers.LlamaConfig(vocab_size=n, **_DECODER)),
        "<|im_end|>",
        "PreTrainedTokenizerFast",
    )


MAKERS: dict[str, Callable[[Path], None]] = {
    f.__name__: f for f in (opus_mt, nllb, m2m100, mbart50, vinai, envit5, madlad, qwen, gemma, llama)
}


def make_checkpoint(path: Path, name: str, seed: int = 5) -> Path:
    """Write the checkpoint of MAKERS[name] into a new folder; its family's name is in `FAMILY`."""
    path.mkdir(parents=True)
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        MAKERS[name](path)
    return path


FAMILY = {name: name for name in MAKERS} | {"opus_mt": "opus-mt"} | dict.fromkeys(("qwen", "gemma", "llama"), "chat")
