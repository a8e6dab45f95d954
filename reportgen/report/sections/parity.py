"""Methodology, last part: whether both programs compute the same thing, check by check."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.analysis.results import ParityCheck, Results
from reportgen.analysis.sameness import Parity as WhetherShown
from reportgen.analysis.sameness import parity_of
from reportgen.language import gettext, marked, ngettext, nmarked
from reportgen.report.format import enumeration, integer, scientific
from reportgen.report.sections.elements import Cell, Figure, Register, Table, figures, head, words
from reportgen.report.sections.point_values import loss_differences

NOTHING = "\u2013"
#: So many checks of one remark are named in words; of more, their codes say which they are.
FEW_CHECKS = 3
NOT_CHECKED: WhetherShown = marked("not checked")
SHOWN: WhetherShown = marked("shown")
NOT_SHOWN: WhetherShown = marked("not shown")
#: What is said of the checks with these outcomes, by their number.
FOUND = {
    nmarked("{count} found no difference beyond its limit", "{count} found none beyond their limits"): ("equal", "equal within tolerance"),
    nmarked("{count} declares a difference", "{count} declare a difference"): ("declared difference",),
    nmarked("{count} failed", "{count} failed"): ("failed",),
    nmarked("{count} could not be made", "{count} could not be made"): ("not comparable",),
}


@dataclass(frozen=True, kw_only=True)
class Parity:
    """Strings of the section on parity; ``table`` and ``losses`` are None where nothing was checked."""

    summary: str
    declared: tuple[str, ...]
    table: Table | None
    losses: Figure | None
    modes: Table | None


def parity(results: Results, register: Register) -> Parity:
    """Make the table of checks and the figure of losses step by step."""
    made = [check for check in results.parity if check.outcome != "skipped"]
    table = check_table(made, register) if made else None
    losses = loss_figure(results, register) if results.parity_losses else None
    declared = tuple(remarks([check for check in made if check.outcome in ("declared difference", "failed", "not comparable")]))
    modes = mode_table(results, register) if any(mode.checks for mode in results.modes) else None
    return Parity(summary=summary_sentence(results, made), declared=declared, table=table, losses=losses, modes=modes)


def remarks(checks: list[ParityCheck]) -> list[str]:
    """Return what checks say in words; those that say the same, since one cause kept them all from being made, say it once."""
    named: dict[str, dict[str, str]] = {}
    for check in checks:
        named.setdefault(check.detail, {})[check.code] = f"{check.name} ({check.code})"
    return [f"{enumeration(names.values() if len(names) <= FEW_CHECKS else spans(list(names)))}: {detail}" for detail, names in named.items()]


def spans(codes: list[str]) -> list[str]:
    """Return codes in their order, three or more that follow each other as the first and the last."""
    found: list[list[str]] = []
    for code in codes:
        if found and int(code[1:]) == int(found[-1][-1][1:]) + 1:
            found[-1].append(code)
        else:
            found.append([code])
    return [part for run in found for part in ([gettext("{low} to {high}", low=run[0], high=run[-1])] if len(run) >= FEW_CHECKS else run)]


def badge(results: Results, metric: str) -> str:
    """Return whether parity is shown for what ``metric`` compares: the word that stands beside its numbers."""
    return parity_of(results.parity, metric)


def summary_sentence(results: Results, made: list[ParityCheck]) -> str:
    """Say in one sentence what the checks found together."""
    if len(results.frameworks) < 2:
        return gettext("One framework was measured alone, so there is no other program to compare it with.")
    if not made:
        return gettext("This run holds no parity checks: whether both programs computed the same thing was not examined, and nothing is claimed.")
    counts = {said: sum(check.outcome in outcomes for check in made) for said, outcomes in FOUND.items()}
    parts = [ngettext(*said, count, count=integer(count)) for said, count in counts.items() if count]
    titles = enumeration(framework.title for framework in results.frameworks[:2])
    return ngettext(
        "Before the first block, {titles} each showed what they compute, in processes of their own, from the same weights and the same batches. "
        "Of {made} check, {parts}. Each code is explained in the program's documentation.",
        "Before the first block, {titles} each showed what they compute, in processes of their own, from the same weights and the same batches. "
        "Of {made} checks, {parts}. Each code is explained in the program's documentation.",
        len(made),
        titles=titles,
        made=integer(len(made)),
        parts=enumeration(parts),
    )


def check_table(made: list[ParityCheck], register: Register) -> Table:
    """Every check with its measured value and its limit."""
    return register.table(
        "parity",
        gettext("Parity checks"),
        gettext(
            "What was found in each check, and the limit beyond which it fails. A declared difference is one that the frameworks have by design."
        ),
        [
            (
                head(gettext("Code")),
                head(gettext("Check")),
                head(gettext("Precision")),
                head(gettext("Outcome")),
                head(gettext("Value"), numeric=True),
                head(gettext("Limit"), numeric=True),
                head(gettext("Unit")),
            )
        ],
        [check_row(check) for check in made],
        style="small",
    )


def mode_table(results: Results, register: Register) -> Table:
    """Every mode beside a main one with its checks: the worst outcome of each, over both precisions."""
    codes = list(dict.fromkeys(check.code for mode in results.modes for check in mode.checks))
    names = {check.code: check.name.partition(": ")[2] or check.name for mode in results.modes for check in mode.checks}
    return register.table(
        "parity-modes",
        gettext("Parity of the modes"),
        gettext(
            "Each mode beside the main mode of its framework, trained for two short epochs from the same "
            "weights on the same images in the same order, in float32 and in float64; the worse outcome of "
            "both. Claims about a mode need all of them."
        ),
        [(head(gettext("Mode")), *(head(f"{code} {names[code]}") for code in codes))],
        [
            [head(mode.full_title), *(words(gettext(worst([check for check in mode.checks if check.code == code]))) for code in codes)]
            for mode in results.modes
            if mode.checks
        ],
        style="small",
    )


def worst(checks: list[ParityCheck]) -> str:
    """Return the outcome that says least for the mode."""
    order = ("failed", "not comparable", "declared difference", "equal within tolerance", "equal", "skipped")
    return min((check.outcome for check in checks), key=order.index, default=NOTHING)


def check_row(check: ParityCheck) -> list[Cell]:
    """Return the cells of one check."""
    return [
        head(check.code),
        words(check.name),
        words(NOTHING if check.precision == "-" else check.precision),
        words(gettext(check.outcome)),
        figures(NOTHING if check.value is None else scientific(check.value)),
        figures(NOTHING if check.limit is None else scientific(check.limit)),
        words(gettext(check.unit)),
    ]


def loss_figure(results: Results, register: Register) -> Figure:
    """The difference of losses over training steps, with the noise floor."""
    titles = results.titles
    first = results.parity_losses[0]
    pair = enumeration(titles.get(name, name) for name in first.frameworks)
    steps = len(first.difference)
    worst = [
        gettext(
            "{optimizer} in {precision} {max}", optimizer=one.optimizer, precision=one.precision, max=scientific(max(one.difference, default=0.0))
        )
        for one in results.parity_losses
    ]
    return register.figure(
        "parity-losses",
        gettext("Difference of the loss, step by step"),
        ngettext(
            "{pair} trained for {steps} step from the same weights on the same batches; logarithmic axis, steps "
            "without any difference left out. The grey line is how far a framework departs from itself when "
            "its weights are disturbed by one rounding error.",
            "{pair} trained for {steps} steps from the same weights on the same batches; logarithmic axis, steps "
            "without any difference left out. The grey line is how far a framework departs from itself when "
            "its weights are disturbed by one rounding error.",
            steps,
            pair=pair,
            steps=integer(steps),
        ),
        gettext(
            "Two panels, float32 and float64, with the absolute difference of the loss over {steps} steps. Largest values: {worst}.",
            steps=steps,
            worst="; ".join(worst),
        ),
        "parity-losses",
        curves=loss_differences(results),
    )
