"""Numbers and dates as German writes them, through the one module that formats them, and read back for sorting and for CSV."""

import pytest

from reportgen import languages
from reportgen.language import spoken
from reportgen.report.data_tables import data, plain
from reportgen.report.drawing import Drawing, new_figure
from reportgen.report.format import bounds, date, duration, enumeration, lowered, number, percent, plural, recorded, scientific, size
from reportgen.report.read_back import leading_number
from reportgen.report.sections.elements import figures


@pytest.fixture(autouse=True)
def german():
    with spoken(languages.find("de")):
        yield


def test_numbers_have_a_comma_and_thin_spaces():
    assert number(-1234.5, 2) == "\u22121234,50"
    assert number(1234567.5, 1) == "1\u202f234\u202f567,5"
    assert scientific(2.4e-7) == "2,4\u202f\u00d7\u202f10^\u22127"
    assert (percent(0.947), duration(0.0131), size(2048)) == ("94,70\u202f%", "13,1\u202fms", "2,0\u202fKiB")
    assert bounds(number(0.5, 1), number(1.5, 1)) == "[0,5; 1,5]"
    assert number(None, 1) == "nicht verf\u00fcgbar"


def test_dates_counts_and_lists():
    assert date("2026-11-21T12:26:10+00:00") == "21.11.2026"
    assert date("tomorrow") == "tomorrow"
    assert (plural(1, "trial"), plural(3, "trial")) == ("1 Durchlauf", "3 Durchl\u00e4ufe")
    assert enumeration(["a", "b", "c"]) == "a, b und c"
    assert lowered("Mehrschichtiges Perzeptron") == "Mehrschichtiges Perzeptron"


def test_what_a_record_holds_is_translated_or_has_its_numbers_written_anew():
    assert recorded("yes") == "ja"
    assert recorded("\u00b10.08, 0, \u00b10.28") == "\u00b10,08; 0; \u00b10,28"
    assert recorded("TensorFlow 2.21.0") == "TensorFlow 2.21.0"


def test_what_is_printed_is_read_back():
    assert leading_number(duration(0.0131)) == pytest.approx(0.0131)
    assert leading_number(number(-1234567.25, 2)) == pytest.approx(-1234567.25)
    assert plain(figures(number(-1234.5, 2))) == "-1234.50"


def test_axes_have_commas():
    figure, grid = new_figure(2.0, 1, 1)
    grid[0][0].plot([0.0, 1.0], [0.25, 0.75])
    assert Drawing(figure=figure, data=data(("x",), [])).svg
    labels = [label.get_text() for label in grid[0][0].get_yticklabels()]
    assert "0,5" in {label.rstrip("0") for label in labels}
    assert not [label for label in labels if "." in label]
