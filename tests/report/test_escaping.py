"""Whatever a person, a plugin or a data set is called: in the page it is text, and never markup."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace

import pytest
from markupsafe import Markup
from pages import Page

from reportgen.report.drawings import make_resources
from reportgen.report.markup import to_markup
from reportgen.report.view import view

EVIL = """\"'><x-evil onload=x>&{{ view }}</style></script>"""
#: Made by the program of letters, digits and hyphens, or of a colour table; everything else may come from a file.
NAMES = frozenset(
    ["key", "numbers", "parts", "resource", "file", "background", "ink", "colour", "style", "paper", "language", "order", "own_keys", "own_results"]
)


def poisoned(value, name=""):
    """Return a view whose every text ends in markup."""
    if name in NAMES or isinstance(value, Markup):
        return value
    if isinstance(value, str):
        return value + EVIL if value else ""
    if is_dataclass(value):
        return replace(value, **{field.name: poisoned(getattr(value, field.name), field.name) for field in fields(value)})
    if isinstance(value, tuple):
        return tuple(poisoned(item) for item in value)
    if isinstance(value, Mapping):
        return {key: poisoned(item) for key, item in value.items()}
    return value


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_every_text_of_the_view_is_escaped_wherever_it_stands(example, medium):
    content = view(example.results, example.config)
    resources = make_resources(example.results, example.pictures, content)
    before = Page(to_markup(content, resources, medium, None))
    text = to_markup(poisoned(content), resources, medium, None)
    after = Page(text)
    assert text.count("&lt;x-evil") > 1000
    assert not after.all("x-evil")
    assert [tag for tag, _ in after.tags] == [tag for tag, _ in before.tags]
    # A cell with a longer text is of another class.
    assert [set(attributes) - {"class"} for _, attributes in after.tags] == [set(attributes) - {"class"} for _, attributes in before.tags]
