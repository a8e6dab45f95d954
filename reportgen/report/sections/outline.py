"""The report's headings, in order: the one place that knows which sections there are and what they are called."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.report.sections.elements import Heading

MAIN = 2  # <h1> is the report's title
SUBSECTION = 3

SECTIONS: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    ("introduction", "Introduction", ()),
    (
        "methodology",
        "Methodology",
        (
            ("software", "Software and hardware"),
            ("dataset", "Data set"),
            ("architecture", "Network architecture"),
            ("hyperparameters", "Hyperparameters"),
            ("code", "Code repository and excerpts"),
            ("protocol", "Measurement protocol"),
            ("parity", "Parity of the programs"),
        ),
    ),
    (
        "results",
        "Results",
        (
            ("headline", "Headline results"),
            ("findings", "Findings"),
            ("curves", "Learning curves"),
            ("times", "Training time"),
            ("parts", "Where the time goes"),
            ("classes", "Scores by class"),
            ("confusion", "Confusion matrices"),
            ("exports", "Exported models"),
            ("inference", "Inference"),
        ),
    ),
    (
        "limitations",
        "Challenges, limitations and error analysis",
        (
            ("challenges", "Challenges"),
            ("limits", "Limits of the measurement"),
            ("errors", "Error analysis"),
        ),
    ),
    ("discussion", "Discussion", ()),
    ("conclusion", "Conclusion", ()),
    ("references", "References", ()),
)
APPENDICES: tuple[tuple[str, str], ...] = (
    ("environment", "Environment"),
    ("configuration", "Configuration and seeds"),
    ("timings", "Raw timings of every trial"),
    ("listings", "Full code"),
    ("checklist", "Reproducibility checklist"),
    ("attachments", "Attachments"),
)


def outline(experiments: Sequence[tuple[str, str]] = ()) -> dict[str, Heading]:
    """Return all headings by key, numbered 1, 1.1, ... and A, B, ... in order of the document.

    ``experiments`` are (key, title) of the sections that close the results.
    """
    headings: dict[str, Heading] = {}
    for position, (key, title, children) in enumerate(SECTIONS, start=1):
        headings[key] = Heading(key=key, number=str(position), title=title, level=MAIN)
        more = tuple(experiments) if key == "results" else ()
        for child, (child_key, child_title) in enumerate((*children, *more), start=1):
            headings[child_key] = Heading(key=child_key, number=f"{position}.{child}", title=child_title, level=SUBSECTION)
    for letter, (key, title) in zip("ABCDEFGHIJ", APPENDICES, strict=False):
        headings[key] = Heading(key=key, number=letter, title=title, level=MAIN)
    return headings
