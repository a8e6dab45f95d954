from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from builders import LABELS, failed_result, inference_sample, inference_spec, logits_of, make_plan, make_records, make_reopening, make_training

from reportgen.analysis.accuracies import compare_models
from reportgen.analysis.claims import ModelPair
from reportgen.analysis.export_sameness import LARGEST_DIFFERENCE, LARGEST_LOSS, judge
from reportgen.analysis.exports import conversion_s, export_results, inference_summary
from reportgen.analysis.inputs import Failure, Reopening, RunRecords, Training
from reportgen.analysis.results import ExportResult
from reportgen.errors import ReportgenError
from reportgen.records import ExportSample, FileRecord, ThroughputSample


def written(conversion: float = 0.25, *sizes: int) -> tuple[ExportSample, ...]:
    files = tuple(FileRecord(path=f"exports/tflite/{index}", size_bytes=size, sha256="00") for index, size in enumerate(sizes or (600,)))
    return (ExportSample(format="tflite", status="ok", path="exports/tflite/0", files=files, conversion_s=conversion),)


def lost() -> tuple[ExportSample, ...]:
    return (ExportSample(format="tflite", status="failed", error="ValueError: no"),)


def training(block: int, exports: tuple[ExportSample, ...], **more: Any) -> Training:
    return make_training(block=block, exports=exports, **more)


def only(records: RunRecords) -> ExportResult:
    (found,) = export_results(records)
    return found


def records(trainings: list[Training], reopenings: list[Reopening], failures: tuple[Failure, ...] = ()) -> RunRecords:
    plan = make_plan(blocks=len(trainings), export_blocks=len(trainings), frameworks=("tensorflow",))
    return make_records(trainings, reopenings, failures=failures, plan=plan)


def test_an_export_that_agrees_by_hand() -> None:
    trainings = [training(1, written(0.5, 600, 424)), training(2, written(1.5, 600, 424))]
    shifted = trainings[0].logits + np.float32(1e-5)
    reopenings = [make_reopening(trainings[0], "tflite", shifted), make_reopening(trainings[1], "tflite")]
    found = only(records(trainings, reopenings))
    assert (found.framework, found.format, found.title, found.runtime, found.n) == ("tensorflow", "tflite", "TFLITE", "example", 2)
    assert found.size_bytes == 1024, "sidecar files count"
    assert found.conversion is not None and found.conversion.values == (0.5, 1.5)
    assert found.max_abs_difference == pytest.approx(1e-5, rel=0.1), "the worst of the trials"
    assert found.argmax_agreement == 1.0
    assert found.accuracy is not None and found.source_accuracy is not None
    assert found.accuracy.values == found.source_accuracy.values == (1.0, 1.0)
    assert found.agrees is True
    assert found.failures == ()


def test_each_export_is_compared_with_its_own_source() -> None:
    trainings = [training(1, written(), logits=logits_of(0, 0, 0, 0, 0, 0)), training(2, written(), logits=logits_of(1, 1, 1, 1, 1, 1))]
    reopenings = [make_reopening(one, "tflite") for one in reversed(trainings)]
    found = only(records(trainings, reopenings))
    assert found.max_abs_difference == 0.0
    assert found.argmax_agreement == 1.0


@pytest.mark.parametrize(("shift", "agrees"), [(0.5 * LARGEST_DIFFERENCE, True), (2 * LARGEST_DIFFERENCE, False)])
def test_the_largest_difference_decides(shift: float, agrees: bool) -> None:
    trainings = [training(1, written()), training(2, written())]
    logits = trainings[1].logits.copy()
    logits[3, 2] += np.float32(shift)
    found = only(records(trainings, [make_reopening(trainings[0], "tflite"), make_reopening(trainings[1], "tflite", logits)]))
    assert found.agrees is agrees


def test_a_model_that_lost_its_weights_does_not_agree() -> None:
    one = training(1, written())
    found = only(records([one], [make_reopening(one, "tflite", logits_of(0, 0, 0, 0, 0, 0))]))
    assert found.agrees is False
    assert found.argmax_agreement == pytest.approx(2 / 6)
    assert found.accuracy is not None and found.accuracy.values == pytest.approx((2 / 6,))
    assert found.source_accuracy is not None and found.source_accuracy.values == (1.0,)


