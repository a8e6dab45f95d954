"""PyTorch itself, loading a state dictionary into the workload's model, or an exported program."""

from __future__ import annotations

from pathlib import Path
from zipfile import is_zipfile

from reportgen.errors import ReportgenError
from reportgen.language import marked
from reportgen.runtimes.base import ModelContext, OpenModel, Runtime


def open_model(path: Path, threads: int, context: ModelContext) -> OpenModel:
    """Open an exported program (``.pt2``) or a state dictionary."""
    from reportgen.frameworks.pytorch.program_grammar import UnsafeFileError
    from reportgen.frameworks.pytorch.reopen import ExportedProgram, StateDictionary

    if path.suffix.lower() == ".pt2":
        try:
            return ExportedProgram(path, threads)
        except UnsafeFileError as error:
            raise ReportgenError(
                marked("{path}: it could run code of its author's on this machine, and is not opened ({error})."), path=path, error=error
            ) from error
    if not is_zipfile(path):
        raise ReportgenError(marked("{path}: it is damaged, or no file of weights (PyTorch writes zip archives, and this is none)."), path=path)
    if context.workload is None:
        raise ReportgenError(
            marked("{path}: it holds weights alone, and nothing says which network they belong to. Name its workload with --workload."), path=path
        )
    return StateDictionary(path, threads, context.workload, context.image_shape, context.class_count)


RUNTIME = Runtime(name="pytorch", title="PyTorch", distribution="torch", suffixes=(".pth", ".pt2"), open=open_model)
