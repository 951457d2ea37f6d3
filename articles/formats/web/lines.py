"""Read the lines of a web page: each with its runs of words and their places in the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import compress
from typing import NamedTuple

from articles.formats.web.content import leads_elsewhere
from articles.formats.web.html_tree import Node
from articles.segmentation.soft_breaks import find_continued

_BLANK = r"(?P<blank>[ \t\n\r\f]+)"
_ENTITY = r"(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?)"
_SIGNS = r"&(?:&(?![#A-Za-z]))*"
"""Ampersands that begin no entity."""
_RUN = re.compile(rf"{_BLANK}|(?P<code>(?!))|{_ENTITY}|[^ \t\n\r\f&]+(?: [^ \t\n\r\f&]+)*|{_SIGNS}")
# A shortcode of WordPress: [gallery ids="1"], [/caption]; "[sic]" and "[1]" are words.
_CODE = (
    r"(?P<code>\[/[a-z][\w-]{1,40}\]"
    r"|\[[a-z][\w-]{1,40}(?:\s[^\[\]=<>]{0,200}=[^\[\]<>]{0,2000}|\s?/)\]"
    r"|\[(?:audio|caption|embed|gallery|playlist|video)\])"
)
_RUN_WITH_CODES = re.compile(
    rf"{_BLANK}|{_CODE}|{_ENTITY}|[^ \t\n\r\f&\[]+(?: [^ \t\n\r\f&\[]+)*|{_SIGNS}|\["
)
_CAPTION = re.compile(r"""\b(?:caption|title|alt)=(["'])([^"'&\[\]]+)\1""")


class Run(NamedTuple):
    """A piece of a line and its place in the page; ``depth`` counts the phrases around it.

    ``is_break`` says that it is a break of the page that is read as a blank.
    """

    text: str
    at: int
    end: int
    depth: int
    is_break: bool = False


class State(NamedTuple):
    """The surroundings of a place in the page: its block, and how many phrases are around it.

    The others say whether it is in the article, a link, a ``time`` and a ``pre`` element.
    """

    block: Node
    depth: int = -1
    within: bool = False
    linked: bool = False
    timed: bool = False
    verbatim: bool = False

    def inside(self, node: Node, *, roots: set[Node]) -> State:
        """Return the state inside of ``node``; ``roots`` are the elements of the article."""
        block = self.block
        if node.is_block or node.parent is None:
            block = node
        depth = self.depth + 1
        if node.is_block:
            depth = 0
        return State(
            block,
            depth,
            within=self.within or node in roots,
            linked=self.linked or leads_elsewhere(node),
            timed=self.timed or node.tag == "time",
            verbatim=self.verbatim or node.tag == "pre",
        )


@dataclass(slots=True, eq=False)
class Line:
    """A line of the page. ``linked`` and ``timed`` count its characters in links and times.

    ``before`` is the line that a single break parts it from, and ``parted_by`` that break.
    """

    block: Node
    within: bool
    runs: list[Run] = field(default_factory=list)
    linked: int = 0
    timed: int = 0
    after_gap: bool = False
    before: Line | None = None
    parted_by: Run | None = None

    def add(self, run: Run, state: State) -> None:
        """Append a run that was read in this state."""
        self.runs.append(run)
        if state.linked:
            self.linked += len(run.text)
        if state.timed:
            self.timed += len(run.text)

    @property
    def text(self) -> str:
        """The words of the line."""
        return "".join(run.text for run in self.runs)


def join_lines(lines: Sequence[Line], stands_alone: Callable[[Line], bool]) -> list[Line]:
    """Return the lines, each with those that continue it: a break inside a sentence is a blank.

    A line for which ``stands_alone`` is true ends where it ends.
    """
    continued = _continued(lines)
    joined: list[Line] = []
    for line in lines:
        before = line.before
        if line in continued and before is not None and not stands_alone(before):
            _append_line(joined[-1], line)
        else:
            joined.append(line)
    return joined


def _continued(lines: Sequence[Line]) -> set[Line]:
    """Return the lines that go on in a sentence of the line before."""
    paragraphs: list[list[Line]] = []
    last = None
    for line in lines:
        if line.before is None or line.before is not last:
            paragraphs.append([])
        paragraphs[-1].append(line)
        last = line
    found = find_continued([[line.text for line in paragraph] for paragraph in paragraphs])
    continued: set[Line] = set()
    for paragraph, goes_on in zip(paragraphs, found, strict=True):
        continued.update(compress(paragraph[1:], goes_on))
    return continued


def _append_line(line: Line, following: Line) -> None:
    if following.parted_by is not None:
        line.runs.append(following.parted_by)
    line.runs += following.runs
    line.linked += following.linked
    line.timed += following.timed


class LineReader:
    """Read the lines of a page.

    ``roots`` are the elements of the article, ``excluded`` those that are passed over; ``codes``
    says that shortcodes are no words, ``breaks`` that an empty line ends a line, as in posts that
    were written without tags. ``line`` is the open line, ``blank`` the one before the next words,
    ``phrases`` the inline elements; ``gap`` says that a block of the article was left out since the
    last line.
    """

    def __init__(
        self,
        raw: str,
        excluded: set[Node],
        roots: set[Node],
        *,
        codes: bool = False,
        breaks: bool = False,
    ) -> None:
        self.raw = raw
        self.excluded = excluded
        self.roots = roots
        self.runs = _RUN_WITH_CODES if codes else _RUN
        self.breaks = breaks
        self.lines: list[Line] = []
        self.phrases: set[Node] = set()
        self.line: Line | None = None
        self.blank: Run | None = None
        self.gap = False
        self.parted: tuple[Line, Run] | None = None

    def read(self, node: Node, state: State) -> None:
        """Read the text of the element and of all inside it."""
        state = state.inside(node, roots=self.roots)
        if node.is_block:
            self._end_line()
        for child in node.children:
            if isinstance(child, tuple):
                self._read_text(child, state)
            else:
                self._read_element(child, state)
        if node.is_block:
            self._end_line()

    def _end_line(self) -> None:
        self.line = None
        self.parted = None

    def _read_break(self, node: Node, state: State) -> None:
        """End the line at a ``<br>``; remember it for a line that comes right after it."""
        line = self.line
        self._end_line()
        if line is not None:
            self.parted = (line, Run(" ", node.start, node.inner, state.depth, is_break=True))

    def _read_element(self, node: Node, state: State) -> None:
        if node.tag == "br":
            self._read_break(node, state)
        elif node.is_block:
            self._end_line()
        if node in self.excluded:
            if node.is_block and state.within:
                self.gap = True
        elif node.tag not in ("br", "wbr"):
            if not node.is_block:
                self.phrases.add(node)
            self.read(node, state)

    def _read_text(self, place: tuple[int, int], state: State) -> None:
        start, end = place
        for found in self.runs.finditer(self.raw, start, end):
            kind = found.lastgroup
            if kind == "blank":
                self._read_blank(found, state)
                continue
            if kind == "code":
                self._read_code(found, state)
                continue
            text = found.group()
            if kind == "entity":
                text = unescape(text)
            line = self._open_line(state)
            if self.blank:
                line.add(self.blank, state)
            line.add(Run(text, found.start(), found.end(), state.depth), state)
            self.blank = None

    def _read_blank(self, found: re.Match[str], state: State) -> None:
        """Note the first blank before the next words; a line end in a ``pre`` ends the line."""
        line_ends = found.group().count("\n")
        # WordPress stores posts without paragraphs, with empty lines, and adds the tags when it
        # shows them.
        if (line_ends > 1 and self.breaks) or (line_ends and state.verbatim):
            self._end_line()
        elif self.line and self.blank is None:
            self.blank = Run(" ", found.start(), found.end(), state.depth)

    def _read_code(self, found: re.Match[str], state: State) -> None:
        """Pass over a shortcode; its caption is a line of its own."""
        for caption in _CAPTION.finditer(self.raw, found.start(), found.end()):
            self._end_line()
            start, end = caption.span(2)
            self._open_line(state).add(Run(caption[2], start, end, state.depth), state)
            self._end_line()

    def _open_line(self, state: State) -> Line:
        """Return the open line; begin one where there is none."""
        if self.line is None:
            self.line = Line(state.block, state.within, after_gap=self.gap)
            self.lines.append(self.line)
            if self.parted:
                self.line.before, self.line.parted_by = self.parted
                self.parted = None
            self.blank = None
            self.gap = False
        return self.line
