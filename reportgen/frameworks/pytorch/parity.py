"""What PyTorch shows of itself in a parity trial."""

import inspect
from collections.abc import Mapping, Sequence
from itertools import islice

import numpy as np
import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader

from reportgen.datasets.base import Arrays
from reportgen.datasets.order import SharedOrder
from reportgen.frameworks.mode import Mode
from reportgen.frameworks.pytorch.program import PyTorchProgram
from reportgen.frameworks.pytorch.weights import arrays_in_common
from reportgen.parity.material import ORDER_BATCHES, describe_pipeline
from reportgen.parity.reference import exact_correction, keras_correction
from reportgen.records import (
    DeviceKind,
    Effective,
    Hyperparameters,
    Parameter,
    PipelineSample,
    Precision,
)
from reportgen.runner.stopwatch import Stopwatch
from reportgen.workloads.base import Workload, augmentation_of

# The forward pass on all test images goes in batches of this size: a convolutional network would need gigabytes for all at once.
FORWARD_BATCH = 500


class PyTorchProbe:
    """See :class:`reportgen.parity.probe.Probe` for what each method must do."""

    def __init__(self, program: PyTorchProgram) -> None:
        self.program = program

    def load_data(self, arrays: Arrays, order: SharedOrder | None = None) -> None:
        """Make the loaders, and the model in the default number type."""
        self.program.load_data(arrays, order, augment=False)
        self.program.build()
        self.model = self.program.model
        self.native = self.program.parameters()

    def parameters(self) -> tuple[Parameter, ...]:
        """Return what :meth:`PyTorchProgram.build` noted."""
        return self.native

    def trainable(self) -> list[nn.Parameter]:
        """Return the trainable parameters in the model's order."""
        return [value for value in self.model.parameters() if value.requires_grad]

    def export_weights(self) -> list[np.ndarray]:
        """Read the program's model."""
        return self.program.export_weights()

    def import_weights(self, weights: Sequence[np.ndarray]) -> None:
        """Set the program's model."""
        self.program.import_weights(weights)

    def tensor(self, images: np.ndarray) -> Tensor:
        """Return images channels first and on the device, as the model takes them."""
        channels_first = np.ascontiguousarray(images.transpose(0, 3, 1, 2))
        return torch.from_numpy(channels_first).to(self.program.place)

    @torch.inference_mode()
    def logits(self, images: np.ndarray, training: bool = False) -> np.ndarray:
        """Run the module on batches of the images."""
        self.model.train(training)
        batches = self.tensor(images).split(FORWARD_BATCH)
        return torch.cat([self.model(batch) for batch in batches]).cpu().numpy()

    def evaluate(self) -> np.ndarray:
        """Evaluate as a training trial does, with the model left in training mode: the program itself must switch it."""
        self.model.train()
        return self.program.evaluate()

    def loss_and_gradients(
        self, images: np.ndarray, labels: np.ndarray
    ) -> tuple[float, list[np.ndarray]]:
        """Differentiate the workload's loss."""
        self.model.eval()
        wanted = torch.from_numpy(labels).to(self.program.place)
        loss = self.program.loss(self.model(self.tensor(images)), wanted)
        found = torch.autograd.grad(loss, self.trainable())
        return loss.item(), arrays_in_common(self.model, found, self.program.flattened)

    def descend(
        self, images: np.ndarray, labels: np.ndarray, learning_rate: float
    ) -> np.ndarray:
        """Train with ``torch.optim.SGD``."""
        return self.steps(
            torch.optim.SGD(self.model.parameters(), lr=learning_rate),
            images,
            labels,
            aligned=False,
        )

    def train(
        self, images: np.ndarray, labels: np.ndarray, aligned: bool
    ) -> np.ndarray:
        """Train with the workload's optimiser."""
        return self.steps(
            self.new_optimizer(self.model.parameters()), images, labels, aligned
        )

    def steps(
        self,
        optimizer: torch.optim.Optimizer,
        images: np.ndarray,
        labels: np.ndarray,
        aligned: bool,
    ) -> np.ndarray:
        """Take a step on each batch."""
        self.model.eval()
        losses = []
        for number, (batch, wanted) in enumerate(
            zip(images, labels, strict=True), start=1
        ):
            optimizer.zero_grad()
            loss = self.program.loss(
                self.model(self.tensor(batch)),
                torch.from_numpy(wanted).to(self.program.place),
            )
            loss.backward()
            if aligned:
                align_with_keras(optimizer, self.program.settings, number)
            optimizer.step()
            losses.append(loss.item())
        return np.array(losses)

    def new_optimizer(self, parameters: object) -> torch.optim.Optimizer:
        """Return a fresh optimiser of the workload's own kind."""
        settings = self.program.settings
        return self.program.code.build_optimizer(
            parameters,
            settings.learning_rate,
            settings.beta_1,
            settings.beta_2,
            settings.epsilon,
        )

    def optimizer_steps(self, weights: np.ndarray, gradients: np.ndarray) -> np.ndarray:
        """Step a lone parameter."""
        place = self.program.place
        parameter = nn.Parameter(torch.from_numpy(weights.copy()).to(place))
        optimizer = self.new_optimizer([parameter])
        after = []
        for gradient in gradients:
            parameter.grad = torch.from_numpy(gradient.copy()).to(place)
            optimizer.step()
            after.append(parameter.detach().cpu().numpy().copy())
        return np.stack(after)

    def silence_dropout(self) -> None:
        """Set the rates of all dropout layers to 0."""
        for module in self.model.modules():
            if isinstance(module, nn.modules.dropout._DropoutNd):
                module.p = 0.0

    def train_epochs(self, watch: Stopwatch) -> None:
        """Run the training program of the mode."""
        self.program.train_model(watch)

    def pipeline(self, arrays: Arrays) -> PipelineSample:
        """Pass once over the training loader, and begin once more."""
        loader = self.program.train
        first = [
            (
                images.cpu().numpy().mean(axis=(1, 2, 3), dtype=np.float64),
                labels.cpu().numpy(),
            )
            for images, labels in loader
        ]
        second = [labels.cpu().numpy() for _, labels in islice(loader, ORDER_BATCHES)]
        return describe_pipeline(first, second, arrays)

    def scaled_images(self, count: int) -> np.ndarray:
        """Take images from the test loader."""
        taken: list[np.ndarray] = []
        for images, _ in self.program.test:
            taken.append(images.cpu().numpy().transpose(0, 2, 3, 1))
            if sum(map(len, taken)) >= count:
                break
        return np.concatenate(taken)[:count]

    def augmented_images(self, images: np.ndarray) -> np.ndarray | None:
        """Take the images through a training pipeline that keeps their order."""
        program = self.program
        augmentation = augmentation_of(program.code)
        if augmentation is None:
            return None
        loader = program.build_data(
            images,
            np.zeros(len(images), dtype=np.int64),
            shuffle=False,
            augmentation=augmentation,
        )
        return np.concatenate([batch.numpy() for batch, _ in loader]).transpose(
            0, 2, 3, 1
        )

    def effective(self) -> Effective:
        """Take one step so that the optimiser has a state, then read back."""
        self.program.optimizer.zero_grad()
        height, width, channels = self.program.image_shape
        blank = torch.zeros(1, channels, height, width, device=self.program.place)
        self.model(blank).sum().backward()
        self.program.optimizer.step()
        return self.program.effective()

    def defaults(self) -> Mapping[str, str]:
        """Read defaults from signatures; the initial distributions are those of a layer that was just made."""
        adam = inspect.signature(torch.optim.Adam).parameters
        sgd = inspect.signature(torch.optim.SGD).parameters
        normalisation = nn.BatchNorm2d(1)
        layer = nn.Linear(100, 100)
        return {
            "dense kernel, bound of the uniform initial values for 100 inputs and 100 outputs": f"{layer.weight.abs().max().item():.2f}",
            "dense bias": "zeros" if not layer.bias.any() else "uniform",
            "Adam epsilon": f"{adam['eps'].default:g}",
            "SGD learning rate": f"{sgd['lr'].default:g}",
            "batch normalisation, share kept of the running mean": f"{1 - (normalisation.momentum or 0):g}",
            "batch normalisation epsilon": f"{normalisation.eps:g}",
            "cross-entropy takes": "logits",
            "batch size": str(
                inspect.signature(DataLoader).parameters["batch_size"].default
            ),
            "place of epsilon in Adam": "beside the corrected root",
        }

    def versions(self) -> dict[str, str]:
        """Return the loaded versions."""
        return self.program.versions()


