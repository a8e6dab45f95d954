"""Runs compared: what is refused, what differs, what is claimed, and what keeps a claim from being made."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from builders import effective, epochs, make_records, make_training, phases, training_result, training_spec

from reportgen.analysis.across.comparable import check_comparable
from reportgen.analysis.across.compare import compare_runs
from reportgen.analysis.across.side import sides
from reportgen.analysis.study import analyse
from reportgen.errors import ReportgenError
from reportgen.records import Source


def records_of(blocks=8, *, slower=1.0, both=1.0, seed=0, cores=0.5, settings=None, **changes):
    """A run in which PyTorch is ``slower``, and all is slower by ``both``; times scatter by one per cent."""
    draw = np.random.default_rng(seed)
    trainings = []
    for block in range(1, blocks + 1):
        for framework, factor in (("tensorflow", both), ("pytorch", both * slower)):
            times = factor * draw.normal(1.0, 0.01, 3)
            wall = phases(start=0.1, **{"import": 2.0}, data=0.2, build=0.3, first_step=0.1, training=float(times.sum()), evaluation=0.5)
            used = {"effective": effective(**settings)} if settings and framework == "pytorch" else {}
            trainings.append(
                make_training(
                    block=block,
                    framework=framework,
                    epochs=epochs(*map(float, times)),
                    phases=tuple(phase.model_copy(update={"cpu_s": cores * phase.wall_s}) for phase in wall),
                    **used,
                )
            )
    return make_records(trainings, **changes)


def compared(*all_records):
    return compare_runs(sides([(f"run-{number}", records, analyse(records)) for number, records in enumerate(all_records, start=1)]))


def finding(comparison, code, position=1):
    return next(one for one in comparison.findings_of(position) if one.code == code)


def with_hardware(records, **changes):
    return replace(records, environment=records.environment.model_copy(update={"hardware": records.environment.hardware.model_copy(update=changes)}))


def with_packages(records, **packages):
    software = records.environment.software.model_copy(update={"packages": packages})
    return replace(records, environment=records.environment.model_copy(update={"software": software}))


def test_another_machine_is_refused_with_what_differs():
    with pytest.raises(ReportgenError) as caught:
        compared(records_of(), with_hardware(records_of(), usable_cpus=4, devices=("Example GPU",)))
    said = str(caught.value)
    assert "B (run-2) is not comparable with A (run-1): another hardware key" in said
    assert "usable processors (2 and 4)" in said
    assert "devices (none and Example GPU)" in said
    assert "processor (" not in said


def test_another_workload_is_refused_with_what_differs():
    other = records_of()
    plan = other.plan.model_copy(update={"threads": 2, "hyperparameters": other.plan.hyperparameters.model_copy(update={"epochs": 9})})
    with pytest.raises(ReportgenError, match=r"another workload hash: hyperparameters epochs \(3 and 9\) and threads \(1 and 2\)"):
        compared(records_of(), replace(other, plan=plan))


def test_another_network_is_another_workload():
    def printed(digest):
        source = (Source(title="Model", module="example", text="pass\n", sha256=digest),)
        trainings = [
            make_training(block=block, framework=framework, sources=source if framework == "pytorch" else ())
            for block in range(1, 7)
            for framework in ("tensorflow", "pytorch")
        ]
        return make_records(trainings)

    with pytest.raises(ReportgenError, match=r"model code pytorch \(aaaaaaaa and bbbbbbbb\)"):
        compared(printed("a" * 64), printed("b" * 64))


def test_every_run_that_is_not_comparable_is_named():
    runs = [records_of(), with_hardware(records_of(), usable_cpus=4), with_hardware(records_of(), memory_bytes=2**36)]
    with pytest.raises(ReportgenError, match=r"(?s)B \(run-2\).*usable processors.*C \(run-3\).*memory"):
        check_comparable(sides([(f"run-{number}", one, analyse(one)) for number, one in enumerate(runs, start=1)]))


def test_a_slower_version_is_claimed_with_both_counts():
    comparison = compared(with_packages(records_of(8), torch="2.14.1"), with_packages(records_of(7, slower=1.2, seed=1), torch="2.15.0"))
    assert [(row.name, row.values) for row in comparison.software] == [("torch", ("2.14.1", "2.15.0"))]
    claim = finding(comparison, "training_time:pytorch")
    assert claim.outcome == "claim"
    assert claim.primary
    assert claim.n == 7
    assert claim.sentence.startswith("PyTorch in A trained 1.2")
    assert claim.sentence.endswith("n = 7 and 8")
    assert claim.interval.low > 1.02
    assert "not paired" in claim.interval.method
    assert finding(comparison, "training_time:tensorflow").outcome == "no difference shown"
    assert finding(comparison, "accuracy:pytorch").sentence.startswith("no claim: the repetitions do not scatter")


def test_claims_are_adjusted_over_all_runs_and_metrics():
    two, three = compared(records_of(), records_of(seed=1)), compared(records_of(), records_of(seed=1), records_of(seed=2))
    assert len(three.findings_of(2)) == len(three.findings_of(1)) == len(two.findings_of(1))
    code = "training_time:tensorflow"
    assert finding(three, code).adjusted_p >= finding(two, code).adjusted_p
    assert finding(three, code).interval.level >= finding(two, code).interval.level


def test_a_difference_within_the_noise_of_the_machine_is_none():
    comparison = compared(records_of(30), records_of(30, both=1.025, seed=1))
    assert finding(comparison, "training_time:tensorflow").outcome == "within noise floor"


def test_few_blocks_describe():
    comparison = compared(records_of(8), records_of(5, slower=1.5, seed=1))
    one = finding(comparison, "training_time:pytorch")
    assert one.outcome == "suppressed"
    assert "5 blocks (a claim needs 6)" in one.sentence
    assert one.interval is not None


def test_more_cores_are_no_faster_version():
    one = finding(compared(records_of(), records_of(both=0.5, cores=0.9, seed=1)), "training_time:tensorflow")
    assert "unequal effective cores: TensorFlow in B 0.90, TensorFlow in A 0.50" in one.sentence


def test_other_defaults_of_a_version_are_no_faster_version():
    settings = {"settings": {"learning_rate": 0.01, "epsilon": 1e-7}, "loss": "cross-entropy from logits", "device": "CPU"}
    comparison = compared(records_of(), records_of(slower=2.0, settings=settings, seed=1))
    assert "parity failed: Learning rate not alike in both runs" in finding(comparison, "training_time:pytorch").sentence
    assert [row.name for row in comparison.settings] == ["PyTorch: Learning rate"]
    assert finding(comparison, "training_time:tensorflow").outcome == "no difference shown"


def test_a_run_that_changed_its_own_environment_allows_no_claim():
    records = with_packages(records_of(slower=1.5, seed=1), torch="1")
    later = with_packages(records, torch="2").environment
    one = finding(compared(records_of(), replace(records, later_environments=(later,))), "training_time:pytorch")
    assert "in B: another environment: torch changed" in one.sentence


def test_the_ratio_of_the_frameworks_needs_their_parity_in_both_runs():
    one = finding(compared(records_of(), records_of(slower=1.5, seed=1)), "ratio:training_time")
    assert "in A: no parity check" in one.sentence
    assert "in B: no parity check" in one.sentence
    assert one.ratio == pytest.approx(1.5, rel=0.02)
    assert one.noise_floor.value == pytest.approx(1.02**2 - 1)


def test_both_frameworks_slower_looks_like_another_state_of_the_machine(monkeypatch):
    from reportgen.analysis.across import guards

    monkeypatch.setattr(guards, "parity_guard", lambda checks, metric: guards.Guard(name="programs match", passed=True, reason="shown"))
    together = compared(records_of(), records_of(both=1.3, seed=1))
    assert ["Another state of the machine" in notice for notice in together.notices] == [True]
    assert compared(records_of(), records_of(slower=1.3, seed=1)).notices == ()


def test_what_is_configured_differently_is_listed_and_the_rest_named():
    first, other = records_of(8), records_of(6, seed=1)
    comparison = compared(first, replace(other, plan=other.plan.model_copy(update={"seed": 5, "timeout_s": 9.0})))
    rows = {row.name: row.values for row in comparison.configuration}
    assert rows["Blocks"] == ("8 of 8", "6 of 6")
    assert rows["Seed"] == ("11", "5")
    assert rows["Time limit of a trial"] == ("60 s", "9 s")
    assert "Preset" in comparison.alike


def test_a_mode_that_one_run_has_not_is_shown_and_not_compared():
    records = records_of()
    modes = {"tensorflow": ("keras-fit", "graph"), "pytorch": ("dataloader",)}
    further = []
    for block in range(1, 9):
        spec = training_spec(block=block, framework="tensorflow", mode="graph")
        further.append(make_training(block=block, framework="tensorflow", mode="graph", epochs=training_result(spec).epochs))
    more = replace(records, plan=records.plan.model_copy(update={"modes": modes}), further=tuple(further))
    comparison = compared(records_of(), more)
    (metric,) = (one for one in comparison.metrics if one.code == "mode_training_time:tensorflow:graph")
    assert metric.summaries[0] is None
    assert metric.summaries[1].n == 8
    assert metric.findings == (None,)


def test_runs_of_one_framework_are_compared_without_a_ratio():
    def alone(seed, slower):
        trainings = [one for one in records_of(seed=seed, slower=slower).trainings if one.spec.framework == "pytorch"]
        return make_records(trainings)

    comparison = compared(alone(0, 1.0), alone(1, 1.2))
    assert finding(comparison, "training_time:pytorch").outcome == "claim"
    assert {one.code.partition(":")[2] for one in comparison.metrics} == {"pytorch"}
    assert comparison.notices == ()


def test_every_kind_of_metric_is_compared():
    comparison = compared(records_of(), records_of(seed=1))
    codes = {one.metric for one in comparison.metrics}
    assert codes == {"training_time", "steady_epoch_time", "cold_start", "test_set_inference", "latency", "accuracy", "ratio"}
    assert {one.unit for one in comparison.metrics} == {"s", "fraction", "ratio"}
