"""Calibrating a machine with real frameworks, and what a study makes of it."""

import json

import pytest


@pytest.fixture
def calibrated(desk, monkeypatch):
    """A desk whose machine was calibrated into a cache of its own."""
    monkeypatch.setenv("REPORTGEN_CACHE", str(desk.folder / "cache"))
    desk.said = desk.run("calibrate", "--dataset", "digits", "--blocks", "2", "--epochs", "2")
    return desk


def test_a_run_takes_the_calibration_of_its_machine_with_it(calibrated):
    (stored,) = (calibrated.folder / "cache" / "calibrations").glob("*.json")
    assert f"Stored: {stored}" in calibrated.said
    assert "Total training time" in calibrated.said
    assert len(json.loads(stored.read_text())["blocks"]) == 4

    calibrated.configure('[study]\nmodes = ["idiomatic"]\ndataset = "digits"\nblocks = 1\nepochs = 1\nexport_blocks = 0\n')
    said = calibrated.run("--quiet")
    assert "A/A study of 2 blocks on this machine" in said
    assert "no claim: 1 block (a claim needs 6)" in said
    assert (calibrated.the_run / "calibration.json").read_bytes() == stored.read_bytes()

    stored.unlink()
    assert "A/A study of 2 blocks on this machine" in calibrated.run("show"), "a run is judged from its own records"


def test_a_study_that_stops_on_precision_says_which_looks_it_took(desk):
    desk.configure('[study]\nmodes = ["idiomatic"]\ndataset = "digits"\nstop = "precision"\nblocks = 6\nepochs = 1\nexport_blocks = 0\n')
    said = desk.run("--quiet")
    (look,) = desk.the_run.glob("look-*.json")
    half_width = json.loads(look.read_text())["half_width"]
    assert f"{half_width:.3f} after 6 blocks" in said
    assert f"{half_width:.3f} after 6 blocks" in json.loads((desk.folder / "out" / "latest" / "results.json").read_text())["stopping"]
