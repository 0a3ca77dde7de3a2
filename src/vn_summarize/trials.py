"""Try a model on sentences in a process of its own, so that its memory and its crash are its own."""

import contextlib
import multiprocessing
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path

from vn_summarize.backends import Translator
from vn_summarize.comparison import Trial
from vn_summarize.config import Settings
from vn_summarize.drafts import translate_texts
from vn_summarize.errors import ModelError, VnSummarizeError
from vn_summarize.glossary.terms import TermBase
from vn_summarize.loading import load_terms, load_translator
from vn_summarize.pipeline import WINDOW_SENTENCES, translate_segments


def run_trial(
    settings: Settings, sources: Sequence[str], plain: bool, on_translated: Callable[[int], None] = lambda done: None
) -> Trial:
    """Translate with the model that the settings name, and without a translation memory.

    `plain`: neither terms nor checks nor retries. `on_translated` hears how many sentences are done. To be called in
    the main thread. Raises what the model raises (VnSummarizeError), and ModelError where its process dies.
    """
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(sender, settings, tuple(sources), plain), daemon=True)
    try:
        with _deaf():
            process.start()
        sender.close()
        while not isinstance(message := receiver.recv(), Trial):
            if isinstance(message, Exception):
                raise message
            on_translated(message)
        return message
    except EOFError:
        process.join()
        raise ModelError(f"{settings.model}: its process {_ending(process.exitcode or 0)}") from None
    finally:
        receiver.close()
        if process.pid is not None:
            process.kill()
            process.join()


def peak_megabytes() -> float | None:
    """Give the most memory that this process held, in MB; None where the system does not say.

    Linux hands the peak of getrusage down to a new process, so that the one of /proc counts there.
    """
    status = Path("/proc/self/status")
    if status.exists() and (found := re.search(r"VmHWM:\s*(\d+) kB", status.read_text(encoding="utf-8"))):
        return int(found[1]) * 1024 / 1e6
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def _serve(sender: Connection, settings: Settings, sources: Sequence[str], plain: bool) -> None:
    """Be the process: send counts, then the Trial or the error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Windows, where deafness is not inherited
    with contextlib.suppress(BrokenPipeError):  # nobody is left to listen
        try:
            sender.send(_try(settings, sources, plain, sender.send))
        except VnSummarizeError as error:
            sender.send(error)


def _try(settings: Settings, sources: Sequence[str], plain: bool, on_translated: Callable[[int], None]) -> Trial:
    translator = load_translator(replace(settings, no_cache=True))
    terms = None if plain else load_terms(settings)[0]
    began = time.perf_counter()
    translate_texts(sources[:1], translator)  # loads the weights
    loaded = time.perf_counter()
    texts: list[str] = []
    for text in _translate(sources, translator, terms):
        texts.append(text)
        on_translated(len(texts))
    seconds = time.perf_counter() - loaded
    return Trial(settings.model, translator.fingerprint, tuple(texts), loaded - began, seconds, peak_megabytes())


def _translate(sources: Sequence[str], translator: Translator, terms: TermBase | None) -> Iterator[str]:
    if terms is None:
        for start in range(0, len(sources), WINDOW_SENTENCES):
            answers = translate_texts(sources[start : start + WINDOW_SENTENCES], translator)
            yield from (answer.text for answer in answers)
        return
    for translated in translate_segments(sources, translator, terms):
        yield " ".join(sentence.text for sentence in translated.sentences)


def _ending(code: int) -> str:
    if code == -9:
        return "was killed: perhaps there is too little memory for it"
    return f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """Put Ctrl-C off until the end, and let what starts in here never hear of it, from its first moment.

    A signal that is blocked stays so in a new process; the handler is for this one's other threads, which may get it.
    """
    missed: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _: missed.append(number))
    masks = hasattr(signal, "pthread_sigmask")  # Windows has none
    if masks:
        resource_tracker.ensure_running()  # lets signals through again where `start` has to start it
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        if masks:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        signal.signal(signal.SIGINT, handler)
    if missed:
        signal.raise_signal(signal.SIGINT)
