"""How fast this machine does the parts of a training step, each alone and in a loop that does nothing else, on one thread.

``python -m benchmarks.limits WORKLOAD BATCH_SIZE`` prints one line of JSON: seconds a step for the matrix products of these very shapes, for
Adam over all parameters, for gathering and scaling a batch, and for drawing the numbers of dropout.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict

import numpy as np
import torch

from benchmarks.arithmetic import NETWORKS, Limit, Network, Product

#: The fastest of this many rounds, each of at least this many seconds, is what the machine can do.
ROUNDS = 7
ROUND_S = 0.03


def fastest(work: Callable[[], object]) -> float:
    """Return the seconds of one call in the fastest round."""
    work()
    begin = time.process_time()
    work()
    calls = max(1, int(ROUND_S / max(time.process_time() - begin, 1e-9)))
    found = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        for _ in range(calls):
            work()
        found.append((time.process_time() - begin) / calls)
    return min(found)


def product_s(product: Product) -> float:
    """Return the time of a float32 product: the faster of NumPy's BLAS and PyTorch's."""
    generator = np.random.default_rng(0)
    left = generator.random((product.rows, product.inner), dtype=np.float32)
    right = generator.random((product.inner, product.columns), dtype=np.float32)
    result = np.empty((product.rows, product.columns), dtype=np.float32)
    tensors = tuple(torch.from_numpy(array) for array in (left, right, result))
    return min(fastest(lambda: np.matmul(left, right, out=result)), fastest(lambda: torch.mm(tensors[0], tensors[1], out=tensors[2])))


def update_s(parameter_count: int) -> float:
    """Return the time of Adam over all parameters as one array, in the fused form that PyTorch has."""
    weights, gradients, first, second = (torch.full((parameter_count,), 0.1) for _ in range(4))
    settings = {"lr": 1e-3, "beta1": 0.9, "beta2": 0.999, "weight_decay": 0.0, "eps": 1e-7, "amsgrad": False, "maximize": False}
    return fastest(lambda: torch._fused_adam_([weights], [gradients], [first], [second], [], [torch.ones(())], **settings))


def reading_s(network: Network, batch_size: int) -> float:
    """Return the time of gathering a batch of uint8 images from the size of MNIST, and of scaling it to float32."""
    images = torch.randint(0, 256, (60_000, network.pixels), dtype=torch.uint8)
    orders = torch.randperm(len(images)).split(batch_size)
    position = iter(range(10**9))
    return fastest(lambda: images.index_select(0, orders[next(position) % (len(orders) - 1)]).float().mul_(1 / 255))


def drawing_s(network: Network, batch_size: int) -> float:
    """Return the time of drawing what dropout needs for a batch."""
    if not network.drawn:
        return 0.0
    mask = torch.empty(batch_size, network.drawn)
    return fastest(lambda: mask.bernoulli_(0.8))


def measure(workload: str, batch_size: int) -> Limit:
    """Measure all parts."""
    network = NETWORKS[workload]
    return Limit(
        flops=network.flops(batch_size),
        products_s=sum(map(product_s, network.products(batch_size))),
        update_s=update_s(network.parameter_count),
        reading_s=reading_s(network, batch_size),
        drawing_s=drawing_s(network, batch_size),
    )


if __name__ == "__main__":
    torch.set_num_threads(1)
    print(json.dumps(asdict(measure(sys.argv[1], int(sys.argv[2])))))
