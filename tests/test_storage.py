from __future__ import annotations

import errno
import hashlib
import os
import stat
import sys
from pathlib import Path

import pytest
from builders import epochs, make_plan, training_result, training_spec

from reportgen import storage
from reportgen.errors import DamagedRecordError
from reportgen.records import FileRecord, Plan, TrainingResult
from reportgen.storage import describe_file, describe_files, digest, is_disk_full, read_record, verify_files, write_atomically, write_record


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_whole_and_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_atomically(path, b"old")
    write_atomically(path, b"new, and longer")
    assert path.read_bytes() == b"new, and longer"
    assert names(tmp_path) == ["file"]


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_write_that_fails_leaves_the_old_file_and_no_debris(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    path = tmp_path / "file"
    write_atomically(path, b"old")

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(os if step == "fsync" else Path, step, fail)
    with pytest.raises(type(error)):
        write_atomically(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["file"]


def test_a_first_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(errno.EACCES, "no")))
    with pytest.raises(OSError):
        write_atomically(tmp_path / "file", b"new")
    assert names(tmp_path) == []


def test_the_bytes_are_on_the_disk_before_the_name_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    happened: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def noted_fsync(handle: int) -> None:
        happened.append("fsync")
        fsync(handle)

    def noted_replace(path: Path, target: Path) -> Path:
        happened.append("replace")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    write_atomically(tmp_path / "file", b"new")
    assert happened == ["fsync", "replace"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_the_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomically(tmp_path / "file", b"new")
        assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o640
        assert os.umask(0o027) == 0o027, "reading the umask does not change it"
    finally:
        os.umask(before)


def test_a_record_comes_back_as_it_was_written(tmp_path: Path) -> None:
    plan = make_plan()
    write_record(tmp_path / "plan.json", plan)
    assert read_record(tmp_path / "plan.json", Plan) == plan


def test_a_diverged_trial_can_be_written_and_read(tmp_path: Path) -> None:
    epoch = epochs(1.0)[0].model_copy(update={"train_loss": float("nan"), "validation_loss": float("-inf")})
    write_record(tmp_path / "result.json", training_result(training_spec(), epochs=(epoch,)))
    (found,) = read_record(tmp_path / "result.json", TrainingResult).epochs
    assert found.train_loss != found.train_loss
    assert found.validation_loss == float("-inf")


def damaged_texts() -> dict[str, bytes]:
    text = make_plan().model_dump_json().encode()
    return {
        "empty": b"",
        "truncated": text[: len(text) // 2],
        "no JSON": b"plan",
        "no text": b"\xff\xfe\x00",
        "a list": b"[]",
        "a number": b"3",
        "null": b"null",
        "a key too few": text.replace(b'"seed":11,', b""),
        "a key too many": text.replace(b'"seed":11,', b'"seed":11,"colour":"red",'),
        "a wrong type": text.replace(b'"blocks":2', b'"blocks":"two"'),
        "a newer version": text.replace(b'"schema_version":1', b'"schema_version":2'),
        "a strange version": text.replace(b'"schema_version":1', b'"schema_version":"one"'),
    }


@pytest.mark.parametrize("what", damaged_texts())
def test_a_damaged_record_is_named(tmp_path: Path, what: str) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(damaged_texts()[what])
    with pytest.raises(DamagedRecordError) as caught:
        read_record(path, Plan)
    assert str(path) in str(caught.value)


def test_a_missing_record_is_named(tmp_path: Path) -> None:
    with pytest.raises(DamagedRecordError, match=r"plan\.json is missing"):
        read_record(tmp_path / "plan.json", Plan)


def test_an_unknown_schema_version_says_which_one_and_which_is_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(damaged_texts()["a newer version"])
    with pytest.raises(DamagedRecordError, match="version 2 is not known; this program reads version 1"):
        read_record(path, Plan)


def test_a_digest_is_the_sha256_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"abc")
    assert digest(path) == hashlib.sha256(b"abc").hexdigest() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_files_below_a_folder_are_described_relative_to_the_trial(tmp_path: Path) -> None:
    (tmp_path / "exports" / "b").mkdir(parents=True)
    (tmp_path / "exports" / "b" / "file").write_bytes(b"12")
    (tmp_path / "exports" / "a").write_bytes(b"1")
    found = describe_files(tmp_path / "exports", tmp_path)
    assert [(file.path, file.size_bytes) for file in found] == [("exports/a", 1), ("exports/b/file", 2)]
    assert describe_files(tmp_path / "exports" / "a", tmp_path) == found[:1]
    verify_files(found, tmp_path)


@pytest.mark.parametrize("content", [b"12345", b"1234", b"12345 6", None], ids=["altered", "shorter", "longer", "missing"])
def test_what_is_not_the_file_that_was_recorded_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"12346")
    record = describe_file(path, tmp_path)
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DamagedRecordError) as caught:
        verify_files((record,), tmp_path)
    assert str(path) in str(caught.value)


def test_a_folder_in_the_place_of_a_file_is_damage(tmp_path: Path) -> None:
    (tmp_path / "file").mkdir()
    with pytest.raises(DamagedRecordError):
        verify_files((FileRecord(path="file", size_bytes=0, sha256=""),), tmp_path)


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (OSError(errno.ENOSPC, "full"), True),
        (OSError(errno.EDQUOT, "quota"), True),
        (OSError(errno.EACCES, "no"), False),
        (OSError("no number"), False),
        (ValueError("No space left on device"), False),
    ],
)
def test_a_full_disk_is_recognised(error: Exception, full: bool) -> None:
    assert is_disk_full(error) is full


def test_the_umask_is_read_without_changing_it() -> None:
    assert storage.current_umask() == storage.current_umask()
