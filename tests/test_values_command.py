"""What ``values`` lists, and what ``render --strict`` refuses."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from reportgen.cli import main
from reportgen.config import Config, load_config
from reportgen.errors import ReportgenError
from reportgen.scaffold import initialise
from reportgen.study_command import say_unwritten

EXAMPLE_RUN = Path(__file__).parents[1] / "docs" / "example-run"


def test_every_kind_of_name_is_listed_with_what_it_prints(tmp_path):
    initialise(tmp_path)
    done = CliRunner().invoke(main, ["values", str(EXAMPLE_RUN), "--config", str(tmp_path)], catch_exceptions=False)
    lines = [" ".join(line.split()) for line in done.output.splitlines()]
    for expected in (
        '{{ value("accuracy.pytorch.mean") }} 94.9 Test accuracy (%), PyTorch, mean',
        '{{ value("dataset.test") }} 359 Samples to test on',
        "@fig-curves Figure 4 Learning curves",
        "@tbl-headline Table 7 Headline results",
        "@sec-parity section 2.7 Parity of the programs",
    ):
        assert expected in lines
    assert any(line.startswith("[@torch] A. Paszke et al.") for line in lines)
    assert any(line.startswith("[@kingma2015adam] D. P. Kingma and J. Ba") for line in lines)


def test_whoever_has_begun_to_write_is_told_what_is_missing(tmp_path, capsys):
    initialise(tmp_path)
    (tmp_path / "discussion.md").write_text("Done.")
    say_unwritten(Console(), load_config(tmp_path, {"output.forms": ("slides",)}))
    said = " ".join(capsys.readouterr().out.split())
    assert "challenges.md" in said
    assert "discussion.md" not in said
    assert "the slides have no conclusion" in said
    say_unwritten(Console(), Config(folder=tmp_path))
    assert not capsys.readouterr().out, "without a report.toml nobody has begun"


def test_strictness_names_the_files_and_renders_nothing(tmp_path):
    initialise(tmp_path)
    with pytest.raises(ReportgenError, match=r"challenges\.md.*discussion\.md.*conclusion\.md"):
        CliRunner().invoke(
            main, ["render", str(EXAMPLE_RUN), "--config", str(tmp_path), "--out", str(tmp_path / "out"), "--strict"], catch_exceptions=False
        )
    assert not (tmp_path / "out").exists()
