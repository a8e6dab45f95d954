"""What tuned modes replace computes the same as what it stands for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import reportgen


@pytest.mark.parametrize("child", ["adam_child.py", "drawn_dropout_child.py", "drawn_dropout_pytorch_child.py"])
def test_a_replacement_computes_the_same(child: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(reportgen.__file__).parents[1]), "CUDA_VISIBLE_DEVICES": "-1"}
    command = [sys.executable, str(Path(__file__).parent / child)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=900, check=False)
    assert done.returncode == 0, done.stderr
