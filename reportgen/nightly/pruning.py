"""Making room: what the policy does not keep of old nights is removed. Records stay by default, for the history consists of them.

Artifacts are the exported models, in a night's trials and beside its report. Everything that was measured stays, predictions too, so a pruned night
can still be rendered, compared, and made part of a rebuilt history.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reportgen.config import Config
from reportgen.errors import ReportgenError
from reportgen.jobs import MODELS
from reportgen.locks import run_lock
from reportgen.nightly.night import AGAIN, is_night
from reportgen.runner.exporting import FOLDER as EXPORTS
from reportgen.runs import PRUNED, SUITE, TRIALS, Run, list_runs
from reportgen.storage import write_atomically


def prune_nights(config: Config, dry_run: bool = False, moment: datetime | None = None) -> Iterator[str]:
    """Remove what the policy does not keep of the nights, and yield a line for each, and one for all; ``moment`` is now unless it is given.

    A night that is damaged or being measured is named and left as it is.
    """
    policy, today = config.nightly, moment or datetime.now(UTC)
    nights, freed = 0, 0
    for folder in night_folders(config.runs_folder):
        try:
            run = Run(folder)
            age = today - datetime.fromisoformat(run.plan.created_at)
            whole = policy.keep_records_days > 0 and age > timedelta(days=policy.keep_records_days)
            if not whole and age <= timedelta(days=policy.keep_artifacts_days):
                continue
            doomed = [folder, *documents(config, run)] if whole else artifacts(config, run)
            size = sum(map(size_of, doomed))
            if not doomed:
                continue
            if not dry_run:
                remove(run, doomed, whole)
        except (ReportgenError, ValueError) as error:
            yield f"{folder.name} is left as it is: {error}"
            continue
        nights, freed = nights + 1, freed + size
        yield f"{run.name}: {'the whole night' if whole else 'exported models'}, {size / 2**20:.1f} MiB"
    yield f"{'Would free' if dry_run else 'Freed'} {freed / 2**20:.1f} MiB of {nights} night{'' if nights == 1 else 's'}."


def night_folders(runs: Path) -> Iterator[Path]:
    """Yield the folder of every night, those of suites too."""
    for folder in list_runs(runs):
        members = sorted(path for path in folder.iterdir() if path.is_dir()) if (folder / SUITE).is_file() else [folder]
        yield from (member for member in members if is_night(member))


def artifacts(config: Config, run: Run) -> list[Path]:
    """Return the folders of a night's exported models: in its trials, in what was measured again, and beside its report."""
    trials = (run.folder / TRIALS, run.folder / AGAIN / TRIALS)
    exported = [path for part in trials for path in sorted(part.glob(f"*/{EXPORTS}"))]
    return [*exported, *(path / MODELS for path in documents(config, run) if (path / MODELS).is_dir())]


def documents(config: Config, run: Run) -> list[Path]:
    """Return the folder of a night's documents, where it is there; that of a suite belongs to all of its workloads."""
    folder = config.out_folder / run.name.partition("/")[0]
    return [folder] if folder.is_dir() and not folder.is_symlink() else []


def remove(run: Run, doomed: list[Path], whole: bool) -> None:
    """Remove folders of a night that nobody is measuring. That it was pruned is written down first: what is missing then is not taken for damage."""
    with run_lock(run.folder):
        if not whole:
            write_atomically(run.folder / PRUNED, f"Exported models were removed on {datetime.now(UTC).date().isoformat()}.\n".encode())
    for path in doomed:
        shutil.rmtree(path)
    suite = run.folder.parent
    if whole and (suite / SUITE).is_file() and not any(path.is_dir() for path in suite.iterdir()):
        shutil.rmtree(suite)


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
