"""A whole epoch compiled to machine code: XLA sees every operation of the loop, and joins them."""

from reportgen.frameworks.mode import Mode
from reportgen.language import marked

MODE = Mode(
    name="xla",
    title=marked("XLA"),
    framework="tensorflow",
    description=(
        marked(
            "The loop over an epoch's batches is compiled to machine code by XLA (tf.function with "
            "jit_compile), on arrays in memory."
        )
    ),
    code="tensorflow",
    package=__name__,
    builder="build_arrays",
    data="reportgen.frameworks.tensorflow.arrays",
    compiles=True,
)
