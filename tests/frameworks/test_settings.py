"""Settings read back from optimisers of several kinds: whatever a person's own workload uses, both frameworks name it alike."""

import json
import subprocess
import sys

import pytest

PYTORCH = """
import json, torch
from reportgen.frameworks.pytorch.settings import read_settings, steps_taken
weight = torch.nn.Parameter(torch.ones(3))
found = {}
for make in (lambda p: torch.optim.Adam(p, lr=0.25), lambda p: torch.optim.SGD(p, lr=0.5, momentum=0.75), lambda p: torch.optim.RMSprop(p, lr=0.5)):
    optimizer = make([weight])
    for _ in range(2):
        weight.grad = torch.ones(3)
        optimizer.step()
    name = type(optimizer).__name__
    found[name] = read_settings(optimizer)
    assert steps_taken(optimizer, 7) == (7 if name == "SGD" else 2), name
print(json.dumps(found))
"""

TENSORFLOW = """
import json, keras
from reportgen.frameworks.tensorflow.settings import read_settings
makers = (keras.optimizers.Adam(0.25), keras.optimizers.SGD(0.5, momentum=0.75), keras.optimizers.RMSprop(0.5))
print(json.dumps({type(one).__name__: read_settings(one) for one in makers}))
"""

NAMES = {
    "Adam": ["learning_rate", "beta_1", "beta_2", "epsilon", "weight_decay"],
    "SGD": ["learning_rate", "momentum", "nesterov", "weight_decay"],
    "RMSprop": ["learning_rate", "rho", "momentum", "epsilon", "weight_decay"],
}


@pytest.mark.parametrize("script", [PYTORCH, TENSORFLOW], ids=["pytorch", "tensorflow"])
def test_every_kind_of_optimiser_has_its_own_settings_under_shared_names(script):
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert {name: list(settings) for name, settings in found.items()} == NAMES
    assert (found["Adam"]["learning_rate"], found["SGD"]["momentum"], found["SGD"]["nesterov"]) == (0.25, 0.75, 0.0)
