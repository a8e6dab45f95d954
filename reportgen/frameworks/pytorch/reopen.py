"""Opening what PyTorch saved, in a process that did not train it."""

from pathlib import Path

import numpy as np
import torch

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

    @torch.inference_mode()
    def predict(self, images: np.ndarray, batch_size: int) -> np.ndarray:
        """Return logits float32 (images, classes)."""
        return torch.cat(
            [self.model(batch) for batch in torch.from_numpy(images).split(batch_size)]
        ).numpy()
