"""A perceptron whose training images are augmented as the convolutional network's are, sound."""

from reportgen.workloads.cnn.tensorflow import build_augmentation
from reportgen.workloads.mlp.tensorflow import build_loss, build_model, build_optimizer

__all__ = ["build_augmentation", "build_loss", "build_model", "build_optimizer"]
