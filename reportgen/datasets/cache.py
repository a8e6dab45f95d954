"""Where this program keeps what it downloads and what it prepares for the measuring processes."""

from __future__ import annotations

import os
from pathlib import Path

#: Puts the cache elsewhere: a machine without a writable home folder, a container's volume, a test.
CACHE_VARIABLE = "REPORTGEN_CACHE"


def cache_folder() -> Path:
    """Return the cache folder, which need not exist yet: ``$REPORTGEN_CACHE``, else the operating system's place for a user's caches."""
    chosen = os.environ.get(CACHE_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_cache_path

    return user_cache_path("reportgen", appauthor=False)
