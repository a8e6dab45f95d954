"""The workloads that find classes: those whose networks are made of layers, and train on any images."""

from reportgen import workloads

NETWORKS = [name for name in workloads.names() if workloads.find(name).task == "classification"]
