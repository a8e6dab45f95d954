"""How frameworks are placed on a device, as far as it shows without one: on the CPU, and on PyTorch's device of shapes without values."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from reportgen import frameworks
from reportgen.runner.launch import child_environment

# What each program prints: what a study on the CPU reads back, and what is seen of devices where all are hidden.
ON_CPU = """
import json
from reportgen import frameworks, workloads
from reportgen.runner.device import Processor
framework = frameworks.find({name!r})
program = framework.load()(
    workload=workloads.find("mlp"), mode=frameworks.find_mode({name!r}, workloads.find("mlp").modes[{name!r}][0]),
    hyperparameters=workloads.find("mlp").hyperparameters, seed=1, threads=1,
)
print(json.dumps([isinstance(program.device, Processor), list(framework.load_devices()())]))
"""

# Tensors on "meta" have a device and no values: an operation between one of them and one on the CPU is an error, as it is between CPU and GPU, and
# everything up to the first number that is read back works.
ON_META = """
import json, torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
from reportgen.frameworks.pytorch import arrays, devices
from reportgen.frameworks.pytorch.modes.dataloader import training as loader_mode
from reportgen.frameworks.pytorch.modes.in_memory import training as memory_mode
from reportgen.runner.stopwatch import Stopwatch
import numpy as np

def outcome(train_epoch, data):
    model = nn.Sequential(nn.Flatten(), nn.Linear(4, 3)).to("meta")
    optimizer = torch.optim.Adam(model.parameters())
    try:
        train_epoch(model, optimizer, nn.CrossEntropyLoss(), data, Stopwatch(on_epoch=lambda _: None))
    except RuntimeError as error:
        return str(error)

images, labels = np.zeros((6, 2, 2, 1), np.uint8), np.zeros(6, np.int64)
in_memory = devices.placed(arrays.build_arrays(images, labels, 4, shuffle=True), torch.device("meta"))
loader = DataLoader(TensorDataset(torch.zeros(6, 1, 2, 2), torch.zeros(6, dtype=torch.int64)), batch_size=4)
print(json.dumps([outcome(loader_mode.train_epoch, loader), outcome(memory_mode.train_epoch, in_memory)]))
"""


def printed(program: str) -> list[object]:
    import os

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=child_environment(os.environ, "cpu"), timeout=600)
    assert done.returncode == 0, done.stderr
    found: list[object] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("name", frameworks.names())
def test_a_program_on_the_cpu_has_nothing_to_wait_for_and_sees_no_gpu(name: str) -> None:
    assert printed(ON_CPU.format(name=name)) == [True, []]


def test_a_training_epoch_of_pytorch_leaves_nothing_on_another_device() -> None:
    for said in printed(ON_META):
        # The losses are added up on the device, and only their sum is read back, which "meta" cannot do.
        assert "item" in str(said) and "meta" in str(said)
        assert "same device" not in str(said)
