"""Compares TensorFlow and PyTorch by measurement, and writes the lab report.

The version below is the only place that holds it: the build reads it from here, and so does every record.
"""

from __future__ import annotations

__version__ = "0.1.0"
