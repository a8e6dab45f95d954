"""TensorFlow's part of a program that writes its steps out."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

from reportgen.frameworks.by_hand import ByHandProgram, Place
from reportgen.frameworks.by_hand_probe import ByHandProbe
from reportgen.frameworks.mode import Mode
from reportgen.frameworks.tensorflow import devices
from reportgen.frameworks.tensorflow.threads import set_threads
from reportgen.records import DeviceKind, Hyperparameters, Precision
from reportgen.runner.device import Device
from reportgen.workloads.base import Workload


class TensorFlowEngine:
    """See :class:`reportgen.frameworks.by_hand.Engine`."""

    def prepare(self, threads: int, seed: int, device: DeviceKind) -> Device:
        """Set threads, device and seed."""
        set_threads(threads)
        chosen = devices.use(device)
        tf.random.set_seed(seed)
        return chosen

    def tensor(self, array: np.ndarray) -> tf.Tensor:
        """Return a constant."""
        return tf.constant(array)

    def array(self, tensor: Any) -> np.ndarray:
        """Return the values."""
        return np.asarray(tensor)

    def threads(self) -> tuple[int, int]:
        """Ask TensorFlow."""
        threading = tf.config.threading
        return (
            threading.get_intra_op_parallelism_threads(),
            threading.get_inter_op_parallelism_threads(),
        )

    def place(self, tensor: Any) -> Place:
        """Ask the tensor, and TensorFlow."""
        kind = devices.kind_of(tensor)
        return Place(
            device=kind,
            device_name=devices.device_name(kind),
            tensor_float_32=devices.tensor_float_32(kind),
            mixed_precision=False,
        )

    def versions(self) -> dict[str, str]:
        """Return the loaded versions."""
        return {"tensorflow": tf.__version__, "numpy": np.__version__}


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
        engine=TensorFlowEngine(),
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
