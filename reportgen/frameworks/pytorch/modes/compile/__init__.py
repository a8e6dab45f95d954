"""PyTorch's compiler: forward pass, backward pass and update become machine code before the first epoch."""

from reportgen.frameworks.mode import Mode
from reportgen.language import marked

MODE = Mode(
    name="compile",
    title=marked("torch.compile"),
    framework="pytorch",
    description=(
        marked(
            "A whole training step (forward pass, backward pass and Adam's update) is one program that "
            "torch.compile makes, on arrays in memory."
        )
    ),
    code="pytorch",
    package=__name__,
    builder="build_arrays",
    data="reportgen.frameworks.pytorch.arrays",
    compiles=True,
    needs_compiler=True,
)
