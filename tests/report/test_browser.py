"""The web page of the example run in a real browser: it asks for nothing, complains of nothing, fits a phone, and does what it offers."""

import html
import json
from pathlib import Path

import pytest
from browser import PROGRAM, browser

from reportgen.report.read_back import leading_number
from reportgen.report.view import view

AXE = Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js"
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="no Chromium is installed")
BROKEN = """axe.run(document, {resultTypes: ['violations']}).then(found =>
    found.violations.map(one => `${one.id}: ${one.nodes.length} times, as ${one.nodes[0].html.slice(0, 200)}`))"""
CONTRAST = BROKEN.replace("{resultTypes", "{runOnly: ['color-contrast'], resultTypes")


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    with browser(tmp_path_factory.mktemp("browser")) as started:
        yield started


@pytest.fixture(scope="module")
def page(example):
    return example.documents.html


def at_rest(chromium) -> None:
    """Let scrolling be sudden, so that places can be asked for."""
    chromium.run("document.documentElement.style.scrollBehavior = 'auto'")


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_it_fits_every_width_and_neither_asks_nor_complains(chromium, page, width):
    chromium.open(page, width)
    inner, scroll, body = chromium.run("[innerWidth, document.documentElement.scrollWidth, document.body.scrollWidth]")
    assert inner == width
    assert max(scroll, body) <= width
    assert chromium.run("[...document.images].filter(image => !image.naturalWidth).length") == 0
    assert chromium.run("document.images.length") > 5
    assert chromium.requests == [page.as_uri()]
    assert chromium.messages == []
    assert chromium.run("[...document.fonts].filter(face => face.status === 'error').length") == 0


def test_on_a_phone_listings_keep_their_lines_and_sentences_their_width(chromium, page):
    chromium.open(page, 360)
    wide = "(box => [box.clientWidth, box.scrollWidth, getComputedStyle(box).whiteSpace])(document.querySelector('pre.listing'))"
    shown, whole, wraps = chromium.run(wide)
    assert shown < whole, "it scrolls by itself"
    assert wraps == "pre"
    assert chromium.run("Math.min(...[...document.querySelectorAll('td.long')].map(cell => cell.clientWidth))") > 200
    chromium.scheme(dark=False, medium="print")
    assert chromium.run(wide)[2] == "pre-wrap"


def test_axe_finds_nothing_in_light(chromium, page):
    chromium.open(page, 1280)
    chromium.run(AXE.read_text() + ";0")
    assert chromium.run(BROKEN) == []


def test_contrast_holds_in_the_dark(chromium, page):
    chromium.open(page, 1280, dark=True)
    assert chromium.run("getComputedStyle(document.body).backgroundColor") == "rgb(22, 24, 27)"
    chromium.run("document.querySelectorAll('details').forEach(one => one.open = true)")
    chromium.run(AXE.read_text() + ";0")
    assert chromium.run(CONTRAST) == []


def test_the_first_tab_skips_to_the_report_and_the_focus_is_seen(chromium, page):
    chromium.open(page, 1280)
    chromium.press("Tab")
    assert chromium.run("document.activeElement.className") == "skip"
    left, outline = chromium.run("[document.activeElement.getBoundingClientRect().left, getComputedStyle(document.activeElement).outlineStyle]")
    assert left >= 0
    assert outline == "solid"
    chromium.press("Enter")
    assert chromium.run("location.hash") == "#main"


def test_code_is_in_tabs_by_pointer_and_by_key(chromium, page):
    chromium.open(page, 1280)
    at_rest(chromium)
    shown = "[...document.querySelector('.tabs').querySelectorAll('.panel')].map(panel => getComputedStyle(panel).display)"
    assert chromium.run(shown) == ["block", "none"]
    chromium.run("document.querySelector('.tabs label:nth-of-type(2)').scrollIntoView()")
    place = chromium.run(
        "(box => [box.x + box.width / 2, box.y + box.height / 2])(document.querySelectorAll('.tabs label')[1].getBoundingClientRect())"
    )
    chromium.point(*place, click=True)
    assert chromium.run(shown) == ["none", "block"]
    chromium.press("ArrowLeft")
    assert chromium.run(shown) == ["block", "none"]
    chromium.scheme(dark=False, medium="print")
    assert chromium.run(shown) == ["block", "block"], "on paper one below the other"
    unfolded = "[...document.querySelectorAll('details')].map(one => one.open)"
    assert not any(chromium.run(unfolded))
    chromium.run("window.dispatchEvent(new Event('beforeprint'))")
    assert all(chromium.run(unfolded)), "and nothing folded away"
    chromium.run("window.dispatchEvent(new Event('afterprint'))")
    assert not any(chromium.run(unfolded))


