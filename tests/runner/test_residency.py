"""Which pages are in memory, and bringing them there."""

import mmap
import os
import resource
from array import array
from pathlib import Path

import pytest

from reportgen.runner.forking import unsupported
from reportgen.runner.residency import PRESENT, bring_back, resident_pages, runs


def test_runs_of_pages_by_hand():
    assert runs(array("Q", [0, PRESENT, PRESENT | 7, 5, PRESENT])) == [(1, 2), (4, 1)]
    assert runs(array("Q")) == []


def file_bytes() -> int:
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("RssFile:"))
    return int(line.split()[1]) * 1024


@pytest.mark.skipif(bool(unsupported()), reason="trials are not forked here")
def test_a_forked_process_has_the_files_of_its_parent_in_memory_again():
    pages = resident_pages()
    before = file_bytes()
    # Pages of files that were written to are among them, and no longer count as the file's.
    assert sum(length for _, length, _ in pages) >= before
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        without = file_bytes()
        bring_back(pages)
        os.write(writer, f"{without} {file_bytes()}".encode())
        os._exit(0)
    os.waitpid(pid, 0)
    without, mapped = map(int, os.read(reader, 100).split())
    os.close(reader)
    os.close(writer)
    assert without < 0.7 * before
    assert mapped == pytest.approx(before, rel=0.1)


def faults_of_writing(memory: bytearray) -> int:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for place in range(0, len(memory), mmap.PAGESIZE):
        memory[place] = 2
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


@pytest.mark.skipif(bool(unsupported()), reason="trials are not forked here")
@pytest.mark.parametrize("brought_back", [True, False])
def test_what_was_written_before_the_fork_is_the_childs_own_before_anything_is_measured(brought_back):
    memory = bytearray(b"1") * (4096 * mmap.PAGESIZE)
    pages = resident_pages()
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        if brought_back:
            bring_back(pages)
        os.write(writer, str(faults_of_writing(memory)).encode())
        os._exit(0)
    os.waitpid(pid, 0)
    faults = int(os.read(reader, 100))
    os.close(reader)
    os.close(writer)
    # Without it there is a fault for each page, or for each of the larger units that the kernel may use.
    assert faults < 5 if brought_back else faults >= 5
    assert memory[0] == ord("1")
