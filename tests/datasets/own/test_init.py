"""How data are found by their path."""

import pytest

from reportgen import datasets
from reportgen.datasets import load, own
from reportgen.errors import ReportgenError


def test_a_name_wins_over_a_file_of_that_name(tmp_path, monkeypatch):
    (tmp_path / "digits").mkdir()
    monkeypatch.chdir(tmp_path)
    assert load("digits").path is None


def test_a_relative_path_becomes_absolute(save, arrays, monkeypatch, tmp_path):
    save(arrays)
    monkeypatch.chdir(tmp_path)
    assert load("letters.npz").path == str(tmp_path / "letters.npz")


def test_data_that_are_gone_are_named(tmp_path):
    with pytest.raises(ReportgenError, match=r"gone\.npz: there is no such data"):
        load(str(tmp_path / "gone.npz"))


def test_another_file_is_refused(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("1,2")
    with pytest.raises(ReportgenError, match="this is neither"):
        load(str(path))


def test_a_mistyped_name_is_told_that_paths_are_accepted():
    with pytest.raises(ReportgenError, match="or the path of"):
        load("mnits")


@pytest.mark.parametrize("name", ["\0", "x" * 5000, ""])
def test_what_no_file_can_be_called_is_not_there(name):
    assert not own.is_there(f"{name}\0")
    with pytest.raises(ReportgenError):
        load(name)


def test_what_a_workload_carries_is_found_the_file_first(tmp_path):
    assert own.carried_by(tmp_path) is None
    (tmp_path / "data").mkdir()
    assert own.carried_by(tmp_path) == tmp_path / "data"
    (tmp_path / "data.npz").write_text("")
    assert own.carried_by(tmp_path) == tmp_path / "data.npz"


def test_what_is_stored_can_be_opened_by_a_trial(save, arrays, tmp_path):
    data = load(str(save(arrays)))
    folder = datasets.store(data, tmp_path / "stored")
    assert datasets.open_arrays(folder, data.digest).image_shape == (6, 5, 1)
