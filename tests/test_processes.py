"""Questions to other programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.processes import ask_module


def test_a_module_in_the_current_folder_hides_no_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "this.py").write_text("raise SystemExit('the file in the folder')\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    answer = ask_module("this", timeout_s=60)
    assert answer.trouble is None
    assert "Zen of Python" in answer.output
