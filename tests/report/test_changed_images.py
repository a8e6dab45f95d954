"""Images that an exported file takes for another class: named in the report, as many as fit."""

from reportgen.analysis.results import ChangedImage
from reportgen.report.sections.changed_images import SHOWN_IMAGES, changed_images_table
from reportgen.report.sections.elements import Register


def changed(count):
    return tuple(ChangedImage(index=index, true_class="3", source_class="3", exported_class="5") for index in range(count))


def test_no_change_no_table(example_results):
    assert all(not item.changed_images for item in example_results.exports)
    assert changed_images_table(example_results, Register()) is None


def test_the_first_are_named_and_the_others_counted(example_results):
    first, *others = example_results.exports
    results = example_results.model_copy(update={"exports": (first.model_copy(update={"changed_images": changed(SHOWN_IMAGES + 2)}), *others)})
    table = changed_images_table(results, Register())
    (row,) = table.rows
    assert [cell.text for cell in row[1:3]] == [first.title, str(SHOWN_IMAGES + 2)]
    assert row[3].text.startswith("0:\u00a03\u21925, 1:")
    assert row[3].text.endswith("and 2 more")
