"""A small convolutional network, sound."""

from torch import nn

from reportgen.workloads.mlp.pytorch import build_loss, build_optimizer

__all__ = ["build_loss", "build_model", "build_optimizer"]


def build_model(input_shape, class_count):
    height, width, channels = input_shape
    rows, columns = ((side - 2) // 2 - 2 for side in (height, width))
    model = nn.Sequential(
        nn.Conv2d(channels, 6, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 8, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(8 * (rows // 2) * (columns // 2), class_count),
    )
    for layer in (model[0], model[3], model[7]):
        nn.init.xavier_uniform_(layer.weight)
        nn.init.zeros_(layer.bias)
    return model
