"""A first look at what both frameworks built from a person's own folder: networks of different sizes are said at once, with file and line.

What it means for the comparison is judged later, by the parity checks.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

from reportgen.errors import DamagedRecordError, ReportgenError
from reportgen.records import ParityResult
from reportgen.runner.worker import RESULT
from reportgen.runs import Run
from reportgen.storage import read_record
from reportgen.workloads.inspection import definition_line, shown


def different_sizes(run: Run) -> Iterator[str]:
    """Yield what to say where the networks of a person's own folder have different numbers of parameters."""
    folder = Path(run.plan.workload)
    if not folder.is_absolute():
        return
    counts: dict[str, int] = {}
    for planned in run.plan.parity:
        try:
            result = read_record(run.trial_folder(planned.trial) / RESULT, ParityResult)
        except DamagedRecordError:
            continue
        counts[planned.framework] = sum(math.prod(shape) for shape in result.canonical_shapes)
    if len(set(counts.values())) > 1:
        sizes = [f"{place(folder, framework)} builds a network of {count:,} parameters" for framework, count in counts.items()]
        yield f"{'; '.join(sizes)}. They are not the same network, so the report will make no claim. Make both files alike."


def place(folder: Path, framework: str) -> str:
    """Return where a file defines the network, as far as it can still be read."""
    path = folder / f"{framework}.py"
    try:
        return f"{shown(path)}, line {definition_line(path, 'build_model')},"
    except ReportgenError:
        return f"{shown(path)}"
