"""Images in memory instead of a data loader: nothing is done to an image more than once."""

from reportgen.frameworks.mode import Mode
from reportgen.language import marked

MODE = Mode(
    name="in-memory",
    title=marked("arrays in memory"),
    framework="pytorch",
    description=(
        marked(
            "All images lie scaled in one tensor; each batch is picked from it in a random order, and the "
            "optimiser updates all arrays in one fused call."
        )
    ),
    code="pytorch",
    package=__name__,
    builder="build_arrays",
    data="reportgen.frameworks.pytorch.arrays",
)
