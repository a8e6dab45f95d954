"""A training loop over a data loader: the way of most courses and tutorials."""

from reportgen.frameworks.mode import Mode
from reportgen.language import marked

MODE = Mode(
    name="dataloader",
    title=marked("DataLoader"),
    framework="pytorch",
    description=(
        marked(
            "A loop over a DataLoader that transforms images with torchvision one at a time, and runs every "
            "operation as it is written."
        )
    ),
    code="pytorch",
    package=__name__,
    builder="build_loader",
    imports=("torchvision",),
)
