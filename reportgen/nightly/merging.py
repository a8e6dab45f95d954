"""Taking in the runs of other machines: each is copied as it is, and appears under its name only when it is whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from reportgen.errors import DamagedRecordError, ReportgenError
from reportgen.locks import LOCK, run_lock
from reportgen.nightly.history import read_night
from reportgen.nightly.night import NIGHT, is_night, results_of
from reportgen.runs import PLAN, SUITE, Run, is_run, list_runs
from reportgen.storage import appearing_whole
from reportgen.suites import Suite

# Locks, and indexes that are made anew, are a machine's own.
NOT_COPIED = shutil.ignore_patterns(".*")


def merge_runs(folders: Sequence[Path], runs: Path) -> Iterator[str]:
    """Copy every run below ``folders``, or each of them that is a run itself, to ``runs``; yield a line for each, and one for all.

    What is there already is not copied again; another run of the same name gets its host's name added. A damaged run is named and left out.
    Raises :class:`ReportgenError` before anything is copied where a folder holds no run.
    """
    found = [(folder, shard_runs(folder, runs)) for folder in folders]
    copied = known = left_out = 0
    for _, members in found:
        for source in members:
            try:
                check(source)
                target = place_for(source, runs)
                if target is None:
                    known += 1
                    continue
                with appearing_whole(target, ReportgenError(f"{target} is being written by another process.")) as building:
                    shutil.copytree(source, building, ignore=NOT_COPIED, dirs_exist_ok=True)
            except ReportgenError as error:
                left_out += 1
                yield f"{source} is left out: {error}"
                continue
            copied += 1
            yield f"{source} -> {target}"
    yield f"Merged {copied} into {runs}; {known} were there already, {left_out} left out."


def shard_runs(folder: Path, runs: Path) -> tuple[Path, ...]:
    """Return the runs of a folder; raises :class:`ReportgenError` where there are none, or where it is the folder to merge into."""
    if not folder.is_dir():
        raise ReportgenError(f"There is no folder {folder}. Correct the name.")
    if runs.is_dir() and folder.resolve() == runs.resolve():
        raise ReportgenError(f"{folder} is the folder that is merged into. Name the folders of the other machines.")
    found = (folder,) if is_run(folder) else list_runs(folder)
    if not found:
        raise ReportgenError(f"There is no run in {folder}. Name a folder of runs, or a run.")
    return found


def check(folder: Path) -> None:
    """Raise :class:`ReportgenError` where a run or suite is damaged, or is being measured: half of it would never become the whole."""
    require_ended(folder)
    if (folder / SUITE).is_file():
        suite = Suite(folder)
        for workload in suite.record.workloads:
            check_run(suite.run(workload))
    else:
        check_run(Run(folder))


def require_ended(folder: Path) -> None:
    """Raise :class:`ReportgenError` while another process measures a run or suite."""
    # A folder that cannot be written to is measured by nobody here; one without a lock was copied, or ended long ago.
    if (folder / LOCK).is_file():
        with suppress(PermissionError), run_lock(folder):
            pass


def check_run(run: Run) -> None:
    """Raise :class:`ReportgenError` where a run cannot be read: plan, environment, and as a night what the history takes from it."""
    _ = run.environment
    if not is_night(run.folder):
        return
    try:
        read_night(run.folder / NIGHT)
    except DamagedRecordError:
        # What is damaged or not there can be made from the trials, unless these are damaged too.
        results_of(run)


def place_for(source: Path, runs: Path) -> Path | None:
    """Return where a run is to be copied to, or ``None`` where it is already."""
    names = [source.name, f"{source.name}-{host_of(source)}"]
    for name in [*names, *(f"{names[1]}-{number}" for number in range(2, 1000))]:
        target = runs / name
        if not target.exists():
            return target
        if same(source, target):
            return None
    raise ReportgenError(f"{runs} has a thousand runs of its name.")


def same(source: Path, target: Path) -> bool:
    """Say whether two folders hold one run: a plan is written once, with the moment to the millisecond."""
    name = SUITE if (source / SUITE).is_file() else PLAN
    return (target / name).is_file() and (source / name).read_bytes() == (target / name).read_bytes()


def host_of(source: Path) -> str:
    """Return the name of the machine that made a run, as a part of a file's name."""
    run = Suite(source).any_run() if (source / SUITE).is_file() else Run(source)
    kept = [character if character.isalnum() else "-" for character in run.environment.host_name.casefold()]
    return "".join(kept).strip("-") or "elsewhere"
