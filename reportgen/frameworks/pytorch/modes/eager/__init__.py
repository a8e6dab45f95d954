"""Operation by operation, for a workload that writes its steps out."""

from reportgen.frameworks.mode import Mode
from reportgen.language import marked

MODE = Mode(
    name="eager",
    title=marked("eager"),
    framework="pytorch",
    description=marked("A dynamic graph: each operation runs when Python reaches it."),
    code="pytorch",
    package=__name__,
    program="reportgen.frameworks.pytorch.by_hand:create_program",
    probe="reportgen.frameworks.pytorch.by_hand:create_probe",
)
