"""How a comparison of runs is to be read: what was compared with what, by which method, and what no such comparison can tell."""

from __future__ import annotations

from reportgen.analysis.across.outcome import Comparison
from reportgen.analysis.guards import LEAST_BLOCKS
from reportgen.language import gettext


def method(comparison: Comparison) -> tuple[tuple[str, str], ...]:
    """Return terms with their explanations."""
    first = comparison.runs[0].label
    return (
        (
            gettext("Not paired"),
            gettext(
                "Inside a run, trials are paired by block: they ran back to back. Nothing ties a block of one run to a block of {first}, so the runs "
                "are compared as two groups: Welch's t on logarithms of times, and for accuracies over seeds and test images.",
                first=first,
            ),
        ),
        (
            gettext("What the difference holds"),
            gettext(
                "Everything that changed from one run to the other: software, configuration, and the state of the machine on that day. Its interval "
                "takes in how trials scatter inside each run, and not how the machine drifts from day to day. The ratio of the frameworks is "
                "measured inside blocks, so what both of them feel alike is not in it."
            ),
        ),
        (
            gettext("Noise floor"),
            gettext(
                "No difference is claimed unless its whole interval lies beyond it: 2\u202f%, or what an A/A study of this machine shows, whichever "
                "is more. That study compares trials of one hour; days can differ by more. Measure again before you act on a claim."
            ),
        ),
        (
            gettext("No claim"),
            gettext(
                "Below {blocks} repetitions in each run, with unequal effective cores, where a run changed its own environment, where a framework "
                "did not really use the same settings in both runs, or where an export does not agree with its source model.",
                blocks=LEAST_BLOCKS,
            ),
        ),
        (
            gettext("Comparable"),
            gettext(
                "The runs have one hardware key (processor model, usable processors, memory, devices) and one workload hash (network, data, "
                "hyperparameters, main modes, threads, device, start, processes). Other runs are refused. Nothing was trained for this document."
            ),
        ),
    )
