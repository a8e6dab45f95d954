"""Code as it is printed."""

import html
import re

from reportgen.report.listings import COLOURED, listing
from reportgen.report.locate import templates_folder

CODE = 'def f(x: int) -> str:\n    """Say <b>."""\n    return "a" if x < 3 else \'&\'  # why\n\n\n'


def test_the_text_is_the_code_character_for_character():
    markup = str(listing(CODE).markup)
    assert html.unescape(re.sub(r"<[^>]+>", "", markup)) == CODE
    assert "<b>" not in markup


def test_only_what_is_coloured_has_an_element():
    style = (templates_folder() / "styles" / "code.css").read_text()
    coloured = set(re.findall(r"\.listing \.(\w+)", style))
    assert coloured == COLOURED
    assert set(re.findall(r'<span class="(\w+)">', str(listing(CODE).markup))) <= coloured
