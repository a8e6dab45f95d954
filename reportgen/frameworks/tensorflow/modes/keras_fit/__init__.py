"""Keras' own training: the way of most courses and tutorials."""

from reportgen.frameworks.mode import Mode
from reportgen.language import marked

MODE = Mode(
    name="keras-fit",
    title=marked("Keras fit"),
    framework="tensorflow",
    description=(
        marked(
            "model.compile and model.fit on a tf.data pipeline: Keras runs one compiled function for each "
            "batch."
        )
    ),
    code="tensorflow",
    package=__name__,
    builder="build_dataset",
)
