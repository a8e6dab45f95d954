"""Data-parallel training in PyTorch.

Every process has the same module, and DistributedDataParallel averages the gradients of
all of them during the backward pass.
"""

import os
from datetime import timedelta

import numpy as np
import torch
import torch.distributed
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from reportgen.datasets.base import Arrays
from reportgen.experiments.scaling.network import loopback_interface
from reportgen.experiments.scaling.orders import WorkerOrder
from reportgen.frameworks.pytorch.threads import set_threads
from reportgen.frameworks.pytorch.weights import (
    arrays_in_common,
    flattened_channels,
    import_weights,
)
from reportgen.parity.material import initial_weights
from reportgen.records import Precision
from reportgen.runner.images import scaled
from reportgen.workloads.base import Workload


class Team:
    """The processes that train together, seen from one of them."""

    def __init__(self, order: WorkerOrder) -> None:
        """Meet the other workers; returns when all are there.

        One worker alone is an ordinary training process.
        """
        set_threads(order.threads)
        torch.manual_seed(order.seed + order.rank)
        self.size = order.workers
        self.threads = torch.get_num_threads()
        self.versions = {"torch": torch.__version__, "numpy": np.__version__}
        if self.size > 1:
            loopback_interface("GLOO_SOCKET_IFNAME", os.environ)
            torch.distributed.init_process_group(
                backend="gloo",
                init_method=f"tcp://{order.addresses[0]}",
                rank=order.rank,
                world_size=order.workers,
                timeout=timedelta(seconds=order.timeout_s),
            )
            self.size = torch.distributed.get_world_size()

    def distribute(self, network: nn.Module) -> nn.Module:
        """Let the gradients of ``network`` be averaged over the team in every backward pass."""
        return DistributedDataParallel(network) if self.size > 1 else network


class Training:
    """One worker's training of a workload's network, from shared initial weights."""

    def __init__(
        self,
        order: WorkerOrder,
        team: Team,
        workload: Workload,
        arrays: Arrays,
        precision: Precision,
        training: bool,
    ) -> None:
        """Make network, optimiser and loss; ``training`` switches dropout and the like on."""
        settings = order.hyperparameters
        code = workload.code("pytorch")
        dtype = getattr(torch, precision)
        self.network: nn.Module = code.build_model(
            arrays.image_shape, len(arrays.class_names)
        ).to(dtype)
        self.flattened = flattened_channels(self.network, arrays.image_shape)
        shapes = [array.shape for array in self.weights()]
        shared = initial_weights(shapes, order.seed, precision)
        import_weights(self.network, shared, self.flattened)
        self.network.train(training)
        self.model = team.distribute(self.network)
        self.optimizer: torch.optim.Optimizer = code.build_optimizer(
            self.model.parameters(),
            settings.learning_rate,
            settings.beta_1,
            settings.beta_2,
            settings.epsilon,
        )
        self.loss: nn.Module = code.build_loss()
        images = scaled(arrays.train_images[: order.images], "channels_first")
        self.images = torch.from_numpy(images).to(dtype)
        self.labels = torch.from_numpy(arrays.train_labels[: order.images])

    def step(self, indices: np.ndarray) -> Tensor:
        """Take one step on this worker's share of a batch, and return its mean loss."""
        chosen = torch.from_numpy(indices)
        self.optimizer.zero_grad()
        loss = self.loss(self.model(self.images[chosen]), self.labels[chosen])
        loss.backward()
        self.optimizer.step()
        return loss.detach()

    def value(self, loss: Tensor) -> float:
        """Return a loss as a number, which waits until it is computed."""
        return loss.item()

    def weights(self) -> list[np.ndarray]:
        """Return the trainable arrays in TensorFlow's layout."""
        trainable = [one for one in self.network.parameters() if one.requires_grad]
        return arrays_in_common(self.network, trainable, self.flattened)
