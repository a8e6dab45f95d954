"""How often the detector raises a false alarm, how many steps it finds, and how soon: shown on its own code, with nights drawn by chance.

3 % of noise and 60 nights are what the method was designed for; a night that is flagged is measured again at once, with a value of its own.
"""

from dataclasses import dataclass

import numpy as np
import pytest

from reportgen.analysis.history.detector import BASELINE_MOST, LEAST_SHIFT, WINDOWS, scan
from reportgen.analysis.history.series import CellSeries
from reportgen.analysis.history.verdict import Repeated, cell_verdicts, flags
from reportgen.records.night import CellKind

NIGHTS, NOISE, CONTROL_NOISE = 60, 0.03, 0.01
QUIET, STEPPED = 1200, 300
FIRST_SLOW = 40
LOOK_BACK = BASELINE_MOST + max(WINDOWS)
KIND = CellKind(code="training_time:x", metric="training_time", title="Training time", framework="x", unit="s", worse="higher")


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Over many series: the share with a flagged night, the share with an alarm, and the nights from the step to the alarm."""

    flagged: float
    alarmed: float
    delays: tuple[int, ...]


def alarm_of(values, again, control, control_again):
    """Return whether a series is ever flagged, and on which night its first alarm is, or None."""
    flagged = False
    for night in np.flatnonzero(scan(np.log(values)).flagged(1, LEAST_SHIFT).any(axis=0)):
        past = slice(max(0, night + 1 - LOOK_BACK), night + 1)
        series = CellSeries(kind=KIND, centres=values[past])
        found = flags([series])
        flagged = flagged or bool(found)
        repeated = Repeated(centres={KIND.code: float(again[night])}, control=float(control_again[night]))
        if found and cell_verdicts([series], found, repeated, control[past])[0].outcome == "regression":
            return flagged, int(night)
    return flagged, None


def simulate(count, step=0.0, control_step=0.0, seed=1):
    draw = np.random.default_rng(seed)
    results = []
    for _ in range(count):
        values, again = np.exp(draw.normal(0, NOISE, (2, NIGHTS)))
        control, control_again = np.exp(draw.normal(0, CONTROL_NOISE, (2, NIGHTS)))
        for series, size in ((values, step), (again, step), (control, control_step), (control_again, control_step)):
            series[FIRST_SLOW:] *= 1 + size
        results.append(alarm_of(values, again, control, control_again))
    alarms = [night for _, night in results if night is not None]
    return Outcome(
        flagged=sum(flagged for flagged, _ in results) / count,
        alarmed=len(alarms) / count,
        delays=tuple(night - FIRST_SLOW + 1 for night in alarms if night >= FIRST_SLOW),
    )


@pytest.fixture(scope="module")
def quiet():
    return simulate(QUIET)


def test_a_quiet_series_of_60_nights_raises_a_false_alarm_once_in_60_at_most(quiet):
    assert quiet.alarmed <= 1 / 60


def test_measuring_again_at_once_is_what_keeps_alarms_rare(quiet):
    assert quiet.flagged > 3 * quiet.alarmed
    assert quiet.flagged < 0.10


def test_a_step_of_ten_per_cent_is_found_and_soon():
    found = simulate(STEPPED, step=0.10)
    assert found.alarmed == 1.0
    assert np.median(found.delays) == 2
    assert np.quantile(found.delays, 0.95) <= 5


def test_a_step_below_the_least_that_counts_is_seldom_an_alarm():
    assert simulate(STEPPED, step=0.02).alarmed < 0.10


def test_a_machine_that_became_slower_raises_no_alarm_about_a_framework():
    found = simulate(STEPPED, step=0.10, control_step=0.10)
    assert found.flagged == 1.0
    assert found.alarmed <= 0.05


def test_a_limit_against_the_night_before_alone_would_be_useless():
    draw = np.random.default_rng(1)
    values = draw.normal(0, NOISE, (QUIET, NIGHTS))
    assert np.mean((np.diff(values) > np.log(1.07)).any(axis=1)) > 0.9
