"""Drawings in fewer bytes."""

from __future__ import annotations

from xml.etree import ElementTree

from reportgen.report.compact import compact

WRITTEN = b"""<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"
  "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" width="453.6pt">
 <metadata>
  <title>made by</title>
 </metadata>
 <!-- 0.25 -->
 <path d="M 76.193599 300.0049
L 0.001 -0.004
z
" style="opacity: 0.123456"/>
 <g transform="translate(10.98765 2) scale(0.015625)"><use x="1.2345" y="7.000001"/></g>
</svg>
"""


def test_places_are_rounded_and_factors_are_not() -> None:
    root = ElementTree.fromstring(compact(WRITTEN))
    path, group = root
    assert path.attrib == {"d": "M 76.19 300 L 0 0 z ", "style": "opacity: 0.123456"}
    assert group.get("transform") == "translate(10.99 2) scale(0.015625)"
    assert group[0].attrib == {"x": "1.23", "y": "7"}


def test_what_is_no_part_of_the_drawing_is_left_out() -> None:
    content = compact(WRITTEN)
    assert content.count(b"\n") == 1
    for gone in (b"<?xml", b"DOCTYPE", b"metadata", b"<!--"):
        assert gone not in content
