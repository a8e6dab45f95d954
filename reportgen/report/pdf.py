"""From markup to PDF: WeasyPrint, tagged, with an attachment, and with no access to anything but the report's own files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from reportgen.errors import ReportgenError
from reportgen.language import gettext
from reportgen.report.data_tables import CSV
from reportgen.report.own_files import OWN
from reportgen.report.pdf_finish import finished
from reportgen.report.plots import Picture
from reportgen.report.resources import SCHEME, Resource

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse

VARIANT = "pdf/a-3a"
MISSING_LIBRARY = (
    "The PDF cannot be made: {library} is missing on this system ({error}). Install it: apt install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0 "
    "(Debian, Ubuntu) or brew install pango (macOS). Then make the documents again from the records: python -m reportgen render RUN."
)
LIBRARIES = {
    "harfbuzz-subset": "harfbuzz-subset",
    "harfbuzz": "harfbuzz",
    "pangoft2": "PangoFT2",
    "pango": "Pango",
    "fontconfig": "Fontconfig",
    "gobject": "GObject",
}


def load_weasyprint() -> Any:
    """Return the ``weasyprint`` module. Raises :class:`ReportgenError` naming the system library that is missing and the command that installs it."""
    try:
        import weasyprint
        from weasyprint.text.ffi import harfbuzz_subset
    except (OSError, ImportError) as error:
        text = str(error).lower()
        library = next((title for part, title in LIBRARIES.items() if part in text), "Pango")
        raise ReportgenError(MISSING_LIBRARY.format(library=library, error=str(error).splitlines()[0])) from error
    if harfbuzz_subset is None:
        raise ReportgenError(MISSING_LIBRARY.format(library="harfbuzz-subset", error="it could not be loaded"))
    return weasyprint


def to_pdf(markup: str, resources: Mapping[str, Resource], results_json: bytes, finished_at: str, attached_as: str = "results.json") -> bytes:
    """Return the PDF of ``markup`` with ``results_json`` attached, under the name ``attached_as``, and every resource that is a CSV.

    The dates in the file are those of the run (``finished_at``, ISO 8601) and its identifier is a digest of its content, so that the same results
    give the same bytes.
    """
    weasyprint = load_weasyprint()
    date = run_date(finished_at)
    files = {attached_as: (results_json, gettext("Every value of this report at full precision"))}
    files |= {name.rpartition("/")[2]: (file.content, file.description) for name, file in made_files(resources) if file.media_type == CSV}
    attachments = [
        weasyprint.Attachment(
            string=content,
            base_url=f"{SCHEME}:",
            url=None,
            name=name,
            description=description,
            created=date,
            modified=date,
            relationship="Data",
        )
        # A PDF's names of attached files are in alphabetical order.
        for name, (content, description) in sorted(files.items())
    ]
    # Without a base URL, "#..." stays a place in this document: contents lines find their page numbers.
    document = weasyprint.HTML(string=markup, url_fetcher=fetcher(resources))
    identifier = hashlib.sha256(markup.encode("utf-8") + results_json).digest()[:16]
    try:
        content = document.write_pdf(pdf_variant=VARIANT, pdf_tags=True, attachments=attachments, pdf_identifier=identifier, optimize_images=False)
    except weasyprint.urls.FatalURLFetchingError as error:
        raise ReportgenError(f"The PDF cannot be made: a template or a picture of yours loads something from elsewhere ({error}).") from error
    return finished(bytes(content))


def made_files(resources: Mapping[str, Resource]) -> Iterator[tuple[str, Resource]]:
    """Yield what the report itself has made; the author's files are read only where they are shown."""
    yield from ((name, resources[name]) for name in resources if not name.startswith(OWN))


def run_date(timestamp: str) -> datetime:
    """Return an ISO 8601 timestamp as an aware date; without a zone it is taken as UTC."""
    date = datetime.fromisoformat(timestamp)
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def fetcher(resources: Mapping[str, Resource]) -> Any:
    """Return the only way in which WeasyPrint may open a URL: by the name of a resource of the report. Everything else is refused."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class OwnResources(URLFetcher):  # type: ignore[misc]
        """Serves the report's resources from memory."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002
            """Return the resource that ``url`` names; anything else ends the rendering."""
            scheme, _, name = url.partition(":")
            resource = resources.get(unquote(name)) if scheme == SCHEME else None
            if resource is None:
                raise FatalURLFetchingError(f"refused to load {url[:200]}: a report loads nothing but its own files")
            content = resource.content.with_text if isinstance(resource.content, Picture) else resource.content
            return URLFetcherResponse(url, content, {"Content-Type": resource.media_type})

    return OwnResources()
