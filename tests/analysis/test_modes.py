"""Modes from records to results: beside the main one of their framework, and the tuned ones of both frameworks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from builders import (
    epochs,
    failed_result,
    logits_of,
    make_records,
    make_training,
    mode_parity_arrays,
    parity_result,
    parity_spec,
    phases,
    pipeline_sample,
    training_spec,
)

from reportgen.analysis import study
from reportgen.analysis.inputs import Failure, ModeTitle, ParityTrial, RunRecords
from reportgen.analysis.results import ModeResult, ParityCheck, Results
from reportgen.runner.plan import plan_parity, plan_trials

MODES = {"tensorflow": ("keras-fit", "xla"), "pytorch": ("dataloader", "compile")}
TUNED = {"tensorflow": "xla", "pytorch": "compile"}
TITLES = {
    ("tensorflow", "keras-fit"): ModeTitle(title="Keras fit", description="As in courses."),
    ("tensorflow", "xla"): ModeTitle(title="XLA", description="Compiled."),
    ("pytorch", "dataloader"): ModeTitle(title="DataLoader", description="As in courses."),
    ("pytorch", "compile"): ModeTitle(title="torch.compile", description="Compiled."),
}
SECONDS = {("tensorflow", "keras-fit"): 4.0, ("tensorflow", "xla"): 0.5, ("pytorch", "dataloader"): 8.0, ("pytorch", "compile"): 1.0}
PROVEN = (ParityCheck(code="P01", name="logits", precision="float64", outcome="equal", value=0.0, limit=0.0, unit="", detail="", blocks_claims=()),)
PHASES = {"start": 0.1, "import": 2.0, "data": 0.2, "build": 0.3, "first_step": 0.4, "training": 5.6, "evaluation": 0.5, "inference": 1.0}


def trial(block: int, framework: str, mode: str, **changes: Any) -> Any:
    seconds = SECONDS[framework, mode] * (1 + 0.003 * ((7 * block + len(mode)) % 5))
    compiled = {"compile": 2.5} if mode in TUNED.values() else {}
    fields = {"epochs": epochs(*[seconds] * 3), "phases": phases(**PHASES, **compiled), "logits": logits_of(0, 0, 1, 1, 2, 2)} | changes
    return make_training(block=block, framework=framework, mode=mode, **fields)


def shown(framework: str, mode: str, **arrays: Any) -> list[ParityTrial]:
    # Of nine images, eight leave a partial batch of two behind two of three.
    seen = {"float32": pipeline_sample(images_seen=8), "float64": None}
    specs = [parity_spec(framework=framework, mode=mode, precision=precision) for precision in ("float32", "float64")]
    return [
        ParityTrial(spec=spec, result=parity_result(spec, pipeline=seen[spec.precision]), arrays=mode_parity_arrays(spec) | arrays) for spec in specs
    ]


def run(blocks: int = 8, frameworks: tuple[str, ...] = ("tensorflow", "pytorch"), **changes: Any) -> RunRecords:
    """A run in which all modes are measured and train alike."""
    modes = {name: MODES[name] for name in frameworks}
    main = [trial(block, name, MODES[name][0]) for block in range(1, blocks + 1) for name in frameworks]
    further = tuple(trial(block, name, MODES[name][1]) for block in range(1, blocks + 1) for name in frameworks)
    records = make_records(main)
    plan = records.plan.model_copy(
        update={
            "modes": modes,
            "tuned": {name: TUNED[name] for name in frameworks},
            "parity": plan_parity(frameworks, modes, 11),
            "trials": plan_trials(frameworks, modes, blocks, 11, 0, dict.fromkeys(frameworks, ())),
        }
    )
    parity = tuple(one for name in frameworks for one in shown(name, MODES[name][1]))
    fields = {"plan": plan, "further": further, "parity": parity, "titles": replace(records.titles, modes=TITLES)} | changes
    return replace(records, **fields)


def analyse(records: RunRecords) -> Results:
    """Analyse a run as if its frameworks had been shown to compute the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(study, "parity_checks", lambda _: PROVEN)
        return study.analyse(records)


def by_mode(results: Results) -> dict[str, ModeResult]:
    return {mode.mode: mode for mode in results.modes}


def outcomes(results: Results) -> dict[str, str]:
    return {one.code: one.outcome for one in results.findings if one.metric == "mode_training_time"}


