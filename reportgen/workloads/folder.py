"""Loading a person's own workload from a folder, without putting the folder where Python looks for modules.

Such a folder holds a ``tensorflow.py``: on the search path, it would hide the library of that name.
"""

from __future__ import annotations

import hashlib
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from reportgen.errors import ReportgenError


def private_name(folder: Path, stem: str) -> str:
    """Return a module name that no library has, and that two folders do not share."""
    return f"_reportgen_workload_{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}.{stem}"


def load_module(folder: Path, stem: str) -> ModuleType:
    """Load ``folder``/``stem``.py, once a process; raises :class:`ReportgenError` where there is no such file, or it cannot be loaded."""
    name, path = private_name(folder, stem), folder / f"{stem}.py"
    if name in sys.modules:
        return sys.modules[name]
    if not path.is_file():
        raise ReportgenError(
            f"The workload folder {folder} has no {path.name}. Add it, or measure only the frameworks that have a file there."
        )
    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ReportgenError(f"{path} is not a Python module.")
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module
