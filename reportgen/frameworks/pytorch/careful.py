"""Opening an exported program without letting it run code.

``torch.export.load`` falls back on pickle, which runs whatever a file says, for weights, constants and example inputs; and it evaluates the
expressions of free dimensions as Python. None of that is needed for a program that only has tensors.
"""

import json
import os
import pickle
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import torch

# PyTorch's own switch: torch.load then takes nothing but weights, whatever its caller asks for.
WEIGHTS_ONLY = {"TORCH_FORCE_WEIGHTS_ONLY_LOAD": "1"}
# Sums, products, comparisons and functions of names and whole numbers, as in Max(1, Symbol('s0')): nothing with a dot, two underscores, or
# between quotes more than a name.
EXPRESSION = re.compile(r"(?!.*__)(?:[\w\s+\-*/(),<>=]|'\w+')*")
GRAPHS = re.compile(r".*/models/.*\.json")


class UnsafeFileError(Exception):
    """A file asks for code to be run."""


def load_program(path: Path) -> Any:
    """Return the exported program in ``path``; raises :class:`UnsafeFileError` where it holds more than tensors and a graph."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if GRAPHS.fullmatch(name):
                check_expressions(json.loads(archive.read(name)))
    with no_code():
        return torch.export.load(path)


def check_expressions(value: Any) -> None:
    """Look through a graph, as its JSON has it, for expressions that are no arithmetic."""
    if isinstance(value, dict):
        text = value.get("expr_str", "")
        if not isinstance(text, str) or not EXPRESSION.fullmatch(text):
            raise UnsafeFileError(f"an expression is no arithmetic: {text!r}")
        for one in value.values():
            check_expressions(one)
    elif isinstance(value, list):
        for one in value:
            check_expressions(one)


@contextmanager
def no_code() -> Iterator[None]:
    """Refuse pickle of any kind while PyTorch loads a file."""
    with (
        patch.dict(os.environ, WEIGHTS_ONLY),
        patch.object(pickle, "loads", refuse),
        patch.object(torch._C, "_pickle_load_obj", refuse),
    ):
        yield


def refuse(*_: Any, **__: Any) -> Any:
    """Stand in for a function that would run what a file says."""
    raise UnsafeFileError("it holds objects that only pickle could read")
