"""The data of a run as one file that a program reads with numpy alone."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from reportgen.datasets.base import ARRAY_NAMES, no_progress

if TYPE_CHECKING:
    from reportgen.runs import Run

NAME = "data.npz"


def data_file(run: Run) -> bytes:
    """Return the arrays that the run was given, with the names of its classes, as a compressed archive; the same data give the same bytes.

    Raises :class:`~reportgen.errors.ReportgenError` where the data are not to be had here, or are not those that the run began with.
    """
    from reportgen.jobs import dataset_of

    dataset = dataset_of(run, no_progress)
    archive = io.BytesIO()
    arrays = {name: getattr(dataset, name) for name in ARRAY_NAMES}
    np.savez_compressed(archive, allow_pickle=False, **arrays, class_names=np.array(dataset.class_names, dtype=np.str_))
    return archive.getvalue()
