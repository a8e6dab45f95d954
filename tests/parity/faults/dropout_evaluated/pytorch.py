"""The published mistake on the published network: the perceptron with dropout, evaluated without `model.eval()`."""

import torch

from reportgen.workloads.mlp_tanh.pytorch import (
    build_loss,
    build_model,
    build_optimizer,
)

__all__ = ["build_loss", "build_model", "build_optimizer", "predict_batches"]


@torch.inference_mode()
def predict_batches(model, data):
    return torch.cat([model(images) for images, _ in data])
