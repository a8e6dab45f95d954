"""What one would hand out: sizes are certain, whether a file is as good rests on images, and several files that are looked at cost certainty."""

from __future__ import annotations

import pytest

from reportgen.analysis.accuracies import change_interval, loss_p_value
from reportgen.analysis.claims import ModelPair
from reportgen.analysis.export_sameness import LARGEST_LOSS
from reportgen.analysis.exported import AGREES, ExportResult, Sameness
from reportgen.analysis.multiplicity import ALPHA
from reportgen.analysis.shipping import advice, shipping

IMAGES = 10_000


def pair(b: int, c: int, count: int = IMAGES) -> ModelPair:
    return ModelPair(
        block=1,
        numerator="file",
        denominator="source",
        b=b,
        c=c,
        image_count=count,
        difference=(b - c) / count,
        interval=change_interval(b, c, count),
        p_value=1.0,
    )


def export(title: str, size: int, *, precision: str = "float32", shown: Sameness = "within limits", change: ModelPair | None = None) -> ExportResult:
    return ExportResult(
        framework="pytorch",
        format=title,
        title=title,
        precision=precision,
        file_name=title,
        runtime="R",
        n=1,
        size_bytes=size,
        conversion=None,
        max_abs_difference=0.0,
        argmax_agreement=1.0,
        accuracy=None,
        source_accuracy=None,
        sameness=shown,
        agrees=AGREES.get(shown),
        changes=(change or pair(0, 0),),
        inference=None,
        failures=(),
    )


@pytest.mark.parametrize(("b", "c"), [(0, 0), (3, 9), (20, 22), (0, 40), (8, 0)])
def test_the_p_value_and_the_interval_say_one_thing(b: int, c: int) -> None:
    level = 1 - loss_p_value(b, c, IMAGES, LARGEST_LOSS)
    if 0 < level < 1:
        assert change_interval(b, c, IMAGES, level).low == pytest.approx(-LARGEST_LOSS, abs=1e-9)


def test_the_smallest_file_that_is_shown_to_be_as_good_is_named_beside_the_exact_one() -> None:
    found = advice("PyTorch", [export("ONNX", 4096), export("state_dict", 4000), export("int8", 1024, precision="int8", shown="within margin")])
    assert found is not None
    assert found.exact is not None and found.exact.title == "state_dict"
    assert found.reduced is not None and found.reduced.title == "int8"
    assert (
        "of the 3 files made with PyTorch, the smallest that is shown to lose less than 0.2 percentage points of accuracy is int8 (1.0"
        in found.sentence
    )
    assert "[" in found.sentence and "10\u202f000 test images" in found.sentence


def test_too_few_images_show_nothing_and_that_is_said() -> None:
    small = export("int8", 10, precision="int8", shown="not shown", change=pair(0, 0, 360))
    found = advice("PyTorch", [export("ONNX", 4096, change=pair(0, 0, 360)), small])
    assert found is not None and found.reduced is None
    assert "none with fewer bits is shown to lose less than 0.2 percentage points of accuracy on 360 test images" in found.sentence
    assert "the smallest that gives the model's own logits is ONNX" in found.sentence


def test_looking_at_many_files_costs_certainty() -> None:
    doubtful = pair(8, 16)
    p = loss_p_value(doubtful.b, doubtful.c, IMAGES, LARGEST_LOSS)
    assert ALPHA / 5 < p < ALPHA, "shown by itself, and not among five"
    lost = pair(0, 60)
    alone = advice("PyTorch", [export("int8", 10, precision="int8", change=doubtful)])
    among = advice(
        "PyTorch",
        [export("int8", 10, precision="int8", change=doubtful), *(export(f"f{i}", 20 + i, precision="int8", change=lost) for i in range(4))],
    )
    assert alone is not None and alone.reduced is not None
    assert among is not None and among.reduced is None


def test_a_failed_file_and_one_that_answers_otherwise_are_not_named() -> None:
    bad = export("failed", 1, shown="failed")
    other = export("changed", 2, shown="changed")
    found = advice("PyTorch", [bad, other, export("ONNX", 4096)])
    assert found is not None and found.exact is not None
    assert found.exact.title == "ONNX"
    assert found.file_count == 2
    assert advice("PyTorch", [bad]) is None


def test_a_file_of_fewer_bits_that_is_not_smaller_is_not_named() -> None:
    found = advice("PyTorch", [export("ONNX", 100), export("int8", 200, precision="int8", shown="within margin")])
    assert found is not None and found.reduced is None
    assert "none with fewer bits is both shown to lose less" in found.sentence


def test_where_no_file_has_fewer_bits_none_is_said_to_have_failed() -> None:
    found = advice("PyTorch", [export("ONNX", 100)])
    assert found is not None
    assert found.sentence.startswith("of the 1 file made with PyTorch, none has fewer bits than the model; ")


def test_each_framework_has_its_own() -> None:
    files = [export("ONNX", 100), export("Keras", 200).model_copy(update={"framework": "tensorflow"})]
    found = shipping(files, [("tensorflow", "TensorFlow"), ("pytorch", "PyTorch"), ("other", "Other")])
    assert [one.framework for one in found] == ["tensorflow", "pytorch"]
