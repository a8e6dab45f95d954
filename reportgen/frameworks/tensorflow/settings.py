"""What an optimiser really uses, under the names that both frameworks share."""

import keras
import numpy as np

#: Keras' own names, in the order in which a report lists them.
SETTINGS = (
    "learning_rate",
    "beta_1",
    "beta_2",
    "rho",
    "momentum",
    "nesterov",
    "epsilon",
    "weight_decay",
)


def read_settings(optimizer: keras.optimizers.Optimizer) -> dict[str, float]:
    """Return the settings that the optimiser's own kind has; no weight decay is 0."""
    values = {
        name: getattr(optimizer, name) for name in SETTINGS if hasattr(optimizer, name)
    }
    return {
        name: 0.0 if value is None else float(np.asarray(value))
        for name, value in values.items()
    }
