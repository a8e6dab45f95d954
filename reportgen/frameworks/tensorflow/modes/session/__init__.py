"""The static graph of TensorFlow 1, for a workload that writes its steps out."""

from reportgen.frameworks.mode import Mode
from reportgen.language import marked

MODE = Mode(
    name="session",
    title=marked("Session (TensorFlow 1)"),
    framework="tensorflow",
    description=marked(
        "A static graph as in TensorFlow 1: built first, then run many times by a Session."
    ),
    code="tensorflow",
    package=__name__,
    program="reportgen.frameworks.tensorflow.by_hand:create_program",
    probe="reportgen.frameworks.tensorflow.by_hand:create_probe",
    compiles=True,
)
