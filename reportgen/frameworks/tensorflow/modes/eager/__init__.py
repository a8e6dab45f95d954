"""Operation by operation, for a workload that writes its steps out."""

from reportgen.frameworks.mode import Mode

MODE = Mode(
    name="eager",
    title="eager",
    framework="tensorflow",
    description="A dynamic graph: each operation runs when Python reaches it.",
    code="tensorflow",
    package=__name__,
    program="reportgen.frameworks.tensorflow.by_hand:create_program",
    probe="reportgen.frameworks.tensorflow.by_hand:create_probe",
)
