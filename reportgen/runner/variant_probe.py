"""What a variant's interpreter says of itself: it imports what its trials will, and lists what is installed.

``python -m reportgen.runner.variant_probe MODULE...`` runs in the other interpreter, which may be of another version and have few packages: whatever
a trial will miss is missed here first.
"""

from __future__ import annotations

import json
import platform
import re
import sys
from importlib import import_module, metadata

#: Begins the line with the answer, whatever else an import prints.
ANSWER = "reportgen-variant "
#: What every trial imports, whichever framework it is of.
OF_EVERY_TRIAL = ("reportgen.runner.worker", "reportgen.runner.training", "reportgen.runner.parity")


def main() -> None:
    """Import the modules that are named, and print the interpreter's version and those of all distributions."""
    for name in (*OF_EVERY_TRIAL, *sys.argv[1:]):
        import_module(name)
    versions: dict[str, str] = {}
    for found in metadata.distributions():
        name = found.metadata["Name"]
        # Of two the first is the one that is imported; a broken installation may have one without a name.
        if name:
            versions.setdefault(re.sub(r"[-_.]+", "-", name).lower(), found.version)
    print(f"\n{ANSWER}{json.dumps({'python': platform.python_version(), 'packages': versions})}", flush=True)


if __name__ == "__main__":
    main()
