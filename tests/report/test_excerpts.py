"""The excerpt of a model's code."""

from pathlib import Path

import pytest

import reportgen
from reportgen.report.excerpts import network_part, training_part

WORKLOADS = Path(reportgen.__file__).parent / "workloads"
MODES = Path(reportgen.__file__).parent / "frameworks"


def test_classes_come_before_the_function_that_builds() -> None:
    text = "import torch\n\n\n@final\nclass A(B):\n    x = 1\n\n\ndef build_model():\n    return A()\n"
    assert network_part(text) == "@final\nclass A(B):\n    x = 1"


def test_without_a_class_it_is_the_function_that_builds() -> None:
    text = "import keras\n\n\ndef build_model():\n    return 1\n\n\ndef build_loss():\n    return 2\n"
    assert network_part(text) == "def build_model():\n    return 1"


def test_of_steps_by_hand_it_is_the_functions_that_take_one() -> None:
    text = "import torch\n\n\ndef predict(x):\n    return x\n\n\ndef gradients(x):\n    return 1\n\n\ndef descend(x):\n    return 2\n"
    assert network_part(text) == "def gradients(x):\n    return 1\n\n\ndef descend(x):\n    return 2"


@pytest.mark.parametrize("text", ["x = 1\n", "not python at all ("])
def test_anything_else_is_shown_whole(text: str) -> None:
    assert network_part(text) == text


@pytest.mark.parametrize("path", sorted(WORKLOADS.glob("*/*torch.py")) + sorted(WORKLOADS.glob("*/tensorflow.py")), ids=lambda path: path.name)
def test_every_workload_has_a_short_excerpt(path: Path) -> None:
    text = path.read_text()
    assert len(network_part(text)) < len(text)


@pytest.mark.parametrize(
    ("mode", "call"),
    [
        ("tensorflow/modes/xla", "jit_compile=True"),
        ("tensorflow/modes/graph", "@tf.function"),
        ("pytorch/modes/compile", "torch.compile("),
        ("pytorch/modes/in_memory", "loss.backward()"),
        ("pytorch/modes/dataloader", "loss.backward()"),
    ],
)
def test_the_excerpt_of_a_mode_shows_what_makes_it_that_mode(mode: str, call: str) -> None:
    text = (MODES / mode / "training.py").read_text()
    assert call in training_part(text)
    assert len(training_part(text)) < len(text)
