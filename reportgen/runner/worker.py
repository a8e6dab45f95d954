"""The child process: ``python -m reportgen.runner.worker FOLDER`` carries out the order in FOLDER/spec.json and ends.

Exit codes: 0 done, 1 failed, 4 out of memory, 5 disk full. What happened is in ``result.json``, or at the end of ``stderr.log``.
"""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import sys
import threading
import time
import traceback
from enum import IntEnum
from pathlib import Path

from reportgen.records import SPEC_KINDS, ColdStartSpec, ExperimentSpec, ParitySpec, ProfileSpec, Spec, TrainingSpec
from reportgen.runner.events import Event, append
from reportgen.runner.phases import PhaseClock, seconds_since
from reportgen.storage import is_disk_full, write_record

SPEC = "spec.json"
RESULT = "result.json"
# The parent says when it started the process, so that the interpreter's own start is measured too.
STARTED_VARIABLE = "REPORTGEN_TRIAL_STARTED"


class ExitCode(IntEnum):
    """How a child ends, for the parent."""

    OK = 0
    FAILED = 1
    ORPHANED = 3
    OUT_OF_MEMORY = 4
    DISK_FULL = 5


def end_with_parent() -> None:
    """End this process as soon as its parent is gone, however that died: the parent holds the other end of standard input open.

    Without this, a study that was killed would leave a child that trains on, and disturbs the measurements of the next one.
    """

    def wait() -> None:
        os.read(0, 1)
        os._exit(ExitCode.ORPHANED)

    threading.Thread(target=wait, name="parent watch", daemon=True).start()


def read_spec(folder: Path) -> Spec:
    """Return the order that the parent wrote."""
    data = (folder / SPEC).read_bytes()
    return SPEC_KINDS[json.loads(data)["kind"]].model_validate_json(data)


def work(folder: Path) -> None:
    """Carry out the order in ``folder``; what keeps it from coming to its end is noted there."""
    clock = PhaseClock(announce=lambda name: append(folder, Event(event="phase", name=name)))
    spec = read_spec(folder)
    clock.add("start", seconds_since(float(os.environ[STARTED_VARIABLE])), time.process_time())
    try:
        carry_out(spec, folder, clock)
    except Exception as error:
        from reportgen.runner.mistakes import note_mistake

        note_mistake(folder, spec.workload, error)
        raise


def carry_out(spec: Spec, folder: Path, clock: PhaseClock) -> None:
    """Do what the order says, and write the result into ``folder``, last of all."""
    if isinstance(spec, TrainingSpec):
        from reportgen.runner.training import run_training

        write_record(folder / RESULT, run_training(spec, folder, clock))
    elif isinstance(spec, ParitySpec) and spec.reference:
        from reportgen.runner.mode_parity import run_mode_parity

        write_record(folder / RESULT, run_mode_parity(spec, folder, clock))
    elif isinstance(spec, ParitySpec):
        from reportgen.runner.parity import run_parity

        write_record(folder / RESULT, run_parity(spec, folder, clock))
    elif isinstance(spec, ProfileSpec):
        from reportgen.runner.profile import run_profile

        write_record(folder / RESULT, run_profile(spec, folder, clock))
    elif isinstance(spec, ColdStartSpec):
        from reportgen.runner.cold_start import run_cold_start

        write_record(folder / RESULT, run_cold_start(spec, folder, clock))
    elif isinstance(spec, ExperimentSpec):
        from reportgen.runner.experiment import run_experiment

        write_record(folder / RESULT, run_experiment(spec, folder, clock))
    else:
        from reportgen.runner.inference import run_inference

        write_record(folder / RESULT, run_inference(spec, folder, clock))


def main() -> None:
    """Run the child, and leave without the frameworks' own shutdown: it takes time, and nothing depends on it any more."""
    faulthandler.enable()
    if hasattr(signal, "SIGUSR1"):
        faulthandler.register(signal.SIGUSR1, all_threads=True)
    end_with_parent()
    code = ExitCode.OK
    try:
        work(Path(sys.argv[1]))
    except MemoryError:
        traceback.print_exc()
        code = ExitCode.OUT_OF_MEMORY
    except OSError as error:
        traceback.print_exc()
        code = ExitCode.DISK_FULL if is_disk_full(error) else ExitCode.FAILED
    except BaseException:
        traceback.print_exc()
        code = ExitCode.FAILED
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
