"""Distributed training: what a second process gains when both frameworks train one network in two processes on this machine."""

from reportgen.experiments.base import Experiment
from reportgen.language import marked

EXPERIMENT = Experiment(
    name="scaling",
    title=marked("Distributed training"),
    heading=marked("Distributed training"),
    description=(
        marked(
            "Data-parallel training in one and in two processes on the processors of this one machine, "
            "connected by its loopback network: each process takes its share of every global batch, and the "
            "gradients are averaged in every step. It shows what this kind of training costs here. It says "
            "nothing about several machines, a real network, or graphics processors."
        )
    ),
    # It takes a minute, and a second processor: whoever wants it asks for it.
    workloads=(),
    processes=(("tensorflow", "data-parallel"), ("pytorch", "data-parallel")),
    package="reportgen.experiments.scaling",
)