def test_every_mode_is_summarised_beside_the_main_one() -> None:
    results = analyse(run())
    assert [(mode.mode, mode.main, mode.tuned, mode.n) for mode in results.modes] == [
        ("keras-fit", True, False, 8),
        ("xla", False, True, 8),
        ("dataloader", True, False, 8),
        ("compile", False, True, 8),
    ]
    xla, main = by_mode(results)["xla"], by_mode(results)["keras-fit"]
    assert xla.full_title == "TensorFlow (XLA)"
    assert xla.speedup == pytest.approx(8.0, rel=0.02)
    assert xla.speedup_interval is not None
    assert xla.speedup_interval.low < 8.0 < xla.speedup_interval.high
    assert xla.compile_time is not None
    assert xla.compile_time.median == 2.5
    assert (main.compile_time, main.speedup) == (None, None)
    assert xla.parity == "shown"


def test_compilation_is_part_of_the_cold_start_and_of_no_training_time() -> None:
    xla = by_mode(analyse(run()))["xla"]
    assert xla.training_time is not None
    assert xla.training_time.median == pytest.approx(1.5, rel=0.02)


def test_the_frameworks_are_still_compared_by_their_main_modes() -> None:
    results = analyse(run())
    assert [framework.n for framework in results.frameworks] == [8, 8]
    assert results.frameworks[0].training_time.median == pytest.approx(12.0, rel=0.02)
    assert results.complete_blocks == 8


def test_tuned_modes_are_compared_between_the_frameworks_and_with_the_main_modes() -> None:
    results = analyse(run())
    assert outcomes(results) == dict.fromkeys(("mode_training_time:tuned", "mode_training_time:tensorflow", "mode_training_time:pytorch"), "claim")
    found = {one.code: one for one in results.findings}
    assert found["mode_training_time:tuned"].ratio == pytest.approx(2.0, rel=0.02)
    assert "TensorFlow (XLA) trained" in found["mode_training_time:tuned"].sentence
    assert found["mode_training_time:pytorch"].ratio == pytest.approx(8.0, rel=0.02)
    assert not any(one.primary for one in found.values() if one.metric == "mode_training_time")


def test_a_mode_that_trains_otherwise_loses_its_claims_and_the_others_keep_theirs() -> None:
    wrong = {"mode_losses": mode_parity_arrays(parity_spec(mode="xla"))["mode_losses"] + 0.1}
    results = analyse(run(parity=(*shown("tensorflow", "xla", **wrong), *shown("pytorch", "compile"))))
    assert by_mode(results)["xla"].parity == "not shown"
    assert outcomes(results) == {
        "mode_training_time:tuned": "suppressed",
        "mode_training_time:tensorflow": "suppressed",
        "mode_training_time:pytorch": "claim",
    }
    assert {one.code: one.outcome for one in results.findings}["training_time"] == "claim"
    assert any("TensorFlow (XLA)" in notice and "P25" in notice for notice in results.notices)


def test_a_mode_that_did_not_show_what_it_computes_has_no_claims() -> None:
    results = analyse(run(parity=tuple(shown("pytorch", "compile"))))
    assert by_mode(results)["xla"].parity == "not shown"
    assert outcomes(results)["mode_training_time:tensorflow"] == "suppressed"
    assert outcomes(results)["mode_training_time:pytorch"] == "claim"


def test_a_comparison_takes_in_the_blocks_that_have_both_trials() -> None:
    records = run()
    results = analyse(replace(records, further=records.further[2:]))
    assert by_mode(results)["xla"].n == 7
    assert {one.code: one.n for one in results.findings}["mode_training_time:tuned"] == 7
    assert results.complete_blocks == 8
    assert any("came to its end in 7 of 8 blocks" in notice for notice in results.notices)


def test_a_mode_of_which_every_trial_failed_is_listed_with_the_cause() -> None:
    records = run()
    spec = training_spec(framework="tensorflow", mode="xla")
    failure = Failure(spec=spec, result=failed_result(spec, cause="there is no compiler"), repeated=False)
    further = tuple(one for one in records.further if one.spec.framework == "pytorch")
    results = analyse(replace(records, further=further, failures=(failure,)))
    assert (by_mode(results)["xla"].n, str(by_mode(results)["xla"].failure)) == (0, "there is no compiler")
    assert set(outcomes(results)) == {"mode_training_time:pytorch"}


def test_one_framework_alone_is_compared_with_itself() -> None:
    results = analyse(run(frameworks=("tensorflow",)))
    assert outcomes(results) == {"mode_training_time:tensorflow": "claim"}
    assert [one.code for one in results.findings] == ["mode_training_time:tensorflow"]


def test_without_further_modes_nothing_is_said_of_modes() -> None:
    results = analyse(make_records([make_training(block=block, framework=name) for block in (1, 2) for name in ("tensorflow", "pytorch")]))
    assert results.modes == ()
    assert outcomes(results) == {}
