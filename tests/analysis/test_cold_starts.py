"""Cold starts in the analysis: whose they are, how they are paired, and what a forked trial's own phases are not taken for."""

import pytest
from builders import cold_start_result, cold_start_spec, make_records, make_training, phases

from reportgen.analysis.cold_starts import starts_of
from reportgen.analysis.inputs import ColdStart
from reportgen.analysis.study import analyse

FRAMEWORKS = ("tensorflow", "pytorch")
FORKED = {"process": "forked", "phases": phases(start=0.01, **{"import": 0.02}, data=0.2, build=0.1, first_step=0.1, training=5.6, evaluation=0.5)}


def cold(block, framework, **changes):
    spec = cold_start_spec(block=block, framework=framework)
    return ColdStart(spec=spec, result=cold_start_result(spec, **changes))


def forked_records(blocks, cold_starts):
    records = make_records([make_training(block=block, framework=name, **FORKED) for block in range(1, blocks + 1) for name in FRAMEWORKS])
    return type(records)(**{**vars(records), "plan": records.plan.model_copy(update={"processes": "forked"}), "cold_starts": tuple(cold_starts)})


def test_of_fresh_trials_they_are_the_beginning():
    results = analyse(make_records([make_training(framework=name) for name in FRAMEWORKS]))
    assert results.frameworks[0].cold_start.values == (pytest.approx(0.1 + 2.0 + 0.2 + 0.3 + 0.4),)
    assert results.frameworks[0].trials[0].cold_start_s == pytest.approx(3.0)
    assert (results.processes.forked, results.processes.fresh) == (0, 2)


def test_of_forked_trials_they_are_trials_of_their_own():
    results = analyse(forked_records(2, [cold(block, name) for block in (1, 2) for name in FRAMEWORKS]))
    for framework in results.frameworks:
        assert framework.cold_start.values == (pytest.approx(4.4), pytest.approx(4.4))
        found = {phase.name: phase.wall.median for phase in framework.phases}
        assert list(found) == ["start", "import", "data", "build", "first step", "training", "evaluation"]
        assert (found["start"], found["import"], found["build"], found["training"]) == (0.5, 3.0, 0.3, 5.6)
    assert (results.processes.forked, results.processes.fresh) == (4, 0)


def test_only_blocks_in_which_every_framework_has_one_are_compared():
    slow = {"phases": phases(start=0.5, **{"import": 30.0}, first_step=0.1)}
    starts = [cold(1, "tensorflow"), cold(2, "tensorflow", **slow), cold(2, "pytorch", **slow), cold(3, "pytorch")]
    records = forked_records(3, starts)
    for name in FRAMEWORKS:
        assert [(start.block, start.seconds) for start in starts_of(records, name)] == [(2, pytest.approx(30.6))]
    results = analyse(records)
    (ratio,) = (one for one in results.ratios if one.metric == "cold_start")
    assert (ratio.n, ratio.ratio) == (1, pytest.approx(1.0))
    assert [row.cold_start_s for row in results.frameworks[0].trials] == [None, pytest.approx(30.6), None]


def test_without_any_the_report_is_made_and_says_nothing_of_them():
    results = analyse(forked_records(2, []))
    assert results.frameworks[0].cold_start is None
    assert "cold_start" not in {one.metric for one in results.ratios}
    assert {phase.name for phase in results.frameworks[0].phases} >= {"training", "evaluation"}
    assert not {phase.name for phase in results.frameworks[0].phases} & {"start", "import"}
