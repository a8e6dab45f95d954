from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

import pytest

from reportgen import plugins
from reportgen.errors import ReportgenError
from reportgen.plugins import choose, discover


@dataclass(frozen=True)
class Animal:
    name: str


ROOM = {
    "__init__.py": "",
    "cat.py": "from kinds_of_animals import Animal\nANIMAL = Animal('cat')\n",
    "bee.py": "from kinds_of_animals import Animal\nANIMAL = Animal('bee')\n",
    "helper.py": "NOTHING = 1\n",
    "stone.py": "ANIMAL = 'not an animal'\n",
}


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Write a room with two members, a helper and a stone, and return its name."""
    name = f"room_{tmp_path.name}"
    (tmp_path / name).mkdir()
    for file, text in ROOM.items():
        (tmp_path / name / file).write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(sys.modules, "kinds_of_animals", sys.modules[__name__])
    return name


def outsiders(monkeypatch: pytest.MonkeyPatch, room: str, **found: Any) -> None:
    """Pretend that packages are installed whose entry points give ``found``; an exception is raised instead."""

    class Point:
        def __init__(self, name: str, member: Any) -> None:
            self.name, self.value, self.member = name, f"package:{name}", member

        def load(self) -> Any:
            if isinstance(self.member, Exception):
                raise self.member
            return self.member

    def pretended(*, group: str) -> list[Point]:
        return [Point(name, member) for name, member in found.items()] if group == room else []

    monkeypatch.setattr(plugins, "entry_points", pretended)


def kind() -> type[Animal]:
    return sys.modules[__name__].Animal  # type: ignore[no-any-return]


def test_members_are_found_in_their_folder_in_order_and_the_rest_is_passed_over(room: str) -> None:
    assert list(discover(room, "ANIMAL", kind())) == ["bee", "cat"]


def test_an_installed_package_adds_a_member_after_the_built_in_ones(room: str, monkeypatch: pytest.MonkeyPatch) -> None:
    outsiders(monkeypatch, room, ant=Animal("ant"))
    assert list(discover(room, "ANIMAL", kind())) == ["bee", "cat", "ant"]


def test_another_rooms_entry_points_are_not_asked(room: str, monkeypatch: pytest.MonkeyPatch) -> None:
    outsiders(monkeypatch, "another room", ant=Animal("ant"))
    assert "ant" not in discover(room, "ANIMAL", kind())


@pytest.mark.parametrize(
    ("member", "message"),
    [
        (ImportError("no module named ant"), "cannot be imported: no module named ant"),
        (RuntimeError("broken"), "cannot be imported: broken"),
        ("a string", "is not a Animal"),
        (Animal("cat"), "takes the name 'cat', which is already taken"),
    ],
)
def test_a_bad_plugin_is_named_with_what_is_wrong(room: str, monkeypatch: pytest.MonkeyPatch, member: Any, message: str) -> None:
    outsiders(monkeypatch, room, ant=member)
    with pytest.raises(ReportgenError) as caught:
        discover(room, "ANIMAL", kind())
    assert message in str(caught.value)
    assert "'ant' (package:ant)" in str(caught.value)


def test_two_plugins_cannot_take_the_same_name(room: str, monkeypatch: pytest.MonkeyPatch) -> None:
    outsiders(monkeypatch, room, first=Animal("ant"), second=Animal("ant"))
    with pytest.raises(ReportgenError, match="'second'"):
        discover(room, "ANIMAL", kind())


def test_a_built_in_member_that_breaks_is_not_hidden(room: str, tmp_path: Path) -> None:
    (tmp_path / room / "broken.py").write_text("raise RuntimeError('broken on import')\n")
    with pytest.raises(RuntimeError, match="broken on import"):
        discover(room, "ANIMAL", kind())


def test_choosing_an_unknown_name_lists_the_accepted_ones() -> None:
    members = {"cat": Animal("cat"), "bee": Animal("bee")}
    assert choose(members, "cat", "animal") == Animal("cat")
    with pytest.raises(ReportgenError) as caught:
        choose(members, "dog", "animal")
    assert str(caught.value) == "There is no animal called 'dog'. Accepted: bee, cat."


def test_the_real_entry_points_are_asked_in_the_way_that_the_tests_pretend() -> None:
    assert all(isinstance(point, EntryPoint) for point in entry_points(group="console_scripts"))
