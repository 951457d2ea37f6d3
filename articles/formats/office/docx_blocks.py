"""Read which paragraphs of a Word document are headings and list items, from their styles."""

from __future__ import annotations

from typing import Any

from articles.formats.office.docx_read import open_package, read_reviewed
from articles.formats.office.docx_runs import W
from articles.formats.office.zip_safety import OfficePackage
from articles.text.blocks import HEADING, ITEM, Block, join_lines


def read_blocks(data: bytes) -> tuple[str, list[Block]]:
    """Return the text with its tracked changes accepted, and its headings and list items.

    Raises BadFile.
    """
    names = _style_names(open_package(data))
    lines: list[tuple[str, str]] = []
    words = ""
    for run in read_reviewed(data).runs:
        if run.kind == "removed":
            continue
        # A break inside a paragraph (w:br) is a line end as well, and ends no paragraph.
        if run.text == "\n" and (run.node is None or run.node.tag == f"{W}p"):
            lines.append((words, _kind(run.node, names)))
            words = ""
        else:
            words += run.text
    # The last paragraph: its line end separates nothing and is not among the runs.
    lines.append((words, ""))
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


def _kind(paragraph: Any, names: dict[str, str]) -> str:
    """Return the kind of a paragraph; "" also where there is none."""
    if paragraph is None:
        return ""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    name = "" if style is None else names.get(style.get(f"{W}val", ""), "")
    if name == "title" or name.startswith("heading"):
        return HEADING
    is_numbered = paragraph.find(f"{W}pPr/{W}numPr") is not None
    return ITEM if is_numbered or name.startswith("list") else ""
