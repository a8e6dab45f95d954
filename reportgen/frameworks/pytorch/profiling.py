"""Parts of a training epoch in PyTorch's eager modes, each a pass that does a little more than the one before."""

from collections.abc import Callable, Mapping

import torch
from torch import nn

from reportgen.frameworks.base import Batches
from reportgen.runner.stopwatch import Stopwatch

Passes = Mapping[str, Callable[[], None]]


def batches_on(model: nn.Module, data: Batches) -> Batches:
    """Yield batches where the model lies."""
    device = next(model.parameters()).device
    for images, labels in data:
        yield images.to(device), labels.to(device)


def build_passes(
    train_epoch: Callable[..., object],
) -> Callable[[nn.Module, torch.optim.Optimizer, nn.Module, Batches], Passes]:
    """Return what makes the passes of a mode that takes its steps in ``train_epoch``."""

    def passes(
        model: nn.Module,
        optimizer: torch.optim.Optimizer,
        loss_function: nn.Module,
        training_data: Batches,
    ) -> Passes:
        """Return passes over the training data: read, differentiate, update, and the program."""
        watch = Stopwatch(on_epoch=lambda _: None)

        def read_all() -> None:
            for _ in training_data:
                pass

        def differentiate_all() -> None:
            model.train()
            for images, labels in batches_on(model, training_data):
                optimizer.zero_grad()
                loss_function(model(images), labels).backward()

        def update_all() -> None:
            model.train()
            for images, labels in batches_on(model, training_data):
                optimizer.zero_grad()
                loss_function(model(images), labels).backward()
                optimizer.step()

        def run_program() -> None:
            train_epoch(model, optimizer, loss_function, training_data, watch)

        return {
            "read": read_all,
            "differentiate": differentiate_all,
            "update": update_all,
            "program": run_program,
        }

    return passes
