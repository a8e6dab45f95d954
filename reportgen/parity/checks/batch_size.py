"""P06: both pipelines make batches of the planned size."""

from __future__ import annotations

from reportgen.parity.base import Check, Pair, Verdict


def judge(pair: Pair) -> Verdict:
    """Compare the first batch of each pipeline with the plan."""
    planned = min(pair.first.spec.hyperparameters.batch_size, pair.train_count)
    sizes = [side.result.pipeline.batch_size if side.result.pipeline else 0 for side in pair.sides]
    value = float(max(abs(size - planned) for size in sizes))
    if value == 0:
        return Verdict(outcome="equal", value=value, limit=0, unit="images", detail=f"Both pipelines make batches of {planned} images.")
    detail = f"{pair.first.title} trains on batches of {sizes[0]} images, {pair.second.title} on batches of {sizes[1]}; {planned} were planned."
    return Verdict(outcome="failed", value=value, limit=0, unit="images", detail=detail)


CHECK = Check(
    code="P06",
    name="Batch size",
    explanation=(
        "The number of images in the first batch that each framework's own pipeline makes. Another batch size is another number "
        "of steps in an epoch, another time for it, and another result."
    ),
    judge=judge,
)
