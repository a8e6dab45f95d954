"""PyTorch's compiler: forward pass, backward pass and update become machine code before the first epoch."""

from reportgen.frameworks.mode import Mode

MODE = Mode(
    name="compile",
    title="torch.compile",
    framework="pytorch",
    description=(
        "A whole training step (forward pass, backward pass and Adam's update) is one program "
        "that torch.compile makes, on arrays in memory."
    ),
    code="pytorch",
    package=__name__,
    builder="build_arrays",
    data="reportgen.frameworks.pytorch.arrays",
    compiles=True,
    needs_compiler=True,
)
