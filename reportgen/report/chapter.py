"""What the report prints of one workload: with one workload spread over the whole report, with several a chapter for each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.analysis.results import Results
from reportgen.report.sections.classes import Classes, classes
from reportgen.report.sections.elements import Heading, Register
from reportgen.report.sections.experiments import ExperimentSection, experiment_sections
from reportgen.report.sections.exports import Exports, exports
from reportgen.report.sections.history import History, history
from reportgen.report.sections.losses import Losses, losses
from reportgen.report.sections.methodology import Methodology, methodology
from reportgen.report.sections.mistakes import Mistakes, mistakes
from reportgen.report.sections.modes import Modes, modes
from reportgen.report.sections.parity import Parity, parity
from reportgen.report.sections.protocol import Excerpt, excerpts
from reportgen.report.sections.references import References
from reportgen.report.sections.training import Training, training
from reportgen.report.sections.variants import Variants, variants


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """Strings about one workload.

    ``prefix`` begins the identifiers of everything in it, and is empty where the report has one workload. ``headings`` are by the key of the
    section alone; ``dataset_of`` is the heading of an earlier chapter's data set where this one has the same.
    """

    prefix: str
    headings: Mapping[str, Heading]
    description: str
    dataset_of: Heading | None
    methodology: Methodology
    excerpts: tuple[Excerpt, ...]
    parity: Parity
    training: Training
    losses: Losses
    modes: Modes | None
    variants: Variants | None
    classes: Classes | None
    exports: Exports
    experiments: Mapping[str, ExperimentSection]
    mistakes: Mistakes
    history: History | None


def chapter(results: Results, register: Register, cited: References, headings: Mapping[str, Heading], dataset_of: Heading | None = None) -> Chapter:
    """Return what is printed of ``results``; tables and figures are numbered in the order in which this function makes them."""
    return Chapter(
        prefix=register.prefix,
        headings=headings,
        description=results.workload_description,
        dataset_of=dataset_of,
        methodology=methodology(results, register, cited, known_data=dataset_of is not None),
        excerpts=excerpts(results),
        parity=parity(results, register.begin("parity")),
        training=training(results, register),
        losses=losses(results, register.begin("losses")),
        modes=modes(results, register.begin("modes")),
        variants=variants(results, register.begin("variants")),
        classes=classes(results, register) if results.dataset.task == "classification" else None,
        exports=exports(results, register),
        experiments={one.key: one for one in experiment_sections(results, register)},
        mistakes=mistakes(results, register),
        history=history(results, register.begin("history")),
    )


def prefixes(names: Sequence[str]) -> tuple[str, ...]:
    """Return a different identifier for each workload, of letters, digits and hyphens, that looks like its name."""
    found: list[str] = []
    for name in names:
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "workload"
        number, unique = 1, slug
        while unique in found:
            number += 1
            unique = f"{slug}-{number}"
        found.append(unique)
    return tuple(found)
