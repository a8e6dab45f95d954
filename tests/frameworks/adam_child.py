"""Compares Adam as operations on tensors with torch.optim.Adam, and says which optimisers it leaves alone; run in a process of its own."""

import torch
from torch import nn

from reportgen.frameworks.pytorch.adam import AdamUpdate, is_plain_adam

torch.manual_seed(2)
start = [torch.randn(5, 3), torch.randn(3)]
gradients = [[torch.randn_like(weight) * 10.0**-step for weight in start] for step in range(6)] * 5


def weights() -> list[nn.Parameter]:
    return [nn.Parameter(weight.clone()) for weight in start]


theirs = weights()
optimizer = torch.optim.Adam(theirs, lr=0.01, betas=(0.8, 0.95), eps=1e-4)
for step in gradients:
    for weight, gradient in zip(theirs, step, strict=True):
        weight.grad = gradient.clone()
    optimizer.step()

ours = weights()
other = torch.optim.Adam(ours, lr=0.01, betas=(0.8, 0.95), eps=1e-4)
adam = AdamUpdate(other)
# In two epochs: the second goes on where the first ended.
for part in (gradients[:13], gradients[13:]):
    for step, sizes in zip(part, adam.sizes(len(part)), strict=True):
        adam.apply(step, *sizes)
    adam.count(len(part))

for left, right in zip(ours, theirs, strict=True):
    torch.testing.assert_close(left, right, atol=2e-6, rtol=1e-5)
    for name, value in optimizer.state[right].items():
        torch.testing.assert_close(other.state[left][name], value, atol=2e-6, rtol=1e-5)

assert is_plain_adam(other)
assert not is_plain_adam(torch.optim.AdamW(weights()))
assert not is_plain_adam(torch.optim.Adam(weights(), weight_decay=0.1))
assert not is_plain_adam(torch.optim.Adam(weights(), amsgrad=True))
assert not is_plain_adam(torch.optim.SGD(weights(), lr=0.1))
print("equal")
