"""The detector on nights that can be worked out by other means."""

import numpy as np
import pytest
from nights import series
from scipy import stats

from reportgen.analysis.history.detector import BASELINE_LEAST, LEAST_SHIFT, WINDOWS, Scale, last_shift, scan, share_scale
from reportgen.analysis.history.night_value import night_value
from reportgen.analysis.history.steps import steps
from reportgen.analysis.statistics import median_interval


def test_every_window_is_students_two_sample_test():
    values = np.log(series(50, seed=4))
    found = scan(values)
    for row, window in enumerate(WINDOWS):
        for night in (window + BASELINE_LEAST - 1, 30, 49):
            recent = values[night + 1 - window : night + 1]
            before = values[max(0, night + 1 - window - 30) : night + 1 - window]
            expected = stats.ttest_ind(recent, before, alternative="greater")
            assert found.p_higher[row, night] == pytest.approx(expected.pvalue, rel=1e-9)
            assert found.p_lower[row, night] == pytest.approx(1 - expected.pvalue, rel=1e-9)
            assert found.size[row, night] == pytest.approx(recent.mean() - before.mean(), abs=1e-12)


def test_nothing_is_said_before_there_are_ten_nights_to_compare_with():
    found = scan(np.zeros(40))
    for row, window in enumerate(WINDOWS):
        assert np.isnan(found.size[row, : window + 9]).all()
        assert not np.isnan(found.size[row, window + 9 :]).any()
    assert last_shift(np.zeros(11), Scale(), 1) is None
    assert last_shift(np.zeros(12), Scale(), 1) is not None


def test_a_size_that_never_scatters_is_flagged_two_nights_after_it_grew():
    sizes = [200_000.0] * 20 + [220_000.0] * 2
    one, two = (last_shift(np.log(sizes[:count]), Scale(), 1) for count in (21, 22))
    assert not one.flagged
    assert two.flagged
    assert two.p_value < 1e-6
    assert not last_shift(np.log(sizes), Scale(), -1).flagged
    assert not last_shift(np.log([200_000.0] * 30), Scale(), 1).flagged


def test_a_change_below_five_per_cent_is_not_flagged_however_sure():
    values = np.log([1.0, 1.0001] * 15 + [1.045] * 5)
    assert last_shift(values, Scale(), 1).p_value < 1e-9
    assert not last_shift(values, Scale(), 1).flagged
    assert np.expm1(LEAST_SHIFT) == pytest.approx(0.05)


def test_an_accuracy_is_compared_in_points_and_not_more_surely_than_its_test_images_allow():
    values = np.array([0.97] * 20 + [0.96] * 5)
    assert last_shift(values, share_scale(0.97, 10_000), -1).flagged
    # With 360 images, a hundredth is four of them.
    assert not last_shift(values, share_scale(0.97, 360), -1).flagged


@pytest.mark.parametrize("count", [1, 2, 5, 6, 9, 10, 20])
def test_a_nights_value_is_the_median_with_the_reports_interval(count):
    values = series(count, seed=count)
    found, interval = night_value(values), median_interval(np.array(values))
    assert found.centre == pytest.approx(np.median(values))
    assert (found.low, found.high) == ((None, None) if interval is None else (interval.low, interval.high))
    assert found.n == count


@pytest.mark.parametrize("values", [[], [float("nan")], [1.0, float("inf")], [float("inf"), float("-inf")]])
def test_what_is_no_value_is_refused(values):
    with pytest.raises(ValueError, match="not values"):
        night_value(values)


def test_step_lines_follow_the_levels_and_leave_quiet_series_whole():
    values = np.log(series(120, steps={40: 1.12, 80: 1 / 1.12}))
    found = steps(values)
    assert [one.first for one in found] == pytest.approx([0, 40, 80], abs=2)
    assert np.exp(found[1].level) == pytest.approx(1.12, abs=0.02)
    assert [one.last + 1 for one in found[:-1]] == [one.first for one in found[1:]]
    assert sum(len(steps(np.log(series(120, seed=seed)))) > 1 for seed in range(40)) <= 4
    assert len(steps(np.log([5.0] * 60))) == 1
    assert [one.first for one in steps(np.log([200.0] * 30 + [230.0] * 30))] == [0, 30]
    assert steps(np.zeros(0)) == ()
