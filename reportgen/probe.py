"""A child process that loads one framework or one runtime, and nothing else: whether what is installed also works can only be seen so.

Two libraries may be installed in versions that do not fit together; the metadata of both is in order, and only loading them shows it. The
program's own processes never load two frameworks, so this is asked for one at a time: ``python -m reportgen.probe framework pytorch``.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path


def load_framework(name: str) -> None:
    """Load the framework's program and its modes as training processes do; raises whatever stands in its way.

    Then print, as JSON, the CUDA devices on which it computes, and what stood in the way of that.
    """
    from reportgen import frameworks

    framework = frameworks.find(name)
    framework.load()
    for mode in frameworks.modes(name):
        mode.training_module()
        # A workload that writes its steps out takes its data as they are.
        if not mode.by_hand:
            mode.data_module()
    try:
        print(json.dumps({"devices": framework.load_devices()(), "trouble": None}))
    except Exception as error:
        # A driver that does not fit is no reason not to compute on the CPU.
        print(json.dumps({"devices": [], "trouble": " ".join(str(error).split())}))


def load_runtime(name: str) -> None:
    """Make the runtime open a file that is no model: it must get far enough to say so itself.

    Raises ``ImportError`` when the runtime cannot be loaded; any other complaint is its own, about the file, and the wanted outcome.
    """
    from reportgen import runtimes, workloads
    from reportgen.runtimes.base import ModelContext

    runtime = runtimes.find(name)
    context = ModelContext(workload=workloads.find(workloads.names()[0]), image_shape=(28, 28, 1), class_count=10)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "not-a-model")
        path.write_bytes(b"This is not a model.")
        try:
            runtime.open(path, 1, context)
        except ImportError:
            raise
        except Exception as complaint:
            # Printed, so that a log shows what the runtime made of it.
            print(f"{runtime.title} runs; it said of a file that is no model: {complaint}")


def main(arguments: list[str]) -> int:
    """Load what ``arguments`` name (``framework NAME`` or ``runtime NAME``); an uncaught exception is the answer "does not load"."""
    kind, name = arguments
    {"framework": load_framework, "runtime": load_runtime}[kind](name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
