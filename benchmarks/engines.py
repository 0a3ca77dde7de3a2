"""Write so many tokens with one engine: backends.py runs this in a process of its own.

    python benchmarks/engines.py prepare|transformers|ctranslate2|onnxruntime JOB.json

Prints JSON: seconds until the first prompt was answered, seconds for all of them. Neither vn_summarize nor
onnxruntime need be installed for prepare and transformers, nor torch for the others.
"""
# ruff: noqa: PLC0415 (see above)

import json
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

Job = Mapping[str, Any]
Prompts = Sequence[Sequence[int]]

OPUS_MT = {
    "vocab_size": 53685,
    "d_model": 512,
    "encoder_layers": 6,
    "decoder_layers": 6,
    "encoder_attention_heads": 8,
    "decoder_attention_heads": 8,
    "encoder_ffn_dim": 2048,
    "decoder_ffn_dim": 2048,
    "activation_function": "swish",
    "max_position_embeddings": 512,
    "scale_embedding": True,
    "static_position_embeddings": True,
    "normalize_before": False,
    "pad_token_id": 53684,
    "eos_token_id": 0,
    "decoder_start_token_id": 53684,
}
"""The sizes of Helsinki-NLP/opus-mt-vi-en; its vocabulary has about so many pieces."""


class Numbers:
    """What CTranslate2's converters ask of a tokenizer, for a vocabulary that is only numbers."""

    def __init__(self, size: int, pad: int | None) -> None:
        self.tokens = {"<pad>" if i == pad else str(i): i for i in range(size)}
        self.bos_token, self.eos_token, self.unk_token = "2", "0", "1"

    def get_vocab(self) -> dict[str, int]:
        return self.tokens

    def convert_ids_to_tokens(self, number: int) -> str:
        return list(self.tokens)[number]


def prepare(job: Job) -> dict[str, Any]:
    """Save each architecture for each engine and type of numbers: random weights, or those of `checkpoint`."""
    import torch
    import transformers
    from ctranslate2.converters import transformers as converters

    transformers.utils.logging.disable_progress_bar()
    sizes = {}
    for name, source in job["architectures"].items():
        torch.manual_seed(3)
        kind = transformers.AutoModelForCausalLM if source else transformers.AutoModelForSeq2SeqLM
        model = kind.from_pretrained(source) if source else kind.from_config(transformers.MarianConfig(**OPUS_MT))
        folder = Path(job["folder"], name)
        for dtype in ("bfloat16", "float32"):
            model.to(getattr(torch, dtype)).save_pretrained(folder / f"transformers-{dtype}")
        sizes[name] = sum(weights.numel() for weights in model.parameters())
        for quantisation in ("float32", "int8"):  # converting takes the model apart
            model = kind.from_pretrained(folder / "transformers-float32").requires_grad_(False)
            numbers = Numbers(model.config.vocab_size, None if source else model.config.pad_token_id)
            spec = converters._MODEL_LOADERS[type(model.config).__name__](model, numbers)
            spec.validate()
            spec.optimize(quantization=quantisation)
            (folder / f"ctranslate2-{quantisation}").mkdir()
            spec.save(str(folder / f"ctranslate2-{quantisation}"))
    return {"sizes": sizes}


def run_transformers(job: Job) -> dict[str, Any]:
    began = time.perf_counter()
    import torch
    import transformers

    transformers.utils.logging.disable_progress_bar()
    torch.set_num_threads(job["cores"])
    kind = transformers.AutoModelForCausalLM if job["decoder"] else transformers.AutoModelForSeq2SeqLM
    model = kind.from_pretrained(job["model"], dtype=getattr(torch, job["kind"])).eval()
    exactly = {"min_new_tokens": job["tokens"], "max_new_tokens": job["tokens"]}
    model.generation_config.max_length = None

    def write(prompts: Prompts) -> None:
        for batch in in_batches(prompts, job["batch"]):
            ids = torch.tensor(batch)
            with torch.inference_mode():
                model.generate(ids, attention_mask=torch.ones_like(ids), num_beams=1, do_sample=False, **exactly)

    return timed(write, job["prompts"], began)


def run_ctranslate2(job: Job) -> dict[str, Any]:
    began = time.perf_counter()
    import ctranslate2

    # As vn_summarize does: a Marian batch is too small to gain from a second core, a decoder's is not.
    inter, intra = (1, job["cores"]) if job["decoder"] else (job["cores"], 1)
    kind = ctranslate2.Generator if job["decoder"] else ctranslate2.Translator
    engine = kind(job["model"], compute_type=job["kind"], inter_threads=inter, intra_threads=intra)
    options = {"beam_size": 1, "max_batch_size": job["batch"]}

    def write(prompts: Prompts) -> None:
        tokens = [[str(i) for i in prompt] for prompt in prompts]
        n = job["tokens"]
        if job["decoder"]:
            for batch in in_batches(tokens, job["batch"]):
                engine.generate_batch(batch, min_length=n, max_length=n, include_prompt_in_result=False, **options)
        else:
            engine.translate_batch(tokens, min_decoding_length=n, max_decoding_length=n, **options)

    return timed(write, job["prompts"], began)


def run_onnxruntime(job: Job) -> dict[str, Any]:
    """Let the product's own search over the shipped graph write, with an end token that there is not."""
    began = time.perf_counter()
    from vn_summarize.backends import DEFAULT_DECODING
    from vn_summarize.backends.beam import Beam
    from vn_summarize.backends.onnx_decoder import OnnxDecoderTranslator
    from vn_summarize.models import load, resolve

    translator = load(resolve(job["model"]))
    assert isinstance(translator, OnnxDecoderTranslator)

    def write(prompts: Prompts) -> None:
        beams = [Beam(DEFAULT_DECODING, -1, job["tokens"]) for _ in prompts]
        longest_first = sorted(map(list, prompts), key=len, reverse=True)
        translator._search(deque(zip(longest_first, beams, strict=True)), DEFAULT_DECODING.beam)
        assert all(len(beam.best()[0].tokens) == job["tokens"] for beam in beams)

    return timed(write, job["prompts"], began)


def in_batches(prompts: Sequence[Any], size: int) -> list[list[Any]]:
    """Give the prompts in batches of one length, so that none is padded."""
    groups = (list(group) for _, group in groupby(sorted(prompts, key=len), key=len))
    return [group[i : i + size] for group in groups for i in range(0, len(group), size)]


def timed(write: Callable[[Prompts], None], prompts: Prompts, began: float) -> dict[str, Any]:
    """Answer one prompt, which may load weights, then all."""
    write(prompts[:1])
    loaded = time.perf_counter()
    write(prompts)
    return {"start": loaded - began, "seconds": time.perf_counter() - loaded}


ENGINES = {
    "prepare": prepare,
    "transformers": run_transformers,
    "ctranslate2": run_ctranslate2,
    "onnxruntime": run_onnxruntime,
}


def main() -> None:
    engine, path = sys.argv[1:]
    job = json.loads(Path(path).read_text(encoding="utf-8"))
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: job["cores"]])
    print(json.dumps(ENGINES[engine](job)))


if __name__ == "__main__":
    main()
