"""What ``values`` lists, and what ``render --strict`` refuses."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from reportgen.cli import main
from reportgen.errors import ReportgenError
from reportgen.scaffold import initialise

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


def test_strictness_names_the_files_and_renders_nothing(tmp_path):
    initialise(tmp_path)
    with pytest.raises(ReportgenError, match=r"challenges\.md.*discussion\.md.*conclusion\.md"):
        CliRunner().invoke(
            main, ["render", str(EXAMPLE_RUN), "--config", str(tmp_path), "--out", str(tmp_path / "out"), "--strict"], catch_exceptions=False
        )
    assert not (tmp_path / "out").exists()
