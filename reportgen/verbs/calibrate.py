"""``calibrate``: how much each framework differs from itself on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from reportgen.verbs.options import quiet_option


@click.command()
@click.argument("config", required=False, type=click.Path(path_type=Path))
@click.option("--blocks", type=click.IntRange(min=2), help="Repetitions: each block trains every framework twice. [default: 10]")
@click.option("--epochs", type=int, help="Passes over the training data in each trial. [default: 3]")
@click.option("--dataset", help="Data set: mnist, digits, auto (MNIST where it can be had), or the path of your own.")
@quiet_option
def calibrate(config: Path | None, blocks: int | None, quiet: bool, **flags: Any) -> None:
    """Measure how much each framework differs from itself on this machine: no smaller difference is claimed afterwards."""
    from reportgen.calibrate_command import calibrate as calibrate_machine
    from reportgen.calibration import STANDARD_BLOCKS
    from reportgen.config import load_config

    loaded = load_config(config, {f"study.{name}": flags[name] for name in ("epochs", "dataset")})
    calibrate_machine(loaded, STANDARD_BLOCKS if blocks is None else blocks, quiet)


VERBS = (calibrate,)
