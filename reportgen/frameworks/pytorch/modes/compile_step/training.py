"""Gradient descent with PyTorch: one step is compiled as a whole, and then runs."""

from collections.abc import Callable, Sequence
from types import ModuleType

import numpy as np
import torch


def build_descent(
    network: ModuleType,
    samples: np.ndarray,
    targets: np.ndarray,
    weights: Sequence[np.ndarray],
    learning_rate: float,
) -> tuple[Callable[[], torch.Tensor], Callable[[], list[np.ndarray]]]:
    """Return a function that takes a step and returns its loss; another reads weights."""
    x, y = torch.tensor(samples), torch.tensor(targets)
    tensors = [torch.tensor(values) for values in weights]
    descend = torch.compile(network.descend, fullgraph=True, dynamic=False)
    # Compiles now, on copies that are thrown away.
    descend(x, y, *(tensor.clone() for tensor in tensors), learning_rate)

    def step() -> torch.Tensor:
        return descend(x, y, *tensors, learning_rate)

    return step, lambda: [tensor.cpu().numpy().copy() for tensor in tensors]
