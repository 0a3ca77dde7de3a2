"""Train the vocabulary of a Marian model from prepared pairs: SentencePiece, shared by both languages.

    python training/vocabulary.py --pairs RUN/pairs.tsv --out START [--pieces 12000]

START/ gets source.spm, target.spm (the same), vocab.json and tokenizer_config.json as transformers' Marian has
them: </s> is 0, <unk> 1, <pad> the last. Unigram pieces with byte fallback, every digit a piece of its own (so
that numbers are copied digit by digit), the marks of inline terms as whole pieces.
"""

import argparse
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from sentencepiece import SentencePieceProcessor, SentencePieceTrainer

MARKERS = ("<unused0>", "<unused1>", "<unused2>")


def texts(pairs: Path) -> Iterator[str]:
    for line in pairs.open(encoding="utf8"):
        yield from line.rstrip("\n").split("\t")[:2]


def train(pairs: Path, pieces: int) -> bytes:
    model = io.BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=texts(pairs), model_writer=model, vocab_size=pieces - 1, model_type="unigram",
        byte_fallback=True, split_digits=True, character_coverage=0.9998, normalization_rule_name="identity",
        user_defined_symbols=",".join(MARKERS), eos_id=0, unk_id=1, bos_id=-1, pad_id=-1, minloglevel=2,
    )  # fmt: skip
    return model.getvalue()


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--pairs", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--pieces", type=int, default=12_000, help="<pad> among them")
    o = p.parse_args()
    o.out.mkdir(parents=True, exist_ok=True)
    (o.out / "source.spm").write_bytes(train(o.pairs, o.pieces))
    shutil.copy(o.out / "source.spm", o.out / "target.spm")
    spm = SentencePieceProcessor(str(o.out / "source.spm"))
    ids = {spm.id_to_piece(i): i for i in range(len(spm))} | {"<pad>": len(spm)}
    (o.out / "vocab.json").write_text(json.dumps(ids, ensure_ascii=False, indent=0), encoding="utf8")
    names = {"source_lang": "vi", "target_lang": "en", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}
    config = {"tokenizer_class": "MarianTokenizer", "model_max_length": 512, **names}
    (o.out / "tokenizer_config.json").write_text(json.dumps(config, indent=1), encoding="utf8")
    print(len(ids), "pieces in", o.out)


if __name__ == "__main__":
    main()
