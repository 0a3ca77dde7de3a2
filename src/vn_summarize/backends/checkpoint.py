"""Checkpoints of transformers over torch: encoder-decoders and instruction models.

**What is guaranteed.** On one machine, with the same runtime and number of threads, what a text gives does not
depend on what else is in its batch, in float32 and in bfloat16 alike: a batch has a fixed number of rows and a
fixed length (see `plan`), which follow from the class of the text's own length, so that every sum is made in
the same order. Missing rows are filled with copies, and rows that are done go on until all are. Another device, type
of numbers, batch size or number of threads may round otherwise, and now and then choose another word.

The beam search is `beam.Beam`, as for the shipped model: what a checkpoint's generation_config.json says of
sampling, penalties and lengths is not used, but for the end tokens.
"""

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import torch
import transformers

from vn_summarize.backends import Decoding, Runtime, Translation
from vn_summarize.backends.beam import Beam, Hypothesis
from vn_summarize.backends.families import ALL_FAMILIES
from vn_summarize.backends.local import LocalTranslator
from vn_summarize.backends.vocabulary import CheckpointTokenizer
from vn_summarize.errors import GenerationError, ModelCorrupt, ModelError
from vn_summarize.models import ModelFolder, verify

WIDTH = 16
"""Neighbouring lengths that share a batch."""

ROWS = {"cpu": 8, "mps": 16, "cuda": 64}
BATCH_TOKENS = {"cpu": 1024, "mps": 4096, "cuda": 16384}
"""Rows of a batch at most, and its source tokens x beam."""

LEAST_CHOICES = 16
"""Next tokens that the search is given for each row, at least; the shipped model's graph gives as many."""


def open_checkpoint(folder: ModelFolder, runtime: Runtime) -> "CheckpointTranslator":
    """Load a checkpoint; raise ModelCorrupt when its weights are not whole, ModelError for a device not there."""
    chat = ALL_FAMILIES[folder.model.family].kind == "chat"
    return InstructionTranslator(folder, runtime) if chat else Seq2SeqTranslator(folder, runtime)


