"""The article's key in a Word file: a custom property, which Word and LibreOffice keep.

Custom properties are those of ISO 29500-1, 22.3.
"""

from __future__ import annotations

import itertools
from typing import Any

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from articles.formats.interchange import BadFile
from articles.formats.office.zip_safety import OfficePackage

_PART = "docProps/custom.xml"
_NAME = "TranslationReviewArticle"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
_TEXT_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The format that the standard names for every property without a link (22.3.2.1)."""


def add_key(document: Any, key: str) -> None:
    """Give a python-docx document the key, in the place of the one that it may have.

    A document whose custom properties cannot be read stays as it is.
    """
    if not key:
        return
    package = document.part.package
    root = etree.Element(f"{{{_SPACE}}}Properties", nsmap={None: _SPACE, "vt": _VALUES})
    for relation, link in list(package.rels.items()):
        if link.reltype == _RELATION and not link.is_external:
            try:
                root = etree.fromstring(link.target_part.blob, _PARSER)
            except etree.XMLSyntaxError:
                return
            del package.rels[relation]
    for entry in _entries(root):
        root.remove(entry)
    used = {entry.get("pid") for entry in root}
    # From 2 on: 0 and 1 are reserved in the property sets of Office ([MS-OLEPS], dictionary and
    # code page).
    number = next(each for each in itertools.count(2) if str(each) not in used)
    values = {"fmtid": _TEXT_FORMAT, "pid": str(number), "name": _NAME}
    entry = etree.SubElement(root, f"{{{_SPACE}}}property", values)
    etree.SubElement(entry, f"{{{_VALUES}}}lpwstr").text = key
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI(f"/{_PART}"), _TYPE, blob, package)
    package.relate_to(part, _RELATION)


def _entries(root: Any) -> list[Any]:
    """Return the properties that hold a key."""
    found = root.iter(f"{{{_SPACE}}}property")
    return [entry for entry in found if entry.get("name") == _NAME]


def read_key(package: OfficePackage) -> str:
    """Return the key of the article that the file was exported from, "" for none."""
    parts = [part for part in package.linked("", "custom-properties") if part in package.names]
    try:
        roots = [package.root(part) for part in parts]
    except BadFile:
        return ""
    for root in roots:
        for entry in _entries(root):
            return "".join(entry.itertext()).strip()
    return ""
