"""What of a run becomes a night: read from the example run, whose results are known."""

from pathlib import Path

import pytest

from reportgen.analysis.history.cells import measurement_problems, night_cells
from reportgen.analysis.results import Summary
from reportgen.nightly.night import make_night, results_of
from reportgen.records import Record
from reportgen.runs import Run

EXAMPLE = Path(__file__).parents[2] / "docs" / "example-run"


@pytest.fixture(scope="module")
def results():
    return results_of(Run(EXAMPLE))


def test_every_metric_that_is_judged_is_there_with_its_raw_values(results):
    cells = {one.code: one for one in night_cells(results)}
    assert len(cells) == len(night_cells(results))
    for framework in results.frameworks:
        assert cells[f"training_time:{framework.name}"].values == framework.training_time.values
        assert cells[f"epoch_time:{framework.name}"].values == framework.steady_epoch_time.values
        assert cells[f"cold_start:{framework.name}"].values == framework.cold_start.values
        accuracy = cells[f"accuracy:{framework.name}"]
        assert (accuracy.values, accuracy.worse, accuracy.test_count) == (framework.accuracy.values, "lower", results.dataset.test_count)
    for export in results.exports:
        assert cells[f"export_size:{export.framework}:{export.format}"].values == (export.size_bytes,)
        assert cells[f"export_latency:{export.framework}:{export.format}"].values == export.inference.latency_median.values
    first, second = results.frameworks
    expected = [b / a for a, b in zip(first.training_time.values, second.training_time.values, strict=True)]
    assert cells["ratio:training_time"].values == pytest.approx(expected)
    assert cells["ratio:training_time"].parts == (f"training_time:{second.name}", f"training_time:{first.name}")
    assert all(code.startswith(one.metric) for code, one in cells.items())


def test_a_measured_value_that_is_new_is_followed_too(results):
    class Rate(Record):
        batch_size: int
        images_per_s: Summary

    class Wider(type(results.exports[0])):
        warm_up: Summary
        rates: tuple[Rate, ...]

    summary = results.frameworks[0].training_time
    rates = [Rate(batch_size=size, images_per_s=summary.model_copy(update={"unit": "1/s", "values": (float(size),)})) for size in (1, 64, 8)]
    wider = Wider.model_validate({**dict(results.exports[0]), "warm_up": summary, "rates": tuple(rates)})
    cells = {one.code: one for one in night_cells(results.model_copy(update={"exports": (wider,)}))}
    key = f"{wider.framework}:{wider.format}"
    assert cells[f"export_warm_up:{key}"].worse == "higher"
    assert cells[f"export_warm_up:{key}"].title.startswith("Warm up, ")
    assert cells[f"export_rates:{key}"].worse == "lower"
    assert cells[f"export_rates:{key}"].values == (64.0,), "of several batch sizes the largest"


def test_an_export_that_does_not_agree_has_a_size_and_no_speed_and_is_a_problem(results):
    wrong = results.exports[0].model_copy(update={"agrees": False})
    changed = results.model_copy(update={"exports": (wrong,)})
    assert [one.metric for one in night_cells(changed) if one.metric.startswith("export")] == ["export_size"]
    (problem,) = measurement_problems(changed)
    assert wrong.title in str(problem)


def test_a_training_that_diverged_is_left_out_and_lost_blocks_are_told(results):
    first = results.frameworks[0]
    endless = first.model_copy(update={"training_time": first.training_time.model_copy(update={"values": (float("nan"),) * 6})})
    codes = {one.code for one in night_cells(results.model_copy(update={"frameworks": (endless, *results.frameworks[1:])}))}
    assert f"training_time:{first.name}" not in codes
    assert "ratio:training_time" not in codes
    short = results.model_copy(update={"complete_blocks": 4, "complete": False})
    assert [str(one) for one in measurement_problems(short)] == ["2 of 6 blocks were not measured."]
    assert measurement_problems(results) == ()


def test_a_night_is_made_of_its_run_and_can_be_read_back(results):
    night = make_night(Run(EXAMPLE), results)
    assert type(night).model_validate_json(night.model_dump_json()) == night
    assert night.workload == "mlp"
    assert night.software["torch"]
    assert len(night.workload_hash) == len(night.hardware_key) == 16
    assert night.control is None
