"""P09: both frameworks may use the same number of threads."""

from __future__ import annotations

from reportgen.language import gettext, marked, ngettext
from reportgen.parity.base import Check, Pair, Verdict, same

# A number of threads changes how long a result takes, not what it is.
TIMES = ("training_time", "steady_epoch_time", "first_step_time", "data_time", "cold_start", "evaluation_time", "inference", "effective_cores")


def judge(pair: Pair) -> Verdict:
    """Compare the thread counts that were read back with the plan."""
    planned = pair.first.spec.threads
    mismatches = []
    for side in pair.sides:
        effective = side.result.effective
        if (effective.intra_op_threads, effective.inter_op_threads) != (planned, planned):
            mismatches.append(
                gettext(
                    "{title} uses {intra_op_threads} threads within an operation and {inter_op_threads} between operations; planned: {planned}",
                    title=side.title,
                    intra_op_threads=effective.intra_op_threads,
                    inter_op_threads=effective.inter_op_threads,
                    planned=planned,
                )
            )
    return same(
        mismatches,
        "frameworks",
        ngettext(
            "Both frameworks were told to use {planned} thread, and say that they do.",
            "Both frameworks were told to use {planned} threads, and say that they do.",
            planned,
            planned=planned,
        ),
    )


CHECK = Check(
    code="P09",
    name=marked("Threads"),
    explanation=(
        "The thread counts that each framework itself reports. A framework with more threads is not faster, only greedier; no "
        "time is compared then, while accuracy still is."
    ),
    judge=judge,
    blocks_claims=TIMES,
)
