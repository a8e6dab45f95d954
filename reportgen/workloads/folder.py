"""Loading a person's own workload from a folder, without putting the folder where Python looks for modules.

Such a folder holds a ``tensorflow.py``: on the search path, it would hide the library of that name. It becomes a package of a private name
instead, so that its files can import each other: ``from .helpers import x``.
"""

from __future__ import annotations

import hashlib
import sys
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from reportgen.errors import ReportgenError
from reportgen.language import marked

DESCRIPTION = "__init__"


def private_name(folder: Path) -> str:
    """Return a package name that no library has, and that two folders do not share."""
    return (
        f"_reportgen_workload_{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"
    )


def load_module(folder: Path, stem: str) -> ModuleType:
    """Load ``folder``/``stem``.py, once a process; ``__init__`` is the package itself.

    Raises :class:`ReportgenError` where there is no such file, and whatever the file raises.
    """
    path = folder / f"{stem}.py"
    if not path.is_file():
        raise ReportgenError(
            marked(
                "The workload folder {folder} has no {name}. Add it, or measure only the frameworks that have a file "
                "there: --framework NAME."
            ),
            folder=folder,
            name=path.name,
        )
    package = load_package(folder)
    if stem == DESCRIPTION:
        return package
    return import_module(f"{package.__name__}.{stem}")


def load_package(folder: Path) -> ModuleType:
    """Return the folder as a package, with what its ``__init__.py`` defines, if any."""
    name, path = private_name(folder), folder / f"{DESCRIPTION}.py"
    if name in sys.modules:
        return sys.modules[name]
    spec: ModuleSpec | None
    if path.is_file():
        spec = spec_from_file_location(
            name, path, submodule_search_locations=[str(folder)]
        )
    else:
        spec = ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations = [str(folder)]
    if spec is None:
        raise ReportgenError(marked("{path} is not a Python module."), path=path)
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        if spec.loader is not None:
            spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module
