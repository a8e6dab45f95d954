"""The convolutional network in PyTorch."""

import math
from collections.abc import Iterable

import torch
from torch import Tensor, nn
from torch.nn import functional
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


class RandomChanges(transforms.RandomAffine):
    """Turns, scales and shifts images at random, in training."""

    def __init__(self) -> None:
        # The scales are those of a zoom by 0.1 in Keras, which divides by 0.9 to 1.1.
        super().__init__(
            degrees=10,
            scale=(1 / 1.1, 1 / 0.9),
            translate=(0.1, 0.1),
            interpolation=transforms.InterpolationMode.BILINEAR,
            fill=0,
        )

    def batch(self, images: Tensor) -> Tensor:
        """Change all images (batch, channels, height, width) at once, in these ranges."""
        count, _, height, width = images.shape
        limit = math.radians(10)
        turn = torch.empty(count, device=images.device).uniform_(-limit, limit)
        zoom = torch.empty(count, device=images.device).uniform_(0.9, 1.1)
        # From edge to edge is 2, so that a tenth of a side is 0.2.
        shift = torch.empty(2, count, device=images.device).uniform_(-0.2, 0.2)
        cosine, sine = zoom * turn.cos(), zoom * turn.sin()
        across, down = sine * height / width, sine * width / height
        # Where each pixel comes from: shifted back, turned and scaled.
        origin = [
            [cosine, -across, across * shift[1] - cosine * shift[0]],
            [down, cosine, -down * shift[0] - cosine * shift[1]],
        ]
        back = torch.stack([torch.stack(row, dim=1) for row in origin], dim=1)
        grid = functional.affine_grid(back, images.shape, align_corners=False)
        return functional.grid_sample(images, grid, align_corners=False)


def build_augmentation() -> nn.Module:
    """Return what changes one image, or a batch, at random."""
    return RandomChanges()


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
