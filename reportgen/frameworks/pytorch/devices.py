"""The device that PyTorch computes on: what there is, how one is chosen, and how to wait for it."""

import copy
from typing import Any

import torch
from torch import nn

from reportgen.records import DeviceKind
from reportgen.runner.device import Device, Processor


def names() -> tuple[str, ...]:
    """Return the names of the CUDA devices on which PyTorch really computes; empty without one.

    Raises what PyTorch raises where there is one that does not work.
    """
    if not torch.cuda.is_available():
        return ()
    torch.ones(1, device="cuda").add(1).item()
    return tuple(
        torch.cuda.get_device_name(index) for index in range(torch.cuda.device_count())
    )


def use(kind: DeviceKind) -> Device:
    """Let this process compute on the device, and return it as clocks see it.

    float32 is to mean float32 in both frameworks: left alone, PyTorch rounds the factors of
    convolutions to TensorFloat-32, and TensorFlow those of matrix products too.
    """
    if kind == "cpu":
        return Processor()
    torch.backends.cuda.matmul.fp32_precision = "ieee"
    torch.backends.cudnn.conv.fp32_precision = "ieee"
    return Cuda()


def placed(data: Any, device: torch.device) -> Any:
    """Return training data on the device, where they can lie there as a whole; a loader's batches are moved one by one."""
    return data.to(device) if hasattr(data, "to") else data


def on_processor(model: nn.Module) -> nn.Module:
    """Return the model, or a copy of it, with its weights in the memory of the process, as a file must hold them."""
    on_cpu = all(value.device.type == "cpu" for value in model.parameters())
    return model if on_cpu else copy.deepcopy(model).cpu()


class Cuda:
    """The first CUDA device that is visible."""

    def synchronise(self) -> None:
        """Wait for all kernels."""
        torch.cuda.synchronize()

    def reset_peak_memory(self) -> None:
        """Begin a new peak."""
        torch.cuda.reset_peak_memory_stats()

    def peak_memory_bytes(self) -> int | None:
        """Return the peak memory of tensors; without a device PyTorch would say 0."""
        return torch.cuda.max_memory_allocated() if torch.cuda.is_available() else None


def device_name(device: torch.device) -> str | None:
    """Return the name that the maker gave a CUDA device."""
    return torch.cuda.get_device_name(device) if device.type == "cuda" else None


def tensor_float_32(device: torch.device) -> bool | None:
    """Say whether float32 products may be rounded to TensorFloat-32, where the device could."""
    if device.type != "cuda":
        return None
    settings = (torch.backends.cuda.matmul, torch.backends.cudnn.conv)
    return any(setting.fp32_precision == "tf32" for setting in settings)


def mixed_precision(device: torch.device) -> bool:
    """Say whether PyTorch computes in a shorter number type than the weights have."""
    return torch.is_autocast_enabled(device.type)
