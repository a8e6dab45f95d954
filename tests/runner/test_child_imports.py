"""What a training process has imported in the end: its framework, with what that brings by itself, and the little that the program needs."""

import json
import os
import subprocess
import sys

import pytest

from reportgen import datasets, frameworks, workloads
from reportgen.records import TrainingSpec
from reportgen.runner.worker import STARTED_VARIABLE
from reportgen.storage import write_record

pytestmark = pytest.mark.slow

TIMEOUT_S = 600.0
# The libraries that this program is built on beside the frameworks: none but these has anything to do in a training process. pydantic and what it
# stands on read the order and check the result; psutil asks what the machine is doing.
NEEDED = {"numpy", "psutil", "pydantic", "pydantic_core", "annotated_types", "typing_inspection", "typing_extensions", "reportgen"}
WORK = """
import json, sys
from pathlib import Path
from reportgen.runner import worker
worker.work(Path(sys.argv[1]))
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""
BARE = """
import json, sys
for name in sys.argv[1:]:
    __import__(name)
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def modules(script: str, *arguments: str) -> set[str]:
    environment = os.environ | {STARTED_VARIABLE: "0", "CUDA_VISIBLE_DEVICES": "-1", "KERAS_BACKEND": "tensorflow"}
    done = subprocess.run([sys.executable, "-c", script, *arguments], env=environment, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return set(json.loads(done.stdout.splitlines()[-1])) - set(sys.stdlib_module_names)


#: What a bare program in each mode imports.
IMPORTED = {"tensorflow": ("tensorflow", "keras"), "pytorch": ("torch", "torch._dynamo")}
#: The main mode of each framework, and one that must do without what the main one needs.
CASES = [*((framework, workloads.find("mlp").modes[framework][0]) for framework in frameworks.names()), ("pytorch", "in-memory")]


@pytest.mark.parametrize(("framework", "mode"), CASES)
def test_no_child_imports_what_it_does_not_need(framework, mode, tmp_path):
    dataset = datasets.load("digits")
    stored = datasets.store(dataset, tmp_path / dataset.digest)
    folder = tmp_path / "trial"
    folder.mkdir()
    spec = TrainingSpec(
        trial="trial",
        block=1,
        attempt=1,
        position=1,
        framework=framework,
        mode=mode,
        workload="mlp",
        seed=1,
        hyperparameters=workloads.find("mlp").hyperparameters.model_copy(update={"epochs": 1}),
        threads=1,
        dataset_folder=str(stored),
        dataset_digest=dataset.digest,
        exports=(),
    )
    write_record(folder / "spec.json", spec)
    bare = modules(BARE, *IMPORTED[framework], *frameworks.find_mode(framework, mode).imports)
    extra = {name for name in modules(WORK, str(folder)) - bare - NEEDED if not name.startswith("_")}
    assert extra == set()
