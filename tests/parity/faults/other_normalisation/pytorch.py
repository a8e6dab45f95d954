"""Standardised pixels on one side, as most tutorials for MNIST in PyTorch have them."""

from torch.utils.data import DataLoader
from torchvision import transforms

from reportgen.frameworks.pytorch.modes.dataloader.data import ImageArrays
from reportgen.workloads.mlp.pytorch import build_loss, build_model, build_optimizer

__all__ = ["build_loader", "build_loss", "build_model", "build_optimizer"]


def build_loader(images, labels, batch_size, shuffle):
    data = ImageArrays(images, labels)
    data.transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])
    return DataLoader(data, batch_size=batch_size, shuffle=shuffle)
