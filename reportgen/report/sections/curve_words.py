"""The pictures of learning curves and training times in words, for whoever does not see them."""

from __future__ import annotations

from reportgen.analysis.results import FrameworkResult, Results
from reportgen.language import gettext
from reportgen.report.format import scientific, significant


def curve_description(results: Results) -> str:
    """Describe the picture of the learning curves."""
    if results.dataset.task == "regression":
        ends = [f"{framework.title}: {loss_range(framework)}" for framework in results.frameworks]
        return gettext("Line plots of the loss on a logarithmic axis, one line or column per framework. {ends}.", ends="; ".join(ends))
    parts = []
    for framework in results.frameworks:
        first = [curve[0] for curve in framework.curves.validation_accuracy if curve]
        last = [curve[-1] for curve in framework.curves.validation_accuracy if curve]
        if first:
            parts.append(
                gettext(
                    "{title}: validation accuracy runs from {middle}\u202f% after the first epoch to {middle_2}\u202f% after the last",
                    title=framework.title,
                    middle=significant(100 * middle(first)),
                    middle_2=significant(100 * middle(last)),
                )
            )
    return gettext(
        "Line plots of loss and accuracy against epoch for training and validation, one column per framework. {parts}.", parts="; ".join(parts)
    )


def loss_range(framework: FrameworkResult) -> str:
    """Say where a loss begins and ends."""
    if framework.step_losses is not None:
        return gettext(
            "from {median} to {median_2}", median=scientific(framework.step_losses.median[0]), median_2=scientific(framework.step_losses.median[-1])
        )
    ends = [scientific(one.training.median) for one in framework.losses_after]
    return gettext("from {ends} to {ends_2}", ends=ends[0], ends_2=ends[-1]) if ends else gettext("not finite")


def time_description(results: Results) -> str:
    """Describe the picture of training times."""
    parts = [
        gettext("{title}: {median} s", title=framework.title, median=significant(framework.training_time.median))
        if framework.n == 1
        else gettext(
            "{title}: {minimum} to {maximum} s, median {median} s",
            title=framework.title,
            minimum=significant(framework.training_time.minimum),
            maximum=significant(framework.training_time.maximum),
            median=significant(framework.training_time.median),
        )
        for framework in results.frameworks
    ]
    return gettext("Dot plots of training time and steady epoch time against block. Training time of {parts}.", parts="; ".join(parts))


def middle(values: list[float]) -> float:
    """Return the median of a non-empty list (the lower one of two), for a picture's description."""
    return sorted(values)[(len(values) - 1) // 2]
