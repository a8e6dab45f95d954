"""The convolutional network in PyTorch."""

from collections.abc import Iterable

import torch
from torch import Tensor, nn
from torchvision import transforms


class Network(nn.Module):
    """A network from images to logits.

    Images are float32 (batch, channels, height, width), logits (batch, class_count).
    """

    def __init__(self, input_shape: tuple[int, int, int], class_count: int) -> None:
        """``input_shape`` is (height, width, channels)."""
        super().__init__()
        height, width, channels = input_shape
        # A 3 x 3 kernel takes a pixel from each edge, and pooling halves what is left.
        rows, columns = (((side - 2) // 2 - 2) // 2 for side in (height, width))
        self.maps_1 = nn.Conv2d(channels, 32, kernel_size=3, padding=0)
        self.pool_1 = nn.MaxPool2d(2)
        self.dropout_1 = nn.Dropout(0.25)
        self.maps_2 = nn.Conv2d(32, 64, kernel_size=3, padding=0)
        self.pool_2 = nn.MaxPool2d(2)
        self.dropout_2 = nn.Dropout(0.25)
        self.flatten = nn.Flatten()
        self.hidden = nn.Linear(64 * rows * columns, 128)
        self.dropout_3 = nn.Dropout(0.5)
        self.logits = nn.Linear(128, class_count)
        # Keras' initial distributions, which its layers have without being told.
        for layer in (self.maps_1, self.maps_2, self.hidden, self.logits):
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, images: Tensor) -> Tensor:
        """Return the logits of a batch of images."""
        maps = self.dropout_1(self.pool_1(torch.relu(self.maps_1(images))))
        maps = self.dropout_2(self.pool_2(torch.relu(self.maps_2(maps))))
        hidden = torch.relu(self.hidden(self.flatten(maps)))
        return self.logits(self.dropout_3(hidden))


def build_model(input_shape: tuple[int, int, int], class_count: int) -> nn.Module:
    """Return the network with fresh initial weights."""
    return Network(input_shape, class_count)


def build_augmentation() -> nn.Module:
    """Return what turns, scales and shifts one image at random, in training."""
    # The scales are those of a zoom by 0.1 in Keras, which divides by 1.1 to 0.9.
    return transforms.RandomAffine(
        degrees=10,
        scale=(1 / 1.1, 1 / 0.9),
        translate=(0.1, 0.1),
        interpolation=transforms.InterpolationMode.BILINEAR,
        fill=0,
    )


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
