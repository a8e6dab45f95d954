"""Results on the modes: other ways of driving the same frameworks, beside the main ones, and the code that makes the difference."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.analysis.results import ModeResult, Results
from reportgen.language import gettext
from reportgen.report.excerpts import training_part
from reportgen.report.format import bounds, duration, number, percent, plural, significant, size
from reportgen.report.listings import listing
from reportgen.report.sections.elements import Cell, Figure, Register, Table, figures, head, words
from reportgen.report.sections.point_values import trial_values
from reportgen.report.sections.protocol import EXCERPT_LINES, Excerpt

NOTHING = "\u2013"
TRAINING = "Training"


@dataclass(frozen=True, kw_only=True)
class Modes:
    """Strings of the section; only made where a framework was measured in more than its main mode."""

    introduction: str
    descriptions: tuple[tuple[str, str], ...]
    table: Table
    figure: Figure
    failures: tuple[str, ...]
    excerpts: tuple[Excerpt, ...]


def modes(results: Results, register: Register) -> Modes | None:
    """Make the table and the figure of modes, and the excerpts of the tuned ones; ``None`` where there are only main modes."""
    if not results.modes:
        return None
    return Modes(
        introduction=(
            gettext(
                "Beside their main modes, by which they are compared above, the frameworks were driven in other "
                "ways: the same network, optimiser, batches and number of steps, but less work around them. Their "
                "trials lie in the same blocks, with the same seeds. A mode trains the same as the main mode of "
                "its framework as far as checks P23 to P28 show it; what is compiled ahead of the first epoch is "
                "reported apart, and is no part of the training time."
            )
        ),
        descriptions=tuple((mode.full_title, mode.description) for mode in results.modes),
        table=mode_table(results, register),
        figure=mode_figure(results, register),
        failures=tuple(
            gettext("{full_title} was not measured: {failure}.", full_title=mode.full_title, failure=mode.failure.clause)
            for mode in results.modes
            if mode.n == 0
        ),
        excerpts=excerpts(results),
    )


def mode_table(results: Results, register: Register) -> Table:
    """One row a mode: medians, and the ratio to the main mode with its interval."""
    score = gettext("Test loss") if results.dataset.task == "regression" else gettext("Accuracy")
    top = (gettext("Epoch"), gettext("Training"), gettext("Compiled in"), gettext("Times faster"), score, gettext("Memory"), "n")
    return register.table(
        "modes",
        gettext("The modes of each framework"),
        gettext(
            "Medians over trials: steady epoch time, training time without compilation, time of compilation, "
            "score on the test set, peak memory. Times faster: the training time of the main mode over this "
            "one's, paired by block, with its 95\u202f% interval. Same training: whether the checks show that it "
            "computes what the main mode computes."
        ),
        [(head(gettext("Mode")), *(head(one, numeric=True) for one in top), head(gettext("Same training")))],
        [mode_row(mode) for mode in results.modes],
        style="small",
    )


def mode_row(mode: ModeResult) -> list[Cell]:
    """Return the cells of one mode."""
    title = mode.full_title
    return [
        head(gettext("{mode}, main", mode=title) if mode.main else gettext("{mode}, tuned", mode=title) if mode.tuned else title),
        figures(duration(mode.steady_epoch_time.median) if mode.steady_epoch_time else NOTHING),
        figures(duration(mode.training_time.median) if mode.training_time else NOTHING),
        figures(duration(mode.compile_time.median) if mode.compile_time else NOTHING),
        figures(speedup(mode)),
        figures(percent(mode.accuracy.median) if mode.accuracy else significant(mode.test_loss.median) if mode.test_loss else NOTHING),
        figures(size(mode.peak_memory.median) if mode.peak_memory else NOTHING),
        figures(str(mode.n)),
        words(gettext("main mode") if mode.main else gettext(mode.parity)),
    ]


def speedup(mode: ModeResult) -> str:
    """Return how many times faster than its main mode, with the interval."""
    if mode.main or mode.speedup is None:
        return NOTHING
    if mode.speedup_interval is None:
        return significant(mode.speedup)
    low, high = mode.speedup_interval.low, mode.speedup_interval.high
    digits = 2 if mode.speedup < 10 else 1
    return f"{number(mode.speedup, digits)} {bounds(number(low, digits), number(high, digits))}"


def mode_figure(results: Results, register: Register) -> Figure:
    """Seconds per epoch by mode, every trial a dot."""
    measured = [mode for mode in results.modes if mode.steady_epoch_time is not None]
    described = [f"{mode.full_title} {duration(mode.steady_epoch_time.median)}" for mode in measured if mode.steady_epoch_time]
    return register.figure(
        "modes",
        gettext("Epoch time by mode"),
        gettext(
            "Every dot is one trial, the line is the median; logarithmic axis. {title}, {threads}. Compilation "
            "ahead of the first epoch is not included.",
            title=results.dataset.title,
            threads=plural(results.threads, "thread"),
        ),
        gettext("Dots on a logarithmic axis of seconds, a row for each mode. Medians: {described}.", described="; ".join(described)),
        "modes",
        curves=trial_values((mode.full_title, mode.steady_epoch_time) for mode in results.modes),
    )


def excerpts(results: Results) -> tuple[Excerpt, ...]:
    """Return how each framework trains in its main and in its tuned mode: the part of the training program that takes the steps."""
    found = []
    for mode in results.modes:
        source = next((source for source in mode.sources if source.title == TRAINING), None)
        if source is None or not (mode.main or mode.tuned):
            continue
        lines = training_part(source.text.rstrip("\n")).split("\n")
        found.append(
            Excerpt(
                framework=mode.full_title,
                title=f"{mode.full_title}: {gettext(source.title)}",
                code=listing("\n".join(lines[:EXCERPT_LINES])),
                remainder=gettext("The rest of this file is in the appendix."),
            )
        )
    return tuple(found)
