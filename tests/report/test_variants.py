"""Unusual studies: each must still make sound documents. Only the HTML is made here, which holds every string that the PDF does."""

import re

import pytest
from pages import first_only, visible

from reportgen.analysis.results import SettingRow
from reportgen.records import Sentence
from reportgen.report.documents import make_resources
from reportgen.report.markup import to_markup
from reportgen.report.sections.parity import NOT_CHECKED, NOT_SHOWN, badge
from reportgen.report.view import view

HOSTILE = "<script>alert('x')</script>{{7*7}}\"'&"

LOST = Sentence(sentence="the converter lost the weights")


def html(example, results, config=None) -> str:
    content = view(results, config or example.config)
    return to_markup(content, make_resources(results, example.pictures, content), "screen", None)


def diverged(results):
    framework = results.frameworks[0]
    broken = tuple(tuple(float("nan") for _ in run) for run in framework.curves.train_loss)
    curves = framework.curves.model_copy(update={"train_loss": broken, "validation_loss": broken})
    return results.model_copy(update={"frameworks": (framework.model_copy(update={"test_loss": None, "curves": curves}), *results.frameworks[1:])})


def unproven(results):
    return results.model_copy(update={"parity": (), "parity_losses": (), "findings": (), "profiles": ()})


def without_exports(results):
    return results.model_copy(update={"exports": ()})


def incomplete(results):
    return results.model_copy(update={"planned_blocks": 10, "complete": False})


def unchanged(results):
    return results


VARIANTS = [unchanged, first_only, diverged, unproven, without_exports, incomplete]


@pytest.mark.parametrize("change", VARIANTS, ids=lambda change: change.__name__)
def test_nothing_raw_shows(example, change):
    words = visible(html(example, change(example.results)))
    # Distributions are called by their names in two tables; what is left must be words.
    for wrong in (r"\bnan\b", r"\bNone\b", r"\binf\b", r"\{\{ (?!7)", r"\{%", r"\bsaved_model\b", r"\bchannels_last\b", r"block-\d\d-"):
        assert not re.search(wrong, words), wrong


def test_one_framework_names_no_other(example):
    words = visible(html(example, first_only(example.results)))
    assert "measured alone" in words
    other = example.results.frameworks[1].title
    assert f"{other} 2" not in words.split("References")[0]


def test_missing_blocks_are_said_on_the_first_page(example):
    words = visible(html(example, incomplete(example.results)))
    assert words.index("Incomplete study") < words.index("Introduction")


def test_a_fallback_is_said_on_the_first_page(example):
    dataset = example.results.dataset.model_copy(update={"requested": "auto", "fallback_reason": Sentence(sentence="No mirror answered.")})
    words = visible(html(example, example.results.model_copy(update={"dataset": dataset})))
    assert words.index("No mirror answered.") < words.index("Introduction")


def test_an_unequal_setting_is_seen(example):
    rows = (SettingRow(name="Batch size", values=("32", "64"), same=False), *example.results.settings)
    words = visible(html(example, example.results.model_copy(update={"settings": rows})))
    assert re.search(r"Batch size\s+32\s+64\s+no\b", words)


def test_a_failed_export_is_shown_as_failed(example):
    first, *rest = example.results.exports
    broken = first.model_copy(update={"failures": (LOST,), "agrees": False, "n": 0, "inference": None, "accuracy": None})
    words = visible(html(example, example.results.model_copy(update={"exports": (broken, *rest)})))
    assert "the converter lost the weights" in words


def test_a_failed_check_takes_the_badge_from_its_numbers(example):
    check = example.results.parity[0]
    failed = check.model_copy(update={"outcome": "failed", "blocks_claims": ("accuracy",), "detail": "One side trains without shuffling."})
    results = example.results.model_copy(update={"parity": (failed, *example.results.parity[1:])})
    assert badge(results, "accuracy") == NOT_SHOWN
    assert badge(results, "training_time") == badge(example.results, "training_time")
    assert badge(unproven(example.results), "accuracy") == NOT_CHECKED
    assert "One side trains without shuffling." in visible(html(example, results))


def test_hostile_names_are_text_everywhere(example):
    report = example.config.report.model_copy(update={"title": HOSTILE, "subtitle": HOSTILE})
    author = example.config.author.model_copy(update={"name": HOSTILE, "course": HOSTILE, "institution": HOSTILE})
    config = example.config.model_copy(update={"report": report, "author": author})
    hostile = Sentence(sentence=HOSTILE)
    names = (HOSTILE, *example.results.dataset.class_names[1:])
    dataset = example.results.dataset.model_copy(update={"title": HOSTILE, "class_names": names, "fallback_reason": hostile, "source": hostile})
    results = example.results.model_copy(update={"dataset": dataset, "workload_title": HOSTILE, "notices": (HOSTILE,)})
    markup = html(example, results, config)
    # The page has a script of its own.
    assert "<script>alert" not in markup
    assert "{{7*7}}" in markup
    assert ">49<" not in markup.replace("49</td>", "")
