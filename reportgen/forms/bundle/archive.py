"""A zip file that is the same bytes whenever it holds the same files."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime

from reportgen.report.pdf import run_date

#: Zip files know no earlier time.
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
#: Readable for all, writable for the owner, as a file that is handed on.
MODE = 0o644
#: Named here, since what a library takes for the default may change.
LEVEL = 9


def archive(files: Mapping[str, bytes], finished_at: str) -> bytes:
    """Return a zip file of ``files`` in order of their paths, all with the date of the run, or with ``SOURCE_DATE_EPOCH`` where that is set."""
    moment = max(EARLIEST, file_date(finished_at)).timetuple()[:6]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as made:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date_time=moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = MODE << 16
            entry.create_system = 3  # one of those that know such permissions, whatever system this is
            made.writestr(entry, files[name])
    return buffer.getvalue()


def file_date(finished_at: str) -> datetime:
    """Return the date that files of a run carry, in UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else run_date(finished_at).astimezone(UTC)
