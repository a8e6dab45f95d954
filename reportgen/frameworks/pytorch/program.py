"""The PyTorch program of a trial: what all modes share. How data come and how training goes is the mode's."""

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from itertools import islice
from types import FunctionType

import numpy as np
import torch
from torch import nn

from reportgen.datasets.base import Arrays
from reportgen.datasets.order import SharedOrder
from reportgen.frameworks.base import PROBED_BATCHES, Batches, Layout
from reportgen.frameworks.driving import Predictor, builders, predictor
from reportgen.frameworks.mode import Mode
from reportgen.frameworks.pytorch import devices
from reportgen.frameworks.pytorch.layers import describe_layers
from reportgen.frameworks.pytorch.settings import read_settings, steps_taken
from reportgen.frameworks.pytorch.threads import set_threads
from reportgen.frameworks.pytorch.weights import (
    arrays_in_common,
    flattened_channels,
    import_weights,
)
from reportgen.records import (
    DeviceKind,
    Effective,
    Hyperparameters,
    Layer,
    Parameter,
    Source,
)
from reportgen.runner.stopwatch import Stopwatch
from reportgen.workloads.base import (
    Workload,
    augmentation_of,
    describe_source,
    preferred,
)
from reportgen.workloads.mistakes import built


class PyTorchProgram:
    """Drives one workload in one mode with one seed; see :class:`reportgen.frameworks.base.Program` for what each method must do."""

    layout: Layout = "channels_first"

    def __init__(
        self,
        *,
        workload: Workload,
        mode: Mode,
        hyperparameters: Hyperparameters,
        seed: int,
        threads: int,
        device: DeviceKind = "cpu",
    ) -> None:
        """Fix the seed, the thread counts and the device, before PyTorch's first operation."""
        self.mode = mode
        self.training = mode.training_module()
        self.code = workload.code(mode.code)
        preferred(self.code, set_threads)(threads)
        self.device = devices.use(device)
        self.place = torch.device(device)
        torch.manual_seed(seed)
        self.settings = hyperparameters

    def load_data(
        self, arrays: Arrays, order: SharedOrder | None = None, augment: bool = True
    ) -> None:
        """Make the training data of the mode for each split."""
        batch_size = self.settings.batch_size
        build, build_ordered = builders(self.mode, self.code)
        augmentation = augmentation_of(self.code) if augment else None
        # Left out where there is none: a workload's own pipeline need not know it.
        changes = {} if augmentation is None else {"augmentation": augmentation}
        self.build_data = partial(build, batch_size=batch_size)
        self.order = order
        images, labels = arrays.train_images, arrays.train_labels
        train = (
            self.build_data(images, labels, shuffle=True, **changes)
            if order is None
            else build_ordered(images, labels, batch_size, order, **changes)
        )
        validation = self.build_data(
            arrays.validation_images, arrays.validation_labels, shuffle=False
        )
        test = self.build_data(arrays.test_images, arrays.test_labels, shuffle=False)
        self.train, self.validation, self.test = (
            devices.placed(data, self.place) for data in (train, validation, test)
        )
        self.class_count = len(arrays.class_names)
        self.image_shape = arrays.image_shape
        self.batches = -(-len(arrays.train_labels) // self.settings.batch_size)

    def build(self) -> None:
        """Make model, optimiser and loss, and note the initial weights."""
        settings = self.settings
        self.model: nn.Module = built(
            self.code, "build_model", (nn.Module,), self.image_shape, self.class_count
        )
        self.flattened = flattened_channels(self.model, self.image_shape)
        # Before the optimiser is made, which holds on to the arrays that it is given.
        self.model.to(self.place)
        self.optimizer = built(
            self.code,
            "build_optimizer",
            (torch.optim.Optimizer,),
            self.model.parameters(),
            settings.learning_rate,
            settings.beta_1,
            settings.beta_2,
            settings.epsilon,
        )
        self.loss = built(self.code, "build_loss", (nn.Module, FunctionType))
        if hasattr(self.training, "prepare"):
            self.training.prepare(self.optimizer)
        self.initial = describe_parameters(self.model)

    def export_weights(self) -> list[np.ndarray]:
        """Transpose and reorder into TensorFlow's layout."""
        return arrays_in_common(
            self.model,
            [value for value in self.model.parameters() if value.requires_grad],
            self.flattened,
        )

    def import_weights(self, weights: Sequence[np.ndarray]) -> None:
        """Transpose and reorder from TensorFlow's layout."""
        preferred(self.code, import_weights)(self.model, weights, self.flattened)
        self.initial = describe_parameters(self.model)

    def train_model(self, watch: Stopwatch) -> None:
        """Run the training program of the mode."""
        self.training.train(
            self.model,
            self.optimizer,
            self.loss,
            self.train,
            self.validation,
            self.settings.epochs,
            watch,
        )

    def passes(self) -> Mapping[str, Callable[[], None]]:
        """Return the passes of a profile."""
        profiling = self.mode.profiling_module()
        passes: Mapping[str, Callable[[], None]] = profiling.passes(
            self.model, self.optimizer, self.loss, self.train
        )
        return passes

    def evaluate(self) -> np.ndarray:
        """Predict the test images as the mode does."""
        predict_batches = preferred(self.code, self.training.predict_batches)
        return torch.as_tensor(predict_batches(self.model, self.test)).cpu().numpy()

    def predict(self, images: np.ndarray, batch_size: int) -> np.ndarray:
        """Call the mode's own predictor, where it has one, else the module."""
        return self.predictor[1](images, batch_size)

    def call_name(self) -> str:
        """Name the call that :meth:`predict` makes."""
        return self.predictor[0]

    @cached_property
    def predictor(self) -> Predictor:
        """The name of a call, and the function that makes it."""
        own = predictor(self.training, self.model)
        return own or ("model(images) in torch.inference_mode", self.call_model)

    @torch.inference_mode()
    def call_model(self, images: np.ndarray, batch_size: int) -> np.ndarray:
        """Run the module on slices of the images."""
        self.model.eval()
        batches = torch.from_numpy(images).split(batch_size)
        logits = [self.model(batch.to(self.place)) for batch in batches]
        return torch.cat(logits).cpu().numpy()

    def layers(self) -> tuple[Layer, ...]:
        """List the modules in the order in which an image passes through them."""
        return describe_layers(self.model, self.image_shape)

    def parameters(self) -> tuple[Parameter, ...]:
        """Return the initial weights noted by :meth:`build`."""
        return self.initial

    def effective(self) -> Effective:
        """Read optimiser, loss, threads and device back from PyTorch."""
        weight = next(self.model.parameters())
        planned = self.batches * self.settings.epochs
        steps = steps_taken(self.optimizer, planned) // self.settings.epochs
        return Effective(
            optimizer=type(self.optimizer).__name__,
            settings=read_settings(self.optimizer),
            loss="cross-entropy of logits"
            if isinstance(self.loss, nn.CrossEntropyLoss)
            else type(self.loss).__name__,
            batch_size=len(first_labels(self.train, count=1)),
            steps_per_epoch=steps,
            shuffled=self.draws_new_orders(),
            dtype=str(weight.dtype).removeprefix("torch."),
            device=weight.device.type,
            device_name=devices.device_name(weight.device),
            tensor_float_32=devices.tensor_float_32(weight.device),
            mixed_precision=devices.mixed_precision(weight.device),
            intra_op_threads=torch.get_num_threads(),
            inter_op_threads=torch.get_num_interop_threads(),
        )

    def draws_new_orders(self) -> bool:
        """Say whether two passes begin differently; a shared order changes only after a whole one."""
        first = first_labels(self.train, count=None if self.order else PROBED_BATCHES)
        second = first_labels(self.train)
        return not np.array_equal(first[: len(second)], second)

    def sources(self) -> tuple[Source, ...]:
        """Return the model, the input pipeline and the training program as they ran."""
        return (
            describe_source("Model", self.code),
            describe_source("Data", self.mode.data_module()),
            describe_source("Training", self.training),
        )

    def versions(self) -> dict[str, str]:
        """Return the loaded versions, with the build that PyTorch says of itself."""
        # Only a mode that needs torchvision has loaded it.
        torchvision = sys.modules.get("torchvision")
        found = {"torchvision": torchvision.__version__} if torchvision else {}
        return {"torch": torch.__version__, **found, "numpy": np.__version__}


def describe_parameters(model: nn.Module) -> tuple[Parameter, ...]:
    """Describe the trainable parameters with the range of their present values."""
    return tuple(
        Parameter(
            name=name,
            shape=tuple(value.shape),
            initial_minimum=value.min().item(),
            initial_maximum=value.max().item(),
        )
        for name, value in model.named_parameters()
        if value.requires_grad
    )


def first_labels(batches: Batches, count: int | None = PROBED_BATCHES) -> np.ndarray:
    """Return the labels of the first batches (``None``: of all) of one more pass, in the order in which they come."""
    return np.concatenate(
        [labels.cpu().numpy() for _, labels in islice(batches, count)]
    )
