"""A rehearsed training step leaves no trace, whatever the optimiser keeps, and whether it has taken steps before."""

import subprocess
import sys

SCRIPT = """
import torch
from torch import nn
from reportgen.frameworks.pytorch.rehearsal import nothing_changed

MAKERS = {
    "Adam": lambda weights: torch.optim.Adam(weights, lr=0.1),
    "SGD with dampening": lambda weights: torch.optim.SGD(weights, lr=0.1, momentum=0.9, dampening=0.5),
    "Rprop": lambda weights: torch.optim.Rprop(weights, lr=0.1),
    "Adagrad": lambda weights: torch.optim.Adagrad(weights, lr=0.1, initial_accumulator_value=0.3),
    "RMSprop": lambda weights: torch.optim.RMSprop(weights, lr=0.1, momentum=0.5),
}
images, labels = torch.randn(8, 5, generator=torch.Generator().manual_seed(1)), torch.arange(8) % 3

def step(model, optimizer):
    optimizer.zero_grad()
    nn.functional.cross_entropy(model(images), labels).backward()
    optimizer.step()

def trained(make, before, rehearse):
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(5, 4), nn.BatchNorm1d(4), nn.Dropout(0.5), nn.Linear(4, 3))
    optimizer = make(model.parameters())
    for _ in range(before):
        step(model, optimizer)
    places = [array.data_ptr() for array in model.parameters()]
    if rehearse:
        with nothing_changed(model, optimizer):
            for _ in range(2):
                step(model, optimizer)
    assert places == [array.data_ptr() for array in model.parameters()]
    for _ in range(3):
        step(model, optimizer)
    return [value.clone() for value in model.state_dict().values()]

for name, make in MAKERS.items():
    for before in (0, 2):
        plain, rehearsed = trained(make, before, False), trained(make, before, True)
        assert all(torch.equal(one, other) for one, other in zip(plain, rehearsed, strict=True)), (name, before)
print("fine")
"""


def test_training_goes_as_if_nothing_had_been_rehearsed():
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "fine", done.stderr
