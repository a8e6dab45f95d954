from __future__ import annotations

from typing import Any

import pytest
from builders import (
    failed_result,
    inference_result,
    inference_spec,
    make_environment,
    make_plan,
    training_result,
    training_spec,
)
from pydantic import ValidationError

from reportgen.records import SCHEMA_VERSION, ExportSample, FileRecord, Hyperparameters, Phase, Record, migrate

RECORDS: list[Record] = [
    make_plan(),
    make_environment(),
    training_spec(),
    inference_spec(training_spec(), "tflite"),
    training_result(training_spec()),
    inference_result(inference_spec(training_spec(), "tflite")),
    failed_result(training_spec()),
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_a_record_survives_json_and_cannot_be_changed(record: Record) -> None:
    kind = type(record)
    assert kind.model_validate_json(record.model_dump_json()) == record
    with pytest.raises(ValidationError):
        setattr(record, next(iter(kind.model_fields)), None)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_an_unknown_key_is_noticed(record: Record) -> None:
    with pytest.raises(ValidationError, match="colour"):
        type(record).model_validate(record.model_dump() | {"colour": "red"})


@pytest.mark.parametrize("record", [record for record in RECORDS if hasattr(record, "schema_version")], ids=lambda record: type(record).__name__)
def test_what_is_stored_says_its_version(record: Record) -> None:
    assert record.model_dump()["schema_version"] == SCHEMA_VERSION


def test_the_kinds_of_result_cannot_be_mistaken_for_each_other() -> None:
    training, failed = training_result(training_spec()), failed_result(training_spec())
    for kind, other in ((type(training), failed), (type(failed), training)):
        with pytest.raises(ValidationError):
            kind.model_validate(other.model_dump())


@pytest.mark.parametrize(
    "changes",
    [{"epochs": 0}, {"batch_size": 0}, {"learning_rate": 0.0}, {"learning_rate": -1.0}, {"beta_1": 1.0}, {"beta_2": -0.1}, {"epsilon": 0.0}],
)
def test_impossible_hyperparameters_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Hyperparameters(**({"epochs": 1, "batch_size": 1, "learning_rate": 0.1} | changes))


def test_times_and_sizes_are_not_negative() -> None:
    with pytest.raises(ValidationError):
        Phase(name="import", wall_s=-0.1, cpu_s=0)
    with pytest.raises(ValidationError):
        FileRecord(path="file", size_bytes=-1, sha256="")


def test_an_export_weighs_what_all_its_files_weigh() -> None:
    files = tuple(FileRecord(path=str(size), size_bytes=size, sha256="") for size in (100, 20, 3))
    assert ExportSample(format="onnx", status="ok", files=files).size_bytes == 123
    assert ExportSample(format="onnx", status="failed").size_bytes == 0


@pytest.mark.parametrize("status", ["ok", "crashed", ""])
def test_a_failure_has_one_of_the_known_causes(status: str) -> None:
    with pytest.raises(ValidationError):
        failed_result(training_spec(), status)


def test_the_present_version_needs_no_migration_and_no_other_is_guessed_at() -> None:
    data = {"schema_version": SCHEMA_VERSION, "seed": 1}
    assert migrate(data) == data
    for version in (0, SCHEMA_VERSION + 1, "1", None):
        with pytest.raises(ValueError, match="is not known"):
            migrate({"schema_version": version})
