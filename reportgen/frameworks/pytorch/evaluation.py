"""Validation and prediction on arrays in memory, for modes without a data loader."""

import torch
from torch import Tensor, nn

from reportgen.frameworks.pytorch.arrays import Arrays

# All images at once would need gigabytes in a convolutional network.
EVALUATION_BATCH = 500


@torch.inference_mode()
def evaluate(
    model: nn.Module, loss_function: nn.Module, data: Arrays
) -> tuple[float, float]:
    """Return the mean loss and accuracy of ``model`` in evaluation mode."""
    logits = predict_batches(model, data)
    loss = loss_function(logits, data.labels)
    accuracy = (logits.argmax(dim=1) == data.labels).double().mean()
    return loss.item(), accuracy.item()


@torch.inference_mode()
def predict_batches(model: nn.Module, data: Arrays) -> Tensor:
    """Return the logits (images, classes) of ``model`` in evaluation mode."""
    model.eval()
    return torch.cat([model(batch) for batch in data.images.split(EVALUATION_BATCH)])
