"""Read the words of a Word document that are in italics, bold or a link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from articles.formats.office.docx_breaks import with_stored_breaks
from articles.formats.office.docx_read import open_package, text_runs
from articles.formats.office.docx_runs import W, is_on
from articles.text.emphasis import BOLD, ITALIC, LINK, Emphasis

_LINK_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_NAMED = {"strong": BOLD, "emphasis": ITALIC}
"""Word's own character styles; their ids are these names but in some translations."""


def read_emphasis(data: bytes, text: str) -> list[Emphasis]:
    """Return the emphasis of ``text``; none where it is not the text of the file ``data``.

    It is the one with all tracked changes accepted. Raises BadFile.
    """
    package = open_package(data)
    body = package.root(package.main).find(f"{W}body")
    if body is None:
        return []
    runs = with_stored_breaks(text_runs(data, body), text)
    # The stored text has no line end of the last paragraph.
    if "".join(run.text for run in runs) not in (text, f"{text}\n"):
        return []
    parents = {child: parent for parent in body.iter() for child in parent}
    addresses = package.addresses(package.main)
    found: list[Emphasis] = []
    at = 0
    for run in runs:
        for kind, address in _kinds(run.node, parents, addresses):
            _add(found, Emphasis(at, at + len(run.text), kind, address))
        at += len(run.text)
    return found


def _add(found: list[Emphasis], new: Emphasis) -> None:
    """Append the emphasis; what goes on from the run before is one with it."""
    # A run has three kinds at most: what goes on from it is among the last three.
    for number in range(len(found) - 1, max(-1, len(found) - 4), -1):
        old = found[number]
        if old.end == new.start and (old.kind, old.address) == (new.kind, new.address):
            found[number] = old._replace(end=new.end)
            return
    found.append(new)


def _kinds(
    node: Any, parents: Mapping[Any, Any], addresses: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield the kinds of emphasis of a run's words, each with its address."""
    run = parents.get(node)
    if run is None or run.tag != f"{W}r":
        return
    style = run.find(f"{W}rPr/{W}rStyle")
    named = "" if style is None else _NAMED.get(style.get(f"{W}val", "").lower(), "")
    for kind, element in ((BOLD, "b"), (ITALIC, "i")):
        if named == kind or is_on(run.find(f"{W}rPr/{W}{element}")):
            yield kind, ""
    link = _link_around(run, parents)
    if link is not None:
        yield LINK, addresses.get(link.get(_LINK_ID, ""), "")


def _link_around(run: Any, parents: Mapping[Any, Any]) -> Any:
    """Return the hyperlink that a run stands in, None for none."""
    element = parents.get(run)
    while element is not None and element.tag != f"{W}p":
        if element.tag == f"{W}hyperlink":
            return element
        element = parents.get(element)
    return None
