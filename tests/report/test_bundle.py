"""The hand-in bundle: it is unpacked, its programs are started, and what they say is what the run found."""

import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.errors import ReportgenError
from reportgen.forms import find
from reportgen.forms.bundle import make, source
from reportgen.forms.bundle.archive import archive as zipped
from reportgen.forms.programs import data
from reportgen.report.documents import files_of


@pytest.fixture(scope="module")
def packed(material) -> bytes:
    return make(material)["bundle.zip"]


@pytest.fixture(scope="module")
def unpacked(packed, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    with zipfile.ZipFile(io.BytesIO(packed)) as found:
        assert found.testzip() is None
        found.extractall(folder)
    return folder


def test_it_has_what_a_hand_in_has(unpacked, example):
    names = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    wanted = {"README.md", "report.pdf", "results.json", "src/README.md", "src/requirements.txt", "src/data.npz", "figures/curves.svg"}
    wanted |= {"src/tensorflow_model.py", "src/pytorch_model.py", "src/onnx_inference.py", "src/tflite_inference.py"}
    wanted |= {"models/pytorch/model.onnx", "models/tensorflow/model.tflite", "models/tensorflow/saved_model/saved_model.pb"}
    assert wanted <= names
    logs = {name for name in names if name.startswith("logs/")}
    assert len([name for name in logs if "-export-" not in name]) == 2 * example.results.complete_blocks
    assert len([name for name in logs if "-export-" in name]) == 5
    assert (unpacked / "report.pdf").read_bytes() == example.documents.pdf.read_bytes()


def test_every_link_of_the_two_readmes_leads_to_a_file(unpacked):
    for page in (unpacked / "README.md", unpacked / "src" / "README.md"):
        for target in re.findall(r"\]\(([^)#\s]+)\)", page.read_text(encoding="utf-8")):
            assert "://" in target or (page.parent / target).is_file(), target


def test_the_same_run_gives_the_same_bytes(material, packed, monkeypatch):
    assert make(material)["bundle.zip"] == packed
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    with zipfile.ZipFile(io.BytesIO(make(material)["bundle.zip"])) as found:
        assert {entry.date_time for entry in found.infolist()} == {(2026, 1, 1, 0, 0, 0)}
        assert found.namelist() == sorted(found.namelist())


def test_an_earlier_date_than_zip_files_know_is_their_earliest(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    with zipfile.ZipFile(io.BytesIO(zipped({"a": b""}, "2026-01-01T00:00:00+00:00"))) as found:
        assert found.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


def test_logs_say_what_the_records_say(unpacked, example):
    for framework in example.results.frameworks:
        log = (unpacked / "logs" / f"{framework.trials[0].trial}.log").read_text(encoding="utf-8")
        assert f"seed {framework.trials[0].seed}" in log
        assert f"validation accuracy {framework.curves.validation_accuracy[0][-1] * 100:.2f}" in log
        assert log.count("\nEpoch ") == example.results.hyperparameters.epochs


def test_requirements_are_those_of_the_run(unpacked, example):
    lines = (unpacked / "src" / "requirements.txt").read_text().splitlines()[1:]
    installed = {name.lower(): version for name, version in example.results.environment.software.packages.items()}
    assert {"tensorflow", "torch", "onnxruntime", "ai-edge-litert", "numpy"} <= {line.partition("==")[0] for line in lines}
    assert all(installed[line.partition("==")[0]] == line.partition("==")[2] for line in lines)


def said_by(unpacked: Path, name: str) -> str:
    """Return what a program of the bundle prints, in an interpreter that sees neither this package's folder nor the one it is started in."""
    done = subprocess.run([sys.executable, "-I", unpacked / "src" / name], cwd="/", capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


def accuracies(text: str) -> list[float]:
    return [float(found) for found in re.findall(r"Test accuracy: ([0-9.]+)", text)]


@pytest.mark.parametrize("name", ["tensorflow", "pytorch"])
def test_the_programs_train_as_the_run_did(unpacked, example, name):
    first = next(one for one in example.results.frameworks if one.name == name)
    said = said_by(unpacked, f"{name}_model.py")
    before, after = accuracies(said)
    assert before == after, "what was kept is what was trained"
    # The same code with the same seed: on another processor rounding may differ, and with it a few images.
    assert before == pytest.approx(first.trials[0].accuracy, abs=0.02)
    losses = [float(found) for found in re.findall(r"Epoch \d+: loss ([0-9.]+)", said)]
    assert losses == pytest.approx(first.curves.train_loss[0], rel=0.02)


@pytest.mark.parametrize("name", ["onnx", "tflite"])
def test_the_exported_files_are_as_good_as_the_run_found(unpacked, example, name):
    export = next(one for one in example.results.exports if one.format == name)
    (found,) = accuracies(said_by(unpacked, f"{name}_inference.py"))
    assert found == pytest.approx(export.accuracy.mean, abs=0.003)


def test_programs_say_what_is_missing(unpacked):
    command = [sys.executable, "-I", unpacked / "src" / "onnx_inference.py", "--data", "absent.npz"]
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, timeout=300)
    assert done.returncode == 2
    assert "absent.npz" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_the_data_the_bundle_says_what_to_put_there(material, monkeypatch):
    def absent(_):
        raise ReportgenError("The data *cannot* be had.")

    monkeypatch.setattr(data, "data_file", absent)
    files = source.source(material)
    assert "data.npz" not in files
    assert "The data \\*cannot\\* be had." in files["README.md"].decode()
    monkeypatch.setattr(data, "data_file", lambda _: b"data")
    monkeypatch.setattr(source, "LARGEST_DATA_BYTES", 3)
    files = source.source(material)
    assert "data.npz" not in files
    assert "too much" in files["README.md"].decode()


def test_several_workloads_have_a_folder_each(material, monkeypatch):
    class Twin:
        """The same run under another name."""

        def __init__(self, run, name):
            self.run, self.folder = run, run.folder.with_name(name)

        def __getattr__(self, name):
            return getattr(self.run, name)

    (run,) = material.runs
    twice = replace(material, runs=(Twin(run, "one"), Twin(run, "two")))
    monkeypatch.setattr(type(material), "members", property(lambda self: (self.results, self.results)))
    files = source.source(twice)
    assert {"one/pytorch_model.py", "two/pytorch_model.py", "one/data.npz", "README.md", "requirements.txt"} <= set(files)
    assert b"'../../models/one/pytorch/model.onnx'" in files["one/onnx_inference.py"]
    assert "`two/onnx_inference.py`" in files["README.md"].decode()


def test_results_alone_make_no_bundle(material):
    with pytest.raises(ReportgenError, match="records of a run"):
        files_of(find("bundle"), replace(material, runs=()))


def test_results_json_is_the_reports(unpacked, example):
    assert json.loads((unpacked / "results.json").read_text()) == json.loads(example.results.model_dump_json())
