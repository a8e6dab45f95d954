"""The main job on real frameworks: what it leaves behind, and what it prints."""

import json
import os
from pathlib import Path

import numpy as np
import pytest

from reportgen import frameworks
from reportgen.runner.forking import unsupported


def test_it_writes_documents_results_and_models(finished):
    out = finished.folder / "out" / finished.the_run.name
    assert (out / "report.pdf").read_bytes().startswith(b"%PDF")
    assert "<html" in (out / "report.html").read_text()
    results = json.loads((out / "results.json").read_text())
    assert results["complete"]
    assert [framework["name"] for framework in results["frameworks"]] == ["tensorflow", "pytorch"]
    models = {path.relative_to(out / "models").as_posix() for path in (out / "models").glob("*/*")}
    made = {export["file_name"]: export for export in results["exports"] if export["sameness"] != "not available"}
    assert {Path(path).name for path in models} - {"model.bin"} == set(made)
    assert {"model.keras", "saved_model", "model.tflite", "model-int8.tflite", "model.pth", "model.pt2", "model.onnx", "model-int8.onnx"} <= set(made)


def test_latest_points_to_it(finished):
    latest = finished.folder / "out" / "latest"
    assert latest.resolve().name == finished.the_run.name
    assert (latest / "report.pdf").is_file()


def test_the_last_lines_are_the_headline_table_and_the_paths(finished):
    lines = finished.said.rstrip().splitlines()
    assert [line.split(":")[0] for line in lines[-4:]] == ["PDF", "HTML", "Results", "Models"]
    for line in lines[-4:]:
        assert (finished.folder / line.split()[1]).exists()
    table = "\n".join(lines[:-4])
    assert "TensorFlow" in table
    assert "Training time" in table


def test_the_headline_shows_the_numbers_of_results_json(finished):
    results = json.loads((finished.folder / "out" / "latest" / "results.json").read_text())
    for framework in results["frameworks"]:
        assert f"{framework['accuracy']['median'] * 100:.2f}" in finished.said


def test_every_export_agrees_with_its_source(finished):
    results = json.loads((finished.folder / "out" / "latest" / "results.json").read_text())
    assert len(results["exports"]) == sum(len(frameworks.formats(name)) for name in frameworks.names())
    for export in results["exports"]:
        assert not export["failures"], export
        if export["precision"] == "float32" and export["unavailable"] is None:
            assert export["sameness"] == "within limits", export
            assert export["argmax_agreement"] == 1.0
    # A test set of 360 images cannot show that a file of fewer bits loses less than a fifth of a percentage point.
    # An extra that is not installed is not available; it is tried anew in every run.
    made = [export for export in results["exports"] if export["unavailable"] is None]
    assert {export["sameness"] for export in made if export["precision"] != "float32"} == {"not shown"}


def test_accuracy_is_that_of_the_stored_predictions(finished):
    results = json.loads((finished.folder / "out" / "latest" / "results.json").read_text())
    labels = np.load(finished.the_run / "test-set.npz")["labels"]
    for framework in results["frameworks"]:
        logits = np.load(finished.the_run / "trials" / f"block-01-{framework['name']}" / "predictions.npz")["logits"]
        assert framework["accuracy"]["values"] == [pytest.approx(np.mean(logits.argmax(axis=1) == labels))]


def test_rendering_again_trains_nothing_and_says_the_same(finished):
    out = finished.folder / "out" / finished.the_run.name
    before = (out / "results.json").read_bytes()
    trials = {path: path.stat().st_mtime_ns for path in finished.the_run.rglob("*")}
    (out / "report.pdf").unlink()
    finished.run("render", finished.the_run.name)
    assert (out / "report.pdf").is_file()
    assert (out / "results.json").read_bytes() == before
    assert {path: path.stat().st_mtime_ns for path in finished.the_run.rglob("*")} == trials


def test_resuming_a_finished_run_measures_nothing(finished):
    trials = {path: path.stat().st_mtime_ns for path in (finished.the_run / "trials").rglob("*")}
    finished.run("run", "--resume", finished.the_run.name)
    assert {path: path.stat().st_mtime_ns for path in (finished.the_run / "trials").rglob("*")} == trials


