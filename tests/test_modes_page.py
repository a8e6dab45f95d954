"""The page on modes, which is printed from the modes themselves."""

from __future__ import annotations

from pathlib import Path

from reportgen import frameworks
from reportgen.modes_page import documentation

PAGE = Path(__file__).parents[1] / "docs" / "modes.md"


def test_the_page_says_what_the_program_does() -> None:
    """After a change: python -c "from reportgen.modes_page import documentation; print(documentation(), end='')" > docs/modes.md"""
    assert PAGE.read_text(encoding="utf-8") == documentation()


def test_every_mode_has_a_section_that_names_its_program() -> None:
    text = documentation()
    root = PAGE.parents[1]
    for framework in frameworks.names():
        for mode in frameworks.modes(framework):
            section = text.split(f"## {frameworks.find(framework).title}: {mode.name}\n")[1].split("\n## ")[0]
            assert " ".join(mode.description.split()) in " ".join(section.split())
            (path,) = [word.strip("`,") for word in section.split() if word.startswith("`reportgen/")]
            assert (root / path).is_file()
