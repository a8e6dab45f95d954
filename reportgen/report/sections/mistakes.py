"""Section 4, generated part: trials that failed, what the program warns about, confused classes and misclassified images."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.analysis.results import FrameworkResult, Results
from reportgen.language import gettext, ngettext
from reportgen.report.format import enumeration, number
from reportgen.report.sections.elements import Cell, Figure, Register, Table, figures, head, words
from reportgen.report.vocabulary import ENDS

MOST_PAIRS = 10  # per framework; the matrices hold the rest
MOST_IMAGES = 20  # per framework


@dataclass(frozen=True, kw_only=True)
class Mistakes:
    """Strings of section 4. ``failed`` is None when every trial came to its end; ``images`` has a figure per framework that has any.

    ``pairs`` is None where there are no classes to confuse.
    """

    failed: Table | None
    notices: tuple[str, ...]
    pairs: Table | None
    images: tuple[Figure, ...]


def mistakes(results: Results, register: Register) -> Mistakes:
    """Make the table of failed trials, the table of confused pairs and the figures of misclassified images."""
    # With one workload, what happened to its trials is told among the limits.
    register.begin("course" if register.prefix else "limits")
    failed = failed_table(results, register) if results.failed_trials else None
    register.begin("errors")
    pairs = pair_table(results, register) if results.dataset.task == "classification" else None
    images = tuple(image_figure(framework, register) for framework in results.frameworks if framework.misclassified)
    return Mistakes(failed=failed, notices=results.notices, pairs=pairs, images=images)


def limits(members: Sequence[Results]) -> tuple[str, ...]:
    """Return what bounds every figure of a report on these workloads."""
    workloads = list(dict.fromkeys(results.workload_title for results in members))
    datasets = list(dict.fromkeys(results.dataset.title for results in members))
    machine = members[0].environment.hardware.cpu_model
    return (
        gettext(
            "One machine ({machine}), {workloads}, {datasets}: the times describe these and need not carry over "
            "to larger networks, other data or other processors.",
            machine=machine,
            workloads=ngettext(
                "one workload ({titles})", "{count} workloads ({titles})", len(workloads), count=len(workloads), titles=enumeration(workloads)
            ),
            datasets=ngettext(
                "one data set ({titles})", "{count} data sets ({titles})", len(datasets), count=len(datasets), titles=enumeration(datasets)
            ),
        ),
        gettext("All trials share one test set. The spread over trials shows the effect of the seed, not of other test samples.")
        if len(members) == 1
        else gettext("All trials of a workload share one test set. The spread over trials shows the effect of the seed, not of other test samples."),
        gettext("Other work on the machine lengthens times. Load was recorded before and after each trial and used to drop none."),
    )


def failed_table(results: Results, register: Register) -> Table:
    """Trials that did not come to their end, with the recorded cause."""
    titles = results.titles
    rows = [
        [
            head(trial.trial),
            figures("\u2013" if trial.block is None else str(trial.block)),
            words(titles.get(trial.framework, trial.framework)),
            words(gettext(ENDS.get(trial.status, trial.status))),
            words(str(trial.cause)),
            words(gettext("yes") if trial.repeated else gettext("no")),
        ]
        for trial in results.failed_trials
    ]
    return register.table(
        "failed",
        gettext("Trials that failed"),
        gettext("Each with its recorded cause; a failed trial's block is repeated once."),
        [
            (
                head(gettext("Trial")),
                head(gettext("Block"), numeric=True),
                head(gettext("Framework")),
                head(gettext("Outcome")),
                head(gettext("Cause")),
                head(gettext("Repeated")),
            )
        ],
        rows,
    )


def pair_table(results: Results, register: Register) -> Table:
    """The most-confused pairs of each framework, side by side, by mean count per trial."""
    top = [head(""), *(head(framework.title, colspan=3) for framework in results.frameworks)]
    columns = [head("#", numeric=True)]
    for _ in results.frameworks:
        columns += [head(gettext("True")), head(gettext("Predicted")), head(gettext("Per trial"), numeric=True)]
    length = min(MOST_PAIRS, max((len(framework.confused_pairs) for framework in results.frameworks), default=0))
    rows = []
    for position in range(length):
        cells = [head(str(position + 1), numeric=True)]
        for framework in results.frameworks:
            cells += pair_cells(framework, position)
        rows.append(cells)
    if not rows:
        rows = [[words(gettext("No test image was misclassified."), colspan=len(columns))]]
    return register.table(
        "pairs",
        gettext("Most-confused pairs of classes"),
        gettext("Mean number of test images per trial, highest first."),
        [top, columns],
        rows,
        style="narrow",
    )


def pair_cells(framework: FrameworkResult, position: int) -> list[Cell]:
    """Return the three cells of a framework's pair at ``position``, empty where it has fewer."""
    if position >= len(framework.confused_pairs):
        return [words(""), words(""), words("")]
    pair = framework.confused_pairs[position]
    return [words(pair.true_class), words(pair.predicted_class), figures(number(pair.mean_count, 1))]


def image_figure(framework: FrameworkResult, register: Register) -> Figure:
    """The figure of a framework's misclassified images."""
    shown = framework.misclassified[:MOST_IMAGES]
    listed = "; ".join(
        gettext(
            "image {index}: {true_class} taken for {predicted_class} in {wrong_trials} of {trials} trials",
            index=item.index,
            true_class=item.true_class,
            predicted_class=item.predicted_class,
            wrong_trials=item.wrong_trials,
            trials=item.trials,
        )
        for item in shown
    )
    return register.figure(
        f"misclassified-{framework.name}",
        gettext("Images that {title} misclassified", title=framework.title),
        ngettext(
            "{shown} test image, those wrong in most trials first. Below each: true class → predicted class, and in how many trials it was wrong.",
            "{shown} test images, those wrong in most trials first. Below each: true class → predicted class, and in how many trials it was wrong.",
            len(shown),
            shown=len(shown),
        ),
        gettext("A grid of small test images. {listed}.", listed=listed),
        f"misclassified-{framework.name}",
        width_percent=84,
    )
