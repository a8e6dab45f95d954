from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reportgen import workloads
from reportgen.frameworks.export_format import ExportFormat, ExportSource, NotAvailableError
from reportgen.model_card import ModelCard, read_card
from reportgen.records import ExportSample
from reportgen.runner.exporting import SMALLEST_SHARE_OF_WEIGHTS, export_model
from reportgen.storage import verify_files

SHAPE = (2, 2, 1)
SOURCE = ExportSource(
    workload=workloads.find("mlp"), image_shape=SHAPE, class_count=3, calibration_images=lambda: np.zeros((1, *SHAPE)), weights=list
)
CARD = ModelCard(
    tool_version="0",
    framework="example",
    framework_version="1",
    workload="mlp",
    format="example",
    precision="float32",
    image_shape=SHAPE,
    layout="channels_last",
    class_names=("ant", "bee", "cat"),
)
PARAMETERS = 1000


Export = Callable[[Any, Path, ExportSource], None]


def exported(folder: Path, export: Export, weight_bytes: float = 4, **more: Any) -> ExportSample:
    chosen = ExportFormat(
        name="example",
        title="Example",
        framework="example",
        precision="float32",
        file_name="model.bin",
        runtime="example",
        layout="channels_last",
        weight_bytes=weight_bytes,
        export=export,
        **({"room": "none"} | more),
    )
    return export_model("the model", chosen, folder, SOURCE, PARAMETERS, CARD)


def writer(size: int) -> Export:
    def export(model: Any, path: Path, source: ExportSource) -> None:
        assert model == "the model"
        assert source is SOURCE
        path.write_bytes(b"w" * size)

    return export


def raiser(error: BaseException) -> Export:
    def export(model: Any, path: Path, source: ExportSource) -> None:
        raise error

    return export


def test_an_export_is_recorded_with_size_digest_and_time(tmp_path: Path) -> None:
    sample = exported(tmp_path, writer(4100))
    assert (sample.format, sample.status, sample.error, sample.path) == ("example", "ok", None, "exports/example/model.bin")
    assert sample.size_bytes == 4100
    assert sample.conversion_s is not None and sample.conversion_s >= 0
    verify_files(sample.files, tmp_path)


def test_sidecar_files_and_folders_count(tmp_path: Path) -> None:
    def export(model: Any, path: Path, source: ExportSource) -> None:
        (path / "variables").mkdir(parents=True)
        (path / "graph").write_bytes(b"g" * 100)
        (path / "variables" / "data").write_bytes(b"w" * 4000)
        path.with_suffix(".data").write_bytes(b"w" * 10)

    sample = exported(tmp_path, export)
    assert sample.size_bytes == 4110
    assert [file.path for file in sample.files] == [
        "exports/example/model.bin/graph",
        "exports/example/model.bin/variables/data",
        "exports/example/model.data",
    ]


@pytest.mark.parametrize(("size", "status"), [(0, "failed"), (1999, "failed"), (2000, "ok"), (4000, "ok")])
def test_a_file_without_its_weights_is_a_failure(tmp_path: Path, size: int, status: str) -> None:
    assert SMALLEST_SHARE_OF_WEIGHTS == 0.5
    sample = exported(tmp_path, writer(size))
    assert sample.status == status
    if status == "failed":
        assert sample.error is not None
        assert str(size) in str(sample.error)
        assert "4000" in str(sample.error)
        assert (sample.path, sample.files, sample.conversion_s) == (None, (), None)


def test_the_expected_size_follows_the_precision(tmp_path: Path) -> None:
    assert exported(tmp_path, writer(600), weight_bytes=1).status == "ok"
    assert exported(tmp_path, writer(400), weight_bytes=1).status == "failed"


def test_a_converter_that_writes_nothing_has_failed(tmp_path: Path) -> None:
    assert exported(tmp_path, lambda model, path, source: None).status == "failed"


def test_a_converter_that_raises_is_recorded_in_one_line_and_in_full_in_the_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sample = exported(tmp_path, raiser(ValueError("no such operator\nand a page of detail")))
    assert (sample.status, str(sample.error), sample.files) == ("failed", "ValueError: no such operator", ())
    assert "and a page of detail" in capsys.readouterr().err


def test_an_error_without_a_message_has_its_name(tmp_path: Path) -> None:
    assert str(exported(tmp_path, raiser(NotImplementedError())).error) == "NotImplementedError"


@pytest.mark.parametrize(
    "error",
    [MemoryError(), KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device"), OSError(errno.EDQUOT, "Quota exceeded")],
    ids=["memory", "interrupted", "disk full", "quota"],
)
def test_what_is_no_fault_of_the_converter_ends_the_trial(tmp_path: Path, error: BaseException) -> None:
    with pytest.raises(type(error)):
        exported(tmp_path, raiser(error))


def test_another_operating_system_error_is_the_converters(tmp_path: Path) -> None:
    assert exported(tmp_path, raiser(PermissionError(errno.EACCES, "no"))).status == "failed"


def test_what_cannot_be_had_is_no_failure(tmp_path: Path) -> None:
    sample = exported(tmp_path, raiser(NotAvailableError("no such package")))
    assert (sample.status, str(sample.error), sample.files) == ("unavailable", "no such package", ())


def test_a_fault_that_the_format_knows_of_is_a_failure(tmp_path: Path) -> None:
    sample = exported(tmp_path, writer(4100), fault=lambda path: f"{path.name} reads variables")
    assert (sample.status, str(sample.error)) == ("failed", "model.bin reads variables")


def test_the_card_is_in_the_file_and_in_its_size(tmp_path: Path) -> None:
    sample = exported(tmp_path, writer(4100), room="zip")
    assert sample.path is not None and sample.size_bytes > 4100
    assert read_card(tmp_path / sample.path) == CARD


def test_a_card_does_not_stand_in_for_lost_weights(tmp_path: Path) -> None:
    assert exported(tmp_path, writer(1900), room="zip").status == "failed"
