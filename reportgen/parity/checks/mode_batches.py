"""P23: a mode trains on all images, in batches of the given size, in a new order every epoch."""

from __future__ import annotations

from reportgen.language import gettext, marked
from reportgen.parity.base import Check, Pair, Verdict, same


def judge(pair: Pair) -> Verdict:
    """Compare what a pass over the mode's own training data gave with what was ordered."""
    mode, sample = pair.second, pair.second.result.pipeline
    if sample is None:
        return Verdict(outcome="not comparable", detail=gettext("The mode {title} did not show its batches.", title=mode.title))
    ordered = mode.spec.hyperparameters.batch_size
    mismatches = []
    if sample.images_seen != pair.train_count:
        mismatches.append(
            gettext(
                "The mode {title} takes {images_seen} of {train_count} images in an epoch",
                title=mode.title,
                images_seen=sample.images_seen,
                train_count=pair.train_count,
            )
        )
    if sample.batch_size != min(ordered, pair.train_count):
        mismatches.append(
            gettext(
                "The mode {title} takes batches of {batch_size} instead of {ordered}", title=mode.title, batch_size=sample.batch_size, ordered=ordered
            )
        )
    # Of a single batch there is no order.
    several = pair.train_count > ordered
    if several and not sample.shuffled:
        mismatches.append(gettext("The mode {title} does not draw a new order every epoch", title=mode.title))
    came = {"train_count": pair.train_count, "ordered": ordered}
    agreed = (
        gettext("All {train_count} images came in batches of {ordered}, in another order every time.", **came)
        if several
        else gettext("All {train_count} images came in batches of {ordered}, all of them in one.", **came)
    )
    return same(mismatches, "facts", agreed)


CHECK = Check(
    code="P23",
    name=marked("Mode: batches"),
    explanation=(
        "A mode's own training data, over a part of the data set that leaves a partial batch: every image comes once an epoch, in batches of "
        "the given size, in a new random order every time; a single batch has no order."
    ),
    judge=judge,
    of_modes=True,
)
