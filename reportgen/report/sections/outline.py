"""The report's headings, in order: the one place that knows which sections there are and what they are called.

A section is a line here and a template ``templates/parts/<key>.html.j2``. It is printed wherever its group is: with one workload under Methodology,
Results and so on, with several in the chapter of each workload.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from string import ascii_uppercase

from reportgen.analysis.results import Results
from reportgen.report.sections.arrangement import AS_BUILT_IN, DECLARATION, EXPERIMENTS, Arrangement, OwnSection
from reportgen.report.sections.elements import Heading
from reportgen.report.sections.experiments import heading_key

MAIN = 2  # <h1> is the report's title
SUBSECTION = 3


EXPERIMENT_PREFIX = "experiment-"


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
    by_author: bool = False


#: Said once for a whole report, whatever the number of workloads.
SOFTWARE = Section(key="software", title="Software and hardware")
PROTOCOL = Section(key="protocol", title="Measurement protocol")
CHALLENGES = Section(key="challenges", title="Challenges", by_author=True)
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
    Section(key="history", title="The nights before", present=lambda results: results.history is not None),
    Section(key="modes", title="Faster ways to train the same network", present=lambda results: bool(results.modes)),
    Section(key="variants", title="Versions and settings side by side", present=lambda results: bool(results.variants)),
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
MAIN_RESULTS = Section(key="results", title="Results")
LIMITATIONS = Section(key="limitations", title="Challenges, limitations and error analysis")
AUTHORS_END = (
    Section(key="discussion", title="Discussion"),
    Section(key="conclusion", title="Conclusion"),
    Section(key="references", title="References"),
    Section(key=DECLARATION, title="Declaration of integrity"),
)
APPENDICES = (
    Section(key="environment", title="Environment"),
    Section(key="configuration", title="Configuration and seeds"),
    Section(key="timings", title="Raw timings of every trial"),
    Section(key="listings", title="Full code"),
    Section(key="provenance", title="Provenance"),
    Section(key="checklist", title="Reproducibility checklist"),
    Section(key="attachments", title="Attachments"),
)
#: The main sections by their name in ``[sections]``.
MAINS = {section.key: section for section in (INTRODUCTION, SUMMARY, METHODOLOGY, MAIN_RESULTS, LIMITATIONS, *AUTHORS_END)}


def outline(results: Results, arranged: Arrangement = AS_BUILT_IN) -> dict[str, Heading]:
    """Return the headings of a report on one workload by key, numbered 1, 1.1, ... and A, B, ... in order of the document."""
    groups: dict[str, tuple[Section, ...]] = {
        "methodology": (SOFTWARE, *MATERIAL, PROTOCOL, *PARITY),
        "results": (*RESULTS, *experiment_parts(results)),
        "limitations": (CHALLENGES, LIMITS, *ERRORS),
    }
    headings: dict[str, Heading] = {}
    numbers = count(1)
    for name in arranged.order:
        if name == "appendix":
            headings |= appendices(arranged)
        elif name in groups:
            children = tuple(chosen(placed(name, groups[name], arranged), results))
            headings |= numbered(MAINS[name], children, next(numbers)) if children else {}
        elif name != SUMMARY.key:
            headings |= numbered(main_section(name, arranged), (), next(numbers))
    return headings


def main_section(name: str, arranged: Arrangement) -> Section:
    """Return a main section without subsections: one of the report's, or the author's own."""
    return MAINS[name] if name in MAINS else own_section(arranged.own[name])


def own_section(own: OwnSection) -> Section:
    """Return a section that the author adds."""
    return Section(key=own.key, title=own.title, by_author=True)


def placed(group: str, sections: Sequence[Section], arranged: Arrangement) -> Iterator[Section]:
    """Yield the sections of a group as the author wants them, which is all of them in their order where nothing is said."""
    if group not in arranged.groups:
        yield from sections
        return
    wanted = arranged.groups[group]
    known = {section.key.removeprefix(EXPERIMENT_PREFIX): section for section in sections}
    for name in wanted:
        if name in arranged.own:
            yield own_section(arranged.own[name])
        elif name == EXPERIMENTS:
            yield from (section for key, section in known.items() if section.key.startswith(EXPERIMENT_PREFIX) and key not in wanted)
        elif name in known:
            yield known[name]


def chapter_sections(results: Results, arranged: Arrangement = AS_BUILT_IN) -> tuple[Section, ...]:
    """Return what the chapter of a workload holds, none of it the author's own: that is said once for all chapters."""
    excerpts = {"code": Section(key="code", title="Code excerpts")}
    found = [section for section in placed("methodology", (*MATERIAL, *PARITY), arranged) if arranged.lists("methodology", section.key)]
    found += [section for section in placed("results", (*RESULTS, *experiment_parts(results)), arranged) if "results" in arranged.order]
    found += [COURSE] if arranged.lists("limitations", LIMITS.key) else []
    found += [section for section in ERRORS if arranged.lists("limitations", section.key)]
    return tuple(chosen((excerpts.get(section.key, section) for section in found if not section.by_author), results))


