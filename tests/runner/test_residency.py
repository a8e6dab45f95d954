"""Which pages are in memory, and bringing them there."""

import os
from array import array
from pathlib import Path

import pytest

from reportgen.runner.forking import unsupported
from reportgen.runner.residency import PRESENT, map_again, resident_file_pages, runs


def test_runs_of_pages_by_hand():
    assert runs(array("Q", [0, PRESENT, PRESENT | 7, 5, PRESENT])) == [(1, 2), (4, 1)]
    assert runs(array("Q")) == []


def file_bytes() -> int:
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("RssFile:"))
    return int(line.split()[1]) * 1024


@pytest.mark.skipif(bool(unsupported()), reason="trials are not forked here")
def test_a_forked_process_has_the_files_of_its_parent_in_memory_again():
    pages = resident_file_pages()
    before = file_bytes()
    # Pages of files that were written to are among them, and no longer count as the file's.
    assert sum(length for _, length in pages) >= before
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        without = file_bytes()
        map_again(pages)
        os.write(writer, f"{without} {file_bytes()}".encode())
        os._exit(0)
    os.waitpid(pid, 0)
    without, mapped = map(int, os.read(reader, 100).split())
    os.close(reader)
    os.close(writer)
    assert without < 0.7 * before
    assert mapped == pytest.approx(before, rel=0.1)
