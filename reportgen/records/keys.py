"""The keys that say which runs may be compared: what is measured, and with which software. That of the machine is beside calibrations.

A workload's hash and a machine's key must agree, or nothing is compared. The software may differ: finding what a new version changes is the purpose.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from reportgen.records.environment import Software
from reportgen.records.plan import Plan

#: What a result depends on beside the machine and the workload. Everything else that is installed is in the run's environment.
SOFTWARE_PACKAGES = (
    "reportgen",
    "tensorflow",
    "keras",
    "torch",
    "torchvision",
    "numpy",
    "onnx",
    "onnxruntime",
    "ai-edge-litert",
    "openvino",
    "executorch",
)
# Enough of a digest to tell what one person measures from what another one does; a person reads it in messages.
KEY_LENGTH = 16
# Of the digest of a source; it is compared with the last one only.
SHOWN_DIGITS = 8


def digest_of(parts: object) -> str:
    """Return a key of anything that JSON can write, the same whatever the order of its keys."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:KEY_LENGTH]


def workload_parts(plan: Plan, models: Mapping[str, str]) -> dict[str, object]:
    """Return what makes two runs' workload the same, by name; ``models`` are the digests of the model code by framework.

    How often it is repeated, and with which seeds, changes how well a value is known, and not what it is the value of.
    """
    return {
        "workload": plan.workload.replace("\\", "/").rpartition("/")[2],
        "model code": dict(models),
        "data set": plan.dataset.digest,
        "hyperparameters": plan.hyperparameters.model_dump(mode="json"),
        "main modes": {name: plan.main_mode(name) for name in plan.frameworks},
        "threads": plan.threads,
        "device": plan.device,
        "start": plan.start,
        "processes": plan.processes,
    }


def relevant_software(software: Software, threads: int, code: Mapping[str, str], variables: Sequence[str] = ()) -> dict[str, str]:
    """Return the software key in full: interpreter, frameworks, runtimes, threads, and what else changes how they compute.

    ``code`` are digests, by name, of code beside the network's own that a person may change; ``variables`` say in words what the environment
    of the trials sets beyond what it always does.
    """
    packages = {name: software.packages[name] for name in SOFTWARE_PACKAGES if name in software.packages}
    digests = {name: digest[:SHOWN_DIGITS] for name, digest in code.items()}
    return {"Python": software.python, **packages, "threads": str(threads), **digests} | ({"variables": ", ".join(variables)} if variables else {})
