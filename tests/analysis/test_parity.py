from __future__ import annotations

import json
from dataclasses import replace

import pytest
from builders import failed_result, make_plan, make_records, make_training, parity_arrays, parity_result, parity_spec

from reportgen.analysis.inputs import Failure, ParityTrial, RunRecords
from reportgen.analysis.parity import ALONE, NOT_CHECKED, loss_trajectories, parity_checks
from reportgen.analysis.study import analyse
from reportgen.records import Precision


def trial(framework: str, precision: Precision) -> ParityTrial:
    spec = parity_spec(framework=framework, precision=precision)
    return ParityTrial(spec=spec, result=parity_result(spec), arrays=parity_arrays(spec))


def records(*missing: tuple[str, Precision]) -> RunRecords:
    pairs: list[tuple[str, Precision]] = [(framework, precision) for precision in ("float32", "float64") for framework in ("tensorflow", "pytorch")]
    found = make_records([make_training(framework=framework) for framework in ("tensorflow", "pytorch")])
    parity = tuple(trial(*pair) for pair in pairs if pair not in missing)
    return replace(found, plan=make_plan(blocks=1, parity=True), parity=parity)


def test_sound_frameworks_pass_and_nothing_is_said_of_it_in_the_notices() -> None:
    results = analyse(records())
    assert results.parity
    assert not any(check.withholds_claims for check in results.parity)
    assert results.notices == ()


def test_a_framework_that_did_not_show_its_part_is_named_with_the_cause() -> None:
    spec = parity_spec(framework="pytorch", precision="float64")
    failure = Failure(spec=spec, result=failed_result(spec, cause="it has no float64"), repeated=False)
    results = analyse(replace(records(("pytorch", "float64")), failures=(failure,)))
    missing = [check for check in results.parity if check.outcome == "not comparable"]
    assert {check.precision for check in missing} == {"float64"}
    assert {check.detail for check in missing} == {"PyTorch did not show what it computes in float64: it has no float64."}
    (row,) = results.failed_trials
    assert row.block is None


def test_a_missing_record_is_said_to_be_missing() -> None:
    checks = parity_checks(records(("tensorflow", "float32")))
    assert "missing or damaged" in checks[0].detail


def test_a_failed_check_is_told_in_the_notices_by_its_code() -> None:
    found = records()
    changed = replace(found.parity[1], result=found.parity[1].result.model_copy(update={"read_back_digest": "other"}))
    results = analyse(replace(found, parity=(found.parity[0], changed, *found.parity[2:])))
    (notice,) = results.notices
    assert "P03" in notice
    assert "PyTorch" in notice


def test_one_framework_alone_is_compared_with_none() -> None:
    results = analyse(make_records([make_training()]))
    assert {(check.outcome, check.detail) for check in results.parity} == {("skipped", ALONE)}
    assert NOT_CHECKED not in results.notices


def test_a_run_from_before_there_were_checks_says_so() -> None:
    results = analyse(make_records([make_training(framework=framework) for framework in ("tensorflow", "pytorch")]))
    assert results.parity == results.parity_losses == ()
    assert NOT_CHECKED in results.notices


def test_losses_of_both_frameworks_with_the_noise_floor() -> None:
    found = loss_trajectories(records())
    assert [(one.optimizer, one.precision) for one in found] == [
        (name, precision) for precision in ("float32", "float64") for name in ("SGD", "Adam, one formula", "Adam")
    ]
    for one in found:
        assert one.frameworks == ("tensorflow", "pytorch")
        assert len(one.losses[0]) == len(one.difference) == len(one.noise_floor) == 4
        assert one.difference == (0, 0, 0, 0)
        assert list(one.noise_floor) == sorted(one.noise_floor)
        assert one.noise_floor[-1] > 0


def test_results_with_parity_are_standard_json() -> None:
    text = analyse(records()).model_dump_json()
    json.loads(text, parse_constant=lambda constant: pytest.fail(f"{constant} is no JSON"))
