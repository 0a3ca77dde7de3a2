"""Decoder-only models fine-tuned as translators, over onnxruntime (docs/model-format.md has the graph).

Every prompt is read by itself; then the segments under way write a token each in turn, and one that ends makes
room for the next. The graph multiplies whole numbers with steps that are fixed, so that nothing depends on what else
is under way: measured, the same bits in batches of 1 to 32 rows, on one and on two threads.
"""

import contextlib
import ctypes
import os
import platform
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from vn_summarize.backends import Decoding, Runtime, Translation
from vn_summarize.backends.beam import Beam, Hypothesis
from vn_summarize.backends.local import LocalTranslator
from vn_summarize.errors import ModelCorrupt, ModelError
from vn_summarize.models import ModelFolder, read_checked, usable_cores

BUFFERS = 44_300_000
"""Bytes of the key and value buffers to begin with: 4,800 positions of the shipped model, 10,800 of the small one."""

ROW = 200
"""Positions of the buffers for each row under way. More rows gained little on two cores: with the shipped model 16 gave
27.1 sentences/s, 24 28.2, 32 28.6; with the small one, beam 2, 24 gave 59.6, 54 65.0, 64 66.4."""

ROOM = 24
"""Positions beyond one and a half prompts that the buffers begin with; they grow for the answer that is longer."""

M_MMAP_THRESHOLD = -3  # malloc.h
LARGE_BLOCK = 1 << 19
"""Bytes; glibc itself raises its bound to the size of what was freed. 1 << 18 costs more time, 1 << 20 saves half."""

MASK = -1e9
"""What hides a position from a token."""

Array = np.ndarray[Any, Any]
Waiting = deque[tuple[list[int], Beam]]
"""Prompts with their searches, the longest first."""


