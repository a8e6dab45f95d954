"""The road from a run's records to its findings, through the whole analysis."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from builders import epochs, inference_sample, logits_of, make_calibration, make_environment, make_records, make_reopening, make_training, phases

from reportgen.analysis import comparisons, study
from reportgen.analysis.inputs import RunRecords, Training
from reportgen.analysis.results import ParityCheck, Results
from reportgen.records import ExportSample, FileRecord

BUSY = {"start": 0.1, "import": 2.0, "data": 0.2, "build": 0.3, "first_step": 0.4, "training": 5.6, "evaluation": 0.5, "inference": 1.0}
PROVEN = (ParityCheck(code="P01", name="logits", precision="float64", outcome="equal", value=0.0, limit=0.0, unit="", detail="", blocks_claims=()),)
ALL = ["training_time", "accuracy", "steady_epoch_time", "cold_start", "test_set_inference", "latency"]


def trial(block: int, framework: str, seconds: float, *, first: bool, **changes: Any) -> Training:
    """A trial whose every time is ``seconds``, give or take what depends on its block."""
    jitter = 1 + 0.003 * ((7 * block + (framework == "pytorch") * 3) % 5)
    training = make_training(
        block=block,
        framework=framework,
        epochs=epochs(*[seconds * jitter] * 3),
        inference=inference_sample(test_set_s=[seconds * jitter] * 5, latency_s=[seconds * jitter] * 5),
        logits=logits_of(0, 0, 1, 1, 2, block % 3),
        **({"phases": phases(**{name: value * seconds * jitter for name, value in BUSY.items()})} | changes),
    )
    return replace(training, spec=training.spec.model_copy(update={"position": 1 if first else 2}))


def run(blocks: int = 8, ratio: float = 1.3, effect: float = 0.0, **changes: Any) -> RunRecords:
    """A run in which PyTorch takes ``ratio`` times as long, and whatever runs first in a block (1 + ``effect``) times as long."""
    trials = []
    for block in range(1, blocks + 1):
        leads = block % 2 == 0
        trials.append(trial(block, "tensorflow", 2.0 * (1 if leads else 1 + effect), first=not leads))
        trials.append(trial(block, "pytorch", 2.0 * ratio * (1 + effect if leads else 1), first=leads))
    return make_records(trials, **changes)


def analyse(records: RunRecords, checks: tuple[ParityCheck, ...] = PROVEN) -> Results:
    """Analyse a run as if its parity trials had given ``checks``: how those come about is tested elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(study, "parity_checks", lambda _: checks)
        return study.analyse(records)


def outcomes(results: Results) -> dict[str, str]:
    return {finding.code: finding.outcome for finding in results.findings}


def test_every_declared_comparison_has_a_finding_and_the_faster_framework_is_named() -> None:
    results = analyse(run())
    assert [finding.code for finding in results.findings] == ALL
    assert [finding.code for finding in results.findings if finding.primary] == ["training_time", "accuracy"]
    assert {code: outcome for code, outcome in outcomes(results).items() if code != "accuracy"} == dict.fromkeys(
        [code for code in ALL if code != "accuracy"], "claim"
    )
    assert results.findings[0].sentence.startswith("TensorFlow trained 1.30")
    assert (results.findings[0].numerator, results.findings[0].denominator) == ("PyTorch", "TensorFlow")


def test_the_ratio_of_a_finding_is_that_of_the_ratio_table() -> None:
    results = analyse(run())
    ratios = {ratio.metric: ratio.ratio for ratio in results.ratios}
    assert {finding.code: finding.ratio for finding in results.findings if finding.code in ratios} == pytest.approx(ratios)


def test_without_parity_nothing_is_claimed_and_everything_says_why() -> None:
    results = analyse(run(), checks=())
    assert set(outcomes(results).values()) == {"suppressed"}
    assert all("no parity check shows that the programs match" in finding.sentence for finding in results.findings)


def test_findings_survive_json() -> None:
    results = analyse(run())
    assert Results.model_validate_json(results.model_dump_json()) == results


def test_one_framework_has_no_findings() -> None:
    results = analyse(make_records([make_training()]))
    assert (results.findings, results.model_pairs, results.position_effects) == ((), (), ())


def test_three_blocks_describe_and_claim_nothing() -> None:
    results = analyse(run(blocks=3))
    assert set(outcomes(results).values()) == {"suppressed"}
    assert "3 blocks (a claim needs 6)" in results.findings[0].sentence


def test_a_framework_that_kept_more_cores_busy_is_not_called_faster() -> None:
    records = run()
    doubled = tuple(
        replace(
            one, result=one.result.model_copy(update={"phases": tuple(part.model_copy(update={"cpu_s": part.wall_s}) for part in one.result.phases)})
        )
        if one.spec.framework == "pytorch"
        else one
        for one in records.trainings
    )
    found = analyse(replace(records, trainings=doubled)).findings
    assert found[0].sentence == "no claim: unequal effective cores: PyTorch 1.00, TensorFlow 0.50"
    assert outcomes(analyse(replace(records, trainings=doubled)))["accuracy"] != "suppressed", "accuracy does not depend on the cores"


def test_a_run_that_went_on_elsewhere_claims_nothing() -> None:
    environment = make_environment()
    moved = environment.model_copy(update={"hardware": environment.hardware.model_copy(update={"cpu_model": "Other"})})
    results = analyse(run(later_environments=(moved,)))
    assert {finding.sentence for finding in results.findings} == {"no claim: another environment: the run was continued on another machine"}


