"""How fast the tuned modes train, beside programs as a student writes them: baseline, tuned, baseline, tuned, each in a fresh process.

``python -m benchmarks.speed --help`` says what can be chosen; README.md says how to read the table.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from benchmarks.arithmetic import NETWORKS, Limit
from benchmarks.data import first_images, write_for_students
from benchmarks.pairs import Comparison, compare
from benchmarks.programs import run_baseline, run_module, run_tuned
from benchmarks.table import table
from reportgen import datasets, frameworks, modes, workloads


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed")
    parser.add_argument("--workload", action="append", choices=tuple(NETWORKS), help="may be given several times; all without it")
    parser.add_argument("--framework", action="append", choices=frameworks.names(), help="may be given several times; all without it")
    parser.add_argument("--mode", help="a mode's name instead of the tuned one; needs one --framework")
    parser.add_argument("--repeats", type=int, default=3, help="pairs of runs")
    parser.add_argument("--epochs", type=int, default=3, help="of which the first does not count")
    parser.add_argument("--images", type=int, help="only the first so many training images")
    parser.add_argument("--cnn-images", type=int, default=12_800, help="the same for the convolutional network alone")
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


def measure(workload: str, framework: str, chosen: argparse.Namespace, data: Path, images: int) -> Comparison:
    """Run the pairs of one workload and framework."""
    mode = chosen.mode or modes.tuned(workloads.find(workload), framework)
    size, threads = chosen.batch_size, chosen.threads
    pairs = []
    for repeat in range(chosen.repeats):
        print(f"{workload}, {framework}, {mode}: pair {repeat + 1} of {chosen.repeats}", flush=True)
        baseline = run_baseline(workload, framework, data, chosen.epochs, size, threads)
        pairs.append((baseline, run_tuned(workload, framework, mode, data, chosen.epochs, size, threads)))
    limit = Limit(**json.loads(run_module("benchmarks.limits", [workload, str(size)])))
    return compare(pairs, workload=workload, framework=framework, mode=mode, images=images, batch_size=size, limit=limit)


def main() -> None:
    """Measure what was asked for, and print the table."""
    chosen = parse()
    dataset = datasets.load("mnist")
    comparisons = []
    with tempfile.TemporaryDirectory() as folder:
        for workload in chosen.workload or NETWORKS:
            wanted = chosen.images or (chosen.cnn_images if workload == "cnn" else None)
            arrays = first_images(dataset, wanted)
            data = Path(folder) / str(len(arrays.train_labels))
            write_for_students(arrays, data)
            comparisons += [
                measure(workload, framework, chosen, data, len(arrays.train_labels)) for framework in chosen.framework or frameworks.names()
            ]
    print(table(comparisons))


if __name__ == "__main__":
    main()
