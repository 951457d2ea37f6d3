"""Read which paragraphs of a Word document are headings and list items, from their styles."""

from __future__ import annotations

from typing import Any

from articles.formats.office.docx_read import open_package, read_reviewed
from articles.formats.office.docx_runs import W
from articles.formats.office.zip_safety import OfficePackage
from articles.text.blocks import HEADING, ITEM, NUMBERED, Block, join_lines

_NO_NUMBERS = frozenset({"bullet", "none", ""})
"""Formats of a list's marks that are no numbers."""
Levels = dict[tuple[str, str], str]
"""The format of the marks of a list's level, by the list's id and the level."""


def read_blocks(data: bytes) -> tuple[str, list[Block]]:
    """Return the text with its tracked changes accepted, and its headings and list items.

    Raises BadFile.
    """
    package = open_package(data)
    names = _style_names(package)
    levels = _list_levels(package)
    lines: list[tuple[str, str]] = []
    words = ""
    for run in read_reviewed(data).runs:
        if run.kind == "removed":
            continue
        # A break inside a paragraph (w:br) is a line end as well, and ends no paragraph.
        if run.text == "\n" and (run.node is None or run.node.tag == f"{W}p"):
            lines.append((words, _kind(run.node, names, levels)))
            words = ""
        else:
            words += run.text
    # The last paragraph: its line end separates nothing and is not among the runs.
    kind = ""
    if words:
        kind = _kind(_last_paragraph(package), names, levels)
    lines.append((words, kind))
    return join_lines(lines)


def _style_names(package: OfficePackage) -> dict[str, str]:
    """Return the name of each style by its id, in lower case; Word's own are English everywhere."""
    names = {}
    for part in package.linked(package.main, "styles"):
        for style in package.root(part).iter(f"{W}style"):
            name = style.find(f"{W}name")
            if name is not None:
                names[style.get(f"{W}styleId", "")] = name.get(f"{W}val", "").lower()
    return names


def _list_levels(package: OfficePackage) -> Levels:
    """Return the format of the marks of each level of each list (ISO 29500-1, 17.9)."""
    levels: Levels = {}
    for part in package.linked(package.main, "numbering"):
        root = package.root(part)
        formats: dict[str, dict[str, str]] = {}
        for abstract in root.iter(f"{W}abstractNum"):
            number = abstract.get(f"{W}abstractNumId", "")
            formats[number] = {}
            for level in abstract.iter(f"{W}lvl"):
                formats[number][level.get(f"{W}ilvl", "")] = _value(level, "numFmt")
        for item in root.iter(f"{W}num"):
            for level_name, mark in formats.get(_value(item, "abstractNumId"), {}).items():
                levels[item.get(f"{W}numId", ""), level_name] = mark
    return levels


def _value(element: Any, name: str) -> str:
    """Return the value of the child of that name, "" for none."""
    child = element.find(f"{W}{name}")
    return "" if child is None else str(child.get(f"{W}val", ""))


def _last_paragraph(package: OfficePackage) -> Any:
    """Return the last paragraph of the document that has words, None for none."""
    found = None
    for paragraph in package.root(package.main).iter(f"{W}p"):
        if paragraph.find(f".//{W}t") is not None:
            found = paragraph
    return found


def _kind(paragraph: Any, names: dict[str, str], levels: Levels) -> str:
    """Return the kind of a paragraph; "" also where there is none."""
    if paragraph is None:
        return ""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    name = "" if style is None else names.get(style.get(f"{W}val", ""), "")
    if name == "title" or name.startswith("heading"):
        return HEADING
    numbering = paragraph.find(f"{W}pPr/{W}numPr")
    if numbering is not None:
        level = _value(numbering, "ilvl") or "0"
        mark = levels.get((_value(numbering, "numId"), level), "")
        return ITEM if mark in _NO_NUMBERS else NUMBERED
    if name.startswith("list number"):
        return NUMBERED
    return ITEM if name.startswith("list") else ""
