"""The article's key in a Word file: a custom property, which Word and LibreOffice keep.

Custom properties are those of ISO 29500-1, 22.3.
"""

from __future__ import annotations

import io
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, parse
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from articles.formats.office.zip_safety import OfficePackage
from articles.formats.xml.safe_xml import escape_content

_PART = "docProps/custom.xml"
_NAME = "TranslationReviewArticle"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_TEXT_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The format that the standard names for every property without a link (22.3.2.1)."""


def add_key(document: Any, key: str) -> None:
    """Give a python-docx document the key; one with custom properties of its own stays as it is."""
    package = document.part.package
    if not key or any(part.partname == f"/{_PART}" for part in package.iter_parts()):
        return
    xml = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="{_SPACE}" '
        f'xmlns:vt="{_VALUES}"><property fmtid="{_TEXT_FORMAT}" pid="2" name="{_NAME}">'
        f"<vt:lpwstr>{escape_content(key)}</vt:lpwstr></property></Properties>"
    )
    part = Part(PackURI(f"/{_PART}"), _TYPE, xml.encode(), package)
    package.relate_to(part, _RELATION)


def read_key(package: OfficePackage) -> str:
    """Return the key of the article that the file was exported from, "" for none."""
    if _PART not in package.names:
        return ""
    try:
        root = parse(io.BytesIO(package.read(_PART)), forbid_dtd=True).getroot()
    except (DefusedXmlException, ParseError, LookupError, ValueError):
        return ""
    for entry in root.iter(f"{{{_SPACE}}}property"):
        if entry.get("name") == _NAME:
            return "".join(entry.itertext()).strip()
    return ""
