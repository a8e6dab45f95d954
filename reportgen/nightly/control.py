"""The fixed control workload: ``python -m reportgen.nightly.control`` does the same work every night, and prints how long it took.

It depends on nothing that a night compares: no framework and no library, only the processor, the memory and the interpreter. When it becomes slower
together with a metric, the machine has changed, and nothing is said about the frameworks.
"""

from __future__ import annotations

import hashlib
import json
import platform
import time

# Another work would begin another series: count this up with any change below.
VERSION = 1
# Three kinds of work, about a tenth of a second each on a processor of 2020: arithmetic in registers, memory beyond every cache, the interpreter.
HASHED_BYTES = 48 * 2**20
COPIED_BYTES = 64 * 2**20
COPIES = 4
LOOPS = 1_500_000
# So many before the study and as many after it; a median shrugs off disturbed repetitions.
REPETITIONS = 6
# Work that the machine was not warm for is not measured.
WARM_UP = 1


def control_key() -> str:
    """Return what control times are comparable within: this work, and the interpreter that does it."""
    return f"{VERSION}/{platform.python_implementation()} {platform.python_version()}"


def work(memory: bytearray) -> int:
    """Do the work once, and return something that depends on all of it."""
    digest = hashlib.sha256(memoryview(memory)[:HASHED_BYTES]).digest()
    for _ in range(COPIES):
        memory = bytearray(memory)
    total = 0
    for value in range(LOOPS):
        total = (total * 31 + value) & 0xFFFFFFFF
    return total + digest[0] + memory[-1]


def measure(repetitions: int = REPETITIONS) -> tuple[float, ...]:
    """Return the seconds of each repetition, after the warm-up."""
    memory = bytearray(range(256)) * (COPIED_BYTES // 256)
    found: list[float] = []
    for _ in range(WARM_UP + repetitions):
        began = time.perf_counter()
        work(memory)
        found.append(time.perf_counter() - began)
    return tuple(found[WARM_UP:])


if __name__ == "__main__":
    print(json.dumps({"key": control_key(), "seconds": measure()}))
