"""Static against dynamic graphs: what one training step costs in every way that a framework can run it, from a tiny network to a large one."""

from reportgen.experiments.base import Experiment
from reportgen.language import marked

EXPERIMENT = Experiment(
    name="graphs",
    title=marked("Static and dynamic graphs"),
    heading=marked("Static and dynamic graphs"),
    description=(
        marked(
            "One training step of a two-layer network (ReLU, squared error, gradients by hand) is run as a "
            "dynamic graph, operation by operation, and as a graph that is made once: traced, compiled, or "
            "built beforehand. The networks grow from one whose arithmetic is nothing beside the overhead to "
            "one whose arithmetic is nearly everything."
        )
    ),
    workloads=("two-layer",),
    # All styles of a framework share one process, so that they alternate within fractions of a second and drift of the machine meets them alike.
    processes=(("tensorflow", "styles"), ("pytorch", "styles")),
    package="reportgen.experiments.graphs",
)
