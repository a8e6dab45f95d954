"""The trend page: one file that loads nothing, says everything without script and in words, and whose filters work in a real browser."""

import json
import re
import shutil
import subprocess

import pytest
from nights import SOFTWARE, cell, night, series, write
from pages import Page, visible

from reportgen.nightly.history import ask
from reportgen.nightly.trends import all_trends
from reportgen.records.night import Control
from reportgen.report.trend.page import write_trend_page

BROWSER = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync")
NIGHTS = 60
#: Clicks through every choice of every filter, and says which charts can be seen; the page itself has no script.
PROBE = """<script>addEventListener('load', () => {
  const seen = () => [...document.querySelectorAll('figure')].filter(one => one.offsetParent).map(one => one.querySelector('h3').textContent);
  const found = {all: seen(), width: [document.documentElement.scrollWidth, innerWidth]};
  for (const input of document.querySelectorAll('input[type=radio]')) {
    input.click();
    found[input.name + '=' + input.parentElement.textContent.trim()] = seen();
    document.querySelectorAll('input[name=' + input.name + ']')[0].click();
  }
  document.title = 'seen ' + JSON.stringify(found);
});</script></body>"""


@pytest.fixture(scope="module")
def text(tmp_path_factory):
    """The page of two workloads: one with a regression that was mended and a change of software, and a damaged night."""
    folder = tmp_path_factory.mktemp("trend")
    runs = folder / "runs"
    slow = series(NIGHTS, steps={35: 1.15, 45: 1 / 1.15})
    steady = series(NIGHTS, seed=2)
    for index in range(NIGHTS):
        cells = [
            cell("training_time:torch", *(slow[index] * part for part in (0.98, 0.99, 1.0, 1.0, 1.01, 1.02))),
            cell("training_time:flow", steady[index]),
            cell("accuracy:torch", 0.97, unit="fraction", worse="lower", test_count=360, title="<b>Accuracy</b>, torch"),
            cell("ratio:training_time", 1.0, framework="", unit="ratio", parts=("training_time:torch", "training_time:flow"), title="Ratio"),
        ]
        repeat = [cell("training_time:torch", slow[index])] if 35 <= index < 45 else []
        software = SOFTWARE | ({"torch": "2.15.0"} if index >= 35 else {})
        write(runs, night(index, cells, software=software, repeat=repeat, repeat_control=Control(key="1", seconds=(1.0,)) if repeat else None))
        write(runs, night(index, [cell("training_time:flow", 2.0)], run=f"cnn-{index:02d}", workload="cnn", workload_hash="2" * 16))
    (runs / "night-damaged").mkdir()
    (runs / "night-damaged" / "night.json").write_text("{")
    trends, damaged = ask(runs, lambda connection, damaged: (all_trends(connection), [one.sentence for one in damaged]))
    path = write_trend_page(folder / "trend.html", trends, "fine (exit code 0): nothing worse", damaged)
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


def test_it_loads_nothing_and_has_no_script(page, text):
    assert page.all("script") == []
    for tag, attributes in page.tags:
        if tag not in ("a", "svg"):
            assert not re.match(r"(https?:)?//", attributes.get("href", attributes.get("src", "")))
    assert not re.search(r"url\((?!['\"]?data:)", text)
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)


def test_it_says_in_words_what_the_charts_show(text):
    words = visible(text)
    assert "fine (exit code 0): nothing worse" in words
    assert "night-damaged is left out of the history" in words
    assert "torch 2.14.1 \u2192 2.15.0" in words
    caption = re.search(r"<h3>Training time, torch</h3>.*?<figcaption>(.*?)</figcaption>", text, re.DOTALL)[1]
    assert "levels: " in caption
    assert re.search(r"confirmed regression on 2026-02-0\d", caption)
    assert re.search(r"recovery on 2026-02-[12]\d", caption)


def test_every_night_has_its_dot_its_values_and_its_interval(text):
    chart = re.search(r"<h3>Training time, torch</h3>.*?</svg>", text, re.DOTALL)[0]
    assert chart.count('class="night"') == NIGHTS
    assert re.search(r"<title>2026-01-01 02:30: [^<]* \[[^<]*\], n = 6</title>", chart)
    assert chart.count('class="again"') == 10
    assert chart.count('class="change"') == 1
    bars = re.search(r'class="interval" d="([^"]*)"', chart)[1]
    assert bars.count("M") == NIGHTS


def test_names_are_escaped_and_pictures_described(page, text):
    assert "<b>Accuracy" not in text
    assert "&lt;b&gt;Accuracy" in text
    drawings = page.all("svg")
    assert len(drawings) == 5
    assert all(one["role"] == "img" and one["aria-label"] for one in drawings)


@pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")
@pytest.mark.parametrize("width", [360, 1280])
def test_filters_work_in_a_browser_at_any_width(text, tmp_path, width):
    (tmp_path / "trend.html").write_text(text.replace("</body>", PROBE), encoding="utf-8")
    # A headless window is never narrower than 500 px: a frame of the wanted width is.
    frame = tmp_path / "frame.html"
    frame.write_text(
        f"<iframe src='trend.html' style='width:{width}px;height:800px;border:0'></iframe><script>addEventListener('load', () => setTimeout(() => "
        "{ document.title = document.querySelector('iframe').contentDocument.title; }, 500));</script>"
    )
    command = [BROWSER, *FLAGS, "--allow-file-access-from-files", "--enable-logging=stderr", f"--user-data-dir={tmp_path / 'profile'}"]
    command += ["--virtual-time-budget=10000", "--dump-dom", frame.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    found = re.search(r"<title>seen (.*?)</title>", done.stdout)
    assert found, done.stdout[:500]
    seen = json.loads(found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    everything = seen["all"]
    assert len(everything) == 5
    scroll_width, inner_width = seen["width"]
    assert inner_width == width
    assert scroll_width <= inner_width
    assert seen["f=torch"] == [title for title in everything if "torch" in title or title == "Ratio"]
    assert len(seen["f=flow"]) == 3
    assert seen["m=Ratio of the frameworks"] == ["Ratio"]
    assert len(seen["m=Training time"]) == 3
    workloads = {name: titles for name, titles in seen.items() if name.startswith("w=") and name != "w=all"}
    assert sorted(map(len, workloads.values())) == [1, 4]
    assert seen["w=all"] == seen["f=all"] == seen["m=all"] == everything
    assert "CONSOLE" not in done.stderr, done.stderr
