"""The report's headings, in order: the one place that knows which sections there are and what they are called.

A section is a line here and a template ``templates/parts/<key>.html.j2``. It is printed wherever its group is: with one workload under Methodology,
Results and so on, with several in the chapter of each workload.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportgen.analysis.results import Results
from reportgen.report.sections.elements import Heading
from reportgen.report.sections.experiments import heading_key

MAIN = 2  # <h1> is the report's title
SUBSECTION = 3


def always(results: Results) -> bool:  # noqa: ARG001
    """Every workload has the section."""
    return True


def finds_classes(results: Results) -> bool:
    """A workload that finds classes has it."""
    return results.dataset.task == "classification"


def finds_numbers(results: Results) -> bool:
    """A workload that finds numbers has it."""
    return results.dataset.task == "regression"


@dataclass(frozen=True, kw_only=True)
class Section:
    """A section with a heading of its own. ``present`` says of a workload's results whether it has the section."""

    key: str
    title: str
    present: Callable[[Results], bool] = always


#: Said once for a whole report, whatever the number of workloads.
SOFTWARE = Section(key="software", title="Software and hardware")
PROTOCOL = Section(key="protocol", title="Measurement protocol")
CHALLENGES = Section(key="challenges", title="Challenges")
LIMITS = Section(key="limits", title="Limits of the measurement")
#: In a report on several workloads only: with one, the first is a part of the section on code, the second of the limits.
REPOSITORY = Section(key="repository", title="Code repository")
COURSE = Section(key="course", title="Course of the measurement")

#: What is said of each workload, in three groups.
MATERIAL = (
    Section(key="dataset", title="Data set"),
    Section(key="architecture", title="Network architecture"),
    Section(key="hyperparameters", title="Hyperparameters"),
    Section(key="code", title="Code repository and excerpts"),
)
PARITY = (Section(key="parity", title="Parity of the programs"),)
RESULTS = (
    Section(key="headline", title="Headline results"),
    Section(key="findings", title="Findings"),
    Section(key="curves", title="Learning curves"),
    Section(key="times", title="Training time"),
    Section(key="parts", title="Where the time goes"),
    Section(key="losses", title="Losses", present=finds_numbers),
    Section(key="modes", title="Faster ways to train the same network", present=lambda results: bool(results.modes)),
    Section(key="classes", title="Scores by class", present=finds_classes),
    Section(key="confusion", title="Confusion matrices", present=finds_classes),
    Section(key="exports", title="Exported models", present=lambda results: bool(results.exports)),
    Section(key="inference", title="Inference"),
)
ERRORS = (Section(key="errors", title="Error analysis"),)

CHAPTER = "chapter"  # key of the heading of a workload's chapter
INTRODUCTION = Section(key="introduction", title="Introduction")
SUMMARY = Section(key="summary", title="Summary")
METHODOLOGY = Section(key="methodology", title="Methodology")
LIMITATIONS = Section(key="limitations", title="Challenges, limitations and error analysis")
AUTHORS_END = (
    Section(key="discussion", title="Discussion"),
    Section(key="conclusion", title="Conclusion"),
    Section(key="references", title="References"),
)
APPENDICES = (
    Section(key="environment", title="Environment"),
    Section(key="configuration", title="Configuration and seeds"),
    Section(key="timings", title="Raw timings of every trial"),
    Section(key="listings", title="Full code"),
    Section(key="checklist", title="Reproducibility checklist"),
    Section(key="attachments", title="Attachments"),
)


def outline(results: Results) -> dict[str, Heading]:
    """Return the headings of a report on one workload by key, numbered 1, 1.1, ... and A, B, ... in order of the document."""
    sections = (
        (INTRODUCTION, ()),
        (METHODOLOGY, (SOFTWARE, *MATERIAL, PROTOCOL, *PARITY)),
        (Section(key="results", title="Results"), (*RESULTS, *experiment_parts(results))),
        (LIMITATIONS, (CHALLENGES, LIMITS, *ERRORS)),
        *((section, ()) for section in AUTHORS_END),
    )
    headings: dict[str, Heading] = {}
    for number, (section, children) in enumerate(sections, start=1):
        headings |= numbered(section, chosen(children, results), number)
    return headings | appendices()


def chapter_sections(results: Results) -> tuple[Section, ...]:
    """Return what the chapter of a workload holds."""
    excerpts = {"code": Section(key="code", title="Code excerpts")}
    groups = (*(excerpts.get(section.key, section) for section in MATERIAL), *PARITY, *RESULTS, *experiment_parts(results), COURSE, *ERRORS)
    return tuple(chosen(groups, results))


def suite_outline(members: Sequence[tuple[str, str, Results]]) -> tuple[dict[str, Heading], tuple[dict[str, Heading], ...]]:
    """Return the headings of a report on several workloads, and those of each chapter by the key of the section alone.

    ``members`` are the prefix of a chapter's keys, its title, and its results, in order.
    """
    numbers = iter(range(1, 1000))
    headings: dict[str, Heading] = {}
    for section, children in ((INTRODUCTION, ()), (SUMMARY, ()), (METHODOLOGY, (SOFTWARE, REPOSITORY, PROTOCOL))):
        headings |= numbered(section, children, next(numbers))
    chapters = []
    for prefix, title, results in members:
        chapter = numbered(Section(key=CHAPTER, title=title), chapter_sections(results), next(numbers), prefix)
        headings |= {heading.key: heading for heading in chapter.values()}
        chapters.append(chapter)
    headings |= numbered(Section(key="limitations", title="Challenges and limitations"), (CHALLENGES, LIMITS), next(numbers))
    for section in AUTHORS_END:
        headings |= numbered(section, (), next(numbers))
    return headings | appendices(), tuple(chapters)


def experiment_parts(results: Results) -> tuple[Section, ...]:
    """Return a section for each experiment of a workload; they share a template, ``templates/parts/experiment.html.j2``."""
    return tuple(Section(key=heading_key(one), title=one.heading) for one in results.experiments)


def chosen(sections: Iterable[Section], results: Results) -> Iterator[Section]:
    """Yield the sections that these results have."""
    return (section for section in sections if section.present(results))


def numbered(section: Section, children: Iterable[Section], number: int, prefix: str = "") -> dict[str, Heading]:
    """Return a main heading and its subsections by key; with a ``prefix`` their identifiers begin with it."""
    # A prefix holds no full stop: no workload's name can make an identifier twice.
    main_key = f"{prefix}.{section.key}" if prefix else section.key
    children = tuple(children)
    names = tuple(child.key for child in children)
    headings = {section.key: Heading(key=main_key, number=str(number), title=section.title, level=MAIN, children=names)}
    for position, child in enumerate(children, start=1):
        key = f"{prefix}.{child.key}" if prefix else child.key
        headings[child.key] = Heading(key=key, number=f"{number}.{position}", title=child.title, level=SUBSECTION)
    return headings


def appendices() -> dict[str, Heading]:
    """Return the headings of the appendices, lettered."""
    return {
        section.key: Heading(key=section.key, number=letter, title=section.title, level=MAIN)
        for letter, section in zip("ABCDEFGHIJ", APPENDICES, strict=False)
    }
