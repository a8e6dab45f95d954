"""What ``predict`` says of an answer, and of what cannot be opened."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reportgen import predict_command
from reportgen.errors import ReportgenError
from reportgen.model_card import ModelCard
from reportgen.predict_command import as_data, class_name, heading, remarks, require_readable_name, runtime_for, scores
from reportgen.predicting.exchange import Answer, Predicted


def answer(*rows: tuple[float, ...], names: tuple[str, ...] = ("cat", "dog", "owl"), workload: str = "mlp") -> Answer:
    card = ModelCard(
        tool_version="1",
        framework="pytorch",
        framework_version="2",
        workload=workload,
        format="onnx",
        precision="float32",
        image_shape=(4, 4, 1),
        layout="channels_first",
        class_names=names,
    )
    return Answer(runtime_title="R", runtime_version="1", card=card, predictions=tuple(Predicted(name="a.png", logits=row) for row in rows))


def test_logits_become_scores() -> None:
    found = answer((0.0, 0.0, np.log(2.0)))
    np.testing.assert_allclose(scores(found)[0], [0.25, 0.25, 0.5])
    assert not [line for line in remarks(found, inverted=False) if "add up" in line]


def test_a_file_that_ends_in_a_softmax_gets_no_second_one() -> None:
    found = answer((0.9, 0.1, 0.0), (0.0, 0.0, 0.996))
    np.testing.assert_allclose(scores(found)[0], [0.9, 0.1, 0.0])
    assert scores(found)[1].sum() == pytest.approx(1)
    assert [line for line in remarks(found, inverted=False) if "add up to 1" in line]


def test_numbers_that_add_up_for_one_image_alone_are_logits() -> None:
    found = answer((0.9, 0.1, 0.0), (4.0, -2.0, 1.0))
    assert scores(found)[0, 0] < 0.6


def test_a_card_cannot_write_to_the_terminal() -> None:
    found = answer((1.0, 2.0, 3.0), names=("\x1b[2Jcat", "d\nog", "\u00f6wl"), workload="\x1b]0;x\x07")
    shown = [class_name(found, index) for index in range(3)] + [heading(Path("m"), found)]
    assert all(text.isprintable() for text in shown)
    assert as_data(found)["predictions"][0]["class"] == "\u00f6wl"  # type: ignore[index]


def test_a_folder_of_models_says_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").touch()
    with pytest.raises(ReportgenError, match=r"no SavedModel.*model\.onnx"):
        runtime_for(tmp_path, None)


def test_a_runtime_that_is_not_installed_is_named_and_not_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.tflite").touch()
    monkeypatch.setattr(predict_command, "installed_version", lambda _: None)
    with pytest.raises(ReportgenError, match="it needs LiteRT, which comes with: pip install ai-edge-litert"):
        runtime_for(tmp_path / "model.tflite", None)


def test_a_name_that_is_no_text_is_refused() -> None:
    with pytest.raises(ReportgenError, match=r"\?\.png: the name of the file is no valid text"):
        require_readable_name(Path("\udcff.png"))
