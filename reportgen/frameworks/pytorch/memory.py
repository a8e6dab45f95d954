"""Memory that a training step frees and the next one wants again."""

import ctypes
import sys

# From malloc.h of the GNU C library.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
# The most that the library accepts; larger arrays than this are rare.
LARGEST_FROM_HEAP_BYTES = 32 * 2**20
# No more than this much is kept unused.
MOST_KEPT_BYTES = 2**30


def keep_freed_memory() -> None:
    """Keep freed memory in this process instead of giving it back to the system.

    Linux clears every page that it hands out, which for the arrays of a convolutional
    network is a fifth of a step. Elsewhere this does nothing.
    """
    if not sys.platform.startswith("linux"):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(M_MMAP_THRESHOLD, LARGEST_FROM_HEAP_BYTES)
        mallopt(M_TRIM_THRESHOLD, MOST_KEPT_BYTES)
