from pathlib import Path

from reportgen.parity.describe import documentation
from reportgen.parity.judge import checks

PAGE = Path(__file__).parents[2] / "docs" / "parity.md"


def test_the_page_says_what_the_checks_do():
    """After a change: python -c "from reportgen.parity.describe import documentation; print(documentation(), end='')" > docs/parity.md"""
    assert PAGE.read_text(encoding="utf-8") == documentation()


def test_every_check_has_a_section():
    sections = [line.removeprefix("## ") for line in documentation().splitlines() if line.startswith("## P")]
    assert sections == [f"{check.code} {check.name}" for check in checks()]
