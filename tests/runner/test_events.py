from __future__ import annotations

import json
from pathlib import Path

import pytest
from builders import epochs

from reportgen.runner.events import FILE_NAME, Event, Follower, append, parse

BEGIN = Event(event="phase", name="import")


def test_events_come_back_as_they_were_written(tmp_path: Path) -> None:
    written = [BEGIN, Event(event="epoch", epoch=epochs(1.5)[0], planned_epochs=3)]
    for event in written:
        append(tmp_path, event)
    assert list(Follower(tmp_path).new_events()) == written


def test_each_event_is_one_line_of_json(tmp_path: Path) -> None:
    append(tmp_path, BEGIN)
    append(tmp_path, Event(event="phase", name="two\nlines"))
    lines = (tmp_path / FILE_NAME).read_text().splitlines()
    assert [json.loads(line)["name"] for line in lines] == ["import", "two\nlines"]


def test_a_follower_tells_each_event_once(tmp_path: Path) -> None:
    follower = Follower(tmp_path)
    assert follower.new_events() == (), "the file is not there yet"
    append(tmp_path, BEGIN)
    assert follower.new_events() == (BEGIN,)
    assert follower.new_events() == ()
    append(tmp_path, BEGIN)
    append(tmp_path, BEGIN)
    assert follower.new_events() == (BEGIN, BEGIN)


def test_half_a_line_waits_for_its_other_half(tmp_path: Path) -> None:
    line = BEGIN.model_dump_json().encode() + b"\n"
    path = tmp_path / FILE_NAME
    follower = Follower(tmp_path)
    path.write_bytes(line + line[:7])
    assert follower.new_events() == (BEGIN,)
    assert follower.new_events() == ()
    path.write_bytes(line + line)
    assert follower.new_events() == (BEGIN,)


def test_a_line_that_is_no_event_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b'garbage\n[]\n{"event": "earthquake"}\n\xff\xfe\n\n')
    append(tmp_path, BEGIN)
    assert Follower(tmp_path).new_events() == (BEGIN,)


def test_a_diverged_epoch_can_be_told(tmp_path: Path) -> None:
    epoch = epochs(1.0)[0].model_copy(update={"train_loss": float("nan"), "validation_loss": float("inf")})
    append(tmp_path, Event(event="epoch", epoch=epoch, planned_epochs=1))
    (found,) = Follower(tmp_path).new_events()
    assert found.epoch is not None
    assert found.epoch.train_loss != found.epoch.train_loss
    assert found.epoch.validation_loss == float("inf")


@pytest.mark.parametrize("line", [b"", b"null", b"3", b'{"event": "phase", "colour": "red"}'])
def test_parse_gives_nothing_for_what_is_no_event(line: bytes) -> None:
    assert parse(line) is None
