"""Translate plain sentences, on one side or the other: throughput.py runs this in a process of its own.

    python benchmarks/sides.py plain|transformers JOB.json

Prints JSON: seconds until the first sentence was done, seconds for all of them, the translations. On the side of
transformers neither vn_summarize nor ctranslate2 need be installed, on ours neither torch nor transformers.
"""
# ruff: noqa: PLC0415 (see above)

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Job = Mapping[str, Any]


def translate_plainly(job: Job) -> dict[str, Any]:
    """Translate with our model alone: nothing is checked, nothing retried."""
    began = time.perf_counter()
    from vn_summarize.models import LazyTranslator, resolve

    translator = LazyTranslator(resolve(job["model"]))

    def translate(sentences: Sequence[str]) -> list[str]:
        return [answer.text for answer in translator.translate(sentences)]

    return timed(translate, job["sentences"], began)


def translate_with_transformers(job: Job) -> dict[str, Any]:
    """Translate with the checkpoint: torch, fp32, and the prompt, beam, limits and forbidden tokens of our model."""
    began = time.perf_counter()
    import torch
    import transformers

    description, folder = job["description"], Path(job["checkpoint"])
    decoder = description["family"] == "decoder"
    kind = transformers.AutoModelForCausalLM if decoder else transformers.AutoModelForSeq2SeqLM
    model = kind.from_pretrained(folder, dtype=torch.float32).eval()
    model.generation_config.max_length = None  # max_new_tokens says it for each batch
    vocabulary = load_vocabulary(folder)
    encode = encoder(vocabulary, description)
    suppressed = [vocabulary.ids[piece] for piece in description["tokens"]["suppress"]]
    special = [vocabulary.ids[description["tokens"][name]] for name in ("bos", "eos") if description["tokens"][name]]
    special += [model.config.pad_token_id, *suppressed]

    def answer(sources: Sequence[list[int]]) -> list[str]:
        rows, mask = pad(sources, model.config.pad_token_id, left=decoder)
        width = len(rows[0])
        with torch.inference_mode():
            answers = model.generate(
                input_ids=torch.tensor(rows),
                attention_mask=torch.tensor(mask),
                num_beams=job["beam"],
                do_sample=False,
                early_stopping=True,  # when there are as many answers as beams, as CTranslate2 does
                max_new_tokens=min(2 * (width - len(encode(""))) + 20, description["limits"]["target_tokens"]),
                suppress_tokens=[*suppressed, vocabulary.unknown],
                eos_token_id=vocabulary.ids[description["tokens"]["eos"]],
                pad_token_id=model.config.pad_token_id,
            )
        return [vocabulary.join(ids, special) for ids in answers[:, width if decoder else 0 :].tolist()]

    def translate(sentences: Sequence[str]) -> list[str]:
        return in_batches(answer, [encode(sentence) for sentence in sentences], job["batch"])

    versions = {"torch": torch.__version__, "transformers": transformers.__version__}
    return timed(translate, job["sentences"], began) | {"versions": versions, "threads": torch.get_num_threads()}


def timed(translate: Callable[[Sequence[str]], list[str]], sentences: Sequence[str], began: float) -> dict[str, Any]:
    """Translate one sentence, which may load weights, then all."""
    translate(sentences[:1])
    loaded = time.perf_counter()
    texts = translate(sentences)
    return {"start": loaded - began, "seconds": time.perf_counter() - loaded, "texts": texts}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces of source.spm with the numbers that the network knows them by."""

    pieces: Any
    ids: Mapping[str, int]
    names: Mapping[int, str]
    unknown: int

    def split(self, text: str) -> list[int]:
        return [self.ids.get(piece, self.unknown) for piece in self.pieces.encode(text, out_type=str)]

    def join(self, ids: Sequence[int], special: Sequence[int]) -> str:
        return " ".join(self.pieces.decode_pieces([self.names[i] for i in ids if i not in special]).split())


def load_vocabulary(folder: Path) -> Vocabulary:
    from sentencepiece import SentencePieceProcessor

    pieces = SentencePieceProcessor(model_file=str(folder / "source.spm"))
    own = {pieces.id_to_piece(i): i for i in range(len(pieces))}
    listed = folder / "vocab.json"  # Marian numbers the pieces anew
    ids = json.loads(listed.read_text(encoding="utf-8")) if listed.exists() else own
    names = {number: piece for piece, number in ids.items()}
    return Vocabulary(pieces, ids, names, ids[pieces.id_to_piece(pieces.unk_id())])


def encoder(vocabulary: Vocabulary, description: Job) -> Callable[[str], list[int]]:
    """Give what turns a sentence into the ids of its prompt (docs/model-format.md, "The families")."""
    tokens, prompt = description["tokens"], description["prompt"]
    before, after = [], [vocabulary.ids[tokens["eos"]]]
    if description["family"] == "decoder":
        before = [vocabulary.ids[tokens["bos"]], *vocabulary.split(prompt["prefix"])]
        after = vocabulary.split(prompt["suffix"])
    return lambda text: [*before, *vocabulary.split(text), *after]


def pad(rows: Sequence[list[int]], filler: int, left: bool) -> tuple[list[list[int]], list[list[int]]]:
    """Make the rows as long as the longest; give the attention mask too."""
    gaps = [max(map(len, rows)) - len(row) for row in rows]
    if left:
        return (
            [[filler] * gap + row for gap, row in zip(gaps, rows, strict=True)],
            [[0] * gap + [1] * len(row) for gap, row in zip(gaps, rows, strict=True)],
        )
    return (
        [row + [filler] * gap for gap, row in zip(gaps, rows, strict=True)],
        [[1] * len(row) + [0] * gap for gap, row in zip(gaps, rows, strict=True)],
    )


def in_batches(answer: Callable[[Sequence[list[int]]], list[str]], rows: Sequence[list[int]], size: int) -> list[str]:
    """Answer rows of like lengths together, the longest first; the answers come in the order of `rows`."""
    order = sorted(range(len(rows)), key=lambda i: -len(rows[i]))
    done: dict[int, str] = {}
    for at in range(0, len(order), size):
        batch = order[at : at + size]
        done.update(zip(batch, answer([rows[i] for i in batch]), strict=True))
    return [done[i] for i in range(len(rows))]


def main() -> None:
    side, path = sys.argv[1:]
    job = json.loads(Path(path).read_text(encoding="utf-8"))
    print(json.dumps(translate_plainly(job) if side == "plain" else translate_with_transformers(job)))


if __name__ == "__main__":
    main()
