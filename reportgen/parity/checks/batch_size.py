"""P06: both pipelines make batches of the planned size."""

from __future__ import annotations

from reportgen.language import gettext, marked
from reportgen.parity.base import Check, Pair, Verdict


def judge(pair: Pair) -> Verdict:
    """Compare the first batch of each pipeline with the plan."""
    planned = min(pair.first.spec.hyperparameters.batch_size, pair.train_count)
    sizes = [side.result.pipeline.batch_size if side.result.pipeline else 0 for side in pair.sides]
    value = float(max(abs(size - planned) for size in sizes))
    if value == 0:
        return Verdict(
            outcome="equal", value=value, limit=0, unit="images", detail=gettext("Both pipelines make batches of {planned} images.", planned=planned)
        )
    detail = gettext(
        "{title} trains on batches of {sizes} images, {title_2} on batches of {sizes_2}; {planned} were planned.",
        title=pair.first.title,
        sizes=sizes[0],
        title_2=pair.second.title,
        sizes_2=sizes[1],
        planned=planned,
    )
    return Verdict(outcome="failed", value=value, limit=0, unit="images", detail=detail)


CHECK = Check(
    code="P06",
    name=marked("Batch size"),
    explanation=(
        "The number of images in the first batch that each framework's own pipeline makes. Another batch size is another number "
        "of steps in an epoch, another time for it, and another result."
    ),
    judge=judge,
)