def suite_outline(
    members: Sequence[tuple[str, str, Results]], arranged: Arrangement = AS_BUILT_IN
) -> tuple[dict[str, Heading], tuple[dict[str, Heading], ...]]:
    """Return the headings of a report on several workloads, and those of each chapter by the key of the section alone.

    ``members`` are the prefix of a chapter's keys, its title, and its results, in order. The chapters stand where the results of one workload
    would; sections that the author adds to those follow the chapters.
    """
    once = tuple(section for section in (SOFTWARE, REPOSITORY, PROTOCOL) if section is not REPOSITORY or arranged.lists("methodology", "code"))
    numbers = count(1)
    headings: dict[str, Heading] = {}
    chapters = []
    for name in arranged.order:
        if name == "results":
            for prefix, title, results in members:
                chapter = numbered(Section(key=CHAPTER, title=title), chapter_sections(results, arranged), next(numbers), prefix)
                headings |= {heading.key: heading for heading in chapter.values()}
                chapters.append(chapter)
            for section in placed("results", (), arranged):
                headings |= numbered(section, (), next(numbers))
        elif name == "methodology":
            children = tuple(placed(name, [replace(section, key="code") if section is REPOSITORY else section for section in once], arranged))
            children = tuple(REPOSITORY if section.key == "code" else section for section in children)
            headings |= numbered(METHODOLOGY, children, next(numbers)) if children else {}
        elif name == "limitations":
            children = tuple(placed(name, (CHALLENGES, LIMITS), arranged))
            headings |= numbered(Section(key="limitations", title="Challenges and limitations"), children, next(numbers)) if children else {}
        elif name == "appendix":
            headings |= appendices(arranged)
        else:
            headings |= numbered(main_section(name, arranged), (), next(numbers))
    if not chapters:
        chapters = [{} for _ in members]
    return headings, tuple(chapters)


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
    names = tuple((child.key, child.by_author) for child in children)
    headings = {section.key: Heading(key=main_key, number=str(number), title=section.title, level=MAIN, parts=names)}
    for position, child in enumerate(children, start=1):
        key = f"{prefix}.{child.key}" if prefix else child.key
        headings[child.key] = Heading(key=key, number=f"{number}.{position}", title=child.title, level=SUBSECTION)
    return headings


def appendices(arranged: Arrangement = AS_BUILT_IN) -> dict[str, Heading]:
    """Return the headings of the appendices, lettered."""
    sections = tuple(placed("appendix", APPENDICES, arranged))
    return {
        section.key: Heading(
            key=section.key, number=letter, title=section.title, level=MAIN, parts=((section.key, section.by_author),), lettered=True
        )
        for letter, section in zip(ascii_uppercase, sections, strict=False)
    }


def left_out(headings: Mapping[str, Heading], complete: Mapping[str, Heading]) -> tuple[str, ...]:
    """Return the titles of what a complete report would have and this one has not; a reader must be able to see that something is missing."""
    return tuple(heading.title for key, heading in complete.items() if key not in headings)


def part_names(experiments: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the names that each group of ``[sections]`` accepts; ``experiments`` are the names of those that there are."""
    groups = {
        "methodology": (SOFTWARE, *MATERIAL, PROTOCOL, *PARITY),
        "results": RESULTS,
        "limitations": (CHALLENGES, LIMITS, *ERRORS),
        "appendix": APPENDICES,
    }
    names = {group: tuple(section.key for section in sections) for group, sections in groups.items()}
    return names | {"results": (*names["results"], EXPERIMENTS, *experiments)}
