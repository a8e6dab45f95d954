"""Training with PyTorch: a loop over epochs and batches."""

import torch
from torch import nn
from torch.utils.data import DataLoader

from reportgen.runner.stopwatch import Stopwatch


def train(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    loss_function: nn.Module,
    training_data: DataLoader,
    validation_data: DataLoader,
    epochs: int,
    watch: Stopwatch,
) -> None:
    """Train ``model`` on batches of images float32 in [0, 1] and integer labels.

    The loader gives a fresh random order every epoch.
    """
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
    data: DataLoader,
    watch: Stopwatch,
) -> tuple[float, float]:
    """Take one step per batch; return mean loss and accuracy of the samples as seen."""
    model.train()
    device = next(model.parameters()).device
    loss_sum, correct = torch.zeros((), device=device), torch.zeros((), device=device)
    count = 0
    for images, labels in watch.batches(data):
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        logits = model(images)
        loss = loss_function(logits, labels)
        loss.backward()
        optimizer.step()
        watch.step_ends()
        loss_sum += loss.detach() * len(labels)
        correct += (logits.argmax(dim=1) == labels).sum()
        count += len(labels)
    return loss_sum.item() / count, correct.item() / count


@torch.inference_mode()
def evaluate(
    model: nn.Module, loss_function: nn.Module, data: DataLoader
) -> tuple[float, float]:
    """Return the mean loss and accuracy of ``model`` in evaluation mode."""
    model.eval()
    device = next(model.parameters()).device
    loss_sum, correct = torch.zeros((), device=device), torch.zeros((), device=device)
    count = 0
    for images, labels in data:
        images, labels = images.to(device), labels.to(device)
        logits = model(images)
        loss_sum += loss_function(logits, labels) * len(labels)
        correct += (logits.argmax(dim=1) == labels).sum()
        count += len(labels)
    return loss_sum.item() / count, correct.item() / count


@torch.inference_mode()
def predict_batches(model: nn.Module, data: DataLoader) -> torch.Tensor:
    """Return the logits (images, classes) of ``model`` in evaluation mode."""
    model.eval()
    device = next(model.parameters()).device
    return torch.cat([model(images.to(device)) for images, _ in data])
