"""The configuration of a study: report.toml and the command line's flags, checked as one."""

from __future__ import annotations

from reportgen.config.appearance import ReportSection, SectionsSection
from reportgen.config.describe import documentation, example
from reportgen.config.fields import Asked
from reportgen.config.load import load_config
from reportgen.config.models import AuthorSection, Config, OutputSection, ProseSection, StudySection
from reportgen.config.presets import PRESETS, Preset, PresetName
from reportgen.config.read import FILE_NAME

__all__ = [
    "FILE_NAME",
    "PRESETS",
    "Asked",
    "AuthorSection",
    "Config",
    "OutputSection",
    "Preset",
    "PresetName",
    "ProseSection",
    "ReportSection",
    "SectionsSection",
    "StudySection",
    "documentation",
    "example",
    "load_config",
]
