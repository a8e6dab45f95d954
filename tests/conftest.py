"""What all tests share: ``builders`` gives small, schema-valid records, ``doubles`` a fake executor and a recording reporter."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

# The tests are no package, and the checkout stays off the path; this folder alone is added, last, for its helpers.
sys.path.append(str(Path(__file__).parent))

from builders import make_run

from reportgen.runs import Run


@pytest.fixture
def new_run(tmp_path: Path) -> Callable[..., Run]:
    """Return a function that writes a run of :func:`builders.make_plan` (which takes its arguments) below the test's folder, and opens it."""

    def build(**plan: Any) -> Run:
        return make_run(tmp_path / "runs", **plan)

    return build
