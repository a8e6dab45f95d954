"""What each framework really used, side by side: the table that shows an unequal comparison before any result does."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.analysis.results import SettingRow
from reportgen.language import gettext
from reportgen.records import Effective, TrainingResult

# Keras keeps settings as float32, which has 7 significant digits; below that, two values are the same number.
SIGNIFICANT_DIGITS = 6


def setting_rows(results: Sequence[TrainingResult]) -> tuple[SettingRow, ...]:
    """Return one row for each setting, from one trial of each framework."""
    described = [describe(result) for result in results]
    names = dict.fromkeys(name for values in described for name in values)
    return tuple(row(name, tuple(values.get(name, gettext("not set")) for values in described)) for name in names)


def row(name: str, values: tuple[str, ...]) -> SettingRow:
    """Return a row, with whether all values are the same."""
    return SettingRow(name=name, values=values, same=len(set(values)) == 1)


def describe(result: TrainingResult) -> dict[str, str]:
    """Return the settings of one trial as text, in the order in which a reader looks for them."""
    effective: Effective = result.effective
    return {
        "Optimiser": effective.optimizer,
        **{title(name): f"{value:.{SIGNIFICANT_DIGITS}g}" for name, value in effective.settings.items()},
        "Loss": effective.loss,
        "Batch size": str(effective.batch_size),
        "Steps per epoch": str(effective.steps_per_epoch),
        "Epochs": str(len(result.epochs)),
        "New random order every epoch": "yes" if effective.shuffled else "no",
        "Initial values of the weights": initial_ranges(result),
        "Start of a block": gettext("weights and order shared") if result.start_digest else gettext("weights and order of its own"),
        "Trainable parameters": str(result.parameter_count),
        "Number type": effective.dtype,
        "Device": f"{effective.device}: {effective.device_name}" if effective.device_name else effective.device,
        "TensorFloat-32": on_or_off(effective.tensor_float_32, gettext("no such units")),
        "Mixed precision": on_or_off(effective.mixed_precision, gettext("not read back")),
        "Threads within an operation": str(effective.intra_op_threads),
        "Threads between operations": str(effective.inter_op_threads),
    }


def on_or_off(setting: bool | None, unknown: str) -> str:
    """Return a switch as a reader knows it."""
    return unknown if setting is None else "on" if setting else "off"


def title(name: str) -> str:
    """Return the name of an optimiser's setting as a reader knows it."""
    known = {
        "beta_1": gettext("\u03b2\u2081 (decay of the mean)"),
        "beta_2": gettext("\u03b2\u2082 (decay of the square)"),
        "epsilon": gettext("\u03b5 (epsilon)"),
    }
    return known.get(name, name.replace("_", " ").capitalize())


def initial_ranges(result: TrainingResult) -> str:
    """Return the ranges of the initial values, array by array, to two digits: the bound of a uniform distribution shows at that precision."""
    return ", ".join(initial_range(parameter.initial_minimum, parameter.initial_maximum) for parameter in result.parameters)


def initial_range(low: float, high: float) -> str:
    """Return one range, as plus or minus its bound where it is symmetrical."""
    if low == high == 0:
        return "0"
    if f"{-low:.2f}" == f"{high:.2f}":
        return f"±{high:.2f}"
    return gettext("{low:.2f} to {high:.2f}", low=low, high=high).replace("-", "\N{MINUS SIGN}")
