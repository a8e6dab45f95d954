"""Variants in the analysis: compared with their framework block by block, claimed only where both showed that they compute the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from builders import (
    MODES,
    effective,
    epochs,
    failed_result,
    make_plan,
    make_records,
    make_training,
    parity_arrays,
    parity_result,
    parity_spec,
    phases,
    training_spec,
)

from reportgen.analysis.history.cells import night_cells
from reportgen.analysis.inputs import Failure, ModeTitle, ParityTrial
from reportgen.analysis.study import analyse
from reportgen.nightly.again import plan_again
from reportgen.records import Variant
from reportgen.records.night import CellKind
from reportgen.variants import qualified, with_variants

NEXT = Variant(name="next", frameworks=("pytorch",), python="/other/python", software={"Python": "3.12.1", "torch": "2.15.0"})
PLAIN = Variant(name="plain", frameworks=("pytorch",), environment={"X": "1"})
BLOCKS = 8


def trial(block, framework, factor, draw, mode="", version="1.2.3"):
    times = factor * draw.normal(1.0, 0.01, 3)
    wall = phases(start=0.1, **{"import": 2.0}, data=0.2, build=0.3, first_step=0.1, training=float(times.sum()), evaluation=0.5)
    return make_training(
        block=block,
        framework=framework,
        mode=mode,
        epochs=epochs(*map(float, times)),
        phases=wall,
        versions={framework: version},
        effective=effective(),
    )


def shown(mode, precision, **changes):
    """What PyTorch computes in a mode: always the same, unless told otherwise."""
    spec = parity_spec(framework="pytorch", precision=precision).model_copy(update={"mode": mode, "reference": "", "trial": f"p-{mode}-{precision}"})
    return ParityTrial(spec=spec, result=parity_result(spec), arrays=parity_arrays(spec) | changes)


def records_of(variants=(NEXT,), factors=(0.8,), frameworks=("tensorflow", "pytorch"), parity=None, seed=0):
    draw = np.random.default_rng(seed)
    main = MODES["pytorch"][0]
    trainings = [trial(block, framework, 1.0, draw) for block in range(1, BLOCKS + 1) for framework in frameworks]
    names = [qualified(main, one.name) for one in variants]
    contenders = [(block, name, factor) for block in range(1, BLOCKS + 1) for name, factor in zip(names, factors, strict=True)]
    further = [trial(block, "pytorch", factor, draw, mode=name, version="9.9") for block, name, factor in contenders]
    plan = make_plan(blocks=BLOCKS, frameworks=frameworks)
    modes = with_variants({name: MODES[name] for name in frameworks}, variants)
    titles = {(framework, mode): ModeTitle(title=mode.replace("@", ", "), description="") for framework in frameworks for mode in modes[framework]}
    records = make_records(trainings)
    shows = parity if parity is not None else [shown(mode, precision) for mode in (main, *names) for precision in ("float32", "float64")]
    return replace(
        records,
        plan=plan.model_copy(update={"modes": modes, "variants": tuple(variants)}),
        titles=replace(records.titles, modes=titles),
        further=tuple(further),
        parity=tuple(shows),
    )


def finding(results, code):
    return next(one for one in results.findings if one.code == code)


def test_a_faster_version_is_claimed_and_described():
    results = analyse(records_of())
    claim = finding(results, "variant_training_time:pytorch@next")
    assert claim.outcome == "claim"
    assert claim.sentence.startswith("PyTorch (dataloader, next) trained 1.2")
    assert claim.sentence.endswith("n = 8")
    assert not claim.primary
    assert "paired" in claim.interval.method
    (one,) = results.variants
    assert (one.name, one.software, dict(one.environment)) == ("next", NEXT.software, {})
    (way,) = one.ways
    assert (way.framework, way.n, dict(way.versions)) == ("pytorch", BLOCKS, {"pytorch": "9.9"})
    assert way.speedup == pytest.approx(1.25, rel=0.02)
    assert way.parity == "shown"


def test_every_time_and_the_accuracy_are_compared_and_modes_stay_modes():
    results = analyse(records_of())
    codes = {one.code for one in results.findings if one.metric.startswith("variant_")}
    names = ("training_time", "steady_epoch_time", "cold_start", "test_set_inference", "latency", "accuracy")
    assert codes == {f"variant_{name}:pytorch@next" for name in names}
    assert results.modes == (), "a variant is no way of driving a framework"
    assert [one.code for one in results.findings if one.primary] == ["training_time", "accuracy"]


def test_variants_of_one_framework_are_compared_with_each_other():
    results = analyse(records_of((NEXT, PLAIN), (0.8, 1.2)))
    between = finding(results, "variant_training_time:pytorch@next@plain")
    assert between.outcome == "claim"
    assert between.ratio == pytest.approx(0.8 / 1.2, rel=0.02)
    plain = finding(results, "variant_training_time:pytorch@plain")
    assert plain.outcome == "claim"
    assert plain.ratio == pytest.approx(1 / 1.2, rel=0.02)


def test_one_framework_in_two_versions_is_a_study():
    results = analyse(records_of(frameworks=("pytorch",)))
    assert finding(results, "variant_training_time:pytorch@next").outcome == "claim"


def test_a_version_that_computes_something_else_is_not_claimed_to_be_faster():
    main, name = MODES["pytorch"][0], qualified(MODES["pytorch"][0], "next")
    wrong = [shown(name, precision, logits=parity_arrays(parity_spec(precision=precision))["logits"] + 0.1) for precision in ("float32", "float64")]
    sound = [shown(main, precision) for precision in ("float32", "float64")]
    results = analyse(records_of(parity=[*sound, *wrong]))
    assert finding(results, "variant_training_time:pytorch@next").sentence.startswith("no claim: parity failed")
    assert results.variants[0].ways[0].parity != "shown"
    assert any("dataloader, next" in notice and "failed" in notice for notice in results.notices)


def test_a_version_that_showed_nothing_is_not_claimed_to_be_faster():
    results = analyse(records_of(parity=[shown(MODES["pytorch"][0], precision) for precision in ("float32", "float64")]))
    one = finding(results, "variant_training_time:pytorch@next")
    assert one.outcome == "suppressed"
    assert "parity" in one.sentence


def test_a_variant_that_failed_costs_nothing_else():
    records = records_of()
    spec = training_spec(block=1, framework="pytorch", mode=qualified("dataloader", "next"))
    broken = Failure(spec=spec, result=failed_result(spec, cause="no such kernel"), repeated=False)
    results = analyse(replace(records, further=(), failures=(broken,)))
    (way,) = results.variants[0].ways
    assert (way.n, str(way.failure)) == (0, "no such kernel")
    assert not [one for one in results.findings if one.metric.startswith("variant_")]
    assert results.complete_blocks == BLOCKS


def test_a_variant_is_followed_over_nights_and_measured_again_where_it_was_flagged():
    records = records_of()
    code = "training_time:pytorch:dataloader@next"
    (cell,) = (one for one in night_cells(analyse(records)) if one.code == code)
    assert cell.title == "Training time, PyTorch (dataloader, next)"
    assert len(cell.values) == BLOCKS
    kind = CellKind(**{name: getattr(cell, name) for name in CellKind.model_fields})
    again = plan_again(records.plan, (kind,), BLOCKS)
    assert again.modes == {"pytorch": ("dataloader", "dataloader@next")}
    assert again.variants == records.plan.variants