def column(chromium, key: str, number: int) -> list[str]:
    return chromium.run(f"[...document.querySelector('#table-{key}').tBodies[0].rows].map(row => row.cells[{number}].textContent)")


def test_tables_sort_by_what_their_numbers_are(chromium, page, example):
    chromium.open(page, 1280)
    table = next(one for one in view(example.results, example.config).tables if one.key == "timings-tensorflow")
    printed = column(chromium, table.key, 3)
    assert printed == [row[3].text for row in table.rows]
    button = f"document.querySelector('#table-{table.key} th[data-column=\"3\"] button')"
    order = f"{button}.parentElement.getAttribute('aria-sort')"
    chromium.run(f"{button}.focus()")
    assert chromium.run(order) == "none"
    chromium.press("Enter")
    assert (chromium.run(order), column(chromium, table.key, 3)) == ("ascending", sorted(printed, key=leading_number))
    chromium.press(" ")
    assert (chromium.run(order), column(chromium, table.key, 3)) == ("descending", sorted(printed, key=leading_number, reverse=True))
    assert chromium.run(f"[...document.querySelectorAll('#table-{table.key} th[aria-sort=none]')].length") == len(table.head[0]) - 1
    chromium.press("Enter")
    assert (chromium.run(order), column(chromium, table.key, 3)) == ("none", printed)


def test_every_table_that_sorts_keeps_its_rows_together(chromium, page):
    chromium.open(page, 1280)
    rows = "[...document.querySelectorAll('table.sortable')].map(one => [...one.tBodies[0].rows].map(row => row.textContent).sort())"
    before = chromium.run(rows)
    chromium.run("document.querySelectorAll('th[data-column] button').forEach(button => button.click())")
    assert chromium.run(rows) == before
    assert len(before) > 10
    assert chromium.messages == []


def test_a_curve_shows_the_value_that_one_points_at(chromium, page, example):
    chromium.open(page, 1280)
    at_rest(chromium)
    figure = next(one for one in view(example.results, example.config).figures if one.key == "curves")
    chromium.run("document.querySelector('#figure-curves').scrollIntoView()")
    places = chromium.run(
        "(plane => { const box = plane.getBoundingClientRect(); return JSON.parse(document.querySelector('#figure-curves script').textContent)"
        ".flatMap(curve => curve.points.map(([x, y, words]) => [box.x + x * box.width, box.y + y * box.height, `${curve.label}: ${words}`])); })"
        "(document.querySelector('#figure-curves .plane'))"
    )
    assert [words for _, _, words in places] == [f"{curve.label}: {words}" for curve in figure.curves for _, _, words in curve.points]
    for across, down, words in (places[0], places[-1]):
        chromium.point(across, down)
        assert chromium.run("document.querySelector('#figure-curves .value').textContent") == words
    chromium.point(5, 5)
    assert chromium.run("getComputedStyle(document.querySelector('#figure-curves .value')).visibility") == "hidden"


def test_a_curve_shows_its_values_by_the_arrow_keys(chromium, page, example):
    chromium.open(page, 360)
    figure = next(one for one in view(example.results, example.config).figures if one.key == "curves")
    said = "document.querySelector('#figure-curves [role=status]').textContent"
    chromium.run("document.querySelector('#figure-curves .plot').focus()")
    for keys, curve, place in ((["ArrowRight"], 0, 0), (["ArrowRight"], 0, 1), (["ArrowDown"], 1, 1), (["ArrowLeft"] * 5, 1, 0), (["ArrowUp"], 0, 0)):
        for key in keys:
            chromium.press(key)
        assert chromium.run(said) == f"{figure.curves[curve].label}: {figure.curves[curve].points[place][2]}"
    chromium.press("Escape")
    assert chromium.run(said) == ""
    assert chromium.run("document.documentElement.scrollWidth") <= 360


