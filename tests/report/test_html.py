"""The HTML of the example run: one file that stands alone, and is in order."""

import base64
import hashlib
import html
import io
import json
import re

import pytest
from fontTools.ttLib import TTFont
from pages import Page

from reportgen.report.templating import linked

# Of 1,500,000: a standard report on MNIST has a half more than the example, and a page should not be at its limit.
LARGEST_BYTES = 1_000_000


@pytest.fixture(scope="module")
def text(example):
    return example.documents.html.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


def test_it_fits_its_budget(example):
    assert example.documents.html.stat().st_size <= LARGEST_BYTES


def test_it_loads_nothing_from_elsewhere(page, text):
    for tag, attributes in page.tags:
        if tag != "a":
            assert not re.match(r"(https?:)?//", attributes.get("href", attributes.get("src", "")))
    # Inside of a drawing, "#" is written as in a URI: a place in that drawing.
    assert all(url.startswith(("data:", "%23")) for url in re.findall(r"url\(\"?([^)\"]+)", text))
    assert not [script for script in page.all("script") if "src" in script]


def test_no_script_runs_but_its_own(page, text):
    """The policy names the one script by its digest; the other script elements hold data."""
    (policy,) = (one["content"] for one in page.all("meta") if one.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; img-src data:;")
    (script,) = re.findall(r"(?s)<script>(.*?)</script>", text)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert {one.get("type", "") for one in page.all("script")} == {"", "application/json"}


def test_fonts_have_the_letters_of_the_page_and_no_others(text):
    faces = re.findall(r"data:font/woff2;base64,([A-Za-z0-9+/=]+)", text)
    assert len(faces) == 6
    shown = set(html.unescape(re.sub(r'data:[\w/+.-]+(?:;base64,[\w+/=]+|,[^"]*)', "", text)))
    for face in faces:
        letters = {chr(code) for code in TTFont(io.BytesIO(base64.b64decode(face))).getBestCmap()}
        assert set("0123456789\u2212\u202f%abcxyz") <= letters
        assert letters <= shown | set("\u2190\u2191\u2192\u2193\u2195")


def test_web_addresses_are_links(page):
    assert {"https://keras.io", "https://pytorch.org"} <= {one["href"] for one in page.all("a")}
    assert linked("(<b> see https://a.org/x_(y)?q=1&r=2).") == (
        '(&lt;b&gt; see <a href="https://a.org/x_(y)?q=1&amp;r=2">https://a.org/x_(y)?q=1&amp;r=2</a>).'
    )


def test_identifiers_are_unique_and_links_lead_to_them(page):
    found = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(found) == len(set(found))
    for link in page.all("a"):
        if link["href"].startswith("#"):
            assert link["href"][1:] in found, link


def test_it_can_be_read_aloud(page):
    assert page.all("html")[0]["lang"] == "en"
    assert all(len(image["alt"]) > 20 for image in page.all("img"))
    assert len(page.all("caption")) == len(page.all("table"))
    assert all("scope" in cell for cell in page.all("th"))
    assert len(page.all("main")) == len(page.all("h1")) == 1
    labelled = {label["for"] for label in page.all("label")}
    assert {choice["id"] for choice in page.all("input")} <= labelled


def test_what_the_author_wrote_is_text(text):
    assert "<script>alert(1)</script>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "{{ 7 * 7 }}" in text
    assert "<strong>spread</strong>" in text


def test_results_json_holds_the_same_numbers(example):
    stored = json.loads(example.documents.results.read_text())
    assert stored == json.loads(example.results.model_dump_json())
    assert "NaN" not in example.documents.results.read_text()
