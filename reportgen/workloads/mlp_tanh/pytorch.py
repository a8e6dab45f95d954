"""The multilayer perceptron with dropout in PyTorch."""

from collections.abc import Iterable

import torch
from torch import Tensor, nn


class Network(nn.Module):
    """A network from images to logits.

    Images are float32 (batch, channels, height, width), logits (batch, class_count).
    """

    def __init__(self, input_shape: tuple[int, int, int], class_count: int) -> None:
        """``input_shape`` is (height, width, channels)."""
        super().__init__()
        height, width, channels = input_shape
        self.flatten = nn.Flatten()
        self.hidden_1 = nn.Linear(height * width * channels, 64)
        self.dropout_1 = nn.Dropout(0.2)
        self.hidden_2 = nn.Linear(64, 128)
        self.dropout_2 = nn.Dropout(0.2)
        self.logits = nn.Linear(128, class_count)
        for layer in (self.hidden_1, self.hidden_2, self.logits):
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, images: Tensor) -> Tensor:
        """Return the logits of a batch of images."""
        inputs = self.flatten(images)
        hidden = self.dropout_1(torch.tanh(self.hidden_1(inputs)))
        hidden = self.dropout_2(torch.sigmoid(self.hidden_2(hidden)))
        return self.logits(hidden)


def build_model(input_shape: tuple[int, int, int], class_count: int) -> nn.Module:
    """Return the network with fresh initial weights."""
    return Network(input_shape, class_count)


def build_optimizer(
    parameters: Iterable[nn.Parameter],
    learning_rate: float,
    beta_1: float,
    beta_2: float,
    epsilon: float,
) -> torch.optim.Optimizer:
    """Return Adam over ``parameters``."""
    return torch.optim.Adam(
        parameters, lr=learning_rate, betas=(beta_1, beta_2), eps=epsilon
    )


def build_loss() -> nn.Module:
    """Return the cross-entropy of logits and integer labels, averaged over the batch."""
    return nn.CrossEntropyLoss()
