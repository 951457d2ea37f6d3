"""The elements of a Word file's body that editing needs: made, divided, joined and put in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from docx.oxml import OxmlElement
from lxml import etree

from articles.formats.office.docx_runs import MC, W

RUN, TEXT, PARAGRAPH = f"{W}r", f"{W}t", f"{W}p"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CHANGES = {f"{W}{name}" for name in ("ins", "del", "moveTo", "moveFrom")}
_BETWEEN = {f"{W}{name}" for name in ("bookmarkStart", "bookmarkEnd", "proofErr")}
"""Elements between two paragraphs that keep these no less neighbours."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PARTS = re.compile(r"(\t)")


def legal_text(text: str) -> str:
    """Return the text with U+FFFD in place of characters that XML cannot hold."""
    return _CONTROL.sub("\ufffd", text)


def make_element(name: str, values: dict[str, str] | None = None) -> Any:
    element = OxmlElement(f"w:{name}")
    for key, value in (values or {}).items():
        element.set(f"{W}{key}", value)
    return element


def make_marker() -> Any:
    """Return an element that holds a place while others are put before it."""
    return make_element("proofErr")


def drop(element: Any) -> None:
    element.getparent().remove(element)


def largest_number(body: Any) -> int:
    """Return the largest number by which an element of the body is called."""
    largest = 0
    for element in body.iter():
        number = element.get(f"{W}id", "")
        if number.isascii() and number.isdigit():
            largest = max(largest, int(number))
    return largest


def own_run(node: Any) -> Any:
    """Return the run of the element, divided so that it holds nothing else."""
    run = node.getparent()
    properties = run.find(f"{W}rPr")
    content = [child for child in run if child is not properties]
    last = run
    for child in content[1:]:
        part = make_element("r")
        if properties is not None:
            part.append(deepcopy(properties))
        part.append(child)
        last.addnext(part)
        last = part
    return node.getparent()


def describe_format(run: Any) -> bytes:
    properties = run.find(f"{W}rPr")
    own = b"" if properties is None else etree.tostring(properties)
    return own + str(run.getparent().tag).encode()


def make_text_run(text: str, formatting: Any) -> Any:
    run = make_element("r")
    if formatting is not None:
        run.append(deepcopy(formatting))
    for part in _PARTS.split(text):
        if part == "\t":
            run.append(make_element("tab"))
        elif part:
            words = make_element("t")
            words.text = legal_text(part)
            words.set(SPACE, "preserve")
            run.append(words)
    return run


def leave_changes(place: Any) -> None:
    """Take the marker out of changes of others, dividing these: changes do not stand in changes."""
    parent = place.getparent()
    while parent.tag in _CHANGES:
        rest = deepcopy(parent)
        for child in list(rest):
            rest.remove(child)
        for child in list(place.itersiblings()):
            rest.append(child)
        parent.addnext(place)
        if len(rest):
            place.addnext(rest)
        parent = place.getparent()


def in_order(elements: Sequence[Any]) -> list[Any]:
    """Return the elements in the order of the document."""
    if not elements:
        return []
    wanted = set(elements)
    root = elements[0].getroottree().getroot()
    return [element for element in root.iter() if element in wanted]


def join_paragraphs(paragraph: Any) -> None:
    """Join a paragraph with the next one, which keeps its own style where the first is empty."""
    _drop_insertion_marks(paragraph)
    following = next_paragraph(paragraph)
    properties = paragraph.find(f"{W}pPr")
    own = following.find(f"{W}pPr")
    content = [child for child in paragraph if child is not properties]
    is_empty = paragraph.find(f".//{W}r") is None
    for child in reversed(content):
        following.insert(0 if own is None else 1, child)
    ends_section = own is not None and own.find(f"{W}sectPr") is not None
    if properties is not None and not is_empty and not ends_section:
        if own is not None:
            drop(own)
        following.insert(0, properties)
    drop(paragraph)


def _drop_insertion_marks(paragraph: Any) -> None:
    """Remove what others inserted of the paragraph's line end, which goes."""
    for mark in paragraph.findall(f"{W}pPr/{W}rPr/{W}ins"):
        drop(mark)


def next_paragraph(paragraph: Any) -> Any:
    following = paragraph.getnext()
    while following is not None and following.tag in _BETWEEN:
        following = following.getnext()
    if following is None or following.tag != PARAGRAPH:
        return None
    return following


def mark_line_end(paragraph: Any, change: Any) -> None:
    """Track the insertion or deletion of the paragraph's line end."""
    properties = paragraph.get_or_add_pPr()
    formatting = properties.find(f"{W}rPr")
    if formatting is None:
        formatting = make_element("rPr")
        # In a paragraph's properties rPr stands before these two (ISO 29500-1, CT_PPr).
        later = [properties.find(f"{W}{name}") for name in ("sectPr", "pPrChange")]
        later = [each for each in later if each is not None]
        if later:
            later[0].addprevious(formatting)
        else:
            properties.append(formatting)
    # An insertion stands before a deletion, and both before the formatting (CT_ParaRPr).
    insertion = formatting.find(f"{W}ins")
    if insertion is not None:
        insertion.addnext(change)
    else:
        formatting.insert(0, change)


def drop_fallbacks(element: Any) -> None:
    """Remove the older version of the content around the element, which would no longer agree."""
    for parent in element.iterancestors(f"{MC}Choice"):
        for other in parent.getparent().findall(f"{MC}Fallback"):
            drop(other)
