import tomllib
from datetime import date

import pytest

from reportgen.config.accepted import accepted, default, toml_value
from reportgen.config.models import SECTIONS

FIELDS = [(section, key, field) for section, model in SECTIONS.items() for key, field in model.model_fields.items()]


@pytest.mark.parametrize(("section", "key", "field"), FIELDS, ids=[f"{section}.{key}" for section, key, _ in FIELDS])
def test_every_key_says_what_it_means_and_accepts(section, key, field):
    assert field.description.endswith(".")
    assert accepted(field)
    assert default(field)


@pytest.mark.parametrize("value", [True, 3, 0.5, 1800.0, 1e300, 1e-9, 'say "x"\\', "line\nbreak\x00\x7f", ("a", "b"), date(2026, 1, 31)])
def test_values_are_written_as_toml_reads_them(value):
    read = tomllib.loads(f"x = {toml_value(value)}")["x"]
    assert read == (list(value) if isinstance(value, tuple) else value)
