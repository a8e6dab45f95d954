"""The tables of report.toml that say how the documents look and which sections they have."""

from __future__ import annotations

from typing import Literal

from reportgen import languages
from reportgen.config.fields import FOLDER, TEMPLATES, TEXT, Section, key
from reportgen.config.values import FileName, Line, Names
from reportgen.language import ENGLISH, marked


class ReportSection(Section):
    """How the document presents itself."""

    title: Line = key("Title on the first page.", accepted=TEXT, default=marked("TensorFlow and PyTorch: a measured comparison"))
    subtitle: Line = key("Line below the title; left out when empty.", accepted=TEXT, default="")
    language: Line = key(
        f"Language of the text that the program writes: {', '.join(f'`{code}`' for code in languages.names())}.",
        accepted=" or ".join(f'"{code}"' for code in languages.names()),
        flag="--language",
        default=ENGLISH,
    )
    paper: Literal["A4", "Letter"] = key("Paper size of the PDF.", default="A4")
    templates: FileName = key(
        "Folder of templates of your own, which take the place of the built-in ones one by one.",
        accepted=FOLDER,
        flag="--templates",
        default=TEMPLATES,
    )
    theme: Line = key(
        "Colours and faces: `standard`, `contrast`, or the name of a style sheet in `themes/` in the folder of templates.",
        accepted="a theme that `python -m reportgen templates list` names",
        flag="--theme",
        default="standard",
    )


class SectionsSection(Section):
    """Which sections the report has, and in which order. The first page names what is left out."""

    order: Names | None = key(
        "The main sections. Leave names out, move them, or put a Markdown file of your own between them: its first heading is the title.",
        accepted="a list of different names: introduction, summary (of several workloads), methodology, results (of several workloads: their "
        "chapters), limitations, discussion, conclusion, references, declaration (where you have written one), appendix, and "
        "Markdown files of your own",
        default=None,
        default_text="all",
        example='["introduction", "methodology", "results", "discussion", "conclusion", "references", "appendix"]',
        strict=False,
    )
    methodology: Names | None = key(
        "What stands below Methodology; of several workloads, what is said of each, in its chapter.",
        accepted="a list of different names: software, dataset, architecture, hyperparameters, code, protocol, parity, and Markdown files of your "
        "own",
        default=None,
        default_text="all",
        example='["software", "dataset", "architecture", "hyperparameters", "code", "protocol", "parity"]',
        strict=False,
    )
    results: Names | None = key(
        "What stands below Results; of several workloads, in the chapter of each.",
        accepted="a list of different names: headline, findings, curves, times, parts, losses, modes, classes, confusion, exports, inference, "
        "experiments (all, or one by its name), and Markdown files of your own",
        default=None,
        default_text="all",
        example='["headline", "findings", "curves", "times", "exports", "inference", "experiments"]',
        strict=False,
    )
    limitations: Names | None = key(
        "What stands below Challenges, limitations and error analysis.",
        accepted="a list of different names: challenges, limits, errors, and Markdown files of your own",
        default=None,
        default_text="all",
        example='["challenges", "limits", "errors"]',
        strict=False,
    )
    appendix: Names | None = key(
        "The appendices.",
        accepted="a list of different names: environment, configuration, timings, listings, provenance, checklist, attachments, and "
        "Markdown files of your own",
        default=None,
        default_text="all",
        example='["environment", "configuration", "timings", "listings", "provenance", "checklist", "attachments"]',
        strict=False,
    )
