"""Training with PyTorch under torch.compile, on arrays in memory."""

from collections.abc import Callable

import torch
from torch import Tensor, nn

from reportgen.frameworks.pytorch.arrays import Arrays
from reportgen.frameworks.pytorch.evaluation import evaluate, predict_batches
from reportgen.frameworks.pytorch.rehearsal import nothing_changed
from reportgen.runner.stopwatch import Stopwatch

__all__ = ["predict_batches", "train"]

Step = Callable[[Tensor, Tensor], tuple[Tensor, Tensor]]


def build_step(
    model: nn.Module, optimizer: torch.optim.Optimizer, loss_function: nn.Module
) -> Step:
    """Return one training step, compiled for each size of batch when it first occurs.

    It returns the sum of the losses, and the number of right answers.
    """

    @torch.compile(dynamic=False)
    def forward(images: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        logits = model(images)
        correct = (logits.argmax(dim=1) == labels).sum()
        return loss_function(logits, labels), correct

    @torch.compile(dynamic=False)
    def update() -> None:
        optimizer.step()

    def step(images: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        optimizer.zero_grad()
        loss, correct = forward(images, labels)
        loss.backward()
        update()
        return loss.detach() * len(labels), correct

    return step


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
    model.train()
    step = build_step(model, optimizer, loss_function)
    device = training_data.labels.device
    count, batch_size = len(training_data.labels), training_data.batch_size
    with watch.compiling(), nothing_changed(model, optimizer):
        # A whole batch and what is left for the last one are two programs.
        for size in {min(batch_size, count), count % batch_size} - {0}:
            # Twice: the optimiser has its own state only after a first step.
            for _ in range(2):
                step(training_data.images[:size], training_data.labels[:size])
    for _ in range(epochs):
        watch.epoch_begins()
        model.train()
        loss_sum = torch.zeros((), device=device)
        correct = torch.zeros((), device=device)
        for images, labels in watch.batches(training_data):
            loss, right = step(images, labels)
            watch.step_ends()
            loss_sum += loss
            correct += right
        train_loss, train_accuracy = loss_sum.item() / count, correct.item() / count
        watch.training_ends()
        validation_loss, validation_accuracy = evaluate(
            model, loss_function, validation_data
        )
        watch.validation_ends(
            train_loss, train_accuracy, validation_loss, validation_accuracy
        )
