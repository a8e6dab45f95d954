"""PyTorch, driven by a training loop over a data loader."""

from reportgen.frameworks.base import Framework

FRAMEWORK = Framework(
    name="pytorch",
    title="PyTorch",
    distribution="torch",
    program="reportgen.frameworks.pytorch.program:PyTorchProgram",
    parity="reportgen.frameworks.pytorch.parity:create_probe",
    # torch imports this with its first optimiser, which takes as long as torch itself.
    imported_later=("torch._dynamo",),
    devices="reportgen.frameworks.pytorch.devices:names",
    recipe="reportgen.frameworks.pytorch.recipe:RECIPE",
)
