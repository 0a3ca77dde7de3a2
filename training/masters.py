"""A model in bf16 with fp32 masters, their average and AdamW: what the trainers have in common.

A processor without bf16 instructions multiplies bf16 seven times slower than fp32 (AVX2, measured: 4.7 against
34 billion products a second on one core); there the model itself is fp32.
"""

import itertools
import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import torch

Batch = TypeVar("Batch")

EMA_EVERY = 4  # an average of all weights each step costs more than it gives


class Masters:
    """Keeps fp32 masters of a model's weights, and an average of them; `step` and `elapsed` (seconds) go on."""

    def __init__(self, model: torch.nn.Module, decay: float, device: str) -> None:
        model.to(device)
        self.master = [p.detach().clone().float() for p in model.parameters() if p.requires_grad]
        self.ema = [p.clone() for p in self.master]
        quick = device != "cpu" or torch.ops.mkldnn._is_mkldnn_bf16_supported()
        model.to(torch.bfloat16 if quick else torch.float32).train()
        self.live = [p for p in model.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(self.master, lr=0.0, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
        self.decay, self.device, self.step, self.elapsed = decay, device, 0, 0.0

    def update(self, rate: float) -> None:
        """Take one step with the gradients of the live weights, clipped to a norm of 1."""
        self.step += 1
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        grads = [torch.zeros_like(p) if p.grad is None else p.grad for p in self.live]
        scale = (1 / (torch.nn.utils.get_total_norm(grads) + 1e-6)).clamp(max=1)
        for m, p, grad in zip(self.master, self.live, grads, strict=True):
            m.grad = grad.float().mul_(scale)
            p.grad = None
        self.optimizer.step()
        with torch.no_grad():
            torch._foreach_copy_(self.live, self.master)
            if self.step % EMA_EVERY == 0:
                decay = min(self.decay, (1 + self.step) / (10 + self.step)) ** EMA_EVERY
                torch._foreach_lerp_(self.ema, self.master, 1 - decay)

    @contextmanager
    def averaged(self) -> Iterator[None]:
        """Let the model have the averaged weights for a while."""
        with torch.no_grad():
            torch._foreach_copy_(self.live, self.ema)
            yield
            torch._foreach_copy_(self.live, self.master)

    def write(self, model: torch.nn.Module, folder: Path) -> None:
        """Write the averaged weights as a transformers checkpoint, in float32 though the model has bf16."""
        names = [name for name, p in model.named_parameters() if p.requires_grad]
        fixed = {name: value for name, value in model.state_dict(keep_vars=True).items() if not value.requires_grad}
        model.save_pretrained(folder, state_dict={**fixed, **dict(zip(names, self.ema, strict=True))})

    def save(self, path: Path) -> None:
        """Write all that a run goes on from, whole or not at all."""
        saved = {"step": self.step, "elapsed": self.elapsed, "master": self.master, "ema": self.ema}
        torch.save({**saved, "optimizer": self.optimizer.state_dict()}, path.with_suffix(".tmp"))
        path.with_suffix(".tmp").replace(path)

    def load(self, path: Path) -> None:
        saved = torch.load(path, map_location=self.device, weights_only=True)
        self.step, self.elapsed = saved["step"], saved["elapsed"]
        self.optimizer.load_state_dict(saved["optimizer"])
        with torch.no_grad():
            torch._foreach_copy_(self.master, saved["master"])
            torch._foreach_copy_(self.ema, saved["ema"])
            torch._foreach_copy_(self.live, self.master)


def rate_at(step: int, share: float, rate: float, warmup: int, final: float) -> float:
    """Give the learning rate: a linear warm-up, then down in a line to `final` of it when `share` of the run is 1."""
    return rate * min(1.0, step / warmup) * (final + (1 - final) * max(0.0, 1 - share))


def endless(epoch: Callable[[random.Random], Iterable[Batch]], seed: int) -> Iterator[Batch]:
    """Give the batches of one epoch after the other, each in an order of its own that the seed settles."""
    for number in itertools.count():
        yield from epoch(random.Random(f"{seed} {number}"))
