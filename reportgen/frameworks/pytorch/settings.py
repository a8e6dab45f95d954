"""What an optimiser really uses, under the names that both frameworks share."""

import torch

#: PyTorch's names and the shared ones, in the order in which a report lists them.
SETTINGS = {
    "lr": "learning_rate",
    "beta_1": "beta_1",
    "beta_2": "beta_2",
    "alpha": "rho",
    "momentum": "momentum",
    "nesterov": "nesterov",
    "eps": "epsilon",
    "weight_decay": "weight_decay",
}


def read_settings(optimizer: torch.optim.Optimizer) -> dict[str, float]:
    """Return the settings that the optimiser's own kind has."""
    group = dict(optimizer.param_groups[0])
    if "betas" in group:
        group["beta_1"], group["beta_2"] = group["betas"]
    return {name: float(group[own]) for own, name in SETTINGS.items() if own in group}


def steps_taken(optimizer: torch.optim.Optimizer, otherwise: int) -> int:
    """Return how many steps the optimiser counted, or ``otherwise`` for a kind that counts none, as SGD does."""
    weight = optimizer.param_groups[0]["params"][0]
    counted = optimizer.state[weight].get("step")
    return otherwise if counted is None else int(counted)
