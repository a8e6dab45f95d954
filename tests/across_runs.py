"""A second run for comparisons: the example run, with other times and another version, as the records of a later night would have them."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Mapping
from pathlib import Path

EXAMPLE_RUN = Path(__file__).parents[1] / "docs" / "example-run"


def rewritten(path: Path, change) -> None:
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))


def altered_copy(target: Path, slower: Mapping[str, float], torch: str = "2.15.0") -> Path:
    """Copy the example run to ``target``; training there takes the given multiples of its time, give or take a per cent."""
    shutil.copytree(EXAMPLE_RUN, target)
    draw = random.Random(1)
    rewritten(target / "environment.json", lambda content: content["software"]["packages"].update(torch=torch))
    for result in sorted((target / "trials").glob("*/result.json")):
        framework = json.loads((result.parent / "spec.json").read_text())["framework"]
        factor = slower.get(framework, 1.0) * draw.uniform(0.99, 1.01)

        def change(content, factor=factor):
            if content["kind"] == "training":
                for phase in content["phases"]:
                    phase.update(wall_s=phase["wall_s"] * factor, cpu_s=phase["cpu_s"] * factor)
                for epoch in content["epochs"]:
                    epoch["train_s"] *= factor

        rewritten(result, change)
    return target
