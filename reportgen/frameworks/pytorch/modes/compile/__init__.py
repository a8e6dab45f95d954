"""PyTorch's compiler: forward pass, backward pass and update become machine code before the first epoch."""

from reportgen.frameworks.mode import Mode

MODE = Mode(
    name="compile",
    title="torch.compile",
    framework="pytorch",
    description=(
        "A whole training step (forward and backward pass and the optimiser's update) under "
        "torch.compile, on arrays in memory."
    ),
    code="pytorch",
    package=__name__,
    builder="build_arrays",
    data="reportgen.frameworks.pytorch.arrays",
    compiles=True,
)
