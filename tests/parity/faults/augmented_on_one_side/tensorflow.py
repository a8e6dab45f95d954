"""The sound side: the multilayer perceptron as it is."""

from reportgen.workloads.mlp.tensorflow import build_loss, build_model, build_optimizer

__all__ = ["build_loss", "build_model", "build_optimizer"]