def test_list_and_show(finished):
    listed = finished.run("list")
    assert finished.the_run.name in listed
    assert "complete" in listed
    for name in ("mlp", "tensorflow", "pytorch", "mnist", "digits", "tflite", "onnxruntime"):
        assert name in listed
    assert "Training time" in finished.run("show", "latest")
    shown = json.loads(finished.run("show", finished.the_run.name, "--json"))
    assert shown["run"] == finished.the_run.name


def test_framework_chatter_stays_out_of_the_terminal(finished):
    assert "oneDNN" not in finished.said
    assert "CUDA" not in finished.said


def test_one_framework_alone(desk):
    desk.configure('[study]\nmodes = ["idiomatic"]\nframeworks = ["pytorch"]\ndataset = "digits"\nblocks = 1\nepochs = 1\nexport_blocks = 0\n')
    said = desk.run("--quiet")
    assert "PyTorch" in said
    assert "TensorFlow" not in said
    assert (desk.folder / "out" / "latest" / "report.pdf").is_file()


@pytest.mark.skipif("REPORTGEN_DATA" not in os.environ, reason="REPORTGEN_DATA is not set: no real MNIST to train on")
def test_real_mnist(desk):
    desk.configure('[study]\nmodes = ["idiomatic"]\ndataset = "mnist"\nblocks = 1\nepochs = 1\nexport_blocks = 1\nexport_formats = "standard"\n')
    desk.run()
    results = json.loads((desk.folder / "out" / "latest" / "results.json").read_text())
    assert results["dataset"]["test_count"] == 10_000
    for framework in results["frameworks"]:
        assert framework["accuracy"]["median"] > 0.9
    assert all(export["agrees"] for export in results["exports"] if export["precision"] == "float32" and export["unavailable"] is None)


def test_both_frameworks_computed_the_same_and_the_results_say_so(finished):
    results = json.loads((finished.folder / "out" / "latest" / "results.json").read_text())
    assert results["parity"]
    # Nothing to compare has the check of augmentation alone: this workload has none.
    assert {check["code"] for check in results["parity"] if check["outcome"] == "skipped"} == {"P22"}
    outcomes = {check["outcome"] for check in results["parity"] if check["code"] != "P22"}
    assert outcomes == {"equal", "equal within tolerance", "declared difference"}
    assert {mode["parity"] for mode in results["modes"] if not mode["main"]} == {"shown"}
    assert {len(one["difference"]) for one in results["parity_losses"]} == {50}


def test_a_fault_in_a_workload_of_ones_own_is_named(desk):
    fault = Path(__file__).parents[1] / "parity" / "faults" / "softmax_before_loss"
    desk.configure('[study]\nmodes = ["idiomatic"]\ndataset = "digits"\nblocks = 1\nepochs = 1\nexport_blocks = 0\n')
    said = desk.run("--workload", str(fault))
    assert "P11" in said
    results = json.loads((desk.folder / "out" / "latest" / "results.json").read_text())
    assert {check["code"] for check in results["parity"] if check["outcome"] == "failed"} == {"P11"}


def test_how_trials_began_what_starting_cold_costs_and_what_the_tool_costs_is_in_the_results(finished):
    results = json.loads((finished.folder / "out" / "latest" / "results.json").read_text())
    assert results["processes"] == {"forked": 0 if unsupported() else 2, "fresh": 2 if unsupported() else 0, "reason": str(unsupported())}
    for framework in results["frameworks"]:
        assert framework["cold_start"]["n"] == 1
        assert framework["cold_start"]["values"][0] > {phase["name"]: phase for phase in framework["phases"]}["import"]["wall"]["median"] > 0.1
    assert results["overhead"]["trials"] == len(list((finished.the_run / "trials").iterdir()))
    assert results["overhead"]["ratio"] > 1
    assert "times the sum of the phases" in (finished.folder / "out" / "latest" / "report.html").read_text().replace("\n", " ")


def test_by_request_every_trial_is_a_new_interpreter(desk):
    desk.configure('[study]\nmodes = ["idiomatic"]\nframeworks = ["pytorch"]\ndataset = "digits"\nblocks = 1\nepochs = 1\nexport_blocks = 0\n')
    desk.run("--quiet", "--fresh-processes")
    results = json.loads((desk.folder / "out" / "latest" / "results.json").read_text())
    assert results["processes"] == {"forked": 0, "fresh": 1, "reason": "it was asked for"}
    assert results["frameworks"][0]["cold_start"]["n"] == 1
    assert not list((desk.the_run / "trials").glob("*-cold"))
