"""Find the blocks of a Markdown file that hold words, one line after the other.

These are paragraphs, headings, list items, table cells, footnotes, and the values of the front
matter that describe the article. Code, rules and link definitions are not.

Follows CommonMark 0.31, chapters 3 to 5, and GitHub's tables, as far as these concern the words.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_FRONT = re.compile(r"(---|\+\+\+)[ \t]*\r?\n(?:[^\r\n]*\r?\n)*?\1[ \t]*(?:\r?\n|$)")
_VALUE = re.compile(
    r"^(?:title|subtitle|headline|description|summary|excerpt|lead|standfirst|dek|chapo|titre"
    r"|sous-titre|résumé)[ \t]*[:=][ \t]*"
    r"(?:\"(?P<double>(?:[^\"\\\r\n]|\\.)*)\"|'(?P<single>(?:[^'\r\n]|'')*)'"
    r"|(?P<bare>[^\s\"'\[{|>&*!%@`#][^\r\n]*?))"
    r"[ \t]*\r?$",
    re.MULTILINE | re.IGNORECASE,
)
_QUOTE = re.compile(r" {0,3}>[ \t]?(?:\[![A-Za-z]+\][ \t]*$)?")
# CommonMark allows nine digits; a number of four is a year.
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
    r" {0,3}\[([^\[\]^][^\[\]]*)\]:[ \t]*(?:<[^<>]*>|\S+)"
    r"""(?:[ \t]+(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*$"""
)
_TABLE = re.compile(r"(?:[ >]*)\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_CELL = re.compile(r"(?:[^|\\]|\\.)+")
_HTML = re.compile(
    r"[ \t]*</?(?:address|article|aside|blockquote|center|dd|details|dialog|div|dl|dt|fieldset"
    r"|figcaption|figure|footer|form|h[1-6]|header|hr|iframe|legend|li|main|nav|ol|p|section"
    r"|summary|table|tbody|td|tfoot|th|thead|tr|ul)(?=[\s/>]|$)",
    re.IGNORECASE,
)
_DEFINITION = re.compile(r" {0,3}:[ \t]+(?=\S)")
"""The mark of a definition below its term (PHP Markdown Extra, Pandoc)."""
_VALUES = r"(?:[ \t]+[\w-]+=(?:\"[^\"\[\]\n]{0,300}\"|'[^'\[\]\n]{0,300}'|[^\s\"'\[\]]{1,300}))+"
# Hugo's shortcodes, Liquid's tags and its values, and WordPress's shortcodes that have values or
# are an end; a link has an address behind it. No brace within: the time stays linear.
SHORTCODE = (
    r"\{\{[<%][^{}]{0,2000}[%>]\}\}|\{%[^{}]{0,2000}%\}|\{\{[^{}\n]{0,500}\}\}"
    rf"|\[(?:[A-Za-z][\w-]{{1,40}}{_VALUES}[ \t]*/?|/[A-Za-z][\w-]{{1,40}})\](?![(\[:])"
)
_SHORTCODES = re.compile(rf"[ \t]*(?:{SHORTCODE})[ \t]*(?:(?:{SHORTCODE})[ \t]*)*(?=[\r\n]|$)")
_CAPTION = re.compile(
    r"""\b(?:caption|title|alt|attr)=(?:"(?P<double>[^"\\\r\n{}]+)"|'(?P<single>[^'\r\n{}]+)')"""
)
_LISTING = re.compile(r"[ \t]*\{(?:%|\{[<%])[ \t-]*(?P<name>highlight|raw|code)\b")
"""A shortcode around code."""
_MODULE = re.compile(
    r"(?:import\s(?:[^\r\n\"']{0,300}\sfrom\s)?\s*[\"'][^\"'\r\n]{1,300}[\"']"
    r"|export\s+(?:const|let|default|function)\b[^\r\n]{0,1000}[;)}\]])[ \t]*;?[ \t]*(?=[\r\n]|$)"
)
"""A line of a program in MDX: what it imports or defines."""
_UNSEEN = re.compile(r"[ \t]*<(script|style|pre|textarea|svg|!--)", re.IGNORECASE)


class Block(NamedTuple):
    """A block from ``start`` to ``end`` in the file; its ``runs`` are its lines, as (from, to).

    ``kind`` is "" for Markdown, else "cell", "html", or the quoting of a front matter value.
    """

    kind: str
    start: int
    end: int
    runs: list[tuple[int, int]]

    @property
    def is_value(self) -> bool:
        """Whether it is a value of the front matter, where there are no marks."""
        return self.kind in ("double", "single", "bare")

    @property
    def is_html(self) -> bool:
        """Whether it consists of tags and words, without Markdown's own marks."""
        return self.kind == "html"


