"""One training step of a two-layer network in every way that PyTorch can run it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from reportgen.experiments.graphs.problem import LEARNING_RATE, Problem

Step = Callable[[], Any]


def gradients(
    x: Tensor, y: Tensor, w1: Tensor, w2: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """Return the loss, and its gradients for both weights, worked out by hand."""
    hidden = torch.relu(x @ w1)
    error = hidden @ w2 - y
    samples = x.shape[0]
    loss = (error * error).sum() / samples
    error_gradient = 2.0 * error / samples
    w2_gradient = hidden.T @ error_gradient
    hidden_gradient = error_gradient @ w2.T
    active_gradient = torch.where(hidden > 0.0, hidden_gradient, 0.0)
    w1_gradient = x.T @ active_gradient
    return loss, w1_gradient, w2_gradient


def descend(x: Tensor, y: Tensor, w1: Tensor, w2: Tensor) -> Tensor:
    """Take one step of gradient descent in place, and return the loss before it."""
    loss, w1_gradient, w2_gradient = gradients(x, y, w1, w2)
    w1 -= LEARNING_RATE * w1_gradient
    w2 -= LEARNING_RATE * w2_gradient
    return loss


class Descent(nn.Module):
    """The same step as a module, the form that torch.export takes."""

    def forward(self, x: Tensor, y: Tensor, w1: Tensor, w2: Tensor) -> Tensor:
        """Take one step."""
        return descend(x, y, w1, w2)


def tensors(problem: Problem) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return data and weights as tensors of their own."""
    return (
        torch.tensor(problem.x),
        torch.tensor(problem.y),
        torch.tensor(problem.w1),
        torch.tensor(problem.w2),
    )


def eager(problem: Problem) -> Step:
    """Dynamic graph: every operation runs when Python reaches it."""
    x, y, w1, w2 = tensors(problem)
    return lambda: descend(x, y, w1, w2)


def traced(problem: Problem) -> Step:
    """Static graph: torch.export runs Python once and keeps the operations."""
    x, y, w1, w2 = tensors(problem)
    graph = torch.export.export(Descent(), (x, y, w1, w2)).module()
    return lambda: graph(x, y, w1, w2)


def torchscript(problem: Problem) -> Step:
    """Static graph as in PyTorch 1: TorchScript keeps the operations of one run."""
    # Tracing takes a step, so it is given weights of its own.
    graph = torch.jit.trace(descend, tensors(problem), check_trace=False)
    x, y, w1, w2 = tensors(problem)
    return lambda: graph(x, y, w1, w2)


def compiled(problem: Problem) -> Step:
    """Static graph, compiled by torch.compile."""
    x, y, w1, w2 = tensors(problem)
    graph = torch.compile(descend, fullgraph=True, dynamic=False)
    return lambda: graph(x, y, w1, w2)
