"""What a report on a night shows of the nights up to it: the verdict, and how the main metrics went. Made from the history, each time anew."""

from __future__ import annotations

from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING

from reportgen.analysis.history.shown import NightHistory
from reportgen.nightly.history import Damaged, ask, read_night
from reportgen.nightly.judging import judge
from reportgen.nightly.night import NIGHT
from reportgen.nightly.queries import night_called
from reportgen.nightly.trends import series_trend
from reportgen.runs import Run
from reportgen.suites import in_suite

if TYPE_CHECKING:
    from reportgen.analysis.results import Results

# Two months are what a chart of half a page's width can show night by night.
PRINTED_NIGHTS = 60
#: The metrics that a page of paper has room for; the trend page has all.
PRINTED = ("training_time", "epoch_time", "cold_start", "accuracy", "test_loss", "ratio")


def with_history(results: Results, run: Run) -> Results:
    """Return the results of a run with its history, where the run is a night; any other run's are as they were."""
    if not (run.folder / NIGHT).is_file():
        return results
    runs = run.folder.parent.parent if in_suite(run) else run.folder.parent
    return results.model_copy(update={"history": history_of(run, runs)})


def history_of(run: Run, runs: Path) -> NightHistory | None:
    """Return the history up to a night; ``None`` where it is left out of it, because it is damaged."""

    def question(connection: Connection, _left_out: tuple[Damaged, ...]) -> NightHistory | None:
        night = night_called(connection, run.name)
        if night is None:
            return None
        trend = series_trend(connection, night.series, PRINTED_NIGHTS, night)
        main = tuple(cell for cell in trend.cells if cell.kind.metric in PRINTED and cell.kind.code.count(":") == 1)
        return NightHistory(
            verdict=judge(connection, night).on(read_night(run.folder / NIGHT), require_baseline=False),
            trend=trend.model_copy(update={"cells": main}),
        )

    return ask(runs, question)
