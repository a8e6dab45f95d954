"""Parts of a training epoch in PyTorch, each a pass that does a little more than the one before."""

from collections.abc import Callable, Mapping

import torch
from torch import nn
from torch.utils.data import DataLoader

from reportgen.frameworks.pytorch import training
from reportgen.runner.stopwatch import Stopwatch


def passes(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    loss_function: nn.Module,
    training_data: DataLoader,
) -> Mapping[str, Callable[[], None]]:
    """Return passes over the training data: read, differentiate, update, and the program."""
    watch = Stopwatch(on_epoch=lambda _: None)

    def read_all() -> None:
        for _ in training_data:
            pass

    def differentiate_all() -> None:
        model.train()
        for images, labels in training_data:
            optimizer.zero_grad()
            loss_function(model(images), labels).backward()

    def update_all() -> None:
        model.train()
        for images, labels in training_data:
            optimizer.zero_grad()
            loss_function(model(images), labels).backward()
            optimizer.step()

    def train_epoch() -> None:
        training.train_epoch(model, optimizer, loss_function, training_data, watch)

    return {
        "read": read_all,
        "differentiate": differentiate_all,
        "update": update_all,
        "program": train_epoch,
    }
