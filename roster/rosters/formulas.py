"""
Formulas of a workbook whose result was never stored: a program wrote them, and no spreadsheet has worked them out.

Looked for in the text of the sheets without reading them as XML: nothing in them is expanded or fetched.
"""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile

LARGEST_SHEET = 150_000_000
"""Bytes; no sheet with a roster is larger."""

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")
_EMPTY = re.compile(
    rb"<c\s[^>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*>\s*<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>"
)


def unknown_results(raw: bytes, sheet: str) -> frozenset[tuple[int, int]]:
    """Return the cells of a sheet, by row and column from 0, that are formulas without a result."""
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        names = set(packed.namelist())
        file = _file(packed, names, sheet)
        small = file in names and packed.getinfo(file).file_size <= LARGEST_SHEET
        text = packed.read(file) if small else b""
    if b"<f" not in text:
        return frozenset()
    return frozenset((int(row) - 1, _number(letters)) for letters, row in _EMPTY.findall(text))


def _file(packed: zipfile.ZipFile, names: set[str], sheet: str) -> str:
    """Return the file of a sheet inside a workbook; empty where it is not told."""
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return ""
    relation = ""
    for found in _SHEET.findall(packed.read("xl/workbook.xml")):
        said = _attributes(found)
        if said.get("name") == sheet:
            relation = said.get("r:id", next((said[key] for key in said if key.endswith(":id")), ""))
    for found in _RELATION.findall(packed.read("xl/_rels/workbook.xml.rels")):
        said = _attributes(found)
        if said.get("Id") == relation and relation:
            return posixpath.normpath(posixpath.join("/xl", said.get("Target", ""))).lstrip("/")
    return ""


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        key.decode("ascii", "replace"): html.unescape(value.decode("utf-8", "replace"))
        for key, value in _ATTRIBUTE.findall(tag)
    }


def _number(letters: bytes) -> int:
    """
    Return a column from 0.

    >>> _number(b"A"), _number(b"AA")
    (0, 26)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
