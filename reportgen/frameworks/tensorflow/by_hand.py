"""TensorFlow's part of a program that writes its steps out; Keras is not loaded for it."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

from reportgen.frameworks.by_hand import ByHandProgram
from reportgen.frameworks.by_hand_probe import ByHandProbe
from reportgen.frameworks.mode import Mode
from reportgen.frameworks.tensorflow.threads import set_threads
from reportgen.records import Hyperparameters, Precision
from reportgen.workloads.base import Workload


class TensorFlowEngine:
    """See :class:`reportgen.frameworks.by_hand.Engine`."""

    def prepare(self, threads: int, seed: int) -> None:
        """Set threads, hide devices, set the seed."""
        set_threads(threads)
        tf.config.set_visible_devices([], "GPU")
        tf.random.set_seed(seed)

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

    def device(self) -> str:
        """Return the kind of the first visible device."""
        kind: str = tf.config.get_visible_devices()[0].device_type
        return kind.lower()

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
) -> ByHandProbe:
    """Return a probe of the program in ``precision``."""
    return ByHandProbe(
        create_program(
            workload=workload,
            mode=mode,
            hyperparameters=hyperparameters,
            seed=seed,
            threads=threads,
            precision=precision,
        )
    )
