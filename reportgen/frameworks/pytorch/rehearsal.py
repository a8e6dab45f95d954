"""Trying a training step out before the training, as a compiler must see it, without leaving a trace of it."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import nn


@contextmanager
@torch.no_grad()
def nothing_changed(
    model: nn.Module, optimizer: torch.optim.Optimizer
) -> Iterator[None]:
    """Put weights, buffers, optimiser state and random state back to what they were when the body ends.

    Values are put back in place, so that what was compiled for these arrays stays valid. Optimiser state that the body made is set to zeros, which
    is where every optimiser of PyTorch that keeps steps and moments begins.
    """
    arrays = [*model.parameters(), *model.buffers()]
    held = [array.detach().clone() for array in arrays]
    known = {
        (parameter, name): value.clone()
        for parameter, values in optimizer.state.items()
        for name, value in values.items()
        if torch.is_tensor(value)
    }
    random = torch.get_rng_state()
    with torch.enable_grad():
        yield
    for array, value in zip(arrays, held, strict=True):
        array.copy_(value)
        array.grad = None
    for parameter, values in optimizer.state.items():
        for name, value in values.items():
            if torch.is_tensor(value):
                before = known.get((parameter, name))
                value.zero_() if before is None else value.copy_(before)
    torch.set_rng_state(random)
