"""Writing the exports of a trained model, each timed and each with a check that the weights really are in the file."""

from __future__ import annotations

import errno
import os
import shutil
import time
import traceback
import warnings
from pathlib import Path
from typing import Any

from reportgen.errors import WordedError
from reportgen.frameworks.export_format import ExportFormat, ExportSource, NotAvailableError
from reportgen.language import marked
from reportgen.model_card import ModelCard, write_card
from reportgen.records import ExportSample, Sentence, made
from reportgen.storage import describe_files, is_disk_full

FOLDER = "exports"
# A converter that drops the weights leaves a few kilobytes; compression never halves trained float weights.
SMALLEST_SHARE_OF_WEIGHTS = 0.5
# With less than this left, a converter that fails has failed for want of room, whatever it calls that: some wrap the system's error in their own.
FULL_DISK_BYTES = 8 * 2**20


def export_model(model: Any, chosen: ExportFormat, folder: Path, source: ExportSource, parameter_count: int, card: ModelCard) -> ExportSample:
    """Export ``model`` into ``folder``/exports; a converter that fails is recorded with its error, and the trial goes on.

    The time of the conversion ends before ``card`` is put into the file: that is this program's doing.
    """
    path = folder / FOLDER / chosen.name / chosen.file_name
    path.parent.mkdir(parents=True, exist_ok=True)
    begin = time.perf_counter()
    try:
        with warnings.catch_warnings():
            # These speak to the converters' own developers.
            warnings.simplefilter("ignore", FutureWarning)
            chosen.export(model, path, source)
        conversion_s = time.perf_counter() - begin
        fault = chosen.fault(path) or lost_weights(path, parameter_count * chosen.weight_bytes)
        if fault is None:
            write_card(path, chosen.room, card)
    except MemoryError:
        raise
    except NotAvailableError as reason:
        return ExportSample(format=chosen.name, status="unavailable", error=Sentence.of(reason))
    except Exception as error:
        # Want of room says nothing about the format: the trial stops unrecorded, and is measured again when there is room.
        if is_disk_full(error) or shutil.disk_usage(folder).free < FULL_DISK_BYTES:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder)) from error
        traceback.print_exc()
        return ExportSample(format=chosen.name, status="failed", error=describe(error))
    if fault is not None:
        return ExportSample(format=chosen.name, status="failed", error=Sentence.of(fault))
    files = describe_files(path.parent, folder)
    return ExportSample(format=chosen.name, status="ok", path=path.relative_to(folder).as_posix(), files=files, conversion_s=conversion_s)


def lost_weights(path: Path, expected_bytes: float) -> Sentence | None:
    """Say where what a converter wrote is too small to hold the weights. The whole folder counts: some put weights into a second file."""
    size = sum(file.stat().st_size for file in path.parent.rglob("*") if file.is_file())
    if size >= SMALLEST_SHARE_OF_WEIGHTS * expected_bytes:
        return None
    return made(
        marked("the file has {size} bytes, but the weights alone need {expected}: the converter lost them"), size=size, expected=round(expected_bytes)
    )


def describe(error: Exception) -> Sentence:
    """Return an error's type and the first line of its message, for a table cell; the whole of it is in the log.

    What this program says itself is a sentence, and needs no type.
    """
    if isinstance(error, WordedError):
        return Sentence.of(error)
    first_line = str(error).strip().partition("\n")[0]
    return Sentence(sentence=f"{type(error).__name__}: {first_line}" if first_line else type(error).__name__)
