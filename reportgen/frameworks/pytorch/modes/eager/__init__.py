"""Operation by operation, for a workload that writes its steps out."""

from reportgen.frameworks.mode import Mode

MODE = Mode(
    name="eager",
    title="eager",
    framework="pytorch",
    description="A dynamic graph: each operation runs when Python reaches it.",
    code="pytorch",
    package=__name__,
    program="reportgen.frameworks.pytorch.by_hand:create_program",
    probe="reportgen.frameworks.pytorch.by_hand:create_probe",
)
