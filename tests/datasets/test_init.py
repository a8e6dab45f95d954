import pytest

from reportgen.datasets import load, names
from reportgen.errors import ReportgenError


def test_auto_comes_first_among_the_names():
    assert names()[0] == "auto"
    assert {"mnist", "digits"} <= set(names())


def test_an_unknown_name_lists_the_accepted_ones():
    with pytest.raises(ReportgenError, match=r"'minst'.*auto, digits, mnist"):
        load("minst")


def test_auto_takes_mnist_where_it_is(tiny, tmp_path, monkeypatch):
    tiny.write_idx(tmp_path / "data" / "mnist")
    monkeypatch.setenv("REPORTGEN_DATA", str(tmp_path / "data"))
    dataset = load("auto")
    assert (dataset.name, dataset.requested, dataset.fallback_reason) == ("mnist", "auto", None)


def test_auto_falls_back_to_digits_and_says_why():
    dataset = load("auto")
    assert (dataset.name, dataset.requested) == ("digits", "auto")
    assert "MNIST was not found" in str(dataset.fallback_reason)
    assert "REPORTGEN_OFFLINE is set" in str(dataset.fallback_reason)
    assert "\n" not in str(dataset.fallback_reason)
    assert dataset.record().fallback_reason == dataset.fallback_reason


def test_auto_names_the_damaged_file_that_made_it_fall_back(tiny, tmp_path, monkeypatch):
    tiny.write_idx(tmp_path / "data" / "mnist", zipped=False)
    broken = tmp_path / "data" / "mnist" / "t10k-images-idx3-ubyte"
    broken.write_bytes(broken.read_bytes()[:-1])
    monkeypatch.setenv("REPORTGEN_DATA", str(tmp_path / "data"))
    assert str(broken) in str(load("auto").fallback_reason)


def test_mnist_by_name_never_falls_back():
    with pytest.raises(ReportgenError, match="MNIST cannot be had"):
        load("mnist")


def test_progress_is_told_in_words():
    said = []
    load("digits", progress=lambda what, done_bytes, total_bytes: said.append((what, done_bytes, total_bytes)))
    assert said
    assert all(what and done_bytes >= 0 for what, done_bytes, _ in said)
