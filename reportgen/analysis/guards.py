"""What must hold before anything is claimed. Each guard says whether it holds, and why; one that does not suppresses the claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reportgen.analysis.claims import Guard
from reportgen.analysis.log_ratios import NO_SCATTER
from reportgen.analysis.results import ExportResult, ParityCheck
from reportgen.analysis.statistics import SMALLEST_N_FOR_INTERVAL
from reportgen.language import gettext, marked, ngettext
from reportgen.records import DeviceKind, Environment, TrainingResult, hardware_key
from reportgen.report.format import enumeration, number, plural

# An exact paired test of n blocks cannot have a p-value below 2 * 2**-n: 0.03 for 6 blocks, 0.06 for 5.
LEAST_BLOCKS = SMALLEST_N_FOR_INTERVAL
# At one thread, the frameworks' housekeeping threads (garbage collection, progress, memory release) take some per cent of a core beside it; a second
# worker thread adds tens. A tenth lies between. It is a share of the smaller figure.
CORES_TOLERANCE = 0.10
PROOFS = ("equal", "equal within tolerance", "declared difference")


def blocks_guard(n: int) -> Guard:
    """Return whether there are enough blocks for any claim."""
    if n >= LEAST_BLOCKS:
        return Guard(name="enough blocks", passed=True, reason=plural(n, "block"))
    reason = ngettext("{n} block (a claim needs {least_blocks})", "{n} blocks (a claim needs {least_blocks})", n, n=n, least_blocks=LEAST_BLOCKS)
    return Guard(name="enough blocks", passed=False, reason=reason)


def spread_guard(spread: float) -> Guard:
    """Return whether repetitions differ at all: where they do not, nothing is known about how they would."""
    passed = spread > NO_SCATTER
    return Guard(
        name="known scatter", passed=passed, reason=gettext("repetitions scatter") if passed else gettext("the repetitions do not scatter at all")
    )


def device_guard(device: DeviceKind) -> Guard:
    """Return the guard in place of :func:`cores_guard` where a GPU computes: processor time is then that of giving orders and waiting."""
    return Guard(
        name="effective cores alike",
        passed=True,
        reason=gettext("effective cores are not judged: the work is done on the device {device}", device=device),
    )


def cores_guard(first: str, first_cores: float, second: str, second_cores: float) -> Guard:
    """Return whether both frameworks kept about equally many cores busy (processor time over wall time, medians over trials)."""
    passed = max(first_cores, second_cores) <= (1 + CORES_TOLERANCE) * min(first_cores, second_cores)
    figures = f"{first} {number(first_cores, 2)}, {second} {number(second_cores, 2)}"
    reason = (
        gettext("effective cores alike: {figures}", figures=figures) if passed else gettext("unequal effective cores: {figures}", figures=figures)
    )
    return Guard(name="effective cores alike", passed=passed, reason=reason)


def parity_guard(checks: Sequence[ParityCheck], metric: str) -> Guard:
    """Return whether it was shown that both programs compute the same thing, as far as ``metric`` depends on it."""
    open_checks = [check for check in checks if check.withholds_claims and (not check.blocks_claims or metric in check.blocks_claims)]
    failed = [check for check in open_checks if check.outcome == "failed"]
    if failed:
        named = enumeration(f"{check.code} ({check.name})" for check in failed)
        return Guard(name="programs match", passed=False, reason=gettext("parity failed: {named}", named=named))
    proofs = sum(check.outcome in PROOFS for check in checks)
    if not proofs:
        return Guard(name="programs match", passed=False, reason=gettext("no parity check shows that the programs match"))
    if open_checks:
        # A framework that did not show what it computes in one precision: what the other precision shows is not enough.
        return Guard(name="programs match", passed=False, reason=not_shown(open_checks))
    reason = ngettext("{proofs} parity check passed", "{proofs} parity checks passed", proofs, proofs=proofs)
    return Guard(name="programs match", passed=True, reason=reason)


def not_shown(checks: Sequence[ParityCheck]) -> str:
    """Return that these checks show no parity, and why the first of them does not."""
    found = {"named": f"{checks[0].code} ({checks[0].name})", "detail": checks[0].detail.rstrip(".")}
    more = len(checks) - 1
    if not more:
        return gettext("parity was not shown: {named}; {detail}", **found)
    return ngettext(
        "parity was not shown: {named} and {more} more; {detail}", "parity was not shown: {named} and {more} more; {detail}", more, more=more, **found
    )


def environment_guard(environments: Sequence[Environment], trials: Mapping[str, Sequence[TrainingResult]]) -> Guard:
    """Return whether machine, software, device and threads stayed what they were through the whole run.

    ``environments`` are those in which parts of the run were measured, ``trials`` the training trials of each framework by its readable name.
    """
    changes: list[str] = []
    if len({hardware_key(environment.hardware) for environment in environments}) > 1:
        changes.append(gettext("the run was continued on another machine"))
    changes += [gettext("{name} changed while the run was continued", name=name) for name in changed_software(environments)]
    for title, results in trials.items():
        changes += [gettext(sentence, title=title) for sentence in changed_between(results)]
    reason = "; ".join(dict.fromkeys(changes)) or gettext("one environment for all trials")
    return Guard(
        name="constant environment", passed=not changes, reason=reason if not changes else gettext("another environment: {reason}", reason=reason)
    )


def changed_software(environments: Sequence[Environment]) -> list[str]:
    """Return the names of what differs between the environments' interpreters and packages."""
    known = [{"Python": one.software.python, **one.software.packages} for one in environments]
    names = dict.fromkeys(name for versions in known for name in versions)
    return [name for name in names if len({versions.get(name) for versions in known}) > 1]


def changed_between(results: Sequence[TrainingResult]) -> Iterable[str]:
    """Yield a sentence for each thing that one framework's own trials read back differently; it names the framework's ``title``."""
    if len({tuple(sorted(result.versions.items())) for result in results}) > 1:
        yield marked("{title}'s version changed between trials")
    if len({(result.effective.device, result.effective.device_name) for result in results}) > 1:
        yield marked("{title}'s device changed between trials")
    if len({result.effective.tensor_float_32 for result in results}) > 1:
        yield marked("{title}'s use of TensorFloat-32 changed between trials")
    if len({(result.effective.intra_op_threads, result.effective.inter_op_threads) for result in results}) > 1:
        yield marked("{title}'s number of threads changed between trials")
    if len({result.effective.dtype for result in results}) > 1:
        yield marked("{title}'s number type changed between trials")


def steady_guard(unsteady: Sequence[str]) -> Guard:
    """Return a guard that passes and names the trials whose epochs were not steady: they stay in, as every trial that ended does."""
    reason = gettext("not steady, kept in the figures: {unsteady}", unsteady=enumeration(unsteady)) if unsteady else gettext("all trials were steady")
    return Guard(name="steady trials", passed=True, reason=reason)


def export_guard(exports: Sequence[ExportResult]) -> Guard:
    """Return whether the exported models still are the models that they came from."""
    wrong = [export.title for export in exports if export.agrees is not True]
    reason = (
        gettext("no agreement with the source model: {wrong}", wrong=enumeration(wrong))
        if wrong
        else gettext("exports agree with their source models")
    )
    return Guard(name="export agreement", passed=not wrong, reason=reason)
