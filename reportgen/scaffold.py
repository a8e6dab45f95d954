"""What ``init`` writes: a report.toml that can be run as it is, and a file for each section that only the author can write."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from reportgen.config import FILE_NAME, ProseSection, example
from reportgen.errors import ReportgenError


def contents() -> dict[str, str]:
    """Return the text of every file to write, by file name."""
    prompts = files("reportgen") / "scaffold_files"
    names = [str(field.default) for field in ProseSection.model_fields.values()]
    return {FILE_NAME: example(), **{name: (prompts / name).read_text(encoding="utf-8") for name in names}}


def initialise(folder: Path) -> tuple[Path, ...]:
    """Write the files into ``folder``, which is made where it does not exist, and return their paths.

    All or nothing: where one of them is already there, or cannot be written, :class:`ReportgenError` names it and nothing is left behind.
    """
    texts = contents()
    taken = [name for name in texts if (folder / name).exists() or (folder / name).is_symlink()]
    if taken:
        raise ReportgenError(f"{folder} already holds {', '.join(taken)}. Nothing was written. Move these files away, or choose another folder.")
    new_folders = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
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
