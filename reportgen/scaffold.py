"""What ``init`` writes: a report.toml that can be run as it is, a file for each section that only the author can write, and a workload."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from reportgen.config import FILE_NAME, ProseSection, example
from reportgen.errors import ReportgenError
from reportgen.scaffold_workload import workload_contents


def contents(workload: str | None = None) -> dict[str, str]:
    """Return the text of every file to write, by file name; report.toml names ``workload``, if any."""
    prompts = files("reportgen") / "scaffold_files"
    names = [str(field.default) for field in ProseSection.model_fields.values()]
    return {
        FILE_NAME: example({} if workload is None else {"workload": workload}),
        **{name: (prompts / name).read_text(encoding="utf-8") for name in names},
    }


def initialise(folder: Path) -> tuple[Path, ...]:
    """Write what a report begins with into ``folder``; see :func:`write_files`."""
    return write_files(folder, contents())


def initialise_workload(name: str, report: Path | None) -> tuple[Path, ...]:
    """Write a workload to start from into a folder ``name``; with ``report``, into that folder, together with a report that uses it."""
    texts = {f"{name}/{file}": text for file, text in workload_contents(name).items()}
    if report is None:
        return write_files(Path(), texts)
    return write_files(report, contents(name) | texts)


def write_files(folder: Path, texts: Mapping[str, str]) -> tuple[Path, ...]:
    """Write ``texts``, by path, into ``folder``, which is made where it does not exist, and return their paths.

    All or nothing: where one of them is already there, or cannot be written, :class:`ReportgenError` names it and nothing is left behind.
    """
    taken = [name for name in texts if (folder / name).exists() or (folder / name).is_symlink()]
    if taken:
        raise ReportgenError(f"{folder} already holds {', '.join(taken)}. Nothing was written. Move these files away, or choose another folder.")
    wanted = [parent for name in texts for parent in (folder / name).parents]
    # The innermost first, so that each is empty when it is taken away again.
    new_folders = sorted({parent for parent in wanted if not parent.exists()}, key=lambda parent: len(parent.parts), reverse=True)
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            # "x" fails where the file has appeared since: even then nothing of the author's is overwritten.
            with (folder / name).open("x", encoding="utf-8", newline="\n") as file:
                written.append(folder / name)
                file.write(text)
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        for parent in new_folders:
            if parent.is_dir():
                parent.rmdir()
        where = error.filename or folder
        raise ReportgenError(f"{where} cannot be written: {error.strerror or error}. Nothing was written. Choose another folder.") from error
    return tuple(written)
