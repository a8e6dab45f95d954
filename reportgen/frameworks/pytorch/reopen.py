"""Opening what PyTorch saved, in a process that did not train it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import torch

from reportgen.frameworks.pytorch.careful import load_program
from reportgen.frameworks.pytorch.threads import set_threads
from reportgen.workloads.base import Workload


class StateDictionary:
    """A state dictionary, loaded into the model that the workload's own code builds."""

    call_name = "model(images) in torch.inference_mode"

    def __init__(
        self,
        path: Path,
        threads: int,
        workload: Workload,
        image_shape: tuple[int, ...],
        class_count: int,
    ) -> None:
        set_threads(threads)
        self.model = workload.code("pytorch").build_model(image_shape, class_count)
        # weights_only: a file of weights must never be able to run code.
        self.model.load_state_dict(torch.load(path, weights_only=True))
        self.model.eval()
        height, width, channels = image_shape
        self.input_shape: tuple[int | None, ...] = (None, channels, height, width)
        self.output_shape: tuple[int | None, ...] = (None, class_count)

    def predict(self, images: np.ndarray, batch_size: int) -> np.ndarray:
        """Return logits float32 (images, classes)."""
        return predict(self.model, images, batch_size)


class ExportedProgram:
    """An exported program: graph and weights in one file."""

    call_name = "program.module()(images) in torch.inference_mode"

    def __init__(self, path: Path, threads: int) -> None:
        set_threads(threads)
        program = load_program(path)
        self.model = program.module()
        shapes = {
            node.name: node.meta["val"].shape
            for node in program.graph.nodes
            if "val" in node.meta and hasattr(node.meta["val"], "shape")
        }
        signature = program.graph_signature
        self.input_shape = free_dimensions(shapes[signature.user_inputs[0]])
        self.output_shape = free_dimensions(shapes[signature.user_outputs[0]])

    def predict(self, images: np.ndarray, batch_size: int) -> np.ndarray:
        """Return logits float32 (images, classes)."""
        return predict(self.model, images, batch_size)


@torch.inference_mode()
def predict(model: Any, images: np.ndarray, batch_size: int) -> np.ndarray:
    """Return a model's logits float32 (images, classes), in batches."""
    batches = torch.from_numpy(images).split(batch_size)
    return torch.cat([model(batch) for batch in batches]).numpy()


def tensor(images: np.ndarray) -> Any:
    """Return an array as a tensor that shares its memory."""
    return torch.from_numpy(images)


def free_dimensions(shape: Iterable[Any]) -> tuple[int | None, ...]:
    """Return a traced shape with ``None`` where it has a symbol."""
    return tuple(size if isinstance(size, int) else None for size in shape)
