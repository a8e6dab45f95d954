"""Training with PyTorch under torch.compile, on arrays in memory."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from reportgen.frameworks.pytorch.adam import AdamUpdate, is_plain_adam
from reportgen.frameworks.pytorch.arrays import Arrays
from reportgen.frameworks.pytorch.drawn_dropout import DrawnDropout, drawn_dropout
from reportgen.frameworks.pytorch.evaluation import evaluate, predict_batches
from reportgen.frameworks.pytorch.memory import keep_freed_memory
from reportgen.frameworks.pytorch.rehearsal import nothing_changed
from reportgen.runner.stopwatch import Stopwatch

__all__ = ["predict_batches", "prepare", "train"]

# Lets torch.autograd.grad be a part of what is compiled.
torch._dynamo.config.trace_autograd_ops = True


def prepare(optimizer: torch.optim.Optimizer) -> None:
    """Let the kernels of convolutions have the channels of a pixel side by side.

    So, then, do the images that pass through them. It computes the same.
    """
    keep_freed_memory()
    for group in optimizer.param_groups:
        for kernel in group["params"]:
            if kernel.ndim == 4:
                # contiguous() would leave kernels of one channel as they are.
                kernel.data = kernel.data.to(memory_format=torch.channels_last)


class CompiledStep:
    """A training step as one program: forward pass, backward pass, metrics and update."""

    def __init__(
        self,
        model: nn.Module,
        optimizer: torch.optim.Optimizer,
        loss_function: nn.Module,
        dropouts: Sequence[DrawnDropout] = (),
    ) -> None:
        self.model, self.optimizer, self.loss_function = model, optimizer, loss_function
        self.dropouts = dropouts
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
        for dropout in self.dropouts:
            dropout.draw()
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
    with drawn_dropout(model) as dropouts:
        step = CompiledStep(model, optimizer, loss_function, dropouts)
        with watch.compiling(), nothing_changed(model, optimizer):
            compile_ahead(step, training_data)
        for _ in range(epochs):
            watch.epoch_begins()
            train_loss, train_accuracy = train_epoch(step, training_data, watch)
            watch.training_ends()
            validation_loss, validation_accuracy = evaluate(
                model, loss_function, validation_data
            )
            watch.validation_ends(
                train_loss, train_accuracy, validation_loss, validation_accuracy
            )


def compile_ahead(step: CompiledStep, data: Arrays) -> None:
    """Take the steps for which there must be a program: on batches of every size."""
    step.model.train()
    count = len(data.labels)
    whole = min(data.batch_size, count)
    # Picked as in training: a program is compiled for one layout in memory.
    order = torch.arange(whole, device=data.labels.device)
    images, _ = data.batch(order)
    # Shows dropout how many numbers a batch has.
    step.model(images)
    for size in {whole, count % data.batch_size} - {0}:
        step(*data.batch(order[:size]), *step.sizes(1)[0])
    step.end_epoch(0)


def train_epoch(
    step: CompiledStep, data: Arrays, watch: Stopwatch
) -> tuple[float, float]:
    """Take one step per batch; return mean loss and accuracy of the samples as seen."""
    step.model.train()
    count = len(data.labels)
    steps = -(-count // data.batch_size)
    batches = watch.batches(data)
    for (images, labels), sizes in zip(batches, step.sizes(steps), strict=True):
        step(images, labels, *sizes)
        watch.step_ends()
    loss_sum, correct = step.end_epoch(steps)
    return loss_sum / count, correct / count
