"""Giving a forked process the memory of a fresh one, so that what it is seen to need, and how long it takes, are those of a fresh one.

After a fork, parent and child share their pages, and the kernel puts two things off until the child touches a page. It leaves out of the child's
page table what is only read from files: the code of the libraries, some 300 MB for TensorFlow or PyTorch. Those pages would be missing from the
child's resident memory. And a page that was written before is copied when the child writes to it: about 300 MB more. Either costs a page fault,
and most would fall into the first epoch. So the nursery notes which pages it has, and the child has them mapped and copied before anything is
measured.
"""

from __future__ import annotations

import ctypes
import mmap
from array import array
from itertools import groupby
from pathlib import Path

#: Linux 5.14 and later: do for all pages of a range what reading from each, or writing to each, would do (asm-generic/mman-common.h).
MADV_POPULATE_READ = 22
MADV_POPULATE_WRITE = 23
FIRST_KERNEL = (5, 14)
# Of the 64 bits that /proc/self/pagemap has for every page, the one that says that the page is in memory (Documentation/admin-guide/mm/pagemap.rst).
PRESENT = 1 << 63
ENTRY_BYTES = 8

#: Address and length in bytes of a run of pages, and what the child is to do with it.
Pages = tuple[int, int, int]


def resident_pages() -> tuple[Pages, ...]:
    """Return the runs of pages in memory that a forked process will not have, or not have for itself."""
    found: list[Pages] = []
    with Path("/proc/self/pagemap").open("rb", buffering=0) as pagemap:
        for line in Path("/proc/self/maps").read_text().splitlines():
            addresses, access, _, _, inode = line.split(maxsplit=5)[:5]
            own = access[1] == "w" and access[3] == "p"
            if inode == "0" and not own:
                continue
            begin, end = (int(address, 16) for address in addresses.split("-"))
            pagemap.seek(begin // mmap.PAGESIZE * ENTRY_BYTES)
            pages = array("Q", pagemap.read((end - begin) // mmap.PAGESIZE * ENTRY_BYTES))
            advice = MADV_POPULATE_WRITE if own else MADV_POPULATE_READ
            found += [(begin + first * mmap.PAGESIZE, count * mmap.PAGESIZE, advice) for first, count in runs(pages)]
    return tuple(found)


def runs(pages: array[int]) -> list[tuple[int, int]]:
    """Return the first page and the number of pages of each run of pages that are in memory."""
    found: list[tuple[int, int]] = []
    first = 0
    for present, group in groupby(pages, key=lambda entry: entry >= PRESENT):
        count = sum(1 for _ in group)
        if present:
            found.append((first, count))
        first += count
    return found


def bring_back(pages: tuple[Pages, ...]) -> None:
    """Map and copy ``pages`` in this process. A run that the nursery has given up since is passed over."""
    madvise = ctypes.CDLL(None).madvise
    madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    for address, length, advice in pages:
        madvise(address, length, advice)
