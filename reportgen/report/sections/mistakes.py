"""Section 4, generated part: trials that failed, what the program warns about, confused classes and misclassified images."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.analysis.results import FrameworkResult, Results
from reportgen.report.format import enumeration, number, plural
from reportgen.report.sections.elements import Cell, Figure, Register, Table, figures, head, words

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
        f"One machine ({machine}), {counted(workloads, 'one workload', 'workloads')}, {counted(datasets, 'one data set', 'data sets')}: the times "
        "describe these and need not carry over to larger networks, other data or other processors.",
        f"All trials{' of a workload' if len(members) > 1 else ''} share one test set. The spread over trials shows the effect of the seed, not of "
        "other test samples.",
        "Other work on the machine lengthens times. Load was recorded before and after each trial and used to drop none.",
    )


def counted(titles: Sequence[str], one: str, many: str) -> str:
    """Return how many there are, with their titles in parentheses."""
    return f"{one if len(titles) == 1 else f'{len(titles)} {many}'} ({enumeration(titles)})"


def failed_table(results: Results, register: Register) -> Table:
    """Trials that did not come to their end, with the recorded cause."""
    titles = {framework.name: framework.title for framework in results.frameworks}
    rows = [
        [
            head(trial.trial),
            figures("\u2013" if trial.block is None else str(trial.block)),
            words(titles.get(trial.framework, trial.framework)),
            words(trial.status),
            words(trial.cause),
            words("yes" if trial.repeated else "no"),
        ]
        for trial in results.failed_trials
    ]
    return register.table(
        "failed",
        "Trials that failed",
        "Each with its recorded cause; a failed trial's block is repeated once.",
        [(head("Trial"), head("Block", numeric=True), head("Framework"), head("Outcome"), head("Cause"), head("Repeated"))],
        rows,
    )


def pair_table(results: Results, register: Register) -> Table:
    """The most-confused pairs of each framework, side by side, by mean count per trial."""
    top = [head("#", numeric=True, rowspan=2), *(head(framework.title, colspan=3) for framework in results.frameworks)]
    columns: list[Cell] = []
    for _ in results.frameworks:
        columns += [head("True"), head("Predicted"), head("Per trial", numeric=True)]
    length = min(MOST_PAIRS, max((len(framework.confused_pairs) for framework in results.frameworks), default=0))
    rows = []
    for position in range(length):
        cells = [head(str(position + 1), numeric=True)]
        for framework in results.frameworks:
            cells += pair_cells(framework, position)
        rows.append(cells)
    if not rows:
        rows = [[words("No test image was misclassified.", colspan=1 + len(columns))]]
    return register.table(
        "pairs", "Most-confused pairs of classes", "Mean number of test images per trial, highest first.", [top, columns], rows, style="narrow"
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
        f"image {item.index}: {item.true_class} taken for {item.predicted_class} in {item.wrong_trials} of {item.trials} trials" for item in shown
    )
    return register.figure(
        f"misclassified-{framework.name}",
        f"Images that {framework.title} misclassified",
        f"{plural(len(shown), 'test image')}, those wrong in most trials first. Below each: true class \u2192 predicted class, and in how "
        "many trials it was wrong.",
        f"A grid of small test images. {listed}.",
        f"misclassified-{framework.name}",
    )
