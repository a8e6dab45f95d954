from pathlib import Path

from reportgen.datasets.cache import cache_folder


def test_the_variable_decides(monkeypatch, tmp_path):
    monkeypatch.setenv("REPORTGEN_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path


def test_a_relative_folder_is_taken_from_here(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REPORTGEN_CACHE", "here")
    assert cache_folder() == tmp_path / "here"


def test_without_it_the_system_decides(monkeypatch):
    monkeypatch.delenv("REPORTGEN_CACHE")
    assert cache_folder().is_absolute()
    assert "reportgen" in cache_folder().parts
    assert Path.home() in cache_folder().parents or "XDG_CACHE_HOME" in __import__("os").environ
