"""Find the words in one block of Markdown: marks, addresses and footnote numbers are not.

Follows CommonMark 0.31, chapter 6, as far as it concerns the words. Every pattern has an end in
sight, so that the time grows with the length only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from html import unescape

from articles.formats.source_map import Escape, Markup, SourceMap
from articles.formats.text.markdown_blocks import SHORTCODE, Block, normalize_label
from articles.formats.web.html_tree import BLOCKS

_BREAK = rf"</?(?i:br|{'|'.join(sorted(BLOCKS))})(?:[\s/][^<>]*)?>"
_TOKEN = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])|(?P<break>[ \t]{2,}\n[ \t\n]*|\\\n[ \t\n]*|"
    + _BREAK
    + r")|(?P<blank>[ \t\n]+)"
    # No further than a reader would look for the end: otherwise the time would be quadratic.
    r"|(?P<code>(?<!`)(?P<ticks>`+)(?!`)(?P<inside>.{1,1000}?)(?<!`)(?P=ticks)(?!`))"
    # With its brackets: without them, the words that replace it would be read as a tag.
    r"|(?P<address><(?:[A-Za-z][A-Za-z0-9+.-]+:[^<>\s]{0,2000}"
    r"|[^<>\s@]{1,200}@[^<>\s@]{1,200})>)"
    r"|(?P<gone>\[\^[^\]\s]{1,100}\]|</?[A-Za-z][^<>]*>|<!--(?:[^<]|<(?!!--)){0,5000}?-->|"
    + SHORTCODE
    + r")"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});)"
    r"|(?P<open>!?\[)|(?P<close>\])|(?P<run>\*+|_+|~~+)"
    # Of several signs in a row only the last can begin anything.
    r"|(?P<words>[^ \t\n\\`*_~\[\]<&!{]+|<+(?=<)|&+(?=&)|!+(?=!)|.)",
    re.DOTALL,
)
_MAX_OPEN = 50
"""Emphasis marks that may be open at once; the search for a partner stays linear."""
_ADDRESS = re.compile(
    r"""\(\s*(?:<[^<>\n]*>|[^\s()<]*(?:\([^\s()]*\)[^\s()]*)*)"""
    r"""(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)"""
)
_LABEL = re.compile(r"\[([^\[\]]*)\]")
_ATTRIBUTES = re.compile(r"\{[^{}\n]*\}")


@dataclass(slots=True)
class _Token:
    """A token of a block, from ``at`` to ``end``.

    ``low`` to ``high`` are its words, or those of a run of marks that are not used yet; ``deeper``
    is how many more marks are open after it.
    """

    kind: str
    at: int
    end: int
    low: int
    high: int
    deeper: int = 0


def add_words(layout: SourceMap, block: Block, labels: set[str], escape: Escape | None) -> None:
    """Add the block's words to the layout with their marks; links may name the ``labels``."""
    _InlineParser(layout, block, labels).add_words(escape)


class _InlineParser:
    """Parse one block. Places count in ``text``, its lines without the marks of containers."""

    def __init__(self, layout: SourceMap, block: Block, labels: set[str]) -> None:
        self.layout = layout
        self.labels = labels
        self.text = "\n".join(layout.raw[start:end] for start, end in block.runs)
        # The beginning and the end of a block count as blanks (CommonMark 0.31, 6.2).
        self.padded = f" {self.text} "
        self.first = len(self.text) - len(self.text.lstrip())
        self.lines = [0]
        for start, end in block.runs:
            self.lines.append(self.lines[-1] + end - start + 1)
        self.starts = [start for start, _end in block.runs]
        if block.is_value:
            self.tokens = [_Token("words", 0, len(self.text), 0, len(self.text))]
            return
        self.tokens = [_token(found) for found in _TOKEN.finditer(self.text)]
        if not block.is_html:
            self._find_links()
            self._find_emphasis()

    def add_words(self, escape: Escape | None) -> None:
        """Add the words to the layout; a line end in the file is a blank."""
        has_begun = False
        blank: _Token | None = None
        inner: _Token | None = None
        depth = 0
        for token in self.tokens:
            depth += min(token.deeper, 0)
            if token.kind == "break":
                inner = self._inner_break(token, has_begun=has_begun)
                has_begun = False
                blank = None
            elif token.kind == "blank":
                blank = blank or token
            elif token.kind != "gone" and token.low < token.high:
                if has_begun or inner:
                    self._add_gap(inner, blank, depth)
                else:
                    self.layout.add_break()
                has_begun = True
                blank = None
                inner = None
                self._add_token(token, depth, escape)
            depth += max(token.deeper, 0)

    def _add_gap(self, inner: _Token | None, blank: _Token | None, depth: int) -> None:
        """Add what stands between two words of a block: a break inside it, or a blank."""
        if inner:
            self.layout.add_inner_break(*self._in_file(inner.at, inner.end), depth=depth)
        elif blank:
            self.layout.add(" ", *self._in_file(blank.at, blank.end), depth=depth)

    def _inner_break(self, token: _Token, *, has_begun: bool) -> _Token | None:
        """Return the break where it may stand inside a sentence: a ``<br>``, or a hard break."""
        words = self.text[token.at : token.end]
        is_tag = words[:1] == "<"
        if not has_begun or words.count("\n") > 1:
            return None
        return token if not is_tag or words[1:3].lower() == "br" else None

    def _add_token(self, token: _Token, depth: int, escape: Escape | None) -> None:
        if token.kind == "code":
            self._add_code(token, depth + 1)
            return
        words = self.text[token.low : token.high]
        if token.kind == "escape":
            words = words[1:]
        elif token.kind == "entity":
            words = unescape(words)
        start, end = self._in_file(token.low, token.high)
        self.layout.add(words, start, end, depth=depth, escape=escape)

    def _add_code(self, token: _Token, depth: int) -> None:
        """Add the words between backticks; a line end among them is a blank."""
        at = token.low
        self._add_mark(token.at, at, token.high, token.end)
        for number, line in enumerate(self.text[token.low : token.high].split("\n")):
            if number:
                start, end = self._in_file(at - 1, at)
                self.layout.add(" ", start, end, depth=depth, escape=_escape_code)
            start, end = self._in_file(at, at + len(line))
            self.layout.add(line, start, end, depth=depth, escape=_escape_code)
            at += len(line) + 1

    def _in_file(self, at: int, end: int) -> tuple[int, int]:
        """Return where a run of the text stands in the file."""
        first = bisect_right(self.lines, at) - 1
        last = bisect_right(self.lines, end - 1) - 1
        start = self.starts[first] + at - self.lines[first]
        return start, self.starts[last] + end - self.lines[last]

    def _add_mark(self, at: int, inner: int, close: int, end: int) -> None:
        self.layout.marks.append(Markup(*self._in_file(at, inner), *self._in_file(close, end)))

    def _find_links(self) -> None:
        """Keep the words of links, not those of pictures in a text; other brackets are words."""
        opened: list[int] = []
        for number, token in enumerate(self.tokens):
            if token.kind == "open":
                opened.append(number)
            elif token.kind == "close" and opened:
                self._close_link(opened.pop(), number)

    def _close_link(self, first: int, last: int) -> None:
        """Take the marks and the address from the words, where the brackets are those of a link."""
        opener = self.tokens[first]
        closer = self.tokens[last]
        end = self._address_end(self.text[opener.end : closer.at], closer.end)
        if not end:
            return
        is_picture = self.text[opener.at] == "!"
        if is_picture:
            # A picture alone keeps its description, which is then a line of the article.
            is_alone = opener.at <= self.first and not self.text[end:].strip()
            is_picture = not is_alone
        self._remove(first if is_picture else last, end)
        opener.kind = "gone"
        opener.deeper = 1
        closer.kind = "gone"
        closer.deeper = -1
        closer.end = end
        self._add_mark(opener.at, opener.end, closer.at, end)

    def _remove(self, first: int, end: int) -> None:
        """Take the tokens from number ``first`` to the place ``end`` from the words."""
        for number in range(first, len(self.tokens)):
            token = self.tokens[number]
            if token.at >= end:
                break
            if token.end > end:
                token.low = end
            else:
                token.kind = "gone"

    def _address_end(self, words: str, at: int) -> int:
        """Return where the address after a link's words ends; 0 where they are no link."""
        found = _ADDRESS.match(self.text, at)
        if not found:
            found = _LABEL.match(self.text, at)
            name = words
            if found and found[1]:
                name = found[1]
            if normalize_label(name) not in self.labels:
                return 0
        if found:
            at = found.end()
        attributes = _ATTRIBUTES.match(self.text, at)
        if attributes:
            at = attributes.end()
        return at

    def _find_emphasis(self) -> None:
        """Pair the runs of ``*``, ``_`` and ``~~`` that are marks (CommonMark 0.31, 6.2)."""
        waiting: list[_Token] = []
        for token in self.tokens:
            if token.kind != "run":
                continue
            opens, closes = self._flanks(token)
            while closes and token.low < token.high:
                partner = self._last_partner(waiting, token)
                if partner < 0:
                    break
                # Marks opened between the two are words: emphasis cannot overlap.
                del waiting[partner + 1 :]
                self._emphasize(waiting[partner], token)
                if waiting[partner].low == waiting[partner].high:
                    waiting.pop()
            if opens and token.low < token.high:
                waiting = [*waiting[-_MAX_OPEN:], token]

    def _last_partner(self, waiting: list[_Token], closer: _Token) -> int:
        """Return the number of the last open run of the same character, -1 for none."""
        for number in range(len(waiting) - 1, -1, -1):
            if self.text[waiting[number].at] == self.text[closer.at]:
                return number
        return -1

    def _emphasize(self, opener: _Token, closer: _Token) -> None:
        """Use up one or two characters of each of the runs for a mark."""
        left = min(closer.high - closer.low, opener.high - opener.low)
        # Strong where both have two: "***x***" is both (CommonMark 0.31, 6.2, rule 13).
        size = 2 if left > 1 else 1
        self._add_mark(opener.high - size, opener.high, closer.low, closer.low + size)
        opener.high -= size
        closer.low += size
        opener.deeper += 1
        closer.deeper -= 1

    def _flanks(self, token: _Token) -> tuple[bool, bool]:
        """Return whether a run may open and whether it may close emphasis."""
        before = _rank(self.padded[token.at])
        after = _rank(self.padded[token.end + 1])
        opens = 0 < after >= before
        closes = 0 < before >= after
        if self.text[token.at] == "_":
            # Underscores inside of words are no marks.
            opens = opens and before < _LETTER_RANK
            closes = closes and after < _LETTER_RANK
        return opens, closes


_LETTER_RANK = 2


def _rank(character: str) -> int:
    """Return 0 for a blank, 1 for punctuation, 2 for a letter or digit.

    A run of marks may open where what follows ranks no lower than what stands before, and close
    where it ranks no higher, blanks aside: CommonMark's left- and right-flanking runs.
    """
    if character.isspace():
        return 0
    if character.isalnum():
        return _LETTER_RANK
    return 1


def _token(found: re.Match[str]) -> _Token:
    kind = str(found.lastgroup)
    words = kind
    if kind == "code":
        words = "inside"
    low, high = found.span(words)
    return _Token(kind, *found.span(), low, high)


def _escape_code(words: str) -> str:
    """Return words that can stand in code, where no character can be escaped."""
    return words.replace("`", "'").replace("\n", " ")
