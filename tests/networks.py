"""The workloads that classify images: those that every framework, export format and parity check is tested with, on the small data set."""

from reportgen import frameworks, runtimes, workloads
from reportgen.frameworks.export_format import ExportFormat
from reportgen.packages import installed_version

#: Their names; one that is added is tested by being found. A regression has tests of its own, since it is driven in another way.
CLASSIFIERS = tuple(name for name in workloads.names() if workloads.find(name).task == "classification")

#: Every export format of every framework.
FORMATS = tuple(known for framework in frameworks.names() for known in frameworks.formats(framework))


def is_here(known: ExportFormat) -> bool:
    """Tell whether the runtime of a format is installed; of an extra that is not, a test of its own says what must come of it."""
    runtime = runtimes.find(known.runtime)
    return not runtime.extra or installed_version(runtime.distribution) is not None


FORMATS_HERE = tuple(known for known in FORMATS if is_here(known))
#: Framework, workload and format of everything that can be exported and opened here.
EXPORTED = tuple((known.framework, workload, known.name) for known in FORMATS_HERE for workload in CLASSIFIERS)
