"""Cut a Gemma GGUF down to the pieces that our Vietnamese and English use.

    python training/trim.py --gguf gemma.gguf --corpus CORPUS --mono MONO --out START

Writes START/ as a transformers checkpoint (bf16) with `source.spm`, a SentencePiece BPE model that
tokenizes as Gemma's own does for every text whose pieces were kept. 262,144 pieces become about
24,000; the embedding shrinks from 168M to 15M parameters, the layers are untouched.
"""

import argparse
import collections
import itertools
import json
import lzma
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import torch
from gguf import GGUFReader
from sentencepiece import SentencePieceProcessor
from sentencepiece import sentencepiece_model_pb2 as spm_proto
from transformers import AutoModelForCausalLM, GgufConfig

# The term markers are three of Gemma's reserved tokens; docs/model-format.md has the convention.
SPECIAL = ["<pad>", "<eos>", "<bos>", "<unk>", "<unused0>", "<unused1>", "<unused2>", "<unused3>"]
UNSEEN_LETTERS = "ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"


# How much a piece's occurrence counts: the register that we translate first, technical text last.
WEIGHTS = {"provincial": 4.0, "vlsp20_news": 1.0, "songngu_news_sent": 1.0, "alt_wikinews": 1.0, "evbnews": 1.0}
OTHER_WEIGHT = 0.25


def read_texts(corpus: Path, mono: Path) -> Iterator[tuple[str, float]]:
    """Yield every text of the parallel corpora and of the monolingual articles with its weight."""
    for path in sorted(corpus.glob("*.tsv.xz")):
        weight = WEIGHTS.get(path.name.removesuffix(".tsv.xz"), OTHER_WEIGHT)
        with lzma.open(path, "rt", encoding="utf8") as lines:
            for line in lines:
                yield from ((text, weight) for text in line.rstrip("\n").split("\t"))
    for path in sorted(mono.glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf8") as lines:
            for line in lines:
                article = json.loads(line)
                yield from ((text, OTHER_WEIGHT) for text in (article["title"], *article["paragraphs"]))


def read_vocabulary(gguf: Path) -> list[tuple[str, float]]:
    """Give each (piece, score) of the GGUF file in the order of its ids."""
    fields = GGUFReader(gguf).fields
    pieces = fields["tokenizer.ggml.tokens"].contents()
    scores = fields["tokenizer.ggml.scores"].contents()
    return list(zip(pieces, scores, strict=True))


def sentencepiece_model(pieces: list[tuple[str, float]]) -> bytes:
    """Build a SentencePiece BPE model with Gemma's settings: byte fallback, digits split, no normalisation."""
    proto = spm_proto.ModelProto()
    kinds = spm_proto.ModelProto.SentencePiece
    for piece, score in pieces:
        kind = kinds.NORMAL
        if piece == "<unk>":
            kind = kinds.UNKNOWN
        elif piece in ("<pad>", "<eos>", "<bos>"):
            kind = kinds.CONTROL
        elif piece in SPECIAL or (set(piece) == {"▁"} and len(piece) > 1) or piece == "\n":
            kind = kinds.USER_DEFINED
        elif len(piece) == 6 and piece.startswith("<0x"):
            kind = kinds.BYTE
        proto.pieces.add(piece=piece, score=score, type=kind)
    spec = proto.trainer_spec
    spec.model_type = spec.BPE
    spec.vocab_size = len(pieces)
    spec.byte_fallback = True
    spec.split_digits = True
    spec.pad_id, spec.eos_id, spec.bos_id, spec.unk_id = 0, 1, 2, 3
    spec.pad_piece, spec.eos_piece, spec.bos_piece, spec.unk_piece = "<pad>", "<eos>", "<bos>", "<unk>"
    proto.normalizer_spec.name = "identity"
    proto.normalizer_spec.add_dummy_prefix = False
    proto.normalizer_spec.remove_extra_whitespaces = False
    proto.normalizer_spec.escape_whitespaces = True
    return proto.SerializeToString()


def count_pieces(vocabulary: list[tuple[str, float]], texts: Iterator[tuple[str, float]]) -> dict[int, float]:
    """Count how often each piece is seen, each text by its weight."""
    full = SentencePieceProcessor(model_proto=sentencepiece_model(vocabulary))
    counts: collections.defaultdict[int, float] = collections.defaultdict(float)
    for text, weight in texts:
        for i in full.encode(unicodedata.normalize("NFC", text)):
            counts[i] += weight
    return counts


def kept_pieces(vocabulary: list[tuple[str, float]], counts: dict[int, float], least: float) -> set[str]:
    """Choose the pieces seen at least `least` times, with every piece their merges pass through."""
    score = dict(vocabulary)
    kept = {vocabulary[i][0] for i, n in counts.items() if n >= least}
    letters = UNSEEN_LETTERS + UNSEEN_LETTERS.upper() + "".join(map(chr, range(33, 127)))
    kept |= {p for c in letters for p in (c, "▁" + c) if p in score}
    todo = list(kept)
    while todo:
        piece = todo.pop()
        for part in merge_parts(piece, score):
            if part not in kept:
                kept.add(part)
                todo.append(part)
    return kept


def merge_parts(piece: str, score: dict[str, float]) -> tuple[str, ...]:
    """Give the last two parts that greedy BPE joins to make `piece`."""
    parts = list(piece)
    while len(parts) > 2:
        joined = [(score[a + b], -i) for i, (a, b) in enumerate(itertools.pairwise(parts)) if a + b in score]
        if not joined:
            return ()
        i = -max(joined)[1]
        parts[i : i + 2] = [parts[i] + parts[i + 1]]
    return tuple(parts)


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--gguf", type=Path, required=True)
    p.add_argument("--corpus", type=Path, required=True, help="folder of *.tsv.xz")
    p.add_argument("--mono", type=Path, required=True, help="folder of *.jsonl.xz")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--least", type=float, default=14, help="least weighted count of a kept piece (default 14)")
    o = p.parse_args()
    vocabulary = read_vocabulary(o.gguf)
    kept = kept_pieces(vocabulary, count_pieces(vocabulary, read_texts(o.corpus, o.mono)), o.least)
    index = {piece: i for i, (piece, _) in enumerate(vocabulary)}
    is_byte = [piece for piece, _ in vocabulary if len(piece) == 6 and piece.startswith("<0x")]
    head = SPECIAL + is_byte + ["\n"]
    order = [index[x] for x in head]
    order += sorted(index[x] for x in kept if x not in set(head) and len(x.strip("▁")) + (x == "▁") > 0)
    print(len(order), "pieces kept")
    model = AutoModelForCausalLM.from_pretrained(
        o.gguf.parent, gguf_file=o.gguf.name, quantization_config=GgufConfig(dequantize=True), dtype=torch.float32
    )
    rows = model.get_input_embeddings().weight.detach()[order].clone()
    model.resize_token_embeddings(len(order), mean_resizing=False)
    model.get_input_embeddings().weight.data.copy_(rows)
    model.config.vocab_size = len(order)
    o.out.mkdir(parents=True, exist_ok=True)
    model.to(torch.bfloat16).save_pretrained(o.out)
    (o.out / "source.spm").write_bytes(sentencepiece_model([vocabulary[i] for i in order]))
    print(sum(x.numel() for x in model.parameters()), "parameters")


if __name__ == "__main__":
    main()
