"""What the families share over CTranslate2: weights from memory, batches that change no result, answers.

**Batches.** With int8 weights CTranslate2 gives a sentence other scores, and now and then other words, when
its batch holds sentences of other lengths: padding changes the order of float sums. Batches of one length
gave the same bytes as batches of one in every measurement (docs/model-format.md has them), on any number
of threads.
"""

import contextlib
import os
import tempfile
from abc import abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import ctranslate2

from vn_summarize.backends import Decoding, Runtime, Translation
from vn_summarize.backends.local import LocalTranslator
from vn_summarize.errors import GenerationError, ModelCorrupt, ModelError
from vn_summarize.models import ModelFolder, read_checked, usable_cores

BATCH = 16
"""Segments of a batch at most; larger ones were no faster on two cores."""

BUDGET = 1024
"""Source tokens x beam of a batch: the decoder keeps 37 kB for each (and as many for the answer)."""


class CTranslate2Translator(LocalTranslator):
    """A Translator over one of CTranslate2's engines; the families differ in `_open`, `_start` and `_width`."""

    threads = 1
    """Cores that share a batch, where nothing is chosen."""

    def __init__(self, folder: ModelFolder, runtime: Runtime) -> None:
        super().__init__(folder, runtime)
        cores = runtime.threads or usable_cores()
        threads = max(1, cores // runtime.jobs) if runtime.jobs else min(self.threads, cores)
        device = choose_device(folder, runtime.device)
        options = {
            "device": device,
            "compute_type": runtime.compute or choose_compute(folder.model.quantization, device),
            "inter_threads": (runtime.jobs or max(1, cores // threads)) if device == "cpu" else 1,
            "intra_threads": threads,
            "max_queued_batches": -1,
        }
        with open_weights(folder) as (path, files):
            try:
                self._engine = self._open(path, files=files, **options)
            except (RuntimeError, ValueError) as e:
                raise ModelCorrupt(f"{folder.path}: CTranslate2 cannot load the model: {e}") from e

    @abstractmethod
    def _open(self, path: str, **options: Any) -> Any:
        """Make the engine."""

    @abstractmethod
    def _start(self, batch: list[list[str]], least: int, limit: int, options: dict[str, Any]) -> list[Any]:
        """Queue a batch and give its pending results; `least` is the least length of their class (see `group`)."""

    @abstractmethod
    def _answers(self, result: Any) -> list[list[str]]:
        """Give the hypotheses of a result."""

    def _score(self, result: Any) -> float:
        """Give the best hypothesis's mean log-probability of a token."""
        score: float = result.scores[0]
        return score

    @property
    def _suppress(self) -> tuple[str, ...]:
        """Tokens that are never generated."""
        return self._model.suppress

    @property
    def _end(self) -> str:
        """The token that ends an answer."""
        return self._model.eos

    def _width(self, decoding: Decoding) -> int:
        """Say how many neighbouring lengths may share a batch."""
        return 1

    def _translate(self, sequences: Sequence[tuple[str, ...]], decoding: Decoding) -> list[Translation]:
        options = {
            "asynchronous": True,
            "beam_size": decoding.beam,
            "num_hypotheses": min(decoding.alternatives, decoding.beam),
            "no_repeat_ngram_size": decoding.no_repeat_ngram,
            "repetition_penalty": decoding.repetition_penalty,
            "suppress_sequences": [[token] for token in self._suppress] or None,
            "disable_unk": True,
            "return_scores": True,
            "return_end_token": True,
        }
        started: list[tuple[int, Any]] = []
        budget = (self._runtime.batch_tokens or BUDGET) // decoding.beam
        for size, batch in group([len(s) for s in sequences], self._width(decoding), budget):
            limit = self._limit(size.stop - 1)
            pending = self._start([list(sequences[i]) for i in batch], size.start, limit, options)
            started += zip(batch, pending, strict=False)
        results: dict[int, Translation] = {}
        try:
            for i, answer in started:
                results[i] = self._translation(answer.result())
        except RuntimeError as e:
            raise GenerationError(f"{self._model.name} gave no answer: {e}") from e
        return [results[i] for i in range(len(sequences))]

    def _translation(self, result: Any) -> Translation:
        hypotheses = [(self._tokenizer.decode(h), h[-1:] == [self._end]) for h in self._answers(result)]
        text, complete = hypotheses[0]
        others = dict.fromkeys(t for t, whole in hypotheses[1:] if whole and t != text)
        return Translation(text, round(self._score(result), 2) + 0.0, complete, tuple(others))


def choose_device(folder: ModelFolder, device: str) -> str:
    """Give "cpu" or "cuda"; raise ModelError for a device that is not there."""
    there = ctranslate2.get_cuda_device_count() > 0
    if device == "mps" or (device == "cuda" and not there):
        why = "CTranslate2 finds none" if device == "cuda" else "CTranslate2 has no code for it"
        raise ModelError(f"{folder.model.name} cannot run with --device {device}: {why}")
    return "cuda" if there and device != "cpu" else "cpu"


def choose_compute(quantization: str, device: str) -> str:
    """Give the type of numbers that suits the weights and that the device can use; int8 where nothing is said."""
    can = ctranslate2.get_supported_compute_types(device)
    wanted = (*_COMPUTE[device].get(quantization, _COMPUTE[device]["int8"]), "float32")
    return next(compute for compute in wanted if compute in can)


_COMPUTE: dict[str, dict[str, tuple[str, ...]]] = {
    "cpu": {
        "int8": ("int8", "int8_float32"),
        "int8_float32": ("int8_float32",),
        "bfloat16": ("bfloat16",),
        "float16": (),
        "float32": (),
    },
    "cuda": {
        # bfloat16 before float16: T5 and Gemma overflow in float16
        "int8": ("int8_bfloat16", "int8_float16", "int8"),
        "int8_float32": ("int8_float32", "int8"),
        "int8_float16": ("int8_float16", "int8"),
        "int8_bfloat16": ("int8_bfloat16", "int8_float16", "int8"),
        "bfloat16": ("bfloat16", "float16"),
        "float16": ("float16",),
        "float32": (),
    },
}
"""Per device, what is tried for weights stored so; float32 is what always goes."""


def group(lengths: Sequence[int], width: int, budget: int) -> list[tuple[range, list[int]]]:
    """Cut indexes into batches of one class of lengths, each of at most BATCH indexes and `budget` tokens.

    A class is `width` lengths from a multiple of `width`; a length below `width` is a class of its own. It
    comes with its batch: what a segment gives may depend on its class, never on what else there is.
    Longest first, so that the last batches, which leave cores idle, are short.
    """
    classes: defaultdict[range, list[int]] = defaultdict(list)
    for i, length in enumerate(lengths):
        least = length // width * width
        classes[range(least, least + width) if least else range(length, length + 1)].append(i)
    batches = []
    for size, members in sorted(classes.items(), key=lambda item: -item[0].start):
        step = max(1, min(BATCH, budget // max(1, size.stop - 1)))
        batches += [(size, members[i : i + step]) for i in range(0, len(members), step)]
    return batches


@contextlib.contextmanager
def open_weights(folder: ModelFolder) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """Give what CTranslate2's constructors take as model_path and files; raise ModelCorrupt on a bad checksum.

    The shards are joined in memory. CTranslate2 keeps its copy of `files` for good (118 MB more for the
    119M-parameter decoder), so where the system has memory files (Linux) it reads one of those through a
    link instead; only links are written, into a temporary folder that is gone at once.
    """
    if not hasattr(os, "memfd_create"):
        yield folder.model.name, dict(_read_parts(folder, b"".join))
        return
    with contextlib.ExitStack() as stack:
        links = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vn-summarize-")))
        for name, stream in _read_parts(folder, _memory_file):
            stack.enter_context(stream)
            (links / name).symlink_to(f"/proc/self/fd/{stream.fileno()}")
        yield str(links), None


def _read_parts(folder: ModelFolder, join: Callable[[Iterator[bytes]], Any]) -> Iterator[tuple[str, Any]]:
    """Yield CTranslate2's files by name, the shards of model.bin as one."""
    files = [f for f in folder.model.files if "/" not in f.name]  # below tokenizer/ lies what is not the engine's
    shards = sorted((f for f in files if f.name.startswith("model.bin.")), key=lambda f: f.name)
    yield "model.bin", join(piece for shard in shards for piece in read_checked(folder, shard))
    for file in files:
        if file.name.endswith(".json"):
            yield file.name, join(read_checked(folder, file))


def _memory_file(pieces: Iterator[bytes]) -> Any:
    stream = os.fdopen(os.memfd_create("vn-summarize"), "wb")
    for piece in pieces:
        stream.write(piece)
    stream.flush()
    return stream
