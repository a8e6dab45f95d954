"""Training with PyTorch on arrays in memory."""

import torch
from torch import nn

from reportgen.frameworks.pytorch.arrays import Arrays
from reportgen.frameworks.pytorch.evaluation import evaluate, predict_batches
from reportgen.frameworks.pytorch.memory import keep_freed_memory
from reportgen.runner.stopwatch import Stopwatch

__all__ = ["predict_batches", "prepare", "train"]


def prepare(optimizer: torch.optim.Optimizer) -> None:
    """Bring what is trained into its fastest form, which computes the same.

    One call updates all arrays, where the optimiser has such a call.
    """
    keep_freed_memory()
    for group in optimizer.param_groups:
        if "fused" in group:
            group["fused"] = True


def train(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    loss_function: nn.Module,
    training_data: Arrays,
    validation_data: Arrays,
    epochs: int,
    watch: Stopwatch,
) -> None:
    """Train ``model`` on batches that are picked in a fresh random order every epoch."""
    for _ in range(epochs):
        watch.epoch_begins()
        train_loss, train_accuracy = train_epoch(
            model, optimizer, loss_function, training_data, watch
        )
        watch.training_ends()
        validation_loss, validation_accuracy = evaluate(
            model, loss_function, validation_data
        )
        watch.validation_ends(
            train_loss, train_accuracy, validation_loss, validation_accuracy
        )


def train_epoch(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    loss_function: nn.Module,
    data: Arrays,
    watch: Stopwatch,
) -> tuple[float, float]:
    """Take one step per batch; return mean loss and accuracy of the samples as seen."""
    model.train()
    device = data.labels.device
    loss_sum, correct = torch.zeros((), device=device), torch.zeros((), device=device)
    for images, labels in watch.batches(data):
        optimizer.zero_grad()
        logits = model(images)
        loss = loss_function(logits, labels)
        loss.backward()
        optimizer.step()
        watch.step_ends()
        loss_sum += loss.detach() * len(labels)
        correct += (logits.argmax(dim=1) == labels).sum()
    return loss_sum.item() / len(data.labels), correct.item() / len(data.labels)