def test_agreement_is_that_of_the_worst_trial() -> None:
    trainings = [training(1, written()), training(2, written())]
    worse = logits_of(0, 0, 1, 1, 2, 0)
    found = only(records(trainings, [make_reopening(trainings[0], "tflite"), make_reopening(trainings[1], "tflite", worse)]))
    assert found.argmax_agreement == pytest.approx(5 / 6)
    assert found.accuracy is not None and found.accuracy.values == pytest.approx((1.0, 5 / 6))


def test_an_export_that_predicts_what_is_no_number_has_failed_and_the_report_is_made() -> None:
    one, two = training(1, written()), training(2, written())
    broken = two.logits.copy()
    broken[0, 0] = np.nan
    found = only(records([one, two], [make_reopening(one, "tflite"), make_reopening(two, "tflite", broken)]))
    assert found.n == 1
    assert found.agrees is False
    assert found.max_abs_difference == 0.0
    assert len(found.failures) == 1
    assert "not finite" in str(found.failures[0])


def test_predictions_of_another_shape_stop_the_report() -> None:
    one = training(1, written())
    with pytest.raises(ReportgenError, match="block-01-tensorflow-export-tflite"):
        export_results(records([one], [make_reopening(one, "tflite", logits_of(*LABELS)[:5])]))


def test_a_failed_conversion_is_said_and_the_others_still_count() -> None:
    trainings = [training(1, written()), training(2, lost())]
    found = only(records(trainings, [make_reopening(trainings[0], "tflite")]))
    assert found.n == 1
    assert [*map(str, found.failures)] == ["ValueError: no"]
    assert found.agrees is False


def test_a_format_that_never_worked_has_no_figures() -> None:
    found = only(records([training(1, lost()), training(2, lost())], []))
    assert found.n == 0
    assert {found.size_bytes, found.conversion, found.max_abs_difference, found.accuracy, found.inference} == {None}
    assert found.agrees is None
    assert [*map(str, found.failures)] == ["ValueError: no"], "the same failure is said once"


def test_a_failed_reopening_is_said_unless_it_was_repeated() -> None:
    one = training(1, written())
    spec = inference_spec(one.spec, "tflite")
    failure = Failure(spec=spec, result=failed_result(spec, cause="no such operator"), repeated=False)
    found = only(records([one], [], (failure,)))
    assert [*map(str, found.failures)] == ["reopening failed: no such operator"]
    assert found.size_bytes == 600, "what was written is known, although nothing could open it"
    repeated = Failure(spec=spec, result=failure.result, repeated=True)
    assert only(records([one], [make_reopening(one, "tflite")], (repeated,))).agrees is True


def test_exports_of_a_trial_outside_the_complete_blocks_do_not_count() -> None:
    one, outside = training(1, written()), training(2, written())
    found = only(records([one], [make_reopening(one, "tflite"), make_reopening(outside, "tflite", logits_of(0, 0, 0, 0, 0, 0))]))
    assert found.n == 1
    assert found.agrees is True


def test_every_planned_format_has_a_result_even_where_nothing_was_exported() -> None:
    one = training(1, ())
    found = only(records([one], []))
    assert (found.format, found.n, found.agrees, found.failures) == ("tflite", 0, None, ())


def test_a_run_without_exports_has_none() -> None:
    assert export_results(make_records([make_training()])) == ()


def test_inference_is_summarised_over_processes_not_over_calls() -> None:
    samples = [inference_sample(test_set_s=(1.0, 3.0, 2.0), latency_s=(1.0, 2.0, 9.0)), inference_sample(test_set_s=(4.0,), latency_s=(5.0, 7.0))]
    found = inference_summary("litert", samples)
    assert (found.runtime, found.call, found.batch_size, found.threads) == ("litert", "predict()", 3, 1)
    assert found.test_set.values == (2.0, 4.0)
    assert found.latency_median.values == (2.0, 6.0)
    assert found.calls_per_process == 2, "the smallest number says what a percentile rests on"
    assert found.latency_p95.values == pytest.approx((np.percentile([1, 2, 9], 95), np.percentile([5, 7], 95)))