class OnnxDecoderTranslator(LocalTranslator):
    """Continues `<bos> source suffix` up to `<eos>` by beam search."""

    def __init__(self, folder: ModelFolder, runtime: Runtime) -> None:
        super().__init__(folder, runtime)
        if runtime.device not in ("auto", "cpu"):
            raise ModelError(f"{folder.model.name} runs on the processor only: leave --device {runtime.device} out")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # a batch a thread: two threads on one matrix gained 40 %, two batches 80 %
        self._threads = runtime.jobs or runtime.threads or usable_cores()
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False
        if not multiplies_signed():
            options.add_session_config_entry("session.x64quantprecision", "1")
        _part_large_blocks()
        with open_graph(folder) as graph:
            try:
                self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
            except Exception as e:  # onnxruntime's exceptions have no common base but this
                raise ModelCorrupt(f"{folder.path}: onnxruntime cannot load the model: {e}") from e
        _give_back()
        inputs = {i.name: i for i in self._session.get_inputs()}
        if not {"places", "mask"} <= inputs.keys():
            raise ModelCorrupt(f"{folder.path}: the network was exported for another version of vn-summarize")
        self._caches = [i for name, i in inputs.items() if name.startswith(("key_", "value_"))]
        self._positions = BUFFERS // sum(cache.shape[-1] for cache in self._caches)  # its last size is in bytes

    def _translate(self, sequences: Sequence[tuple[str, ...]], decoding: Decoding) -> list[Translation]:
        prompts = [self._tokenizer.ids(sequence) for sequence in sequences]
        limits = [self._limit(len(p)) for p in prompts]
        (end,) = self._tokenizer.ids([self._model.eos])
        beams = [Beam(decoding, end, limit) for limit in limits]
        longest_first = sorted(range(len(prompts)), key=lambda i: -len(prompts[i]))
        self._search(deque((prompts[i], beams[i]) for i in longest_first), decoding.beam)
        _give_back()
        return [self._translation(beam.best(), decoding.alternatives) for beam in beams]

    def _search(self, waiting: Waiting, beam: int) -> None:
        """Search to the end for all that wait: each thread has a batch of its own and takes from the same queue."""
        threads = max(1, min(self._threads, len(waiting)))
        slots = max(1, min(self._positions // ROW // beam, -(-len(waiting) // threads)))
        room = (self._runtime.batch_tokens or self._positions) // threads
        both_ways = self._model.prompt_both_ways
        batches = [_Batch(self._session, self._caches, beam, slots, room, both_ways=both_ways) for _ in range(threads)]
        with ThreadPoolExecutor(threads) as pool:
            try:
                for done in [pool.submit(batch.run, waiting) for batch in batches]:
                    done.result()
            finally:  # after Ctrl-C, or another thread's failure, none goes on to the end
                for batch in batches:
                    batch.stopped = True

    def _translation(self, found: list[Hypothesis], alternatives: int) -> Translation:
        texts = [self._tokenizer.decode_ids(h.tokens) for h in found]
        others = dict.fromkeys(t for t in texts[1:alternatives] if t != texts[0])
        return Translation(texts[0], round(found[0].score, 2) + 0.0, found[0].complete, tuple(others))


@dataclass(frozen=True, slots=True)
class _Segment:
    """A segment under way, and how many positions it is expected to need."""

    beam: Beam
    positions: int


class _Batch:
    """The buffers of segments under way. Slot k has the rows from k x beam; the first slots are in use."""

    def __init__(
        self, session: Any, caches: Sequence[Any], beam: int, most: int, room: int, *, both_ways: bool
    ) -> None:
        self._session, self._names, self._beam = session, [c.name for c in caches], beam
        self._most, self._room, self.stopped = most, room, False
        self._ahead = 0.0 if both_ways else MASK
        self._head = caches[0].shape[-1]
        self._slots = self._positions = 0
        self._cache = [np.zeros((0, 0, self._head), np.uint8) for _ in caches]
        rows, top = most * beam, session.get_outputs()[0].shape[1]
        self._ids, self._lengths = np.zeros((rows, 1), np.int64), np.zeros((rows, 1), np.int64)
        self._places = np.stack([np.arange(rows)[:, None], self._lengths], axis=2)
        self._mask = np.zeros((rows, 1, 0), np.float32)
        self._scores, self._tokens = np.zeros((rows, top), np.float32), np.zeros((rows, top), np.int64)
        self._bindings: dict[int, Any] = {}

    def run(self, waiting: Waiting) -> None:
        """Search to the end for what waits, as long as anything does."""
        active: list[_Segment] = []
        while not self.stopped:
            self._admit(waiting, active)
            if not active:
                return
            self._write(active)
            self._retire(active)

    def _admit(self, waiting: Waiting, active: list[_Segment]) -> None:
        """Read prompts while there is room for them."""
        while True:
            try:
                prompt, beam = waiting.popleft()
            except IndexError:
                return
            segment = _Segment(beam, len(prompt) * 3 // 2 + ROOM)
            if not self._has_room(segment, active):
                waiting.appendleft((prompt, beam))
                return
            self._read(len(active), prompt, beam)
            active.append(segment)
            self._retire(active)

    def _has_room(self, segment: _Segment, active: Sequence[_Segment]) -> bool:
        """Say whether a slot is free; shorter segments get shorter buffers, so that more are under way."""
        written = int(self._lengths[: len(active) * self._beam].max(initial=0))
        positions = max(written, *(s.positions for s in (segment, *active)))
        slots = min(self._most, max(1, self._room // positions // self._beam))
        if len(active) < slots and len(active) == self._slots:
            self._resize(slots, positions)
        return len(active) < self._slots

    def _read(self, slot: int, prompt: list[int], beam: Beam) -> None:
        """Read a prompt into a slot's first row, and copy it for the rows of its beam."""
        row, length = slot * self._beam, len(prompt)
        if length > self._positions:  # another thread put a longer one back after this batch had taken a shorter one
            self._resize(self._slots, length + ROOM)
        ids, places = np.array([prompt], np.int64), np.zeros((1, length, 2), np.int64)
        places[0, :, 1] = positions = np.arange(length)
        mask = np.triu(np.full((1, length, length), self._ahead, np.float32), 1)
        caches = [cache[row : row + 1, :length] for cache in self._cache]
        inputs: dict[str, Array] = {"ids": ids, "positions": positions[None], "places": places, "mask": mask}
        self._session.run_with_iobinding(self._bind(inputs, caches, row, row + 1))
        parents = beam.advance(self._scores[row : row + 1].tolist(), self._tokens[row : row + 1].tolist())
        for cache in self._cache:
            cache[row + 1 : row + len(parents), :length] = cache[row, :length]
        self._lengths[row : row + self._beam] = length

    def _write(self, active: Sequence[_Segment]) -> None:
        """Write one token for each live hypothesis."""
        rows = len(active) * self._beam
        self._ids[:rows, 0] = [token for s in active for token in _filled(s.beam.last, self._beam)]
        if self._lengths[:rows].max() >= self._positions:
            self._resize(self._slots, self._positions * 3 // 2)
        self._places[:rows, :, 1] = self._lengths[:rows]
        self._mask[:rows, 0] = np.where(np.arange(self._positions) <= self._lengths[:rows], 0, MASK)
        if rows not in self._bindings:
            inputs = {"ids": self._ids, "positions": self._lengths, "places": self._places, "mask": self._mask}
            caches = [cache[:rows] for cache in self._cache]
            self._bindings[rows] = self._bind({n: a[:rows] for n, a in inputs.items()}, caches, 0, rows)
        self._session.run_with_iobinding(self._bindings[rows])
        for slot, segment in enumerate(active):
            first, last = slot * self._beam, (slot + 1) * self._beam
            parents = segment.beam.advance(self._scores[first:last].tolist(), self._tokens[first:last].tolist())
            self._lengths[first:last] += 1
            self._reorder(first, parents)

    def _resize(self, slots: int, positions: int) -> None:
        """Make room for other numbers of slots and positions, buffer by buffer, so that little is in memory twice."""
        used, kept = self._slots * self._beam, min(positions, self._positions)
        self._slots, self._positions = slots, positions
        for i, old in enumerate(self._cache):
            new = np.zeros((slots * self._beam, positions, self._head), np.uint8)
            new[:used, :kept] = old[:used, :kept]
            self._cache[i] = new
        self._mask = np.zeros((len(self._mask), 1, positions), np.float32)
        self._bindings.clear()

    def _reorder(self, first: int, parents: list[int]) -> None:
        """Let each row of a slot go on from its parent's keys and values."""
        moved = [(first + row, first + parent) for row, parent in enumerate(parents) if row != parent]
        if not moved:
            return
        rows, sources = (list(side) for side in zip(*moved, strict=True))
        length = self._lengths[first, 0]
        for cache in self._cache:
            cache[rows, :length] = cache[sources, :length]

    def _retire(self, active: list[_Segment]) -> None:
        """Take the segments that are done out; the last one in use moves into the free slot."""
        for slot in range(len(active) - 1, -1, -1):
            if not active[slot].beam.done:
                continue
            last = active.pop()
            if slot < len(active):
                active[slot] = last
                to, origin = slot * self._beam, len(active) * self._beam
                length = self._lengths[origin, 0]
                for cache in self._cache:
                    cache[to : to + self._beam, :length] = cache[origin : origin + self._beam, :length]
                self._lengths[to : to + self._beam] = length

    def _bind(self, inputs: Mapping[str, Array], caches: Sequence[Array], first: int, last: int) -> Any:
        """Bind the buffers of the rows from `first` to `last`: keys and values are read and written in place."""
        binding = self._session.io_binding()
        outputs = {"scores": self._scores[first:last], "tokens": self._tokens[first:last]}
        named = dict(zip(self._names, caches, strict=True))
        outputs |= {f"new_{name}": cache for name, cache in named.items()}
        for bind, arrays in ((binding.bind_input, {**inputs, **named}), (binding.bind_output, outputs)):
            for name, array in arrays.items():
                bind(name, "cpu", 0, array.dtype.type, array.shape, array.ctypes.data)
        return binding


def multiplies_signed() -> bool:
    """Say whether the processor is known to multiply unsigned by signed bytes without overflow (VNNI, AMX, not x86).

    Elsewhere onnxruntime is told to make the weights unsigned, which is right everywhere, and slower on VNNI.
    """
    if platform.machine().lower() not in ("x86_64", "amd64"):
        return True
    with contextlib.suppress(OSError):
        flags = Path("/proc/cpuinfo").read_text("utf-8")
        return any(flag in flags for flag in ("avx512_vnni", "avx_vnni", "amx_int8"))
    return False


def _part_large_blocks() -> None:
    """Let glibc fetch each large block from the system by itself: in the heap they leave holes, 30 MB of the peak."""
    _ask_glibc("mallopt", M_MMAP_THRESHOLD, LARGE_BLOCK)


def _give_back() -> None:
    """Let glibc return what loading has freed: 60 MB with the shipped model."""
    _ask_glibc("malloc_trim", 0)


def _ask_glibc(function: str, *arguments: int) -> None:
    """Call a function of the C library where it has it."""
    with contextlib.suppress(OSError, AttributeError, TypeError):  # TypeError: no C library by no name on Windows
        getattr(ctypes.CDLL(None), function)(*arguments)


def _filled(tokens: list[int], width: int) -> list[int]:
    """Repeat the last token where a beam has fewer live hypotheses than rows."""
    return tokens + tokens[-1:] * (width - len(tokens))


@contextlib.contextmanager
def open_graph(folder: ModelFolder) -> Iterator[Any]:
    """Give what onnxruntime's constructor takes; raise ModelCorrupt on a bad checksum.

    The shards are joined in memory; where the system has memory files (Linux) onnxruntime reads one of those,
    which saves a copy of the weights (125 MB for the shipped model).
    """
    shards = sorted((f for f in folder.model.files if f.name.startswith("model.onnx.")), key=lambda f: f.name)
    if not hasattr(os, "memfd_create"):
        yield b"".join(piece for shard in shards for piece in read_checked(folder, shard))
        return
    with os.fdopen(os.memfd_create("vn-summarize"), "wb") as stream:
        for shard in shards:
            for piece in read_checked(folder, shard):
                stream.write(piece)
        stream.flush()
        yield f"/proc/self/fd/{stream.fileno()}"
