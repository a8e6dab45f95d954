"""PyTorch's part of a program that writes its steps out; torchvision is not loaded for it."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from reportgen.frameworks.by_hand import ByHandProgram, Place
from reportgen.frameworks.by_hand_probe import ByHandProbe
from reportgen.frameworks.mode import Mode
from reportgen.frameworks.pytorch import devices
from reportgen.frameworks.pytorch.threads import set_threads
from reportgen.records import DeviceKind, Hyperparameters, Precision
from reportgen.runner.device import Device
from reportgen.workloads.base import Workload


class PyTorchEngine:
    """See :class:`reportgen.frameworks.by_hand.Engine`."""

    def prepare(self, threads: int, seed: int, device: DeviceKind) -> Device:
        """Set threads, the device of every new tensor, and the seed."""
        set_threads(threads)
        chosen = devices.use(device)
        torch.set_default_device(device)
        torch.manual_seed(seed)
        return chosen

    def tensor(self, array: np.ndarray) -> torch.Tensor:
        """Return a copy as a tensor."""
        return torch.tensor(array)

    def array(self, tensor: Any) -> np.ndarray:
        """Return the values."""
        values: np.ndarray = tensor.cpu().numpy()
        return values

    def threads(self) -> tuple[int, int]:
        """Ask PyTorch."""
        return torch.get_num_threads(), torch.get_num_interop_threads()

    def place(self, tensor: Any) -> Place:
        """Ask the tensor, and PyTorch."""
        return Place(
            device=tensor.device.type,
            device_name=devices.device_name(tensor.device),
            tensor_float_32=devices.tensor_float_32(tensor.device),
            mixed_precision=devices.mixed_precision(tensor.device),
        )

    def versions(self) -> dict[str, str]:
        """Return the loaded versions."""
        return {"torch": torch.__version__, "numpy": np.__version__}


def create_program(
    *,
    workload: Workload,
    mode: Mode,
    hyperparameters: Hyperparameters,
    seed: int,
    threads: int,
    device: DeviceKind = "cpu",
    precision: Precision = "float32",
) -> ByHandProgram:
    """Return a program that has loaded nothing and built nothing yet."""
    return ByHandProgram(
        engine=PyTorchEngine(),
        workload=workload,
        mode=mode,
        hyperparameters=hyperparameters,
        seed=seed,
        threads=threads,
        device=device,
        precision=precision,
    )


def create_probe(
    *,
    workload: Workload,
    mode: Mode,
    hyperparameters: Hyperparameters,
    seed: int,
    threads: int,
    precision: Precision,
    device: DeviceKind = "cpu",
) -> ByHandProbe:
    """Return a probe of the program in ``precision``."""
    return ByHandProbe(
        create_program(
            workload=workload,
            mode=mode,
            hyperparameters=hyperparameters,
            seed=seed,
            threads=threads,
            device=device,
            precision=precision,
        )
    )
