"""A data loader that was never told to shuffle, as is PyTorch's default."""

from torch.utils.data import DataLoader

from reportgen.frameworks.pytorch.modes.dataloader.data import ImageArrays
from reportgen.workloads.mlp.pytorch import build_loss, build_model, build_optimizer

__all__ = ["build_loader", "build_loss", "build_model", "build_optimizer"]


def build_loader(images, labels, batch_size, shuffle):
    return DataLoader(ImageArrays(images, labels), batch_size=batch_size)
