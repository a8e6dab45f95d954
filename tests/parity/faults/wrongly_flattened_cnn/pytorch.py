"""The convolutional network with the rows of its first dense kernel left in TensorFlow's order of flattening."""

import torch

from reportgen.workloads.cnn.pytorch import (
    build_augmentation,
    build_loss,
    build_model,
    build_optimizer,
)

__all__ = [
    "build_augmentation",
    "build_loss",
    "build_model",
    "build_optimizer",
    "import_weights",
]


@torch.no_grad()
def import_weights(model, weights, flattened):
    for parameter, array in zip(model.parameters(), weights, strict=True):
        axes = {4: (3, 2, 0, 1), 2: (1, 0), 1: (0,)}[array.ndim]
        parameter.copy_(torch.from_numpy(array.transpose(axes).copy()))
