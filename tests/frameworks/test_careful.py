"""An exported program from somebody else must not be able to run code here. Each in a process of its own: it loads PyTorch."""

import subprocess
import sys

import pytest

WRITE = """
import io, sys, zipfile
from pathlib import Path
import torch

class Code:
    def __reduce__(self):
        return (exec, ("import pathlib; pathlib.Path('ran').touch()",))

program = torch.export.export(torch.nn.Linear(2, 2), (torch.zeros(2, 2),), dynamic_shapes=({0: torch.export.Dim("batch")},))
torch.export.save(program, "good.pt2")
evil = io.BytesIO()
torch.save(Code(), evil)
with zipfile.ZipFile("good.pt2") as good, zipfile.ZipFile("inputs.pt2", "w") as inputs, zipfile.ZipFile("expression.pt2", "w") as expression:
    for name in good.namelist():
        data = good.read(name)
        inputs.writestr(name, evil.getvalue() if name.endswith("sample_inputs/model.pt") else data)
        expression.writestr(name, data.replace(b"Symbol(", b"__import__('os').system(") if name.endswith("models/model.json") else data)
from reportgen.frameworks.pytorch.careful import load_program
load_program(Path("good.pt2")).module()(torch.zeros(3, 2))
for name in ("inputs.pt2", "expression.pt2"):
    try:
        load_program(Path(name))
    except Exception as error:
        print(name, "refused", type(error).__name__)
print("ran" if Path("ran").exists() else "did not run")
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    done = subprocess.run(
        [sys.executable, "-c", WRITE], cwd=tmp_path_factory.mktemp("programs"), capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()


def test_code_in_a_file_is_not_run(said):
    assert said[-1] == "did not run"


@pytest.mark.parametrize("name", ["inputs.pt2", "expression.pt2"])
def test_a_file_that_asks_for_code_is_refused(said, name):
    assert [line for line in said if line.startswith(f"{name} refused")]
