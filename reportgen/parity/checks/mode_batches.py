"""P23: a mode trains on all images, in batches of the given size, in a new order every epoch."""

from __future__ import annotations

from reportgen.parity.base import Check, Pair, Verdict, same


def judge(pair: Pair) -> Verdict:
    """Compare what a pass over the mode's own training data gave with what was ordered."""
    mode, sample = pair.second, pair.second.result.pipeline
    if sample is None:
        return Verdict(outcome="not comparable", detail=f"The mode {mode.title} did not show its batches.")
    ordered = mode.spec.hyperparameters.batch_size
    mismatches = []
    if sample.images_seen != pair.train_count:
        mismatches.append(f"The mode {mode.title} takes {sample.images_seen} of {pair.train_count} images in an epoch")
    if sample.batch_size != min(ordered, pair.train_count):
        mismatches.append(f"The mode {mode.title} takes batches of {sample.batch_size} instead of {ordered}")
    # Of a single batch there is no order.
    several = pair.train_count > ordered
    if several and not sample.shuffled:
        mismatches.append(f"The mode {mode.title} does not draw a new order every epoch")
    order = "in another order every time" if several else "all of them in one"
    return same(mismatches, "facts", f"All {pair.train_count} images came in batches of {ordered}, {order}.")


CHECK = Check(
    code="P23",
    name="Mode: batches",
    explanation=(
        "A mode's own training data, over a part of the data set that leaves a partial batch: every image comes once an epoch, in batches of "
        "the given size, in a new random order every time; a single batch has no order."
    ),
    judge=judge,
    of_modes=True,
)
