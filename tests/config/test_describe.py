import re
import tomllib
from pathlib import Path

import pytest

from reportgen.config import documentation, example, load_config
from reportgen.config.models import SECTIONS
from reportgen.config.variants import VariantSection

PAGE = Path(__file__).parents[2] / "docs" / "configuration.md"


def test_the_page_says_what_the_program_does():
    """After a change: python -c "from reportgen.config import documentation; print(documentation(), end='')" > docs/configuration.md"""
    assert PAGE.read_text(encoding="utf-8") == documentation()


def test_the_page_has_a_row_for_every_key_with_its_real_default():
    for section, model in SECTIONS.items():
        part = documentation().split(f"## [{section}]")[1].split("\n## ")[0]
        rows = {row.split("`")[1]: [cell.strip() for cell in row.split(" | ")] for row in part.splitlines() if row.startswith("| `")}
        assert list(rows) == list(model.model_fields)
        for key, cells in rows.items():
            if cells[2].startswith("`"):
                written = tomllib.loads(f"x = {cells[2].strip('`')}")["x"]
                assert model.model_validate({key: written}) == model()


@pytest.mark.parametrize(
    ("key", "type_name"),
    [
        ("title", "string"),
        ("preset", "string"),
        ("frameworks", "array of strings"),
        ("workload", "string or array of strings"),
        ("blocks", "integer"),
        ("epochs", "integer"),
        ("timeout_s", "float"),
    ],
)
def test_types_are_named_as_toml_names_them(key, type_name):
    assert f"| `{key}` | {type_name} |" in documentation()


def test_the_example_is_the_default_configuration(write):
    config = load_config(write(example()))
    assert config.model_dump(exclude={"path"}) == load_config(write("")).model_dump(exclude={"path"})


def test_the_example_holds_every_key_and_what_is_commented_out_is_valid_too(write):
    text = re.sub(r"^# (\w+ = .*|\[\[variants\]\])$", r"\1", example(), flags=re.MULTILINE)
    data = tomllib.loads(text)
    (variant,) = data.pop("variants")
    assert list(variant) == list(VariantSection.model_fields)
    assert {section: list(values) for section, values in data.items()} == {section: list(model.model_fields) for section, model in SECTIONS.items()}
    config = load_config(write(text), rooms=False)
    assert config.study.epochs == data["study"]["epochs"]
    assert config.variants[0].name == variant["name"]


def test_the_example_can_be_read_without_scrolling_sideways():
    assert max(len(line) for line in example().splitlines()) <= 120
