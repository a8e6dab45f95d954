"""A whole epoch in one graph: Python does not run between two batches."""

from reportgen.frameworks.mode import Mode
from reportgen.language import marked

MODE = Mode(
    name="graph",
    title=marked("tf.function"),
    framework="tensorflow",
    description=(
        marked(
            "The loop over an epoch's batches runs inside one tf.function, on arrays in memory; Python is "
            "entered again only between epochs."
        )
    ),
    code="tensorflow",
    package=__name__,
    builder="build_arrays",
    data="reportgen.frameworks.tensorflow.arrays",
    compiles=True,
)
