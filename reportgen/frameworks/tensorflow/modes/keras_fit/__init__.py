"""Keras' own training: the way of most courses and tutorials."""

from reportgen.frameworks.mode import Mode

MODE = Mode(
    name="keras-fit",
    title="Keras fit",
    framework="tensorflow",
    description=(
        "model.compile and model.fit on a tf.data pipeline: Keras runs one compiled function "
        "for each batch."
    ),
    code="tensorflow",
    package=__name__,
    builder="build_dataset",
)
