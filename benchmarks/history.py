"""What a long history costs: ``python -m benchmarks.history`` makes nights, and prints time and memory of verdict and trend page.

The nights are made up (noise of 3 %, a step of 10 % in the last of them) and lie on disk as real ones do. Each number of nights is measured in a
process of its own: with the index to be made anew from all nights, as it is, with one more night, and damaged.
"""

from __future__ import annotations

import argparse
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from reportgen.nightly.history import Damaged, ask
from reportgen.nightly.index import INDEX
from reportgen.nightly.judging import judge
from reportgen.nightly.night import NIGHT
from reportgen.nightly.queries import night_called
from reportgen.nightly.trends import all_trends
from reportgen.records.night import Control, NightCell, NightRecord
from reportgen.report.trend.page import write_trend_page

NUMBERS = (10, 1000, 10_000)
BLOCKS = 10
NOISE = 0.03
STEP = 0.10
# As many metrics as the built-in study has with its exports and tuned modes.
METRICS = 26
FIRST = datetime(2000, 1, 1, 2, 30, tzinfo=UTC)
MEBIBYTE = 2**20
PAGE = "trend.html"


def night(index: int, count: int, draw: np.random.Generator) -> NightRecord:
    """Return a made-up night."""
    level = 1 + STEP if index >= count - 5 else 1.0
    cells = tuple(
        NightCell(
            code=f"training_time:framework-{metric}",
            metric="training_time",
            title=f"Training time {metric}",
            framework=f"framework-{metric % 2}",
            unit="s",
            worse="higher",
            values=tuple(level * np.exp(draw.normal(0, NOISE) + draw.normal(0, 0.01, BLOCKS))),
        )
        for metric in range(METRICS)
    )
    return NightRecord(
        run=f"night-{index:05d}",
        created_at=(FIRST + timedelta(days=index)).isoformat(timespec="milliseconds"),
        host_name="made up",
        workload="mlp",
        workload_title="Multilayer perceptron",
        dataset="digits",
        workload_hash="0" * 16,
        hardware_key="1" * 16,
        hardware="made up",
        software={"Python": "3.11", "torch": f"2.{index // 50}"},
        planned_blocks=BLOCKS,
        complete_blocks=BLOCKS,
        cells=cells,
        control=Control(key="1", seconds=tuple(np.exp(draw.normal(0, 0.01, 6)))),
    )


def make_nights(runs: Path, count: int) -> None:
    """Write nights below ``runs``."""
    draw = np.random.default_rng(1)
    for index in range(count):
        made = night(index, count, draw)
        write_night(runs, made.run, made.model_dump_json())


def write_night(runs: Path, name: str, text: str) -> None:
    """Write one night."""
    (runs / name).mkdir()
    (runs / name / NIGHT).write_text(text)


def measured(runs: Path) -> dict[str, float]:
    """Return what index, verdict and page take in this process, in seconds, and the most memory that it used."""
    newest = max(runs.glob("night-*")).name
    began, processor_began = time.perf_counter(), time.process_time()

    def question(connection: sqlite3.Connection, _left_out: tuple[Damaged, ...]) -> dict[str, float]:
        found = time.perf_counter()
        night = night_called(connection, newest)
        assert night is not None
        said = judge(connection, night).verdicts
        assert len(said) == METRICS
        decided = time.perf_counter()
        write_trend_page(runs / PAGE, all_trends(connection), "made up", ())
        return {"index": found - began, "verdict": decided - found, "page": time.perf_counter() - decided}

    found = ask(runs, question)
    return found | {
        "processor": time.process_time() - processor_began,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEBIBYTE,
        "page_size": (runs / PAGE).stat().st_size / MEBIBYTE,
    }


def main() -> None:
    """Measure what is asked for, and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nights", type=int, action="append", help=f"how many; once for each number [default: {', '.join(map(str, NUMBERS))}]")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measured(options.measure)))
        return
    print(f"{METRICS} metrics; seconds for index, verdict, trend page, together, of a processor; MiB of memory, of the page")
    for count in options.nights or NUMBERS:
        with tempfile.TemporaryDirectory() as folder:
            runs = Path(folder)
            make_nights(runs, count)
            show(runs, count, "index made anew")
            show(runs, count, "index at hand")
            newest = max(runs.glob("night-*")) / NIGHT
            later = json.loads(newest.read_text()) | {"created_at": (FIRST + timedelta(days=count)).isoformat(timespec="milliseconds")}
            write_night(runs, f"night-{count:05d}", json.dumps(later))
            show(runs, count + 1, "index a night old")
            (runs / INDEX).write_bytes(b"not an index")
            show(runs, count + 1, "index damaged")


def show(runs: Path, count: int, label: str) -> None:
    """Measure in a process of its own, and print what it took."""
    command = [sys.executable, "-m", "benchmarks.history", "--measure", str(runs)]
    answer = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    parts = [answer[name] for name in ("index", "verdict", "page")]
    print(
        f"{count:6} nights, {label:18}{' '.join(f'{part:7.2f}' for part in parts)} {sum(parts):7.2f} s{answer['processor']:7.2f} s"
        f"{answer['memory']:8.0f} MiB{answer['page_size']:7.2f} MiB",
        flush=True,
    )


if __name__ == "__main__":
    main()
