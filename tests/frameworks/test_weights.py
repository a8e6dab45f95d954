"""Carrying weights over, on arrays whose every number is known."""

import subprocess
import sys

SCRIPT = """
import numpy as np, torch
from torch import nn
from torch.nn import functional
from reportgen.frameworks.pytorch.weights import arrays_in_common, flattened_channels, from_common, import_weights, row_order, to_common

# Kernels go there and back.
for shape in ((3, 4, 5, 6), (7, 8), (9,)):
    values = np.arange(np.prod(shape)).reshape(shape)
    assert np.array_equal(from_common(to_common(values, None), None), values)
values = np.arange(24 * 5).reshape(5, 24)
assert np.array_equal(from_common(to_common(values, 6), 6), values)
assert to_common(np.zeros((8, 3, 5, 7)), None).shape == (5, 7, 3, 8)

# Row (channel, place) of PyTorch stands at (place, channel) in TensorFlow.
assert row_order(6, 2).tolist() == [0, 2, 4, 1, 3, 5]


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(1, 3, 3)
        self.dense = nn.Linear(3 * 13 * 13, 5)
        self.last = nn.Linear(5, 2)

    def forward(self, images):
        maps = functional.max_pool2d(self.first(images), 2)
        return self.last(self.dense(maps.flatten(1)))


model = Network()
flattened = flattened_channels(model, (28, 28, 1))
assert flattened == {"dense": 3}, flattened
weights = arrays_in_common(model, list(model.parameters()), flattened)
assert [array.shape for array in weights] == [(3, 3, 1, 3), (3,), (507, 5), (5,), (5, 2), (2,)]

# What TensorFlow would compute with these weights is what PyTorch computes.
image = np.random.default_rng(0).random((28, 28), dtype=np.float32)
windows = np.lib.stride_tricks.sliding_window_view(image, (3, 3))
maps = np.einsum("rcij,ijk->rck", windows, weights[0][:, :, 0]) + weights[1]
pooled = maps.reshape(13, 2, 13, 2, 3).max(axis=(1, 3))
wanted = (pooled.reshape(-1) @ weights[2] + weights[3]) @ weights[4] + weights[5]
with torch.no_grad():
    found = model(torch.from_numpy(image)[None, None]).numpy()[0]
assert np.allclose(found, wanted, atol=1e-5), (found, wanted)

other = Network()
import_weights(other, weights, flattened)
assert all(torch.equal(mine, theirs) for mine, theirs in zip(model.parameters(), other.parameters()))
"""


def test_pytorch_weights_in_the_common_layout():
    # A process of its own: no process loads two frameworks, and other tests may have loaded the other one.
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
