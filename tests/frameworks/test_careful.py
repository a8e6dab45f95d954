"""An exported program from somebody else must not be able to run code here. In a process of its own: it loads PyTorch."""

import subprocess
import sys

import pytest

WRITE = """
import io, json, sys, zipfile
from pathlib import Path
import torch

class Code:
    def __reduce__(self):
        return (exec, ("import pathlib; pathlib.Path('ran').touch()",))

class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.convolution, self.normalisation = torch.nn.Conv2d(1, 4, 3), torch.nn.BatchNorm2d(4)
        self.rest = torch.nn.Sequential(torch.nn.GELU("tanh"), torch.nn.MaxPool2d(2), torch.nn.Dropout(), torch.nn.Flatten())

    def forward(self, images):
        features = self.rest(self.normalisation(self.convolution(images)))
        pairs = features.view(features.size(0), 2, -1)
        return torch.cat([torch.einsum("bij,bkj->bik", pairs, pairs).flatten(1), features.mean(1, keepdim=True)], dim=1)

program = torch.export.export(Network().eval(), (torch.zeros(2, 1, 8, 8),), dynamic_shapes=({0: torch.export.Dim("batch")},))
torch.export.save(program, "good.pt2")
evil = io.BytesIO()
torch.save(Code(), evil)
# Without a dot, an underscore or a quotation mark: what reads the numbers knows every function of Python.
command = "+".join(f"chr({ord(letter)})" for letter in "open('ran','w')")

def write(name, change=lambda text: text, more=(), renamed="models/model.json", inputs=None):
    with zipfile.ZipFile("good.pt2") as good, zipfile.ZipFile(f"{name}.pt2", "w") as made:
        for member in good.namelist():
            data = good.read(member)
            if member.endswith("models/model.json"):
                member, data = member.replace("models/model.json", renamed), change(data.decode()).encode()
            made.writestr(member, inputs if inputs and member.endswith("sample_inputs/model.pt") else data)
        for member in more:
            made.writestr(member, b"")

def tree(change):
    def changed(text):
        program = json.loads(text)
        change(program, program["graph_module"]["graph"]["nodes"][0])
        return json.dumps(program)
    return changed

write("inputs", inputs=evil.getvalue())
write("expression", lambda text: text.replace("Symbol(", "__import__('os').system("))
write("letters", lambda text: text.replace("Symbol(", f"eval({command}) + Symbol("))
write("renamed", lambda text: text.replace("Symbol(", f"eval({command}) + Symbol("), renamed="models/model.text")
write("guards", tree(lambda program, node: program.update(guards_code=[f"exec({command})"])))
write("target", tree(lambda program, node: node.update(target="torch.os.system")))
write("operator", tree(lambda program, node: node.update(target="torch.ops.aten.save.default")))
write("name", lambda text: text.replace('"images"', '"images=open(chr(114),chr(119))"'))
write("nesting", lambda text: text.replace("builtins.tuple", "collections.defaultdict"))
write("library", more=["good/data/aotinductor/model/model.so"])

from reportgen.frameworks.pytorch.careful import load_program
again = load_program(Path("good.pt2")).module()
images = torch.rand(5, 1, 8, 8)
assert torch.equal(again(images), program.module()(images))
for path in sorted(Path().glob("*.pt2")):
    try:
        load_program(path).module()(images)
    except Exception as error:
        print(path.stem, type(error).__name__)
from reportgen.errors import ReportgenError
from reportgen.runtimes.pytorch_reload import open_model
try:
    open_model(Path("letters.pt2"), 1, None)
except ReportgenError as error:
    print(error)
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


@pytest.mark.parametrize("name", ["expression", "guards", "letters", "library", "name", "nesting", "operator", "renamed", "target"])
def test_a_file_that_asks_for_more_than_tensors_is_refused(said, name):
    assert f"{name} UnsafeFileError" in said


def test_what_only_pickle_could_read_is_refused(said):
    assert [line for line in said if line.startswith("inputs ")]


def test_the_refusal_says_why(said):
    assert said[-2].startswith("letters.pt2: it could run code of its author's on this machine, and is not opened (")
