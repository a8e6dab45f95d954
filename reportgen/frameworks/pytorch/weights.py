"""Carrying weights between PyTorch's layout and TensorFlow's, the common one of all comparisons.

A dense kernel is transposed; a convolution's kernel goes from (out, in, height, width) to (height, width, in, out); and the rows of the first dense
kernel after flattening are reordered, because PyTorch flattens channels first and TensorFlow channels last.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

ImageShape = tuple[int, int, int]


@torch.inference_mode()
def flattened_channels(model: nn.Module, image_shape: ImageShape) -> dict[str, int]:
    """Return, for each dense layer that reads flattened feature maps, how many channels these have; by name of the layer.

    Seen by watching one blank image pass: the last four-dimensional array before the layer tells the channels.
    """
    found: dict[str, int] = {}
    height, width, channels = image_shape
    last = {"maps": channels, "flat": False}
    names = {module: name for name, module in model.named_modules()}

    def note(module: nn.Module, _inputs: Any, output: Tensor) -> None:
        if isinstance(module, nn.Linear) and not last["flat"]:
            found[names[module]] = int(last["maps"])
            last["flat"] = True
        elif output.ndim == 4:
            last["maps"] = output.shape[1]
            last["flat"] = False

    hooks = [
        module.register_forward_hook(note)
        for module in model.modules()
        if not list(module.children())
    ]
    training = model.training
    try:
        model.eval()
        model(
            torch.zeros(
                1, channels, height, width, dtype=next(model.parameters()).dtype
            )
        )
    finally:
        model.train(training)
        for hook in hooks:
            hook.remove()
    return found


def row_order(rows: int, channels: int) -> np.ndarray:
    """Return where each row of a dense kernel in PyTorch's order (channels first) stands in TensorFlow's (channels last)."""
    return np.arange(rows).reshape(rows // channels, channels).T.reshape(-1)


def to_common(values: np.ndarray, channels: int | None) -> np.ndarray:
    """Return one trainable array in TensorFlow's layout; ``channels`` of a dense kernel that reads flattened feature maps."""
    if values.ndim == 4:
        return np.ascontiguousarray(values.transpose(2, 3, 1, 0))
    if values.ndim == 2:
        kernel = values.T
        if channels is not None:
            common = np.empty_like(kernel)
            common[row_order(len(kernel), channels)] = kernel
            kernel = common
        return np.ascontiguousarray(kernel)
    return values


def from_common(values: np.ndarray, channels: int | None) -> np.ndarray:
    """Undo :func:`to_common`."""
    if values.ndim == 4:
        return np.ascontiguousarray(values.transpose(3, 2, 0, 1))
    if values.ndim == 2:
        kernel = (
            values if channels is None else values[row_order(len(values), channels)]
        )
        return np.ascontiguousarray(kernel.T)
    return values


def arrays_in_common(
    model: nn.Module, arrays: Sequence[Tensor], flattened: dict[str, int]
) -> list[np.ndarray]:
    """Return arrays that belong to the model's trainable parameters, one each and in their order, in TensorFlow's layout."""
    names = [name for name, value in model.named_parameters() if value.requires_grad]
    return [
        to_common(
            array.detach().cpu().numpy().copy(),
            flattened.get(name.rpartition(".")[0]) if array.ndim == 2 else None,
        )
        for name, array in zip(names, arrays, strict=True)
    ]


@torch.no_grad()
def import_weights(
    model: nn.Module, weights: Sequence[np.ndarray], flattened: dict[str, int]
) -> None:
    """Put arrays in TensorFlow's layout into the model's trainable parameters, in their order."""
    named = [
        (name, value) for name, value in model.named_parameters() if value.requires_grad
    ]
    for (name, parameter), array in zip(named, weights, strict=True):
        parameter.copy_(
            torch.from_numpy(
                from_common(
                    array,
                    flattened.get(name.rpartition(".")[0]) if array.ndim == 2 else None,
                )
            )
        )
