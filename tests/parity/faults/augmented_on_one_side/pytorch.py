"""Training images that are turned and shifted on one side only."""

from torchvision import transforms

from reportgen.workloads.mlp.pytorch import build_loss, build_model, build_optimizer

__all__ = ["build_augmentation", "build_loss", "build_model", "build_optimizer"]


def build_augmentation():
    return transforms.RandomAffine(degrees=10, translate=(0.1, 0.1))
