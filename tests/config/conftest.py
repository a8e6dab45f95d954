import pytest


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write a report.toml into an otherwise empty current folder, and return its path."""
    monkeypatch.chdir(tmp_path)

    def written(text):
        path = tmp_path / "report.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return written
