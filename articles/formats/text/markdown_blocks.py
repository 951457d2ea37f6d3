"""The blocks of a Markdown file that hold words: paragraphs, headings, points of lists, cells, notes, and what the
front matter says of the article. Code, rules and the definitions of links are none.

By CommonMark 0.31, 3 to 5, and GitHub's tables, as far as that touches the words; one line after the other.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_FRONT = re.compile(r"(---|\+\+\+)[ \t]*\r?\n(?:[^\r\n]*\r?\n)*?\1[ \t]*(?:\r?\n|$)")
_VALUE = re.compile(
    r"^(?:title|subtitle|headline|description|summary|excerpt|lead|standfirst|dek|chapo|titre|sous-titre|résumé)"
    r"[ \t]*[:=][ \t]*(?:\"(?P<double>(?:[^\"\\\r\n]|\\.)*)\"|'(?P<single>(?:[^'\r\n]|'')*)'"
    r"|(?P<bare>[^\s\"'\[{|>&*!%@`#][^\r\n]*?))"
    r"[ \t]*\r?$",
    re.MULTILINE | re.IGNORECASE,
)
_QUOTE = re.compile(r" {0,3}>[ \t]?(?:\[![A-Za-z]+\][ \t]*$)?")
# A number of four digits would be one of a list, too, and is a year.
_ITEM = re.compile(
    r"[ \t]*(?:[-+*]|(?P<number>\d{1,3})[.)])(?:[ \t]+(?:\[[ xX]\][ \t]+)?|(?=[\r\n]|$))"
)
_NOTE = re.compile(r" {0,3}\[\^[^\]\s]+\]:[ \t]*")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$|:::.*$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+|$)")
_HEADING_END = re.compile(r"(?:[ \t]+#+)?[ \t]*(?:\{[^{}]*\}[ \t]*)?$")
_CLOSING = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*$")
_FENCE = re.compile(r"[ \t]*(`{3,}(?=[^`]*$)|~{3,})")
_DEFINED = re.compile(
    r""" {0,3}\[([^\[\]^][^\[\]]*)\]:[ \t]*(?:<[^<>]*>|\S+)(?:[ \t]+(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*$"""
)
_TABLE = re.compile(r"(?:[ >]*)\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_CELL = re.compile(r"(?:[^|\\]|\\.)+")
_HTML = re.compile(
    r"[ \t]*</?(?:address|article|aside|blockquote|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer"
    r"|form|h[1-6]|header|hr|iframe|legend|li|main|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)(?=[\s/>]|$)",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"[ \t]*<(script|style|pre|textarea|svg|!--)", re.IGNORECASE)


class Block(NamedTuple):
    """A block from ``start`` to ``end`` in the file, and the ``runs`` of it that are its lines, as (from, to).

    ``kind`` is "" for Markdown, else "cell", "html", or how a value of the front matter is written.
    """

    kind: str
    start: int
    end: int
    runs: list[tuple[int, int]]

    @property
    def is_value(self) -> bool:
        """Whether it is one of the front matter, where there are no marks."""
        return self.kind in ("double", "single", "bare")

    @property
    def is_html(self) -> bool:
        """Whether it is of tags and words, without Markdown's own marks."""
        return self.kind == "html"


def normalize_label(words: str) -> str:
    """A link's label as its definition is found by it."""
    return " ".join(words.split()).casefold()


class BlockParser:
    """The blocks of a file in ``found``, and the ``labels`` that its links may name."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.found: list[Block] = []
        self.labels: set[str] = set()
        self.runs: list[tuple[int, int]] = []
        self.start = self.depth = 0
        self.kind = self.fence = ""
        self.until: re.Pattern[str] | None = None
        self.listed = self.tabled = False
        self.gap = True
        for line in _LINE.finditer(raw, self._front(int(raw.startswith("\ufeff")))):
            self._line(line.start(), line.start() + len(line.group().rstrip("\r\n")))
        self._flush()

    def _front(self, at: int) -> int:
        """Where the front matter ends; what it says of the article is a block each."""
        front = _FRONT.match(self.raw, at)
        if not front:
            return at
        for value in _VALUE.finditer(self.raw, at, front.end()):
            kind = str(value.lastgroup)
            self.found.append(Block(kind, value.start(kind), value.end(kind), [value.span(kind)]))
        return front.end()

    def _flush(self, end: int = -1) -> None:
        """End the paragraph that is open, with its last line or at ``end``."""
        if self.runs:
            last = self.runs[-1][1] if end < 0 else end
            self.found.append(Block(self.kind, self.start, _next_line(self.raw, last), self.runs))
        self.runs, self.kind = [], ""

    def _line(self, start: int, end: int) -> None:
        """One line of the file: part of what is open, or the beginning of something else."""
        if self.until:
            self.until = None if self.until.search(self.raw, start, end) else self.until
        elif self.fence:
            closing = _CLOSING.match(self.raw, start, end)
            if closing and closing[1].startswith(self.fence):
                self.fence = ""
        else:
            at = self._containers(start, end)
            if not self.raw[at:end].strip():
                self._flush()
                self.tabled, self.gap = False, True
            elif not self._is_other(at, end):
                self._words(start, at, end)
                self.gap = False

    def _containers(self, start: int, end: int) -> int:
        """Past the marks of quotations, points and notes; each of these begins a block."""
        at, depth, pointed, raw = start, 0, False, self.raw
        while not _RULE.match(raw, at, end):
            quote = _QUOTE.match(raw, at, end)
            item = _ITEM.match(raw, at, end)
            note = _NOTE.match(raw, at, end)
            if quote:
                depth += 1
                at = quote.end()
            elif item and self._is_point(item, at, end):
                self._flush()
                self.listed, self.tabled, pointed, at = True, False, True, item.end()
            elif note:
                self._flush()
                at = note.end()
            else:
                break
        if depth > self.depth or (self.gap and depth != self.depth):
            self._flush()
        self.depth = depth if depth > self.depth or not self.runs else self.depth
        if self.gap and not pointed and raw[at:end].strip() and _indent(raw, at, end) < 2:
            self.listed = False
        return at

    def _is_point(self, item: re.Match[str], at: int, end: int) -> bool:
        """Whether it begins a point of a list: in a paragraph not by any number, nor deep where there is no list."""
        if (
            self.runs
            and not self.listed
            and (item.end() == end or item["number"] not in (None, "1"))
        ):
            return False
        return self.listed or _indent(self.raw, at, end) < 4

    def _is_other(self, at: int, end: int) -> bool:
        """Whether the line is no words, but code, a rule, a definition."""
        raw = self.raw
        fence, unseen = _FENCE.match(raw, at, end), _UNSEEN.match(raw, at, end)
        defined = None if self.runs else _DEFINED.match(raw, at, end)
        if self.runs and not self.kind and _UNDERLINE.match(raw, at, end):
            self._flush(end)
        elif _RULE.match(raw, at, end):
            self._flush()
        elif fence:
            self._flush()
            self.fence = fence[1]
        elif unseen and not self.runs:
            ending = re.compile("-->" if unseen[1] == "!--" else f"</{unseen[1]}", re.IGNORECASE)
            self.until = None if ending.search(raw, unseen.end(), end) else ending
        elif defined:
            self.labels.add(normalize_label(defined[1]))
        elif self.tabled:
            return bool(_TABLE.match(raw, at, end))
        else:
            return self.gap and not self.runs and not self.listed and _indent(raw, at, end) >= 4
        return True

    def _words(self, start: int, at: int, end: int) -> None:
        """A line of words: a heading, a row of cells, or some of a paragraph."""
        raw = self.raw
        at += len(raw[at:end]) - len(raw[at:end].lstrip())
        heading = _HEADING.match(raw, at, end)
        following = _next_line(raw, end)
        below = _LINE.match(raw, following)
        if heading and not self.kind:
            self._flush()
            tail = _HEADING_END.search(raw, heading.end(), end)
            self.start, self.runs = start, [(heading.end(), tail.start() if tail else end)]
            self._flush(end)
        elif self.tabled or (
            not self.runs and "|" in raw[at:end] and below and _is_rule_of_table(below.group())
        ):
            self.tabled = True
            cells = [cell.span() for cell in _CELL.finditer(raw, at, end)]
            self.found += [Block("cell", *cell, [cell]) for cell in cells]
        else:
            if not self.runs:
                self.start, self.kind = start, "html" if _HTML.match(raw, at, end) else ""
            self.runs.append((at, end))


def _is_rule_of_table(line: str) -> bool:
    return "|" in line and bool(_TABLE.match(line.rstrip("\r\n")))


def _next_line(raw: str, end: int) -> int:
    """Where the line after the one that ends at ``end`` begins."""
    return end + 2 if raw.startswith("\r\n", end) else min(end + 1, len(raw))


def _indent(raw: str, at: int, end: int) -> int:
    """How many columns of blanks stand there."""
    blank = raw[at:end]
    blank = blank[: len(blank) - len(blank.lstrip())]
    return len(blank) + 3 * blank.count("\t")
