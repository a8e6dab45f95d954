"""The sound side: the perceptron with dropout as it is."""

from reportgen.workloads.mlp_tanh.tensorflow import (
    build_loss,
    build_model,
    build_optimizer,
)

__all__ = ["build_loss", "build_model", "build_optimizer"]
