"""One step as a graph, for a workload that writes its steps out."""

from reportgen.frameworks.mode import Mode
from reportgen.language import marked

MODE = Mode(
    name="function",
    title=marked("tf.function for a step"),
    framework="tensorflow",
    description=marked(
        "A static graph of one step: Python runs once, and its operations are kept."
    ),
    code="tensorflow",
    package=__name__,
    program="reportgen.frameworks.tensorflow.by_hand:create_program",
    probe="reportgen.frameworks.tensorflow.by_hand:create_probe",
    compiles=True,
)
