"""The seam to the models: what a translator and a summarizer are. Heavy imports stay inside the backends."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to search for a translation; the default is what the shipped model is measured with."""

    beam: int = 1
    alternatives: int = 1  # hypotheses returned, at most `beam`
    no_repeat_ngram: int = 0  # 0: off
    repetition_penalty: float = 1.0


@dataclass(frozen=True, slots=True)
class Translation:
    """A hypothesis with its mean log-probability per token; the other hypotheses follow in order."""

    text: str
    score: float
    complete: bool = True  # False: the length limit ended it
    alternatives: tuple[str, ...] = ()


DEFAULT_DECODING = Decoding()

DEVICES = ("auto", "cpu", "cuda", "mps")


@dataclass(frozen=True, slots=True)
class Runtime:
    """With what a model is run; 0 and "" leave the choice to the engine."""

    device: str = "auto"  # of DEVICES
    threads: int = 0  # cores used in all
    jobs: int = 0  # batches at a time, where the engine can
    beam: int = 0  # the least beam of every search
    batch_tokens: int = 0  # tokens x beam of a batch at most
    compute: str = (
        ""  # the numbers' type: float32, bfloat16, float16, int8, int8_float16 ...; "": what the device is good at
    )

    def mark(self, engine: str, beam: int) -> str:
        """Name what a result may depend on, for a fingerprint; "" when nothing was chosen. `beam` is the model's own.

        onnxruntime gives the same bytes whatever the batch, and runs on the processor only.
        """
        chosen: dict[str, object] = {"beam": self.beam or (beam if beam > 1 else 0)}
        if engine != "onnxruntime":
            device = "" if self.device == "auto" else self.device
            chosen |= {"device": device, "batch_tokens": self.batch_tokens, "compute": self.compute}
        return "".join(f":{key}={value}" for key, value in chosen.items() if value)


DEFAULT_RUNTIME = Runtime()


class Translator(Protocol):
    """Translates segments; batching, length sorting, threads and language codes stay inside."""

    @property
    def fingerprint(self) -> str:
        """Name weights, quantisation and code version: what else a translation depends on."""
        ...

    @property
    def knows_terms(self) -> bool:
        """Say whether the model was trained with inline terms (docs/model-format.md)."""
        ...

    @property
    def unsure_below(self) -> float:
        """The score under which its translations are doubtful; minus infinity where that was not measured."""
        ...

    def fits(self, text: str) -> bool:
        """Say whether the model can take `text` whole; nothing is ever cut silently."""
        ...

    def translate(self, texts: Sequence[str], decoding: Decoding = DEFAULT_DECODING) -> list[Translation]:
        """Translate each text: same length, same order, the same result whatever the batch.

        Raises GenerationError when a text does not fit.
        """
        ...


class Summarizer(Protocol):
    """Writes a summary of an article, in the language in which it reads it."""

    @property
    def fingerprint(self) -> str:
        """Name weights and code version: what else a summary depends on."""
        ...

    @property
    def language(self) -> Literal["en", "vi"]:
        """Say whether it reads and writes English or Vietnamese."""
        ...

    def fits(self, text: str) -> bool:
        """Say whether the model can take `text` whole."""
        ...

    def summarize(self, text: str) -> str:
        """Summarise an article's text on one line; raise GenerationError when it does not fit."""
        ...