def test_a_conversion_without_a_time_is_a_damaged_record() -> None:
    with pytest.raises(ReportgenError, match="'tflite'"):
        conversion_s(ExportSample(format="tflite", status="ok"))


def changes(images: int, lost: int, won: int) -> ModelPair:
    """Return what comes of an export that lost and won some of the images that its source got right."""
    source, exported = np.ones(images, dtype=np.bool_), np.ones(images, dtype=np.bool_)
    exported[:lost] = False
    source[lost : lost + won] = False
    return compare_models(1, "export", exported, "source", source)


@pytest.mark.parametrize(
    ("images", "lost", "won", "shown"),
    [
        (10_000, 0, 0, "within margin"),
        (10_000, 15, 15, "within margin"),
        (10_000, 60, 0, "changed"),
        (10_000, 20, 0, "not shown"),
        (360, 0, 0, "not shown"),
    ],
)
def test_a_file_of_fewer_bits_is_judged_by_the_interval_of_its_change_of_accuracy(images: int, lost: int, won: int, shown: str) -> None:
    assert LARGEST_LOSS == 0.002
    pair = (logits_of(*LABELS), logits_of(*LABELS))
    assert judge("int8", [pair], [changes(images, lost, won)]) == shown
    assert judge("float32", [pair], [changes(images, lost, won)]) == "within limits", "a file in float32 is judged by its logits"


def test_one_trial_that_changed_is_enough() -> None:
    pair = (logits_of(*LABELS), logits_of(*LABELS))
    assert judge("int8", [pair, pair], [changes(10_000, 0, 0), changes(10_000, 60, 0)]) == "changed"


def test_a_class_that_changes_too_often_is_no_rounding() -> None:
    logits = np.zeros((1000, 2), dtype=np.float32)
    other = logits.copy()
    other[:2, 1] = LARGEST_DIFFERENCE / 2
    assert judge("float32", [(other, logits)], []) == "changed"
    other[1, 1] = 0
    assert judge("float32", [(other, logits)], []) == "within limits"


def test_the_images_whose_class_changed_are_named() -> None:
    one = training(1, written())
    found = only(records([one], [make_reopening(one, "tflite", logits_of(0, 0, 1, 1, 2, 0))]))
    names = make_plan().dataset.class_names
    assert [(image.index, image.true_class, image.source_class, image.exported_class) for image in found.changed_images] == [
        (5, names[2], names[2], names[0])
    ]
    (change,) = found.changes
    assert (change.b, change.c, change.difference) == (0, 1, pytest.approx(-1 / 6))


def test_what_cannot_be_had_here_is_neither_a_failure_nor_an_agreement() -> None:
    absent = ExportSample(format="tflite", status="unavailable", error="the package is not installed")
    found = only(records([training(1, (absent,))], []))
    assert (found.sameness, found.agrees, found.failures) == ("not available", None, ())
    assert str(found.unavailable) == "the package is not installed"


def test_throughput_load_and_memory_are_those_of_the_reopening_process() -> None:
    one = training(1, written())
    reopening = make_reopening(one, "tflite")
    result = reopening.result.model_copy(update={"throughput": (ThroughputSample(batch_size=4, call_s=(0.5, 2.0, 1.0)),)})
    found = only(records([one], [replace(reopening, result=result)]))
    assert [(item.batch_size, item.images_per_s.values) for item in found.throughput] == [(4, (4.0,))]
    assert found.load is not None and found.load.values == (0.2,)
    assert only(records([one], [reopening])).throughput == (), "a record from before it was measured"


def test_an_export_of_several_files_says_what_each_weighs() -> None:
    one = training(1, written(0.25, 600, 424))
    found = only(records([one], [make_reopening(one, "tflite")]))
    assert [(part.path, part.size_bytes) for part in found.parts] == [("0", 600), ("1", 424)]


def test_a_99th_percentile_needs_a_thousand_calls_in_every_process() -> None:
    many = inference_sample(latency_s=[float(value) for value in range(1, 1001)])
    assert inference_summary("litert", [many]).latency_p99 is not None
    assert inference_summary("litert", [many, inference_sample()]).latency_p99 is None
