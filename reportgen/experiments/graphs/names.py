"""What the author's text may name of static and dynamic graphs: the figures of the two tables."""

from __future__ import annotations

from reportgen.analysis.results import ExperimentOutcome, Results
from reportgen.experiments.graphs.tables import (
    first_call,
    later_calls,
    limit_text,
    shown_sizes,
    times_the_limit,
    unit,
)
from reportgen.experiments.graphs.values import (
    NetworkSize,
    Style,
    first_measured,
    limit_of,
    step_time,
    styles_of,
)
from reportgen.report.format import THIN_SPACE, integer
from reportgen.report.named import Named, Value, in_name
from reportgen.report.sections.elements import summary_text


def values(outcome: ExperimentOutcome, results: Results) -> Named:
    """Yield ``FRAMEWORK.STYLE.QUANTITY`` and, for the limit of arithmetic, ``limit.SIZE``; a size is ``64x1000x100``."""
    styles = styles_of(outcome)
    for style in styles:
        yield from style_values(outcome, results, style)
    for size in shown_sizes(outcome) if styles else ():
        if limit_of(outcome, size.key) is not None:
            yield (
                f"limit.{name_of(size)}",
                Value(
                    text=f"{limit_text(outcome, size)}{THIN_SPACE}{unit(outcome, size)[0]}",
                    meaning=f"Arithmetic limit of a step at {size.label}",
                ),
            )
    for one in outcome.chosen("runs of Python"):
        runs = integer(int(one.summary.median))
        yield (
            f"{one.framework}.{in_name(one.subject)}.runs",
            Value(
                text=runs,
                meaning=f"Runs of Python for five sizes, {results.titles.get(one.framework, one.framework)}, {one.subject}",
            ),
        )


def style_values(outcome: ExperimentOutcome, results: Results, style: Style) -> Named:
    """Yield the first calls of a style, its steps at the sizes of the table, and how many times the limit they take."""
    name = f"{style.framework}.{in_name(style.title)}"
    title = f"{results.titles.get(style.framework, style.framework)}, {style.title}"
    first, sizes = first_measured(outcome), shown_sizes(outcome)
    calls = (
        ("first_call", "First call", first_call(outcome, style, first)),
        (
            "later_calls",
            "First call of later networks",
            later_calls(outcome, style, first),
        ),
    )
    for key, label, text in calls:
        yield f"{name}.{key}", Value(text=text, meaning=f"{label}, {title}")
    for size in sizes:
        yield from step_values(outcome, style, size, name, title)
    if limit_of(outcome, sizes[-1].key) is not None:
        yield (
            f"{name}.times_the_limit",
            Value(
                text=times_the_limit(outcome, style, sizes[-1]),
                meaning=f"Times the arithmetic limit at {sizes[-1].label}, {title}",
            ),
        )


def step_values(
    outcome: ExperimentOutcome, style: Style, size: NetworkSize, name: str, title: str
) -> Named:
    """Yield the time of a step at one size, and its interval, in the unit of the table's column."""
    found = step_time(outcome, style, size.key)
    if found is None:
        return
    shown, factor = unit(outcome, size)
    text = summary_text(found.summary, factor, 1)
    key, meaning = (
        f"{name}.step_time.{name_of(size)}",
        f"Time of a step at {size.label}, {title}",
    )
    yield (
        key,
        Value(text=f"{text.median}{THIN_SPACE}{shown}", meaning=f"{meaning}, median"),
    )
    if found.summary.interval is not None:
        yield (
            f"{key}.interval",
            Value(text=text.interval, meaning=f"its interval, in {shown}"),
        )


def name_of(size: NetworkSize) -> str:
    """Return a size as a part of a name."""
    return size.label.replace(" \u00d7 ", "x")
