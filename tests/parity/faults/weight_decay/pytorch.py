"""Weight decay on one side."""

import torch

from reportgen.workloads.mlp.pytorch import build_loss, build_model

__all__ = ["build_loss", "build_model", "build_optimizer"]


def build_optimizer(parameters, learning_rate, beta_1, beta_2, epsilon):
    return torch.optim.Adam(parameters, lr=learning_rate, betas=(beta_1, beta_2), eps=epsilon, weight_decay=0.01)
