"""Describing a PyTorch module layer by layer, by watching one image pass through it."""

from typing import Any

import torch
from torch import Tensor, nn

from reportgen.records import Layer


@torch.inference_mode()
def describe_layers(
    model: nn.Module, image_shape: tuple[int, int, int]
) -> tuple[Layer, ...]:
    """Return the leaf modules in order of execution; ``image_shape`` is (height, width, channels)."""
    found: list[Layer] = []
    names = {module: name for name, module in model.named_modules()}

    def note(module: nn.Module, _inputs: Any, output: Tensor) -> None:
        parameters = sum(value.numel() for value in module.parameters())
        found.append(
            Layer(
                name=names[module],
                kind=type(module).__name__,
                output_shape=tuple(output.shape[1:]),
                parameters=parameters,
            )
        )

    leaves = [module for module in model.modules() if not list(module.children())]
    hooks = [module.register_forward_hook(note) for module in leaves]
    try:
        height, width, channels = image_shape
        model.eval()
        device = next(model.parameters()).device
        model(torch.zeros(1, channels, height, width, device=device))
    finally:
        for hook in hooks:
            hook.remove()
    return tuple(found)
