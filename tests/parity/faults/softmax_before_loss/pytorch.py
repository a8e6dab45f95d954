"""A softmax before a loss that applies one itself."""

from torch import nn

from reportgen.workloads.mlp import pytorch as sound
from reportgen.workloads.mlp.pytorch import build_loss, build_optimizer

__all__ = ["build_loss", "build_model", "build_optimizer"]


def build_model(input_shape, class_count):
    return nn.Sequential(sound.build_model(input_shape, class_count), nn.Softmax(dim=1))
