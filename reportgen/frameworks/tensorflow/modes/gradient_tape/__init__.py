"""Plain TensorFlow, eagerly: variables, a tape, and a loop written out."""

from reportgen.frameworks.mode import Mode
from reportgen.language import marked

MODE = Mode(
    name="gradient-tape",
    title=marked("GradientTape"),
    framework="tensorflow",
    description=(
        marked(
            "A tf.Module with variables of its own and a loop written out with GradientTape, without Keras "
            "layers; every operation runs as it is written."
        )
    ),
    code="tensorflow_module",
    package=__name__,
    builder="build_dataset",
    data="reportgen.frameworks.tensorflow.modes.keras_fit.data",
)
