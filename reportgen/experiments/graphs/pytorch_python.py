"""What a Python ``if`` on a tensor, and a batch of another size, do in each of PyTorch's styles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from reportgen.experiments.graphs.questions import BATCH_SIZES, Answers, branch_answer
from reportgen.records import ExperimentNote, Series

Function = Callable[[Any], Any]


def above_or_below(x: Tensor) -> Tensor:
    """Return x + 1 where the sum of x is positive, else x - 1."""
    if x.sum() > 0.0:
        return x + 1.0
    return x - 1.0


class Applied(nn.Module):
    """A function as a module, the form that torch.export takes."""

    def __init__(self, function: Function) -> None:
        super().__init__()
        self.function = function

    def forward(self, x: Tensor) -> Any:
        """Apply the function."""
        return self.function(x)


def exported(function: Function) -> Function:
    """Trace once by torch.export, for vectors of any length."""
    example = torch.ones(BATCH_SIZES[0])
    shapes = ({0: torch.export.Dim("batch")},)
    program = torch.export.export(Applied(function), (example,), dynamic_shapes=shapes)
    return program.module()


def torchscript(function: Function) -> Function:
    """Trace once into TorchScript."""
    return torch.jit.trace(function, (torch.ones(BATCH_SIZES[0]),), check_trace=False)


def compiled(function: Function) -> Function:
    """Let torch.compile make graphs where it can; what they compute is not compiled further, which would only take time."""
    torch.compiler.reset()
    return torch.compile(function, backend="eager")


STYLES: dict[str, Callable[[Function], Function]] = {
    "eager": lambda function: function,
    "torch.export": exported,
    "torch.jit.trace": torchscript,
    "torch.compile": compiled,
}


def observe() -> tuple[tuple[Series, ...], tuple[ExperimentNote, ...]]:
    """Return what every style did."""
    answers = Answers()
    for title, transform in STYLES.items():
        answers.branch(title, branch_answer(transform, above_or_below, torch.tensor))
        answers.runs(title, count_graphs(transform, title))
    answers.graphs("torch.compile", graphs_of_branch())
    return answers.series(), answers.notes()


def count_graphs(transform: Callable[[Function], Function], title: str) -> int:
    """Return how often Python runs the function, or how many graphs torch.compile makes, for batches of different sizes, each given twice."""
    count = 0

    def double(x: Tensor) -> Tensor:
        nonlocal count
        count += 1
        return x + x

    def counting(graph: torch.fx.GraphModule, example: list[Tensor]) -> Any:  # noqa: ARG001
        nonlocal count
        count += 1
        return graph.forward

    if title == "torch.compile":
        torch.compiler.reset()
        function: Function = torch.compile(lambda x: x + x, backend=counting)
    else:
        function = transform(double)
    for size in BATCH_SIZES:
        for _ in range(2):
            function(torch.ones(size))
    return count


def graphs_of_branch() -> int:
    """Return into how many graphs torch.compile takes the function with an ``if`` apart when both ways are taken."""
    count = 0

    def counting(graph: torch.fx.GraphModule, example: list[Tensor]) -> Any:  # noqa: ARG001
        nonlocal count
        count += 1
        return graph.forward

    torch.compiler.reset()
    function = torch.compile(above_or_below, backend=counting)
    for sign in (1.0, -1.0):
        function(torch.tensor(np.full(4, sign, dtype=np.float32)))
    return count
