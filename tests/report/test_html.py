"""The HTML of the example run: one file that stands alone, and is in order."""

import json
import re
import shutil
import subprocess

import pytest
from pages import Page

LARGEST_BYTES = 1_500_000
BROWSER = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
QUIET = ("--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", *QUIET)


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
    assert all(url.startswith("data:") for url in re.findall(r"url\(\"?([^)\"]+)", text))
    assert not page.all("script")


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


@pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")
@pytest.mark.parametrize("width", [360, 1280])
def test_a_browser_shows_it_without_scrolling_sideways_or_complaint(text, tmp_path, width):
    probe = (
        "<script>addEventListener('load', () => { document.title = `measured ${document.documentElement.scrollWidth} of ${innerWidth} `"
        " + document.querySelectorAll('img').length + ' ' + [...document.images].filter(image => !image.naturalWidth).length; });</script></body>"
    )
    copy = tmp_path / "report.html"
    copy.write_text(text.replace("</body>", probe), encoding="utf-8")
    # A headless window is never narrower than 500 px: a frame of the wanted width is.
    frame = tmp_path / "frame.html"
    frame.write_text(
        f"<iframe src='report.html' style='width:{width}px;height:800px;border:0'></iframe><script>addEventListener('load', () => setTimeout(() => "
        "{ document.title = document.querySelector('iframe').contentDocument.title; }, 500));</script>"
    )
    command = [BROWSER, *FLAGS, "--allow-file-access-from-files", "--enable-logging=stderr", f"--user-data-dir={tmp_path / 'profile'}"]
    command += ["--virtual-time-budget=10000", "--dump-dom", frame.as_uri()]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    found = re.search(r"measured (\d+) of (\d+) (\d+) (\d+)", done.stdout)
    assert found, done.stdout[:500]
    scroll_width, inner_width, images, broken = (int(value) for value in found.groups())
    assert inner_width == width
    assert scroll_width <= inner_width
    assert images > 0
    assert broken == 0
    assert "CONSOLE" not in done.stderr, done.stderr
