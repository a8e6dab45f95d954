from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reportgen import workloads
from reportgen.runner.predictions import check_outputs, load_logits, save_logits
from reportgen.storage import verify_files
from reportgen.workloads.mistakes import WorkloadError, place_in


def test_logits_come_back_to_the_last_bit_with_a_record_that_verifies(tmp_path: Path) -> None:
    logits = np.random.default_rng(1).normal(size=(100, 10)).astype(np.float32)
    record = save_logits(logits, tmp_path)
    assert record.path == "predictions.npz"
    verify_files((record,), tmp_path)
    assert load_logits(tmp_path).tobytes() == logits.tobytes()


def test_logits_of_another_precision_are_stored_as_float32(tmp_path: Path) -> None:
    save_logits(np.array([[1.0, 2.0]]), tmp_path)
    assert load_logits(tmp_path).dtype == np.float32


def test_values_that_are_not_finite_are_kept_as_they_are(tmp_path: Path) -> None:
    save_logits(np.array([[np.nan, np.inf]], dtype=np.float32), tmp_path)
    found = load_logits(tmp_path)
    assert np.isnan(found[0, 0])
    assert np.isinf(found[0, 1])


def test_outputs_of_another_shape_are_said_with_what_is_wanted(tmp_path):
    (tmp_path / "pytorch.py").write_text("def build_model(input_shape, class_count):\n    return None\n")
    own = workloads.find(str(tmp_path))
    with pytest.raises(WorkloadError, match=r"output of the shape \(8, 11\) for 8 images, and \(8, 10\) is wanted") as caught:
        check_outputs(own, "pytorch", np.zeros((8, 11), np.float32), 8, 10)
    assert str(place_in(tmp_path, caught.value)) == f"{tmp_path.name}/pytorch.py, line 1"
    check_outputs(own, "pytorch", np.zeros((8, 10), np.float32), 8, 10)
