"""The test images that an exported file takes for another class than the model it was made from."""

from __future__ import annotations

from reportgen.analysis.results import ExportResult, Results
from reportgen.language import gettext, ngettext
from reportgen.report.format import integer
from reportgen.report.sections.elements import Register, Table, figures, head, words

# Two lines of a table; all of them are in results.json.
SHOWN_IMAGES = 12


def changed_images_table(results: Results, register: Register) -> Table | None:
    """Return a row for each format that changed the class of any image; ``None`` where none did."""
    titles = results.titles
    changed = [item for item in results.exports if item.changed_images]
    if not changed:
        return None
    return register.table(
        "changed-images",
        gettext("Images whose class changed"),
        gettext(
            "By their place in the test set, counted from 0: the class that the source model gives, and the "
            "one that the file gives. Of the first trial; {shown_images} of each format at most, all are in "
            "results.json.",
            shown_images=SHOWN_IMAGES,
        ),
        [
            (
                head(gettext("From")),
                head(gettext("Format")),
                head(gettext("Images"), numeric=True),
                head(gettext("Image: class of the model \u2192 class of the file")),
            )
        ],
        [
            [head(titles.get(item.framework, item.framework)), words(item.title), figures(integer(len(item.changed_images))), words(listed(item))]
            for item in changed
        ],
        style="small",
    )


def listed(item: ExportResult) -> str:
    """Return the first of the images in order."""
    shown = [f"{one.index}:\u00a0{one.source_class}\u2192{one.exported_class}" for one in item.changed_images[:SHOWN_IMAGES]]
    more = len(item.changed_images) - len(shown)
    listed = ", ".join(shown)
    return ngettext("{listed} and {more} more", "{listed} and {more} more", more, listed=listed, more=integer(more)) if more else listed