def normalize_label(words: str) -> str:
    """Return a link's label in the form by which its definition is found."""
    return " ".join(words.split()).casefold()


class BlockParser:
    """Find the blocks of a file (``found``) and the ``labels`` that its links may name.

    While it reads, ``runs``, ``start`` and ``kind`` are those of the open paragraph, ``depth`` is
    the number of quotations around it; ``fence`` or ``until`` say how open code or HTML ends, and
    ``gap`` says that the line before was blank; ``code_end`` is where the last shortcode ends.
    """

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.found: list[Block] = []
        self.labels: set[str] = set()
        self.runs: list[tuple[int, int]] = []
        self.start = 0
        self.depth = 0
        self.kind = ""
        self.fence = ""
        self.until: re.Pattern[str] | None = None
        self.in_list = False
        self.in_table = False
        self.gap = True
        self.code_end = 0
        first = self._read_front_matter(int(raw.startswith("\ufeff")))
        for line in _LINE.finditer(raw, first):
            self._read_line(line.start(), line.start() + len(line.group().rstrip("\r\n")))
        self._flush()

    def _read_front_matter(self, at: int) -> int:
        """Add a block for each value that describes the article; return where the matter ends."""
        front = _FRONT.match(self.raw, at)
        if not front:
            return at
        for value in _VALUE.finditer(self.raw, at, front.end()):
            kind = str(value.lastgroup)
            start, end = value.span(kind)
            self.found.append(Block(kind, start, end, [(start, end)]))
        return front.end()

    def _flush(self, end: int = -1) -> None:
        """End the open paragraph with its last line, or at ``end``."""
        if self.runs:
            last = end
            if end < 0:
                last = self.runs[-1][1]
            self.found.append(Block(self.kind, self.start, _next_line(self.raw, last), self.runs))
        self.runs = []
        self.kind = ""

    def _read_line(self, start: int, end: int) -> None:
        """Read one line: it belongs to what is open, or begins something else."""
        # A shortcode may run over several lines, of which only its first was looked at.
        if start < self.code_end:
            return
        if self.until:
            if self.until.search(self.raw, start, end):
                self.until = None
            return
        if self.fence:
            # The closing fence is at least as long as the opening one (CommonMark 0.31, 4.5).
            closing = _CLOSING.match(self.raw, start, end)
            if closing and closing[1].startswith(self.fence):
                self.fence = ""
            return
        at = self._skip_containers(start, end)
        if not self.raw[at:end].strip():
            self._flush()
            self.in_table = False
            self.gap = True
        elif not self._is_without_words(at, end):
            self._add_words(start, at, end)
            self.gap = False

    def _skip_containers(self, start: int, end: int) -> int:
        """Return where the line goes on after the marks of quotations, list items and footnotes.

        List items and footnotes begin a block; so does a quotation that begins or ends.
        """
        at = start
        depth = 0
        has_item = False
        # "* * *" is a rule, although it begins like an item (CommonMark 0.31, 4.1).
        while not _RULE.match(self.raw, at, end):
            quote = _QUOTE.match(self.raw, at, end)
            if quote:
                depth += 1
                at = quote.end()
                continue
            item = _ITEM.match(self.raw, at, end)
            if item and self._is_list_item(item, at, end):
                self._flush()
                self.in_list = True
                self.in_table = False
                has_item = True
                at = item.end()
                continue
            note = _NOTE.match(self.raw, at, end) or self._definition(at, end)
            if not note:
                break
            self._flush()
            at = note.end()
        self._enter_quotation(depth)
        if self.gap and not has_item and self._ends_list(at, end):
            self.in_list = False
        return at

    def _definition(self, at: int, end: int) -> re.Match[str] | None:
        """Return the mark of a definition, which stands below the line of its term."""
        if self.kind or not self.runs:
            return None
        return _DEFINITION.match(self.raw, at, end)

    def _enter_quotation(self, depth: int) -> None:
        """Note how deep the line is quoted; a paragraph goes on in a line that is less deep."""
        # A line that is quoted less deep is a lazy continuation (CommonMark 0.31, 5.1).
        if depth > self.depth or (self.gap and depth != self.depth):
            self._flush()
        if not self.runs:
            self.depth = depth

    def _ends_list(self, at: int, end: int) -> bool:
        """Return whether the words after a gap are no more part of a list item."""
        return bool(self.raw[at:end].strip()) and _indent(self.raw, at, end) < 2

    def _is_list_item(self, item: re.Match[str], at: int, end: int) -> bool:
        """Return whether the mark begins a list item.

        Only the number 1 interrupts a paragraph, and without a list a deep indent is code.
        """
        if self.in_list:
            return True
        if self.runs:
            is_empty = item.end() == end
            if is_empty or item["number"] not in (None, "1"):
                return False
        return _indent(self.raw, at, end) < 4

    def _is_without_words(self, at: int, end: int) -> bool:
        """Read the line where it is code, a rule, a definition; return whether it was."""
        raw = self.raw
        if self.runs and not self.kind and _UNDERLINE.match(raw, at, end):
            self._flush(end)
            return True
        if _RULE.match(raw, at, end):
            self._flush()
            return True
        if self._begins_code(at, end) or self._is_shortcode(at):
            return True
        # A definition cannot interrupt a paragraph (CommonMark 0.31, 4.7).
        defined = None if self.runs else _DEFINED.match(raw, at, end)
        if defined:
            self.labels.add(normalize_label(defined[1]))
            return True
        if self.in_table:
            return bool(_TABLE.match(raw, at, end))
        return self._is_indented_code(at, end)

    def _is_shortcode(self, at: int) -> bool:
        """Read a line of shortcodes, to where they end; their captions are blocks of their own.

        A line of a program is no text either.
        """
        if not self.runs and _MODULE.match(self.raw, at):
            return True
        codes = _SHORTCODES.match(self.raw, at)
        if not codes:
            return False
        self._flush()
        self.code_end = codes.end()
        listing = _LISTING.match(self.raw, at)
        if listing:
            ending = rf"\{{(?:%|\{{[<%])[ \t-]*(?:/|end){listing['name']}\b"
            self.until = re.compile(ending)
            if self.until.search(self.raw, listing.end(), codes.end()):
                self.until = None
        for caption in _CAPTION.finditer(self.raw, at, codes.end()):
            kind = str(caption.lastgroup)
            place = caption.span(kind)
            self.found.append(Block(kind, *place, [place]))
        return True

    def _begins_code(self, at: int, end: int) -> bool:
        """Return whether the line begins fenced code or HTML that nobody sees; note its end."""
        fence = _FENCE.match(self.raw, at, end)
        if fence:
            self._flush()
            self.fence = fence[1]
            return True
        unseen = None if self.runs else _UNSEEN.match(self.raw, at, end)
        if not unseen:
            return False
        last = f"</{unseen[1]}"
        if unseen[1] == "!--":
            last = "-->"
        ending = re.compile(last, re.IGNORECASE)
        if not ending.search(self.raw, unseen.end(), end):
            self.until = ending
        return True

    def _is_indented_code(self, at: int, end: int) -> bool:
        if not self.gap:
            return False
        if self.runs or self.in_list:
            return False
        return _indent(self.raw, at, end) >= 4

    def _add_words(self, start: int, at: int, end: int) -> None:
        """Add a line of words: a heading, a row of cells, or a part of a paragraph."""
        at += len(self.raw[at:end]) - len(self.raw[at:end].lstrip())
        heading = None if self.kind else _HEADING.match(self.raw, at, end)
        if heading:
            self._flush()
            tail = _HEADING_END.search(self.raw, heading.end(), end)
            self.start = start
            self.runs = [(heading.end(), tail.start() if tail else end)]
            self._flush(end)
        elif self.in_table or self._begins_table(at, end):
            self.in_table = True
            for cell in _CELL.finditer(self.raw, at, end):
                self.found.append(Block("cell", cell.start(), cell.end(), [cell.span()]))
        else:
            if not self.runs:
                self.start = start
                if _HTML.match(self.raw, at, end):
                    self.kind = "html"
            self.runs.append((at, end))

    def _begins_table(self, at: int, end: int) -> bool:
        """Return whether the line is the first of a table: the next one is its rule."""
        if self.runs or "|" not in self.raw[at:end]:
            return False
        below = _LINE.match(self.raw, _next_line(self.raw, end))
        if not below:
            return False
        rule = below.group()
        return "|" in rule and bool(_TABLE.match(rule.rstrip("\r\n")))


def _next_line(raw: str, end: int) -> int:
    """Return where the line after the one that ends at ``end`` begins."""
    if raw.startswith("\r\n", end):
        return end + 2
    return min(end + 1, len(raw))


def _indent(raw: str, at: int, end: int) -> int:
    """Return how many columns of blanks the line begins with; a tab is four."""
    line = raw[at:end]
    blank = line[: len(line) - len(line.lstrip())]
    return len(blank) + 3 * blank.count("\t")
