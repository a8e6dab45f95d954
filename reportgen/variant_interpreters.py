"""The interpreters of variants: asked before anything is measured, and again before a run goes on, whether trials can run there, and with what."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from packaging.utils import canonicalize_name

from reportgen import frameworks
from reportgen.config import Config
from reportgen.config.variants import VariantSection, find_interpreter
from reportgen.errors import ReportgenError
from reportgen.language import marked
from reportgen.packages import dependency_closure, program_metadata
from reportgen.records import Plan, Variant
from reportgen.records.keys import SOFTWARE_PACKAGES
from reportgen.runner.forking import program_modules
from reportgen.runner.launch import trial_environment
from reportgen.runner.variant_launch import bridge, variant_environment
from reportgen.runner.variant_probe import ANSWER
from reportgen.variants import base_mode

# The first import of a framework from a slow disk takes minutes.
PROBE_TIMEOUT_S = 300
# What the trials' own code takes beside a framework: whoever lacks one of them may lack all.
OF_MEASURING = ("numpy", "psutil", "pydantic")
VERSION = "import sys; print('.'.join(map(str, sys.version_info[:3])))"
VERSION_TIMEOUT_S = 60


def plan_variants(config: Config, chosen: Mapping[str, tuple[str, ...]]) -> tuple[Variant, ...]:
    """Return the variants of a study whose modes are ``chosen``; raises :class:`ReportgenError` for one in which no trial could run."""
    return tuple(plan_variant(config, one, chosen) for one in config.variants)


def plan_variant(config: Config, section: VariantSection, chosen: Mapping[str, tuple[str, ...]]) -> Variant:
    """Return one variant, with what is installed for its interpreter."""
    measured = section.frameworks or tuple(chosen)
    python = ""
    if section.python:
        found = find_interpreter(config.folder, section.python)
        if found is None:
            raise ReportgenError(
                marked("The variant '{name}' has no interpreter '{python}'. Correct python in report.toml."), name=section.name, python=section.python
            )
        python = str(found.absolute())
    variant = Variant(name=section.name, frameworks=measured, python=python, environment=dict(section.environment))
    return variant.model_copy(update={"software": software_of(variant, {name: chosen[name][0] for name in measured})})


def software_of(variant: Variant, modes: Mapping[str, str]) -> dict[str, str]:
    """Return what is installed for a variant's interpreter, of what a result could depend on; nothing for this one, whose run has it already.

    Every framework is imported there once, in its main mode of ``modes``, in a process of its own. Raises :class:`ReportgenError` where that fails.
    """
    if not variant.python:
        return {}
    check_version(variant)
    wanted = {canonicalize_name(name) for name in (*dependency_closure().versions, *SOFTWARE_PACKAGES)} - {"reportgen"}
    found: dict[str, str] = {}
    for framework, mode in modes.items():
        python, installed = asked(
            variant.name, variant.python, tuple(variant.environment.items()), framework, program_modules(framework, base_mode(mode))
        )
        packages = {canonicalize_name(name): version for name, version in installed.items()}
        found = {"Python": python, **{name: version for name, version in sorted(packages.items()) if name in wanted}}
    return found


def check_version(variant: Variant) -> None:
    """Raise :class:`ReportgenError` unless the interpreter runs, and is of a version that this program is written for."""
    try:
        done = subprocess.run([variant.python, "-c", VERSION], capture_output=True, text=True, check=False, timeout=VERSION_TIMEOUT_S)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ReportgenError(
            marked("The interpreter of the variant '{name}' cannot be run: {error}. Correct python in report.toml."), name=variant.name, error=error
        ) from error
    version, required = done.stdout.strip(), program_metadata().requires_python
    if done.returncode or not version:
        said = (done.stderr.strip().splitlines() or ["it says nothing"])[-1]
        raise ReportgenError(
            marked("{python}, of the variant '{name}', is no Python interpreter: {said}. Correct python in report.toml."),
            python=variant.python,
            name=variant.name,
            said=said,
        )
    if version not in required:
        raise ReportgenError(
            marked(
                "The interpreter of the variant '{name}' is Python {version}, and trials need {required}. Make a virtual "
                "environment with one of these."
            ),
            name=variant.name,
            version=version,
            required=required,
        )


@cache
def asked(name: str, python: str, variables: tuple[tuple[str, str], ...], framework: str, modules: tuple[str, ...]) -> tuple[str, Mapping[str, str]]:
    """Return an interpreter's version and those of its packages, once it has imported what a framework's trials import; asked once in a process."""
    variant = Variant(name=name, frameworks=(framework,), python=python, environment=dict(variables))
    with bridge() as folder, trial_environment("cpu") as plain:
        command = (python, "-P", "-m", "reportgen.runner.variant_probe", *modules)
        environment = variant_environment(plain, variant, folder)
        try:
            done = subprocess.run(
                command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=PROBE_TIMEOUT_S
            )
        except subprocess.TimeoutExpired as error:
            raise ReportgenError(
                marked("The variant '{name}' did not import {framework} within {timeout_s} s. Try it by hand: {python}"),
                name=name,
                framework=framework,
                timeout_s=PROBE_TIMEOUT_S,
                python=python,
            ) from error
    line = next((line for line in reversed(done.stdout.splitlines()) if line.startswith(ANSWER)), None)
    if done.returncode or line is None:
        raise ReportgenError(cannot_run(variant, framework, done.stderr))
    answer = json.loads(line.removeprefix(ANSWER))
    return answer["python"], answer["packages"]


def cannot_run(variant: Variant, framework: str, errors: str) -> str:
    """Return why a framework's trials cannot run in a variant, and what to do about it."""
    said = (errors.strip().splitlines() or ["it ended without a word"])[-1]
    title = frameworks.find(framework).title
    missing = said.partition("No module named ")[2].strip("'\"").partition(".")[0]
    wanted = " ".join(OF_MEASURING) if missing in OF_MEASURING else missing
    remedy = f"Install it there: {variant.python} -m pip install {wanted}" if missing else f"Mend that environment, and try: {variant.python}"
    return (
        f"Trials of {title} cannot run in the variant {variant.name!r}: {said}. {remedy}. The other interpreter needs the framework and what "
        "measuring takes beside it; reportgen itself need not be installed there, since its trials use the code of this installation."
    )


def check_unchanged(plan: Plan) -> None:
    """Raise :class:`ReportgenError` where a variant's interpreter has other software than when its run began: a report must not mix the two."""
    for variant in plan.variants:
        if variant.python and not Path(variant.python).is_file():
            raise ReportgenError(
                marked("The interpreter of the variant '{name}' is gone: {python}. Bring it back, or start a new run."),
                name=variant.name,
                python=variant.python,
            )
        measured = {name: plan.main_mode(name) for name in variant.frameworks if name in plan.frameworks}
        if not measured:
            # What is measured again of a night may leave out the frameworks of a variant.
            continue
        now = software_of(variant, measured)
        changed = changes(variant.software, now)
        if changed:
            raise ReportgenError(
                marked(
                    "The software of the variant '{name}' is not what the run '{run}' began with: {changed}. Install that again, or start a new run."
                ),
                name=variant.name,
                run=plan.run,
                changed=", ".join(changed),
            )


def changes(before: Mapping[str, str], now: Mapping[str, str]) -> Sequence[str]:
    """Return what differs, with both versions."""
    names = sorted({*before, *now})
    return [f"{name} {now.get(name, 'absent')} instead of {before.get(name, 'absent')}" for name in names if before.get(name) != now.get(name)]
