"""What the workers of teams saw, as series of samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reportgen.experiments.scaling.orders import WorkerReport
from reportgen.records import Series

SUBJECT = "data-parallel training"
ALONE = 1


@dataclass(frozen=True, kw_only=True)
class Team:
    """A team that came to its end: in which round, what its workers saw, and their weights after the parity steps."""

    round: int
    reports: tuple[WorkerReport, ...]
    weights: tuple[list[np.ndarray], ...]

    @property
    def workers(self) -> int:
        """How many workers it had."""
        return len(self.reports)


def images_series(count: int) -> tuple[Series, ...]:
    """Return the number of training images, which makes an epoch out of steps."""
    return (
        Series(quantity="training images", subject=SUBJECT, unit="1", samples=(count,)),
    )


def parity_series(teams: Sequence[Team]) -> tuple[Series, ...]:
    """Return the losses of each size of team, and how far the weights of its workers are from those of one worker alone."""
    found = []
    alone = [
        team.weights[0] for team in teams if team.weights and team.workers == ALONE
    ]
    for team in teams:
        if not team.weights:
            continue
        conditions = {"workers": float(team.workers)}
        # Shares are equal, so the mean over the batch is the mean of the workers' means.
        losses = np.mean([report.losses for report in team.reports], axis=0)
        found.append(
            Series(
                quantity="loss",
                subject=SUBJECT,
                unit="nats",
                parameters=conditions,
                samples=tuple(losses.tolist()),
            )
        )
        apart = tuple(largest_difference(alone[0], weights) for weights in team.weights)
        found.append(
            Series(
                quantity="weight difference",
                subject=SUBJECT,
                unit="1",
                parameters=conditions,
                samples=apart,
            )
        )
    return tuple(found)


def largest_difference(
    first: Sequence[np.ndarray], second: Sequence[np.ndarray]
) -> float:
    """Return the largest absolute difference of two models' weights."""
    return max(
        float(np.max(np.abs(one - other)))
        for one, other in zip(first, second, strict=True)
    )


def time_series(team: Team) -> tuple[Series, ...]:
    """Return, for each batch size, the time of a step in every pass, and how many processors the whole team kept busy."""
    found = []
    for batch, steps in team.reports[0].steps.items():
        conditions = {
            "workers": float(team.workers),
            "batch": float(batch),
            "round": float(team.round),
        }
        passes = list(
            zip(*(report.passes[batch] for report in team.reports), strict=True)
        )
        # Workers wait for each other in every step; the pass is over when the last is done.
        walls = [max(one.wall_s for one in together) for together in passes]
        busy = [
            sum(one.cpu_s for one in together) / wall
            for together, wall in zip(passes, walls, strict=True)
        ]
        found.append(
            Series(
                quantity="step time",
                subject=SUBJECT,
                unit="s",
                parameters=conditions,
                samples=tuple(wall / steps for wall in walls),
            )
        )
        found.append(
            Series(
                quantity="busy processors",
                subject=SUBJECT,
                unit="1",
                parameters=conditions,
                samples=tuple(busy),
            )
        )
    return tuple(found)
