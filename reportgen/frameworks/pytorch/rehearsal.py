"""Trying a training step out before the training, as a compiler must see it, without leaving a trace of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn


@contextmanager
def nothing_changed(
    model: nn.Module, optimizer: torch.optim.Optimizer
) -> Iterator[None]:
    """Put weights, buffers, optimiser state and random state back to what they were when the body ends.

    Arrays that were there are written to in place, so that what was compiled for them stays valid. State that the optimiser made in the body is
    taken from it again: where it begins differs from optimiser to optimiser.
    """
    arrays = [*model.parameters(), *model.buffers()]
    held = [array.detach().clone() for array in arrays]
    known = {
        parameter: {name: copied(value) for name, value in values.items()}
        for parameter, values in optimizer.state.items()
    }
    with torch.random.fork_rng():
        yield
    with torch.no_grad():
        for array, value in zip(arrays, held, strict=True):
            array.copy_(value)
            array.grad = None
        for parameter in list(optimizer.state):
            put_back(optimizer.state, parameter, known.get(parameter))


def copied(value: Any) -> Any:
    """Return a value that the optimiser will not write to."""
    return value.clone() if torch.is_tensor(value) else value


def put_back(state: Any, parameter: Any, before: dict[str, Any] | None) -> None:
    """Give a parameter the optimiser state that it had before, or none."""
    if before is None:
        del state[parameter]
        return
    for name, value in before.items():
        if torch.is_tensor(value) and torch.is_tensor(state[parameter].get(name)):
            state[parameter][name].copy_(value)
        else:
            state[parameter][name] = value
    for name in set(state[parameter]) - set(before):
        del state[parameter][name]
