"""A two-layer network in PyTorch, with its gradients worked out by hand."""

import torch
from torch import Tensor

HIDDEN_UNITS = 100


def initial_weights(input_count: int, output_count: int) -> list[Tensor]:
    """Return fresh weights (inputs, hidden) and (hidden, outputs): Glorot uniform."""

    def glorot(rows: int, columns: int) -> Tensor:
        bound = (6.0 / (rows + columns)) ** 0.5
        return torch.empty((rows, columns)).uniform_(-bound, bound)

    return [glorot(input_count, HIDDEN_UNITS), glorot(HIDDEN_UNITS, output_count)]


def predict(x: Tensor, w1: Tensor, w2: Tensor) -> Tensor:
    """Return the outputs for inputs x (samples, inputs)."""
    return torch.relu(x @ w1) @ w2


def gradients(
    x: Tensor, y: Tensor, w1: Tensor, w2: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """Return the mean squared error, and its gradients for both weights."""
    hidden = torch.relu(x @ w1)
    error = hidden @ w2 - y
    loss = (error * error).mean()
    error_gradient = (2.0 / (y.shape[0] * y.shape[1])) * error
    w2_gradient = hidden.T @ error_gradient
    hidden_gradient = error_gradient @ w2.T
    active_gradient = torch.where(hidden > 0.0, hidden_gradient, 0.0)
    w1_gradient = x.T @ active_gradient
    return loss, w1_gradient, w2_gradient


def descend(
    x: Tensor, y: Tensor, w1: Tensor, w2: Tensor, learning_rate: float
) -> Tensor:
    """Take one step of gradient descent in place, and return the loss before it."""
    loss, w1_gradient, w2_gradient = gradients(x, y, w1, w2)
    w1 -= learning_rate * w1_gradient
    w2 -= learning_rate * w2_gradient
    return loss
