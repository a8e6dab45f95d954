"""More threads than planned on one side."""

import torch

from reportgen.workloads.mlp.pytorch import build_loss, build_model, build_optimizer

__all__ = ["build_loss", "build_model", "build_optimizer", "set_threads"]


def set_threads(threads):
    torch.set_num_threads(threads + 1)
    torch.set_num_interop_threads(threads)
