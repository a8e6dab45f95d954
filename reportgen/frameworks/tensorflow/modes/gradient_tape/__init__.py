"""Plain TensorFlow, eagerly: variables, a tape, and a loop written out."""

from reportgen.frameworks.mode import Mode

MODE = Mode(
    name="gradient-tape",
    title="GradientTape",
    framework="tensorflow",
    description=(
        "A tf.Module with variables of its own and a loop written out with GradientTape, "
        "without Keras layers; every operation runs as it is written."
    ),
    code="tensorflow_module",
    package=__name__,
    builder="build_dataset",
    data="reportgen.frameworks.tensorflow.modes.keras_fit.data",
)
