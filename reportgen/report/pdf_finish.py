"""What a typeset PDF still needs to target PDF/UA-1 and PDF/A-3a at once, and to be no larger than it must."""

from __future__ import annotations

import io
from typing import Final

import pikepdf

from reportgen.report.pdf_structure import mend_structure

# WeasyPrint declares one standard at a time: that the file also targets PDF/UA-1 is added, with the description that PDF/A wants of such an entry.
ALSO_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of PDF/UA</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
# Of zlib: the smallest file. Beside the typesetting the time does not count.
COMPRESSION: Final = 9


def finished(content: bytes) -> bytes:
    """Return the same document, with both standards declared, its structure mended and everything compressed; the same bytes every time."""
    pikepdf.settings.set_flate_compression_level(COMPRESSION)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        declare_ua(pdf)
        name_attachments_once(pdf)
        forbid_interpolation(pdf)
        mend_structure(pdf)
        buffer = io.BytesIO()
        pdf.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=True, deterministic_id=True)
    return buffer.getvalue()


def declare_ua(pdf: pikepdf.Pdf) -> None:
    """Add PDF/UA-1 to the standards that the file's metadata name."""
    metadata = pdf.Root.Metadata
    metadata.write(metadata.read_bytes().replace(b"</rdf:RDF>", ALSO_UA + b"</rdf:RDF>"))


def name_attachments_once(pdf: pikepdf.Pdf) -> None:
    """Leave every attachment once in the list of associated files: WeasyPrint names each twice."""
    once = {attachment.objgen: attachment for attachment in pdf.Root.AF}
    pdf.Root.AF = pikepdf.Array(list(once.values()))


def forbid_interpolation(pdf: pikepdf.Pdf) -> None:
    """Let no picture be smoothed when it is enlarged, which PDF/A forbids (ISO 19005-3, 6.2.8)."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == pikepdf.Name.Image and "/Interpolate" in item:
            item.Interpolate = False
