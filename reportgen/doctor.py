"""What is present and what is missing on this machine, with the exact command for whatever is missing.

No framework is imported here: versions come from metadata, and whether a framework really loads is seen in a child process of its own.
"""

from __future__ import annotations

import platform
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reportgen import compilers, machine_checks, native_libraries
from reportgen.devices import read_devices
from reportgen.packages import CHECKOUT, PROGRAM, dependency_closure, installed_version, program_metadata
from reportgen.processes import Answer, ask_module

Status = Literal["present", "missing", "warning"]

#: A first import from a cold disk compiles thousands of files; a minute has been seen. Beyond this, something hangs.
IMPORT_TIMEOUT_S = 300

#: Each loading process holds up to 1 GiB and keeps a processor busy.
IMPORTS_AT_ONCE = 2


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing looked at: where it belongs, how it stands, what was found, and the command (or deed) that mends it.

    ``optional`` marks what the program does without; its absence is no reason to fail.
    """

    group: str
    name: str
    status: Status
    found: str
    remedy: str | None = None
    optional: bool = False


def examine(runs: Path = Path("runs"), out: Path = Path("out")) -> tuple[Check, ...]:
    """Look at everything a study needs, in the order in which a person would mend it; takes as long as the frameworks take to load."""
    return (
        check_python(),
        *check_packages(),
        *check_loading(),
        *check_native_libraries(),
        *check_datasets(),
        *check_folders(runs, out),
        *check_machine(),
        *check_optional(),
    )


def check_python() -> Check:
    """Compare the interpreter's version with the supported range."""
    supported = program_metadata().requires_python
    version = platform.python_version()
    if supported.contains(version, prereleases=True):
        return Check(group="Python", name="Python", status="present", found=f"{version} ({sys.executable})")
    remedy = f"Install a Python {supported} from https://www.python.org/downloads/ and make a new virtual environment with it."
    return Check(group="Python", name="Python", status="missing", found=f"{version}, but {supported} is needed", remedy=remedy)


def check_packages() -> Iterator[Check]:
    """Yield a check for each package that the program names itself, then one for all that those need in turn."""
    for requirement in program_metadata().requirements:
        version = installed_version(requirement.name)
        if version is None:
            yield Check(group="Packages", name=requirement.name, status="missing", found="not installed", remedy=install_command(str(requirement)))
        elif not requirement.specifier.contains(version, prereleases=True):
            found = f"{version}, but {requirement.specifier} is needed"
            yield Check(group="Packages", name=requirement.name, status="warning", found=found, remedy=install_command(str(requirement)))
        else:
            yield Check(group="Packages", name=requirement.name, status="present", found=version)
    closure = dependency_closure()
    direct = {requirement.name for requirement in program_metadata().requirements}
    absent = [name for name in closure.missing if name not in direct]
    if absent:
        yield Check(group="Packages", name="their own needs", status="missing", found=", ".join(absent), remedy=install_command(*absent))
    else:
        yield Check(group="Packages", name="their own needs", status="present", found=f"{len(closure.versions)} packages in all")


def install_command(*requirements: str) -> str:
    """Return the line that installs ``requirements`` into this interpreter's environment, in tested versions where a checkout lists them."""
    constraints = CHECKOUT / "constraints.txt"
    command = [sys.executable, "-m", "pip", "install", *(["-c", str(constraints)] if constraints.is_file() else []), *requirements]
    return subprocess.list2cmdline(command) if sys.platform == "win32" else shlex.join(command)


def check_loading() -> Iterator[Check]:
    """Load every framework, and every runtime that is not one of them, each in a child process; a few at a time."""
    from reportgen import frameworks, runtimes

    found = [frameworks.find(name) for name in frameworks.names()]
    owned = {framework.distribution for framework in found}
    everything = runtimes.members().values()
    missing = [runtime for runtime in everything if runtime.extra and installed_version(runtime.distribution) is None]
    others = [runtime for runtime in everything if runtime.distribution not in owned and runtime not in missing]
    jobs = [("framework", framework.name, framework.title, framework.distribution) for framework in found]
    jobs += [("runtime", runtime.name, runtime.title, runtime.distribution) for runtime in others]
    with ThreadPoolExecutor(max_workers=IMPORTS_AT_ONCE) as pool:
        yield from pool.map(lambda job: check_one_loads(*job), jobs)
    for runtime in missing:
        remedy = install_command(runtime.distribution)
        yield Check(
            group="Loading", name=runtime.title, status="missing", found="not installed; its format is not exported", remedy=remedy, optional=True
        )


def check_one_loads(kind: str, name: str, title: str, distribution: str) -> Check:
    """Load one framework or runtime in a child process, and report the last line of what it said if it failed."""
    answer = ask_module("reportgen.probe", kind, name, timeout_s=IMPORT_TIMEOUT_S)
    if answer.trouble is None:
        found = f"{distribution} {installed_version(distribution)} loads{computes_on(answer) if kind == 'framework' else ''}"
        return Check(group="Loading", name=title, status="present", found=found)
    # What belongs together is installed together: the commonest cause is torch from one index and torchvision from another.
    needs = [str(need) for need in program_metadata().requirements if need.name.startswith(distribution)]
    remedy = install_command("--force-reinstall", *(needs or [distribution]))
    return Check(group="Loading", name=title, status="missing", found=f"does not load: {answer.trouble}", remedy=remedy)


