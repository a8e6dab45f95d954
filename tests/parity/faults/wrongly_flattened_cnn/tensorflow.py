"""The sound side: the convolutional network as it is."""

from reportgen.workloads.cnn.tensorflow import (
    build_augmentation,
    build_loss,
    build_model,
    build_optimizer,
)

__all__ = ["build_augmentation", "build_loss", "build_model", "build_optimizer"]