def test_the_machine_s_own_noise_withholds_a_claim() -> None:
    noise = [(10.0, 10.0 * factor) for factor in (1.6, 0.8, 1.5, 0.7, 1.4, 1.2)]
    results = analyse(run(calibration=make_calibration(tensorflow=noise, pytorch=noise)))
    training, cold = (next(finding for finding in results.findings if finding.code == code) for code in ("training_time", "cold_start"))
    assert training.outcome == "within noise floor"
    assert training.noise_floor is not None and training.noise_floor.calibrated
    assert cold.outcome == "claim", "that metric was not calibrated, so the least floor holds"
    assert cold.noise_floor is not None and not cold.noise_floor.calibrated


def test_models_are_compared_block_by_block() -> None:
    results = analyse(run(blocks=2))
    assert [(pair.block, pair.image_count, pair.numerator) for pair in results.model_pairs] == [(1, 6, "PyTorch"), (2, 6, "PyTorch")]
    records = run(blocks=1)
    wrong = tuple(replace(one, logits=logits_of(0, 0, 1, 1, 0, 0)) if one.spec.framework == "pytorch" else one for one in records.trainings)
    (pair,) = analyse(replace(records, trainings=wrong)).model_pairs
    assert (pair.b, pair.c) == (0, 1), "TensorFlow's model of block 1 got image 5 right, PyTorch's did not"


def test_running_first_is_reported_where_it_costs_more_than_the_floor() -> None:
    assert analyse(run(effect=0.0)).position_effects == ()
    found = analyse(run(effect=0.1)).position_effects
    assert [effect.metric for effect in found] == [code for code in ALL if code != "accuracy"]
    assert found[0].ratio == pytest.approx(1.1, rel=1e-2)
    assert "ran first" in found[0].sentence
    assert analyse(run(effect=0.1)).findings[0].ratio == pytest.approx(1.3, rel=1e-2), "balanced orders cancel it from the ratio"


def exported(block: int, framework: str, name: str) -> Training:
    training = trial(block, framework, 2.0, first=framework == "tensorflow")
    sample = ExportSample(format=name, status="ok", path="model", files=(FileRecord(path="model", size_bytes=7, sha256="00"),), conversion_s=0.5)
    return replace(
        training, spec=training.spec.model_copy(update={"exports": (name,)}), result=training.result.model_copy(update={"exports": (sample,)})
    )


def export_run(wrong: bool = False) -> RunRecords:
    trainings = [exported(block, framework, name) for block in range(1, 8) for framework, name in (("tensorflow", "tflite"), ("pytorch", "onnx"))]
    reopenings = []
    for one in trainings:
        name, factor = one.spec.exports[0], 1.5 if one.spec.framework == "pytorch" else 1.0
        seconds = factor * (1 + 0.002 * one.spec.block * factor)
        reopenings.append(
            make_reopening(
                one,
                name,
                logits=one.logits + np.float32(wrong and name == "onnx"),
                inference=inference_sample(latency_s=[seconds] * 3),
                phases=phases(start=0.1, load=0.2, inference=seconds),
            )
        )
    return make_records(trainings, reopenings)


def test_exported_models_are_compared_in_runtimes_of_their_own() -> None:
    finding = analyse(export_run()).findings[-1]
    assert finding.code == "export_latency:onnx:tflite"
    assert finding.outcome == "claim"
    assert finding.sentence.startswith("TensorFlow (TFLITE) answered for one image 1.5")


def test_an_export_that_does_not_agree_with_its_source_has_no_latency_claim() -> None:
    finding = analyse(export_run(wrong=True)).findings[-1]
    assert finding.code == "export_latency:onnx:tflite"
    assert finding.sentence == "no claim: no agreement with the source model: ONNX"


@pytest.mark.parametrize("runtime", ["TensorFlow", "PyTorch", "tensorflow"])
def test_an_export_that_its_own_framework_reopens_is_compared_already(runtime: str) -> None:
    records = export_run()
    formats = {known: replace(title, runtime=runtime) if known[0] == "pytorch" else title for known, title in records.titles.formats.items()}
    results = analyse(replace(records, titles=replace(records.titles, formats=formats)))
    assert not [finding for finding in results.findings if finding.metric == "export_latency"]


def test_a_diverged_model_stays_in_the_accuracy_as_in_the_scores() -> None:
    records = run()
    diverged = tuple(
        replace(one, logits=np.full_like(one.logits, np.nan)) if one.spec.trial == "block-01-pytorch" else one for one in records.trainings
    )
    results = analyse(replace(records, trainings=diverged))
    accuracy = next(finding for finding in results.findings if finding.code == "accuracy")
    tensorflow, pytorch = results.frameworks
    assert accuracy.difference == pytest.approx(pytorch.accuracy.mean - tensorflow.accuracy.mean)


def test_an_effect_of_the_position_that_scatter_could_make_is_not_reported() -> None:
    scatter = (1.5, 1.2, 0.7, 0.8, 1.0, 1.3, 1.3, 0.8)  # 4 % by position, with an interval of tens
    trials = []
    for block, factor in enumerate(scatter, start=1):
        leads = block % 2 == 0
        trials.append(trial(block, "tensorflow", 2.0, first=not leads))
        trials.append(trial(block, "pytorch", 2.0 * factor, first=leads))
    assert analyse(make_records(trials)).position_effects == ()


def test_where_numbers_are_to_be_found_no_comparison_speaks_of_images() -> None:
    images = run()
    dataset = images.plan.dataset.model_copy(update={"task": "regression"})
    numbers = replace(images, plan=images.plan.model_copy(update={"dataset": dataset}))
    words = [f"{metric.title}: {metric.claim}" for metric in comparisons.metrics_of(numbers)]
    assert not any("image" in text for text in words)
    assert any(text.startswith("Latency of one sample: {name} answered for one sample ") for text in words)
    assert comparisons.metrics_of(images) == comparisons.METRICS