class CheckpointTranslator(LocalTranslator):
    """A Translator over torch; the kinds differ in how they read a source and write a step."""

    auto_class: Any
    pad_left: bool

    def __init__(self, folder: ModelFolder, runtime: Runtime) -> None:
        super().__init__(folder, runtime)
        tokenizer = self._tokenizer
        if not isinstance(tokenizer, CheckpointTokenizer):
            raise ModelError(f"{folder.model.name} is no checkpoint of transformers")
        if runtime.threads:
            torch.set_num_threads(runtime.threads)
        self._device = choose_device(runtime.device)
        self._network = load_network(self.auto_class, folder, self._device, runtime.compute)
        ends = _numbers(self._network.generation_config.eos_token_id) or _numbers(self._network.config.eos_token_id)
        self._ends = ends or tokenizer.ids([tokenizer.end])
        text = self._network.config.get_text_config()
        banned = [i for i in tokenizer.find_banned(text.vocab_size) if i not in self._ends]
        self._banned = torch.tensor(banned, dtype=torch.long, device=self._device)
        self._start = self._first_tokens(tokenizer)
        pad = text.pad_token_id
        self._pad = pad if pad is not None else self._ends[0]

    @abstractmethod
    def _read(self, ids: torch.Tensor, mask: torch.Tensor, beam: int) -> tuple[torch.Tensor, Any]:
        """Read sources (rows, length); give the scores of the next token (rows x beam, words) and the state."""

    @abstractmethod
    def _step(self, ids: torch.Tensor, state: Any) -> torch.Tensor:
        """Write one token a row (rows x beam); give the scores of the next one."""

    def _first_tokens(self, tokenizer: CheckpointTokenizer) -> list[int]:
        return []

    def _translate(self, sequences: Sequence[tuple[str, ...]], decoding: Decoding) -> list[Translation]:
        prompts = [self._tokenizer.ids(sequence) for sequence in sequences]
        budget = (self._runtime.batch_tokens or BATCH_TOKENS[self._device]) // decoding.beam
        most = max(1, ROWS[self._device] // decoding.beam)
        done: dict[int, Translation] = {}
        for length, rows, members in plan([len(p) for p in prompts], budget, most):
            beams = [Beam(decoding, self._ends[0], self._limit(len(prompts[i]))) for i in members]
            try:
                with torch.inference_mode():
                    self._search([prompts[i] for i in members], beams, length, rows, decoding.beam)
            except RuntimeError as e:  # out of memory, most of all
                raise GenerationError(f"{self._model.name} gave no answer: {e}") from e
            done |= {i: self._translation(beam.best(), decoding) for i, beam in zip(members, beams, strict=True)}
        return [done[i] for i in range(len(sequences))]

    def _translation(self, found: list[Hypothesis], decoding: Decoding) -> Translation:
        texts = [self._tokenizer.decode_ids(h.tokens) for h in found]
        others = dict.fromkeys(t for t in texts[1 : decoding.alternatives] if t != texts[0])
        return Translation(texts[0], round(found[0].score, 2) + 0.0, found[0].complete, tuple(others))

    def _search(self, prompts: Sequence[list[int]], beams: Sequence[Beam], length: int, rows: int, width: int) -> None:
        """Search to the end for all beams; the batch keeps its shape of `rows` x `width` rows."""
        filled = [*prompts, *[prompts[-1]] * (rows - len(prompts))]
        ids = torch.full((rows, length), self._pad, device=self._device)
        mask = torch.zeros((rows, length), dtype=torch.long, device=self._device)
        for row, prompt in enumerate(filled):
            where = slice(length - len(prompt), None) if self.pad_left else slice(0, len(prompt))
            ids[row, where], mask[row, where] = torch.tensor(prompt, device=self._device), 1
        scores, state = self._read(ids, mask, width)
        order, last = list(range(rows * width)), [self._pad] * (rows * width)
        going = {n: beam for n, beam in enumerate(beams) if not beam.done}
        while going:
            likely, tokens = (part.tolist() for part in self._likeliest(scores, width))
            for n, beam in list(going.items()):
                first = n * width
                parents = beam.advance(likely[first : first + width], tokens[first : first + width])
                if beam.done:
                    del going[n]
                    continue
                order[first : first + width] = [first + p for p in _filled(parents, width)]
                last[first : first + width] = _filled(beam.last, width)
            if going:
                if order != list(range(rows * width)):
                    state["cache"].reorder_cache(torch.tensor(order, device=self._device))
                    order = list(range(rows * width))
                scores = self._step(torch.tensor(last, device=self._device)[:, None], state)

    def _likeliest(self, scores: torch.Tensor, width: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Give each row's best next tokens with their log-probabilities; all end tokens count as the first."""
        scores = scores.float()
        if len(self._ends) > 1:
            together = scores[:, self._ends].logsumexp(-1)
            scores[:, self._ends] = -torch.inf
            scores[:, self._ends[0]] = together
        scores[:, self._banned] = -torch.inf
        choices = min(max(LEAST_CHOICES, 4 * width), scores.shape[-1])
        best = scores.log_softmax(-1).topk(choices)
        return best.values, best.indices


class Seq2SeqTranslator(CheckpointTranslator):
    """Encoder-decoders: the source is padded on the right, the answer begins with the family's first tokens."""

    auto_class = transformers.AutoModelForSeq2SeqLM
    pad_left = False

    def _first_tokens(self, tokenizer: CheckpointTokenizer) -> list[int]:
        codes = tokenizer.ids(tokenizer.answer_start)
        if ALL_FAMILIES[self._model.family].target_first == "start":
            return codes
        for config in (self._network.generation_config, self._network.config):
            start = getattr(config, "decoder_start_token_id", None)
            if start is not None:
                return [start, *(codes or _numbers(getattr(config, "forced_bos_token_id", None)))]
        raise ModelCorrupt(f"{self._folder.path}: neither config.json nor generation_config.json has the start token")

    def _read(self, ids: torch.Tensor, mask: torch.Tensor, beam: int) -> tuple[torch.Tensor, Any]:
        encoded = self._network.get_encoder()(input_ids=ids, attention_mask=mask)
        encoded.last_hidden_state = encoded.last_hidden_state.repeat_interleave(beam, 0)
        state = {"encoded": encoded, "mask": mask.repeat_interleave(beam, 0), "cache": None}
        start = torch.tensor([self._start] * (len(ids) * beam), device=self._device)
        return self._step(start, state), state

    def _step(self, ids: torch.Tensor, state: Any) -> torch.Tensor:
        out = self._network(
            encoder_outputs=state["encoded"],
            attention_mask=state["mask"],
            decoder_input_ids=ids,
            cache=state["cache"],
            use_cache=True,
        )
        state["cache"] = out.past_key_values
        scores: torch.Tensor = out.logits[:, -1]
        return scores


class InstructionTranslator(CheckpointTranslator):
    """Decoder-only instruction models: the prompt is padded on the left."""

    auto_class = transformers.AutoModelForCausalLM
    pad_left = True

    def _read(self, ids: torch.Tensor, mask: torch.Tensor, beam: int) -> tuple[torch.Tensor, Any]:
        positions = (mask.cumsum(-1) - 1).clamp(min=0)
        out = self._network(
            input_ids=ids, attention_mask=mask, position_ids=positions, use_cache=True, logits_to_keep=1
        )
        out.past_key_values.batch_repeat_interleave(beam)
        state = {
            "cache": out.past_key_values,
            "mask": mask.repeat_interleave(beam, 0),
            "next": positions[:, -1:].repeat_interleave(beam, 0),
        }
        return out.logits[:, -1].repeat_interleave(beam, 0), state

    def _step(self, ids: torch.Tensor, state: Any) -> torch.Tensor:
        state["mask"] = torch.nn.functional.pad(state["mask"], (0, 1), value=1)
        state["next"] = state["next"] + 1
        out = self._network(
            input_ids=ids,
            attention_mask=state["mask"],
            position_ids=state["next"],
            cache=state["cache"],
            use_cache=True,
        )
        scores: torch.Tensor = out.logits[:, -1]
        return scores


def plan(lengths: Sequence[int], budget: int, most: int) -> list[tuple[int, int, list[int]]]:
    """Cut indexes into batches of (padded length, rows, members), longest first.

    The padded length is the next multiple of WIDTH, the rows are as many as `budget` tokens allow, at most `most`:
    both follow from a member's own length, never from the others.
    """
    classes: defaultdict[int, list[int]] = defaultdict(list)
    for i, length in enumerate(lengths):
        classes[-(-length // WIDTH) * WIDTH].append(i)
    batches = []
    for length, members in sorted(classes.items(), reverse=True):
        rows = max(1, min(most, budget // length))
        batches += [(length, rows, members[i : i + rows]) for i in range(0, len(members), rows)]
    return batches


def choose_device(device: str) -> str:
    """Give "cuda", "mps" or "cpu"; raise ModelError for a device that is not there."""
    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if device == "auto":
        return next(name for name, found in there.items() if found)
    if not there[device]:
        raise ModelError(f"--device {device}: torch {torch.__version__} finds no such device; choose another")
    return device


def load_network(auto_class: Any, folder: ModelFolder, device: str, compute: str) -> Any:
    """Verify and load the weights, from safetensors only, and never with code from the folder."""
    verify(folder)
    local = {"local_files_only": True, "trust_remote_code": False}
    try:
        config = transformers.AutoConfig.from_pretrained(str(folder.path), **local)
        network, told = auto_class.from_pretrained(
            str(folder.path),
            config=config,
            dtype=choose_type(config, device, compute),
            use_safetensors=True,
            output_loading_info=True,
            **local,
        )
    except Exception as e:  # transformers raises whatever the damage leads to
        raise ModelCorrupt(f"{folder.path}: transformers cannot load the model: {e}") from e
    lacking = sorted(map(str, (*told["missing_keys"], *told["mismatched_keys"])))
    if lacking:  # transformers would go on with random numbers in their place
        raise ModelCorrupt(f"{folder.path}: {len(lacking)} weights are missing or of another shape: {lacking[:3]}")
    return network.eval().to(device)


def choose_type(config: Any, device: str, compute: str) -> torch.dtype:
    """Give the type of numbers: bfloat16 where the device is good at it, else float32.

    A processor gets it only for weights that were stored so. Never float16: T5 and Gemma overflow in it.
    """
    if compute:
        if compute not in ("float32", "bfloat16", "float16"):
            raise ModelError(f"torch runs float32, bfloat16 and float16, not {compute}")
        kind: torch.dtype = getattr(torch, compute)
        return kind
    if device == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float32
    stored = getattr(config, "dtype", None)
    if device == "cpu" and stored == torch.bfloat16 and torch.ops.mkldnn._is_mkldnn_bf16_supported():
        return torch.bfloat16
    return torch.float32


def _numbers(ids: int | Sequence[int] | None) -> list[int]:
    return [] if ids is None else [ids] if isinstance(ids, int) else list(ids)


def _filled(values: list[int], width: int) -> list[int]:
    """Repeat the last one where a beam has fewer live hypotheses than rows."""
    return values + values[-1:] * (width - len(values))
