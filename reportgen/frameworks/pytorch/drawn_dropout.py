"""Dropout whose random bits are drawn outside of a compiled step, many at a time: on a processor that takes a fraction of the time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import torch
from torch import Tensor, nn

# Bits for each number that may be dropped. They meet a rate to 1 in 4 thousand millions;
# the uniform float32 that frameworks compare with it has 24 bits.
BITS = torch.iinfo(torch.int32)


class DrawnDropout(nn.Module):
    """Stands for an ``nn.Dropout``: the same rate and scale, on bits that :meth:`draw` draws.

    It must see a whole batch before it is compiled; a smaller one takes a part of the bits.
    """

    def __init__(self, dropout: nn.Dropout) -> None:
        super().__init__()
        self.scale = 1 / (1 - dropout.p)
        self.least_kept = BITS.min + round(dropout.p * 2**BITS.bits)
        self.bits: Tensor | None = None

    def draw(self) -> None:
        """Draw anew what the next step drops, two numbers' bits at a time."""
        if self.bits is not None:
            self.bits.view(torch.int64).random_(-(2**63), None)

    def forward(self, inputs: Tensor) -> Tensor:
        """Set to zero what is dropped and scale the rest up, in training."""
        if not self.training:
            return inputs
        count = inputs.numel()
        if self.bits is None:
            # An even number.
            size = count + count % 2
            self.bits = torch.empty(size, dtype=torch.int32, device=inputs.device)
            self.draw()
        kept = self.bits[:count].view(inputs.shape) >= self.least_kept
        return torch.where(kept, inputs * self.scale, torch.zeros_like(inputs))


@contextmanager
def drawn_dropout(model: nn.Module) -> Iterator[Sequence[DrawnDropout]]:
    """Let these stand for the dropout layers of ``model`` until the body ends."""
    replaced: list[tuple[nn.Module, str, nn.Dropout]] = []
    drawn: dict[nn.Dropout, DrawnDropout] = {}
    for parent in list(model.modules()):
        for name, layer in parent.named_children():
            if type(layer) is nn.Dropout and 0 < layer.p < 1:
                replaced.append((parent, name, layer))
                setattr(parent, name, drawn.setdefault(layer, DrawnDropout(layer)))
    try:
        yield list(drawn.values())
    finally:
        for parent, name, layer in replaced:
            layer.train(parent.training)
            setattr(parent, name, layer)
