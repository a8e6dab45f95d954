"""Gradient descent with PyTorch, operation by operation."""

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

    def step() -> torch.Tensor:
        return network.descend(x, y, *tensors, learning_rate)

    return step, lambda: [tensor.cpu().numpy().copy() for tensor in tensors]
