"""PyTorch's Adam as operations on tensors, which a compiler can join with the backward pass."""

from collections.abc import Sequence

import torch
from torch import Tensor


class AdamUpdate:
    """Adam's update of all parameters of an optimiser, on that optimiser's own state.

    The formula is that of ``torch.optim.Adam``: moments m and v of the gradient, and
    weights - size * m / (sqrt(v) * scale + epsilon).
    """

    def __init__(self, optimizer: torch.optim.Adam) -> None:
        """Give every parameter its state, as a first step would."""
        self.optimizer = optimizer
        (self.group,) = optimizer.param_groups
        self.beta_1, self.beta_2 = self.group["betas"]
        self.weights = [
            weight for weight in self.group["params"] if weight.requires_grad
        ]
        for weight in self.weights:
            state = optimizer.state[weight]
            if not state:
                state["step"] = torch.zeros(())
                state["exp_avg"] = torch.zeros_like(weight)
                state["exp_avg_sq"] = torch.zeros_like(weight)
        self.first = [optimizer.state[weight]["exp_avg"] for weight in self.weights]
        self.second = [optimizer.state[weight]["exp_avg_sq"] for weight in self.weights]

    def sizes(self, count: int) -> list[tuple[Tensor, Tensor]]:
        """Return size and scale, the corrections of the moments, for the next steps.

        They are counted ahead: inside of the loops they would be for every weight.
        """
        steps = self.optimizer.state[self.weights[0]]["step"].item()
        numbers = torch.arange(1, count + 1, dtype=torch.float64) + steps
        size = self.group["lr"] / (1 - self.beta_1**numbers)
        scale = 1 / (1 - self.beta_2**numbers).sqrt()
        kind = self.weights[0]
        return list(zip(size.to(kind).unbind(), scale.to(kind).unbind(), strict=True))

    @torch.no_grad()
    def apply(self, gradients: Sequence[Tensor], size: Tensor, scale: Tensor) -> None:
        """Update weights and moments with the gradients of a step."""
        for weight, gradient, first, second in zip(
            self.weights, gradients, self.first, self.second, strict=True
        ):
            first.lerp_(gradient, 1 - self.beta_1)
            second.mul_(self.beta_2)
            second.addcmul_(gradient, gradient, value=1 - self.beta_2)
            weight.sub_(size * first / (second.sqrt() * scale + self.group["eps"]))

    def count(self, steps: int) -> None:
        """Note in the optimiser that steps were taken."""
        for weight in self.weights:
            self.optimizer.state[weight]["step"] += steps


def is_plain_adam(optimizer: torch.optim.Optimizer) -> bool:
    """Say whether :class:`AdamUpdate` has the formula of an optimiser."""
    return (
        type(optimizer) is torch.optim.Adam
        and len(optimizer.param_groups) == 1
        and not any(
            optimizer.param_groups[0][name]
            for name in ("weight_decay", "amsgrad", "maximize", "differentiable")
        )
    )
