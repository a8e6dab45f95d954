"""A hidden layer of another width."""

from torch import nn

from reportgen.workloads.mlp import pytorch as sound
from reportgen.workloads.mlp.pytorch import build_loss, build_optimizer

__all__ = ["build_loss", "build_model", "build_optimizer"]


class Network(sound.Network):
    def __init__(self, input_shape, class_count):
        super().__init__(input_shape, class_count)
        self.hidden = nn.Linear(self.hidden.in_features, 32)
        self.logits = nn.Linear(32, class_count)


def build_model(input_shape, class_count) -> nn.Module:
    return Network(input_shape, class_count)
