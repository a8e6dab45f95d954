"""The PyTorch input pipeline: a torchvision data set, and a loader for each split."""

import numpy as np
from torch import Tensor
from torch.utils.data import DataLoader
from torchvision import transforms
from torchvision.datasets import VisionDataset


class ImageArrays(VisionDataset):
    """Images in memory, transformed one at a time when asked for.

    Images are uint8 (count, height, width, channels), labels int64 (count,).
    """

    def __init__(self, images: np.ndarray, labels: np.ndarray) -> None:
        super().__init__(root=None, transform=transforms.ToTensor())
        self.images = images
        self.labels = labels

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, index: int) -> tuple[Tensor, int]:
        """Return one image float32 (channels, height, width) in [0, 1] with its label."""
        return self.transform(self.images[index]), int(self.labels[index])


def build_loader(
    images: np.ndarray, labels: np.ndarray, batch_size: int, shuffle: bool
) -> DataLoader:
    """Return a loader that collates batches in the training process itself.

    ``shuffle`` draws a new order every epoch.
    """
    return DataLoader(
        ImageArrays(images, labels),
        batch_size=batch_size,
        shuffle=shuffle,
        num_workers=0,
    )
