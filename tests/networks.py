"""The workloads that classify images: those that every framework, export format and parity check is tested with, on the small data set."""

from reportgen import workloads

#: Their names; one that is added is tested by being found. A regression has tests of its own, since it is driven in another way.
CLASSIFIERS = tuple(name for name in workloads.names() if workloads.find(name).task == "classification")
