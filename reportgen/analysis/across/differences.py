"""What differs between comparable runs, beside their measurements: how they were configured, their software, and what frameworks really used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportgen.analysis.across.outcome import Difference
from reportgen.analysis.across.side import Side
from reportgen.analysis.digests import code_digests
from reportgen.analysis.settings import describe
from reportgen.language import gettext, marked
from reportgen.records import relevant_software
from reportgen.report.format import enumeration, recorded
from reportgen.variants import described_variables

# Drawn anew with every seed, and described by the extremes of what was drawn: no setting.
DRAWN = "Initial values of the weights"


def differences(values: Sequence[Mapping[str, str]]) -> tuple[tuple[Difference, ...], tuple[str, ...]]:
    """Return what is not alike in all runs, and the names of what is."""
    names = dict.fromkeys(name for one in values for name in one)
    rows = [Difference(name=name, values=tuple(one.get(name) for one in values)) for name in names]
    return tuple(row for row in rows if len(set(row.values)) > 1), tuple(row.name for row in rows if len(set(row.values)) == 1)


def configuration(side: Side) -> dict[str, str]:
    """Return how a run was configured, as far as its workload hash leaves that open."""
    plan, results = side.records.plan, side.results
    repository = results.environment.repository
    return {
        marked("Command"): results.environment.command,
        marked("Preset"): gettext(results.preset),
        marked("Blocks"): gettext("{complete} of {planned}", complete=results.complete_blocks, planned=results.planned_blocks),
        marked("Stopping rule"): results.stopping,
        marked("Seed"): str(results.seed),
        marked("Modes"): "; ".join(f"{name}: {enumeration(modes)}" for name, modes in plan.modes.items()),
        marked("Exports"): enumeration(dict.fromkeys(name for trial in plan.trials for name in trial.exports)),
        marked("Experiments"): enumeration(dict.fromkeys(one.experiment for one in plan.experiments)),
        marked("Time limit of a trial"): f"{plan.timeout_s:g} s",
        marked("Processes"): gettext("{forked} forked, {fresh} fresh", forked=results.processes.forked, fresh=results.processes.fresh),
        marked("Commit of the code"): repository.commit or gettext("not recorded"),
        marked("Uncommitted changes"): {True: gettext("yes"), False: gettext("no"), None: gettext("not recorded")}[repository.dirty],
        marked("Host name"): results.environment.host_name,
        marked("Operating system"): results.environment.software.operating_system,
    }


def software(side: Side) -> dict[str, str]:
    """Return a run's software key in full."""
    variants = described_variables(side.records.plan.variants)
    return relevant_software(side.results.environment.software, side.results.threads, code_digests(side.results), variants)


def packages(side: Side, key: Mapping[str, str]) -> dict[str, str]:
    """Return the installed distributions that are not in the software key."""
    return {name: version for name, version in side.results.environment.software.packages.items() if name not in key}


def settings(side: Side) -> dict[str, str]:
    """Return what each framework really used, in its first trial."""
    return {
        f"{side.records.titles.frameworks[framework]}: {gettext(name)}": recorded(value)
        for framework in side.records.plan.frameworks
        for name, value in used(side, framework).items()
    }


def used(side: Side, framework: str) -> dict[str, str]:
    """Return what one framework really used, in its first trial; what is drawn by chance left out."""
    return {name: value for name, value in describe(side.records.trainings_of(framework)[0].result).items() if name != DRAWN}