def test_on_a_phone_a_value_is_seen_whole(chromium, page):
    """The picture is wider than its frame there, which scrolls to what the keys lead to."""
    chromium.open(page, 360)
    edges = (
        "(name => { const frame = document.querySelector(`${name} .plot`).getBoundingClientRect();"
        "return [...document.querySelectorAll(`${name} .value, ${name} .dot`)].map(one => one.getBoundingClientRect())"
        ".flatMap(box => [box.left - frame.left, frame.right - box.right]); })('#figure-ratios')"
    )
    chromium.run("document.querySelector('#figure-ratios .plot').focus()")
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowUp"):
        chromium.press(key)
        assert min(chromium.run(edges)) >= -1, key


def test_points_lie_on_the_curve_that_is_drawn(chromium, page):
    """The picture is asked for the colour at each point of the validation curves: it is that of the framework, not the ground."""
    chromium.open(page, 1280)
    ground = chromium.run(
        "(async () => { const plot = document.querySelector('#figure-curves'); const image = plot.querySelector('img'); await image.decode();"
        "const canvas = document.createElement('canvas'); canvas.width = 1600; canvas.height = 1600 * image.naturalHeight / image.naturalWidth;"
        "const pen = canvas.getContext('2d'); pen.drawImage(image, 0, 0, canvas.width, canvas.height);"
        "return JSON.parse(plot.querySelector('script').textContent).filter(curve => curve.label.includes('validation')).flatMap(curve =>"
        "curve.points.map(([x, y]) => [...pen.getImageData(Math.round(x * canvas.width), Math.round(y * canvas.height), 1, 1).data])); })()"
    )
    assert len(ground) > 10
    assert [one for one in ground if max(one[:3]) - min(one[:3]) < 60] == [], "each point is coloured"


PLOTS = """[...document.querySelectorAll('figure:has(.plot)')].map(figure => [figure.id, figure.querySelector('script').textContent])"""
#: Whether anything is drawn within a few pixels of each point of a figure.
INKED = """(async plot => { const image = plot.querySelector('img'); await image.decode(); const canvas = document.createElement('canvas');
canvas.width = 1600; canvas.height = Math.round(1600 * image.naturalHeight / image.naturalWidth);
const pen = canvas.getContext('2d', {willReadFrequently: true});
pen.drawImage(image, 0, 0, canvas.width, canvas.height);
const inked = (x, y) => { const near = pen.getImageData(Math.round(x) - 6, Math.round(y) - 6, 13, 13).data; return near.some(shade => shade < 200); };
return JSON.parse(plot.querySelector('script').textContent).flatMap(curve =>
  curve.points.filter(([x, y]) => !inked(x * canvas.width, y * canvas.height)).map(point => [curve.label, ...point])); })
(document.getElementById(NAME))"""


def test_every_figure_of_numbers_shows_them(chromium, page, example):
    """Pictures of images have none to show; all others have their values where something is drawn, and say them by pointer and by keyboard."""
    chromium.open(page, 1280)
    at_rest(chromium)
    plots = {name: json.loads(points) for name, points in chromium.run(PLOTS)}
    images = ("samples", "predictions", "misclassified", "augmentation")
    content = view(example.results, example.config)
    assert list(plots) == [f"figure-{one.key}" for one in content.figures if not one.key.startswith(images)]
    for name, curves in plots.items():
        assert chromium.run(INKED.replace("NAME", json.dumps(name))) == [], name
        figure = next(one for one in content.figures if f"figure-{one.key}" == name)
        told = [f"{curve.label}: {point[2]}" for curve in figure.curves for point in curve.points]
        assert [f"{curve['label']}: {point[2]}" for curve in curves for point in curve["points"]] == told
        said = f"document.querySelector('#{name} [role=status]').textContent"
        chromium.run(f"document.querySelector('#{name} .plot').focus()")
        chromium.press("ArrowRight")
        assert chromium.run(said) == told[0]
        for _ in curves:
            chromium.press("ArrowDown")
        assert chromium.run(said).startswith(f"{figure.curves[-1].label}: ")
        chromium.press("Escape")
        assert chromium.run(said) == ""
    assert chromium.messages == []


def test_without_script_everything_is_there(chromium, page):
    chromium.open(page, 1280, scripts=False)
    text = html.unescape(page.read_text(encoding="utf-8"))
    assert "Epoch by epoch" in text, "the numbers of the curves are in a table"
    assert chromium.messages == []
    tree = chromium.call("DOM.getDocument", depth=-1)
    assert "'sort'" not in str(tree)
