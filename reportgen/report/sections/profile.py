"""Results on where the time of a training epoch goes."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.analysis.results import Results
from reportgen.language import gettext, ngettext
from reportgen.report.format import duration, percent, plural
from reportgen.report.sections.elements import Cell, Figure, Register, Table, figures, head, words
from reportgen.report.sections.point_values import part_values


@dataclass(frozen=True, kw_only=True)
class EpochTime:
    """Figure and table of the parts of an epoch; both None where no profile was made."""

    figure: Figure | None
    table: Table | None


def epoch_time(results: Results, register: Register) -> EpochTime:
    """Make the figure of an epoch's parts, and the table of its numbers."""
    if not results.profiles:
        return EpochTime(figure=None, table=None)
    titles = results.titles
    rounds = results.profiles[0].rounds
    described = [
        f"{titles.get(one.framework, one.framework)}: {', '.join(f'{part.name} {percent(part.share, 0)}' for part in one.parts)}"
        for one in results.profiles
    ]
    figure = register.figure(
        "epoch-parts",
        gettext("Where the time of an epoch goes"),
        ngettext(
            "Median of {rounds} round in a process of its own that enters no other figure. The parts are differences "
            "of passes that each do a little more: reading the batches, forward and backward pass, the "
            "optimiser's update, and the program as it is measured. {title}; {threads}.",
            "Median of {rounds} rounds in a process of its own that enters no other figure. The parts are differences "
            "of passes that each do a little more: reading the batches, forward and backward pass, the "
            "optimiser's update, and the program as it is measured. {title}; {threads}.",
            rounds,
            rounds=rounds,
            title=results.dataset.title,
            threads=plural(results.threads, "thread"),
        ),
        gettext("Horizontal stacked bars, one a framework. {described}.", described="; ".join(described)),
        "epoch-parts",
        curves=part_values(results),
    )
    return EpochTime(figure=figure, table=part_table(results, titles, register))


def part_table(results: Results, titles: dict[str, str], register: Register) -> Table:
    """The numbers of the figure."""
    names = [part.name for part in results.profiles[0].parts]
    rows: list[list[Cell]] = []
    for position, name in enumerate(names):
        row = [head(name.capitalize())]
        for one in results.profiles:
            part = one.parts[position]
            row += [figures(duration(part.seconds)), figures(percent(part.share, 0))]
        rows.append(row)
    whole = [head(gettext("Whole epoch")), *(cell for one in results.profiles for cell in (figures(duration(one.epoch_s)), words("")))]
    top = [head(gettext("Part"), rowspan=2), *(head(titles.get(one.framework, one.framework), colspan=2) for one in results.profiles)]
    units = [head(unit, numeric=True) for _ in results.profiles for unit in (gettext("Time"), gettext("Share"))]
    return register.table(
        "epoch-parts",
        gettext("Parts of an epoch"),
        gettext("The numbers of the figure. A negative part is smaller than what the passes scatter."),
        [top, units],
        rows,
        [whole],
        style="narrow",
    )
