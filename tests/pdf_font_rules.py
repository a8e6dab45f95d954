"""What PDF/UA-1 and PDF/A-3 ask of fonts: embedded, with the widths of their letters, and each letter says which character it is."""

import io
import re

import pikepdf
from fontTools.ttLib import TTFont

NO_CHARACTERS = {"0000", "feff", "fffe"}


def font_rules(pdf, shown):
    """Yield what is wrong with the fonts whose codes are ``shown``, by the object of the font."""
    for name, codes in shown.items():
        font = pdf.get_object(name)
        (descendant,) = font.DescendantFonts
        title = str(font.BaseFont)
        if font.Encoding != pikepdf.Name("/Identity-H") or descendant.get("/CIDToGIDMap") != pikepdf.Name.Identity:
            yield f"7.21.3: {title} does not say which letters its codes are"
        if not re.match(r"/[A-Z]{6}\+", title) or title != str(descendant.BaseFont) or title != str(descendant.FontDescriptor.FontName):
            yield f"9.6.4: names of {title}"
        files = [descendant.FontDescriptor[key] for key in ("/FontFile2", "/FontFile3") if key in descendant.FontDescriptor]
        if len(files) != 1:
            yield f"7.21.4: {title} is not embedded"
            continue
        embedded = TTFont(io.BytesIO(files[0].read_bytes()))
        per_em = embedded["head"].unitsPerEm
        order, widths = embedded.getGlyphOrder(), dict(widths_of(descendant))
        for code in sorted(codes):
            if code == 0 or code >= len(order):
                yield f"7.21.8: {title} has no letter {code}"
            elif abs(widths.get(code, float(descendant.get("/DW", 1000))) - embedded["hmtx"][order[code]][0] * 1000 / per_em) > 1:
                yield f"7.21.5: {title}: the width of letter {code} is not that of the font"
        meanings = characters(font.ToUnicode.read_bytes().decode()) if "/ToUnicode" in font else {}
        yield from (f"7.21.7: {title}: letter {code} is no character" for code in codes if meanings.get(code, "0000") in NO_CHARACTERS)


def widths_of(descendant):
    """Yield the codes of a font with their widths, in thousandths of its size."""
    entries = list(descendant.get("/W", []))
    while entries:
        first, second = int(entries.pop(0)), entries.pop(0)
        if isinstance(second, pikepdf.Array):
            yield from enumerate((float(width) for width in second), start=first)
        else:
            width = float(entries.pop(0))
            yield from ((code, width) for code in range(first, int(second) + 1))


def characters(mapping):
    """Return the characters of a mapping to Unicode, in hexadecimal digits, by code."""
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", mapping, re.DOTALL):
        found |= {int(code, 16): meaning.lower() for code, meaning in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block)}
    for block in re.findall(r"beginbfrange(.*?)endbfrange", mapping, re.DOTALL):
        for first, last, meaning in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found |= {code: f"{int(meaning, 16) + code - int(first, 16):04x}" for code in range(int(first, 16), int(last, 16) + 1)}
    return found