def computes_on(answer: Answer) -> str:
    """Return what a framework that loads can compute on beside the CPU, as the end of a sentence."""
    found = read_devices(answer)
    if found.devices:
        return f" and computes on the CPU and on {', '.join(found.devices)} (--device cuda)"
    return f" and computes on the CPU; no CUDA device{f' ({found.trouble})' if found.trouble else ''}"


def check_native_libraries() -> Iterator[Check]:
    """Yield a check for each shared library that writing a PDF needs."""
    for library in native_libraries.LIBRARIES:
        if native_libraries.loads(library):
            yield Check(group="PDF libraries", name=library.name, status="present", found=library.file_name)
        else:
            remedy = native_libraries.install_command()
            yield Check(group="PDF libraries", name=library.name, status="missing", found=f"{library.file_name} not found", remedy=remedy)


def check_datasets() -> Iterator[Check]:
    """Yield where MNIST lies, without downloading it; the digits come with scikit-learn."""
    from reportgen.datasets.mnist.places import DATA_VARIABLE, places, search

    findings = [search(folder) for folder in places()]
    damaged = list(dict.fromkeys(line for finding in findings for line in finding.damaged))
    complete = next((finding for finding in findings if not finding.missing), None)
    if complete:
        yield Check(group="Data", name="MNIST", status="present", found=str(complete.folder))
    else:
        remedy = f"It is downloaded at first use (11 MB). Without a network: put its four files into DIR/mnist and set {DATA_VARIABLE}=DIR."
        yield Check(group="Data", name="MNIST", status="missing", found="not on this machine yet", remedy=remedy, optional=True)
    for line in damaged:
        yield Check(group="Data", name="MNIST", status="warning", found=f"damaged and not used: {line}", remedy="Delete this file.", optional=True)
    if installed_version("scikit-learn"):
        yield Check(group="Data", name="digits", status="present", found="comes with scikit-learn")
    else:
        yield Check(group="Data", name="digits", status="missing", found="scikit-learn is missing", remedy=install_command("scikit-learn"))


def check_folders(runs: Path, out: Path) -> Iterator[Check]:
    """Yield whether runs and reports can be written, and whether the disk has room for them."""
    for name, folder in (("runs", runs), ("out", out)):
        trouble = machine_checks.unwritable(folder)
        where = str(folder.absolute())
        if trouble:
            remedy = f"Choose another folder with --{name} DIR, or make this one writable."
            yield Check(group="Folders", name=name, status="missing", found=f"{where}: {trouble}", remedy=remedy)
        else:
            yield Check(group="Folders", name=name, status="present", found=f"{where} can be written")
    finding = machine_checks.disk_space(runs)
    yield _from_finding("Folders", "free disk space", finding)


def check_machine() -> Iterator[Check]:
    """Yield what could make timings on this machine slower or less steady than they need be."""
    checks: dict[str, Callable[[], machine_checks.Finding | None]] = {
        "calibration": machine_checks.calibration,
        "processors": machine_checks.processors,
        "memory": machine_checks.memory,
        "load": machine_checks.load,
        "frequency": machine_checks.frequency_governor,
        "power": machine_checks.power_supply,
    }
    for name, check in checks.items():
        finding = check()
        if finding:
            yield _from_finding("Machine", name, finding)


def check_optional() -> Iterator[Check]:
    """Yield what the program uses where it is there, and does without where it is not."""
    git = shutil.which("git")
    remedy = "Install git to have the commit of your code in the report: https://git-scm.com/downloads"
    status: Status = "present" if git else "missing"
    yield Check(group="Optional", name="git", status=status, found=git or "not found", remedy=None if git else remedy, optional=True)
    yield check_compiler()
    yield from check_forms()
    version = installed_version(PROGRAM)
    found = f"{version}, installed" if version else f"runs from {CHECKOUT} without being installed"
    yield Check(group="Optional", name=PROGRAM, status="present", found=found, optional=True)


def check_forms() -> Iterator[Check]:
    """Yield whether the forms of the report can be made that need more than the others do."""
    from reportgen import forms

    for name, form in forms.members().items():
        if form.missing is not forms.nothing_missing:
            problem = form.missing()
            status: Status = "missing" if problem else "present"
            found = "cannot be made" if problem else "can be made"
            yield Check(group="Optional", name=f"--form {name}", status=status, found=found, remedy=problem or None, optional=True)


def check_compiler() -> Check:
    """Look for the C++ compiler that PyTorch's fastest modes need."""
    path = compilers.find_compiler()
    if path is not None:
        return Check(group="Optional", name="C++ compiler", status="present", found=path, optional=True)
    remedy = f"For PyTorch's compiled modes, otherwise replaced by ones that need no compiler: {compilers.REMEDIES.get(sys.platform, '')}"
    return Check(
        group="Optional", name="C++ compiler", status="missing", found=f"no command {compilers.command()}", remedy=remedy.strip(), optional=True
    )


def _from_finding(group: str, name: str, finding: machine_checks.Finding) -> Check:
    return Check(group=group, name=name, status="warning" if finding.remedy else "present", found=finding.found, remedy=finding.remedy, optional=True)
