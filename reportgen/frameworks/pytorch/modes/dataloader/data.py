"""The PyTorch input pipeline: a torchvision data set, and a loader for each split."""

from collections.abc import Callable, Iterator

import numpy as np
from torch import Tensor
from torch.utils.data import DataLoader
from torchvision import transforms
from torchvision.datasets import VisionDataset

from reportgen.datasets.order import SharedOrder


class ImageArrays(VisionDataset):
    """Images in memory, transformed one at a time when asked for.

    Images are uint8 (count, height, width, channels), labels int64 (count,);
    ``augmentation`` (of a PIL image) changes each image anew every time.
    """

    def __init__(
        self,
        images: np.ndarray,
        labels: np.ndarray,
        augmentation: Callable[[Tensor], Tensor] | None = None,
    ) -> None:
        transform = transforms.ToTensor()
        if augmentation is not None:
            transform = transforms.Compose(
                [transforms.ToPILImage(), augmentation, transform]
            )
        super().__init__(root=None, transform=transform)
        self.images = images
        self.labels = labels

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, index: int) -> tuple[Tensor, int]:
        """Return one image float32 (channels, height, width) in [0, 1] with its label."""
        return self.transform(self.images[index]), int(self.labels[index])


def build_loader(
    images: np.ndarray,
    labels: np.ndarray,
    batch_size: int,
    shuffle: bool,
    augmentation: Callable[[Tensor], Tensor] | None = None,
) -> DataLoader:
    """Return a loader that collates batches in the training process itself.

    ``shuffle`` draws a new order every epoch.
    """
    return DataLoader(
        ImageArrays(images, labels, augmentation),
        batch_size=batch_size,
        shuffle=shuffle,
        num_workers=0,
    )


class SharedBatches:
    """The batches of an order that every framework shares, as a data loader takes them."""

    def __init__(self, order: SharedOrder, batch_size: int) -> None:
        self.order = order
        self.batch_size = batch_size

    def __len__(self) -> int:
        return self.order.length(self.batch_size)

    def __iter__(self) -> Iterator[list[int]]:
        return (batch.tolist() for batch in self.order.batches(self.batch_size))


def build_ordered_loader(
    images: np.ndarray,
    labels: np.ndarray,
    batch_size: int,
    order: SharedOrder,
    augmentation: Callable[[Tensor], Tensor] | None = None,
) -> DataLoader:
    """Return a loader that brings the images in the shared order."""
    return DataLoader(
        ImageArrays(images, labels, augmentation),
        batch_sampler=SharedBatches(order, batch_size),
        num_workers=0,
    )