def align_with_keras(
    optimizer: torch.optim.Optimizer, settings: Hyperparameters, number: int
) -> None:
    """Let the next step be Keras' Adam: PyTorch adds epsilon to the corrected root of the mean square, Keras to the uncorrected one.

    What Keras rounds in its corrections goes into the learning rate (see :mod:`reportgen.parity.reference`).
    """
    values = {name: float(value) for name, value in settings.model_dump().items()}
    precision: Precision = (
        "float64" if torch.get_default_dtype() == torch.float64 else "float32"
    )
    for group in optimizer.param_groups:
        if "betas" in group and "eps" in group:
            group["lr"] = (
                float(np.dtype(precision).type(settings.learning_rate))
                * keras_correction(values, number, precision)
                / exact_correction(values, number)
            )
            group["eps"] = settings.epsilon / (1 - settings.beta_2**number) ** 0.5


def create_probe(
    *,
    workload: Workload,
    mode: Mode,
    hyperparameters: Hyperparameters,
    seed: int,
    threads: int,
    precision: Precision,
    device: DeviceKind = "cpu",
) -> PyTorchProbe:
    """Return a probe whose model, loss and optimiser work in ``precision``."""
    torch.set_default_dtype(getattr(torch, precision))
    return PyTorchProbe(
        PyTorchProgram(
            workload=workload,
            mode=mode,
            hyperparameters=hyperparameters,
            seed=seed,
            threads=threads,
            device=device,
        )
    )
