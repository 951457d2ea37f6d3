"""The words in one block of Markdown: marks, addresses and numbers of footnotes are none.

By CommonMark 0.31, 6, as far as that touches the words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from html import unescape

from articles.formats.source_map import Escape, Markup, SourceMap
from articles.formats.text.markdown_blocks import Block, normalize_label
from articles.formats.web.html_tree import BLOCKS

_BREAK = rf"</?(?i:br|{'|'.join(sorted(BLOCKS))})(?:[\s/][^<>]*)?>"
_TOKEN = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])|(?P<break>[ \t]{2,}\n[ \t\n]*|\\\n[ \t\n]*|"
    + _BREAK
    + r")|(?P<blank>[ \t\n]+)"
    # As far as a reader would look for the end, so that time grows with the length only.
    r"|(?P<code>(?<!`)(?P<ticks>`+)(?!`)(?P<inside>.{1,1000}?)(?<!`)(?P=ticks)(?!`))"
    # With its brackets: without them, what replaces it would be taken for a tag.
    r"|(?P<address><(?:[A-Za-z][A-Za-z0-9+.-]+:[^<>\s]{0,2000}|[^<>\s@]{1,200}@[^<>\s@]{1,200})>)"
    r"|(?P<gone>\[\^[^\]\s]{1,100}\]|</?[A-Za-z][^<>]*>|<!--.{0,5000}?-->)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});)"
    r"|(?P<open>!?\[)|(?P<close>\])|(?P<run>\*+|_+|~~+)|(?P<words>[^ \t\n\\`*_~\[\]<&!]+|.)",
    re.DOTALL,
)
_DEEPEST = 50
"""Marks that may be open at once."""
_ADDRESS = re.compile(
    r"""\(\s*(?:<[^<>\n]*>|[^\s()<]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)"""
)
_LABEL = re.compile(r"\[([^\[\]]*)\]")
_ATTRIBUTES = re.compile(r"\{[^{}\n]*\}")


@dataclass(slots=True)
class _Token:
    """Something in a block, and where. Of a run of marks, ``low`` to ``high`` are those that are not used yet; with
    ``deeper`` marks more open after it."""

    kind: str
    at: int
    end: int
    low: int
    high: int
    deeper: int = 0


def add_words(layout: SourceMap, block: Block, labels: set[str], escape: Escape | None) -> None:
    """Add the block's words to the layout, with their marks; ``labels`` are those that links may name."""
    _Inline(layout, block, labels).put(escape)


class _Inline:
    """Places are counted in ``text``, the block's lines without what stands before them."""

    def __init__(self, layout: SourceMap, block: Block, labels: set[str]) -> None:
        self.layout, self.labels = layout, labels
        self.text = "\n".join(layout.raw[start:end] for start, end in block.runs)
        self.lines = [0]
        for start, end in block.runs:
            self.lines.append(self.lines[-1] + end - start + 1)
        self.starts = [start for start, _end in block.runs]
        if block.is_value:
            self.tokens = [_Token("words", 0, len(self.text), 0, len(self.text))]
            return
        self.tokens = [_token(found) for found in _TOKEN.finditer(self.text)]
        if not block.is_html:
            self._link()
            self._emphasise()

    def put(self, escape: Escape | None) -> None:
        """Add what is words to the layout; a line end in the file is a blank."""
        begun, waiting, depth = False, None, 0
        for token in self.tokens:
            depth += min(token.deeper, 0)
            if token.kind == "break":
                begun, waiting = False, None
            elif token.kind == "blank":
                waiting = waiting or token
            elif token.kind != "gone" and token.low < token.high:
                if not begun:
                    self.layout.add_break()
                elif waiting:
                    self.layout.add(" ", *self._raw(waiting.at, waiting.end), depth=depth)
                begun, waiting = True, None
                self._add(token, depth, escape)
            depth += max(token.deeper, 0)

    def _add(self, token: _Token, depth: int, escape: Escape | None) -> None:
        words = self.text[token.low : token.high]
        start, end = self._raw(token.low, token.high)
        if token.kind == "code":
            at = token.low
            self._mark(token.at, at, token.high, token.end)
            for number, word in enumerate(words.split("\n")):
                if number:
                    self.layout.add(" ", *self._raw(at - 1, at), depth=depth + 1, escape=_as_is)
                self.layout.add(
                    word, *self._raw(at, at + len(word)), depth=depth + 1, escape=_as_is
                )
                at += len(word) + 1
        elif token.kind == "escape":
            self.layout.add(words[1:], start, end, depth=depth, escape=escape)
        else:
            words = unescape(words) if token.kind == "entity" else words
            self.layout.add(words, start, end, depth=depth, escape=escape)

    def _raw(self, at: int, end: int) -> tuple[int, int]:
        """Where a run of the text stands in the file."""
        first, last = (bisect_right(self.lines, place) - 1 for place in (at, end - 1))
        return self.starts[first] + at - self.lines[first], self.starts[last] + end - self.lines[
            last
        ]

    def _mark(self, at: int, inner: int, close: int, end: int) -> None:
        self.layout.marks.append(Markup(*self._raw(at, inner), *self._raw(close, end)))

    def _link(self) -> None:
        """Brackets that are links keep their words, pictures in a text none; other brackets are words."""
        opened: list[int] = []
        for number, token in enumerate(self.tokens):
            if token.kind == "open":
                opened.append(number)
            elif token.kind == "close" and opened:
                self._close(opened.pop(), number)

    def _close(self, first: int, last: int) -> None:
        opener, closer = self.tokens[first], self.tokens[last]
        end = self._after(self.text[opener.end : closer.at], closer.end)
        if not end:
            return
        picture = self.text[opener.at] == "!" and (self.text[: opener.at] + self.text[end:]).strip()
        for token in self.tokens[first if picture else last :]:
            if token.at >= end:
                break
            if token.end > end:
                token.low = end
            else:
                token.kind = "gone"
        opener.kind = closer.kind = "gone"
        opener.deeper, closer.deeper, closer.end = 1, -1, end
        self._mark(opener.at, opener.end, closer.at, end)

    def _after(self, words: str, at: int) -> int:
        """Where the address after a link's words ends, that began at ``at``; 0 where they are no link."""
        found = _ADDRESS.match(self.text, at)
        if not found:
            found = _LABEL.match(self.text, at)
            if normalize_label(found[1] if found and found[1] else words) not in self.labels:
                return 0
        at = found.end() if found else at
        more = _ATTRIBUTES.match(self.text, at)
        return more.end() if more else at

    def _emphasise(self) -> None:
        """Runs of * and _ that are marks (CommonMark 0.31, 6.2), and ~~."""
        waiting: list[_Token] = []
        for token in self.tokens:
            if token.kind != "run":
                continue
            opens, closes = self._sides(token)
            while closes and token.low < token.high:
                partner = next((each for each in reversed(waiting) if self._fit(each, token)), None)
                if partner is None:
                    break
                del waiting[waiting.index(partner) + 1 :]
                size = 2 if min(token.high - token.low, partner.high - partner.low) > 1 else 1
                self._mark(partner.high - size, partner.high, token.low, token.low + size)
                partner.high, token.low = partner.high - size, token.low + size
                partner.deeper, token.deeper = partner.deeper + 1, token.deeper - 1
                if partner.low == partner.high:
                    waiting.pop()
            if opens and token.low < token.high:
                waiting = [*waiting[-_DEEPEST:], token]

    def _fit(self, opener: _Token, closer: _Token) -> bool:
        return self.text[opener.at] == self.text[closer.at]

    def _sides(self, token: _Token) -> tuple[bool, bool]:
        """Whether a run may open, and whether it may close."""
        before, after = self.text[: token.at][-1:] or " ", self.text[token.end :][:1] or " "
        left = not after.isspace() and (after.isalnum() or not before.isalnum())
        right = not before.isspace() and (before.isalnum() or not after.isalnum())
        if self.text[token.at] == "_":
            return left and not before.isalnum(), right and not after.isalnum()
        return left, right


def _token(found: re.Match[str]) -> _Token:
    kind = str(found.lastgroup)
    low, high = found.span("inside" if kind == "code" else kind)
    return _Token(kind, *found.span(), low, high)


def _as_is(words: str) -> str:
    """Words in code: nothing there can be escaped."""
    return words.replace("`", "'").replace("\n", " ")
