"""Opening an exported program without letting it run code.

``torch.export.load`` falls back on pickle, which runs whatever a file says, for weights, constants and example inputs; it opens compiled libraries
that lie in the archive; and it makes Python of what the graph's JSON says. None of that is needed for a program that only has tensors. Each is
refused where PyTorch is about to do it, and not by another reading of the file, which might find something else in it than PyTorch does.
"""

import json
import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import torch
from torch._export.serde import serialize
from torch.export.pt2_archive import _package

from reportgen.frameworks.pytorch.program_grammar import UnsafeFileError, check
from reportgen.language import marked

# PyTorch's own switch: torch.load then takes nothing but weights, whatever its caller asks for.
WEIGHTS_ONLY = {"TORCH_FORCE_WEIGHTS_ONLY_LOAD": "1"}

to_dataclass = serialize._bytes_to_dataclass


def load_program(path: Path) -> Any:
    """Return the exported program in ``path``; raises :class:`UnsafeFileError` where it holds more than tensors and a graph."""
    with no_code():
        return torch.export.load(path)


@contextmanager
def no_code() -> Iterator[None]:
    """Refuse pickle of any kind, libraries, and graphs that are more than that, while PyTorch loads a file."""
    with (
        patch.dict(os.environ, WEIGHTS_ONLY),
        patch.object(pickle, "loads", refuse),
        patch.object(torch._C, "_pickle_load_obj", refuse),
        patch.object(_package, "_load_aoti", refuse),
        patch.object(serialize, "_bytes_to_dataclass", checked),
    ):
        yield


def checked(kind: type, data: bytes) -> Any:
    """Return what PyTorch makes of a graph's JSON, once that has been looked through."""
    check(json.loads(data))
    return to_dataclass(kind, data)


def refuse(*_: Any, **__: Any) -> Any:
    """Stand in for a function that would run what a file says."""
    raise UnsafeFileError(
        marked("it holds compiled code, or objects that only pickle could read")
    )
