"""Pages of library files that a forked process has in memory as its nursery had them, so that its memory and its times are those of a fresh one.

A fork copies the page table for what a process has written, and leaves out that of files which it only reads: the code of the libraries. The
pages are still in memory, but the child does not count them as its own until it touches each again, at the price of a page fault. TensorFlow and
PyTorch have some 300 MB of them after their import. Their peak memory would look so much smaller than that of the same program started afresh,
and the first epoch would pay the faults. So the nursery notes which pages it has, and the child maps the same ones before anything is measured.
"""

from __future__ import annotations

import ctypes
import mmap
import os
from array import array
from itertools import groupby
from pathlib import Path

#: Linux 5.14 and later: map the pages of a range for reading, as touching each would (include/uapi/asm-generic/mman-common.h).
MADV_POPULATE_READ = 22
FIRST_KERNEL = (5, 14)
# Of the 64 bits that /proc/self/pagemap has for every page, the one that says that the page is in memory (Documentation/admin-guide/mm/pagemap.rst).
PRESENT = 1 << 63
ENTRY_BYTES = 8

#: Address and length in bytes of a run of pages.
Range = tuple[int, int]


def resident_file_pages() -> tuple[Range, ...]:
    """Return the runs of pages in memory of all files that are mapped."""
    found: list[Range] = []
    with Path("/proc/self/pagemap").open("rb", buffering=0) as pagemap:
        for line in Path("/proc/self/maps").read_text().splitlines():
            addresses, _, _, _, inode = line.split(maxsplit=5)[:5]
            if inode == "0":
                continue
            begin, end = (int(address, 16) for address in addresses.split("-"))
            pagemap.seek(begin // mmap.PAGESIZE * ENTRY_BYTES)
            pages = array("Q", pagemap.read((end - begin) // mmap.PAGESIZE * ENTRY_BYTES))
            found += [(begin + first * mmap.PAGESIZE, count * mmap.PAGESIZE) for first, count in runs(pages)]
    return tuple(found)


def runs(pages: array[int]) -> list[Range]:
    """Return the first page and the number of pages of each run of pages that are in memory."""
    found: list[Range] = []
    first = 0
    for present, group in groupby(pages, key=lambda entry: entry >= PRESENT):
        count = sum(1 for _ in group)
        if present:
            found.append((first, count))
        first += count
    return found


def map_again(ranges: tuple[Range, ...]) -> None:
    """Map the pages of ``ranges`` into this process; raises ``OSError`` where the kernel cannot."""
    madvise = ctypes.CDLL(None, use_errno=True).madvise
    madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    for address, length in ranges:
        if madvise(address, length, MADV_POPULATE_READ):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
