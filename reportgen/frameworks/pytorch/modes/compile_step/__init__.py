"""One compiled step, for a workload that writes its steps out."""

from reportgen.frameworks.mode import Mode
from reportgen.language import marked

MODE = Mode(
    name="compile-step",
    title=marked("torch.compile for a step"),
    framework="pytorch",
    description=marked("One step is compiled as a whole."),
    code="pytorch",
    package=__name__,
    program="reportgen.frameworks.pytorch.by_hand:create_program",
    probe="reportgen.frameworks.pytorch.by_hand:create_probe",
    compiles=True,
    needs_compiler=True,
)
