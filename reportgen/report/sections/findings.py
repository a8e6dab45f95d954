"""What may be claimed, and what may not and why: the findings as the analysis made them, word for word."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.analysis.claims import Finding
from reportgen.analysis.results import Results
from reportgen.analysis.wording import detectable_effect
from reportgen.language import gettext, localised, marked
from reportgen.report.format import percent, significant
from reportgen.report.sections.elements import Cell, Figure, Register, Table, figures, head, words
from reportgen.report.sections.point_values import ratio_values

NOTHING = "\u2013"
SMALLEST_P = 0.0001
# Times of training are of one order; inference can differ a hundredfold, and would press these into one line.
DRAWN = ("training_time", "steady_epoch_time", "cold_start")
OUTCOMES = {
    "claim": marked("Claim"),
    "within noise floor": marked("Within noise"),
    "no difference shown": marked("Nothing shown"),
    "equivalent": marked("Equivalent"),
    "suppressed": marked("No claim"),
}


@dataclass(frozen=True, kw_only=True)
class Findings:
    """Strings of the section on findings; ``table`` is None where there was nothing to compare, ``ratios`` where no ratio has an interval."""

    table: Table | None
    ratios: Figure | None
    notes: tuple[str, ...]


def drawn_findings(results: Results) -> tuple[Finding, ...]:
    """Return the findings that the figure of ratios shows."""
    return tuple(one for one in results.findings if one.metric in DRAWN and one.ratio is not None and one.interval is not None)


def findings(results: Results, register: Register) -> Findings:
    """Make the table of findings and the figure of ratios."""
    if not results.findings:
        return Findings(table=None, ratios=None, notes=(gettext("One framework was measured alone: there is nothing to compare."),))
    table = register.table(
        "findings",
        gettext("Findings"),
        gettext(
            "The two primary comparisons were declared beforehand. Intervals and p-values are Holm's, over all "
            "claims of this report; an effect of the detectable size would have been found with 80\u202f% "
            "probability."
        ),
        [
            (
                head(gettext("Comparison")),
                head(gettext("Outcome")),
                head(gettext("In words")),
                head("n", numeric=True),
                head("p", numeric=True),
                head(gettext("Detectable"), numeric=True),
            )
        ],
        [finding_row(one) for one in results.findings],
        divided=True,
    )
    ratios = ratio_figure(results, register) if drawn_findings(results) else None
    return Findings(table=table, ratios=ratios, notes=notes(results))


def finding_row(finding: Finding) -> list[Cell]:
    """Return the cells of one finding."""
    return [
        head(gettext("{title} (primary)", title=finding.title) if finding.primary else finding.title),
        words(gettext(OUTCOMES[finding.outcome])),
        words(sentence(finding.sentence)),
        figures(str(finding.n)),
        figures(p_value(finding.adjusted_p)),
        figures(detectable_effect(finding) or NOTHING),
    ]


def sentence(text: str) -> str:
    """Return a finding's words as a sentence."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def p_value(value: float | None) -> str:
    """Return a p-value to two digits, and never as zero."""
    if value is None:
        return NOTHING
    return f"<\u202f{localised(f'{SMALLEST_P:g}')}" if value < SMALLEST_P else significant(value, 2)


def ratio_figure(results: Results, register: Register) -> Figure:
    """The ratios of training times with their intervals and the noise floor."""
    drawn = drawn_findings(results)
    first = drawn[0]
    described = [f"{one.title} {significant(one.ratio)}" for one in drawn]
    return register.figure(
        "ratios",
        gettext("Ratios of times"),
        gettext(
            "Time of {numerator} over time of {denominator}, paired by block, n = {n}: mean of the logarithms, "
            "with its interval. The grey band is the noise floor; a filled dot is a claim, an open one is none.",
            numerator=first.numerator,
            denominator=first.denominator,
            n=first.n,
        ),
        gettext("Dots with horizontal intervals on a logarithmic axis around 1: {described}.", described="; ".join(described)),
        "ratios",
        curves=ratio_values(drawn),
    )


def notes(results: Results) -> tuple[str, ...]:
    """Return what a reader needs to judge the findings."""
    found = [gettext("Stopping rule: {stopping}.", stopping=results.stopping)] if results.stopping else []
    floors = dict.fromkeys(one.noise_floor for one in results.findings if one.noise_floor is not None)
    found += [gettext("Noise floor {percent}: {source}.", percent=percent(floor.value, 1), source=floor.source) for floor in floors]
    found += [f"{effect.sentence}." for effect in results.position_effects]
    found += [
        gettext("{title}, by another method: {sentence}.", title=one.title, sentence=one.sensitivity.sentence)
        for one in results.findings
        if one.primary and one.sensitivity is not None and one.n > 1
    ]
    return tuple(note.replace("..", ".") for note in found)
