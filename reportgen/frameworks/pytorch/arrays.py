"""Images in memory as tensors, for modes without a data loader."""

from collections.abc import Callable, Iterator
from typing import Self

import numpy as np
import torch
from torch import Tensor

from reportgen.datasets.order import SharedOrder


class Arrays:
    """All images and labels of a split, and the order in which a pass takes them.

    ``images`` are floats (count, channels, height, width) in [0, 1], ``labels`` int64
    (count,). ``order()`` gives the order of the next pass, int64 (count,).
    ``augmentation`` changes an image anew every time.
    """

    def __init__(
        self,
        images: np.ndarray,
        labels: np.ndarray,
        batch_size: int,
        order: Callable[[], Tensor],
        augmentation: Callable[[Tensor], Tensor] | None = None,
    ) -> None:
        """``images`` are uint8 (count, height, width, channels)."""
        channels_first = np.ascontiguousarray(images.transpose(0, 3, 1, 2))
        # As ToTensor does it: in the number type of the model.
        self.images = torch.tensor(channels_first, dtype=torch.get_default_dtype())
        self.images /= 255
        self.labels = torch.tensor(labels)
        self.batch_size = batch_size
        self.order = order
        self.augmentation = augmentation

    def to(self, device: torch.device) -> Self:
        """Bring all images and labels to a device, once."""
        self.images, self.labels = self.images.to(device), self.labels.to(device)
        return self

    def augment(self, images: Tensor) -> Tensor:
        """Return a batch as training sees it: each image changed anew, if at all."""
        if self.augmentation is None:
            return images
        # One call for a batch, where the augmentation has one.
        if hasattr(self.augmentation, "batch"):
            return self.augmentation.batch(images)
        return torch.stack([self.augmentation(image) for image in images])

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield the batches of a pass; the last one holds what is left."""
        order = self.order().to(self.labels.device)
        for chosen in order.split(self.batch_size):
            yield self.batch(chosen)

    def batch(self, chosen: Tensor) -> tuple[Tensor, Tensor]:
        """Return the images and labels at the indices ``chosen``, as one batch."""
        # Several times as fast as images[chosen], which does the same.
        images = self.images.index_select(0, chosen)
        return self.augment(images), self.labels.index_select(0, chosen)


def build_arrays(
    images: np.ndarray,
    labels: np.ndarray,
    batch_size: int,
    shuffle: bool,
    augmentation: Callable[[Tensor], Tensor] | None = None,
) -> Arrays:
    """Return a split in memory; ``shuffle`` draws a new order for every pass."""
    count = len(labels)
    draw = torch.randperm if shuffle else torch.arange
    return Arrays(images, labels, batch_size, lambda: draw(count), augmentation)


def build_ordered_arrays(
    images: np.ndarray,
    labels: np.ndarray,
    batch_size: int,
    order: SharedOrder,
    augmentation: Callable[[Tensor], Tensor] | None = None,
) -> Arrays:
    """Return the same in the order that every framework shares."""
    return Arrays(
        images,
        labels,
        batch_size,
        lambda: torch.from_numpy(np.concatenate([*order.batches(batch_size)])),
        augmentation,
    )
