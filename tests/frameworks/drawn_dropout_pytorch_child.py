"""Shows that a PyTorch model whose dropout is drawn outside of a step is the same model; run in a process of its own."""

import torch
from torch import nn

from reportgen.frameworks.pytorch.drawn_dropout import DrawnDropout, drawn_dropout

torch.manual_seed(1)
model = nn.Sequential(nn.Linear(6, 51), nn.Sequential(nn.Tanh(), nn.Dropout(0.2)), nn.Linear(51, 3), nn.Dropout(0.0))
layers = list(model.modules())
images = torch.rand(5, 6)

with drawn_dropout(model) as (dropout,):
    # A rate of nothing is left to PyTorch, and a model that is evaluated drops nothing.
    assert sum(isinstance(layer, DrawnDropout) for layer in model.modules()) == 1
    model.eval()
    seen = model(images)
    model.train()

    # Every step has bits of its own, and a fifth is dropped; what is kept is scaled up.
    ones = torch.ones(200, 51)
    first = dropout(ones)
    assert torch.equal(first, dropout(ones)), "the bits stay until others are drawn"
    dropout.draw()
    second = dropout(ones)
    assert not torch.equal(first, second)
    for found in (first, second):
        assert set(found.unique().tolist()) == {0.0, 1.25}
        assert abs((found > 0).float().mean().item() - 0.8) < 0.01
    # A partial batch takes a part of the bits, in the number type that it has.
    part = dropout(ones[:7].double())
    assert part.dtype == torch.float64
    assert torch.equal(part > 0, second[:7] > 0)
    # Nothing passes backwards where nothing was passed on.
    inputs = torch.ones(200, 51, requires_grad=True)
    dropout(inputs).sum().backward()
    assert torch.equal(inputs.grad, second)

# Afterwards the model is what it was, in the state in which it was left.
assert list(model.modules()) == layers
assert all(layer.training for layer in layers)
assert torch.equal(seen, model.eval()(images))
print("the same")
