"""Training with PyTorch under torch.compile, on arrays in memory."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from reportgen.frameworks.pytorch.adam import AdamUpdate, is_plain_adam
from reportgen.frameworks.pytorch.arrays import Arrays
from reportgen.frameworks.pytorch.evaluation import evaluate, predict_batches
from reportgen.frameworks.pytorch.rehearsal import nothing_changed
from reportgen.runner.stopwatch import Stopwatch

__all__ = ["predict_batches", "train"]

# Lets torch.autograd.grad be a part of what is compiled.
torch._dynamo.config.trace_autograd_ops = True


class CompiledStep:
    """A training step as one program: forward pass, backward pass, metrics and update."""

    def __init__(
        self,
        model: nn.Module,
        optimizer: torch.optim.Optimizer,
        loss_function: nn.Module,
    ) -> None:
        self.model, self.optimizer, self.loss_function = model, optimizer, loss_function
        self.weights = [value for value in model.parameters() if value.requires_grad]
        device = self.weights[0].device
        self.loss_sum = torch.zeros((), device=device)
        self.correct = torch.zeros((), device=device)
        # An optimiser with another formula updates the weights by itself.
        self.adam = AdamUpdate(optimizer) if is_plain_adam(optimizer) else None
        # On a processor, calls from C++ cost a fraction of those from Python.
        self.compiled = torch.compile(
            self.differentiate,
            fullgraph=True,
            dynamic=False,
            options={"cpp_wrapper": device.type == "cpu"},
        )

    def differentiate(
        self, images: Tensor, labels: Tensor, *sizes: Tensor
    ) -> tuple[Tensor, ...]:
        """Add to the sums; update the weights, or return their gradients."""
        logits = self.model(images)
        loss = self.loss_function(logits, labels)
        gradients = torch.autograd.grad(loss, self.weights)
        with torch.no_grad():
            self.loss_sum += loss * len(labels)
            self.correct += (logits.argmax(dim=1) == labels).sum()
        if self.adam is None:
            return gradients
        self.adam.apply(gradients, *sizes)
        return ()

    def sizes(self, count: int) -> Sequence[tuple[Tensor, ...]]:
        """Return what the update of each of the next steps needs to know."""
        return [()] * count if self.adam is None else self.adam.sizes(count)

    def __call__(self, images: Tensor, labels: Tensor, *sizes: Tensor) -> None:
        """Take a step."""
        gradients = self.compiled(images, labels, *sizes)
        if self.adam is None:
            for weight, gradient in zip(self.weights, gradients, strict=True):
                weight.grad = gradient
            self.optimizer.step()

    def end_epoch(self, steps: int) -> tuple[float, float]:
        """Return the sum of the losses and the number of right answers; begin anew."""
        if self.adam is not None:
            self.adam.count(steps)
        sums = self.loss_sum.item(), self.correct.item()
        self.loss_sum.zero_(), self.correct.zero_()
        return sums


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
    count, batch_size = len(training_data.labels), training_data.batch_size
    steps = -(-count // batch_size)
    step = CompiledStep(model, optimizer, loss_function)
    with watch.compiling(), nothing_changed(model, optimizer):
        # A whole batch and what is left for the last one are two programs.
        for size in {min(batch_size, count), count % batch_size} - {0}:
            # Picked as in training: a program is compiled for one layout in memory.
            chosen = torch.arange(size, device=training_data.labels.device)
            step(*training_data.batch(chosen), *step.sizes(1)[0])
        step.end_epoch(0)
    for _ in range(epochs):
        watch.epoch_begins()
        model.train()
        batches = watch.batches(training_data)
        for (images, labels), sizes in zip(batches, step.sizes(steps), strict=True):
            step(images, labels, *sizes)
            watch.step_ends()
        loss_sum, correct = step.end_epoch(steps)
        watch.training_ends()
        validation_loss, validation_accuracy = evaluate(
            model, loss_function, validation_data
        )
        watch.validation_ends(
            loss_sum / count, correct / count, validation_loss, validation_accuracy
        )
