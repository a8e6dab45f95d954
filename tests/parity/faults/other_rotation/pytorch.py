"""Training images turned by up to 15 degrees, where the other side turns by up to 10."""

from torchvision import transforms

from reportgen.workloads.mlp.pytorch import build_loss, build_model, build_optimizer

__all__ = ["build_augmentation", "build_loss", "build_model", "build_optimizer"]


def build_augmentation():
    return transforms.RandomAffine(
        degrees=15,
        scale=(1 / 1.1, 1 / 0.9),
        translate=(0.1, 0.1),
        interpolation=transforms.InterpolationMode.BILINEAR,
    )
