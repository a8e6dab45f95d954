"""The exported models of a run: where they are, and copies of them where its documents lie."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.runs import Run

if TYPE_CHECKING:
    from reportgen.analysis.inputs import RunRecords


def copy_models(run: Run, records: RunRecords, folder: Path) -> tuple[Path, ...]:
    """Copy the exported models of a run into ``folder``/FRAMEWORK/, and return their paths."""
    for framework in run.plan.frameworks:
        if (folder / framework).exists():
            shutil.rmtree(folder / framework)
    copied: list[Path] = []
    for framework, source in exported_models(run, records):
        target = folder / framework
        target.mkdir(parents=True, exist_ok=True)
        copied.append(copy(source, target / source.name))
    return tuple(copied)


def exported_models(run: Run, records: RunRecords) -> Iterator[tuple[str, Path]]:
    """Yield the files and folders of the exported models of each framework's first analysed trial that has any, with the framework's name."""
    for framework in run.plan.frameworks:
        exporting = [training for training in records.trainings_of(framework) if training.result.exports]
        for sample in exporting[0].result.exports if exporting else ():
            # The models of a pruned night are gone.
            if sample.path is not None and not run.pruned:
                # The folder of a format holds the model and whatever belongs to it.
                for source in sorted((run.trial_folder(exporting[0].spec.trial) / sample.path).parent.iterdir()):
                    yield framework, source


def copy(source: Path, target: Path) -> Path:
    """Copy a file or a folder, and return the copy."""
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy2(source, target)
    return target
